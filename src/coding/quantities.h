// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coding/quantities_choice.h"
#include "coding/quantities_cues.h"
#include "coding/quantities_money.h"
#include "coding/quantities_sentence.h"
#include "dragoman/analysis.h"
#include "dragoman/event.h"

namespace dragoman::coding {

/// Words that stand for a state or for somebody of it.
struct NamedState {
  Span span;
  std::string country;  ///< ISO 3166 code
};

/// Reads money, votes, casualties and counts. Opened once, then const and shared by threads.
class QuantityReader {
 public:
  /// `data` is the knowledge folder; reads currencies.tsv, words.tsv, units.tsv and weights.tsv in its folder
  /// quantities.
  /// Throws Failure (kKnowledge) if one is missing or wrong.
  static QuantityReader open(const std::string& data);

  /// All quantities of the sentences, percentages, durations, distances and other measures too. `dates` are the spans
  /// of date expressions, `countries` the codes the text is about, most frequent first.
  std::vector<FoundQuantity> find_all(std::string_view text, const std::vector<Span>& sentences,
                                      const std::vector<Span>& dates, const std::vector<std::string>& countries) const;

  /// find_all with the sentence of each; a count whose doer or object takes part in a protest is kParticipants.
  /// `named`: where the text names somebody of a state. Whoever acts in the sentence goes before `countries`.
  std::vector<FoundQuantity> candidates(std::string_view text, const Analysis& analysis, const std::vector<Span>& dates,
                                        const std::vector<std::string>& countries, std::vector<uint32_t>& sentence_of,
                                        const std::vector<NamedState>& named = {}) const;

  /// Those that a record holds: money, votes, casualties, participants, and counts that an event concerns
  /// (codebook, 6), and the points or steps of `instruments` ("a 12-point plan", once each), in text order; then the
  /// percentages, durations and distances of acts ("sentenced to 12 years"), in text order. Needs the sentences and
  /// triggers (with their role fillers) of `analysis`.
  std::vector<Quantity> find(std::string_view text, const Analysis& analysis, const std::vector<Span>& dates,
                             const std::vector<std::string>& countries, const std::vector<NamedState>& named = {},
                             const std::vector<Instrument>& instruments = {}) const;

 private:
  QuantityReader(Currencies currencies, QuantityCues cues, Units units, QuantityChoice choice)
      : currencies_(std::move(currencies)),
        cues_(std::move(cues)),
        units_(std::move(units)),
        choice_(std::move(choice)) {}

  Currencies currencies_;
  QuantityCues cues_;
  Units units_;
  QuantityChoice choice_;
};

/// Indices of the quantities that the trigger's act concerns: those of its sentence that its type can have
/// (killed with ASSAULT, votes with SUPPORT and REJECT, ...) and that lie in one of its fillers or, if they lie in
/// no trigger's, are nearest to it.
std::vector<uint32_t> quantities_of(const Trigger& trigger, const Analysis& analysis,
                                    const std::vector<Quantity>& quantities);

}  // namespace dragoman::coding
