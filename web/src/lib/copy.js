// SPDX-License-Identifier: Apache-2.0
// The same question for a shell, for curl and for Python, to be pasted as it stands.
import { request } from './url.js';

const kSwitches = new Set(['changes', 'corrected', 'largest', 'recall']);

/** A word for a POSIX shell: as it is where that is safe, else in single quotes. */
export function shell_word(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function flags(query) {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => (kSwitches.has(key) ? `--${key}` : `--${key} ${shell_word(String(value))}`));
}

/** `dragoman events STORE --actor CHN`; `ids` stand behind the store. */
export function as_cli(command, query = {}, ids = []) {
  return ['dragoman', command, 'STORE', ...ids.map(shell_word), ...flags(query)].join(' ');
}

export function as_curl(origin, name, options) {
  return `curl -s ${shell_word(origin + request(name, options))}`;
}

function python_text(text) {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function as_python(origin, name, { id, query = {} } = {}) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const lines = ['import json, urllib.parse, urllib.request', ''];
  const base = python_text(origin + request(name, { id }));
  if (pairs.length) {
    lines.push(`query = {${pairs.map(([key, value]) => `${python_text(key)}: ${python_text(String(value))}`).join(', ')}}`);
    lines.push(`address = ${base} + "?" + urllib.parse.urlencode(query)`);
  } else {
    lines.push(`address = ${base}`);
  }
  lines.push('with urllib.request.urlopen(address) as answer:', '    data = json.load(answer)');
  return lines.join('\n');
}
