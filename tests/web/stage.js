// SPDX-License-Identifier: Apache-2.0
// The stage for tests and screenshots of the page: a store made by the program, the program serving it, a browser.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const kRoot = fileURLToPath(new URL('../../', import.meta.url));
export const require = createRequire(path.join(kRoot, 'web/package.json'));
export const kToken = 'sesame-of-the-tests';

const program = process.env.DRAGOMAN_PROGRAM ?? path.join(kRoot, 'build/release/dragoman');

/** What a command of the program prints; failing commands throw with their message. */
export function cli(...words) {
  return execFileSync(program, words, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

/** A store of these inputs in a folder of its own. Pages that are refused (a section front) are no failure. */
export function make_store(folder, inputs, cwd = kRoot) {
  const store = path.join(folder, 'page.store');
  const done = spawnSync(program, ['read', '--quiet', '--store', store, ...inputs], { cwd });
  if (done.status > 1 || !fs.existsSync(store)) throw new Error(`the store could not be made: ${done.stderr}`);
  return store;
}

export function scratch() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'dragoman-page-'));
}

/** The program serving a store: {address, stop}. */
export async function serve(store, ...options) {
  const child = spawn(program, ['serve', store, '--port', '0', '--token', kToken, '--web', path.join(kRoot, 'build/web'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    ended.then((code) => Promise.reject(new Error(`serve ended with ${code}: ${said}`))),
  ]);
  return {
    address: address.replace(/\/$/, ''),
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export function launch() {
  const { chromium } = require('playwright-core');
  // Debian's chromium has no sandbox for root.
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: process.env.DRAGOMAN_BROWSER ?? '/usr/bin/chromium', args });
}
