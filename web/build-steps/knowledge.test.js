// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { country_codes, knowledge, rows } from './knowledge.js';

test('tables: comments, columns, empty fields', () => {
  assert.deepEqual(rows('# a comment\nkey\tname\tto\nXNO\tNorland\t\nXWE\tWend\t1991\n'),
    [{ key: 'XNO', name: 'Norland', to: '' }, { key: 'XWE', name: 'Wend', to: '1991' }]);
});

test('shapes find their country by any of its names, not by a historic one', () => {
  const countries = [{ code: 'OLD', name: 'Norland', names: '', kind: 'historic' }, { code: 'XNO', name: 'Norland', names: 'North|N.', kind: 'country' }];
  assert.deepEqual(country_codes(countries, ['North', 'Norland', 'Nowhere']), { North: 'XNO', Norland: 'XNO', Nowhere: '' });
});

test('every shape of the map but Antarctica has a country, every type its definition without TeX', async () => {
  const code = knowledge().load.call({ addWatchFile() {} }, '\0virtual:knowledge');
  const made = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  assert.deepEqual(Object.entries(made.shapes).filter(([, country]) => !country).map(([name]) => name).filter((name) => name !== 'Antarctica'), []);
  assert.equal(made.types.length, 16);
  assert.deepEqual(made.types.filter(({ definition }) => !definition || /\\|^\*/.test(definition)).map(({ name }) => name), []);
  assert.equal(made.names.CHN, 'China');
  assert.ok(Object.keys(made.issues).length > 30);
});
