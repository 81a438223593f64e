// SPDX-License-Identifier: Apache-2.0
// A record as JSON, field by field in the order of the contract's schema (dragoman/1).
// What is empty is left out, save the lists that the schema requires.
#include <cassert>
#include <set>
#include <utility>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "document/check.h"
#include "document/rounded.h"
#include "dragoman/explanation.h"
#include "dragoman/record.h"

namespace dragoman {
namespace {

// Probabilities below this are noise in `scores.types`.
constexpr float kShownScore = 0.01F;

class RecordWriter {
 public:
  RecordWriter(const Record& record, bool accounts)
      : record_(record), text_(record.article.text), points_(text_), accounts_(accounts) {}

  std::string write(bool keep_dropped) {
    json_.begin_object();
    string("schema", "dragoman/1");
    document(keep_dropped);
    spans("sentences", record_.sentences);
    list("entities", record_.entities, [&](const Entity& entity, size_t i) { write_entity(entity, i); });
    list("events", record_.events, [&](const Event& event, size_t i) { write_event(event, i); });
    list("statements", record_.statements,
         [&](const Statement& statement, size_t i) { write_statement(statement, i); });
    std::set<uint32_t> all;
    for (uint32_t i = 0; i < record_.quantities.size(); ++i) all.insert(i);
    write_quantities(all);
    optional_list("instruments", record_.instruments,
                  [&](const Instrument& instrument, size_t i) { write_instrument(instrument, i); });
    optional_list("positions", record_.positions, [&](const Position& position, size_t) { write_position(position); });
    optional_list("dates", record_.dates, [&](const TimeMention& time, size_t) { write_time(time); });
    origin();
    json_.end_object();
    return json_.take();
  }

  std::string write_event_alone(size_t index) {
    const Event& event = record_.events.at(index);
    std::set<uint32_t> named;
    for (const Participant& one : event.actors) named.insert(one.entity);
    for (const Participant& one : event.recipients) named.insert(one.entity);
    for (const Source& source : event.attribution) named.insert(source.entity);
    begin_alone(event.sentence);
    json_.key("event");
    write_event(event, index);
    some("entities", record_.entities, named, [&](const Entity& entity, size_t i) { write_entity(entity, i); });
    write_quantities({event.quantities.begin(), event.quantities.end()});
    some("instruments", record_.instruments, {event.instruments.begin(), event.instruments.end()},
         [&](const Instrument& instrument, size_t i) { write_instrument(instrument, i); });
    return end_alone();
  }

  std::string write_statement_alone(size_t index) {
    const Statement& statement = record_.statements.at(index);
    std::set<uint32_t> named;
    if (statement.speaker) named.insert(statement.speaker->entity);
    for (const Participant& one : statement.addressees) named.insert(one.entity);
    for (const Source& source : statement.via) named.insert(source.entity);
    begin_alone(statement.sentence);
    json_.key("statement");
    write_statement(statement, index);
    some("entities", record_.entities, named, [&](const Entity& entity, size_t i) { write_entity(entity, i); });
    return end_alone();
  }

 private:
  void begin_alone(uint32_t sentence) {
    json_.begin_object();
    json_.key("document").begin_object();
    string("id", record_.article.id);
    string("source", record_.article.source);
    json_.end_object();
    string("text", record_.sentences.at(sentence).of(text_));
  }
  std::string end_alone() {
    origin();
    json_.end_object();
    return json_.take();
  }

  template <class T, class Write>
  void some(const char* key, const std::vector<T>& values, const std::set<uint32_t>& which, const Write& write) {
    if (which.empty()) return;
    json_.key(key).begin_array();
    for (const uint32_t i : which) write(values[i], i);
    json_.end_array();
  }

  static std::string id(char letter, size_t index) { return letter + std::to_string(index + 1); }
  std::string event_id(size_t index) const { return record_.article.id + '#' + std::to_string(index + 1); }

  void string(const char* key, std::string_view value) { json_.key(key).value(value); }
  void optional_string(const char* key, const std::string& value) {
    if (!value.empty()) string(key, value);
  }
  void number(const char* key, double value) { json_.key(key).value(rounded(value)); }

