// SPDX-License-Identifier: Apache-2.0
#include "dragoman/almanac.h"

#include <algorithm>
#include <utility>

#include "base/civil.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "knowledge/knowledge.h"
#include "linking/link.h"
#include "pipeline/paths.h"

namespace dragoman {

using knowledge::Day;
using knowledge::EntryKind;

namespace {

constexpr size_t kLongestName = 1000;  // bytes; names of half a sentence are read as phrases, books are not

std::vector<std::string> strings(const std::vector<std::string_view>& views) { return {views.begin(), views.end()}; }

std::string state_of(const knowledge::Validity& valid, Day day) {
  return day == 0 || valid.holds_on(day) ? "holds" : valid.to <= day ? "former" : "future";
}

KnownRow row_of(const knowledge::Knowledge& knowledge, const knowledge::Entry& entry, Day day) {
  KnownRow row;
  row.office = entry.office;
  row.country = entry.country;
  row.sectors = strings(entry.sectors);
  const std::string dates = knowledge::Knowledge::dates(entry);
  row.from = dates.substr(0, dates.find('/'));
  if (!dates.empty()) row.to = dates.substr(dates.find('/') + 1);
  row.precision = entry.precision;
  row.checked = entry.checked;
  row.state = state_of(entry.valid, day);
  row.row = knowledge.row(entry);
  return row;
}

using OtherSide = const knowledge::Entry* knowledge::Membership::*;

/// Those that hold on the day first, each group by name.
std::vector<KnownMembership> memberships_of(const knowledge::Knowledge& knowledge,
                                            const std::vector<const knowledge::Membership*>& found, OtherSide other,
                                            Day day) {
  std::vector<KnownMembership> all;
  for (const knowledge::Membership* one : found) {
    const knowledge::Entry& entry = *(one->*other);
    all.push_back({knowledge::Knowledge::full_key(entry), std::string(entry.name), to_string(one->role),
                   std::string(one->from), std::string(one->to), state_of(one->valid, day), knowledge.row(*one)});
  }
  std::stable_sort(all.begin(), all.end(), [](const KnownMembership& a, const KnownMembership& b) {
    const bool holds = a.state == "holds", other_holds = b.state == "holds";
    return holds != other_holds ? holds : a.name < b.name;
  });
  return all;
}

KnownReading reading_of(const knowledge::Knowledge& knowledge, const knowledge::Reading& found, Day day) {
  const knowledge::Entry& entry = *found.entry;
  KnownReading reading;
  reading.key = knowledge::Knowledge::full_key(entry);
  reading.kind = to_string(entry.kind);
  reading.type = entry.type;
  reading.name = entry.name;
  reading.sense = to_string(found.sense);
  if (entry.kind == EntryKind::kPerson) {
    for (const knowledge::Entry* spell : knowledge.spells(entry.key))
      reading.rows.push_back(row_of(knowledge, *spell, day));
    // Offices held first, then the newest.
    std::stable_sort(reading.rows.begin(), reading.rows.end(), [](const KnownRow& a, const KnownRow& b) {
      const bool holds = a.state == "holds", other = b.state == "holds";
      return holds != other ? holds : a.from > b.from;
    });
  } else {
    reading.rows.push_back(row_of(knowledge, entry, day));
  }
  if (entry.kind == EntryKind::kCity) {
    reading.lat = entry.lat;
    reading.lon = entry.lon;
    reading.population = entry.population;
  }
  if (entry.kind == EntryKind::kOrganization)
    reading.members = memberships_of(knowledge, knowledge.members(entry.key), &knowledge::Membership::member, day);
  if (entry.kind == EntryKind::kOrganization || entry.kind == EntryKind::kCountry)
    reading.memberships =
        memberships_of(knowledge, knowledge.memberships(entry.key), &knowledge::Membership::organization, day);
  return reading;
}

/// What a reader would say of a phrase that stands alone: a name if a capital begins a word that is no article.
Mention mention_of(const std::string& text, Day day, const knowledge::Knowledge& knowledge) {
  Mention mention;
  mention.span = mention.head = {0, static_cast<uint32_t>(text.size())};
  size_t capitals = 0, words = 0;
  for (const auto word : base::split(text, ' ')) {
    if (word.empty() || (words == 0 && (word == "The" || word == "A" || word == "An"))) continue;
    ++words;
    if (base::is_ascii_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0x80) ++capitals;
  }
  mention.form = capitals > 0 ? Form::kName : Form::kNominal;
  auto readings = knowledge.named(text);
  if (readings.empty()) readings = knowledge.nearly_named(text, day);
  if (!readings.empty()) {
    const EntryKind kind = readings.front().entry->kind;
    mention.kind = kind == EntryKind::kPerson         ? MentionKind::kPerson
                   : kind == EntryKind::kOrganization ? MentionKind::kOrganization
                                                      : MentionKind::kPlace;
  } else if (const auto role = knowledge.role(base::lower_ascii(text)); role && role->kind == "organization") {
    mention.kind = MentionKind::kOrganization;
  }
  return mention;
}

std::optional<Entity> actor_of(const std::string& name, const std::optional<base::CivilDay>& day,
                               const knowledge::Knowledge& knowledge) {
  Article article;
  article.text = name;
  article.blocks = {{BlockKind::kParagraph, {0, static_cast<uint32_t>(name.size())}}};
  if (day) article.published = Date{base::to_iso(*day), Precision::kDay, "argument", {}};
  Analysis analysis;
  analysis.sentences = {article.blocks.front().span};
  const Day when = day ? knowledge::parse_day(base::to_iso(*day)).value_or(0) : 0;
  analysis.mentions = {mention_of(name, when, knowledge)};
  Links links = linking::link(article, analysis, knowledge);
  if (links.of.front().empty()) return std::nullopt;
  return std::move(links.entities[links.of.front().front()]);
}

void put(base::JsonWriter& json, const char* key, const std::string& value) {
  if (!value.empty()) json.key(key).value(value);
}

void put(base::JsonWriter& json, const char* key, const std::vector<std::string>& values) {
  json.key(key).begin_array();
  for (const std::string& value : values) json.value(value);
  json.end_array();
}

void put(base::JsonWriter& json, const Entity& actor) {
  json.begin_object().key("name").value(actor.name).key("kind").value(to_string(actor.kind));
  put(json, "kb", actor.kb);
  put(json, "country", actor.country);
  put(json, "sectors", actor.sectors);
  put(json, "role", actor.role);
  const LinkReason reason = actor.mentions.empty() ? LinkReason{} : actor.mentions.front().reason;
  json.key("reason").begin_object();
  put(json, "rule", reason.rule);
  put(json, "row", reason.row);
  put(json, "valid", reason.valid);
  put(json, "runner_up", reason.runner_up);
  json.end_object().end_object();
}

void put(base::JsonWriter& json, const KnownRow& row) {
  json.begin_object();
  put(json, "office", row.office);
  put(json, "country", row.country);
  put(json, "sectors", row.sectors);
  put(json, "from", row.from);
  put(json, "to", row.to);
  put(json, "precision", row.precision);
  put(json, "checked", row.checked);
  json.key("state").value(row.state).key("row").value(row.row).end_object();
}

void put(base::JsonWriter& json, const char* key, const std::vector<KnownMembership>& all) {
  if (all.empty()) return;
  json.key(key).begin_array();
  for (const KnownMembership& one : all) {
    json.begin_object().key("key").value(one.key).key("name").value(one.name).key("role").value(one.role);
    put(json, "from", one.from);
    put(json, "to", one.to);
    json.key("state").value(one.state).key("row").value(one.row).end_object();
  }
  json.end_array();
}

void put(base::JsonWriter& json, const KnownReading& reading) {
  json.begin_object().key("key").value(reading.key).key("kind").value(reading.kind);
  put(json, "type", reading.type);
  json.key("name").value(reading.name).key("sense").value(reading.sense);
  if (reading.lat) json.key("lat").value(*reading.lat).key("lon").value(*reading.lon);
  if (reading.population > 0) json.key("population").value(reading.population);
  json.key("rows").begin_array();
  for (const KnownRow& row : reading.rows) put(json, row);
  json.end_array();
  put(json, "members", reading.members);
  put(json, "memberships", reading.memberships);
  json.end_object();
}

}  // namespace

std::string to_json(const Known& known) {
  base::JsonWriter json;
  json.begin_object().key("name").value(known.name);
  put(json, "date", known.date);
  if (known.actor) put(json.key("actor"), *known.actor);
  json.key("readings").begin_array();
  for (const KnownReading& reading : known.readings) put(json, reading);
  json.end_array();
  if (known.noun) {
    json.key("noun").begin_object().key("noun").value(known.noun->noun);
    put(json, "sectors", known.noun->sectors);
    json.key("row").value(known.noun->row).end_object();
  }
  return json.end_object().take();
}

struct Almanac::Parts {
  knowledge::Knowledge knowledge;
};

Almanac Almanac::open(const EngineOptions& options) {
  const pipeline::Paths paths = pipeline::find_paths(options);
  return Almanac(std::unique_ptr<Parts>(new Parts{knowledge::Knowledge::open(paths.data, paths.own, paths.index)}));
}

Almanac::Almanac(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Almanac::Almanac(Almanac&&) noexcept = default;
Almanac& Almanac::operator=(Almanac&&) noexcept = default;
Almanac::~Almanac() = default;

Result<Known> Almanac::look_up(const std::string& name, const std::string& date) const {
  const auto civil = date.empty() ? std::nullopt : base::parse_civil_day(date);
  if (!date.empty() && (!civil || date.size() != 10))
    return Error{ErrorCode::kUsage, "\"" + date + "\" is no day; use YYYY-MM-DD", "date"};
  if (name.size() > kLongestName)
    return Error{ErrorCode::kUsage, "a name has at most " + std::to_string(kLongestName) + " bytes", "name"};
  const knowledge::Knowledge& knowledge = parts_->knowledge;
  const Day day = date.empty() ? 0 : knowledge::parse_day(date).value_or(0);
  Known known;
  known.name = std::string(base::trim(name));
  known.date = date;
  known.actor = actor_of(known.name, civil, knowledge);
  auto readings = knowledge.named(known.name, day);
  if (readings.empty()) readings = knowledge.nearly_named(known.name, day);
  for (const knowledge::Reading& reading : readings) {
    const std::string key = knowledge::Knowledge::full_key(*reading.entry);
    const bool again = reading.entry->kind == EntryKind::kPerson &&
                       std::any_of(known.readings.begin(), known.readings.end(),
                                   [&](const KnownReading& other) { return other.key == key; });
    if (!again) known.readings.push_back(reading_of(knowledge, reading, day));
  }
  if (const auto role = knowledge.role(known.name))
    known.noun = KnownNoun{std::string(role->noun), strings(role->sectors), knowledge.row(*role)};
  return known;
}

std::vector<Error> knowledge_faults(const EngineOptions& options) {
  const pipeline::Paths paths = pipeline::find_paths(options);
  return knowledge::Knowledge::faults(paths.data, paths.own);
}

}  // namespace dragoman
