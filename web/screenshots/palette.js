// SPDX-License-Identifier: Apache-2.0
// PNG files made small: screenshots of text and figures have few colours, so a palette of them does. Takes PNGs as the
// browser writes them (8 bits a channel, RGB or RGBA, not interlaced); https://www.w3.org/TR/png/ is the form.
import { crc32_of } from './crc.js';
import { deflateSync, inflateSync } from 'node:zlib';

const kSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunks(png) {
  const found = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

function chunk(type, data) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32_of(Buffer.concat([head.subarray(4), data])), 0);
  return Buffer.concat([head, data, sum]);
}

function paeth(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** {width, height, pixels}: pixels are 0xRRGGBB, row by row. */
export function decoded(png) {
  if (!png.subarray(0, 8).equals(kSignature)) throw new Error('no PNG');
  const all = chunks(png);
  const head = all.find(({ type }) => type === 'IHDR').data;
  const [width, height, depth, kind, , , interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), ...head.subarray(8, 13)];
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced) throw new Error(`a PNG of depth ${depth}, kind ${kind} is not read here`);
  const size = kind === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(all.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const pixels = new Uint32Array(width * height);
  let above = Buffer.alloc(width * size);
  for (let y = 0; y < height; y += 1) {
    const begin = y * (width * size + 1);
    const filter = raw[begin];
    const line = Buffer.from(raw.subarray(begin + 1, begin + 1 + width * size));
    for (let x = 0; x < line.length; x += 1) {
      const left = x >= size ? line[x - size] : 0;
      const up = above[x];
      const corner = x >= size ? above[x - size] : 0;
      line[x] += [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = (line[x * size] << 16) | (line[x * size + 1] << 8) | line[x * size + 2];
    above = line;
  }
  return { width, height, pixels };
}

function distance(a, b) {
  return ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
}

// The colours that stand for all: the most frequent ones that are not too near to one already taken.
function palette_of(pixels, most) {
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const by_count = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  for (let apart = 48; ; apart *= 1.5) {
    const taken = [];
    for (const colour of by_count) if (taken.every((one) => distance(one, colour) >= apart)) taken.push(colour);
    if (taken.length <= most) return taken;
  }
}

/** The same picture with at most `most` colours (16 or 256), as a PNG with a palette. */
export function with_palette(png, most = 64) {
  const { width, height, pixels } = decoded(png);
  const palette = palette_of(pixels, most);
  const nearest = new Map();
  const index = (pixel) => {
    if (!nearest.has(pixel)) nearest.set(pixel, palette.reduce((best, colour, i) => (distance(colour, pixel) < distance(palette[best], pixel) ? i : best), 0));
    return nearest.get(pixel);
  };
  const bits = palette.length <= 16 ? 4 : 8;
  const stride = Math.ceil((width * bits) / 8);
  const raw = Buffer.alloc(height * (stride + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (stride + 1) + 1;
      const value = index(pixels[y * width + x]);
      if (bits === 8) raw[at + x] = value;
      else raw[at + (x >> 1)] |= x & 1 ? value : value << 4;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([kSignature, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(raw, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
