// SPDX-License-Identifier: Apache-2.0
// The page as people see it: the real program, a store of the samples and of hostile articles, a real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { cli, kRoot, kToken, launch, make_store, require, scratch, serve } from './stage.js';

const kLongest = 60_000; // characters of the long article: some seconds of reading
const kBudget = 150_000; // bytes of the first page, packed
const kHostileTitle = '</title><script>window.hacked = 1</script><b>Port shelled</b> \u202edellehs\u202c';

let folder, store, server, browser, hostile, herald, arabic;

function write_inputs() {
  for (const name of fs.readdirSync(path.join(kRoot, 'samples'))) {
    if (name.endsWith('.html')) fs.copyFileSync(path.join(kRoot, 'samples', name), path.join(folder, name));
  }
  const said = 'Norland’s army shelled the port of Wend on Thursday, killing 12 people.';
  const documents = [
    { id: 'hostile"><img src=x onerror="window.hacked=1">', title: kHostileTitle, published: '2031-05-16', url: 'javascript:window.hacked=1',
      text: `${said}\n\n“We will <script>window.hacked = 1</script> answer every attack,” Åsa Lindqvist, Wend’s foreign minister, told reporters.\n\n` +
        `Norland accused Wend\u202e of <img src=x onerror=window.hacked=1> lying &amp; &lt;b&gt; on Friday. 🎈 Wend asked the United Nations for help.` },
    { id: 'arabic', title: 'أعلنت الحكومة', published: '2031-05-17', text: 'أعلنت الحكومة يوم الخميس أن وزير الخارجية سيزور العاصمة الأسبوع المقبل لإجراء محادثات مع نظيره حول الأزمة.' },
    ...[12, 14].map((dead) => ({ id: `toll-${dead}`, title: 'Attack on a market', published: `2024-04-0${dead / 2 - 4}`, text: `Gunmen killed ${dead} people at a market in the Kenyan town of Garissa on Monday, ${dead === 12 ? 'the police' : 'a hospital'} said. The gunmen fled towards Somalia after the attack on the market.` })),
    { id: 'stance', title: 'A minister objects', published: '2024-05-20', text: 'Hungary opposes sanctions against Russia, its foreign minister said on Monday.' },
    { id: 'long', title: 'A long report', published: '2031-05-18', text: `${'The talks went on and nobody said anything new about them. '.repeat(kLongest / 58)}\n\n${said}` },
  ];
  fs.writeFileSync(path.join(folder, 'hostile.jsonl'), documents.map((one) => JSON.stringify(one)).join('\n'));
}

const rows_of = (command, ...flags) => cli(command, store, '--format', 'jsonl', ...flags).split('\n').filter(Boolean).map((line) => JSON.parse(line));
const ask = async (request) => (await fetch(`${server.address}/api/v1/${request}`)).json();

before(async () => {
  folder = scratch();
  write_inputs();
  store = make_store(folder, [...fs.readdirSync(folder).filter((name) => name.endsWith('.html')), 'hostile.jsonl'], folder);
  server = await serve(store);
  browser = await launch();
  const documents = (await ask('documents?limit=1000')).items;
  const of = (ending) => documents.find(({ source }) => source.includes(ending)).id;
  [hostile, herald, arabic] = [of('hostile"'), of('herald'), of('#arabic')];
});

after(async () => {
  await browser?.close();
  const code = await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
  if (server) assert.equal(code, 0, 'the server ends well');
});

/** Opens an address and hands the page over; whatever it says in error, asks elsewhere or runs of an article fails. */
async function on(address, look, { theme = 'light', width = 1280, height = 900, allow = [] } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, acceptDownloads: true });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !allow.some((pattern) => pattern.test(message.text()))) wrong.push(`${message.text()} ${message.location().url}`);
  });
  page.asked = new Set();
  page.on('requestfinished', (request) => page.asked.delete(request));
  page.on('requestfailed', (request) => page.asked.delete(request));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    page.asked.add(request);
    if (!request.url().startsWith(`${server.address}/`) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) wrong.push(`asked ${request.url()}`);
  });
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(server.address + address);
    await settled(page);
    await look(page);
    assert.equal(await page.evaluate(() => window.hacked), undefined, 'nothing of an article runs');
    assert.deepEqual(wrong, [], address);
  } finally {
    await context.close();
  }
}