  template <class T, class Write>
  void list(const char* key, const std::vector<T>& values, const Write& write) {
    json_.key(key).begin_array();
    for (size_t i = 0; i < values.size(); ++i) write(values[i], i);
    json_.end_array();
  }
  template <class T, class Write>
  void optional_list(const char* key, const std::vector<T>& values, const Write& write) {
    if (!values.empty()) list(key, values, write);
  }
  void strings(const char* key, const std::vector<std::string>& values) {
    optional_list(key, values, [&](const std::string& value, size_t) { json_.value(value); });
  }
  void ids(const char* key, char letter, const std::vector<uint32_t>& values) {
    optional_list(key, values, [&](uint32_t value, size_t) { json_.value(id(letter, value)); });
  }

  void write_span(Span span) {
    json_.begin_array().value(points_.of_byte(span.begin)).value(points_.of_byte(span.end)).end_array();
  }
  void span(const char* key, Span value) {
    json_.key(key);
    write_span(value);
  }
  void spans(const char* key, const std::vector<Span>& values) {
    list(key, values, [&](Span value, size_t) { write_span(value); });
  }
  void text_span(const char* key, Span value) {
    json_.key(key).begin_object();
    string("text", value.of(text_));
    span("span", value);
    json_.end_object();
  }
  void text_span(const char* key, const std::optional<Span>& value) {
    if (value) text_span(key, *value);
  }

  void date(const char* key, const std::optional<Date>& value) {
    if (!value) return;
    json_.key(key).begin_object();
    string("value", value->value);
    string("precision", to_string(value->precision));
    optional_string("basis", value->basis);
    if (value->span) span("span", *value->span);
    json_.end_object();
  }

  void document(bool keep_dropped) {
    const Article& article = record_.article;
    json_.key("document").begin_object();
    string("id", article.id);
    optional_string("duplicate_of", article.duplicate_of);
    if (article.summary) json_.key("summary").value(true);
    string("source", article.source);
    optional_string("url", article.url);
    optional_string("title", article.title);
    optional_string("publisher", article.publisher);
    strings("authors", article.authors);
    date("published", article.published);
    string("language", article.language);
    string("text", article.text);
    list("blocks", article.blocks, [&](const Block& block, size_t) {
      json_.begin_object();
      string("kind", to_string(block.kind));
      span("span", block.span);
      json_.end_object();
    });
    if (keep_dropped) {
      optional_list("dropped", article.dropped, [&](const Dropped& dropped, size_t) {
        json_.begin_object();
        string("reason", dropped.reason);
        string("text", dropped.text);
        json_.end_object();
      });
    }
    json_.end_object();
  }

  void write_entity(const Entity& entity, size_t index) {
    json_.begin_object();
    string("id", id('e', index));
    string("name", entity.name);
    string("kind", to_string(entity.kind));
    optional_string("kb", entity.kb);
    optional_string("country", entity.country);
    strings("sectors", entity.sectors);
    optional_string("role", entity.role);
    list("mentions", entity.mentions, [&](const EntityMention& mention, size_t) {
      json_.begin_object();
      span("span", mention.span);
      string("form", to_string(mention.form));
      reason(mention.reason);
      json_.end_object();
    });
    json_.end_object();
  }

  void reason(const LinkReason& reason) {
    if (reason.rule.empty() && reason.row.empty() && reason.valid.empty() && reason.runner_up.empty()) return;
    json_.key("reason").begin_object();
    optional_string("rule", reason.rule);
    optional_string("row", reason.row);
    optional_string("valid", reason.valid);
    optional_string("runner_up", reason.runner_up);
    json_.end_object();
  }

  void write_participant(const Participant& participant) {
    json_.begin_object();
    string("entity", id('e', participant.entity));
    span("span", participant.span);
    optional_string("country", participant.country);
    strings("sectors", participant.sectors);
    if (participant.score != 1.0F) number("score", participant.score);
    json_.end_object();
  }

  void sources(const char* key, const std::vector<Source>& values) {
    optional_list(key, values, [&](const Source& source, size_t) {
      json_.begin_object();
      string("entity", id('e', source.entity));
      string("kind", to_string(source.kind));
      text_span("cue", source.cue);
      json_.end_object();
    });
  }

