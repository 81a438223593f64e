// SPDX-License-Identifier: Apache-2.0
// The way back from JSON: what record_json.cc wrote becomes the same Record. Code points become bytes, ids
// become indices. Unknown fields are passed over, so that a newer minor version still reads.
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "document/check.h"
#include "dragoman/record.h"

namespace dragoman {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// What stops the reading; caught in record_from_json, never leaves this file.
struct Bad {
  std::string message;
};

template <class T, class Field>  // an element, or the result of looking one up
T as(const Field& field, const char* key) {
  T value;
  if (Field(field).get(value) != simdjson::SUCCESS) {
    throw Bad{std::string("field \"") + key + "\" is missing or of another kind"};
  }
  return value;
}

bool given(object from, const char* key) {
  element field;
  return from[key].get(field) == simdjson::SUCCESS && !field.is_null();
}

std::string text_of(object from, const char* key) { return std::string(as<std::string_view>(from[key], key)); }
std::string optional_text(object from, const char* key) {
  return given(from, key) ? text_of(from, key) : std::string();
}
double number_of(object from, const char* key) { return as<double>(from[key], key); }
double optional_number(object from, const char* key, double otherwise) {
  return given(from, key) ? number_of(from, key) : otherwise;
}
std::optional<int64_t> optional_integer(object from, const char* key) {
  if (!given(from, key)) return std::nullopt;
  return as<int64_t>(from[key], key);
}

/// The value of an enumeration whose name is `name`, found by asking each for its name.
template <class Enum>
Enum named(std::string_view name, int count) {
  for (int i = 0; i < count; ++i) {
    if (name == to_string(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  throw Bad{"\"" + std::string(name) + "\" is no known name"};
}

template <class Enum>
Enum named(object from, const char* key, int count) {
  return named<Enum>(as<std::string_view>(from[key], key), count);
}

template <class Read>
auto list_of(object from, const char* key, const Read& read) {
  std::vector<decltype(read(std::declval<element>()))> values;
  if (!given(from, key)) return values;
  for (const element item : as<array>(from[key], key)) values.push_back(read(item));
  return values;
}

object object_of(element item, const char* key) { return as<object>(item, key); }

std::vector<std::string> strings_of(object from, const char* key) {
  return list_of(from, key, [&](element item) { return std::string(as<std::string_view>(item, key)); });
}

class RecordReader {
 public:
  Record read(element root) {
    const auto top = object_of(root, "record");
    if (text_of(top, "schema") != "dragoman/1")
      throw Bad{"the schema is \"" + text_of(top, "schema") + "\", not dragoman/1"};
    read_document(as<object>(top["document"], "document"));
    record_.sentences = spans(top, "sentences");
    record_.entities = list_of(top, "entities", [&](element item) { return entity(object_of(item, "entities")); });
    record_.events = list_of(top, "events", [&](element item) { return event(object_of(item, "events")); });
    record_.statements =
        list_of(top, "statements", [&](element item) { return statement(object_of(item, "statements")); });
    read_quantities(top);
    record_.instruments =
        list_of(top, "instruments", [&](element item) { return instrument(object_of(item, "instruments")); });
    record_.positions = list_of(top, "positions", [&](element item) { return position(object_of(item, "positions")); });
    record_.dates = list_of(top, "dates", [&](element item) { return time_mention(object_of(item, "dates")); });
    if (given(top, "origin")) read_origin(as<object>(top["origin"], "origin"));
    return std::move(record_);
  }

 private:
  /// "e12" → 11, "d…#12" → 11: the digits at the end, counted from one.
  static uint32_t index_of(std::string_view id) {
    const size_t digits = id.find_last_not_of("0123456789") + 1;  // npos + 1 is 0: all digits
    uint32_t number = 0;
    const auto result = std::from_chars(id.data() + digits, id.data() + id.size(), number);
    if (result.ec != std::errc() || number == 0) throw Bad{"\"" + std::string(id) + "\" is no id"};
    return number - 1;
  }
  static uint32_t index_of(object from, const char* key) { return index_of(as<std::string_view>(from[key], key)); }
  static std::optional<uint32_t> optional_index(object from, const char* key) {
    if (!given(from, key)) return std::nullopt;
    return index_of(from, key);
  }
  static std::vector<uint32_t> indices(object from, const char* key) {
    return list_of(from, key, [&](element item) { return index_of(as<std::string_view>(item, key)); });
  }
  static uint32_t sentence_of(object from) {
    const auto number = as<uint64_t>(from["sentence"], "sentence");
    if (number > UINT32_MAX) throw Bad{"a sentence number is too large"};
    return static_cast<uint32_t>(number);
  }

  Span span(element item) const {
    const auto pair = as<array>(item, "span");
    if (pair.size() != 2) throw Bad{"a span is no pair"};
    const auto byte = [&](size_t at) {
      const auto point = as<uint64_t>(pair.at(at), "span");
      return points_->to_byte(static_cast<uint32_t>(std::min<uint64_t>(point, UINT32_MAX)));
    };
    return {byte(0), byte(1)};
  }
  Span span(object from, const char* key) const { return span(as<element>(from[key], key)); }
  std::optional<Span> optional_span(object from, const char* key) const {
    if (!given(from, key)) return std::nullopt;
    return span(from, key);
  }
  std::vector<Span> spans(object from, const char* key) const {
    return list_of(from, key, [&](element item) { return span(item); });
  }
  Span text_span(object from, const char* key) const { return span(as<object>(from[key], key), "span"); }
  std::optional<Span> optional_text_span(object from, const char* key) const {
    if (!given(from, key)) return std::nullopt;
    return text_span(from, key);
  }

  std::optional<Date> date(object from, const char* key) const {
    if (!given(from, key)) return std::nullopt;
    const auto value = as<object>(from[key], key);
    return Date{text_of(value, "value"), named<Precision>(value, "precision", 9), optional_text(value, "basis"),
                optional_span(value, "span")};
  }

  void read_document(object from) {
    Article& article = record_.article;
    article.id = text_of(from, "id");
    article.duplicate_of = optional_text(from, "duplicate_of");
    article.summary = given(from, "summary") && as<bool>(from["summary"], "summary");
    article.source = text_of(from, "source");
    article.url = optional_text(from, "url");
    article.title = optional_text(from, "title");
    article.publisher = optional_text(from, "publisher");
    article.authors = strings_of(from, "authors");
    article.language = text_of(from, "language");
    article.text = text_of(from, "text");
    points_.emplace(article.text);
    article.published = date(from, "published");
    article.blocks = list_of(from, "blocks", [&](element item) {
      const auto block = object_of(item, "blocks");
      return Block{named<BlockKind>(block, "kind", 10), span(block, "span")};
    });
    article.dropped = list_of(from, "dropped", [&](element item) {
      const auto dropped = object_of(item, "dropped");
      return Dropped{text_of(dropped, "reason"), text_of(dropped, "text")};
    });
  }

  EntityMention mention(object from) const {
    EntityMention mention;
    mention.span = span(from, "span");
    mention.form = named<Form>(from, "form", 3);
    if (given(from, "reason")) {
      const auto reason = as<object>(from["reason"], "reason");
      mention.reason = {optional_text(reason, "rule"), optional_text(reason, "row"), optional_text(reason, "valid"),
                        optional_text(reason, "runner_up")};
    }
    return mention;
  }

  Entity entity(object from) const {
    Entity entity;
    entity.name = text_of(from, "name");
    entity.kind = named<EntityKind>(from, "kind", 20);
    entity.kb = optional_text(from, "kb");
    entity.country = optional_text(from, "country");
    entity.sectors = strings_of(from, "sectors");
    entity.role = optional_text(from, "role");
    entity.mentions = list_of(from, "mentions", [&](element item) { return mention(object_of(item, "mentions")); });
    return entity;
  }

  Participant participant(object from) const {
    return {index_of(from, "entity"), span(from, "span"), optional_text(from, "country"), strings_of(from, "sectors"),
            static_cast<float>(optional_number(from, "score", 1.0))};
  }
  std::vector<Participant> participants(object from, const char* key) const {
    return list_of(from, key, [&](element item) { return participant(object_of(item, key)); });
  }

  std::vector<Source> sources(object from, const char* key) const {
    return list_of(from, key, [&](element item) {
      const auto source = object_of(item, key);
      return Source{index_of(source, "entity"), named<SourceKind>(source, "kind", 3),
                    optional_text_span(source, "cue")};
    });
  }

  Location location(object from) const {
    Location location;
    location.name = text_of(from, "name");
    location.country = optional_text(from, "country");
    location.geonames = optional_integer(from, "geonames");
    if (given(from, "lat")) location.lat = number_of(from, "lat");
    if (given(from, "lon")) location.lon = number_of(from, "lon");
    location.precision = optional_text(from, "precision");
    location.span = span(from, "span");
    return location;
  }

  Event event(object from) const {
    Event event;
    event.type = named<EventType>(from, "type", kEventTypes);
    event.modes = strings_of(from, "modes");
    event.contexts = strings_of(from, "contexts");
    event.cameo = optional_text(from, "cameo");
    event.quad = optional_text(from, "quad");
    event.score = optional_number(from, "score", 0);
    event.status = named<Status>(from, "status", kStatuses);
    event.historical = given(from, "historical") && as<bool>(from["historical"], "historical");
    event.actors = participants(from, "actors");
    event.recipients = participants(from, "recipients");
    event.theme = optional_text_span(from, "theme");
    event.about = optional_index(from, "about");
    event.locations = list_of(from, "locations", [&](element item) { return location(object_of(item, "locations")); });
    event.date = date(from, "date");
    event.attribution = sources(from, "attribution");
    event.instruments = indices(from, "instruments");
    event.quantities = indices(from, "quantities");
    for (const uint32_t measure : indices(from, "measures")) event.quantities.push_back(measure);
    event.trigger = text_span(from, "trigger");
    event.sentence = sentence_of(from);
    event.rule = optional_text(from, "rule");
    event.confidence = optional_number(from, "confidence", 0);
    if (given(from, "scores")) read_scores(as<object>(from["scores"], "scores"), event);
    return event;
  }

  void read_scores(object from, Event& event) const {
    for (const auto field : as<object>(from["types"], "types")) {
      event.type_scores.at(static_cast<size_t>(named<EventType>(field.key, kEventTypes))) =
          static_cast<float>(as<double>(field.value, "types"));
    }
    for (const auto field : as<object>(from["statuses"], "statuses")) {
      event.status_scores.at(static_cast<size_t>(named<Status>(field.key, kStatuses))) =
          static_cast<float>(as<double>(field.value, "statuses"));
    }
    Account& account = event.account;
    account.historical = static_cast<float>(optional_number(from, "historical", 0));
    account.modes = list_of(from, "modes", [](element item) {
      const object mode = object_of(item, "modes");
      return ScoredMode{text_of(mode, "mode"), static_cast<float>(number_of(mode, "score"))};
    });
    account.fillers = list_of(from, "fillers", [&](element item) {
      const object filler = object_of(item, "fillers");
      return RoleFiller{named<Role>(filler, "role", kRoles), span(filler, "span"),
                        static_cast<float>(number_of(filler, "score"))};
    });
    account.confidence = confidence_parts(from);
    account.steps = list_of(from, "steps", [](element item) {
      const object step = object_of(item, "steps");
      return RuleStep{text_of(step, "rule"), optional_text(step, "change"), optional_text(step, "reason")};
    });
  }

  static std::vector<ConfidencePart> confidence_parts(object from) {
    return list_of(from, "confidence", [](element item) {
      const object part = object_of(item, "confidence");
      return ConfidencePart{text_of(part, "of"), static_cast<float>(number_of(part, "value")),
                            static_cast<float>(number_of(part, "adds"))};
    });
  }

  Statement statement(object from) const {
    Statement statement;
    statement.kind = named<StatementKind>(from, "kind", 3);
    if (given(from, "speaker")) statement.speaker = participant(as<object>(from["speaker"], "speaker"));
    statement.addressees = participants(from, "addressees");
    statement.act = optional_text(from, "act");
    statement.cue = optional_text_span(from, "cue");
    statement.content = text_span(from, "content");
    statement.via = sources(from, "via");
    statement.date = date(from, "date");
    statement.sentence = sentence_of(from);
    statement.confidence = optional_number(from, "confidence", 0);
    if (given(from, "scores")) statement.account.confidence = confidence_parts(as<object>(from["scores"], "scores"));
    return statement;
  }

  /// Quantities and measures are one list in memory; ids tell the places.
  void read_quantities(object top) {
    struct Read {
      Quantity quantity;
      uint32_t place;
    };
    std::vector<Read> all;
    for (const char* key : {"quantities", "measures"}) {
      for (Read& one : list_of(top, key, [&](element item) {
             return Read{quantity(object_of(item, key)), index_of(object_of(item, key), "id")};
           })) {
        all.push_back(std::move(one));
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Read& a, const Read& b) { return a.place < b.place; });
    for (Read& one : all) record_.quantities.push_back(std::move(one.quantity));
  }

  Quantity quantity(object from) const {
    Quantity quantity;
    quantity.kind = named<QuantityKind>(from, "kind", 11);
    if (given(from, "value")) quantity.value = number_of(from, "value");
    if (given(from, "range")) {
      const auto range = as<array>(from["range"], "range");
      quantity.range = {as<double>(range.at(0), "range"), as<double>(range.at(1), "range")};
    }
    quantity.unit = optional_text(from, "unit");
    quantity.votes_for = optional_integer(from, "for");
    quantity.votes_against = optional_integer(from, "against");
    quantity.votes_abstaining = optional_integer(from, "abstaining");
    quantity.span = span(from, "span");
    return quantity;
  }

  Instrument instrument(object from) const {
    return {named<InstrumentKind>(from, "kind", 8), text_of(from, "name"), optional_index(from, "owner"),
            spans(from, "mentions")};
  }

  static Position position(object from) {
    Position position;
    position.holder = index_of(from, "holder");
    position.issue = text_of(from, "issue");
    position.object = optional_index(from, "object");
    position.stance = named<Stance>(from, "stance", 4);
    for (const element item : as<array>(from["evidence"], "evidence")) {
      const auto id = as<std::string_view>(item, "evidence");
      (id.find('#') == std::string_view::npos ? position.statements : position.events).push_back(index_of(id));
    }
    return position;
  }

  TimeMention time_mention(object from) const {
    return {span(from, "span"), optional_text(from, "value"), named<Precision>(from, "precision", 9)};
  }

  void read_origin(object from) {
    record_.origin = {optional_text(from, "engine"), optional_text(from, "model"), optional_text(from, "knowledge"),
                      optional_text(from, "ontology")};
  }

  Record record_;
  std::optional<base::CodePoints> points_;
};

}  // namespace

Result<Record> record_from_json(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  const auto error = parser.parse(simdjson::padded_string(json)).get(root);
  if (error != simdjson::SUCCESS) return Error{ErrorCode::kSyntax, simdjson::error_message(error), ""};
  try {
    Record record = RecordReader().read(root);
    const auto faults = check(record);
    if (!faults.empty()) return Error{ErrorCode::kSyntax, faults.front(), record.article.id};
    return record;
  } catch (const Bad& bad) {
    return Error{ErrorCode::kSyntax, bad.message, ""};
  }
}

}  // namespace dragoman
