// SPDX-License-Identifier: Apache-2.0
#include "dragoman/store.h"
#include "dragoman/query_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "document/testing.h"
#include "store/days.h"
#include "store/fold.h"
#include "store/join.h"
#include "store/schema.h"
#include "store/sketch.h"
#include "store/tally_parts.h"
#include "store/test_folder.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::sample_record;
using ::testing::SizeIs;
using testing::small_record;

class StoreTest : public store::TestFolder {
 protected:
  Store write() const { return Store::open(path_, Store::Mode::kWrite); }
  Store read() const { return Store::open(path_, Store::Mode::kRead); }

  void fill() const {
    Store store = write();
    store.put(sample_record());
    store.put(small_record());
  }

  std::string failure_of(const std::string& path, Store::Mode mode) const {
    try {
      Store::open(path, mode);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.error().code, ErrorCode::kStore);
      EXPECT_EQ(failure.error().place, path);
      return failure.error().message;
    }
    return "opened";
  }

  std::vector<EventRow> list(const EventQuery& query) const {
    std::vector<EventRow> rows;
    read().events(query, [&](const EventRow& row) { rows.push_back(row); });
    return rows;
  }

  /// Types of the events that the query lets through.
  std::vector<std::string> types(const EventQuery& query) const {
    std::vector<std::string> types;
    for (const EventRow& row : list(query)) types.push_back(row.type);
    return types;
  }

  /// Runs SQL on the file as another program would.
  static void sql(const std::string& path, const char* statements) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, statements, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  static std::string sql_text(const std::string& path, const char* statement) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    std::string out;
    const auto add = [](void* to, int columns, char** values, char**) {
      for (int i = 0; i < columns; ++i) {
        static_cast<std::string*>(to)
            ->append(values[i] != nullptr ? values[i] : "-")
            .push_back(i + 1 < columns ? '|' : '\n');
      }
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, statement, add, &out, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
    return out;
  }
};

TEST_F(StoreTest, KeepsRecordsAsTheyAre) {
  fill();
  const auto json = read().record_json(sample_record().article.id);
  ASSERT_TRUE(json);
  EXPECT_EQ(*json, to_json(sample_record()));
}

TEST_F(StoreTest, CountsWhatItHolds) {
  fill();
  const auto counts = read().counts();
  EXPECT_EQ(counts.documents, 2U);
  EXPECT_EQ(counts.events, 5U);
  EXPECT_EQ(counts.statements, 1U);
  EXPECT_EQ(counts.entities, 10U);
  EXPECT_EQ(counts.failures, 0U);
}

TEST_F(StoreTest, TheSameRecordAgainChangesNothing) {
  {
    Store store = write();
    EXPECT_EQ(store.put(sample_record()), Change::kAdded);
  }
  const std::string before = sql_text(path_, "SELECT document, id, hash FROM documents");
  {
    Store store = write();
    EXPECT_EQ(store.put(sample_record()), Change::kUnchanged);
  }
  EXPECT_EQ(sql_text(path_, "SELECT document, id, hash FROM documents"), before);
  EXPECT_EQ(read().counts().events, 3U);
}

TEST_F(StoreTest, AnotherRecordOfTheDocumentTakesItsPlace) {
  Store store = write();
  store.put(sample_record());
  Record record = sample_record();
  record.origin.engine = "0.2.0";
  record.events.pop_back();
  record.events[1].about.reset();
  EXPECT_EQ(store.put(record), Change::kReplaced);
  EXPECT_EQ(store.counts().documents, 1U);
  EXPECT_EQ(store.counts().events, 2U);
  EXPECT_EQ(*store.record_json(record.article.id), to_json(record));
  for (const char* table :
       {"participants", "locations", "attributions", "statements", "quantities", "sentences", "entities"}) {
    const std::string orphans =
        std::string("SELECT count(*) FROM ") + table + " WHERE document NOT IN (SELECT document FROM documents)";
    EXPECT_EQ(sql_text(path_, orphans.c_str()), "0\n") << table;
  }
  // The words of the old sentences are forgotten too: each sentence is found once.
  EXPECT_EQ(sql_text(path_, "SELECT count(*) FROM sentence_words WHERE sentence_words MATCH 'shelled'"), "1\n");
  EXPECT_EQ(sql_text(path_, "INSERT INTO sentence_words (sentence_words) VALUES ('integrity-check')"), "");
}

TEST_F(StoreTest, HasTypedColumns) {
  fill();
  EXPECT_EQ(
      sql_text(path_,
               "SELECT type, modes, cameo, date, first_day, last_day, trigger, trigger_begin, sentence FROM events "
               "WHERE date IS NOT NULL ORDER BY type"),
      "ACCUSE|allege|112|2031-05-16|2031-05-16|2031-05-16|accused|230|4\n"
      "AGREE|-|-|2032|2032-01-01|2032-12-31|sign|78|3\n"
      "ASSAULT|heavy-weapons|194|2031-05-15|2031-05-15|2031-05-15|shelled|45|2\n");
  EXPECT_EQ(
      sql_text(path_, "SELECT kind, value, unit, votes_for, text FROM quantities ORDER BY kind"),
      "distance|30.0|mile|-|12\nkilled|12.0|people|-|12 people\nmoney|2500000.0|USD|-|$2.5 million\nvote|-|-|70|12\n");
  EXPECT_EQ(sql_text(path_, "SELECT kind, speaker, speaker_country, act, cue, content FROM statements"),
            "direct|6|XSU|say|told|We will answer every attack,\n");
  EXPECT_EQ(sql_text(path_, "SELECT engine, ontology FROM runs"), "0.1.0|PLOVER 2.0 draft\n");
  EXPECT_EQ(sql_text(path_, "PRAGMA journal_mode"), "wal\n");
}

TEST_F(StoreTest, ListsEventsByDateUndatedLast) {
  fill();
  EXPECT_THAT(types({}), ElementsAre("ASSAULT", "ACCUSE", "AGREE", "CONSULT", "REJECT"))
      << "undated events go by document id: " << sample_record().article.id << ", " << small_record().article.id;
}