  void write_location(const Location& location) {
    json_.begin_object();
    string("name", location.name);
    optional_string("country", location.country);
    if (location.geonames) json_.key("geonames").value(*location.geonames);
    if (location.lat) json_.key("lat").value(*location.lat);
    if (location.lon) json_.key("lon").value(*location.lon);
    optional_string("precision", location.precision);
    span("span", location.span);
    json_.end_object();
  }

  void write_event(const Event& event, size_t index) {
    const auto write_one = [&](const Participant& participant, size_t) { write_participant(participant); };
    json_.begin_object();
    string("id", event_id(index));
    string("type", to_string(event.type));
    strings("modes", event.modes);
    strings("contexts", event.contexts);
    optional_string("cameo", event.cameo);
    optional_string("quad", event.quad);
    number("score", event.score);
    string("status", to_string(event.status));
    json_.key("historical").value(event.historical);
    list("actors", event.actors, write_one);
    list("recipients", event.recipients, write_one);
    text_span("theme", event.theme);
    if (event.about) string("about", event_id(*event.about));
    optional_list("locations", event.locations, [&](const Location& location, size_t) { write_location(location); });
    date("date", event.date);
    sources("attribution", event.attribution);
    ids("instruments", 'i', event.instruments);
    const auto [quantities, measures] = parted(event.quantities);
    ids("quantities", 'q', quantities);
    ids("measures", 'q', measures);
    text_span("trigger", event.trigger);
    json_.key("sentence").value(event.sentence);
    optional_string("rule", event.rule);
    number("confidence", event.confidence);
    scores(event);
    json_.end_object();
  }

  void scores(const Event& event) {
    const auto write = [&](const char* key, const auto& values, auto name, float shown) {
      json_.key(key).begin_object();
      for (size_t i = 0; i < values.size(); ++i) {
        // As rounded: what is read back is written again.
        if (rounded(static_cast<double>(values[i])) > static_cast<double>(shown)) number(name(i), values[i]);
      }
      json_.end_object();
    };
    json_.key("scores").begin_object();
    write(
        "types", event.type_scores, [](size_t i) { return to_string(static_cast<EventType>(i)); }, kShownScore);
    write(
        "statuses", event.status_scores, [](size_t i) { return to_string(static_cast<Status>(i)); }, 0.0F);
    if (accounts_ && !event.account.empty()) account(event.account);
    json_.end_object();
  }

  // What explains an event beyond its types and statuses.
  void account(const Account& from) {
    number("historical", from.historical);
    optional_list("modes", from.modes, [&](const ScoredMode& mode, size_t) {
      json_.begin_object();
      string("mode", mode.mode);
      number("score", mode.score);
      json_.end_object();
    });
    optional_list("fillers", from.fillers, [&](const RoleFiller& filler, size_t) {
      json_.begin_object();
      string("role", to_string(filler.role));
      span("span", filler.span);
      number("score", filler.score);
      json_.end_object();
    });
    confidence(from.confidence);
    optional_list("steps", from.steps, [&](const RuleStep& step, size_t) {
      json_.begin_object();
      string("rule", step.rule);
      optional_string("change", step.change);
      optional_string("reason", step.reason);
      json_.end_object();
    });
  }

  void confidence(const std::vector<ConfidencePart>& parts) {
    optional_list("confidence", parts, [&](const ConfidencePart& part, size_t) {
      json_.begin_object();
      string("of", part.of);
      number("value", part.value);
      number("adds", part.adds);
      json_.end_object();
    });
  }

  void write_statement(const Statement& statement, size_t index) {
    json_.begin_object();
    string("id", id('s', index));
    string("kind", to_string(statement.kind));
    if (statement.speaker) {
      json_.key("speaker");
      write_participant(*statement.speaker);
    }
    optional_list("addressees", statement.addressees, [&](const Participant& one, size_t) { write_participant(one); });
    optional_string("act", statement.act);
    text_span("cue", statement.cue);
    text_span("content", statement.content);
    sources("via", statement.via);
    date("date", statement.date);
    json_.key("sentence").value(statement.sentence);
    number("confidence", statement.confidence);
    if (accounts_ && !statement.account.confidence.empty()) {
      json_.key("scores").begin_object();
      confidence(statement.account.confidence);
      json_.end_object();
    }
    json_.end_object();
  }

