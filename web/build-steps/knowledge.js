// SPDX-License-Identifier: Apache-2.0
// virtual:knowledge — what the page knows of codes, made of data/ when it is built: names of countries, the types of
// the ontology with their definitions and modes, the issues; and for the shapes of the map which country each is.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const kName = 'virtual:knowledge';
const kData = fileURLToPath(new URL('../../data/', import.meta.url));
const require = createRequire(import.meta.url);

/** Rows of a table of data/: lines that begin with # are comments, the first other line names the columns. */
export function rows(text) {
  const [head, ...lines] = text.split('\n').filter((line) => line && !line.startsWith('#'));
  const columns = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((field, i) => [columns[i], field])));
}

const read = (name) => fs.readFileSync(kData + name, 'utf8');

// Natural Earth shortens names on its labels, and draws some countries that others count to a neighbour.
const kShortened = {
  'Dem. Rep. Congo': 'COD', Congo: 'COG', 'Dominican Rep.': 'DOM', 'Central African Rep.': 'CAF', 'Eq. Guinea': 'GNQ',
  'S. Sudan': 'SSD', 'Bosnia and Herz.': 'BIH', 'Solomon Is.': 'SLB', 'Falkland Is.': 'GBR', 'W. Sahara': 'ESH',
  'N. Cyprus': 'CYP', Somaliland: 'SOM', Macedonia: 'MKD', 'Fr. S. Antarctic Lands': 'FRA', eSwatini: 'SWZ',
};

export function country_codes(countries, names_on_map) {
  const codes = new Map();
  for (const { code, name, names, kind } of countries) {
    if (kind === 'historic') continue;
    for (const one of [name, ...(names || '').split('|')]) if (one && !codes.has(one)) codes.set(one, code);
  }
  return Object.fromEntries(names_on_map.map((name) => [name, kShortened[name] ?? codes.get(name) ?? '']));
}

function all() {
  const countries = rows(read('actors/countries.tsv'));
  const names = {};
  for (const { key, code, name, kind } of countries) if (key === code && kind !== 'historic') names[code] ??= name;
  Object.assign(names, { UNO: 'United Nations', EUR: 'European Union', IGO: 'Intergovernmental bodies',
    NGO: 'Non-governmental organisations', ISM: 'Social movements', IMG: 'Armed groups', MNC: 'Companies of many states' });
  const types = JSON.parse(read('ontology/ontology.json')).plover.event_types.map((type) => ({
    name: type.name,
    quad: type.quad_in_section.toLowerCase().replace(' ', '-'),
    score: type.score,
    definition: type.definition.replace(/\\ldots/g, '…').replace(/^\* /, '').replace(/([:,]) \* /, '$1 ').replace(/\.? \* /g, '; ').replace(/ ?See the discussion in Section \\ref\{[^}]*\}[^.]*\./g, ''),
    modes: type.modes.map(({ name, definition, score }) => ({ name, definition, score })),
  }));
  const issues = Object.fromEntries(rows(read('ontology/issues.tsv')).map((row) => [row.key, row.label]));
  const world = JSON.parse(fs.readFileSync(require.resolve('world-atlas/countries-110m.json'), 'utf8'));
  const shapes = country_codes(countries, world.objects.countries.geometries.map((shape) => shape.properties.name));
  return { names, types, issues, shapes };
}

export function knowledge() {
  return {
    name: 'dragoman-knowledge',
    resolveId: (id) => (id === kName ? `\0${kName}` : null),
    load(id) {
      if (id !== `\0${kName}`) return null;
      for (const name of ['actors/countries.tsv', 'ontology/ontology.json', 'ontology/issues.tsv']) this.addWatchFile(kData + name);
      return Object.entries(all()).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n');
    },
  };
}
