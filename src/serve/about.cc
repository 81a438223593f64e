// SPDX-License-Identifier: Apache-2.0
// What the store holds and was made by, who its actors are, and where words stand in it.
#include <algorithm>
#include <ctime>
#include <filesystem>

#include "base/files.h"
#include "base/json_writer.h"
#include "dragoman/doctor.h"
#include "dragoman/exports.h"
#include "dragoman/version.h"
#include "serve/endpoint.h"

namespace dragoman::serve {
namespace {

constexpr uint64_t kShown = 20;  // rows of each kind that an overview shows

/// The beginning of a listing as an array.
void events(base::JsonWriter& json, const Store& store, EventQuery query) {
  query.limit = kShown;
  json.key("events").begin_array();
  store.events(query, [&](const EventRow& row) { json.raw(to_json(row)); });
  json.end_array();
}

void documents(base::JsonWriter& json, const Store& store, DocumentQuery query) {
  query.limit = kShown;
  json.key("documents").begin_array();
  store.documents(query, [&](const DocumentRow& row) { json.raw(to_json(row)); });
  json.end_array();
}

void statements(base::JsonWriter& json, const Store& store, StatementQuery query) {
  query.limit = kShown;
  json.key("statements").begin_array();
  store.statements(query, [&](const StatementRow& row) { json.raw(to_json(row)); });
  json.end_array();
}

void groups(base::JsonWriter& json, const char* name, const Store& store, const CountQuery& query) {
  json.key(name).begin_array();
  store.count(query, [&](const CountRow& row) { json.raw(to_json(row, query.by)); });
  json.end_array();
}

void counts(base::JsonWriter& json, const Store& store) {
  const Store::Counts all = store.counts();
  json.begin_object();
  json.key("documents").value(all.documents).key("events").value(all.events).key("statements").value(all.statements);
  json.key("entities").value(all.entities).key("failures").value(all.failures).end_object();
}

Response health(const Call& call) {
  base::JsonWriter json;
  json.begin_object().key("status").value("ok").key("version").value(kVersion);
  json.key("store_version").value(call.store.version());
  return json_response(json.end_object().take());
}

void runs(base::JsonWriter& json, const Store& store) {
  json.begin_array();
  for (const Origin& run : store.origins()) {
    json.begin_object().key("engine").value(run.engine).key("model").value(run.model);
    json.key("knowledge").value(run.knowledge).key("ontology").value(run.ontology).end_object();
  }
  json.end_array();
}

void part(base::JsonWriter& json, const char* name, const Part& part) {
  json.key(name).begin_object().key("version").value(part.version).key("hash").value(part.hash);
  if (part.error) json.key("error").value(part.error->message);
  json.end_object();
}

/// The manifest of the model, which tells what it was made from and how well it reads; null where there is none.
void model_card(base::JsonWriter& json, const Setup& setup) {
  const auto manifest = base::read_file(setup.model.path + "/manifest.json", size_t{1} << 20);
  if (!manifest || setup.model.error) {
    json.key("model_card").null();
    return;
  }
  std::string line = *manifest;
  std::replace(line.begin(), line.end(), '\n', ' ');
  json.key("model_card").raw(line);
}

Response about(const Call& call) {
  const EngineOptions& engine = call.backend.options().engine;
  const Setup& setup = call.backend.setup();
  base::JsonWriter json;
  json.begin_object().key("dragoman").value(kVersion);
  json.key("store").begin_object().key("name").value(
      std::filesystem::path(call.backend.options().store).filename().string());
  json.key("version").value(call.store.version()).key("counts");
  counts(json, call.store);
  json.end_object().key("runs");
  runs(json, call.store);
  json.key("program").begin_object().key("instruction_set").value(setup.instruction_set);
  part(json, "model", setup.model);
  part(json, "knowledge", setup.knowledge);
  part(json, "ontology", setup.ontology);
  json.end_object();
  model_card(json, setup);
  json.key("codebook").begin_array();
  for (int i = 0; i < kEventTypes && !setup.ontology.error; ++i) {
    const auto type = static_cast<EventType>(i);
    json.begin_object().key("type").value(to_string(type)).key("text").value(codebook(type, engine)).end_object();
  }
  json.end_array().key("cite").value(citation(call.store));
  json.key("corrections").value(!call.backend.options().token.empty());
  return json_response(json.end_object().take());
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char day[16];
  std::strftime(day, sizeof day, "%Y-%m-%d", &parts);
  return day;
}

/// As the command line's --date: today where none is told, "any" for no day.
std::string day_of(const Values& values) {
  const std::string date = values.text("date");
  if (date == "any") return "";
  return date.empty() || date == "today" ? today() : date;
}

Response knowledge(const Call& call) {
  const auto known = call.backend.almanac().look_up(call.values.text("name"), day_of(call.values));
  if (!known) return error_response(known.error());
  Response response = json_response(to_json(*known));
  if (!call.values.has("date")) response.lasts = false;
  return response;
}

Response actor(const Call& call) {
  const Store& store = call.store;
  const auto known = call.backend.almanac().look_up(call.id, day_of(call.values));
  if (!known) return error_response(known.error());
  const EventQuery acts{.actor = call.id}, suffers{.recipient = call.id};
  base::JsonWriter json;
  json.begin_object().key("name").value(call.id).key("knowledge").raw(to_json(*known));
  groups(json, "types_as_actor", store, {acts, {"type"}, true});
  groups(json, "types_as_recipient", store, {suffers, {"type"}, true});
  groups(json, "months", store, {acts, {"month"}});
  groups(json, "recipients", store, {acts, {"recipient"}, true, kShown});
  groups(json, "actors", store, {suffers, {"actor"}, true, kShown});
  events(json, store, {.actor = call.id, .order = EventOrder::kNewest});
  statements(json, store, {.speaker = call.id, .newest_first = true});
  json.key("positions").begin_array();
  store.positions({.actor = call.id, .limit = kShown}, [&](const PositionRow& row) { json.raw(to_json(row)); });
  Response response = json_response(json.end_array().end_object().take());
  if (!call.values.has("date")) response.lasts = false;
  return response;
}

Response search(const Call& call) {
  const std::string words = call.values.text("q");
  base::JsonWriter json;
  json.begin_object().key("q").value(words);
  documents(json, call.store, {.text = words});
  events(json, call.store, {.text = words});
  statements(json, call.store, {.text = words});
  return json_response(json.end_object().take());
}

}  // namespace

std::vector<Endpoint> about_endpoints() {
  const std::string object = R"({"type":"object"})";
  const Parameter date = {"date", "The day, YYYY-MM-DD; today where none is told, any for no day"};
  return {
      {"GET", "health", "Whether all is well", {}, {kJson}, object, health},
      {"GET", "about", "What the store holds, what made it, how to cite it", {}, {kJson}, object, about},
      {"GET",
       "knowledge",
       "Who or what a name means on a day",
       {{"name", "A name, or words that describe somebody", FieldKind::kText, {}, true}, date},
       {kJson},
       object,
       knowledge},
      {"GET",
       "actors/{id}",
       "An actor: what is known of it, whom it deals with, what it said, where it stands",
       {{"id", "A country code or a name", FieldKind::kText, {}, true, true}, date},
       {kJson},
       object,
       actor},
      {"GET",
       "search",
       "Articles, events and statements in whose sentences words stand",
       {{"q", "Words; attack* for words that so begin", FieldKind::kText, {}, true}},
       {kJson},
       object,
       search},
  };
}

}  // namespace dragoman::serve
