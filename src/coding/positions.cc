// SPDX-License-Identifier: Apache-2.0
#include "coding/positions.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

std::optional<Stance> stance_from(std::string_view name) {
  for (const Stance stance : {Stance::kFor, Stance::kAgainst, Stance::kConditional, Stance::kNeutral}) {
    if (name == to_string(stance)) return stance;
  }
  return std::nullopt;
}

// Only what the actor does itself, not what others say of it, and not what it did long ago.
bool shows_position(const Event& event) {
  const bool meant =
      event.status == Status::kActual || (event.status == Status::kFuture && event.type == EventType::kAgree);
  return meant && !event.historical && !event.actors.empty();
}

// An actor without country or office is somebody in the street: no party to an issue.
bool can_hold(const Entity& entity) { return !entity.country.empty() || entity.kind == EntityKind::kOrganization; }

struct Tally {
  std::map<Stance, size_t> counts;
  std::vector<uint32_t> events;
  std::optional<uint32_t> object;
  Stance first = Stance::kFor;
};

}  // namespace

PositionTable::PositionTable(const std::string& path, const knowledge::Ontology& ontology) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  const knowledge::Table table(path, *text, {"issue", "stance", "types", "where", "words"});
  for (size_t r = 0; r < table.rows(); ++r) {
    Row row;
    row.issue = table.field(r, table.column("issue"));
    if (!ontology.has_issue(row.issue)) table.fail(r, "no such issue: " + row.issue);
    const auto stance = stance_from(table.field(r, table.column("stance")));
    if (!stance) table.fail(r, "no such stance");
    row.stance = *stance;
    for (std::string_view name : base::split(table.field(r, table.column("types")), ' ')) {
      const auto type = event_type_from(name);
      if (!type) table.fail(r, "no such type: " + std::string(name));
      row.types.push_back(*type);
    }
    row.near = table.field(r, table.column("where")) == "near";
    phrases_.add_all(table.field(r, table.column("words")), static_cast<uint32_t>(rows_.size()));
    rows_.push_back(std::move(row));
  }
}

// The first row of the table that fits, by words of the act itself; failing that, by words beside it.
const PositionTable::Row* PositionTable::row_for(const Reading& reading, const Event& event) const {
  const auto first_fit = [&](const std::vector<uint32_t>& found, bool sure) -> const Row* {
    const Row* first = nullptr;
    for (const uint32_t r : found) {
      const Row& row = rows_[r];
      const bool fits = std::find(row.types.begin(), row.types.end(), event.type) != row.types.end();
      if (fits && (sure || row.near) && (first == nullptr || &row < first)) first = &row;
    }
    return first;
  };
  std::vector<std::string> act = terms_of(reading.text(event.trigger));
  if (event.theme) {
    const std::vector<std::string> theme = terms_of(reading.text(*event.theme));
    act.insert(act.end(), theme.begin(), theme.end());
  }
  if (const Row* row = first_fit(phrases_.found_in(act), true)) return row;
  return first_fit(phrases_.found_in(terms_of(reading.text(reading.sentence(event.sentence)))), false);
}

std::vector<Position> PositionTable::find(const Reading& reading, const std::vector<Event>& events,
                                          const std::vector<Statement>& statements) const {
  std::vector<std::pair<std::pair<uint32_t, std::string>, Tally>> tallies;  // in order of the text
  for (uint32_t e = 0; e < events.size(); ++e) {
    if (!shows_position(events[e])) continue;
    if (const Row* row = row_for(reading, events[e])) {
      for (const Participant& actor : events[e].actors) {
        if (!can_hold(reading.links.entities[actor.entity])) continue;
        const std::pair<uint32_t, std::string> key{actor.entity, row->issue};
        auto at = std::find_if(tallies.begin(), tallies.end(), [&](const auto& t) { return t.first == key; });
        if (at == tallies.end()) at = tallies.insert(tallies.end(), {key, Tally{}}), at->second.first = row->stance;
        ++at->second.counts[row->stance];
        at->second.events.push_back(e);
        if (!at->second.object && !events[e].recipients.empty())
          at->second.object = events[e].recipients.front().entity;
      }
    }
  }
  std::vector<Position> out;
  for (const auto& [key, tally] : tallies) {
    Position position{key.first, key.second, tally.object, tally.first, tally.events, {}};
    for (const auto& [stance, count] : tally.counts) {
      if (count > tally.counts.at(position.stance)) position.stance = stance;
    }
    for (uint32_t s = 0; s < statements.size(); ++s) {
      const bool holds = std::any_of(tally.events.begin(), tally.events.end(), [&](uint32_t e) {
        return statements[s].content.contains(events[e].trigger.begin);
      });
      if (holds) position.statements.push_back(s);
    }
    out.push_back(std::move(position));
  }
  return out;
}

}  // namespace dragoman::coding
