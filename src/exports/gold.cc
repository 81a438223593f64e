// SPDX-License-Identifier: Apache-2.0
// Checked documents in the form of gold: what a reader is trained and measured on. Events that were rejected are left
// out, changed ones stand as they should be; the others of the document as the machine has them.
#include <map>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "dragoman/exports.h"
#include "dragoman/record.h"

namespace dragoman {
namespace {

class GoldWriter {
 public:
  GoldWriter(const Record& record, const std::map<size_t, Correction>& corrections)
      : record_(record), corrections_(corrections), points_(record.article.text) {
    for (size_t i = 0, kept = 0; i < record.events.size(); ++i) {
      if (!rejected(i)) place_[i] = kept++;
    }
  }

  std::string write() {
    const Article& article = record_.article;
    json_.begin_object().key("id").value(article.id);
    known("published", article.published ? article.published->value : "");
    known("url", article.url);
    json_.key("text").value(article.text).key("events").begin_array();
    for (const auto& [index, place] : place_) event(index);
    json_.end_array().key("statements").begin_array();
    for (const Statement& one : record_.statements) statement(one);
    json_.end_array().end_object();
    return json_.take();
  }

 private:
  bool rejected(size_t event) const {
    const auto found = corrections_.find(event);
    return found != corrections_.end() && found->second.action == "reject";
  }

  void known(const char* key, const std::string& value) {
    json_.key(key);
    value.empty() ? json_.null() : json_.value(value);
  }

  void span(const char* key, Span span) {
    json_.key(key).begin_array().value(points_.of_byte(span.begin)).value(points_.of_byte(span.end)).end_array();
  }
  void span(const char* key, const std::optional<Span>& where) {
    if (where) return span(key, *where);
    json_.key(key).null();
  }

  void strings(const char* key, const std::vector<std::string>& values) {
    json_.key(key).begin_array();
    for (const std::string& one : values) json_.value(one);
    json_.end_array();
  }

  void participant(const Participant& one) {
    json_.begin_object().key("name").value(record_.entities.at(one.entity).name);
    known("country", one.country);
    strings("sectors", one.sectors);
    span("span", one.span);
    json_.end_object();
  }

  void participants(const char* key, const std::vector<Participant>& all) {
    json_.key(key).begin_array();
    for (const Participant& one : all) participant(one);
    json_.end_array();
  }

  void sources(const char* key, const std::vector<Source>& all) {
    json_.key(key).begin_array();
    for (const Source& one : all) {
      json_.begin_object().key("name").value(record_.entities.at(one.entity).name);
      json_.key("kind").value(to_string(one.kind)).end_object();
    }
    json_.end_array();
  }

  void event(size_t index) {
    const Event& event = record_.events[index];
    json_.begin_object().key("type").value(to_string(event.type));
    strings("modes", event.modes);
    strings("contexts", event.contexts);
    json_.key("status").value(to_string(event.status)).key("historical").value(event.historical);
    participants("actors", event.actors);
    participants("recipients", event.recipients);
    span("theme", event.theme);
    span("span", event.trigger);
    span("sentence", record_.sentences.at(event.sentence));
    known("place", event.locations.empty() ? "" : event.locations.front().name);
    known("date", event.date ? event.date->value : "");
    sources("attribution", event.attribution);
    json_.key("about");
    const auto about = event.about ? place_.find(*event.about) : place_.end();
    about == place_.end() ? json_.null() : json_.value(static_cast<uint64_t>(about->second));
    json_.key("text").value(event.trigger.of(record_.article.text));
    const auto found = corrections_.find(index);
    if (found != corrections_.end()) json_.key("checked").value(found->second.author);
    json_.end_object();
  }

  void statement(const Statement& statement) {
    json_.begin_object().key("kind").value(to_string(statement.kind));
    span("span", statement.content);
    known("cue", statement.cue ? std::string(statement.cue->of(record_.article.text)) : "");
    span("cue_span", statement.cue);
    sources("via", statement.via);
    json_.key("speaker");
    statement.speaker ? participant(*statement.speaker) : static_cast<void>(json_.null());
    json_.end_object();
  }

  const Record& record_;
  const std::map<size_t, Correction>& corrections_;
  base::CodePoints points_;
  std::map<size_t, size_t> place_;  // of the events that are kept, among them
  base::JsonWriter json_;
};

/// The number of an event in its record; nothing for what is only a document's id.
std::optional<size_t> index_of(const std::string& event) {
  const size_t mark = event.rfind('#');
  if (mark == std::string::npos) return std::nullopt;
  return std::stoul(event.substr(mark + 1)) - 1;
}

}  // namespace

std::optional<Error> export_gold(const Store& store, const std::function<void(const std::string&)>& line) {
  std::map<std::string, std::map<size_t, Correction>> all;  // by document and event; the last holds
  store.corrections({}, [&](const Correction& one) {
    if (const auto index = index_of(one.event_id)) all[one.event_id.substr(0, one.event_id.rfind('#'))][*index] = one;
  });
  for (const auto& [document, corrections] : all) {
    const auto json = store.record_json(document);
    auto record = json ? record_from_json(*json) : Result<Record>(json.error());
    if (!record)
      return Error{ErrorCode::kStore, "holds a record that is damaged: " + record.error().describe(), document};
    for (const auto& [index, one] : corrections) {
      if (auto fault = apply(one, *record, index)) return fault;
    }
    line(GoldWriter(*record, corrections).write());
  }
  return std::nullopt;
}

}  // namespace dragoman
