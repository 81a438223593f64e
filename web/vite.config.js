// SPDX-License-Identifier: Apache-2.0
// The page is static files in build/web, served by `dragoman serve`. Nothing in it asks another host for anything.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { knowledge } from './build-steps/knowledge.js';
import { licences } from './build-steps/licences.js';
import { packed } from './build-steps/packed.js';
import { unstyled } from './build-steps/unstyled.js';

export default defineConfig({
  base: '/',
  publicDir: 'public',
  plugins: [svelte(), knowledge(), unstyled(), licences(), packed()],
  build: {
    outDir: fileURLToPath(new URL(process.env.DRAGOMAN_WEB_OUT || '../build/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
});
