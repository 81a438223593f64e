// SPDX-License-Identifier: Apache-2.0
// A record as the reader shows it: its events in the order of the text, and what to mark for the chosen one.

export function entities_of(record) {
  return new Map((record.entities ?? []).map((entity) => [entity.id, entity]));
}

export function in_text_order(events) {
  return [...events].sort((a, b) => a.trigger.span[0] - b.trigger.span[0] || a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** The number behind "#" of an event's id, or "s3" of a statement. */
export function ordinal_of(id) {
  return id.slice(id.lastIndexOf('#') + 1);
}

/** The chosen thing of a record by its id: {event} or {statement}, or nothing. */
export function chosen_of(record, id) {
  const event = record.events.find((one) => one.id === id);
  if (event) return { event };
  const statement = record.statements.find((one) => `${record.document.id}#${one.id}` === id);
  return statement ? { statement } : {};
}

const with_span = (kind, items) => (items ?? []).filter((item) => item?.span).map(({ span }) => ({ kind, span }));

function marks_of_event(event) {
  return [
    ...with_span('actor', event.actors), ...with_span('recipient', event.recipients), ...with_span('theme', [event.theme]),
    ...with_span('where', event.locations), ...with_span('when', [event.date]), ...with_span('chosen', [event.trigger]),
  ];
}

function marks_of_statement(statement) {
  return [
    ...with_span('actor', [statement.speaker]), ...with_span('recipient', statement.addressees),
    ...with_span('cue', [statement.cue]), ...with_span('chosen-said', [statement.content]),
  ];
}

const kSpeakerLooks = 8;

/** Speakers of a text in order of their first statement, each with its look (a colour and a line of its own); 0 is nobody. */
export function speaker_looks(statements) {
  const looks = new Map();
  for (const { speaker } of statements) {
    const key = speaker?.entity ?? '';
    if (!looks.has(key)) looks.set(key, key === '' ? 0 : 1 + ((looks.size - (looks.has('') ? 1 : 0)) % (kSpeakerLooks - 1)));
  }
  return looks;
}

/** All marks of a text: what was said, the words that tell acts, and the parts of what is chosen. */
export function marks_of(record, { event, statement }) {
  const looks = speaker_looks(record.statements);
  return [
    ...record.statements.map((one) => ({ kind: 'said', span: one.content.span, look: looks.get(one.speaker?.entity ?? ''), id: one.id })),
    ...record.events.map((one) => ({ kind: 'trigger', span: one.trigger.span, id: one.id, type: one.type })),
    ...(event ? marks_of_event(event) : []),
    ...(statement ? marks_of_statement(statement) : []),
  ];
}

/** The event or statement `steps` further on in the text from the chosen one; from none, the first or last. */
export function neighbour(events, id, steps) {
  if (!events.length) return undefined;
  const at = events.findIndex((event) => event.id === id);
  if (at < 0) return events[steps > 0 ? 0 : events.length - 1];
  return events[(at + steps + events.length) % events.length];
}
