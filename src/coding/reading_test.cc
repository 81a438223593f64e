// SPDX-License-Identifier: Apache-2.0
#include "coding/reading.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "document/testing.h"

namespace dragoman::coding {
namespace {

/// Places of an act told by "raid", whose fillers and mentions are given by their words; a mention with geonames 0 is
/// nowhere on the map.
class Told {
 public:
  explicit Told(const std::string& text) {
    article_.text = text;
    analysis_.sentences = {{0, static_cast<uint32_t>(text.size())}};
    trigger_.span = span("raid");
  }

  Told& mention(const std::string& words, Form form, const std::string& name, int64_t geonames) {
    Entity entity;
    entity.name = name;
    entity.kind = EntityKind::kPlace;
    if (geonames != 0) entity.geonames = geonames;
    links_.of.push_back({static_cast<uint32_t>(links_.entities.size())});
    links_.entities.push_back(entity);
    Mention mention;
    mention.span = span(words);
    mention.form = form;
    analysis_.mentions.push_back(mention);
    return *this;
  }

  Told& place(const std::string& words) {
    trigger_.fillers.push_back({Role::kPlace, span(words), 1.0F});
    return *this;
  }

  std::vector<Location> locations() const { return coding::locations({article_, analysis_, links_}, trigger_); }

 private:
  Span span(std::string_view words) const { return testing::span_of(article_.text, words); }

  Article article_;
  Analysis analysis_;
  Links links_;
  Trigger trigger_;
};

TEST(Locations, AreWhereTheirWordsNameAPlace) {
  Told told("A raid on a market in the border town of Wend in Sud");
  told.mention("a market in the border town of Wend", Form::kNominal, "market", 0)
      .mention("the border town of Wend", Form::kNominal, "border town of Wend", 0)
      .mention("Wend", Form::kName, "Wend", 7)
      .mention("Sud", Form::kName, "Sud", 8);
  told.place("the border town of Wend").place("a market in the border town of Wend").place("Sud");
  const std::vector<Location> locations = told.locations();
  ASSERT_EQ(locations.size(), 2U);
  EXPECT_EQ(locations[0].name, "Wend") << "once, though two of the places are there";
  EXPECT_EQ(locations[0].geonames, 7);
  EXPECT_EQ(locations[1].geonames, 8);
}

TEST(Locations, StayAsTheyAreToldWhereNothingIsNamed) {
  Told told("A raid on the old mill");
  told.mention("the old mill", Form::kNominal, "old mill", 0).place("the old mill");
  const std::vector<Location> locations = told.locations();
  ASSERT_EQ(locations.size(), 1U);
  EXPECT_EQ(locations[0].name, "old mill");
  EXPECT_FALSE(locations[0].geonames);
}

TEST(Locations, OnTheMapByThemselvesAreThere) {
  Told told("A raid on Wend's port");
  told.mention("Wend's port", Form::kNominal, "Port of Wend", 9)
      .mention("Wend", Form::kName, "Wend", 7)
      .place("Wend's port");
  EXPECT_EQ(told.locations().at(0).geonames, 9);
}

}  // namespace
}  // namespace dragoman::coding
