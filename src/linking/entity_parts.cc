// SPDX-License-Identifier: Apache-2.0
#include "linking/entity_parts.h"

#include <algorithm>

namespace dragoman::linking {

using knowledge::Knowledge;

bool has_sector(const Entity& entity, std::string_view code) {
  return std::find(entity.sectors.begin(), entity.sectors.end(), code) != entity.sectors.end();
}

bool is_partial(const knowledge::Entry& entry) { return entry.type == "partial"; }

LinkReason reason_of(const Knowledge& knowledge, std::string rule, const Hit& hit) {
  LinkReason reason{std::move(rule), knowledge.row(*hit.entry), Knowledge::dates(*hit.entry), ""};
  if (hit.runner_up) reason.runner_up = Knowledge::full_key(*hit.runner_up);
  return reason;
}

dragoman::EntityKind entity_kind(const Entity& entity, bool person, bool plural) {
  using K = dragoman::EntityKind;
  if (person) return K::kPerson;
  if (plural) return K::kPeople;
  static const std::pair<const char*, K> kKinds[] = {
      {"GOV", K::kGovernment}, {"LEG", K::kLegislature}, {"JUD", K::kJudiciary}, {"MIL", K::kMilitary},
      {"COP", K::kPolice},     {"REB", K::kArmedGroup},  {"PTY", K::kParty},     {"BUS", K::kCompany},
      {"JRN", K::kMedia},      {"REL", K::kReligious},   {"SOC", K::kNgo}};
  for (const auto& [code, kind] : kKinds)
    if (!entity.sectors.empty() && entity.sectors.front() == code) return kind;
  return K::kOther;
}

void put_sectors(Entity& entity, const std::vector<std::string_view>& codes) {
  for (const auto code : codes)
    if (!has_sector(entity, code)) entity.sectors.emplace_back(code);
}

}  // namespace dragoman::linking
