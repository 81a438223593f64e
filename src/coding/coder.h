// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "dragoman/event.h"
#include "dragoman/links.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// What coding finds in one article; indices among them are into these lists and into Links::entities.
struct Coded {
  std::vector<Event> events;  ///< in text order of the triggers
  std::vector<Statement> statements;
  std::vector<Quantity> quantities;
  std::vector<Instrument> instruments;
  std::vector<Position> positions;
  std::vector<TimeMention> dates;
};

/// What coding needs to know of the reader.
struct CodingOptions {
  double quotation_confidence = 0.5;  ///< of a statement that only its quotation marks tell
  double min_confidence = 0;          ///< of such a statement, to be kept
};

/// Reading and linking → events and statements, by the tables of data/. Opened once, then const and shared
/// by threads; the same input gives the same output.
class Coder {
 public:
  /// `data` is the knowledge folder (data/); throws Failure (kKnowledge). `ontology` must outlive the coder.
  Coder(const knowledge::Ontology& ontology, const std::string& data, const CodingOptions& options = {});
  Coder(Coder&&) noexcept;
  Coder& operator=(Coder&&) noexcept;
  ~Coder();

  /// `links` must belong to `analysis`, and both to `article`. Cannot fail: what is not understood is left out.
  Coded code(const Article& article, const Analysis& analysis, const Links& links) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace dragoman::coding