TEST_F(StoreTest, FiltersByConfidence) {
  fill();
  EXPECT_THAT(types({.min_confidence = 0.7}), ElementsAre("ASSAULT", "ACCUSE", "CONSULT")) << "the bound is included";
  EXPECT_THAT(types({.min_confidence = 0.95}), IsEmpty());
  EXPECT_THAT(types({.type = "REJECT", .min_confidence = 0.3}), ElementsAre("REJECT"));
}

TEST_F(StoreTest, ARowTellsTheWholeEvent) {
  fill();
  const auto rows = list({.type = "ASSAULT"});
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].id, sample_record().article.id + "#1");
  EXPECT_EQ(
      to_json(rows[0]),
      R"({"id":")" + rows[0].id + R"(","document":")" + rows[0].document +
          R"(","source":"reports/harbour.jsonl#harbour-1","date":"2031-05-15","type":"ASSAULT","modes":"heavy-weapons",)"
          R"("status":"actual","historical":false,"actors":"Army of Norland","actor_countries":"XNO","recipients":"Sudria",)"
          R"("recipient_countries":"XSU","place":"Łódka","attribution":"Radio Sudria","score":-9.5,"confidence":0.9123,)"
          R"("trigger":"shelled","sentence":"Norland’s army shelled the port of Łódka in Sudria on Thursday, killing 12 )"
          R"(people, Radio Sudria reported."})");
}

TEST_F(StoreTest, CsvQuotesWhatRfc4180Quotes) {
  EventRow row;
  row.id = "d1#1";
  row.actors = "Berg, Ola";
  row.sentence = "He said \"no\"\nand left";
  EXPECT_EQ(csv_header(),
            "id,document,source,date,type,modes,status,historical,actors,actor_countries,recipients,"
            "recipient_countries,place,attribution,score,confidence,trigger,sentence");
  EXPECT_EQ(to_csv(row), "d1#1,,,,,,,false,\"Berg, Ola\",,,,,,0,0,,\"He said \"\"no\"\"\nand left\"");
}

TEST_F(StoreTest, FiltersByParticipant) {
  fill();
  EXPECT_THAT(types({.actor = "XSU"}), ElementsAre("ACCUSE"));
  EXPECT_THAT(types({.actor = "xsu"}), ElementsAre("ACCUSE"));
  EXPECT_THAT(types({.actor = "Norland"}), ElementsAre("ASSAULT", "AGREE", "CONSULT", "REJECT"))
      << "army of Norland is one of them";
  EXPECT_THAT(types({.actor = "army"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.actor = "asa lind"}), ElementsAre("ACCUSE")) << "without accents, part of the name";
  EXPECT_THAT(types({.actor = "orland"}), IsEmpty()) << "a part begins where a word begins";
  EXPECT_THAT(types({.actor = "ÅSA"}), ElementsAre("ACCUSE"));
  EXPECT_THAT(types({.actor = "..."}), IsEmpty());
  EXPECT_THAT(types({.recipient = "XNO"}), ElementsAre("ACCUSE"));
  EXPECT_THAT(types({.recipient = "Sudria"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.actor = "XNO", .recipient = "XSU"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.actor = "' OR 1=1 --"}), IsEmpty());
}

TEST_F(StoreTest, ThreeCapitalsAreACodeOrAWholeWord) {
  fill();
  EXPECT_THAT(types({.actor = "NOR"}), IsEmpty());
  EXPECT_THAT(types({.actor = "Nor"}), SizeIs(4));
  EXPECT_THAT(types({.actor = "ASA"}), ElementsAre("ACCUSE"));
}

TEST_F(StoreTest, FiltersByTypeStatusAndDate) {
  fill();
  EXPECT_THAT(types({.type = "CONSULT"}), ElementsAre("CONSULT"));
  EXPECT_THAT(types({.status = "alleged"}), ElementsAre("REJECT"));
  EXPECT_THAT(types({.from = "2031-05-16"}), ElementsAre("ACCUSE", "AGREE"));
  EXPECT_THAT(types({.to = "2031-05-15"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.from = "2031-05-15", .to = "2031-05-16"}), ElementsAre("ASSAULT", "ACCUSE"));
  EXPECT_THAT(types({.from = "2032-07", .to = "2032-07"}), ElementsAre("AGREE")) << "some time in 2032 may be July";
  EXPECT_THAT(types({.to = "2031"}), ElementsAre("ASSAULT", "ACCUSE"));
}

TEST_F(StoreTest, FiltersByWordsOfTheSentence) {
  fill();
  EXPECT_THAT(types({.text = "trade plan"}), ElementsAre("AGREE"));
  EXPECT_THAT(types({.text = "PLAN trade"}), ElementsAre("AGREE")) << "in any order and case";
  EXPECT_THAT(types({.text = "łódka"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.text = "shell*"}), ElementsAre("ASSAULT"));
  EXPECT_THAT(types({.text = "shell"}), IsEmpty());
  EXPECT_THAT(types({.text = "trade harbour"}), IsEmpty());
  EXPECT_THAT(types({.text = "NOT AND \" ( *"}), IsEmpty()) << "no query language";
}

TEST_F(StoreTest, FiltersByDocumentAndCounts) {
  fill();
  EXPECT_THAT(types({.document = "reports/talks.txt"}), ElementsAre("AGREE", "CONSULT"));
  EXPECT_THAT(types({.document = "talks.txt"}), ElementsAre("AGREE", "CONSULT")) << "the end of a source";
  EXPECT_THAT(types({.document = sample_record().article.id.substr(0, 8)}), SizeIs(3)) << "the beginning of an id";
  EXPECT_THROW(types({.document = "nowhere.txt"}), Failure);
  EXPECT_THAT(types({.document = sample_record().article.id}), SizeIs(3));
  EXPECT_THAT(types({.limit = 2}), ElementsAre("ASSAULT", "ACCUSE"));
}

