// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ingest/line_features.h"
#include "ingest/lines.h"

namespace dragoman::ingest {

/// Probability of each line of a copied page that it is running text of the article: a forest of boosted trees over the
/// line, its words, and what body_probability() says of it and of the lines around it (tools/train_line_forest).
/// `features` are those of the lines, one each. The same page gives the same numbers on every machine.
std::vector<float> copied_body_probabilities(const std::vector<Line>& lines, const std::vector<LineFeatures>& features);

}  // namespace dragoman::ingest
