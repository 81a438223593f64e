// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { as_cli, as_curl, as_python, shell_word } from './copy.js';
import { citation_of, model_facts, row_of } from './shapes.js';
import { event_bibtex, event_text } from './cite.js';

const kHostile = `it's "x" $(rm -rf /) \`id\` \\ ; & | Å`;

test('words for a shell come back from it as they were', () => {
  for (const word of ['CHN', 'United States', kHostile, "'", '*', '']) {
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shell_word(word)}`]).toString(), word);
  }
});

test('the command line has the API’s keys as flags', () => {
  assert.equal(as_cli('events', { actor: 'CHN', 'min-confidence': '0.7', to: '' }), 'dragoman events STORE --actor CHN --min-confidence 0.7');
  assert.equal(as_cli('explain', {}, ['d1#2']), "dragoman explain STORE 'd1#2'");
  assert.equal(as_cli('positions', { changes: 'true' }), 'dragoman positions STORE --changes');
});

test('curl asks for the same address', () => {
  assert.equal(as_curl('http://127.0.0.1:8080', 'events', { query: { text: 'arms deliver*' } }), "curl -s 'http://127.0.0.1:8080/api/v1/events?text=arms+deliver*'");
});

test('Python makes the same query', () => {
  const text = as_python('http://127.0.0.1:8080', 'events', { query: { actor: kHostile, from: '2024' } });
  const query = /query = (\{.*\})/.exec(text)[1];
  assert.deepEqual(JSON.parse(query), { actor: kHostile, from: '2024' });
  assert.match(text, /^import json, urllib\.parse, urllib\.request/);
  assert.match(as_python('http://h', 'events', { id: 'd1#2' }), /address = "http:\/\/h\/api\/v1\/events\/d1%232"/);
});

const kTold = {
  document: { id: 'd1', source: 'a_b.html' }, text: 'Norland shelled Wend.',
  entities: [{ id: 'e1', name: 'Norland', country: 'XNO' }, { id: 'e2', name: 'Wend' }],
  event: { id: 'd1#1', type: 'ASSAULT', modes: ['heavy-weapons'], status: 'actual', actors: [{ entity: 'e1' }], recipients: [{ entity: 'e2', country: 'XWE' }],
    trigger: { text: 'shelled' }, score: -9, confidence: 0.8, date: { value: '2031-05-15' } },
  origin: { engine: '0.1.0', model: 'reader 1', knowledge: 'sha256 1', ontology: 'PLOVER 2.0 draft' },
};

test('an explained event as a row', () => {
  const row = row_of(kTold);
  assert.equal(row.actors, 'Norland');
  assert.equal(row.actor_countries, 'XNO');
  assert.equal(row.recipient_countries, 'XWE');
  assert.equal(row.modes, 'heavy-weapons');
  assert.equal(row.historical, false);
});

test('citations name the event, its words, what made it and where it stands', () => {
  const cited = { row: row_of(kTold), source: 'a_b.html', origin: kTold.origin, link: 'http://h/event/d1%231', read: '2031-06-01' };
  assert.equal(event_text(cited), 'Dragoman, event d1#1 (ASSAULT: Norland → Wend, 15 May 2031). “Norland shelled Wend.” In: a_b.html. ' +
    'Made by engine 0.1.0; model reader 1; knowledge sha256 1; PLOVER 2.0 draft. http://h/event/d1%231 (read 1 Jun 2031).');
  const bibtex = event_bibtex(cited);
  assert.match(bibtex, /^@misc\{dragoman-d1-1,/);
  assert.match(bibtex, /a\\_b\.html/);
  assert.equal(bibtex.split('{').length, bibtex.split('}').length);
});

test('the store’s citation in two halves, and a model’s facts', () => {
  assert.deepEqual(citation_of('Dragoman 0.1.0.\nLine two.\n\n@software{x,\n}\n'), { text: 'Dragoman 0.1.0.\nLine two.', bibtex: '@software{x,\n}' });
  assert.deepEqual(model_facts({ name: 'reader', version: '1', data: ['a', 'b'], scores: { actor: 0.6588, 'type@0.5': 0.5924 } }),
    [['model', 'reader 1'], ['trained on', 'a, b'], ['F1 of its heads', 'actor 0.66, type at 0.5 0.59']]);
});