TEST_F(StoreTest, NamesTheFaultOfAQuery) {
  EXPECT_EQ(fault_of(EventQuery{}), std::nullopt);
  EXPECT_EQ(fault_of(EventQuery{.type = "ASSAULT", .from = "2031", .status = "alleged"}), std::nullopt);
  EXPECT_THAT(fault_of(EventQuery{.type = "BOOM"})->message, HasSubstr("\"BOOM\" is none of AGREE, CONSULT"));
  EXPECT_THAT(fault_of(EventQuery{.status = "maybe"})->message,
              HasSubstr("actual, future, hypothetical, negated, alleged"));
  EXPECT_THAT(fault_of(EventQuery{.type = "assault"})->message, HasSubstr("is none of AGREE"));
  EXPECT_EQ(fault_of(EventQuery{.to = "yesterday"})->place, "to");
  EXPECT_EQ(fault_of(EventQuery{.to = "yesterday"})->message,
            "\"yesterday\" is no date; use YYYY-MM-DD, YYYY-MM or YYYY");
  EXPECT_EQ(fault_of(EventQuery{.from = "2031-02-30"})->code, ErrorCode::kUsage);
  fill();
  EXPECT_THROW(list({.type = "BOOM"}), Failure);
}

TEST_F(StoreTest, FindsADocumentByPartsOfItsNames) {
  fill();
  const Store store = read();
  const std::string id = sample_record().article.id, json = to_json(sample_record());
  EXPECT_EQ(*store.record_json("reports/harbour.jsonl#harbour-1"), json);
  EXPECT_EQ(*store.record_json("harbour-1"), json);
  EXPECT_EQ(*store.record_json(id.substr(0, 8)), json);
  EXPECT_EQ(store.record_json("sunk").error().message, "no document \"sunk\" is in the store");
  EXPECT_THAT(store.record_json(id.substr(0, 3)).error().message, HasSubstr("four characters"));
  EXPECT_EQ(store.record_json("").error().code, ErrorCode::kNotFound);
}

TEST_F(StoreTest, SaysWhereAPartIsNotEnough) {
  Store store = write();
  for (const char* source : {"a/page.html", "b/page.html"}) {
    Record record = small_record();
    record.article.source = source;
    record.article.id = article_id(source, record.article.text);
    store.put(record);
  }
  EXPECT_THAT(store.record_json("page.html").error().message, HasSubstr("give more of it"));
  EXPECT_TRUE(store.record_json("b/page.html"));
}

TEST_F(StoreTest, ASourceReadTwiceGivesItsLastText) {
  Store store = write();
  Record record = small_record();
  store.put(record);
  const std::string first = record.article.id;
  record.article.text += " It was late.";
  record.article.id = article_id(record.article.source, record.article.text);
  store.put(record);
  record.article.duplicate_of = first;  // as the store notes
  EXPECT_EQ(store.counts().documents, 2U);
  EXPECT_EQ(*store.record_json("reports/talks.txt"), to_json(record));
  EXPECT_EQ(*store.record_json("talks.txt"), to_json(record));
}

TEST_F(StoreTest, FindsTheRecordOfAnEvent) {
  fill();
  const Store store = read();
  const std::string id = sample_record().article.id, json = to_json(sample_record());
  EXPECT_EQ(*store.record_json_of_event(id + "#3"), json);
  EXPECT_EQ(*store.record_json_of_event("harbour-1#1"), json);
  EXPECT_EQ(*store.record_json_of_event(id.substr(0, 9) + "#2"), json);
  for (const std::string& none : {id + "#4", id + "#0", id + "#", id + "#01", id, std::string("#1"), std::string()}) {
    EXPECT_EQ(store.record_json_of_event(none).error().code, ErrorCode::kNotFound) << none;
  }
}

TEST_F(StoreTest, NotesFailuresOnceAndForgetsThem) {
  Store store = write();
  const Error error = {ErrorCode::kNoArticle, "holds no article", "reports/talks.txt"};
  store.put_failure("reports/talks.txt", error);
  store.put_failure("reports/talks.txt", error);
  EXPECT_EQ(store.counts().failures, 1U);
  EXPECT_EQ(sql_text(path_, "SELECT source, code, message FROM failures"),
            "reports/talks.txt|no-article|holds no article\n");
  store.put(small_record());
  EXPECT_EQ(store.counts().failures, 0U);
}

TEST_F(StoreTest, AnEmptyStoreIsAStore) {
  write();
  EXPECT_THAT(list({}), IsEmpty());
  EXPECT_EQ(read().counts().documents, 0U);
}

TEST_F(StoreTest, IsOneFileWhenClosed) {
  fill();
  EXPECT_FALSE(fs::exists(path_.string() + "-wal"));
  EXPECT_FALSE(fs::exists(path_.string() + "-shm"));
}

TEST_F(StoreTest, RefusesWhatIsNoStore) {
  const std::string text = folder_ / "notes.txt", empty = folder_ / "empty.db", foreign = folder_ / "foreign.db";
  std::ofstream(text) << std::string(5000, 'x');
  std::ofstream(empty).flush();
  sql(foreign, "CREATE TABLE songs (title TEXT)");
  for (const auto mode : {Store::Mode::kRead, Store::Mode::kWrite}) {
    EXPECT_EQ(failure_of(text, mode), "is no Dragoman store (it is no SQLite file)");
    EXPECT_EQ(failure_of(foreign, mode), "is an SQLite file of another program, no Dragoman store");
    EXPECT_EQ(failure_of(folder_, mode), "is a folder, not a store");
  }
  EXPECT_THAT(failure_of(empty, Store::Mode::kRead), HasSubstr("is an empty file"));
  EXPECT_THAT(failure_of(path_, Store::Mode::kRead), HasSubstr("is not there"));
  EXPECT_FALSE(fs::exists(path_)) << "looking makes no file";
  EXPECT_THAT(failure_of(folder_ / "nowhere" / "a.db", Store::Mode::kWrite), HasSubstr("there is no folder"));
  EXPECT_THAT(failure_of(text + "/a.db", Store::Mode::kWrite), HasSubstr("there is no folder"));
  // And what was refused is as it was.
  EXPECT_EQ(fs::file_size(text), 5000U);
  EXPECT_EQ(sql_text(foreign, "SELECT name FROM sqlite_schema"), "songs\n");
}

TEST_F(StoreTest, FillsAnEmptyFile) {
  std::ofstream(path_).flush();
  fill();
  EXPECT_EQ(read().counts().documents, 2U);
}

