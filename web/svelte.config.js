// SPDX-License-Identifier: Apache-2.0
// Styles go to a file, never into scripts: the page runs under style-src 'self'.
export default { compilerOptions: { css: 'external', runes: true } };
