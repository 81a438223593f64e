// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/span.h"

namespace dragoman {

enum class EntityKind : uint8_t {
  kCountry,
  kTerritory,
  kRegion,
  kPlace,
  kIgo,
  kGovernment,
  kLegislature,
  kJudiciary,
  kMilitary,
  kPolice,
  kArmedGroup,
  kParty,
  kCompany,
  kNgo,
  kMedia,
  kReligious,
  kOrganization,
  kPerson,
  kPeople,
  kOther
};
const char* to_string(EntityKind kind);  ///< "country", "armed-group", ...
std::optional<EntityKind> entity_kind_from(std::string_view name);

/// The rule where a mention's state is the one that the text around it speaks of.
inline constexpr const char* kDocumentCountry = "document-country";

/// Why a mention is taken for an entity.
struct LinkReason {
  std::string rule;   ///< "name", "adjective", "title-before-name", "description", "pronoun", "document-country", ...
  std::string row;    ///< the knowledge row used: "leaders.tsv:120"; "" if none
  std::string valid;  ///< dates of that row, "2013-03-14/"; "" if it has none
  std::string runner_up;  ///< the next best reading: its knowledge key or name, "" if none
};

struct EntityMention {
  Span span;
  Form form = Form::kName;
  LinkReason reason;
};

/// Somebody or something the article speaks of. Codes are as of the article's date.
struct Entity {
  std::string name;  ///< canonical, else the longest named mention
  EntityKind kind = EntityKind::kOther;
  std::string kb;       ///< "country:CHN", "igo:NATO", "person:xi-jinping"; "" if known from this text alone
  std::string country;  ///< PLOVER country code (ISO-3, UNO, EUR, IGO, NGO, …); "" if not known
  std::vector<std::string> sectors;          ///< PLOVER sector codes, main one first
  std::string role;                          ///< office or description held at the article's date; "" if none
  std::vector<EntityMention> mentions;       ///< in text order, at least one
  std::optional<double> lat = {}, lon = {};  ///< of a place, in degrees; written with the locations of events only
  std::optional<int64_t> geonames = {};      ///< of a place, its number there; written likewise
  std::string precision = {};                ///< of a place: city, district, province, country, region; "" if not known
};

/// Who the mentions are. `of[m]` lists the entities that Analysis::mentions[m] stands for: none if it
/// was not taken for an actor or place, several for "the two leaders".
struct Links {
  std::vector<Entity> entities;           ///< in order of their first mention
  std::vector<std::vector<uint32_t>> of;  ///< same length as Analysis::mentions

  /// Entities of the mention with exactly this span; empty if there is none.
  const std::vector<uint32_t>& at(const Analysis& analysis, Span span) const;
};

}  // namespace dragoman
