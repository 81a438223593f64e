// SPDX-License-Identifier: Apache-2.0
// node bench/paint.js STORE: how long the views of a store take in a browser, each in a new window, the median of three:
// first paint, and until the view is whole (it has asked for nothing for 200 ms; these are not counted), milliseconds.
import { launch, serve } from '../tests/web/stage.js';

const kTimes = 3, kCalm = 200;
const store = process.argv[2];
if (!store) {
  console.error('usage: node bench/paint.js STORE');
  process.exit(2);
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await serve(store);
const browser = await launch();
const ask = async (path) => (await fetch(`${server.address}/api/v1/${path}`)).json();

async function shown(path) {
  const page = await browser.newPage();
  let open = 0, last = Date.now();
  const count = (by) => () => {
    open += by;
    last = Date.now();
  };
  page.on('request', count(1));
  page.on('requestfinished', count(-1));
  page.on('requestfailed', count(-1));
  const start = Date.now();
  await page.goto(server.address + path);
  await page.waitForSelector('main h1');
  while (open > 0 || Date.now() - last < kCalm) await page.waitForTimeout(10);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  await page.close();
  return { paint, whole: last - start };
}

const first = async (path) => (await ask(path)).items[0];
const story = await first('stories'), line = await first('storylines'), instrument = await first('instruments?largest=true');
const event = await first('events?sort=newest');
const views = ['/', '/events', '/events?actor=AAA', '/events?text=port', `/event/${encodeURIComponent(event.id)}`, `/reader/${event.document}`,
  '/timeline', '/timeline?actor=AAA', '/actor/AAA', '/positions', '/positions?actor=AAA', '/statements', '/map', '/map?type=ASSAULT', '/network', '/network?from=2018&to=2018',
  '/stories', `/story/${story?.id}`, '/storylines', '/storylines?actor=AGQ', `/storyline/${line?.id}`, '/instruments', `/instrument/${instrument?.id}`, '/documents',
  '/search?q=quinden', '/corrections', '/try', '/about'];
for (const view of views) {
  const all = [];
  for (let i = 0; i < kTimes; i += 1) all.push(await shown(view));
  console.log(view.padEnd(48), `first paint ${Math.round(median(all.map(({ paint }) => paint)))}`.padEnd(20), `whole ${median(all.map(({ whole }) => whole))}`);
}
await browser.close();
await server.stop();
