// SPDX-License-Identifier: Apache-2.0
#include "knowledge/compiled.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "knowledge/test_data.h"

namespace dragoman::knowledge {
namespace {

/// A knowledge of a few rows with its index beside it.
class Compiled : public ::testing::Test {
 protected:
  Compiled() {
    data_.country("RUR", "Ruritania", "Ruritanian", "Ruritanians", "Strelsau", "the Elphberg Palace")
        .row("actors/organizations.tsv", "guard\tRoyal Guard\tmilitary\tRUR\tMIL|GOV\t1900\t2010\tGuards|R.G.")
        .row("actors/people.tsv", "rudolf\tRudolf Elphberg\tRUR\tking\tGOV\t1990\t2010\tRudolf V\tyear\t\t")
        .row("actors/people.tsv", "flavia\tFlavia Elphberg\tRUR\tqueen\tGOV|ELI\t2010\t\t\tyear\t\t2020-05")
        .row("actors/memberships.tsv", "guard\tRUR\tobserver\t1901-02\t")
        .row("actors/given_names.tsv", "Flavia\tshe")
        .row("actors/roles.tsv", "lord chamberlain\tGOV\tperson\tsingular")
        .row("actors/body_nouns.tsv", "lord chamberlain\tof")
        .row("actors/titles.tsv", "lord chamberlain\tRUR")
        .row("places/cities.tsv", "7\tZenda\tRUR\t50.5\t14.25\t9000\tZ\xC3\xA9nda")
        .row("places/regions.tsv", "Hentzau\tprovince\tRUR\t");
    folder_ = data_.write();
    index_ = folder_ + "/knowledge.index";
    put(compile(folder_));
  }

  void put(const std::string& bytes) const { std::ofstream(index_, std::ios::binary) << bytes; }

  std::string refused() const {
    const auto mapped = map_index(index_, folder_);
    return mapped ? "taken" : mapped.error().message;
  }