/** Waits until the page shows a view and has asked for nothing for a moment. */
async function settled(page) {
  await page.waitForSelector('main h1');
  for (let calm = 0; calm < 4; calm = page.asked.size ? 0 : calm + 1) await page.waitForTimeout(50);
}

const query_of = (page) => Object.fromEntries(new URL(page.url()).searchParams);
const text_of = (page, selector) => page.locator(selector).allInnerTexts();
const ids_of_events = (page) => page.locator('table.events .act a').evaluateAll((links) => links.map((link) => link.title.replace('Event ', '')));

async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: file.suggestedFilename(), text: fs.readFileSync(await file.path(), 'utf8') };
}

function views() {
  const event = `${hostile}%231`;
  return ['/', '/events', `/event/${event}`, `/reader/${hostile}#${event}`, '/timeline', '/actor/China', '/positions', '/statements', '/map', '/network', '/stories?min-reports=2',
    `/story/${rows_of('stories', '--min-reports', '2')[0].id}`, '/storylines', `/storyline/${rows_of('storylines')[0].id}`, '/instruments', `/instrument/${rows_of('instruments')[0].id}`, '/documents', '/search?q=truce', '/corrections', '/try', '/about'];
}

test('each page shows something, asks nobody else, and has no accessibility violation, light and dark', async (t) => {
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  for (const address of views()) {
    for (const theme of ['light', 'dark']) {
      await t.test(`${address} ${theme}`, () =>
        on(address, async (page) => {
          assert.equal(await page.locator('main [role=alert]').count(), 0, 'no error is shown');
          assert.ok((await page.locator('main').innerText()).length > 40);
          for (const details of await page.locator('main details:not(.long)').all()) await details.evaluate((one) => (one.open = true));
          await page.evaluate(axe.replace(/^/, ''));
          const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary.split('\n')[1] ?? ''}`).join(' | ')}`), []);
        }, { theme }));
    }
  }
});

test('on a phone no page is wider than the screen', async (t) => {
  for (const address of views()) {
    await t.test(address, () =>
      on(address, async (page) => {
        const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(inner <= outer, `${inner} > ${outer}`);
      }, { width: 390, height: 844 }));
  }
});

test('the first page is small', () =>
  on('/', async (page) => {
    const files = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((name) => name.startsWith('/assets/') || name.endsWith('.svg')));
    assert.ok(files.length > 3);
    const packed = ['/index.html', ...new Set(files)].map((name) => fs.statSync(path.join(kRoot, 'build/web', `${name}.gz`)).size);
    const sum = packed.reduce((a, b) => a + b, 0);
    assert.ok(sum <= kBudget, `${sum} bytes`);
    assert.ok(!files.some((name) => /Network|Timeline|Map/.test(name)), 'figures are fetched when they are shown');
  }));

test('a page that there is none of says so', () =>
  on('/event', async (page) => assert.match(await page.locator('h1').innerText(), /No such page/), { allow: [/404/] }));

test('an event that there is none of says so', () =>
  on('/event/d0000%231', async (page) => assert.match(await page.locator('[role=alert]').innerText(), /Not found/), { allow: [/404/] }));

test('the events are those of the command line, page by page', () =>
  on('/events', async (page) => {
    const all = rows_of('events').map(({ id }) => id);
    assert.ok(all.length > 100);
    assert.match(await page.locator('.list-head > [role=status]').innerText(), new RegExp(`^${all.length} events`));
    assert.deepEqual(await ids_of_events(page), all.slice(0, 100));
    await page.getByRole('link', { name: 'Next page' }).click();
    await settled(page);
    assert.deepEqual(await ids_of_events(page), all.slice(100, 200));
  }));