TEST_F(StoreTest, RefusesANewerStore) {
  fill();
  sql(path_, ("PRAGMA user_version = " + std::to_string(store::kSchemaVersion + 1)).c_str());
  for (const auto mode : {Store::Mode::kRead, Store::Mode::kWrite}) {
    EXPECT_EQ(
        failure_of(path_, mode),
        "was made by a newer Dragoman (store version 11, this program knows 10); use that program or a newer one");
  }
}

TEST_F(StoreTest, RefusesADamagedStore) {
  fill();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(4096 * 20, '\xA5');
  }
  try {
    const auto rows = list({});
    FAIL() << "read " << rows.size() << " events from a damaged file";
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().message, HasSubstr("is damaged"));
  }
}

TEST_F(StoreTest, CannotWriteWhereItReads) {
  fill();
  Store store = read();
  EXPECT_THROW(store.put(sample_record()), Failure);
}

TEST_F(StoreTest, NeedsNoWriteAccessToRead) {
  if (geteuid() == 0) GTEST_SKIP() << "nothing is read-only to root";
  fill();
  fs::permissions(path_, fs::perms::owner_read);
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(read().counts().documents, 2U);
  EXPECT_THAT(failure_of(folder_ / "new.db", Store::Mode::kWrite), HasSubstr("cannot be opened"));
  fs::permissions(folder_, fs::perms::owner_all);
}

TEST_F(StoreTest, AReaderSeesWholeDocumentsWhileAnotherWrites) {
  Store writer = write();
  const Store reader = read();
  writer.put(sample_record());
  EXPECT_EQ(reader.counts().documents, 1U);
  sqlite3* other = nullptr;  // a writer in the middle of its transaction
  ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE; DELETE FROM events", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(reader.counts().events, 3U);
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
}

TEST_F(StoreTest, SaysThatAnotherProgramIsWriting) {
  fill();
  const Store other = write();  // keeps the log, so that the lock below is one on it
  store::Database first(path_, store::Database::Mode::kWrite);
  store::Database second(path_, store::Database::Mode::kWrite, 10);
  const store::Transaction writing(first);
  try {
    const store::Transaction too(second);
    FAIL() << "two wrote at once";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().message, "is being written by another program; try again when that has finished");
    EXPECT_EQ(failure.error().place, path_);
  }
}

