// SPDX-License-Identifier: Apache-2.0
// One row of a listing as JSON and as CSV; both from one list of columns.
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"
#include "dragoman/store.h"

namespace dragoman {
namespace {

template <class Visit>
void columns(const EventRow& row, const Visit& visit) {
  visit("id", row.id);
  visit("document", row.document);
  visit("source", row.source);
  visit("date", row.date);
  visit("type", row.type);
  visit("modes", row.modes);
  visit("status", row.status);
  visit("historical", row.historical);
  visit("actors", row.actors);
  visit("actor_countries", row.actor_countries);
  visit("recipients", row.recipients);
  visit("recipient_countries", row.recipient_countries);
  visit("place", row.place);
  visit("attribution", row.attribution);
  visit("score", row.score);
  visit("confidence", row.confidence);
  visit("trigger", row.trigger);
  visit("sentence", row.sentence);
}

template <class Visit>
void columns(const StatementRow& row, const Visit& visit) {
  visit("id", row.id);
  visit("document", row.document);
  visit("source", row.source);
  visit("date", row.date);
  visit("kind", row.kind);
  visit("speaker", row.speaker);
  visit("speaker_country", row.speaker_country);
  visit("addressees", row.addressees);
  visit("act", row.act);
  visit("cue", row.cue);
  visit("via", row.via);
  visit("confidence", row.confidence);
  visit("content", row.content);
}

template <class Visit>
void columns(const PositionRow& row, const Visit& visit) {
  visit("actor", row.actor);
  visit("actor_country", row.actor_country);
  visit("issue", row.issue);
  visit("object", row.object);
  visit("date", row.date);
  visit("stance", row.stance);
  visit("before", row.before);
  visit("document", row.document);
  visit("source", row.source);
  visit("evidence", row.evidence);
  visit("words", row.words);
}

template <class Visit>
void columns(const Story& story, const Visit& visit) {
  visit("id", story.id);
  visit("date", story.date);
  visit("type", story.type);
  visit("status", story.status);
  visit("actors", story.actors);
  visit("actor_countries", story.actor_countries);
  visit("recipients", story.recipients);
  visit("recipient_countries", story.recipient_countries);
  visit("place", story.place);
  visit("first_report", story.first_report);
  visit("last_report", story.last_report);
  visit("n_reports", story.n_reports);
  visit("n_sources", story.n_sources);
  visit("storyline", story.storyline);
  visit("trigger", story.trigger);
  visit("sentence", story.sentence);
}

template <class Visit>
void columns(const Storyline& storyline, const Visit& visit) {
  visit("id", storyline.id);
  visit("first_day", storyline.first_day);
  visit("last_day", storyline.last_day);
  visit("countries", storyline.countries);
  visit("issues", storyline.issues);
  visit("n_stories", storyline.n_stories);
  visit("n_documents", storyline.n_documents);
}

template <class Visit>
void columns(const StorylineStep& step, const Visit& visit) {
  visit("story", step.story);
  visit("date", step.date);
  visit("type", step.type);
  visit("status", step.status);
  visit("actors", step.actors);
  visit("recipients", step.recipients);
  visit("n_reports", step.n_reports);
  visit("trigger", step.trigger);
  visit("sentence", step.sentence);
}

template <class Visit>
void columns(const InstrumentHistory& one, const Visit& visit) {
  visit("id", one.id);
  visit("kind", one.kind);
  visit("name", one.name);
  visit("number", one.number);
  visit("aliases", one.aliases);
  visit("owner", one.owner);
  visit("owner_country", one.owner_country);
  visit("first_day", one.first_day);
  visit("last_day", one.last_day);
  visit("state", one.state);
  visit("n_reports", one.n_reports);
  visit("n_steps", one.n_steps);
}

template <class Visit>
void columns(const InstrumentStep& step, const Visit& visit) {
  visit("date", step.date);
  visit("step", step.step);
  visit("status", step.status);
  visit("type", step.type);
  visit("actors", step.actors);
  visit("actor_countries", step.actor_countries);
  visit("recipients", step.recipients);
  visit("votes", step.votes);
  visit("event", step.event);
  visit("story", step.story);
  visit("document", step.document);
  visit("source", step.source);
  visit("words", step.words);
}

template <class Visit>
void columns(const DocumentRow& row, const Visit& visit) {
  visit("id", row.id);
  visit("source", row.source);
  visit("url", row.url);
  visit("title", row.title);
  visit("publisher", row.publisher);
  visit("published", row.published);
  visit("language", row.language);
  visit("events", row.events);
  visit("statements", row.statements);
}

template <class Visit>
void columns(const PlaceRow& row, const Visit& visit) {
  visit("name", row.name);
  visit("country", row.country);
  visit("precision", row.precision);
  visit("geonames", row.geonames);
  visit("lat", row.lat);
  visit("lon", row.lon);
  visit("events", row.events);
  visit("actual", row.actual);
}

template <class Visit>
void columns(const TableRow& row, const Visit& visit) {
  for (size_t i = 0; i < row.columns.size(); ++i) visit(row.columns[i].name.c_str(), row.cells[i]);
}

std::string told(const StoryValue& value) { return value.field + " " + value.value + " (" + value.according_to + ")"; }

/// A group and the names of its keys.
struct Named {
  const CountRow& row;
  const std::vector<std::string>& by;
};

template <class Visit>
void columns(const Named& group, const Visit& visit) {
  for (size_t i = 0; i < group.by.size(); ++i) {
    visit(group.by[i].c_str(), i < group.row.keys.size() ? group.row.keys[i] : std::string());
  }
  visit("events", group.row.events);
  visit("actual", group.row.actual);
  visit("documents", group.row.documents);
  visit("score", std::round(group.row.score * 1000) / 1000);
}

std::string field(const std::string& text) { return base::csv_field(text); }
std::string field(bool truth) { return truth ? "true" : "false"; }
std::string field(double value) { return base::JsonWriter().value(value).take(); }

std::string field(uint64_t value) { return std::to_string(value); }
std::string field(int64_t value) { return std::to_string(value); }
template <class T>
std::string field(const std::optional<T>& value) {
  return value ? field(*value) : std::string();
}

template <class T>
void write(base::JsonWriter& json, const T& value) {
  json.value(value);
}
template <class T>
void write(base::JsonWriter& json, const std::optional<T>& value) {
  value ? json.value(*value) : json.null();
}

std::string cell(const std::string& text) { return text; }
template <class T>
std::string cell(const T& value) {
  return field(value);
}

const char* type_of(const std::string&) { return "string"; }
const char* type_of(bool) { return "boolean"; }
const char* type_of(double) { return "number"; }
const char* type_of(uint64_t) { return "integer"; }
const char* type_of(int64_t) { return "integer"; }
template <class T>
const char* type_of(const std::optional<T>&) {
  return type_of(T());
}

template <class Row>
TableRow table_of(const Row& row) {
  TableRow table;
  columns(row, [&](const char* name, const auto& value) {
    table.columns.push_back({name, type_of(value)});
    table.cells.push_back(cell(value));
  });
  return table;
}

/// The row with a list behind it.
void add(TableRow& row, const char* name, std::string value) {
  row.columns.push_back({name, "string"});
  row.cells.push_back(std::move(value));
}

template <class Row>
std::string json_of(const Row& row) {
  base::JsonWriter json;
  json.begin_object();
  columns(row, [&](const char* name, const auto& value) { write(json.key(name), value); });
  return json.end_object().take();
}

template <class Row>
std::string csv_of(const Row& row) {
  std::vector<std::string> fields;
  columns(row, [&](const char*, const auto& value) { fields.push_back(field(value)); });
  return base::join(fields, ",");
}

template <class Row>
std::string header_of(const Row& row) {
  std::vector<std::string> names;
  columns(row, [&](const char* name, const auto&) { names.emplace_back(name); });
  return base::join(names, ",");
}

}  // namespace

std::string to_json(const EventRow& row) { return json_of(row); }
std::string to_csv(const EventRow& row) { return csv_of(row); }
std::string csv_header() { return header_of(EventRow()); }
TableRow to_table(const EventRow& row) { return table_of(row); }

std::string to_json(const StatementRow& row) { return json_of(row); }
std::string to_csv(const StatementRow& row) { return csv_of(row); }
std::string statements_csv_header() { return header_of(StatementRow()); }
TableRow to_table(const StatementRow& row) { return table_of(row); }

std::string to_json(const DocumentRow& row) { return json_of(row); }
std::string to_csv(const DocumentRow& row) { return csv_of(row); }
std::string documents_csv_header() { return header_of(DocumentRow()); }
TableRow to_table(const DocumentRow& row) { return table_of(row); }

std::string to_json(const PlaceRow& row) { return json_of(row); }
std::string to_csv(const PlaceRow& row) { return csv_of(row); }
std::string places_csv_header() { return header_of(PlaceRow()); }
TableRow to_table(const PlaceRow& row) { return table_of(row); }

std::string to_json(const PositionRow& row) { return json_of(row); }
std::string to_csv(const PositionRow& row) { return csv_of(row); }
std::string positions_csv_header() { return header_of(PositionRow()); }
TableRow to_table(const PositionRow& row) { return table_of(row); }

std::string to_json(const Storyline& storyline) {
  base::JsonWriter json;
  json.begin_object();
  columns(storyline, [&](const char* name, const auto& value) { json.key(name).value(value); });
  json.key("steps").begin_array();
  for (const StorylineStep& step : storyline.steps) {
    json.begin_object();
    columns(step, [&](const char* name, const auto& value) { json.key(name).value(value); });
    json.key("links").begin_array();
    for (const StorylineLink& link : step.links) {
      json.begin_object().key("to").value(link.to).key("reason").value(link.reason);
      json.key("detail").value(link.detail).end_object();
    }
    json.end_array().end_object();
  }
  return json.end_array().end_object().take();
}

TableRow to_table(const Storyline& storyline) {
  std::vector<std::string> stories;
  for (const StorylineStep& step : storyline.steps) stories.push_back(step.story);
  TableRow row = table_of(storyline);
  add(row, "stories", base::join(stories, "; "));
  return row;
}

std::string to_csv(const Storyline& storyline) { return csv_of(to_table(storyline)); }
std::string storylines_csv_header() { return header_of(to_table(Storyline())); }

std::string to_json(const InstrumentHistory& instrument) {
  base::JsonWriter json;
  json.begin_object();
  columns(instrument, [&](const char* name, const auto& value) { json.key(name).value(value); });
  json.key("steps").begin_array();
  for (const InstrumentStep& step : instrument.steps) {
    json.begin_object();
    columns(step, [&](const char* name, const auto& value) { json.key(name).value(value); });
    json.end_object();
  }
  return json.end_array().end_object().take();
}

TableRow to_table(const InstrumentHistory& instrument) {
  std::vector<std::string> steps;
  for (const InstrumentStep& step : instrument.steps) {
    if (step.step.empty()) continue;
    std::string one = step.date + (step.date.empty() ? "" : " ") + step.step;
    if (step.status != "actual") one += " [" + step.status + "]";
    steps.push_back(one + (step.actors.empty() ? "" : " (" + step.actors + ")"));
  }
  TableRow row = table_of(instrument);
  add(row, "steps", base::join(steps, "; "));
  return row;
}

std::string to_csv(const InstrumentHistory& instrument) { return csv_of(to_table(instrument)); }
std::string instruments_csv_header() { return header_of(to_table(InstrumentHistory())); }

std::string to_json(const Story& story) {
  base::JsonWriter json;
  json.begin_object();
  columns(story, [&](const char* name, const auto& value) { json.key(name).value(value); });
  json.key("events").begin_array();
  for (const std::string& id : story.events) json.value(id);
  json.end_array().key("values").begin_array();
  for (const StoryValue& value : story.values) {
    json.begin_object().key("field").value(value.field).key("value").value(value.value);
    json.key("according_to").value(value.according_to).key("events").begin_array();
    for (const std::string& id : value.events) json.value(id);
    json.end_array().end_object();
  }
  return json.end_array().end_object().take();
}

TableRow to_table(const Story& story) {
  std::vector<std::string> values;
  for (const StoryValue& value : story.values) values.push_back(told(value));
  TableRow row = table_of(story);
  add(row, "events", base::join(story.events, "; "));
  add(row, "values", base::join(values, "; "));
  return row;
}

std::string to_csv(const Story& story) { return csv_of(to_table(story)); }
std::string stories_csv_header() { return header_of(to_table(Story())); }

std::string to_json(const CountRow& row, const std::vector<std::string>& by) { return json_of(Named{row, by}); }
std::string to_csv(const CountRow& row) {
  const std::vector<std::string> unnamed(row.keys.size());
  return csv_of(Named{row, unnamed});
}
TableRow to_table(const Correction& correction) {
  TableRow row;
  add(row, "event_id", correction.event_id);
  add(row, "action", correction.action);
  for (const std::string& field : correction_fields()) {
    const auto changed = correction.changes.find(field);
    add(row, field.c_str(), changed == correction.changes.end() ? "" : changed->second);
  }
  add(row, "author", correction.author);
  add(row, "note", correction.note);
  add(row, "time", correction.time);
  return row;
}

TableRow to_table(const CountRow& row, const std::vector<std::string>& by) { return table_of(Named{row, by}); }
std::string counts_csv_header(const std::vector<std::string>& by) { return header_of(Named{CountRow(), by}); }

}  // namespace dragoman
