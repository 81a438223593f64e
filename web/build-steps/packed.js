// SPDX-License-Identifier: Apache-2.0
// Beside each file of the page stands the same packed with gzip, so that the server packs nothing when asked.
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const kPackable = /\.(html|js|css|json|svg|txt)$/;

function* files(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* files(name);
    else yield name;
  }
}

export function packed() {
  let folder;
  return {
    name: 'dragoman-packed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      if (!fs.existsSync(folder)) return;
      for (const name of files(folder)) {
        if (kPackable.test(name)) fs.writeFileSync(`${name}.gz`, gzipSync(fs.readFileSync(name), { level: 9 }));
      }
    },
  };
}