test('each filter of events is in the address and does what the command line’s does', async (t) => {
  const kFilters = { actor: 'CHN', recipient: 'Russia', type: 'REQUEST', status: 'alleged', from: '2024-03', to: '2023', text: 'truce', 'min-confidence': '0.8', sort: 'newest', document: herald };
  for (const [key, value] of Object.entries(kFilters)) {
    await t.test(key, () =>
      on(key === 'document' ? `/events?document=${herald}` : '/events', async (page) => {
        const field = page.locator(`form.filters [name="${key}"]`);
        if (key !== 'document') {
          if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
          else {
            await field.fill(value);
            await field.press('Enter');
          }
          await settled(page);
        }
        assert.deepEqual(query_of(page), { [key]: value });
        assert.equal(await field.inputValue(), value);
        const rows = rows_of('events', `--${key}`, value).map(({ id }) => id);
        assert.ok(rows.length > 0);
        assert.deepEqual(await ids_of_events(page), rows.slice(0, 100));
        if (key !== 'document' && key !== 'sort') {
          const [csv] = await Promise.all([download(page, page.locator('.downloads a', { hasText: 'CSV' }))]);
          assert.equal(csv.text, cli('events', store, '--format', 'csv', `--${key}`, value));
        }
      }));
  }
});

test('filters of the other views', async (t) => {
  const kCases = [
    ['/statements', 'speaker', 'CHN', 'statements', 'q.sentence'], ['/statements', 'kind', 'direct', 'statements', 'q.sentence'], ['/statements', 'text', 'truce', 'statements', 'q.sentence'],
    ['/positions', 'stance', 'against', 'positions', 'table.quotes tbody tr'], ['/positions', 'issue', 'sanctions', 'positions', 'table.quotes tbody tr'], ['/positions', 'actor', 'UKR', 'positions', 'table.quotes tbody tr'],
    ['/stories', 'min-reports', '2', 'stories', '.stories > li'], ['/stories', 'type', 'AID', 'stories', '.stories > li'],
  ];
  for (const [view, key, value, command, rows] of kCases) {
    await t.test(`${view} ${key}`, () =>
      on(view, async (page) => {
        const field = page.locator(`form.filters [name="${key}"]`);
        if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
        else {
          await field.fill(value);
          await field.press('Enter');
        }
        await settled(page);
        assert.deepEqual(query_of(page), { [key]: value });
        const told = rows_of(command, `--${key}`, value);
        assert.ok(told.length > 0);
        assert.equal(await page.locator(rows).count(), Math.min(100, told.length));
        const file = await download(page, page.locator('.downloads a', { hasText: 'JSONL' }));
        assert.deepEqual(file.text.split('\n').filter(Boolean).map((line) => JSON.parse(line)), told);
      }));
  }
});

test('the changes of stance alone', () =>
  on('/positions', async (page) => {
    await page.getByLabel('Only changes of stance').check();
    await settled(page);
    assert.deepEqual(query_of(page), { changes: 'true' });
    assert.match(await page.locator('.list-head h2').innerText(), new RegExp(`^${rows_of('positions', '--changes').length} position`));
  }));

test('facets lead in and out; back and forward go the same way', () =>
  on('/events', async (page) => {
    await page.locator('.facet', { hasText: 'Act' }).getByRole('link', { name: /REQUEST/ }).click();
    await settled(page);
    assert.deepEqual(query_of(page), { type: 'REQUEST' });
    await page.locator('.facet[aria-label="Who"]').getByRole('link', { name: /China/ }).click();
    await settled(page);
    assert.deepEqual(query_of(page), { type: 'REQUEST', actor: 'CHN' });
    const both = rows_of('events', '--type', 'REQUEST', '--actor', 'CHN').map(({ id }) => id);
    assert.deepEqual(await ids_of_events(page), both);
    await page.locator('table.events .act a').first().click();
    await settled(page);
    assert.ok(page.url().includes('/event/'));
    assert.match(await page.title(), /^Event/);
    await page.goBack();
    await settled(page);
    assert.deepEqual(await ids_of_events(page), both);
    await page.goBack();
    await settled(page);
    assert.deepEqual(query_of(page), { type: 'REQUEST' });
    assert.equal(await page.locator('form.filters [name=actor]').inputValue(), '');
    await page.goForward();
    await settled(page);
    assert.deepEqual(await ids_of_events(page), both);
    await page.locator('.facet a[aria-current]').first().click();
    await settled(page);
    assert.deepEqual(query_of(page), { actor: 'CHN' });
    await page.getByRole('link', { name: /Clear/ }).click();
    await settled(page);
    assert.deepEqual(query_of(page), {});
  }));

