// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { address, changed, document_of, encode, kViews, parse, query_text, request } from './url.js';

const at = (path) => parse(new URL(path, 'http://127.0.0.1:8080'));

test('an address tells view, id and filters', () => {
  assert.deepEqual(at('/'), { view: 'start', id: '', query: {}, hash: '' });
  assert.deepEqual(at('/events?actor=CHN&min-confidence=0.7'), { view: 'events', id: '', query: { actor: 'CHN', 'min-confidence': '0.7' }, hash: '' });
  assert.deepEqual(at('/event/d1a2%232'), { view: 'event', id: 'd1a2#2', query: {}, hash: '' });
  assert.deepEqual(at('/reader/d1a2#d1a2%232'), { view: 'reader', id: 'd1a2', query: {}, hash: 'd1a2#2' });
  assert.equal(at('/actor/Foreign%20Office%2FLondon').id, 'Foreign Office/London');
});

test('what is no page is none', () => {
  assert.equal(at('/nothing').view, undefined);
  assert.equal(at('/event').view, undefined, 'an event needs an id');
  assert.equal(at('/events/7').view, undefined, 'a list has none');
  assert.equal(at('/event/%E0%A4%A').id, '%E0%A4%A', 'broken escapes stay as they are');
});

test('keys that a view does not know, empty ones and switches', () => {
  assert.deepEqual(at('/events?colour=red&actor=&type=AID').query, { type: 'AID' });
  assert.deepEqual(at('/positions?changes').query, { changes: 'true' });
  assert.deepEqual(at('/positions?changes=false').query, {});
});

test('address and parse undo each other for every view', () => {
  const values = ['CHN', 'United States', 'a&b=c', 'Åsa/№ 1', '“x” #2', '100%', 'a+b'];
  for (const [view, { id, keys }] of Object.entries(kViews)) {
    const query = Object.fromEntries(keys.map((key, i) => [key, ['changes', 'corrected'].includes(key) ? 'true' : values[i % values.length]]));
    const path = address(view, { id: id ? 'd1/x y#s3%' : undefined, query, hash: 'd1#2' });
    assert.deepEqual(at(path), { view, id: id ? 'd1/x y#s3%' : '', query, hash: 'd1#2' }, path);
  }
});

test('one state has one address: keys in the order of the view, empty ones left out', () => {
  assert.equal(address('events', { query: { type: 'AID', actor: 'CHN', to: '' } }), '/events?actor=CHN&type=AID');
  assert.equal(query_text({ text: 'arms deliver*', from: undefined }), 'text=arms+deliver*');
  assert.equal(encode('a b/c:d,e@f'), 'a+b/c:d,e@f');
});

test('requests have the same keys; ids are one part of the path', () => {
  assert.equal(request('count', { query: { by: 'month,quad', actor: 'CHN' } }), '/api/v1/count?by=month,quad&actor=CHN');
  assert.equal(request('events', { id: 'd1/2#3' }), '/api/v1/events/d1%2F2%233');
});

test('a changed filter begins at the first page', () => {
  assert.deepEqual(changed({ actor: 'CHN', after: 'd1#2' }, { type: 'AID' }), { actor: 'CHN', type: 'AID' });
  assert.deepEqual(changed({ actor: 'CHN' }, { after: 'd1#2' }), { actor: 'CHN', after: 'd1#2' });
  assert.deepEqual(changed({ actor: 'CHN', type: 'AID' }, { type: undefined }), { actor: 'CHN' });
});

test('the document of an event', () => {
  assert.equal(document_of('d1a2#7'), 'd1a2');
  assert.equal(document_of('news.jsonl#3#s1'), 'news.jsonl#3');
});
