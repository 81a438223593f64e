// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// From what the heads say of a find to the probability that it is right: logistic regression, fitted by
/// tools/calibrate.py on gold that the heads have not seen.
class ConfidenceMap {
 public:
  /// How a value enters the sum: as it is, as log-odds of a probability, as logarithm of 1 + a count.
  enum class Scale : uint8_t { kPlain, kLogOdds, kLog };
  struct Weight {
    std::string of;
    Scale scale = Scale::kPlain;
    double weight = 0;
  };

  /// The probability of the head `of` as it is: what a model without calibration has.
  static ConfidenceMap plain(const std::string& of);

  double base = 0;
  double floor = 0;      ///< least probability of the head for a candidate
  double threshold = 0;  ///< least confidence that is kept unless the caller asks for another
  std::vector<Weight> weights;

  /// Sets `adds` of each part, adds the base as the last, and returns the probability.
  float confidence(std::vector<ConfidencePart>& parts) const;
};

/// "heads.calibration" of a model's manifest (docs/formats/model.md).
struct Calibration {
  ConfidenceMap events = ConfidenceMap::plain("act");
  ConfidenceMap statements = ConfidenceMap::plain("cue");
  double quotation = 0.5;  ///< probability of a statement that only its quotation marks tell
};

/// Reads it; a model without gives plain maps whose floors are `trigger` and `cue`. Throws Failure (kModel) where it
/// names something that this program does not reckon with.
Calibration read_calibration(const neural::Model& model, double trigger, double cue);

}  // namespace dragoman::language
