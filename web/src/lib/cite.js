// SPDX-License-Identifier: Apache-2.0
// How to cite one event: what it says, where it was read, what made the record, and its permanent address.
import { date, plain } from './format.js';

const who = (list) => list.replaceAll('; ', ' and ') || 'somebody';

export function event_claim(row) {
  const status = row.status === 'actual' ? '' : `, ${row.status}`;
  const whom = row.recipients ? ` → ${who(row.recipients)}` : '';
  return `${row.type}${status}: ${who(row.actors)}${whom}${row.date ? `, ${date(row.date)}` : ''}`;
}

function made_by(origin) {
  return origin ? [`engine ${origin.engine}`, `model ${origin.model}`, `knowledge ${origin.knowledge}`, origin.ontology].filter(Boolean).join('; ') : '';
}

/** Lines for a text. `read` is the day on which the page was looked at, in ISO 8601. */
export function event_text({ row, source, origin, link, read }) {
  return plain(
    `Dragoman, event ${row.id} (${event_claim(row)}). “${row.sentence}” In: ${source}. ` +
      `Made by ${made_by(origin)}. ${link} (read ${date(read)}).`,
  );
}

const bibtex_text = (text) => plain(text).replace(/[\\{}]/g, ' ').replace(/([%&$#_])/g, '\\$1');

export function event_bibtex({ row, source, origin, link, read }) {
  const key = `dragoman-${row.id.replace('#', '-')}`;
  return [
    `@misc{${key},`,
    `  author = {{The Dragoman project}},`,
    `  title = {Event ${bibtex_text(row.id)}: ${bibtex_text(event_claim(row))}},`,
    `  note = {In: ${bibtex_text(source)}. Made by ${bibtex_text(made_by(origin))}},`,
    `  url = {${link}},`,
    `  urldate = {${read}}`,
    '}',
  ].join('\n');
}
