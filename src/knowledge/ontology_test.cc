// SPDX-License-Identifier: Apache-2.0
#include "knowledge/ontology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dragoman/error.h"

namespace dragoman::knowledge {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Ontology& ontology() {
  static const Ontology loaded = Ontology::load(DRAGOMAN_SOURCE_DIR "/data/ontology");
  return loaded;
}

TEST(Ontology, HasEveryTypeWithQuadAndDefinition) {
  for (int t = 0; t < kEventTypes; ++t) {
    const auto type = static_cast<EventType>(t);
    EXPECT_FALSE(ontology().entry(type).definition.empty()) << to_string(type);
    EXPECT_THAT(ontology().quad(type),
                testing::AnyOf("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"))
        << to_string(type);
  }
}

TEST(Ontology, SettlesWhereTheManualContradictsItself) {
  EXPECT_EQ(ontology().quad(EventType::kSanction), "material-conflict");
  EXPECT_EQ(ontology().score(EventType::kAccuse, {}), -3);
}

TEST(Ontology, ScoreIsThatOfTheModeFarthestFromZero) {
  EXPECT_EQ(ontology().score(EventType::kConsult, {}), 2.5);
  EXPECT_EQ(ontology().score(EventType::kConsult, {"visit"}), 4);
  EXPECT_EQ(ontology().score(EventType::kAssault, {"beat", "targeted"}), -9.5);
  EXPECT_EQ(ontology().score(EventType::kRequest, {"meet"}), 0);
  EXPECT_EQ(ontology().score(EventType::kRequest, {"no such mode"}), 0);
  EXPECT_EQ(ontology().score(EventType::kAssault, {"no such mode"}), -9);
}

TEST(Ontology, KnowsItsWords) {
  EXPECT_TRUE(ontology().has_mode(EventType::kAccuse, "allege"));
  EXPECT_FALSE(ontology().has_mode(EventType::kAgree, "allege"));
  EXPECT_TRUE(ontology().has_context("cbrn"));
  EXPECT_EQ(ontology().contexts().size(), 37U);
  EXPECT_TRUE(ontology().has_sector("GOV"));
  EXPECT_TRUE(ontology().has_issue("ceasefire"));
  EXPECT_FALSE(ontology().has_issue("cricket"));
}

TEST(Ontology, MapsCameoCodesToTypes) {
  ASSERT_NE(ontology().cameo("0841"), nullptr);
  EXPECT_TRUE(ontology().cameo_fits("194", EventType::kAssault));
  EXPECT_TRUE(ontology().cameo_fits("163", EventType::kSanction));  // by its root
  EXPECT_TRUE(ontology().cameo_fits("055", EventType::kConcede));   // by decision
  EXPECT_FALSE(ontology().cameo_fits("194", EventType::kAid));
  EXPECT_TRUE(ontology().cameo("010")->types.empty());
  EXPECT_EQ(ontology().cameo("999"), nullptr);
}

TEST(Ontology, ExplainsATypeByDefinitionRulesAndCodebook) {
  const std::string text = ontology().paragraph(EventType::kConcede);
  EXPECT_THAT(text, HasSubstr("verbal concessions"));
  EXPECT_THAT(text, HasSubstr("codebook: bail granted, charges dropped: CONCEDE"));
  EXPECT_THAT(text, Not(HasSubstr("\\ref")));
}

TEST(Ontology, MissingFolderIsAFailure) { EXPECT_THROW(Ontology::load("no/such/folder"), Failure); }

}  // namespace
}  // namespace dragoman::knowledge
