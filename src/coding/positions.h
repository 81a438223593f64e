// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coding/phrases.h"
#include "coding/reading.h"
#include "dragoman/event.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// data/coding/positions.tsv: which acts show an actor to be for or against an issue.
class PositionTable {
 public:
  /// Throws Failure (kKnowledge) for unknown issues, types or stances.
  PositionTable(const std::string& path, const knowledge::Ontology& ontology);

  /// One position for each holder and issue, with the events that show it; where an actor's events show
  /// both stances, the one shown more often, the first on a tie. `statements` are evidence where they hold
  /// the event's trigger.
  std::vector<Position> find(const Reading& reading, const std::vector<Event>& events,
                             const std::vector<Statement>& statements) const;

 private:
  struct Row {
    std::vector<EventType> types;
    std::string issue;
    Stance stance = Stance::kFor;
    bool near = false;  // the words may stand anywhere in the sentence, not only in trigger or theme
  };
  const Row* row_for(const Reading& reading, const Event& event) const;

  std::vector<Row> rows_;
  Phrases phrases_;
};

}  // namespace dragoman::coding
