// SPDX-License-Identifier: Apache-2.0
#include "language/tree_rules.h"

#include <gtest/gtest.h>

namespace dragoman::language {
namespace {

const std::vector<std::string> kRelations = {"nsubj", "nsubj:pass", "nsubj:outer", "obj", "conj", "obl", "punct"};
enum : size_t { kSubject, kPassive, kOuter, kObject, kConjunct, kOblique, kMark };
const TreeRules kRules(kRelations);

// Scores that are 0 but for some of a token.
std::vector<float> scores(size_t tokens, std::initializer_list<std::tuple<size_t, size_t, float>> told) {
  std::vector<float> scores(tokens * kRelations.size(), 0);
  for (const auto& [token, relation, score] : told) scores[token * kRelations.size() + relation] = score;
  return scores;
}

TEST(TreeRules, AHeadHasOneSubject) {
  const std::vector<uint32_t> heads = {2, 0, 2};
  EXPECT_EQ(kRules.relations(heads, scores(3, {{0, kSubject, 5}, {0, kOblique, 4}, {2, kPassive, 9}, {2, kObject, 1}})),
            (std::vector<size_t>{kOblique, 0, kPassive}))
      << "the second would lose more";
  EXPECT_EQ(kRules.relations(heads, scores(3, {{0, kSubject, 5}, {2, kOuter, 9}})),
            (std::vector<size_t>{kSubject, 0, kOuter}))
      << "of an outer clause";
  EXPECT_EQ(kRules.relations({2, 0, 4, 2}, scores(4, {{0, kSubject, 5}, {2, kSubject, 5}, {3, kOblique, 1}})),
            (std::vector<size_t>{kSubject, 0, kSubject, kOblique}))
      << "of two heads";
}

TEST(TreeRules, WhatIsNoSubjectIsNoSecondObjectEither) {
  EXPECT_EQ(kRules.relations(
                {2, 0, 2, 2},
                scores(4, {{0, kSubject, 9}, {2, kSubject, 3}, {2, kObject, 2}, {2, kOblique, 1}, {3, kObject, 9}})),
            (std::vector<size_t>{kSubject, 0, kOblique, kObject}));
}

TEST(TreeRules, AConjunctStandsBehindItsHead) {
  EXPECT_EQ(kRules.relations({2, 0, 2}, scores(3, {{0, kConjunct, 5}, {0, kOblique, 4}, {2, kConjunct, 5}})),
            (std::vector<size_t>{kOblique, 0, kConjunct}));
}

// Each token's scores under the root and each token.
std::vector<uint32_t> settled(const std::vector<std::vector<double>>& scores, const std::vector<size_t>& relations,
                              std::vector<uint32_t> heads) {
  std::vector<double> flat;
  for (const auto& row : scores) flat.insert(flat.end(), row.begin(), row.end());
  kRules.settle_punctuation(flat, relations, heads);
  return heads;
}

TEST(TreeRules, MarksCrossNothing) {
  const std::vector<double> none(5, 0);
  // "they ( left ) early": the mark 2 hangs on 4 over the root 3.
  EXPECT_EQ(settled({none, {0, 0, 0, 1, 9}, none, none}, {kSubject, kMark, 0, kOblique}, {3, 4, 0, 3}),
            (std::vector<uint32_t>{3, 3, 0, 3}))
      << "over a token that is not below its head";
  // The mark 2 lies within the arc from 3 to 1 and hangs on 4, which is not below 3.
  EXPECT_EQ(settled({none, {0, 2, 0, 1, 9}, none, none}, {kOblique, kMark, kObject, 0}, {3, 4, 4, 0}),
            (std::vector<uint32_t>{3, 1, 4, 0}))
      << "within an arc; of the heads that are left the better one";
  EXPECT_EQ(settled({none, {0, 9, 0, 0, 0}, none, none}, {kSubject, kMark, 0, kOblique}, {3, 3, 0, 3}),
            (std::vector<uint32_t>{3, 3, 0, 3}))
      << "what crosses nothing stays";
  EXPECT_EQ(settled({none, {0, 9, 0, 0, 0}, none, none}, {kSubject, kOblique, 0, kOblique}, {3, 4, 0, 3}),
            (std::vector<uint32_t>{3, 4, 0, 3}))
      << "words stay";
}

}  // namespace
}  // namespace dragoman::language
