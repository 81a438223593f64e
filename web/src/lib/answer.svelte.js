// SPDX-License-Identifier: Apache-2.0
// One request of a view: asked again when what it is made of changes, forgotten when it comes too late.
import { get } from './api.js';

class Answer {
  data = $state.raw(); // the latest answer, kept while the next one is fetched
  error = $state.raw();
  busy = $state(true);

  settle(data, error) {
    this.data = data;
    this.error = error;
    this.busy = false;
  }
}

/** Asks what `question` gives: [name, options] of lib/api.js, or nothing for no request; by `how`, get or get_pages. */
export function answered(question, how = get) {
  const answer = new Answer();
  $effect(() => {
    const asked = question();
    if (!asked) {
      answer.settle();
      return undefined;
    }
    const leave = new AbortController();
    answer.busy = true;
    how(asked[0], asked[1], leave.signal).then(
      (data) => leave.signal.aborted || answer.settle(data),
      (error) => leave.signal.aborted || answer.settle(undefined, error),
    );
    return () => leave.abort();
  });
  return answer;
}
