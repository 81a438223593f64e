// SPDX-License-Identifier: Apache-2.0
// licences.txt: name, version and licence text of each package whose code is in the page.
import fs from 'node:fs';
import path from 'node:path';

function package_folder(id) {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/^\0/, ''));
  return found && found[1];
}

function licence_of(folder) {
  const about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version}\n\n${text}\n`;
}

export function licences() {
  return {
    name: 'dragoman-licences',
    apply: 'build',
    generateBundle(options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.modules ? Object.keys(chunk.modules) : []));
      const folders = [...new Set(modules.map(package_folder).filter(Boolean))].sort();
      const rule = `\n${'-'.repeat(100)}\n\n`;
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: folders.map(licence_of).join(rule) });
    },
  };
}