TEST_F(StoreTest, AKilledWriterLeavesNothingHalfDone) {
  fill();
  const pid_t child = fork();
  if (child == 0) {
    sqlite3* database = nullptr;
    sqlite3_open(path_.c_str(), &database);
    sqlite3_exec(database, "PRAGMA cache_spill = 1; BEGIN IMMEDIATE; DELETE FROM events; DELETE FROM entities", nullptr,
                 nullptr, nullptr);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(list({}), SizeIs(5));
  Store store = write();
  EXPECT_EQ(store.put(sample_record()), Change::kUnchanged);
}

TEST_F(StoreTest, AFailedPutLeavesNothing) {
  Store store = write();
  Record record = small_record();
  store.put(sample_record());
  sql(path_, "CREATE TRIGGER stop BEFORE INSERT ON participants BEGIN SELECT RAISE(ABORT, 'no'); END");
  EXPECT_THROW(store.put(record), Failure);
  EXPECT_EQ(store.counts().documents, 1U);
  sql(path_, "DROP TRIGGER stop");
  EXPECT_EQ(store.put(record), Change::kAdded);
}

template <class Row, class Query>
std::vector<std::string> lines(const Store& store,
                               void (Store::*list)(const Query&, const std::function<void(const Row&)>&) const,
                               const Query& query) {
  std::vector<std::string> all;
  (store.*list)(query, [&](const Row& row) { all.push_back(to_json(row)); });
  return all;
}

TEST_F(StoreTest, PagesGoOnWhereTheLastEnded) {
  fill();
  for (const EventOrder order : {EventOrder::kDate, EventOrder::kNewest, EventOrder::kConfidence, EventOrder::kScore}) {
    EventQuery query;
    query.order = order;
    const auto whole = list(query);
    ASSERT_THAT(whole, SizeIs(5));
    query.limit = 2;
    std::vector<std::string> paged;
    while (true) {
      const auto page = list(query);
      if (page.empty()) break;
      for (const EventRow& row : page) paged.push_back(row.id);
      query.after = page.back().id;
    }
    std::vector<std::string> ids;
    for (const EventRow& row : whole) ids.push_back(row.id);
    EXPECT_EQ(paged, ids) << static_cast<int>(order);
  }
}

TEST_F(StoreTest, SortsByWhatIsAskedFor) {
  fill();
  EventQuery query;
  query.order = EventOrder::kScore;
  const auto rows = list(query);
  for (size_t i = 1; i < rows.size(); ++i) EXPECT_LE(rows[i - 1].score, rows[i].score);
  query.order = EventOrder::kNewest;
  EXPECT_GE(list(query).front().date, "2031");
}

TEST_F(StoreTest, APageBehindAnUnknownEventIsAFault) {
  fill();
  EventQuery query;
  query.after = "d00000000000000000000#1";
  EXPECT_THROW(list(query), Failure);
}

TEST_F(StoreTest, FindsStatementsByEachFilter) {
  fill();
  const Store store = read();
  const auto found = [&](StatementQuery query) { return lines<StatementRow>(store, &Store::statements, query).size(); };
  EXPECT_EQ(found({}), 1U);
  for (const auto& [field, yes, no] : std::vector<std::tuple<std::string StatementQuery::*, std::string, std::string>>{
           {&StatementQuery::speaker, "XSU", "XNO"},
           {&StatementQuery::speaker, "lindq", "nobody"},
           {&StatementQuery::addressee, "reporters", "ministers"},
           {&StatementQuery::text, "answer every", "answer nothing"},
           {&StatementQuery::kind, "direct", "mixed"},
           {&StatementQuery::from, "2031-05", "2031-06"},
           {&StatementQuery::to, "2031-05-16", "2030"}}) {
    StatementQuery query;
    query.*field = yes;
    EXPECT_EQ(found(query), 1U) << yes;
    query.*field = no;
    EXPECT_EQ(found(query), 0U) << no;
  }
  StatementQuery query;
  query.document = sample_record().article.id;
  EXPECT_EQ(found(query), 1U);
  query.document = "d1";
  EXPECT_THROW(found(query), Failure);
}

TEST_F(StoreTest, StatementsTellSpeakerAddresseeAndWords) {
  fill();
  const auto json = nlohmann::json::parse(lines<StatementRow>(read(), &Store::statements, StatementQuery()).front());
  EXPECT_EQ(json["id"], sample_record().article.id + "#s1");
  EXPECT_EQ(json["speaker"], "Åsa Lindqvist");
  EXPECT_EQ(json["addressees"], "reporters");
  EXPECT_THAT(json["content"].get<std::string>(), HasSubstr("We will answer every attack"));
}

/// A report of one day in which Sudria's minister takes a stance.
Record report_of_stance(const char* day, Stance stance) {
  Record record = sample_record();
  record.article.source = std::string("reports/") + day;
  record.article.id = article_id(record.article.source, record.article.text);
  record.article.published->value = day;
  for (Event& event : record.events) event.date.reset();
  for (Statement& statement : record.statements) statement.date.reset();
  record.positions = {{5, "arms-supplies", 0, stance, {1}, {0}}};
  return record;
}

TEST_F(StoreTest, PositionsTellChangesOfStance) {
  {
    Store store = write();  // the later first: the order of reading plays no part
    store.put(report_of_stance("2031-07-01", Stance::kAgainst));
    store.put(report_of_stance("2031-05-01", Stance::kFor));
    store.put(report_of_stance("2031-06-01", Stance::kFor));
  }
  const Store store = read();
  std::vector<std::string> told;
  const auto tell = [&](const PositionRow& row) { told.push_back(row.date + " " + row.stance + " " + row.before); };
  PositionQuery query;
  query.actor = "XSU";
  query.issue = "arms-supplies";
  store.positions(query, tell);
  EXPECT_THAT(told, ElementsAre("2031-05-01 for ", "2031-06-01 for ", "2031-07-01 against for"));
  told.clear();
  query.changes = true;
  store.positions(query, tell);
  EXPECT_THAT(told, ElementsAre("2031-07-01 against for"));
  query.changes = false;
  query.to = "2031-05";
  told.clear();
  store.positions(query, tell);
  EXPECT_THAT(told, ElementsAre("2031-05-01 for "));
}

TEST_F(StoreTest, PositionsNameTheirEvidence) {
  write().put(report_of_stance("2031-05-01", Stance::kFor));
  const auto json = nlohmann::json::parse(lines<PositionRow>(read(), &Store::positions, PositionQuery()).front());
  const std::string id = json["document"];
  EXPECT_EQ(json["evidence"], id + "#2; " + id + "#s1");
  EXPECT_EQ(json["object"], "Norland");
}

TEST_F(StoreTest, CountsByEachKey) {
  fill();
  const Store store = read();
  for (const std::string& key : count_keys()) {
    uint64_t events = 0;
    store.count({{}, {key}}, [&](const CountRow& row) { events += row.events; });
    EXPECT_GE(events, 5U) << key;
  }
}

TEST_F(StoreTest, CountsDyadsWithAndWithoutStatus) {
  fill();
  const Store store = read();
  CountQuery query;
  query.by = {"actor", "recipient"};
  query.events.type = "ASSAULT";
  std::vector<std::string> rows;
  store.count(query, [&](const CountRow& row) { rows.push_back(to_csv(row)); });
  EXPECT_THAT(rows, ElementsAre("XNO,XSU,1,1,1,-9.5"));
  EXPECT_EQ(counts_csv_header(query.by), "actor,recipient,events,actual,documents,score");
}

TEST_F(StoreTest, AnEventOfTwoActorsOfOneCountryCountsOnce) {
  Record record = small_record();
  for (Event& event : record.events) {
    event.actors.resize(1);
    event.actors.push_back(event.actors.front());
  }
  write().put(record);
  uint64_t events = 0;
  read().count({{}, {"actor"}}, [&](const CountRow& row) { events += row.events; });
  EXPECT_EQ(events, record.events.size());
}

TEST(Queries, NameTheirFaults) {
  const auto message = [](const auto& query) {
    const auto fault = fault_of(query);
    return fault ? fault->message : "";
  };
  StatementQuery statements;
  statements.kind = "loud";
  EXPECT_EQ(message(statements), "\"loud\" is none of direct, indirect, mixed");
  PositionQuery positions;
  positions.stance = "maybe";
  EXPECT_THAT(message(positions), "\"maybe\" is none of for, against, conditional, neutral");
  positions = {};
  positions.from = "May";
  EXPECT_THAT(message(positions), HasSubstr("is no date"));
  EXPECT_THAT(message(CountQuery()), HasSubstr("tell what to count by"));
  EXPECT_THAT(message(CountQuery{{}, {"moon"}}), HasSubstr("\"moon\" is none of actor, recipient"));
  EXPECT_THAT(message(CountQuery{{}, {"type", "type"}}), HasSubstr("twice"));
}

/// The shelling as another paper tells it, in other words, with another number of dead.
Record other_report(const char* source, const char* publisher, double killed) {
  Record record = sample_record();
  Article& article = record.article;
  article.source = source;
  article.publisher = publisher;
  article.published->value = "2031-05-17";
  article.text.replace(article.text.find("told reporters"), 14, "said in a hall");
  article.id = article_id(source, article.text);
  record.quantities[0].value = killed;
  record.events[0].confidence = 0.5;
  return record;
}

std::vector<Story> stories(const Store& store, const StoryQuery& query = {}) {
  std::vector<Story> all;
  store.stories(query, [&](const Story& story) { all.push_back(story); });
  return all;
}

std::vector<Story> shellings(Store& store) {
  store.join();
  StoryQuery query;
  query.events.type = "ASSAULT";
  return stories(store, query);
}

TEST_F(StoreTest, TwoPapersTellOneStory) {
  Store store = write();
  store.put(sample_record());
  store.put(other_report("b/harbour", "Sea Herald", 14));
  const auto all = shellings(store);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].n_reports, 2U);
  EXPECT_EQ(all[0].events.front(), sample_record().article.id + "#1");
  EXPECT_EQ(all[0].first_report, "2031-05-16");
  EXPECT_EQ(all[0].last_report, "2031-05-17");
  EXPECT_EQ(all[0].actors, "Army of Norland");
}

