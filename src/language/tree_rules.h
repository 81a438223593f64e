// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dragoman::language {

/// What Universal Dependencies ask of every tree (level 3 of their validator) and the scores of single words don't
/// know. training/tasks/parse.py runs the same.
class TreeRules {
 public:
  /// `relations`: the names that indices of relations stand for.
  explicit TreeRules(const std::vector<std::string>& relations);

  /// The relations of n tokens by their scores [n, relations], the best of each where the rules leave it: conj, fixed,
  /// flat, goeswith and appos only stand behind their head, and a head has one subject (those of an outer clause apart)
  /// and one object. Of several the one stays that would lose most by another relation. heads: 0 for the root, else 1 +
  /// the head's index; what the root's relation is means nothing.
  std::vector<size_t> relations(const std::vector<uint32_t>& heads, std::vector<float> scores) const;

  /// Hangs marks of punctuation that cross the tree where they don't, by the best of their scores [n, 1 + n] there.
  void settle_punctuation(const std::vector<double>& scores, const std::vector<size_t>& relations,
                          std::vector<uint32_t>& heads) const;

 private:
  std::vector<char> head_first_, subject_, object_;
  size_t punctuation_;
};

}  // namespace dragoman::language
