// SPDX-License-Identifier: Apache-2.0
// Who corrects, and the server's token: kept until this tab is closed.
function kept(key) {
  try {
    return window.sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export const pen = $state({ author: kept('dragoman-author'), token: kept('dragoman-token') });

export function keep_pen() {
  try {
    window.sessionStorage.setItem('dragoman-author', pen.author);
    window.sessionStorage.setItem('dragoman-token', pen.token);
  } catch {
    // Then it is asked for again.
  }
}
