// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "html/outline.h"
#include "ingest/block_features.h"

namespace dragoman::ingest {

/// Probability of each block that it belongs to the running text of the article: the mean of two forests of boosted
/// trees, the first over each block, the second over what the first says of the block and of those around it. Trained
/// by tools/train_blocks. The same page gives the same numbers on every machine.
std::vector<float> body_probabilities(const html::Outline& page, const BlockFeatures& features);

}  // namespace dragoman::ingest