test('the same question for shell, curl and Python has the same answer', () =>
  on('/events?actor=CHN&text=truce', async (page) => {
    await page.locator('.copy-as summary').click();
    const texts = await text_of(page, '.copy pre');
    assert.equal(texts[0], 'dragoman events STORE --actor CHN --text truce');
    const shown = await ids_of_events(page);
    const [, ...words] = texts[0].split(' ').map((word) => (word === 'STORE' ? store : word));
    assert.deepEqual(cli(...words, '--format', 'jsonl').split('\n').filter(Boolean).map((line) => JSON.parse(line).id), shown);
    const [, address] = /'(.*)'/.exec(texts[1]);
    assert.deepEqual((await (await fetch(address)).json()).items.map(({ id }) => id), shown);
    const printed = execFileSync('python3', ['-c', `${texts[2]}\nprint(json.dumps([one["id"] for one in data["items"]]))`]).toString();
    assert.deepEqual(JSON.parse(printed), shown);
  }));

test('the reader: hostile text stands as text, with its evidence marked', () =>
  on(`/reader/${hostile}`, async (page) => {
    const text = await page.locator('article.text').innerText();
    assert.ok(text.includes('<script>window.hacked = 1</script>'));
    assert.ok(text.includes('<img src=x onerror=window.hacked=1>'));
    assert.ok(text.includes('&amp; &lt;b&gt;'));
    assert.ok(text.includes('Wend⟨RLO⟩ of'), 'a mark that turns the text round is shown by name');
    assert.ok(text.includes('🎈'));
    assert.ok((await page.locator('h1').innerText()).includes('</title><script>'));
    assert.equal(await page.locator('article script, article img').count(), 0);
    const record = await ask(`documents/${hostile}`);
    const points = [...record.document.text];
    const marked = await page.locator('article a.trigger').evaluateAll((links) => links.map((link) => link.firstChild.data));
    const triggers = record.events.map(({ trigger }) => points.slice(...trigger.span).join(''));
    assert.ok(triggers.length >= 3);
    for (const words of triggers) assert.ok(marked.join('').includes(words), words);
    assert.ok((await page.locator('article .said').count()) > 0);
  }));

test('the reader: n and p step through the acts, the panel tells why', () =>
  on(`/reader/${herald}`, async (page) => {
    const record = await ask(`documents/${herald}`);
    const order = [...record.events].sort((a, b) => a.trigger.span[0] - b.trigger.span[0]);
    const chosen = async () => decodeURIComponent(new URL(page.url()).hash.slice(1));
    await page.keyboard.press('n');
    assert.equal(await chosen(), order[0].id);
    await page.keyboard.press('n');
    assert.equal(await chosen(), order[1].id);
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    assert.equal(await chosen(), order.at(-1).id, 'from the first to the last');
    await page.getByText('How sure: what moves the log-odds').waitFor();
    const panel = await page.locator('.panel .chosen').innerText();
    assert.ok(panel.includes(order.at(-1).type));
    assert.ok(panel.includes('in the codebook'));
    assert.match(panel, /Made by engine/);
    assert.equal(await page.locator('article .is-chosen').first().evaluate((one) => one.firstChild.data), order.at(-1).trigger.text);
    await page.getByLabel(/step through/).uncheck();
    await page.keyboard.press('n');
    assert.equal(await chosen(), order.at(-1).id, 'keys can be turned off');
    await page.getByRole('button', { name: 'Next act' }).click();
    assert.equal(await chosen(), order[0].id);
    await page.locator('article a.trigger').nth(2).click();
    assert.notEqual(await chosen(), order[0].id);
    const steps = await page.evaluate(() => window.history.length);
    assert.ok(steps <= 3, 'stepping leaves no trail of history');
  }));