TEST_F(StoreTest, ValuesThatDifferStandSideBySide) {
  Store store = write();
  Record other = other_report("b/harbour", "Sea Herald", 14);
  other.events[0].attribution.clear();
  store.put(sample_record());
  store.put(other);
  const auto all = shellings(store);
  ASSERT_THAT(all, SizeIs(1));
  std::vector<std::string> killed;
  for (const StoryValue& value : all[0].values) {
    if (value.field == "killed") killed.push_back(value.value + " " + value.according_to);
  }
  EXPECT_THAT(killed, ElementsAre("12 Radio Sudria", "14 Sea Herald"));
}

TEST_F(StoreTest, CopiesOfAWireTextAreOneSource) {
  Store store = write();
  store.put(sample_record());
  store.put(other_report("b/harbour", "Sea Herald", 12));  // the same text but for three words
  Record own = other_report("c/harbour", "Wend Post", 12);
  const Span shelling = own.sentences[1];
  for (size_t i = shelling.end; i < own.article.text.size(); ++i) {  // a text of its own after the shelling
    if (own.article.text[i] == 'e') own.article.text[i] = 'o';
  }
  own.article.id = article_id(own.article.source, own.article.text);
  own.statements.clear();
  own.positions.clear();  // they rest on the statements
  store.put(own);
  const auto all = shellings(store);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].n_reports, 3U);
  EXPECT_EQ(all[0].n_sources, 2U);
}

TEST_F(StoreTest, ActsOfOtherDaysOrPartiesAreOtherStories) {
  Record later = other_report("b/harbour", "Sea Herald", 14);
  later.events[0].date->value = "2031-06-20";
  Record swapped = other_report("c/harbour", "Wend Post", 14);
  std::swap(swapped.events[0].actors, swapped.events[0].recipients);
  Record denied = other_report("d/harbour", "Gull", 14);
  denied.events[0].status = Status::kNegated;
  Store store = write();
  for (const Record& record : {sample_record(), later, swapped, denied}) store.put(record);
  EXPECT_THAT(shellings(store), SizeIs(4));
}

TEST_F(StoreTest, StoriesAreTheSameInAnyOrderOfAdding) {
  std::vector<Record> records = {sample_record(), small_record(), other_report("b/harbour", "Sea Herald", 14),
                                 other_report("c/harbour", "Wend Post", 13),
                                 report_of_stance("2031-06-01", Stance::kFor)};
  const auto told = [&](const std::string& name) {
    Store store = Store::open(folder_ / name, Store::Mode::kWrite);
    for (const Record& record : records) {
      store.put(record);
      if (record.events.size() < 3) store.join();
    }
    store.join();
    std::vector<std::string> lines;
    for (const Story& story : stories(store)) lines.push_back(to_json(story));
    return lines;
  };
  const auto first = told("a.db");
  EXPECT_THAT(first, SizeIs(::testing::Gt(3)));
  for (int turn = 0; turn < 6; ++turn) {
    std::rotate(records.begin(), records.begin() + 1, records.end());
    if (turn % 2 == 0) std::swap(records[1], records[3]);
    EXPECT_EQ(told("b" + std::to_string(turn) + ".db"), first);
  }
}

TEST_F(StoreTest, AnOldIdFindsAStoryThatHasGrown) {
  Store store = write();
  store.put(other_report("b/harbour", "Sea Herald", 14));
  const std::string old = shellings(store).front().id;
  store.put(sample_record());  // published before: the first report now
  store.join();
  StoryQuery query;
  query.story = old;
  const auto found = stories(store, query);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NE(found[0].id, old);
  EXPECT_EQ(found[0].n_reports, 2U);
  query.min_reports = 3;
  EXPECT_THAT(stories(store, query), IsEmpty());
}

TEST(Sketch, TellsCopiesFromOtherTexts) {
  std::string text = "Ministers of the bay met on Monday to speak of grain, ships and the price of salt in the north.";
  const auto sketch = store::sketch_of(text);
  EXPECT_EQ(
      store::resemblance(sketch, store::sketch_of("MINISTERS of the bay met, on Monday, to speak of grain, ships and "
                                                  "the price of salt in the north")),
      1.0);
  EXPECT_EQ(store::sketch_from_hex(store::to_hex(sketch)), sketch);
  EXPECT_GT(store::resemblance(sketch, store::sketch_of(text + " They will meet again.")), 0.5);
  EXPECT_LT(
      store::resemblance(sketch, store::sketch_of("Guns were heard at the port while the council of Wend slept.")),
      0.1);
}

// What stores hold must be what any machine makes of the text.
TEST(Sketch, IsTheSameEverywhere) {
  const auto begin_of = [](std::string_view text) { return store::to_hex(store::sketch_of(text)).substr(0, 32); };
  EXPECT_EQ(begin_of("Ministers of the bay met on Monday to speak of grain, ships and the price of salt in the north."),
            "2d2d8de000622ded024b84960c921b70");
  EXPECT_EQ(begin_of("Łódź: Über"), "b16284c1ddc57231233bd6e49441f823");
  EXPECT_EQ(begin_of(""), std::string(32, 'f'));
}

TEST(Join, StemsOfFormsAreOne) {
  EXPECT_EQ(store::stem_of("was arrested"), store::stem_of("arrests"));
  EXPECT_EQ(store::stem_of("shot"), store::stem_of("shooting"));
  EXPECT_NE(store::stem_of("shelled"), store::stem_of("accused"));
  EXPECT_EQ(store::stem_of("nominated"), store::stem_of("nominations"));
  EXPECT_EQ(store::stem_of("expelled"), store::stem_of("expels"));
  EXPECT_EQ(store::stem_of("was cancelled"), store::stem_of("cancels"));
  EXPECT_EQ(store::stem_of("killed"), store::stem_of("kill"));
  EXPECT_EQ(store::stem_of("recalled"), store::stem_of("recalls"));
  EXPECT_EQ(store::stem_of("quelled"), store::stem_of("quells"));
  EXPECT_EQ(store::stem_of("were shot"), store::stem_of("shootings"));
  EXPECT_EQ(store::stem_of("had fallen"), store::stem_of("fell"));
  EXPECT_EQ(store::stem_of("killed"), store::stem_of("murders"));
  EXPECT_EQ(store::stem_of("invaded"), store::stem_of("invasion"));
  EXPECT_NE(store::stem_of("killed"), store::stem_of("shot"));
  EXPECT_NE(store::stem_of("stations"), store::stem_of("stated"));
}

