// SPDX-License-Identifier: Apache-2.0
#include "knowledge/name_origins.h"

#include <gtest/gtest.h>

#include "knowledge/test_data.h"

namespace dragoman::knowledge {
namespace {

class NameOriginsTest : public testing::Test {
 protected:
  static Knowledge open() {
    TestData data;
    data.country("KEN", "Kenya").country("POL", "Poland");
    const auto add = [&](const std::string& name, const std::string& country) {
      data.row("actors/people.tsv", fold_key(name) + "\t" + name + "\t" + country + "\tminister\tGOV\t2010\t\t\t\t\t");
    };
    for (const char* name : {"Jan Kowalski", "Adam Nowacki", "Piotr Zielinski", "Ewa Wisniewska", "Marek Lipski"})
      add(name, "POL");
    for (const char* name : {"Wanjiru Kamau", "Peter Kimani", "Njoroge Mwangi", "Grace Wambui", "Kamau Njuguna"})
      add(name, "KEN");
    return Knowledge::open(data.write());
  }
  static std::string fold_key(std::string name) {
    for (char& c : name) c = c == ' ' ? '-' : static_cast<char>(std::tolower(c));
    return name;
  }
};

TEST_F(NameOriginsTest, WordsAndLettersTell) {
  const Knowledge knowledge = open();
  EXPECT_GT(knowledge.sounds_of("Tomasz Jablonski", "POL"), 0);  // "ski"
  EXPECT_LT(knowledge.sounds_of("Tomasz Jablonski", "KEN"), 0);
  EXPECT_GT(knowledge.sounds_of("Kamau", "KEN"), knowledge.sounds_of("Kamau", "POL"));
  EXPECT_GT(knowledge.sounds_of("Kamau Njoroge", "KEN"), knowledge.sounds_of("Kamau Lipski", "KEN"));
  EXPECT_GT(knowledge.sounds_of("KAMAU", "KEN"), 0);
}

TEST_F(NameOriginsTest, WhatNobodyHasTellsNothing) {
  const Knowledge knowledge = open();
  EXPECT_EQ(knowledge.sounds_of("Qyx", "POL"), 0);
  EXPECT_EQ(knowledge.sounds_of("", "POL"), 0);
  EXPECT_LT(knowledge.sounds_of("Kamau", "USA"),
            knowledge.sounds_of("Kamau", "KEN"));  // a state of which nobody is listed
}

TEST(NameOrigins, OfNobody) { EXPECT_EQ(NameOrigins({}).score("Ann Lee", "USA"), 0); }

}  // namespace
}  // namespace dragoman::knowledge