test('the reader: speakers differ in colour and in line', () =>
  on(`/reader/${herald}`, async (page) => {
    const looks = await page.locator('.speakers summary .said').evaluateAll((spans) => spans.map((span) => {
      const style = getComputedStyle(span);
      return [style.textDecorationColor, `${style.textDecorationStyle} ${style.textDecorationThickness}`];
    }));
    assert.ok(looks.length >= 3);
    const several = Math.min(looks.length, 7);
    assert.equal(new Set(looks.slice(0, several).map(([colour]) => colour)).size, several);
    assert.equal(new Set(looks.slice(0, several).map(([, line]) => line)).size, several);
    await page.locator('.speakers summary').first().click();
    await page.locator('.speakers ul ul a').first().click();
    await page.getByRole('heading', { name: 'A statement' }).waitFor();
  }));

test('foreign text has its language and direction', () =>
  on(`/reader/${arabic}`, async (page) => {
    assert.equal(await page.locator('article.text').getAttribute('lang'), (await ask(`documents/${arabic}`)).document.language);
    assert.equal(await page.locator('article .block').last().evaluate((block) => getComputedStyle(block).direction), 'rtl');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  }));

test('an event has a link and a citation', () =>
  on(`/event/${herald}%233`, async (page) => {
    const [row] = rows_of('events', '--document', herald).filter(({ id }) => id === `${herald}#3`);
    const texts = await text_of(page, '.cite pre');
    assert.equal(texts[0], `${server.address}/event/${herald}%233`);
    assert.ok(texts[1].includes(row.sentence) && texts[1].includes(row.id) && texts[1].includes(texts[0]));
    assert.match(texts[2], /^@misc\{dragoman-/);
    assert.ok((await page.locator('blockquote.evidence').innerText()).includes(row.sentence));
    assert.equal(await page.locator('blockquote.evidence mark').innerText(), row.trigger);
    await page.getByText('How sure: what moves the log-odds').waitFor();
    const { event } = await ask(`events/${herald}%233?recall=true`);
    const shown = (await text_of(page, '.why .bars:not(.adds) tr')).map((text) => text.replace(/\s+/g, ' ').trim());
    const best = Object.entries(event.scores.types).sort((a, b) => b[1] - a[1])[0];
    assert.ok(shown.includes(`${best[0]} ${Math.round(100 * best[1])}%`), shown.join());
    for (const { mode, score } of (event.scores.modes ?? []).slice(0, 3)) assert.ok(shown.includes(`${mode} ${score < 0.005 ? '<1' : Math.round(100 * score)}%`), mode);
    const json = await download(page, page.locator('.downloads a'));
    assert.equal(JSON.parse(json.text).event.id, row.id);
  }));

test('corrections: a wrong token is refused; accept, reject and change are stored beside the record', () =>
  on(`/event/${herald}%234`, async (page) => {
    const before_all = rows_of('events', '--document', herald);
    await page.getByText('Accept, reject or change this record').click();
    const form = page.locator('.correct form');
    await form.locator('[name=author]').fill('Ada <b>');
    await form.locator('[name=token]').fill('wrong');
    await form.getByRole('button', { name: 'Accept' }).click();
    assert.match(await page.locator('.correct [role=alert]').innerText(), /token/);
    await form.locator('[name=author]').fill('');
    await form.getByRole('button', { name: 'Accept' }).click();
    assert.match(await page.locator('.correct [role=alert]').innerText(), /your name/);
    await form.locator('[name=author]').fill('Ada <b>');
    await form.locator('[name=token]').fill(kToken);
    await form.locator('[name=note]').fill('read twice \u202e');
    await form.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Stored: accepted.').waitFor();
    await form.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Stored: rejected.').waitFor();
    await form.getByRole('button', { name: 'Store the change' }).click();
    assert.match(await page.locator('.correct [role=alert]').innerText(), /Nothing is changed/);
    const change = { event_type: 'AID', status: 'future', actor: 'Norvania' };
    await form.locator('[name=event_type]').selectOption(change.event_type);
    await form.locator('[name=status]').selectOption(change.status);
    await form.locator('[name=actor]').fill(change.actor);
    await form.getByRole('button', { name: 'Store the change' }).click();
    await page.getByText('Stored: changed.').waitFor();
    const { items } = await ask(`corrections?event=${herald}%234`);
    assert.deepEqual(items.map(({ action }) => action).sort(), ['accept', 'change', 'reject']);
    assert.deepEqual(items.find(({ action }) => action === 'change').changes, change);
    assert.equal(items.find(({ action }) => action === 'accept').note, 'read twice \u202e');
    assert.ok(items.every(({ author, time }) => author === 'Ada <b>' && /^\d{4}-\d\d-\d\dT/.test(time)));
    assert.deepEqual(rows_of('events', '--document', herald), before_all, 'the machine’s record stays as it is');
    await page.reload();
    await settled(page);
    assert.equal(await page.locator('.corrections li').count(), 3);
    await page.goto(`${server.address}/corrections`);
    await settled(page);
    assert.equal(await page.locator('main tbody tr').count(), 3);
    const file = await download(page, page.locator('.downloads a', { hasText: 'JSONL' }));
    assert.equal(file.text.split('\n').filter(Boolean).length, 3);
  }, { allow: [/401/] }));

test('the timeline: bars, a table with the same numbers, and a brush', () =>
  on('/timeline', async (page) => {
    const groups = rows_of('count', '--by', 'month,quad').filter(({ month }) => month);
    const sum = groups.reduce((all, { events }) => all + events, 0);
    assert.equal(await page.locator('svg.plot g[aria-label="rect"] rect').count(), groups.length);
    await page.getByText('The same as a table').click();
    const cells = await page.locator('.twin tbody tr td:last-child').allInnerTexts();
    assert.equal(cells.reduce((all, text) => all + Number(text), 0), sum);
    const plot = page.locator('svg.plot');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    await page.mouse.move(box.x + box.width * 0.06, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 120, { steps: 4 });
    assert.equal(await page.locator('rect.brush').count(), 1);
    await page.mouse.up();
    await settled(page);
    const { from, to } = query_of(page);
    assert.match(from, /^\d{4}-\d\d$/);
    assert.ok(from <= to);
    assert.equal(await page.locator('form.filters [name=from]').inputValue(), from);
    const counted = rows_of('count', '--by', 'month,quad', '--from', from, '--to', to).filter(({ month }) => month).reduce((all, { events }) => all + events, 0);
    assert.match(await page.locator('.list-head > [role=status]').innerText(), new RegExp(`^${counted} event`));
    await page.getByRole('link', { name: 'all times' }).click();
    await settled(page);
    assert.deepEqual(query_of(page), {});
  }));

test('positions: a cell leads to its quotes', () =>
  on('/positions', async (page) => {
    const [cell] = await page.locator('table.matrix td a').all();
    await cell.click();
    await settled(page);
    const { actor, issue } = query_of(page);
    const told = rows_of('positions', '--actor', actor, '--issue', issue);
    assert.ok(told.length > 0);
    assert.equal(await page.locator('table.quotes tbody tr').count(), told.length);
    const words = await page.locator('table.quotes').innerText();
    for (const row of told) assert.ok(words.includes(row.words.slice(0, 40)));
    assert.equal(await page.locator('table.matrix td.on').count(), 1);
    await page.locator('table.matrix td.on a').click();
    await settled(page);
    assert.deepEqual(query_of(page), {});
  }));

test('the network and its table hold the same pairs', () =>
  on('/network', async (page) => {
    const pairs = rows_of('count', '--by', 'actor,recipient').filter(({ actor, recipient }) => actor && recipient);
    assert.equal(await page.locator('table.numbers tbody tr').count(), pairs.length);
    const ends = new Set(pairs.flatMap(({ actor, recipient }) => [actor, recipient]));
    assert.equal(await page.locator('.network .node').count(), Math.min(60, ends.size));
    await page.locator('table.numbers tbody tr').first().getByRole('link').click();
    await settled(page);
    const { actor, recipient } = query_of(page);
    assert.deepEqual(await ids_of_events(page), rows_of('events', '--actor', actor, '--recipient', recipient).map(({ id }) => id));
  }));

test('the map shades countries, sets places and tells their precision', () =>
  on('/map', async (page) => {
    const shaded = await page.locator('path.land:not(.tone-0)').count();
    assert.ok(shaded >= 3, `${shaded} countries`);
    const { items } = await ask('places?limit=1000');
    assert.equal(await page.locator('.world circle.spot').count() - 2, items.filter(({ lat, precision }) => typeof lat === 'number' && precision !== 'country').length);
    assert.ok((await text_of(page, 'table.numbers td')).some((text) => /to the (city|country)/.test(text)));
    await page.getByRole('button', { name: 'Closer' }).click();
    assert.notEqual(await page.locator('.world > svg').getAttribute('viewBox'), '0 0 960 430');
  }));

test('a story shows figures that differ side by side', () => {
  const story = rows_of('stories', '--min-reports', '2').find(({ values }) => values.filter(({ field }) => field === 'killed').length > 1);
  return on(`/story/${story.id}`, async (page) => {
    const row = page.locator('.disagree tr', { hasText: 'killed' });
    assert.match(await row.innerText(), /differ/);
    for (const { field, value, according_to } of story.values) {
      if (field === 'killed') assert.ok((await row.innerText()).includes(value) && (await row.innerText()).includes(according_to));
    }
    await page.locator('table.events tbody tr').first().waitFor();
    assert.deepEqual((await ids_of_events(page)).sort(), [...story.events].sort());
  });
});

test('a storyline tells what follows what, an instrument what became of it', async () => {
  const [line] = rows_of('storylines');
  await on(`/storyline/${line.id}`, async (page) => {
    assert.equal(await page.locator('.line > li').count(), line.steps.length);
    const linked = line.steps.filter(({ links }) => links?.length).length;
    assert.ok(linked > 0);
    assert.equal(await page.locator('.line > li:has(.link)').count(), linked);
    await page.locator('.line .kind').first().click();
    await settled(page);
    assert.ok(page.url().includes(`/story/${line.steps[0].story}`));
  });
  // In parts: the pages one after the other hold each of its stories once, in the same order.
  const half = Math.ceil(line.steps.length / 2);
  await on(`/storyline/${line.id}?steps=${half}`, async (page) => {
    const shown = async () => (await page.locator('.line .kind').evaluateAll((all) => all.map((one) => one.href.split('/').pop())));
    const first = await shown();
    assert.equal(first.length, half);
    await page.getByRole('link', { name: 'Next page' }).click();
    await settled(page);
    assert.ok(page.url().includes(`after-story=${line.steps[half - 1].story}`));
    assert.deepEqual([...first, ...(await shown())], line.steps.map(({ story }) => story));
    assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0);
    await page.getByRole('link', { name: 'First page' }).click();
    await settled(page);
    assert.deepEqual(await shown(), first);
  });
  const one = rows_of('instruments').find(({ steps }) => steps.length > 1);
  await on('/instruments', async (page) => {
    await page.getByRole('link', { name: one.name, exact: true }).click();
    await settled(page);
    assert.equal(await page.locator('h1').innerText(), one.name);
    assert.equal(await page.locator('table.quotes tbody tr').count(), one.steps.length);
    const text = await page.locator('table.quotes').innerText();
    for (const { step, words } of one.steps) assert.ok(text.includes(step) && text.includes(words.slice(0, 40)));
  });
  await on(`/instrument/${one.id}?steps=1`, async (page) => {
    for (const [i, { words }] of one.steps.entries()) {
      assert.equal(await page.locator('table.quotes tbody tr').count(), 1);
      assert.ok((await page.locator('table.quotes').innerText()).includes(words.slice(0, 40)));
      const next = page.getByRole('link', { name: 'Next page' });
      assert.equal(await next.count(), i + 1 < one.steps.length ? 1 : 0);
      if (i + 1 < one.steps.length) await next.click();
      await settled(page);
    }
  });
});

