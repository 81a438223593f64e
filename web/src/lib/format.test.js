// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { around, beginning, date, days, names, number, percent, plain, plural, short_id, signed } from './format.js';

test('dates at their precision', () => {
  for (const [text, shown] of [
    ['2024-05-17', '17 May 2024'], ['2024-05', 'May 2024'], ['2024', '2024'], ['', ''], [undefined, ''],
    ['2024-05-17T06:40:00Z', '17 May 2024'], ['2024-02-12/2024-02-18', '12–18 Feb 2024'], ['2024-02-28/2024-03-03', '28 Feb – 3 Mar 2024'],
    ['2023-12-30/2024-01-02', '30 Dec 2023 – 2 Jan 2024'], ['2023-09/2023-11', 'Sep–Nov 2023'], ['2001/2003', '2001 – 2003'],
    ['2024-05-17/2024-05-17', '17 May 2024'], ['2024-13-01', '2024-13-01'], ['soon', 'soon'],
  ]) assert.equal(date(text), shown, String(text));
});

test('the days that a date covers', () => {
  assert.deepEqual(days('2024-02'), ['2024-02-01', '2024-02-29']);
  assert.deepEqual(days('2023/2024'), ['2023-01-01', '2024-12-31']);
  assert.deepEqual(days('2024-02-12/2024-02-18'), ['2024-02-12', '2024-02-18']);
});

test('numbers', () => {
  assert.equal(number(1234567), '1,234,567');
  assert.equal(number('12'), '12');
  assert.equal(plural(1, 'story', 'stories'), '1 story');
  assert.equal(plural(2000, 'story', 'stories'), '2,000 stories');
  assert.equal(percent(0.7355), '74%');
  assert.equal(percent(0.001), '<1%');
  assert.equal(percent(undefined), '');
  assert.equal(signed(-9), '−9');
  assert.equal(signed(2.5), '+2.5');
  assert.equal(signed(-0.003), '0');
});

test('lists of names with their countries', () => {
  assert.deepEqual(names('Norvania; China', '; CHN'), [{ name: 'Norvania', country: '' }, { name: 'China', country: 'CHN' }]);
  assert.deepEqual(names('', ''), []);
});

test('marks that turn the direction are shown by name, other controls vanish, words stay', () => {
  assert.equal(plain('safe\u202egnitirw'), 'safe⟨RLO⟩gnitirw');
  assert.equal(plain('a\u2066b\u2069'), 'a⟨LRI⟩b⟨PDI⟩');
  assert.equal(plain('a\u0000\u001b[31mb\nc\td'), 'a  [31mb\nc\td');
  assert.equal(plain('שלום <b>&amp;'), 'שלום <b>&amp;');
  assert.equal(plain(null), '');
});

test('the words of an act in their sentence', () => {
  assert.deepEqual(around('Rockets hit a market.', 'hit'), ['Rockets ', 'hit', ' a market.']);
  assert.deepEqual(around('Rockets hit a market.', 'bombed'), ['Rockets hit a market.', '', '']);
});

test('the beginning of a long name ends with a word', () => {
  assert.equal(beginning('Sergei Lavrov', 28), 'Sergei Lavrov');
  assert.equal(beginning('Office of the High Representative', 28), 'Office of the High…');
  assert.equal(beginning('Ministerpräsidentenkonferenzen', 10), 'Ministerpr…');
  assert.equal(beginning('abc\ud83c\udf88def', 4), 'abc…');
});

test('short ids', () => assert.equal(short_id('d82eee2a8fe2c4c28c6bc#11'), 'd82eee2a#11'));
