// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import { crc32_of } from './crc.js';
import { decoded, with_palette } from './palette.js';

function png(width, height, kind, lines) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32_of(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, kind, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(lines.flat()))), chunk('IEND', Buffer.alloc(0))]);
}

test('the check sum is PNG’s', () => assert.equal(crc32_of(Buffer.from('IEND')), 0xae426082));

test('each filter of a line is undone', () => {
  const picture = decoded(png(2, 5, 2, [
    [0, 10, 20, 30, 40, 50, 60], // as it is
    [1, 1, 2, 3, 4, 5, 6], //       left
    [2, 1, 1, 1, 1, 1, 1], //       up
    [3, 0, 0, 0, 0, 0, 0], //       mean of both
    [4, 1, 0, 0, 0, 0, 1], //       Paeth
  ]));
  assert.deepEqual([...picture.pixels].map((pixel) => pixel.toString(16).padStart(6, '0')),
    ['0a141e', '28323c', '010203', '050709', '020304', '06080a', '010102', '030406', '020102', '030407']);
});

test('few colours come back as they were; many are brought down, in fewer bytes', () => {
  const few = png(3, 2, 6, [[0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255], [0, 0, 0, 0, 255, 255, 255, 255, 255, 9, 9, 90, 255]]);
  assert.deepEqual(decoded(few).pixels.length, 6);
  const small = with_palette(few, 16);
  assert.equal(small.readUInt8(25), 3, 'it has a palette');
  assert.equal(small.readUInt8(24), 4, 'four bits a pixel');
  const noise = png(64, 64, 2, Array.from({ length: 64 }, (_, y) => [0, ...Array.from({ length: 192 }, (__, x) => (x * 7 + y * 13 + ((x * y) % 31)) % 256)]));
  assert.ok(with_palette(noise, 16).length < noise.length);
  assert.throws(() => decoded(Buffer.from('no picture')), /no PNG/);
});
