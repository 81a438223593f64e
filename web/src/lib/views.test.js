// SPDX-License-Identifier: Apache-2.0
// What the figures and the reader are made of.
import assert from 'node:assert/strict';
import test from 'node:test';
import { blocks_of, runs_of } from './markdown.js';
import { matrix, stances } from './matrix.js';
import { layout } from './network.js';
import { in_text_order, neighbour, ordinal_of } from './record.js';
import { bars, stretch, table, unit_for } from './time.js';

test('a season is shown by days, more by months, a lifetime by years', () => {
  assert.equal(unit_for({}), 'month');
  assert.equal(unit_for({ from: '2024-01', to: '2024-03' }), 'day');
  assert.equal(unit_for({ from: '2024-01', to: '2024-06' }), 'month');
  const groups = [{ month: '2024-01', quad: 'verbal-conflict', events: 2 }, { month: '2024-02', quad: 'verbal-conflict', events: 3 }, { month: '', quad: 'x', events: 9 }];
  assert.deepEqual(bars(groups, 'month').bars.map(({ key, events }) => [key, events]), [['2024-01', 2], ['2024-02', 3]]);
  assert.deepEqual(bars(groups, 'month', 1), { unit: 'year', bars: [{ key: '2024', start: new Date('2024-01-01'), quad: 'verbal-conflict', events: 5 }] });
});

test('a brush either way is a stretch of whole units', () => {
  assert.deepEqual(stretch(new Date('2024-05-17T09:00Z'), new Date('2024-02-03T00:00Z'), 'month'), ['2024-02', '2024-05']);
  assert.deepEqual(stretch(new Date('2024-05-17T09:00Z'), new Date('2024-05-17T19:00Z'), 'day'), ['2024-05-17', '2024-05-17']);
});

test('the table twin holds the numbers of the chart', () => {
  const all = bars([{ month: '2024-01', quad: 'a', events: 2 }, { month: '2024-01', quad: 'b', events: 3 }], 'month').bars;
  assert.deepEqual(table(all), [{ key: '2024-01', total: 5, a: 2, b: 3 }]);
});

test('the matrix counts stances, the most frequent first, and knows changes', () => {
  const row = (actor, issue, stance, before = '') => ({ actor, actor_country: '', issue, stance, before });
  const made = matrix([row('A', 'x', 'for'), row('B', 'y', 'against', 'for'), row('B', 'x', 'for'), row('B', 'x', 'against'), row('B', 'x', 'for')]);
  assert.deepEqual(made.actors.map(({ actor }) => actor), ['B', 'A']);
  assert.deepEqual(made.issues, ['x', 'y']);
  assert.deepEqual(stances(made.cells.get('B\tx')), [['for', 2], ['against', 1]]);
  assert.equal(made.cells.get('B\ty').changed, true);
  assert.equal(made.cells.get('A\ty'), undefined);
});

test('the network: both ways are one link, the mean of the scores, the same places each time', () => {
  const dyads = [{ actor: 'A', recipient: 'B', events: 3, score: -2 }, { actor: 'B', recipient: 'A', events: 1, score: 2 }, { actor: 'A', recipient: 'A', events: 5, score: 0 },
    { actor: 'C', recipient: '', events: 9, score: 0 }];
  const once = layout(dyads, { width: 400, height: 300 });
  assert.deepEqual(once.nodes.map(({ id, events }) => [id, events]), [['A', 14], ['B', 4]]);
  assert.equal(once.links.length, 1);
  assert.deepEqual([once.links[0].events, once.links[0].score], [4, -1]);
  const again = layout(dyads, { width: 400, height: 300 });
  assert.deepEqual(again.nodes.map(({ x, y }) => [x, y]), once.nodes.map(({ x, y }) => [x, y]));
  assert.ok(once.nodes.every(({ x, y }) => x >= 0 && x <= 400 && y >= 0 && y <= 300));
});

test('events in the order of the text; n and p go round', () => {
  const event = (id, at) => ({ id, trigger: { span: [at, at + 1] } });
  const events = in_text_order([event('d#10', 30), event('d#2', 5), event('d#9', 30)]);
  assert.deepEqual(events.map(({ id }) => id), ['d#2', 'd#9', 'd#10']);
  assert.equal(neighbour(events, 'd#2', 1).id, 'd#9');
  assert.equal(neighbour(events, 'd#10', 1).id, 'd#2');
  assert.equal(neighbour(events, '', -1).id, 'd#10');
  assert.equal(neighbour([], '', 1), undefined);
  assert.equal(ordinal_of('a#b#s3'), 's3');
});

test('Markdown becomes blocks of text, never markup', () => {
  assert.deepEqual(runs_of('a **b** `c` [d](e.md) <i>'), [{ text: 'a ' }, { text: 'b', strong: true }, { text: ' ' }, { text: 'c', code: true }, { text: ' ' }, { text: 'd' }, { text: ' <i>' }]);
  const blocks = blocks_of('# T\n\nOne\ntwo.\n\n- a\n  more\n- b\n\n| x | y |\n| --- | --- |\n| 1 | `2` |\n\n    code\n    <b>\n');
  assert.deepEqual(blocks.map(({ kind }) => kind), ['heading', 'paragraph', 'list', 'table', 'code']);
  assert.equal(blocks[1].runs[0].text, 'One two.');
  assert.deepEqual(blocks[2].items.map((runs) => runs[0].text), ['a more', 'b']);
  assert.equal(blocks[3].rows[0][1][0].text, '2');
  assert.equal(blocks[4].text, 'code\n<b>');
});
