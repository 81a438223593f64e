// SPDX-License-Identifier: Apache-2.0
// Values as people read them. Everything here gives text; nothing gives markup.

const kMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** One ISO date at its precision: "2024-05-17" is "17 May 2024", "2024-05" "May 2024", "2024" "2024". */
function day(text) {
  const [, year, month, of_month] = /^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  const name = kMonths[Number(month) - 1];
  if (!year || (month && !name)) return text;
  return [of_month && String(Number(of_month)), name, year].filter(Boolean).join(' ');
}

/** A date or a span of days; of a span, what both ends share is said once: "12–18 Feb 2024". */
export function date(text) {
  if (!text) return '';
  const [from, to = from] = String(text).split('/').map(day);
  if (from === to) return from;
  const a = from.split(' ');
  const b = to.split(' ');
  let shared = 0;
  while (a.length === b.length && shared < a.length - 1 && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  const begin = a.slice(0, a.length - shared);
  return shared && begin.length === 1 ? `${begin[0]}–${to}` : `${begin.join(' ')} – ${to}`;
}

/** 1234567 is "1,234,567"; what is no number stays as it is. */
export function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value.toLocaleString('en-GB', { maximumFractionDigits: 3 }) : String(value ?? '');
}

/** A word for so many: plural(2, "story", "stories") is "2 stories". */
export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export function percent(share) {
  if (typeof share !== 'number') return '';
  if (share > 0 && share < 0.005) return '<1%';
  return `${Math.round(share * 100)}%`;
}

/** With a true minus and a sign, as conflict-cooperation scores are read. */
export function signed(value) {
  if (typeof value !== 'number') return '';
  const rounded = Math.round(value * 100) / 100;
  if (rounded === 0) return '0';
  return `${rounded < 0 ? '−' : '+'}${number(Math.abs(rounded))}`;
}

/** Lists in rows are joined by "; ". Names and their countries come in step: [{name, country}]. */
export function names(joined, countries = '') {
  if (!joined) return [];
  const codes = countries.split('; ');
  return joined.split('; ').map((name, i) => ({ name, country: codes[i] || '' }));
}

// Marks that turn the direction of what follows: shown by name, so that no text can dress itself up as another.
const kTurns = { '\u202a': 'LRE', '\u202b': 'RLE', '\u202c': 'PDF', '\u202d': 'LRO', '\u202e': 'RLO',
  '\u2066': 'LRI', '\u2067': 'RLI', '\u2068': 'FSI', '\u2069': 'PDI' };

/** Text as it may be shown: marks that turn the direction become ⟨RLO⟩, other control characters spaces. */
export function plain(text) {
  return String(text ?? '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `⟨${kTurns[mark]}⟩`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ' ');
}

/** The beginning of a text in at most so many characters, whole words where it has any, "…" where something was left out. */
export function beginning(text, most) {
  if (text.length <= most) return text;
  const room = text.slice(0, most);
  return `${room.replace(/\s+\S*$/u, '').replace(/[\ud800-\udbff]$/, '')}…`;
}

/** [before, words, after] of the first place where a sentence holds these words; the whole where it does not. */
export function around(sentence, words) {
  const at = words ? sentence.indexOf(words) : -1;
  if (at < 0) return [sentence, '', ''];
  return [sentence.slice(0, at), words, sentence.slice(at + words.length)];
}

export function short_id(id) {
  return id.replace(/^(.{8}).*?(#.*)?$/, '$1$2');
}

/** The first and last day that "2024-05" or "2024-02-12/2024-02-18" covers, as [from, to]. */
export function days(text) {
  const [from, to = from] = String(text).split('/');
  return [first_day(from), last_day(to)];
}

function first_day(text) {
  const [year, month = '01', of_month = '01'] = text.slice(0, 10).split('-');
  return `${year}-${month}-${of_month}`;
}

function last_day(text) {
  const [year, month = '12', of_month] = text.slice(0, 10).split('-');
  return `${year}-${month}-${of_month ?? String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()).padStart(2, '0')}`;
}
