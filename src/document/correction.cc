// SPDX-License-Identifier: Apache-2.0
#include "dragoman/correction.h"

#include <simdjson.h>

#include <algorithm>

#include "base/civil.h"
#include "base/json_writer.h"
#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"

namespace dragoman {
namespace {

constexpr const char* kNobody = "-";
constexpr size_t kLongest = 2000;  // bytes of a name, note or value

Error wrong(const std::string& message, const std::string& place) { return {ErrorCode::kUsage, message, place}; }

/// "2024-05-17", "2024-05" or "2024": how precise it is; nothing if it is none of them.
std::optional<Precision> precision_of(const std::string& date) {
  const auto shaped = [&](const char* shape) {
    return std::equal(date.begin(), date.end(), shape, shape + std::string(shape).size(),
                      [](char c, char like) { return like == '0' ? base::is_ascii_digit(c) : c == like; });
  };
  if (shaped("0000")) return Precision::kYear;
  if (shaped("0000-00") && base::parse_civil_day(date + "-01")) return Precision::kMonth;
  if (shaped("0000-00-00") && base::parse_civil_day(date)) return Precision::kDay;
  return std::nullopt;
}

/// Whether one of the names that ";" parts is none.
bool names_nobody(const std::string& value) {
  const auto parts = base::split(value, ';');
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    const std::string_view name = base::trim(part);
    return name.empty() || name == kNobody;
  });
}

std::optional<Error> fault_of_change(const std::string& field, const std::string& value) {
  const auto& fields = correction_fields();
  if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
    return wrong("\"" + field + "\" cannot be changed; use " + base::join(fields, ", "), field);
  }
  if (value.empty() || value.size() > kLongest) return wrong("the value is empty or too long", field);
  if (base::first_invalid_utf8(value) != base::kValid) return wrong("the value is no UTF-8 text", field);
  if (field == "event_type" && !event_type_from(value)) {
    return wrong("\"" + value + "\" is no event type; use " + base::join(base::names_of<EventType>(kEventTypes), ", "),
                 field);
  }
  if (field == "status" && !status_from(value)) {
    return wrong("\"" + value + "\" is no status; use " + base::join(base::names_of<Status>(kStatuses), ", "), field);
  }
  if (field == "date" && value != kNobody && !precision_of(value)) {
    return wrong("\"" + value + "\" is no date; use YYYY-MM-DD, YYYY-MM, YYYY, or - for none", field);
  }
  if ((field == "actor" || field == "recipient") && value != kNobody && names_nobody(value)) {
    return wrong("\"" + value + "\" names nobody between two \";\"; use - alone for none", field);
  }
  return std::nullopt;
}

std::string change(const Correction& correction, const std::string& field) {
  const auto found = correction.changes.find(field);
  return found == correction.changes.end() ? "" : found->second;
}

/// A name with the codes that stand in brackets behind it.
struct Named {
  std::string name;
  std::vector<std::string> codes;
};

Named named(std::string_view text) {
  text = base::trim(text);
  const size_t open = text.rfind('(');
  if (open == 0 || open == std::string_view::npos || text.back() != ')') return {std::string(text), {}};
  Named out{std::string(base::trim(text.substr(0, open))), {}};
  for (const std::string_view code : base::split(text.substr(open + 1, text.size() - open - 2), ' ')) {
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), base::is_ascii_upper))
      return {std::string(text), {}};
    out.codes.emplace_back(code);
  }
  return out;
}

/// Finds who is named in a record, and where near an event.
class Finder {
 public:
  Finder(Record& record, size_t event)
      : record_(record), sentence_(record.sentences.at(record.events.at(event).sentence)) {}

  Result<Participant> find(const Named& who, const std::string& place) {
    auto entity = known(who.name);
    if (!entity) entity = in_text(who.name);
    if (!entity) {
      return wrong("\"" + who.name + "\" is neither an entity of the document nor words of its text", place);
    }
    Participant out;
    out.entity = *entity;
    const Entity& is = record_.entities[*entity];
    out.span = mention_of(is);
    out.country = who.codes.empty() ? is.country : who.codes.front();
    if (who.codes.empty()) {
      out.sectors = is.sectors;
    } else {
      out.sectors.assign(who.codes.begin() + 1, who.codes.end());
    }
    return out;
  }

 private:
  /// By id, name, or country code; a country itself goes before its ministers.
  std::optional<uint32_t> known(const std::string& name) const {
    const auto& all = record_.entities;
    std::optional<uint32_t> by_code;
    const std::string lower = base::lower_ascii(name);
    for (size_t i = 0; i < all.size(); ++i) {
      const auto index = static_cast<uint32_t>(i);
      if (base::lower_ascii(all[i].name) == lower || name == "e" + std::to_string(i + 1)) return index;
      if (all[i].country == name && (!by_code || all[i].kind == EntityKind::kCountry)) by_code = index;
    }
    return by_code;
  }

  /// Words of the sentence, else of the text, as an entity of their own.
  std::optional<uint32_t> in_text(const std::string& words) {
    const std::string& text = record_.article.text;
    size_t at = text.find(words, sentence_.begin);
    if (at == std::string::npos || at + words.size() > sentence_.end) at = text.find(words);
    if (at == std::string::npos) return std::nullopt;
    Entity entity;
    entity.name = words;
    EntityMention mention;
    mention.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
    mention.reason.rule = "correction";
    entity.mentions.push_back(mention);
    record_.entities.push_back(entity);
    return static_cast<uint32_t>(record_.entities.size() - 1);
  }

