// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coding/detail_tables.h"
#include "coding/phrases.h"
#include "dragoman/event.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// One rule of consistency: what an event must be like (`when`) and what is made of it (`then`), with a
/// sentence that shows it. Grammar in data/coding/FORMAT.md.
struct EventRule {
  struct Condition {
    enum class Field : uint8_t {
      kType,
      kStatus,
      kMode,
      kActors,
      kRecipients,
      kShared,
      kHistorical,
      kTrigger,
      kTheme,
      kNear,
      kLead
    };
    Field field = Field::kType;
    bool negated = false;
    std::vector<std::string> values;  // kType to kHistorical
    Phrases phrases;                  // kTrigger, kTheme, kNear, kLead
  };
  struct Action {
    enum class Kind : uint8_t { kType, kStatus, kMode, kMerge, kSwap, kUnshare, kHistorical, kAlso, kDrop };
    Kind kind = Kind::kDrop;
    std::string value;
    EventType type = EventType::kAgree;
    Status status = Status::kActual;
  };
  std::string id, reason, match, gives, spares;
  uint32_t line = 0;
  std::vector<Condition> when;
  std::vector<Action> then;
};

/// What applying the rules did to an event.
struct RuleOutcome {
  bool dropped = false;
  std::vector<EventType> also;  ///< types of further events told by the same trigger
};

/// data/coding/rules.tsv, applied in its order.
class RuleTable {
 public:
  /// Throws Failure (kKnowledge) with file:line.
  RuleTable(const std::string& path, const knowledge::Ontology& ontology);

  /// Changes the event by each rule that fits; the ids of these are added to `event.rule` with '+', and what they did
  /// to the steps of its account.
  RuleOutcome apply(Event& event, const EventWords& words) const;

  const std::vector<EventRule>& rules() const { return rules_; }

 private:
  std::vector<EventRule> rules_;
};

}  // namespace dragoman::coding