TEST_F(StoreTest, CheckFindsWhatWasChanged) {
  fill();
  EXPECT_THAT(read().check(), IsEmpty());
  sql(path_, "UPDATE documents SET record = replace(record, 'Talks', 'Walks') WHERE source = 'reports/talks.txt'");
  EXPECT_THAT(read().check(), ElementsAre(HasSubstr("is not the one that was put")));
  sql(path_, "DELETE FROM quantities WHERE ordinal = 1");
  EXPECT_THAT(read().check(), SizeIs(2));
}

TEST_F(StoreTest, AFailureNamesTheDocumentAndKeepsNothingOfItsTransaction) {
  write();
  sql(path_,
      "CREATE TRIGGER no BEFORE INSERT ON documents WHEN new.source LIKE '%talks.txt' BEGIN SELECT RAISE(ABORT, "
      "'not this one'); END");
  try {
    write().put({small_record(), sample_record()});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.error().message,
              "failed: not this one; this came at reports/talks.txt, and none of the 2 documents that were put with it "
              "is kept");
  }
  EXPECT_EQ(read().counts().documents, 0U);
  sql(path_, "DROP TRIGGER no");
  fill();
  EXPECT_EQ(read().counts().documents, 2U);
  EXPECT_THAT(read().check(), IsEmpty());
}

TEST_F(StoreTest, ADocumentPutTwiceAtOnceStandsAsItWasPutLast) {
  Record again = sample_record();
  again.origin.model = "another";
  Store store = write();
  EXPECT_THAT(store.put({small_record(), sample_record(), again}),
              ElementsAre(Change::kAdded, Change::kAdded, Change::kReplaced));
  EXPECT_THAT(store.put({small_record(), again}), ElementsAre(Change::kUnchanged, Change::kUnchanged));
  EXPECT_EQ(store.put(sample_record()), Change::kReplaced);
  EXPECT_THAT(store.check(), IsEmpty());
  const auto all = list({});
  const auto told = std::count_if(all.begin(), all.end(),
                                  [](const EventRow& row) { return row.sentence.find("army") != std::string::npos; });
  EXPECT_GT(told, 0);
  EXPECT_THAT(list({.text = "army"}), SizeIs(told));
}

TEST_F(StoreTest, TablesHaveTheCellsOfCsv) {
  fill();
  for (const EventRow& row : list({})) {
    const TableRow table = to_table(row);
    std::vector<std::string> names, cells;
    for (const TableColumn& column : table.columns) names.push_back(column.name);
    for (const std::string& cell : table.cells) cells.push_back(base::csv_field(cell));
    EXPECT_EQ(base::join(names, ","), csv_header());
    EXPECT_EQ(base::join(cells, ","), to_csv(row));
    EXPECT_EQ(table.columns[14].type, "number");
    EXPECT_EQ(table.columns[7].type, "boolean");
  }
  EXPECT_EQ(to_table(CountRow{{"CHN"}, 3, 2, 1, 0.5}, {"actor"}).cells,
            (std::vector<std::string>{"CHN", "3", "2", "1", "0.5"}));
}

// A store as version 1 left it: without what later ones added.
constexpr const char* kBackToVersion1 =
    "DROP TABLE addressees; DROP TABLE statement_sources; DROP TABLE position_evidence; DROP TABLE event_quantities;"
    "DROP TABLE event_instruments; DROP TABLE sketches; DROP TABLE unjoined; DROP TABLE document_words; DROP TABLE "
    "tellings;"
    "DROP TABLE telling_keys; DROP TABLE reports; DROP TABLE stories; DROP TABLE threads; DROP TABLE tallies;"
    "DROP TABLE instrument_names; DROP TABLE unthreaded; DROP TABLE IF EXISTS corrections; DROP TRIGGER spans_removed; "
    "DROP TABLE story_cells; DROP TABLE storylines; DROP TABLE changed_storylines; DROP TABLE histories; DROP TABLE "
    "history_members; DROP "
    "TABLE changed_histories; DROP INDEX positions_by_cell; DROP INDEX statements_by_day; ALTER TABLE statements DROP "
    "COLUMN speaker_folded; CREATE INDEX statements_by_day ON statements (day); ALTER TABLE positions DROP COLUMN "
    "country; ALTER TABLE "
    "positions DROP COLUMN folded; ALTER TABLE positions DROP COLUMN cell; ALTER TABLE positions DROP COLUMN place; "
    "DROP TABLE event_cells; DROP TABLE spots; DROP TABLE spans; DROP TABLE "
    "tally_parts; DROP INDEX documents_by_number; DROP INDEX "
    "events_by_confidence; DROP "
    "INDEX events_by_score; DROP INDEX events_by_day; ALTER TABLE "
    "events DROP COLUMN "
    "sentence_row; CREATE INDEX events_by_day ON events (first_day); DROP INDEX statements_by_day; DROP INDEX "
    "documents_by_day; ALTER TABLE statements DROP COLUMN day; ALTER TABLE statements "
    "DROP "
    "COLUMN first_day;"
    "ALTER TABLE statements DROP COLUMN last_day; DROP TABLE party_words; CREATE TABLE old (document INTEGER NOT NULL, "
    "event INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER NOT NULL, entity INTEGER NOT NULL, country TEXT, "
    "sectors TEXT, begin INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY "
    "(document, event, role, ordinal), FOREIGN KEY (document, event) REFERENCES events ON DELETE CASCADE) STRICT, "
    "WITHOUT ROWID; INSERT INTO old SELECT document, event, role, ordinal, entity, country, sectors, begin, end, text, "
    "score FROM participants; DROP TABLE participants; ALTER TABLE old RENAME TO participants; DROP TABLE parties; "
    "CREATE INDEX participants_by_country ON participants (country) WHERE country IS NOT NULL; CREATE TRIGGER "
    "sentences_added AFTER INSERT ON sentences BEGIN INSERT INTO sentence_words (rowid, text) VALUES (new.sentence, "
    "new.text); END; PRAGMA user_version = 1";

