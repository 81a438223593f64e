// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "coding/quantities_sentence.h"
#include "dragoman/analysis.h"
#include "dragoman/error.h"

namespace dragoman::coding {

/// Decides which quantities a record holds: those "that an event concerns" (codebook, 6). A sum of weights of
/// plain observations ("is money", "its sentence tells an act", "lies in the theme"), learnt from the training
/// articles by tools/quantity_fit and kept in data/quantities/weights.tsv.
class QuantityChoice {
 public:
  /// Errors: kUnreadable, kKnowledge with file:line.
  static Result<QuantityChoice> read(const std::string& path);

  bool keeps(const std::vector<std::string>& features) const;

 private:
  std::map<std::string, double, std::less<>> weights_;
  double threshold_ = 0;  ///< of the sum; row "threshold"
};

/// Whether the text begins with a headline, a line of its own; it is the first sentence.
bool has_headline(std::string_view text, const Analysis& analysis);

/// What is observed of candidate `index`. `found` holds the candidates of the whole text in text order,
/// `sentence` is the candidate's own.
std::vector<std::string> choice_features(const std::vector<FoundQuantity>& found, size_t index, std::string_view text,
                                         const Analysis& analysis, uint32_t sentence);

}  // namespace dragoman::coding
