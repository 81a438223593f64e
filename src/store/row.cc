// SPDX-License-Identifier: Apache-2.0
// One event of a listing as JSON and as CSV; both from one list of columns.
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

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + '"';
}
std::string field(bool truth) { return truth ? "true" : "false"; }
std::string field(double value) { return base::JsonWriter().value(value).take(); }

}  // namespace

std::string to_json(const EventRow& row) {
  base::JsonWriter json;
  json.begin_object();
  columns(row, [&](const char* name, const auto& value) { json.key(name).value(value); });
  return json.end_object().take();
}

std::string to_csv(const EventRow& row) {
  std::vector<std::string> fields;
  columns(row, [&](const char*, const auto& value) { fields.push_back(field(value)); });
  return base::join(fields, ",");
}

std::string csv_header() {
  std::vector<std::string> names;
  columns({}, [&](const char* name, const auto&) { names.emplace_back(name); });
  return base::join(names, ",");
}

}  // namespace dragoman
