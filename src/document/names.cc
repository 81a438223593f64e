// SPDX-License-Identifier: Apache-2.0
// Names of the enumerations, as they stand in records.
#include <array>
#include <string_view>

#include "dragoman/article.h"
#include "dragoman/error.h"
#include "dragoman/event.h"
#include "dragoman/links.h"

namespace dragoman {
namespace {

constexpr std::array<const char*, kEventTypes> kTypeNames = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};
constexpr std::array<const char*, kStatuses> kStatusNames = {"actual", "future", "hypothetical", "negated", "alleged"};
constexpr std::array<const char*, 13> kErrorNames = {"unreadable", "empty",      "binary",    "encoding", "syntax",
                                                     "no-text",    "no-article", "too-large", "model",    "knowledge",
                                                     "store",      "not-found",  "usage"};
constexpr std::array<const char*, 9> kPrecisionNames = {"second", "minute", "day",    "week", "month",
                                                        "season", "year",   "decade", "range"};
constexpr std::array<const char*, 10> kBlockNames = {"title",     "subtitle",  "byline", "dateline", "heading",
                                                     "paragraph", "list-item", "quote",  "caption",  "table"};
constexpr std::array<const char*, 3> kFormNames = {"name", "nominal", "pronoun"};
constexpr std::array<const char*, 5> kMentionKindNames = {"person", "organization", "place", "people", "other"};
constexpr std::array<const char*, kRoles> kRoleNames = {"actor", "recipient", "theme", "place", "date"};
constexpr std::array<const char*, 20> kEntityKindNames = {
    "country",   "territory", "region",       "place",       "igo",    "government", "legislature",
    "judiciary", "military",  "police",       "armed-group", "party",  "company",    "ngo",
    "media",     "religious", "organization", "person",      "people", "other"};
constexpr std::array<const char*, 3> kSourceNames = {"speaker", "medium", "document"};
constexpr std::array<const char*, 3> kStatementNames = {"direct", "indirect", "mixed"};
constexpr std::array<const char*, 11> kQuantityNames = {"money",    "vote",         "killed", "injured",
                                                        "arrested", "participants", "count",  "percent",
                                                        "duration", "distance",     "other"};
constexpr std::array<const char*, 8> kInstrumentNames = {"plan", "agreement",  "treaty",    "bill",
                                                         "law",  "resolution", "sanctions", "other"};
constexpr std::array<const char*, 4> kStanceNames = {"for", "against", "conditional", "neutral"};

template <class Enum, size_t N>
const char* name_of(const std::array<const char*, N>& names, Enum value) {
  return names.at(static_cast<size_t>(value));
}

template <class Enum, size_t N>
std::optional<Enum> find(const std::array<const char*, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (name == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* to_string(ErrorCode code) { return name_of(kErrorNames, code); }
const char* to_string(Precision precision) { return name_of(kPrecisionNames, precision); }
const char* to_string(BlockKind kind) { return name_of(kBlockNames, kind); }
const char* to_string(EventType type) { return name_of(kTypeNames, type); }
const char* to_string(Status status) { return name_of(kStatusNames, status); }
const char* to_string(Form form) { return name_of(kFormNames, form); }
const char* to_string(MentionKind kind) { return name_of(kMentionKindNames, kind); }
const char* to_string(Role role) { return name_of(kRoleNames, role); }
const char* to_string(EntityKind kind) { return name_of(kEntityKindNames, kind); }
const char* to_string(SourceKind kind) { return name_of(kSourceNames, kind); }
const char* to_string(StatementKind kind) { return name_of(kStatementNames, kind); }
const char* to_string(QuantityKind kind) { return name_of(kQuantityNames, kind); }
const char* to_string(InstrumentKind kind) { return name_of(kInstrumentNames, kind); }
const char* to_string(Stance stance) { return name_of(kStanceNames, stance); }

std::optional<EventType> event_type_from(std::string_view name) { return find<EventType>(kTypeNames, name); }
std::optional<Status> status_from(std::string_view name) { return find<Status>(kStatusNames, name); }
std::optional<EntityKind> entity_kind_from(std::string_view name) { return find<EntityKind>(kEntityKindNames, name); }

}  // namespace dragoman
