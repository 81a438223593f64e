// SPDX-License-Identifier: Apache-2.0
// Answers of the API in the shape that the views want.
import { entities_of } from './record.js';

/** The row of a listing that an explained event would be (`told`: answer of events/ID). */
export function row_of(told) {
  const { event } = told;
  const entities = entities_of(told);
  const names = (list = []) => list.map(({ entity }) => entities.get(entity)?.name ?? entity).join('; ');
  const countries = (list = []) => list.map(({ country, entity }) => country ?? entities.get(entity)?.country ?? '').join('; ');
  return {
    id: event.id,
    document: told.document.id,
    source: told.document.source,
    date: event.date?.value ?? '',
    type: event.type,
    modes: (event.modes ?? []).join('; '),
    status: event.status,
    historical: Boolean(event.historical),
    actors: names(event.actors),
    actor_countries: countries(event.actors),
    recipients: names(event.recipients),
    recipient_countries: countries(event.recipients),
    place: (event.locations ?? []).map(({ name }) => name).join('; '),
    attribution: names(event.attribution),
    score: event.score,
    confidence: event.confidence,
    trigger: event.trigger.text,
    sentence: told.text ?? '',
  };
}

/** "lines of a text\n\n@software{…}" in its two halves. */
export function citation_of(cite) {
  const at = cite.indexOf('\n@');
  return at < 0 ? { text: cite.trim(), bibtex: '' } : { text: cite.slice(0, at).trim(), bibtex: cite.slice(at).trim() };
}

const kFigures = { content: 'what was said', names: 'names' };

/** What a model's manifest tells people: [[name, value], …]. */
export function model_facts(manifest) {
  if (!manifest) return [];
  const list = (value) => (Array.isArray(value) ? value.join(', ') : String(value));
  const scores = Object.entries(manifest.scores ?? {}).filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${kFigures[name] ?? name.replace('@', ' at ')} ${value.toFixed(2)}`);
  return [
    ['model', `${manifest.name} ${manifest.version}`],
    ...(manifest.license ? [['licence', list(manifest.license)]] : []),
    ...(manifest.data ? [['trained on', list(manifest.data)]] : []),
    ...(scores.length ? [['F1 of its heads', scores.join(', ')]] : []),
  ];
}
