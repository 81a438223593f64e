// SPDX-License-Identifier: Apache-2.0
// One thing that is told in parts: the address says behind which of its steps a part begins, and how many it holds.
import { answered } from './answer.svelte.js';
import { place } from './place.svelte.js';

const kPage = 100;

/** The thing of this view by a request: {data, error, steps, next, from}; `after` is the key of the query for where a
 * part begins, `id` what a step is named by. One step more than is shown is asked for, which tells whether there are more. */
export function told_in_parts(name, after, id) {
  const size = $derived(Number(place.query.steps) || kPage);
  const from = $derived(place.query[after]);
  const answer = answered(() => [name, { id: place.id, query: { steps: size + 1, [after]: from } }]);
  const all = $derived(answer.data?.steps ?? []);
  const steps = $derived(all.slice(0, size));
  return {
    get data() { return answer.data; },
    get error() { return answer.error; },
    get steps() { return steps; },
    get next() { return all.length > size ? id(steps[size - 1]) : undefined; },
    get from() { return from; },
  };
}