test('an actor’s page: offices as of a day, whom it deals with, where it stands', () =>
  on('/actor/Xi%20Jinping', async (page) => {
    assert.match(await page.locator('.offices').first().innerText(), /president/);
    await page.locator('form.filters [name=date]').fill('2010-01-01');
    await page.locator('form.filters [name=date]').press('Enter');
    await settled(page);
    assert.deepEqual(query_of(page), { date: '2010-01-01' });
    assert.match(await page.locator('h2').first().innerText(), /1 Jan 2010/);
    assert.match(await page.locator('.offices').first().innerText(), /^vice president/);
  }));

test('search finds events, statements and documents', () =>
  on('/', async (page) => {
    await page.getByRole('searchbox').fill('truce');
    await page.getByRole('searchbox').press('Enter');
    await settled(page);
    assert.equal(new URL(page.url()).pathname, '/search');
    assert.deepEqual(await ids_of_events(page), (await ask('search?q=truce')).events.map(({ id }) => id));
    await page.getByRole('searchbox').fill('nothing-holds-these-words');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('Nothing in this store holds these words.').waitFor();
  }));

test('try it: a text, a page dropped as a file, nothing, and far too much', () =>
  on('/try', async (page) => {
    await page.getByRole('button', { name: 'Read it' }).click();
    assert.match(await page.locator('[role=alert]').innerText(), /nothing to read/);
    await page.getByRole('button', { name: 'An example' }).click();
    await page.locator('article.text a.trigger').first().waitFor();
    assert.match(await page.locator('main > p[role=status]').innerText(), /^[1-9]\d* events?/);
    await page.locator('article.text a.trigger').first().click();
    await page.getByText('How sure: what moves the log-odds').waitFor();
    await page.locator('input[type=file]').setInputFiles(path.join(folder, 'ledger.html'));
    await page.getByText('lined up').first().waitFor();
    assert.equal(await page.locator('article .block.title').innerText().then((text) => text.replace(/\d/g, '')), 'Beijing takes Moscow\'s part in Security Council debate on Ukraine');
    const much = Buffer.from('Norland shelled Wend. <script>window.hacked=1</script> '.repeat(190_000)); // 10 MB
    await page.locator('input[type=file]').setInputFiles({ name: 'much.txt', mimeType: 'text/plain', buffer: much });
    await page.locator('[role=alert]').waitFor();
    assert.match(await page.locator('[role=alert]').innerText(), /too large|longer|more than|may have/i);
    assert.equal((await ask('health')).status, 'ok');
  }, { allow: [/413/, /400/, /422/] }));