  TestData data_;
  std::string folder_, index_;
};

/// All that a knowledge says of some names and keys.
std::string said_by(const Knowledge& known) {
  std::string all = known.hash() + "\n";
  for (const char* name : {"Ruritania", "Ruritanian", "ELPHBERG PALACE", "Strelsau", "R.G.", "royal guard",
                           "Royal Guard", "Rudolf V", "Flavia Elphberg", "Zénda", "Hentzau", "nobody"})
    for (const Day day : {0, 20050101, 20150101})
      for (const Reading& reading : known.named(name, day)) {
        const Entry& entry = *reading.entry;
        all.append(name).append(": ").append(Knowledge::full_key(entry)).append(" ").append(to_string(reading.sense));
        all.append(reading.holds ? " holds " : " ended ").append(entry.name).append("/").append(entry.country);
        for (const auto sector : entry.sectors) all.append(" ").append(sector);
        all.append(" ").append(entry.office).append(" ").append(entry.checked).append(" ").append(entry.precision);
        all.append(" ").append(known.row(entry)).append(" ").append(Knowledge::dates(entry));
        all.append(" ")
            .append(std::to_string(entry.lat))
            .append(" ")
            .append(std::to_string(entry.population))
            .append("\n");
      }
  if (const auto role = known.role("two lord chamberlains"))
    all.append(role->noun).append(role->body).append(role->kind).append(known.row(*role)).append("\n");
  all.append(std::to_string(known.gender_of("Flavia"))).append(std::to_string(known.gender_of("Rupert")));
  for (const Entry* spell : known.holders("RUR", 20150101)) all.append(" ").append(spell->key);
  for (const Entry* spell : known.surnamed("Elphberg", 20050101)) all.append(" ").append(spell->key);
  for (const Entry* spell : known.spells("flavia")) all.append(" ").append(spell->office);
  for (const Membership* one : known.memberships("RUR"))
    all.append(" ").append(one->organization->key).append(to_string(one->role)).append(one->from).append(one->to);
  for (const Membership* one : known.members("guard")) all.append(" ").append(known.row(*one));
  all.append(known.country("RUR") ? " RUR " : " none ").append(known.may_begin_name("royal") ? "begins" : "no");
  return all.append(std::to_string(known.longest_name())).append(" ").append(std::to_string(known.size()));
}

TEST_F(Compiled, SaysWhatTheRowsSay) {
  const Knowledge mapped = Knowledge::open(folder_, "", index_), read = Knowledge::open(folder_);
  EXPECT_EQ(mapped.source(), "compiled index");
  EXPECT_EQ(read.source(), "rows");
  EXPECT_EQ(said_by(mapped), said_by(read));
  EXPECT_NE(said_by(mapped).find("organization:guard name ended Royal Guard/RUR MIL GOV"), std::string::npos);
}

TEST_F(Compiled, OfOtherRowsIsNotTaken) {
  EXPECT_EQ(refused(), "taken");
  data_.row("places/regions.tsv", "Streland\tprovince\tRUR\t").write();
  EXPECT_EQ(refused(), "was compiled from other rows; build it anew");
  const Knowledge known = Knowledge::open(folder_, "", index_);
  EXPECT_EQ(known.named("Streland").size(), 1U);
  EXPECT_EQ(known.source(), "rows (" + index_ + ": was compiled from other rows; build it anew)");
  put(compile(folder_));
  EXPECT_EQ(refused(), "taken");
}

TEST_F(Compiled, BrokenOnesAreNotTaken) {
  const std::string whole = compile(folder_);
  for (const size_t size : {size_t{0}, size_t{7}, size_t{23}}) {
    put(whole.substr(0, size));
    EXPECT_NE(refused(), "taken") << size;
  }
  for (size_t size = 24; size < whole.size(); size += 97) {
    put(whole.substr(0, size));
    EXPECT_EQ(refused(), "is broken; build it anew") << size;
  }
  put(whole + "12345678");
  EXPECT_EQ(refused(), "is broken; build it anew");
  std::string changed = whole;
  changed[whole.size() / 2] = static_cast<char>(changed[whole.size() / 2] + 1);
  put(changed);
  EXPECT_EQ(refused(), "is broken; build it anew");
  changed = whole;
  changed[0] = 'X';
  put(changed);
  EXPECT_EQ(refused(), "is no index of this version; build it anew");
  std::filesystem::remove(index_);
  EXPECT_EQ(said_by(Knowledge::open(folder_, "", index_)), said_by(Knowledge::open(folder_)));
}

// Not even with the right checksum may an index lead out of its memory: sanitizers see to it.
TEST_F(Compiled, ForgedOnesStayInTheirMemory) {
  const std::string whole = compile(folder_);
  for (size_t at = 24; at < whole.size(); at += 11) {
    std::string forged = whole;
    forged[at] = static_cast<char>(forged[at] ^ 0x55);
    const uint64_t magic = 0x3130'5845'444E'4944, checksum = hash_of(std::string_view(forged).substr(24), magic);
    std::memcpy(forged.data() + 16, &checksum, sizeof checksum);
    put(forged);
    said_by(Knowledge::open(folder_, "", index_));
  }
}

TEST_F(Compiled, OwnRowsAreReadBesideTheRows) {
  const std::string own = folder_ + "/own";
  std::filesystem::create_directories(own);
  std::ofstream(own + "/regions.tsv") << "name\tkind\tcountry\nStreland\tprovince\tRUR\n";
  const Knowledge known = Knowledge::open(folder_, own, index_);
  EXPECT_EQ(known.source(), "rows");
  EXPECT_EQ(known.named("Streland").size(), 1U);
}

TEST(HashTable, KeepsTheOrderOfOneHash) {
  HashTable table;
  for (uint32_t k = 0; k < 1000; ++k) table.add(hash_of(std::to_string(k % 10)), k);
  table.seal();
  const auto found = table.find(hash_of("7"));
  ASSERT_EQ(found.size(), 100U);
  for (size_t k = 0; k < found.size(); ++k) EXPECT_EQ(found[k].value, 10 * k + 7);
  EXPECT_TRUE(table.find(hash_of("10")).empty());
  HashTable empty;
  EXPECT_TRUE(empty.find(hash_of("7")).empty());
  empty.seal();
  EXPECT_TRUE(empty.find(hash_of("7")).empty());
}

TEST(HashTable, EveryByteCounts) {
  std::string text(40, 'a');
  const uint64_t plain = hash_of(text);
  for (char& c : text) {
    c = 'b';
    EXPECT_NE(hash_of(text), plain);
    c = 'a';
  }
  EXPECT_NE(hash_of(text + "a"), plain);
  EXPECT_NE(hash_of(text, 1), plain);
}

}  // namespace
}  // namespace dragoman::knowledge