  Span mention_of(const Entity& entity) const {
    const auto here = std::find_if(entity.mentions.begin(), entity.mentions.end(),
                                   [&](const EntityMention& one) { return sentence_.contains(one.span); });
    return here != entity.mentions.end() ? here->span : entity.mentions.front().span;
  }

  Record& record_;
  Span sentence_;
};

Result<std::vector<Participant>> participants(Record& record, size_t event, const std::string& value,
                                              const std::string& field) {
  std::vector<Participant> all;
  if (value == kNobody) return all;
  Finder finder(record, event);
  for (const std::string_view part : base::split(value, ';')) {
    auto one = finder.find(named(part), field);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return all;
}

void set_type(Event& event, EventType type) {
  if (event.type == type) return;
  event.type = type;
  event.modes.clear();
  event.contexts.clear();
  event.cameo.clear();
  event.quad.clear();
  event.score = 0;
}

void set_date(Event& event, const std::string& value) {
  if (value == kNobody) {
    event.date.reset();
  } else {
    event.date = Date{value, *precision_of(value), "correction", std::nullopt};
  }
}

}  // namespace

const std::vector<std::string>& correction_fields() {
  static const std::vector<std::string> fields = {"event_type", "status", "date", "actor", "recipient"};
  return fields;
}

std::optional<Error> fault_of(const Correction& correction) {
  const std::string& action = correction.action;
  if (action != "accept" && action != "reject" && action != "change") {
    return wrong("\"" + action + "\" is no action; use accept, reject or change", "action");
  }
  if (base::trim(correction.author).empty()) return wrong("it does not tell who says so", "author");
  for (const auto& [name, text] : {std::pair("author", &correction.author), std::pair("note", &correction.note)}) {
    if (text->size() > kLongest) return wrong("it is longer than " + std::to_string(kLongest) + " bytes", name);
    if (base::first_invalid_utf8(*text) != base::kValid) return wrong("it is no UTF-8 text", name);
  }
  if (action == "change" && correction.changes.empty()) return wrong("it changes nothing", "changes");
  if (action != "change" && !correction.changes.empty()) return wrong(action + " changes nothing", "changes");
  for (const auto& [field, value] : correction.changes) {
    if (auto fault = fault_of_change(field, value)) return fault;
  }
  return std::nullopt;
}

std::string to_json(const Correction& correction) {
  base::JsonWriter json;
  json.begin_object().key("event_id").value(correction.event_id).key("action").value(correction.action);
  json.key("changes").begin_object();
  for (const std::string& field : correction_fields()) {
    if (const std::string value = change(correction, field); !value.empty()) json.key(field).value(value);
  }
  json.end_object().key("author").value(correction.author).key("note").value(correction.note);
  return json.key("time").value(correction.time).end_object().take();
}

std::string to_csv(const Correction& correction) {
  std::vector<std::string> cells = {correction.event_id, correction.action};
  for (const std::string& field : correction_fields()) cells.push_back(change(correction, field));
  cells.insert(cells.end(), {correction.author, correction.note, correction.time});
  std::transform(cells.begin(), cells.end(), cells.begin(),
                 [](const std::string& cell) { return base::csv_field(cell); });
  return base::join(cells, ",");
}

std::string corrections_csv_header() {
  return "event_id,action," + base::join(correction_fields(), ",") + ",author,note,time";
}

Result<Correction> correction_from_json(std::string_view json) {
  const auto broken = [](const std::string& why) { return Error{ErrorCode::kSyntax, "is no correction: " + why, ""}; };
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  simdjson::dom::object fields;
  if (const auto error = parser.parse(json.data(), json.size()).get(value))
    return broken(simdjson::error_message(error));
  if (value.get(fields)) return broken("it is no object");
  Correction out;
  const std::map<std::string_view, std::string*> texts = {{"event_id", &out.event_id},
                                                          {"action", &out.action},
                                                          {"author", &out.author},
                                                          {"note", &out.note},
                                                          {"time", &out.time}};
  for (const auto& field : fields) {
    std::string_view text;
    const auto found = texts.find(field.key);
    simdjson::dom::object changes;
    if (found != texts.end()) {
      if (field.value.get(text)) return broken("\"" + std::string(field.key) + "\" is no string");
      *found->second = text;
    } else if (field.key != "changes") {
      return broken("\"" + std::string(field.key) + "\" is no field of it");
    } else if (field.value.get(changes)) {
      return broken("\"changes\" is no object");
    } else {
      for (const auto& one : changes) {
        if (one.value.get(text)) return broken("\"" + std::string(one.key) + "\" is no string");
        out.changes[std::string(one.key)] = text;
      }
    }
  }
  return out;
}

std::optional<Error> apply(const Correction& correction, Record& record, size_t index) {
  if (correction.action != "change") return std::nullopt;
  Record changed = record;
  Event& event = changed.events.at(index);
  for (const auto& [field, value] : correction.changes) {
    if (auto fault = fault_of_change(field, value)) return fault;
    if (field == "event_type") set_type(event, *event_type_from(value));
    if (field == "status") event.status = *status_from(value);
    if (field == "date") set_date(event, value);
    if (field != "actor" && field != "recipient") continue;
    auto who = participants(changed, index, value, field);
    if (!who) return who.error();
    (field == "actor" ? event.actors : event.recipients) = std::move(*who);
  }
  record = std::move(changed);
  return std::nullopt;
}

}  // namespace dragoman
