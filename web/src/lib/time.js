// SPDX-License-Identifier: Apache-2.0
// Counts over time: which unit suits, and what a brush over the chart means as `from` and `to`.
import { days } from './format.js';

const kDay = 86400e3;

function utc(text) {
  return Date.parse(`${text}T00:00:00Z`);
}

/** Days where the filters leave a season at most, else months. */
export function unit_for({ from, to }) {
  if (!from || !to) return 'month';
  return utc(days(to)[1]) - utc(days(from)[0]) <= 100 * kDay ? 'day' : 'month';
}

/** Groups of `count?by=UNIT,quad` as bars: {start, quad, events}, years where there are more than `most` months. */
export function bars(groups, unit, most = 480) {
  const known = groups.filter((group) => group[unit]);
  const distinct = new Set(known.map((group) => group[unit]));
  const shown = unit === 'month' && distinct.size > most ? 'year' : unit;
  const sums = new Map();
  for (const group of known) {
    const key = shown === 'year' ? group[unit].slice(0, 4) : group[unit];
    const id = `${key} ${group.quad}`;
    const bar = sums.get(id) ?? { key, start: new Date(utc(days(key)[0])), quad: group.quad, events: 0 };
    bar.events += group.events;
    sums.set(id, bar);
  }
  return { unit: shown, bars: [...sums.values()].sort((a, b) => a.start - b.start || a.quad.localeCompare(b.quad)) };
}

/** A stretch of the chart as whole units: [from, to] in ISO at the unit's precision, in order. */
export function stretch(a, b, unit) {
  const length = { year: 4, month: 7, day: 10 }[unit];
  const [from, to] = [a, b].sort((x, y) => x - y).map((date) => date.toISOString().slice(0, length));
  return [from, to];
}

/** Rows of a table of the same: one for each unit of time, with a count for each quad. */
export function table(all) {
  const by_key = new Map();
  for (const { key, quad, events } of all) {
    const row = by_key.get(key) ?? { key, total: 0 };
    row[quad] = (row[quad] ?? 0) + events;
    row.total += events;
    by_key.set(key, row);
  }
  return [...by_key.values()];
}
