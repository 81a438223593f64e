// SPDX-License-Identifier: Apache-2.0
#include "knowledge/gazetteer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "dragoman/error.h"

namespace dragoman::knowledge {
namespace {

Gazetteer with(const std::string& rows) {
  const std::string folder = ::testing::TempDir() + "/gazetteer";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder + "/places");
  std::ofstream(folder + "/places/gazetteer.tsv", std::ios::binary) << "# places\n" << rows;
  return Gazetteer::open(folder);
}

std::string names(const std::vector<Place>& places) {
  std::string out;
  for (const Place& place : places) {
    if (!out.empty()) out.append("; ");
    out.append(place.name).append(" ").append(place.number).append(" ").append(place.division);
  }
  return out;
}

TEST(Gazetteer, FindsEveryPlaceOfAName) {
  const Gazetteer known = with(
      "Aby\t1\tp\tSE.1\t58.66\t15.18\t900\n"
      "Kárlby\t2\tp\tFI.1\t60\t20\t4000\n"
      "Karlby\t3\tp\tSE.2\t61\t15\t700\n"
      "Norland\t4\tC\tSE\t60\t15\t9000000\n"
      "Zetby\t5\ts\tSE.3\t60\t15\t10\tZedby\n");
  EXPECT_EQ(names(known.named("Karlby")), "Kárlby 2 FI.1; Karlby 3 SE.2");
  EXPECT_EQ(names(known.named("KARLBY'S")), "Kárlby 2 FI.1; Karlby 3 SE.2");
  EXPECT_EQ(names(known.named("Aby")), "Aby 1 SE.1");
  EXPECT_EQ(names(known.named("Zetby")), "Zedby 5 SE.3");
  EXPECT_EQ(known.named("Zetby").front().found, "Zetby");
  EXPECT_EQ(known.named("Norland").front().kind, PlaceClass::kCountry);
  EXPECT_FALSE(known.named("Norland").front().is_town());
  EXPECT_EQ(names(known.named("Zz")) + names(known.named("")) + names(known.named("A")), "");
  EXPECT_EQ(known.fault(), "");
  EXPECT_TRUE(with("").named("Aby").empty());
}

TEST(Gazetteer, FaultsAreFound) {
  EXPECT_EQ(with("Bby\t1\tp\tSE.1\t58\t15\t900\nAby\t2\tp\tSE.1\t58\t15\t900\n").fault(), "line 3: is out of order");
  EXPECT_EQ(with("Bby\t1\tq\tSE.1\t58\t15\t900\n").fault(), "line 2: is out of form");
  EXPECT_EQ(with("Bby\t1\tp\tSE.1\t99\t15\t900\n").fault(), "line 2: is out of form");
  EXPECT_EQ(with("Bby\t1\tp\tSE.1\t58\t15\t9\nBby\t2\tp\tSE.1\t58\t15\t10\n").fault(),
            "line 3: is less populous than the row before it");
  EXPECT_THROW(Gazetteer::open("/nowhere"), Failure);
}

TEST(Gazetteer, DistancesAreThoseOfTheGlobe) {
  Place london, paris;
  london.lat = 51.51, london.lon = -0.13;
  paris.lat = 48.85, paris.lon = 2.35;
  EXPECT_NEAR(kilometres(london, paris), 344, 3);
  EXPECT_EQ(kilometres(paris, paris), 0);
}

TEST(Gazetteer, TheBuiltInOneIsWellFormed) {
  const Gazetteer built_in = Gazetteer::open(DRAGOMAN_SOURCE_DIR "/data");
  EXPECT_EQ(built_in.fault(), "");
  EXPECT_EQ(built_in.named("Kyiv").front().country, "UA");
  EXPECT_GT(built_in.named("Springfield").size(), 10U);
}

}  // namespace
}  // namespace dragoman::knowledge
