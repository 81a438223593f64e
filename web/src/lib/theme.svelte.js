// SPDX-License-Identifier: Apache-2.0
// Light or dark: as the system says, until the reader says otherwise. Kept in this browser only.
const kKey = 'dragoman-theme';
const kOrder = ['system', 'light', 'dark'];

function kept() {
  try {
    return window.localStorage.getItem(kKey) ?? 'system';
  } catch {
    return 'system';
  }
}

export const theme = $state({ name: 'system' });

export function show_theme(name = kept()) {
  theme.name = kOrder.includes(name) ? name : 'system';
  if (theme.name === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme.name);
}

export function next_theme() {
  const name = kOrder[(kOrder.indexOf(theme.name) + 1) % kOrder.length];
  try {
    window.localStorage.setItem(kKey, name);
  } catch {
    // A browser that keeps nothing shows the theme until the page is left.
  }
  show_theme(name);
}
