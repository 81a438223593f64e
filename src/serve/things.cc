// SPDX-License-Identifier: Apache-2.0
// One thing by its id: an event with what lies behind it, an article with its record, a story.
#include "base/json_writer.h"
#include "dragoman/doctor.h"
#include "dragoman/explanation.h"
#include "dragoman/recall.h"
#include "serve/endpoint.h"
#include "serve/schema.h"

namespace dragoman::serve {
namespace {

constexpr uint64_t kUsualSteps = 100;

Error damaged(const Error& error) { return {ErrorCode::kStore, "a record is damaged: " + error.message, ""}; }

/// The record of an event or statement and the number of that in it.
struct Found {
  Record record;
  size_t index = 0;
  bool statement = false;
};

Result<Found> find(const Store& store, const std::string& id) {
  const auto number = statement_index(id);
  const auto json = number ? store.record_json(id.substr(0, id.rfind('#'))) : store.record_json_of_event(id);
  if (!json) return json.error();
  auto record = record_from_json(*json);
  if (!record) return damaged(record.error());
  if (number && *number >= record->statements.size()) {
    return Error{ErrorCode::kNotFound, "no statement \"" + id + "\" is in the store", ""};
  }
  const size_t index = number ? *number : std::stoul(id.substr(id.rfind('#') + 1)) - 1;
  return Found{std::move(*record), index, number.has_value()};
}

/// The object with members before its own.
std::string with_members(const std::string& before, const std::string& object) {
  return "{" + before + "," + object.substr(1);
}

Response event(const Call& call) {
  auto found = find(call.store, call.id);
  if (!found) return error_response(found.error());
  Record& record = found->record;
  base::JsonWriter more;
  more.begin_object();
  if (call.values.flag("recall")) {
    const Engine& engine = call.backend.engine();
    const std::string unrecalled =
        found->statement ? recall_statement(record, found->index, engine) : recall_event(record, found->index, engine);
    if (!unrecalled.empty()) more.key("not_known").value(unrecalled);
  }
  const std::string mark = found->statement ? "#s" : "#";
  more.key("id").value(record.article.id + mark + std::to_string(found->index + 1));
  if (found->statement) {
    return json_response(with_members(more.text().substr(1), statement_json(record, found->index)));
  }
  more.key("codebook").value(codebook(record.events[found->index].type, call.backend.options().engine));
  return json_response(with_members(more.text().substr(1), event_json(record, found->index)));
}

Response document(const Call& call) {
  const auto json = call.store.record_json(call.id);
  return json ? json_response(*json) : error_response(json.error());
}

Response story(const Call& call) {
  call.backend.join(call.store);
  StoryQuery query;
  query.story = call.id;
  std::string json;
  call.store.stories(query, [&](const Story& one) { json = to_json(one); });
  if (json.empty()) return error_response(404, "not-found", "no story \"" + call.id + "\" is in the store");
  return json_response(json);
}

/// The thing, or that it is not there or does not hold the part behind which it is to be told.
Response found_or_not(const std::string& json, const std::string& kind, const std::string& id, const std::string& part,
                      const std::string& behind) {
  if (!json.empty()) return json_response(json);
  const std::string with = behind.empty() ? "" : " with " + part + " \"" + behind + "\"";
  return error_response(404, "not-found", "no " + kind + " \"" + id + "\"" + with + " is in the store");
}

Response storyline(const Call& call) {
  call.backend.join(call.store);
  StorylineQuery query;
  query.storyline = call.id;
  query.min_documents = query.min_stories = 0;
  query.steps = call.values.number("steps", kUsualSteps);
  query.after_story = call.values.text("after-story");
  std::string json;
  call.store.storylines(query, [&](const Storyline& one) { json = to_json(one); });
  return found_or_not(json, "storyline", call.id, "story", query.after_story);
}

Response instrument(const Call& call) {
  call.backend.join(call.store);
  InstrumentQuery query;
  query.instrument = call.id;
  query.steps = call.values.number("steps", kUsualSteps);
  query.after_step = call.values.text("after-step");
  std::string json;
  call.store.instruments(query, [&](const InstrumentHistory& one) { json = to_json(one); });
  return found_or_not(json, "instrument", call.id, "event", query.after_step);
}

Endpoint thing(const char* path, const char* summary, const char* id, std::string schema,
               Response (*answer)(const Call&)) {
  return {"GET", path, summary, {{"id", id, FieldKind::kText, {}, true, true}}, {kJson}, std::move(schema), answer};
}

/// Gives it the parameters by which a part of a long one is asked for.
template <class Query>
void in_parts(Endpoint& endpoint, const Query& query, const std::string& after) {
  for (Parameter& one : parameters_of(fields_of(query))) {
    if (one.name == "steps") one.help += "; 100 if not given";
    if (one.name == "steps" || one.name == after) endpoint.parameters.push_back(one);
  }
}

}  // namespace

std::vector<Endpoint> thing_endpoints() {
  const std::string object = R"({"type":"object"})";
  std::vector<Endpoint> all;
  all.push_back(thing("events/{id}", "One event (or statement) with its evidence and all that explains it",
                      "Id of the event, e.g. d1a2b3c4#2 (# is written %23); #s for a statement",
                      R"({"type":"object","required":["id","document","text","origin"],"properties":{"id":{"type":)"
                      R"("string"},"document":{"type":"object"},"text":{"type":"string"},"event":{"type":"object"},)"
                      R"("statement":{"type":"object"},"codebook":{"type":"string"},"not_known":{"type":"string"}}})",
                      event));
  all.back().parameters.push_back(
      {"recall", "Read the text again for what the store does not keep: the heads' scores", FieldKind::kFlag});
  all.push_back(thing("documents/{id}", "The record of an article: its text and all that was found in it",
                      "Id of the article, its source, or enough of either", object, document));
  all.push_back(thing("stories/{id}", "One act with all its reports", "Id of the story, also one that it had before",
                      schema_like(to_json(Story())), story));
  all.push_back(thing("storylines/{id}", "Stories that belong together over time", "Id of the storyline",
                      schema_like(to_json(Storyline())), storyline));
  in_parts(all.back(), StorylineQuery(), "after-story");
  all.push_back(thing("instruments/{id}", "One instrument with its history", "Id of the instrument",
                      schema_like(to_json(InstrumentHistory())), instrument));
  in_parts(all.back(), InstrumentQuery(), "after-step");
  return all;
}

}  // namespace dragoman::serve
