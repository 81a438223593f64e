// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coding/position_choice.h"
#include "coding/position_stance.h"
#include "coding/position_words.h"
#include "coding/reading.h"
#include "dragoman/event.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// Tells where actors stand on issues, from what they do and say: data/coding/positions, whose FORMAT.md says how.
/// training/positions.py learns the tables and computes the same.
class PositionFinder {
 public:
  /// `folder` holds words.tsv, choice.tsv and stance.tsv. Throws Failure (kKnowledge) where they are faulty or name
  /// issues that the ontology lacks.
  PositionFinder(const std::string& folder, const knowledge::Ontology& ontology);

  /// One position for each holder and issue, in the order of the article's holders and of the issues. The officials of
  /// a state are one holder, the state where it is an entity of the article. The evidence are the deeds that weigh
  /// most.
  std::vector<Position> find(const Reading& reading, const std::vector<Event>& events,
                             const std::vector<Statement>& statements) const;

 private:
  PositionChoice choice_;
  IssueWords words_;
  StanceWeights stance_;
};

}  // namespace dragoman::coding