TEST_F(StoreTest, AnOlderStoreIsBroughtUpToDateAndACopyKept) {
  fill();
  constexpr const char* kAll[] = {"SELECT * FROM addressees",
                                  "SELECT * FROM statement_sources",
                                  "SELECT * FROM position_evidence",
                                  "SELECT * FROM event_quantities",
                                  "SELECT * FROM event_instruments",
                                  "SELECT * FROM sketches",
                                  "SELECT * FROM statements",
                                  "SELECT * FROM instrument_names",
                                  "SELECT level, a, b, hex(cells) FROM tallies",
                                  "SELECT * FROM unjoined",
                                  "SELECT * FROM spans",
                                  "SELECT * FROM positions",
                                  "SELECT document, length(cells), first_day, last_day, publisher FROM event_cells",
                                  "SELECT document, ordinal, sentence_row FROM events",
                                  "SELECT p.document, event, role, ordinal, text, score, name, p.country FROM "
                                  "participants p JOIN parties USING (party) ORDER BY 1, 2, 3, 4",
                                  "SELECT name, country, folded FROM parties ORDER BY 1, 2",
                                  "SELECT count(*) FROM party_words"};
  {
    store::Database database(path_, store::Database::Mode::kWrite);
    store::fold_tallies(database);
  }
  std::vector<std::string> before;
  for (const char* table : kAll) before.push_back(sql_text(path_, table));
  EXPECT_FALSE(before.front().empty());
  sql(path_, kBackToVersion1);
  write();
  for (size_t i = 0; i < before.size(); ++i) EXPECT_EQ(sql_text(path_, kAll[i]), before[i]) << kAll[i];
  EXPECT_EQ(sql_text(path_, "PRAGMA user_version"), "10\n");
  EXPECT_EQ(sql_text(path_.string() + ".version1", "PRAGMA user_version"), "1\n");
  EXPECT_EQ(sql_text(path_.string() + ".version1", "SELECT count(*) FROM events"), "5\n");
  EXPECT_THAT(read().check(), IsEmpty());
}

TEST_F(StoreTest, AnOlderStoreIsReadAsItIs) {
  fill();
  sql(path_, kBackToVersion1);
  EXPECT_THAT(list({}), SizeIs(5));
  try {
    read().statements({}, [](const StatementRow&) {});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_THAT(failure.error().message, HasSubstr("dragoman check --upgrade"));
  }
}

TEST(QueryFields, IssuesAreThoseOfThePage) {
  std::ifstream file("docs/commands/positions.md");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  PositionQuery query;
  for (const QueryField<PositionQuery>& field : fields_of(query)) {
    if (field.name != "issue") continue;
    EXPECT_THAT(field.choices, SizeIs(48));
    for (const std::string& key : field.choices) EXPECT_THAT(page, HasSubstr("| `" + key + "` |"));
  }
  query.issue = "ceasefire";
  EXPECT_FALSE(fault_of(query));
  query.issue = "cease-fire";
  ASSERT_TRUE(fault_of(query));
  EXPECT_THAT(fault_of(query)->message, HasSubstr("is none of ceasefire, peace-talks"));
}

// docs/formats/store.md names each table and column.
TEST_F(StoreTest, IsDescribedOnItsPage) {
  write();
  std::ifstream file("docs/formats/store.md");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  std::istringstream columns(sql_text(path_,
                                      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                                      "WHERE t.type = 'table' AND t.name NOT LIKE 'sentence_words%'"));
  std::string line;
  int seen = 0;
  while (std::getline(columns, line)) {
    const std::string table = line.substr(0, line.find('|')), column = line.substr(line.find('|') + 1);
    const size_t section = page.find("\n### " + table + "\n");
    ASSERT_NE(section, std::string::npos) << table;
    const std::string text = page.substr(section, page.find("\n### ", section + 1) - section);
    EXPECT_THAT(text, HasSubstr('`' + column + '`')) << table;
    ++seen;
  }
  EXPECT_GT(seen, 80);
}

// SQLite would keep these in memory.
TEST_F(StoreTest, NamesOfSQLiteAreNamesOfFiles) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  for (const char* name : {":memory:", "file:news.db?mode=memory"}) {
    Store::open(name, Store::Mode::kWrite).put(small_record());
    EXPECT_TRUE(fs::exists(folder_ / name)) << name;
    EXPECT_EQ(Store::open(name, Store::Mode::kRead).counts().documents, 1U) << name;
  }
  fs::current_path(before);
}

TEST(Days, OfEachPrecision) {
  const auto days = [](const char* date) {
    const auto found = store::days_of(date);
    return found ? found->first + " " + found->second : std::string("none");
  };
  EXPECT_EQ(days("2024-02-29"), "2024-02-29 2024-02-29");
  EXPECT_EQ(days("2024-02-29T10:00:00Z"), "2024-02-29 2024-02-29");
  EXPECT_EQ(days("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(days("2023"), "2023-01-01 2023-12-31");
  EXPECT_EQ(days("199"), "1990-01-01 1999-12-31");
  EXPECT_EQ(days("199X"), "1990-01-01 1999-12-31");
  EXPECT_EQ(days("2023-02-20/2023-02-26"), "2023-02-20 2023-02-26");
  EXPECT_EQ(days("2023-02/2023-04"), "2023-02-01 2023-04-30");
  for (const char* none : {"", "2023-13", "2023-02-30", "May", "2023/", "20230201", "2023_02", "-1-1"})
    EXPECT_EQ(days(none), "none") << none;
}

TEST(Folded, ComparesNamesAcrossAlphabetsAndMarks) {
  EXPECT_EQ(store::folded("Côte d'Ivoire"), " cote d ivoire");
  EXPECT_EQ(store::folded("Łódka—Port"), " lodka port");
  EXPECT_EQ(store::folded("  U.N. "), " u n");
  EXPECT_EQ(store::folded("Straße"), " strasse");
  EXPECT_EQ(store::folded("Киев"), " киев");
  EXPECT_EQ(store::folded("…"), "");
}

}  // namespace
}  // namespace dragoman