  /// The indices of quantities and those of measures, each in the order given.
  template <class Indices>
  std::pair<Indices, Indices> parted(const Indices& of) const {
    std::pair<Indices, Indices> parts;
    for (const uint32_t i : of) {
      Indices& part = is_measure(record_.quantities[i].kind) ? parts.second : parts.first;
      part.insert(part.end(), i);
    }
    return parts;
  }

  void write_quantities(const std::set<uint32_t>& which) {
    const auto write = [&](const Quantity& quantity, size_t i) { write_quantity(quantity, i); };
    const auto [quantities, measures] = parted(which);
    some("quantities", record_.quantities, quantities, write);
    some("measures", record_.quantities, measures, write);
  }

  void write_quantity(const Quantity& quantity, size_t index) {
    json_.begin_object();
    string("id", id('q', index));
    string("kind", to_string(quantity.kind));
    if (quantity.value) json_.key("value").value(*quantity.value);
    if (quantity.range) {
      json_.key("range").begin_array().value(quantity.range->first).value(quantity.range->second).end_array();
    }
    optional_string("unit", quantity.unit);
    if (quantity.votes_for) json_.key("for").value(*quantity.votes_for);
    if (quantity.votes_against) json_.key("against").value(*quantity.votes_against);
    if (quantity.votes_abstaining) json_.key("abstaining").value(*quantity.votes_abstaining);
    span("span", quantity.span);
    json_.end_object();
  }

  void write_instrument(const Instrument& instrument, size_t index) {
    json_.begin_object();
    string("id", id('i', index));
    string("kind", to_string(instrument.kind));
    string("name", instrument.name);
    if (instrument.owner) string("owner", id('e', *instrument.owner));
    spans("mentions", instrument.mentions);
    json_.end_object();
  }

  void write_position(const Position& position) {
    json_.begin_object();
    string("holder", id('e', position.holder));
    string("issue", position.issue);
    if (position.object) string("object", id('e', *position.object));
    string("stance", to_string(position.stance));
    json_.key("evidence").begin_array();
    for (const uint32_t event : position.events) json_.value(event_id(event));
    for (const uint32_t statement : position.statements) json_.value(id('s', statement));
    json_.end_array();
    json_.end_object();
  }

  void write_time(const TimeMention& time) {
    json_.begin_object();
    span("span", time.span);
    string("text", time.span.of(text_));
    json_.key("value");
    time.value.empty() ? json_.null() : json_.value(time.value);
    string("precision", to_string(time.precision));
    json_.end_object();
  }

  void origin() {
    const Origin& origin = record_.origin;
    json_.key("origin").begin_object();
    optional_string("engine", origin.engine);
    optional_string("model", origin.model);
    optional_string("knowledge", origin.knowledge);
    optional_string("ontology", origin.ontology);
    json_.end_object();
  }

  const Record& record_;
  std::string_view text_;
  base::CodePoints points_;
  base::JsonWriter json_;
  bool accounts_;
};

}  // namespace

std::string to_json(const Record& record, bool keep_dropped, bool accounts) {
  assert(check(record).empty());
  return RecordWriter(record, accounts).write(keep_dropped);
}

std::string event_json(const Record& record, size_t index) {
  return RecordWriter(record, true).write_event_alone(index);
}

std::string statement_json(const Record& record, size_t index) {
  return RecordWriter(record, true).write_statement_alone(index);
}

std::optional<size_t> statement_index(const std::string& id) {
  const size_t mark = id.rfind("#s");
  if (mark == std::string::npos) return std::nullopt;
  const std::string digits = id.substr(mark + 2);
  const bool number =
      !digits.empty() && digits.size() < 7 && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!number || digits.front() == '0') return std::nullopt;
  return std::stoul(digits) - 1;
}

}  // namespace dragoman
