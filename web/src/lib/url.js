// SPDX-License-Identifier: Apache-2.0
// The address is the state: which view, of what, through which filters. A query's keys are those of the API and of the
// command line (`--min-confidence` is `min-confidence`), so that one address, one request and one command say the same.

export const kEventFilters = ['actor', 'recipient', 'type', 'status', 'from', 'to', 'text', 'document', 'min-confidence'];

/** Each view: its path, whether an id follows, the request that it shows, the command that answers the same. */
export const kViews = {
  start: { path: '', title: 'Dragoman', keys: [] },
  events: { path: 'events', title: 'Events', keys: [...kEventFilters, 'corrected', 'sort', 'after'], request: 'events', command: 'events' },
  event: { path: 'event', title: 'Event', id: true, keys: [], request: 'events', command: 'explain' },
  reader: { path: 'reader', title: 'Reader', id: true, keys: [], request: 'documents', command: 'show' },
  timeline: { path: 'timeline', title: 'Timeline', keys: [...kEventFilters, 'corrected'], request: 'count', command: 'count' },
  actor: { path: 'actor', title: 'Actor', id: true, keys: ['date'], request: 'actors', command: 'knowledge' },
  positions: { path: 'positions', title: 'Positions', keys: ['actor', 'issue', 'stance', 'from', 'to', 'changes'],
    request: 'positions', command: 'positions' },
  statements: { path: 'statements', title: 'Statements',
    keys: ['speaker', 'addressee', 'issue', 'text', 'kind', 'act', 'from', 'to', 'document', 'min-confidence', 'after'],
    request: 'statements', command: 'statements' },
  map: { path: 'map', title: 'Map', keys: kEventFilters, request: 'places', command: 'places' },
  network: { path: 'network', title: 'Network', keys: kEventFilters, request: 'dyads', command: 'count' },
  stories: { path: 'stories', title: 'Stories', keys: [...kEventFilters, 'min-reports', 'min-sources', 'after'],
    request: 'stories', command: 'stories' },
  story: { path: 'story', title: 'Story', id: true, keys: [], request: 'stories', command: 'stories' },
  storylines: { path: 'storylines', title: 'Storylines', keys: [...kEventFilters, 'min-documents', 'min-stories', 'after'],
    request: 'storylines', command: 'storylines' },
  storyline: { path: 'storyline', title: 'Storyline', id: true, keys: ['steps', 'after-story'], request: 'storylines', command: 'storylines' },
  instruments: { path: 'instruments', title: 'Instruments', keys: ['name', 'kind', 'owner', 'step', 'from', 'to', 'min-reports', 'after'],
    request: 'instruments', command: 'instruments' },
  instrument: { path: 'instrument', title: 'Instrument', id: true, keys: ['steps', 'after-step'], request: 'instruments', command: 'instruments' },
  documents: { path: 'documents', title: 'Documents', keys: ['text', 'publisher', 'language', 'from', 'to', 'after'], request: 'documents', command: 'documents' },
  search: { path: 'search', title: 'Search', keys: ['q'], request: 'search', command: 'events' },
  corrections: { path: 'corrections', title: 'Corrections', keys: ['document', 'author', 'action', 'after'], request: 'corrections', command: 'corrections' },
  try: { path: 'try', title: 'Try it', keys: [], request: 'read', command: 'read' },
  about: { path: 'about', title: 'About this data', keys: [], request: 'about', command: 'cite' },
};

// A flag of the command line that takes no value: it is set or not.
const kSwitches = new Set(['changes', 'corrected', 'largest']);

const kByPath = Object.fromEntries(Object.entries(kViews).map(([view, { path }]) => [path, view]));

/** encodeURIComponent, but for what may stand in a path or query and reads better as it is. */
export function encode(text) {
  return encodeURIComponent(text).replace(/%(2C|3A|40|2F)/g, (code) => decodeURIComponent(code)).replace(/%20/g, '+');
}

function encode_segment(text) {
  return encodeURIComponent(text).replace(/%(2C|3A|40)/g, (code) => decodeURIComponent(code));
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What an address shows: {view, id, query, hash}; view is undefined where there is no such page. */
export function parse(url) {
  const [path, ...rest] = url.pathname.replace(/^\//, '').split('/');
  const view = kByPath[path];
  const id = decode(rest.join('/'));
  const hash = decode(url.hash.slice(1));
  if (!view || Boolean(kViews[view].id) !== (id !== '')) return { view: undefined, id, query: {}, hash };
  const query = {};
  for (const key of kViews[view].keys) {
    const value = url.searchParams.get(key);
    if (value !== null && (value !== '' || kSwitches.has(key))) query[key] = kSwitches.has(key) ? 'true' : value;
    if (kSwitches.has(key) && value === 'false') delete query[key];
  }
  return { view, id, query, hash };
}

/** Keys that say something, in the order of the view's, so that one state has one address. */
export function query_text(query, keys = Object.keys(query)) {
  return keys
    .filter((key) => query[key] !== undefined && query[key] !== null && query[key] !== '')
    .map((key) => `${key}=${encode(String(query[key]))}`)
    .join('&');
}

/** The address of a view: address('events', {query: {actor: 'CHN'}}) is "/events?actor=CHN". */
export function address(view, { id, query = {}, hash = '' } = {}) {
  const { path, keys } = kViews[view];
  const text = query_text(query, keys);
  return `/${path}${id === undefined ? '' : `/${encode_segment(id)}`}${text && `?${text}`}${hash && `#${encodeURIComponent(hash)}`}`;
}

/** The address of a request: request('count', {query: {by: 'type'}}) is "/api/v1/count?by=type". */
export function request(name, { id, query = {} } = {}) {
  const text = query_text(query);
  return `/api/v1/${name}${id === undefined ? '' : `/${encode_segment(id)}`}${text && `?${text}`}`;
}

/** The query with some keys set or (undefined) taken away; a page of a longer list begins anew. */
export function changed(query, changes) {
  const next = { ...query, ...changes };
  if (!('after' in changes)) delete next.after;
  for (const key of Object.keys(next)) if (next[key] === undefined || next[key] === '' || next[key] === null) delete next[key];
  return next;
}

/** Document of an event's or statement's id: what stands before the "#". */
export function document_of(id) {
  return id.replace(/#[^#]*$/, '');
}
