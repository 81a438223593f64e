// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { by_block, runs, unit_offsets } from './spans.js';

const shown = (list) => list.map(({ text, marks }) => `${text}[${marks.map(({ kind }) => kind).join()}]`).join('|');

test('overlapping marks are cut at their edges', () => {
  const marks = [{ kind: 'said', span: [0, 9] }, { kind: 'act', span: [4, 7] }, { kind: 'actor', span: [6, 12] }];
  assert.equal(shown(runs('abcdefghijklmn', [0, 14], marks)), 'abcd[said]|ef[said,act]|g[said,act,actor]|hi[said,actor]|jkl[actor]|mn[]');
});

test('only what lies in the block, without gaps; empty marks count for nothing', () => {
  const list = runs('abcdefgh', [2, 6], [{ kind: 'a', span: [0, 3] }, { kind: 'b', span: [5, 9] }, { kind: 'c', span: [4, 4] }, { kind: 'd', span: [7, 8] }]);
  assert.equal(shown(list), 'c[a]|de[]|f[b]');
  assert.equal(shown(runs('abc', [0, 3], [])), 'abc[]');
});

test('offsets count code points, texts UTF-16 units', () => {
  const text = 'a🎈b🎈c';
  const units = unit_offsets(text);
  assert.deepEqual([0, 1, 2, 3, 4, 5, 99].map(units), [0, 1, 3, 4, 6, 7, 7]);
  assert.equal(shown(runs(text, [0, 5], [{ kind: 'x', span: [1, 2] }, { kind: 'y', span: [4, 5] }], units)), 'a[]|🎈[x]|b🎈[]|c[y]');
  assert.equal(unit_offsets('plain')(3), 3);
});

test('marks by block, also those that lie on several', () => {
  const blocks = [{ span: [0, 4] }, { span: [6, 9] }, { span: [11, 20] }];
  const groups = by_block(blocks, [{ kind: 'a', span: [0, 2] }, { kind: 'b', span: [3, 12] }, { kind: 'c', span: [9, 11] }, { kind: 'd', span: [19, 20] }]);
  assert.deepEqual(groups.map((group) => group.map(({ kind }) => kind).join()), ['a,b', 'b', 'b,d']);
});

test('pieces put together are the text', () => {
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const text = 'The envoys of 🎈 Norland and Wend met in Łódka.';
  const points = [...text].length;
  const units = unit_offsets(text);
  for (let round = 0; round < 200; round += 1) {
    const marks = Array.from({ length: random(6) }, () => ({ kind: 'k', span: [random(points), random(points + 4)] }));
    assert.equal(runs(text, [0, points], marks, units).map((run) => run.text).join(''), text);
  }
});
