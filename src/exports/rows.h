// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "dragoman/record.h"
#include "knowledge/ontology.h"

namespace dragoman::exports {

/// What formats of others call states, sectors and types.
class Terms {
 public:
  /// Reads actors/countries.tsv and exports/*.tsv below `data`. Throws Failure (kKnowledge) with file and line.
  explicit Terms(const std::string& data);

  /// Of a state's PLOVER code; "" for a code that is none of a state.
  std::string name(const std::string& code) const { return find(names_, code); }
  std::string cow(const std::string& code) const { return find(cow_, code); }
  std::string fips(const std::string& code) const { return find(fips_, code); }
  bool is_state(const std::string& code) const { return names_.count(code) > 0 && !special(code); }

  /// Of a PLOVER sector; "" where there is none.
  std::string icews_sector(const std::string& sector) const { return find(icews_sectors_, sector); }
  std::string cameo_role(const std::string& sector) const { return find(cameo_roles_, sector); }

  /// The CAMEO code of an event; its type's root where the text supports no finer one.
  std::string cameo(const Event& event) const {
    return event.cameo.empty() ? find(roots_, to_string(event.type)) : event.cameo;
  }

  /// UNO, EUR, IGO, NGO, ISM, IMG, MNC: codes of those who are no state.
  static bool special(const std::string& code);

 private:
  using Map = std::map<std::string, std::string>;
  static std::string find(const Map& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? "" : found->second;
  }
  Map names_, cow_, fips_, icews_sectors_, cameo_roles_, roots_;
};

/// A document that is being exported.
struct Document {
  explicit Document(const Record& it) : record(it), points(it.article.text) {}
  const Record& record;
  base::CodePoints points;

  const Article& article() const { return record.article; }
  std::string text(Span span) const { return std::string(span.of(record.article.text)); }
  std::string id_of_event(size_t index) const { return record.article.id + '#' + std::to_string(index + 1); }
  std::string begin(Span span) const { return std::to_string(points.of_byte(span.begin)); }
  std::string end(Span span) const { return std::to_string(points.of_byte(span.end)); }
  std::string published() const { return record.article.published ? record.article.published->value : ""; }
};

struct EventView {
  const Document& document;
  size_t index;
  const Event& event;

  std::string id() const { return document.id_of_event(index); }
  std::string sentence() const { return document.text(document.record.sentences.at(event.sentence)); }
  const Entity& entity(const Participant& one) const { return document.record.entities.at(one.entity); }
};

/// Who did it to whom: one pair of the participants of an event, either of them nobody.
struct DyadView {
  EventView of;
  const Participant* actor;
  const Participant* recipient;
};

/// All pairs of an event. An act of several actors and no recipient (a meeting, fighting between two sides) gives each
/// ordered pair of them.
std::vector<DyadView> dyads_of(const EventView& view);

/// First day of a date at day precision or finer, "2024-04-26"; "" where it is vaguer or not there.
std::string day_of(const std::optional<Date>& date);

/// Day of an event, else that of its publication, else "".
std::string day_or_published(const EventView& view);

/// A number that stands for an id in formats that want one: the first 60 bits of its SHA-256.
uint64_t number_of(const std::string& id);

std::string joined(const std::vector<std::string>& parts, const char* separator = "; ");
std::string decimal(double value);
std::string decimal(const std::optional<double>& value);

}  // namespace dragoman::exports
