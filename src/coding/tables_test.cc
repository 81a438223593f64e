// SPDX-License-Identifier: Apache-2.0
// The word tables of data/coding: what they give, and that wrong rows are named with file and line.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coding/detail_tables.h"
#include "coding/rules.h"
#include "coding/statements.h"
#include "coding/time_words.h"
#include "dragoman/error.h"

namespace dragoman::coding {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kData = DRAGOMAN_SOURCE_DIR "/data/coding";

const knowledge::Ontology& ontology() {
  static const auto loaded = knowledge::Ontology::load(DRAGOMAN_SOURCE_DIR "/data/ontology");
  return loaded;
}

EventWords words(const std::string& trigger, const std::string& theme = "", const std::string& near = "") {
  EventWords out{terms_of(trigger), terms_of(theme), terms_of(trigger + " " + near), terms_of(trigger + " " + near)};
  return out;
}

TEST(ModeTable, ReadsContentAndMeans) {
  const ModeTable table(kData + "/modes.tsv", ontology());
  EXPECT_THAT(table.modes(EventType::kRequest, words("urged", "to agree to a cease-fire")), ElementsAre("yield"));
  EXPECT_THAT(table.modes(EventType::kRequest, words("asked for", "more ammunition")), ElementsAre("assist"));
  EXPECT_THAT(table.modes(EventType::kConsult, words("spoke", "", "by phone on Monday")), ElementsAre("phone"));
  EXPECT_THAT(table.modes(EventType::kAccuse, words("condemned")), ElementsAre("disapprove"));
  EXPECT_THAT(table.modes(EventType::kReject, words("denied", "the reform claim")), IsEmpty());
  EXPECT_THAT(table.modes(EventType::kAssault, words("killed", "", "by a suicide bomber with a rifle")),
              ElementsAre("suicide-attack", "firearms"));
  EXPECT_THAT(table.modes(EventType::kAgree, words("promised")), IsEmpty());
}

TEST(ContextTable, GivesAtMostTwo) {
  const ContextTable table(kData + "/contexts.tsv", ontology());
  EXPECT_THAT(table.contexts(EventType::kAccuse, {}, words("accused", "of bribery and embezzlement")),
              ElementsAre("corruption"));
  EXPECT_LE(table.contexts(EventType::kAssault, {}, words("attack", "", "troops oil election women court")).size(), 2U);
  EXPECT_THAT(table.contexts(EventType::kCoerce, {"cyber"}, words("broke into")), ElementsAre("cyber"));
}

TEST(CameoTable, MoreWordsMoreSpecificCode) {
  const CameoTable table(kData + "/cameo.tsv", ontology());
  EXPECT_EQ(table.code(EventType::kRequest, {}, {}, words("asked")), "100");
  EXPECT_EQ(table.code(EventType::kRequest, {"yield"}, {}, words("asked")), "105");
  EXPECT_EQ(table.code(EventType::kRequest, {"yield"}, {}, words("asked", "to release the sailors")), "1053");
  EXPECT_EQ(table.code(EventType::kSanction, {"expel"}, {}, words("expelled", "the ambassador")), "161");
}

TEST(CameoTable, HasACodeForEveryType) {
  const CameoTable table(kData + "/cameo.tsv", ontology());
  for (int t = 0; t < kEventTypes; ++t) {
    const auto type = static_cast<EventType>(t);
    const std::string& code = table.code(type, {}, {}, words("x"));
    EXPECT_TRUE(ontology().cameo_fits(code, type)) << to_string(type) << " " << code;
  }
}

TEST(Cues, TellTheAct) {
  const StatementCoder cues(kData + "/cues.tsv");
  EXPECT_EQ(cues.act("told"), "say");
  EXPECT_EQ(cues.act("has warned"), "warn");
  EXPECT_EQ(cues.act("According to"), "report");
  EXPECT_EQ(cues.act("xyzzy"), "");
}

// Writes a table and gives the message of the failure to load it.
template <class Table>
std::string failure(const std::string& text) {
  const std::string path = ::testing::TempDir() + "dragoman_wrong_table.tsv";
  std::ofstream(path) << text;
  std::string message = "loaded";
  try {
    Table table(path, ontology());
  } catch (const Failure& error) {
    message = error.what();
  }
  std::filesystem::remove(path);
  return message;
}

TEST(Tables, NameFileAndLineOfAWrongRow) {
  EXPECT_THAT(failure<ModeTable>("type\tmode\twhere\twords\nAID\tvisit\ttrigger\tx\n"), HasSubstr(":2: no such mode"));
  EXPECT_THAT(failure<ModeTable>("type\tmode\twhere\twords\nCONSULT\tvisit\there\tx\n"),
              HasSubstr(":2: where must be"));
  EXPECT_THAT(failure<ContextTable>("context\ttypes\twords\nweather\t\train\n"),
              EndsWith(":2: no such context: weather"));
  EXPECT_THAT(failure<CameoTable>("code\ttype\tmode\tcontext\twords\n999\tAID\t\t\t\n"),
              HasSubstr("no such CAMEO code"));
  EXPECT_THAT(failure<CameoTable>("code\ttype\tmode\tcontext\twords\n194\tAID\t\t\t\n"), HasSubstr("not of this type"));
  const std::string header = "id\twhen\tthen\treason\tmatch\tgives\tspares\n";
  EXPECT_THAT(failure<RuleTable>(header + "a\ttype=WAR\tdrop\tr\tm\tg\ts\n"), HasSubstr(":2: no such type: WAR"));
  EXPECT_THAT(failure<RuleTable>(header + "a\ttype=AID\tvanish\tr\tm\tg\ts\n"), HasSubstr("no such action"));
  EXPECT_THAT(failure<RuleTable>(header + "a\ttype=AID\tdrop\t\tm\tg\ts\n"), HasSubstr("needs an id, a reason"));
  EXPECT_THAT(failure<RuleTable>("id\twhen\n"), HasSubstr("then"));
}

std::string time_failure(const std::string& words, const std::string& holidays, const std::string& verbs = "") {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "time_words_test";
  std::filesystem::create_directories(folder / "time");
  std::ofstream(folder / "time" / "words.tsv") << words;
  std::ofstream(folder / "time" / "holidays.tsv") << holidays;
  std::ofstream(folder / "time" / "tense.tsv") << verbs;
  std::string message;
  try {
    TimeWords::open(folder.string());
  } catch (const Failure& failure) {
    message = failure.error().place + ": " + failure.error().message;
  }
  std::filesystem::remove_all(folder);
  return message;
}

TEST(TimeWords, NameFileAndLineOfAWrongRow) {
  EXPECT_EQ(time_failure("month\t5\tmay!\n", "May Day\t05-01\nAsh Wednesday\tEaster -46\n"), "");
  EXPECT_THAT(time_failure("# head\nmonth\t13\tsmarch\n", ""), HasSubstr("words.tsv:2: 'month' has no value '13'"));
  EXPECT_THAT(time_failure("colour\t-\tred\n", ""), HasSubstr("words.tsv:1: 'colour' has no value"));
  EXPECT_THAT(time_failure("month\t5\n", ""), HasSubstr("words.tsv:1: a row has 3 columns"));
  EXPECT_THAT(time_failure("month\t5\tmay,,\n", ""), HasSubstr("words.tsv:1: a form is empty"));
  EXPECT_THAT(time_failure("", "May Day\t02-30\n"), HasSubstr("holidays.tsv:1: '02-30' names no day of the year"));
  EXPECT_THAT(time_failure("", "\nMay Day\tfifth Monday of 05\n"), HasSubstr("holidays.tsv:2: 'fifth Monday of 05'"));
  EXPECT_THAT(time_failure("", "May Day\t5\t1\n"), HasSubstr("holidays.tsv:1: a holiday has 2 columns"));
  EXPECT_EQ(time_failure("", "", "future\twill,shall\n"), "");
  EXPECT_THAT(time_failure("", "", "soon\twill\n"), HasSubstr("tense.tsv:1: 'soon' is no kind of verb form"));
  EXPECT_THAT(time_failure("", "", "# head\nfuture\n"), HasSubstr("tense.tsv:2: a row has 2 columns"));
  EXPECT_THAT(time_failure("", "", "future\twill,\n"), HasSubstr("tense.tsv:1: a form is empty"));
}

}  // namespace
}  // namespace dragoman::coding
