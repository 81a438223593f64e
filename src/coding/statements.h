// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coding/phrases.h"
#include "coding/reading.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// data/coding/cues.tsv and what is made of utterances with it.
class StatementCoder {
 public:
  /// Quotations without an utterance are as sure as `quotation_confidence`, and left out below `min_confidence`.
  /// Throws Failure (kKnowledge).
  explicit StatementCoder(const std::string& cues_path, double quotation_confidence = 0.5, double min_confidence = 0);

  /// Statements in order of their content: each utterance once for each of its speakers, with kind, act,
  /// `via`, and quotations that no utterance covers but a cue or the quotation before tells the speaker of.
  std::vector<Statement> code(const Reading& reading) const;

  /// What the cue does: "say", "deny", "warn", ...; "" for a phrase that no row knows.
  std::string act(std::string_view cue) const;

 private:
  std::vector<Statement> from_utterance(const Reading& reading, const std::vector<Span>& quoted,
                                        const Utterance& utterance) const;
  Span words_behind(const Reading& reading, Span quote, Span last) const;
  std::optional<Statement> beside_cue(const Reading& reading, Span quote) const;
  void add_uncovered(const Reading& reading, const std::vector<Span>& quoted, std::vector<Statement>& statements) const;

  double quotation_confidence_, min_confidence_;
  std::vector<std::string> acts_;
  Phrases cues_;
};

}  // namespace dragoman::coding
