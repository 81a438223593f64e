// SPDX-License-Identifier: Apache-2.0
// Asking the server. An answer is JSON; what is no answer is an ApiError with a sentence for people.
import { request } from './url.js';

export class ApiError extends Error {
  constructor(status, code, message, place) {
    super(message);
    this.status = status;
    this.code = code;
    this.place = place;
  }
}

async function answer(response) {
  const text = await response.text();
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ApiError(response.status, 'unreadable', `The server answered ${response.status} with something that is no JSON.`);
  }
  if (!response.ok) {
    const { code = 'error', message = `The server answered ${response.status}.`, place } = data?.error ?? {};
    throw new ApiError(response.status, code, message, place);
  }
  return data;
}

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: 'omit', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', 'The server does not answer. Is `dragoman serve` still running?');
  }
  return answer(response);
}

export function get(name, options = {}, signal) {
  return ask(request(name, options), { signal });
}

/** The items of a listing of which one page may not hold all: those of the first `most` pages, as one. */
export async function get_pages(name, { query = {} } = {}, signal, most = 5) {
  const items = [];
  let after;
  for (let page = 0; page < most && (page === 0 || after); page += 1) {
    const answer = await get(name, { query: { ...query, limit: 1000, after } }, signal);
    items.push(...answer.items);
    after = answer.next;
  }
  return { items, next: after ?? null };
}

/** Sends an object as JSON, or with a `type` a body as it is (a file's bytes, whose charset the server finds out). */
export function post(name, body, { query, token, type } = {}) {
  const headers = { 'Content-Type': type ?? 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  return ask(request(name, { query }), { method: 'POST', headers, body: type ? body : JSON.stringify(body) });
}
