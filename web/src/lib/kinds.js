// SPDX-License-Identifier: Apache-2.0
// What kinds of acts, statuses, stances and speakers look like: never by colour alone.
import { issues, names as country_names, types } from 'virtual:knowledge';

export { country_names, issues, types };

const kTypes = Object.fromEntries(types.map((type) => [type.name, type]));

// Circles for cooperation, triangles for conflict; hollow for words, filled for deeds.
export const kQuads = {
  'verbal-cooperation': { label: 'Verbal cooperation', shape: 'circle', filled: false },
  'material-cooperation': { label: 'Material cooperation', shape: 'circle', filled: true },
  'verbal-conflict': { label: 'Verbal conflict', shape: 'triangle', filled: false },
  'material-conflict': { label: 'Material conflict', shape: 'triangle', filled: true },
};

export const kStatuses = {
  actual: 'reported as fact',
  future: 'planned or expected',
  hypothetical: 'conditional or considered',
  negated: 'said not to have happened',
  alleged: 'one party’s accusation of another',
};

export const kStances = {
  for: { sign: '+', label: 'for' },
  against: { sign: '−', label: 'against' },
  conditional: { sign: '?', label: 'on conditions' },
  neutral: { sign: '○', label: 'neutral' },
};

export const kTypeNames = types.map((type) => type.name);

export function type_of(name) {
  return kTypes[name];
}

export function quad_of(type) {
  return kTypes[type]?.quad ?? 'verbal-conflict';
}

/** "ASSAULT" as a word in running text. */
export function type_label(name) {
  return name ? name[0] + name.slice(1).toLowerCase() : '';
}

export function country_name(code) {
  return country_names[code] ?? code;
}

export function issue_name(key) {
  return issues[key] ?? key;
}
