// SPDX-License-Identifier: Apache-2.0
// Where we are. Links within the page change the address without loading it anew; back and forward work.
import { address, changed, parse } from './url.js';

export const place = $state({ ...parse(new URL(window.location.href)), moves: 0 });

function look() {
  const next = parse(new URL(window.location.href));
  const same = next.view === place.view && next.id === place.id;
  Object.assign(place, next);
  if (!same) place.moves += 1;
}

/** Goes to an address of the page: one step of the history, or in the place of the present one. */
export function go(to, { replace = false } = {}) {
  if (to === window.location.pathname + window.location.search + window.location.hash) return;
  window.history[replace ? 'replaceState' : 'pushState'](null, '', to);
  const before = place.moves;
  look();
  if (place.moves !== before) window.scrollTo(0, 0);
}

/** The present view with other filters. */
export function with_query(changes) {
  return address(place.view, { id: place.id || undefined, query: changed(place.query, changes) });
}

function is_ours(event, link) {
  return (
    !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey &&
    link.origin === window.location.origin && !link.hasAttribute('download') && !link.target && parse(new URL(link.href)).view !== undefined
  );
}

export function start() {
  window.addEventListener('popstate', look);
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || !is_ours(event, link)) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}
