// SPDX-License-Identifier: Apache-2.0
// Remakes the screenshots of the README from the samples: npm --prefix web run screenshots [FOLDER]
// Needs the built program and page (./dev build) and chromium; DRAGOMAN_PROGRAM and DRAGOMAN_BROWSER name others.
import fs from 'node:fs';
import path from 'node:path';
import { kRoot, launch, make_store, scratch, serve } from '../../tests/web/stage.js';
import { with_palette } from './palette.js';

const kLargest = 120_000; // bytes
const kWidth = 1240;
const out = path.resolve(process.argv[2] ?? path.join(kRoot, 'docs/images'));

const folder = scratch();
const samples = fs.readdirSync(path.join(kRoot, 'samples')).filter((name) => name.endsWith('.html')).map((name) => `samples/${name}`);
const server = await serve(make_store(folder, samples));
const browser = await launch();
const ask = async (request) => (await fetch(`${server.address}/api/v1/${request}`)).json();
const documents = (await ask('documents')).items;
const ledger = documents.find(({ source }) => source.includes('ledger')).id;
const { items: events } = await ask(`events?document=${ledger}&type=REQUEST&limit=1&actor=CHN`);

const kPictures = [
  ['reader', `/reader/${ledger}#${encodeURIComponent(events[0].id)}`, { height: 840 }],
  ['events', '/events?actor=CHN', { height: 640 }],
  ['timeline', '/timeline', { height: 600, dark: true }],
  ['map', '/map', { height: 840 }],
  ['positions', '/positions?actor=China&issue=ceasefire', { height: 700, dark: true }],
];

try {
  fs.mkdirSync(out, { recursive: true });
  for (const [name, address, { height, dark }] of kPictures) {
    const page = await browser.newPage({ viewport: { width: kWidth, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await page.goto(server.address + address);
    await page.waitForSelector('main h1');
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.waitForTimeout(500);
    const picture = await page.screenshot();
    const small = [64, 32, 16].map((most) => with_palette(picture, most)).find(({ length }) => length <= kLargest);
    if (!small) throw new Error(`${name}.png is larger than ${kLargest} bytes with 16 colours`);
    fs.writeFileSync(path.join(out, `${name}.png`), small);
    console.log(`${name}.png  ${small.length} bytes`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
