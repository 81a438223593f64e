// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace dragoman::language {

/// The heads of the n tokens of a sentence: of all trees with one root the one whose arcs score most.
/// scores [n, 1 + n]: of each token under the root, then under each token; its own column counts for nothing.
/// Gives 0 for the root, else 1 + the head's index.
std::vector<uint32_t> best_tree(const std::vector<double>& scores, uint32_t n);

}  // namespace dragoman::language