test('about this data: what made it, codebook, model card, citation', () =>
  on('/about', async (page) => {
    const text = await page.locator('main').innerText();
    const about = await ask('about');
    for (const part of Object.values(about.runs[0])) assert.ok(text.includes(part), part);
    for (const count of Object.values(about.store.counts)) assert.ok(text.includes(count.toLocaleString('en-GB')));
    assert.ok(text.includes('@software{'));
    await page.getByRole('heading', { name: 'Codebook' }).click();
    assert.ok((await page.locator('.markdown').first().innerText()).includes('What is an event'));
  }));

test('light and dark as the reader says, kept for the next page', () =>
  on('/events', async (page) => {
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByRole('button', { name: /Theme/ }).click();
    await page.getByRole('button', { name: /Theme/ }).click();
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.reload();
    await settled(page);
    assert.equal(await paper(), dark);
  }));

test('the keyboard: skip link, focus at the new page, what has focus is seen', () =>
  on('/', async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
    await page.getByRole('link', { name: 'Timeline' }).focus();
    assert.notEqual(await page.getByRole('link', { name: 'Timeline' }).evaluate((link) => getComputedStyle(link).outlineStyle), undefined);
    await page.keyboard.press('Enter');
    await settled(page);
    await page.waitForFunction(() => document.activeElement.id === 'content');
    assert.match(await page.title(), /^Timeline/);
  }));
