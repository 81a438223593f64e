// SPDX-License-Identifier: Apache-2.0
// What the store keeps beside the rows (stories, storylines, counts, names of instruments) is what the rows say, in
// whatever order documents came and went.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "document/testing.h"
#include "dragoman/store.h"
#include "store/check.h"
#include "store/counting.h"
#include "store/found_events.h"
#include "store/instrument_names.h"
#include "store/instrument_steps.h"
#include "store/join.h"
#include "store/made_news.h"
#include "store/sqlite.h"
#include "store/story_cells.h"
#include "store/test_folder.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;
using store::Database;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::sample_record;
using ::testing::SizeIs;

class KeepingTest : public store::TestFolder {
 protected:
  Store store(const std::string& name = "news.db") const { return Store::open(folder_ / name, Store::Mode::kWrite); }
};

/// Few states, days and papers, so that much is told twice.
testing::MadeNews small_world() {
  testing::MadeNews news;
  news.events = 6;
  news.countries = 8;
  news.days = 40;
  news.publishers = 5;
  return news;
}

std::vector<Record> made(size_t count) {
  std::vector<Record> records;
  for (size_t i = 0; i < count; ++i) records.push_back(testing::made_record(small_world(), i));
  return records;
}

std::vector<std::string> stories(const Store& store, const StoryQuery& query = {}) {
  std::vector<std::string> all;
  store.stories(query, [&](const Story& story) { all.push_back(to_json(story)); });
  return all;
}

/// Page after page.
std::vector<std::string> paged_stories(const Store& store, StoryQuery query) {
  std::vector<std::string> all;
  for (bool more = true; more;) {
    more = false;
    store.stories(query, [&](const Story& story) {
      all.push_back(to_json(story));
      query.after = story.id;
      more = true;
    });
  }
  return all;
}

std::vector<std::string> storylines(const Store& store, const StorylineQuery& query = {}) {
  std::vector<std::string> all;
  store.storylines(query, [&](const Storyline& one) { all.push_back(to_json(one)); });
  return all;
}

std::vector<InstrumentHistory> instruments(const Store& store, const InstrumentQuery& query = {}) {
  std::vector<InstrumentHistory> all;
  store.instruments(query, [&](const InstrumentHistory& one) { all.push_back(one); });
  return all;
}

std::vector<std::string> counts(const Store& store, const CountQuery& query) {
  std::vector<std::string> all;
  store.count(query, [&](const CountRow& row) { all.push_back(to_csv(row)); });
  return all;
}

TEST(Text, IsAsLikeAsItsWords) {
  std::mt19937 random(3);
  std::vector<std::string> texts = {"", "a word", "war", "war and war again"};
  for (int i = 0; i < 20; ++i) {
    std::string& text = texts.emplace_back();
    for (size_t k = random() % 900; k > 0; --k) text.append(" w").append(std::to_string(random() % (100 << i % 4)));
  }
  double most = 0;
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      const double like = store::likeness(store::words_of(a), store::words_of(b));
      EXPECT_EQ(store::Text(store::words_of(a)).likeness(store::Text(store::words_of(b))), like);
      if (&a != &b) most = std::max(most, like);
    }
  }
  EXPECT_GT(most, 0.3);
  EXPECT_LT(most, 1);
}

/// Which reports are together, whatever their stories' numbers.
std::vector<size_t> first_of_each(const std::vector<uint32_t>& stories) {
  std::vector<size_t> first;
  for (const uint32_t one : stories) {
    first.push_back(static_cast<size_t>(std::find(stories.begin(), stories.end(), one) - stories.begin()));
  }
  return first;
}

/// Reports of two acts told on many days, each by a text of its own that is a little like all others.
std::vector<store::Report> told_each_day(std::mt19937& random, size_t count, std::vector<store::Text>& texts) {
  std::vector<store::Report> reports;
  for (uint32_t i = 0; i < count; ++i) {
    std::string text;
    for (size_t k = 20 + random() % 60; k > 0; --k) text.append(" w").append(std::to_string(random() % 160));
    texts.emplace_back(store::words_of(text));
    store::Report one;
    one.id = std::to_string(store::key_of(text));
    one.document = i;
    one.type = "CONSULT";
    one.stem = 1 + static_cast<uint32_t>(random() % 2);
    const int day = static_cast<int>(random() % 60);
    one.days = {day, day};
    one.actors = {1 + static_cast<uint32_t>(random() % 2)};
    one.recipients = {3};
    reports.push_back(std::move(one));
  }
  return reports;
}

// Most of a large group stay what they were where some come, unless it was not so large before.
TEST(JoinReports, WhatWasJoinedBeforeIsKeptAsItWouldBeAgain) {
  size_t most = 0;
  for (const size_t largest : {3U, 6U, 12U}) {
    std::mt19937 random(static_cast<unsigned>(largest));
    std::vector<store::Text> texts;
    const std::vector<store::Report> reports = told_each_day(random, 400, texts);
    std::vector<int64_t> before;
    for (size_t count = 10; count <= reports.size(); count += 1 + random() % 12) {
      const std::vector<store::Report> some(reports.begin(), reports.begin() + static_cast<std::ptrdiff_t>(count));
      before.resize(count);
      const store::Joined again = store::join_reports(some, texts, before, largest);
      const store::Joined anew = store::join_reports(some, texts, {}, largest);
      ASSERT_EQ(first_of_each(again.stories), first_of_each(anew.stories)) << count;
      for (size_t i = 0; i < count; ++i) before[i] = 1000 + again.stories[i];
      std::map<uint32_t, size_t> sizes;
      for (const uint32_t group : again.groups) most = std::max(most, ++sizes[group]);
    }
  }
  EXPECT_GT(most, 100U);
}

TEST_F(KeepingTest, StoriesAreTheSameInAnyOrderAndJoinedInAnyParts) {
  std::vector<Record> records = made(60);
  std::vector<std::string> first, first_lines;
  {
    Store at_once = store("once.db");
    at_once.put(records);
    EXPECT_EQ(at_once.unjoined(), 60U);
    EXPECT_EQ(at_once.join(), 60U);
    EXPECT_EQ(at_once.unjoined(), 0U);
    EXPECT_EQ(at_once.join(), 0U);
    first = stories(at_once);
    first_lines = storylines(at_once);
  }
  EXPECT_THAT(first, ::testing::Contains(HasSubstr("\"n_reports\":2")));
  EXPECT_LT(first.size(), 60U * 6U);
  EXPECT_THAT(first_lines, ::testing::Not(IsEmpty()));
  std::mt19937 random(7);
  for (int turn = 0; turn < 4; ++turn) {
    std::shuffle(records.begin(), records.end(), random);
    Store in_parts = store(std::string("parts").append(std::to_string(turn)).append(".db"));
    for (const Record& record : records) {
      in_parts.put(record);
      if (random() % 5 == 0) in_parts.join();
    }
    in_parts.join();
    EXPECT_EQ(stories(in_parts), first) << turn;
    EXPECT_EQ(storylines(in_parts), first_lines) << turn;
  }
}

TEST_F(KeepingTest, AReplacedDocumentLeavesNothingBehind) {
  const std::vector<Record> records = made(30);
  std::vector<Record> others = records;
  for (size_t i = 0; i < others.size(); i += 3) {
    others[i].events.pop_back();
    others[i].origin.engine = "0.2.0";
  }
  Store straight = store("straight.db"), changed = store("changed.db");
  straight.put(others);
  straight.join();
  changed.put(records);
  changed.join();
  changed.put(others);
  changed.join();
  EXPECT_EQ(stories(changed), stories(straight));
  EXPECT_EQ(storylines(changed), storylines(straight));
  for (const std::vector<std::string>& by :
       {std::vector<std::string>{"actor", "month", "type"}, {"actor", "recipient"}}) {
    EXPECT_EQ(counts(changed, {{}, by}), counts(straight, {{}, by}));
  }
  EXPECT_THAT(changed.check(), IsEmpty());
}

TEST_F(KeepingTest, WhatIsKeptIsWhatCountingGives) {
  Store news = store();
  news.put(made(50));
  std::vector<CountQuery> queries = {{{}, {"actor", "month", "type"}},
                                     {{}, {"month", "type"}},
                                     {{}, {"recipient", "actor"}},
                                     {{}, {"place"}},
                                     {{}, {"publisher"}},
                                     {{}, {"year"}},
                                     {{}, {"status"}},
                                     {{}, {"actor"}}};
  CountQuery slice{{}, {"actor", "month"}};
  slice.events.type = "AGREE";
  queries.push_back(slice);
  slice.by = {"month", "actor", "type"};
  slice.events.type.clear();
  slice.events.status = "actual";
  queries.push_back(slice);
  slice.events.from = "2015-01";
  slice.events.to = "2015-01-31";
  queries.push_back(slice);
  slice.events.to = "2015-01-20";  // no whole month
  queries.push_back(slice);
  slice = {{}, {"type", "month"}};
  slice.events.from = "2015";
  slice.largest_first = true;
  slice.limit = 5;
  queries.push_back(slice);
  slice = {{}, {"actor", "month", "type"}};
  slice.events.from = "2015-02";
  queries.push_back(slice);  // with those of several months, in order
  for (const std::vector<std::string>& by : {std::vector<std::string>{"month", "quad"},
                                             {"quad"},
                                             {"status", "quad"},
                                             {"type", "quad"},
                                             {"type"},
                                             {"year", "type", "status"},
                                             {"recipient", "month"},
                                             {"day"}}) {
    slice = {{}, by};
    queries.push_back(slice);
    slice.events.actor = "AAA";  // a country
    queries.push_back(slice);
    slice.events.recipient = "AAC";
    queries.push_back(slice);
    slice.events.actor = "envoy";  // several
    slice.events.recipient.clear();
    slice.events.type = "CONSULT";
    queries.push_back(slice);
  }
  slice = {{}, {"actor", "type"}};
  slice.events.actor = "AAB";  // those that it acts with
  queries.push_back(slice);
  for (CountQuery& query : queries) {
    const auto kept = counts(news, query);
    EXPECT_THAT(kept, ::testing::Not(IsEmpty()));
    query.events.min_confidence = 1e-9;  // lets all through, and is in no kept count
    EXPECT_EQ(kept, counts(news, query)) << query.by.size() << query.by.front();
  }
}

// A store of an older version has no such cells, so that its rows are counted. Of few whom a filter lets through they
// are in any: there cells are counted here.
TEST_F(KeepingTest, CellsCountWhatRowsCount) {
  std::vector<Record> records = made(60);
  for (size_t i = 0; i < records.size(); ++i) {
    for (size_t e = 0; e < records[i].events.size(); ++e) {
      Event& event = records[i].events[e];
      if ((i + e) % 7 == 0) event.date.reset();
      if ((i + e) % 5 == 0) event.actors.clear();
      if ((i + e) % 4 == 0) event.locations.clear();
      if ((i + e) % 3 == 0) event.quad = "";
      if ((i + e) % 3 == 1) event.modes = {"one", "other"};
      event.historical = (i + e) % 6 == 0;
      event.confidence = static_cast<double>((i * 7 + e * 3) % 11) / 10;
    }
  }
  { store().put(records); }
  std::vector<EventQuery> filters(12);
  filters[1].text = "a*";  // of most sentences
  filters[2].status = "actual";
  filters[3].type = "AGREE";
  filters[4].from = "2015-01-10";
  filters[5].to = "2015-01-20";
  filters[6].from = filters[6].to = "2015-01";
  filters[7].actor = "AAA";
  filters[8].recipient = "AAC";
  filters[9].actor = "envoy";
  filters[10].min_confidence = .3;
  filters[11].status = "actual";
  filters[11].text = "a*";
  std::vector<CountQuery> queries;
  for (EventQuery& filter : filters) {
    if (filter.min_confidence == 0) filter.min_confidence = 1e-9;
    for (const std::string& key : count_keys()) queries.push_back({filter, {key}});
    queries.push_back({filter, {"actor", "recipient", "month"}});
    queries.push_back({filter, {"type", "status", "quad", "place"}, true, 7});
  }
  std::vector<std::vector<std::string>> by_cells;
  {
    Database database(path_, Database::Mode::kWrite);
    for (const CountQuery& query : queries) {
      std::vector<std::string>& told = by_cells.emplace_back();
      store::tell_in_order(store::count_cells(database, query).value(), query,
                           [&](const CountRow& row) { told.push_back(to_csv(row)); });
    }
    database.run("PRAGMA user_version = 6");
  }
  const Store news = Store::open(path_, Store::Mode::kRead);
  ASSERT_EQ(news.version(), 6);
  size_t groups = 0;
  for (size_t i = 0; i < queries.size(); ++i) {
    groups += by_cells[i].size();
    EXPECT_EQ(by_cells[i], counts(news, queries[i])) << i << ' ' << queries[i].by.front();
  }
  EXPECT_GT(groups, queries.size() * 5);
}

TEST_F(KeepingTest, CellsThatAreNotTheEventsOwnAreFound) {
  { store().put(made(5)); }
  EXPECT_THAT(store().check(), IsEmpty());
  {
    Database database(path_, Database::Mode::kWrite);
    database.run("UPDATE event_cells SET cells = substr(cells, 1, 9) WHERE document = 2");
    database.run("DELETE FROM event_cells WHERE document = 3");
    database.run("UPDATE event_cells SET last_day = last_day - 1 WHERE document = 1");
    database.run("UPDATE event_cells SET publisher = 'Nobody' WHERE document = 4");
  }
  const auto wrong = HasSubstr("are counted are not theirs");
  EXPECT_THAT(store().check(), ElementsAre(wrong, wrong, wrong, wrong));
}

std::vector<std::string> places(const Store& store, const EventQuery& filter) {
  std::vector<std::string> all;
  store.places({filter, 0}, [&](const PlaceRow& row) { all.push_back(to_csv(row)); });
  return all;
}

TEST_F(KeepingTest, ADocumentWhoseRecordIsDamagedIsReplaced) {
  std::vector<Record> records = made(12);
  {
    Store news = store();
    news.put(records);
    Store anew = store("anew.db");
    records[3].events[0].confidence = 0.77;
    anew.put(records);
  }
  {
    Database database(path_, Database::Mode::kWrite);
    database.run("UPDATE documents SET record = '{' || substr(record, 5) WHERE document = 4");
  }
  Store news = store();
  EXPECT_THAT(news.check(), ::testing::Not(IsEmpty()));
  EXPECT_EQ(news.put(records[3]), Change::kReplaced);
  EXPECT_THAT(news.check(), IsEmpty());
  for (const std::string& key : count_keys())
    EXPECT_EQ(counts(news, {{}, {key}}), counts(store("anew.db"), {{}, {key}}));
}

// Rows of `spots` that are none of the store's own take no memory.
TEST_F(KeepingTest, PlacesOfADamagedStoreAreThoseThatAreLeft) {
  Store news = store();
  news.put(made(6));
  const auto sure = [&] {
    EventQuery query;
    query.min_confidence = 1e-9;
    std::vector<std::string> all;
    news.places({query, 0}, [&](const PlaceRow& row) { all.push_back(to_csv(row)); });
    return all;
  };
  const size_t before = sure().size();
  {
    Database database(path_, Database::Mode::kWrite);
    database.run("INSERT INTO spots VALUES (-4, 'x'), (9223372036854775807, 'y')");
    database.run("UPDATE spots SET spot = -spot WHERE spot = 1");
  }
  EXPECT_EQ(sure().size(), before - 1);
  {
    Database database(path_, Database::Mode::kWrite);
    database.run("UPDATE spots SET spot = 3000000000000 WHERE spot = 2");
  }
  EXPECT_EQ(sure().size(), before - 2);
  EXPECT_THAT(news.check(), ::testing::Not(IsEmpty()));
}

TEST_F(KeepingTest, PlacesThatAreKeptAreThoseThatEventsName) {
  Store news = store();
  std::vector<Record> records = made(40);
  for (size_t i = 0; i < records.size(); ++i) {  // one place under two names, and twice in one event
    for (Event& event : records[i].events) {
      if (event.locations.empty()) continue;
      if (i % 3 == 0) event.locations.front().name += " City";
      if (i % 4 == 0) event.locations.push_back(event.locations.front());
      if (i % 5 == 0) event.locations.front().geonames.reset();
    }
  }
  news.put(records);
  EventQuery type{.type = "AGREE"}, status{.status = "actual"}, months{.from = "2015-01", .to = "2015-01"},
      days{.from = "2015-01-05"}, actor{.actor = "AAA"};
  months.type = "CONSULT";
  for (EventQuery filter : {EventQuery{}, type, status, months, days, actor}) {
    const auto kept = places(news, filter);
    EXPECT_THAT(kept, ::testing::Not(IsEmpty()));
    filter.min_confidence = 1e-9;
    EXPECT_EQ(kept, places(news, filter));
  }
  // By cells, and by rows as those of one document are.
  EventQuery named{.type = "AGREE", .document = records.front().article.id};
  const auto of_one = places(news, named);
  EXPECT_THAT(of_one, ::testing::Not(IsEmpty()));
  {
    Store other = store("one.db");
    other.put(records.front());
    named.document = "";
    named.min_confidence = 1e-9;
    EXPECT_EQ(places(other, named), of_one);
  }
  EXPECT_THAT(news.check(), IsEmpty());
}

// A page is read along an index of days, a whole listing is sorted.
TEST_F(KeepingTest, PagesOfEventsAreTheWholeListing) {
  Store news = store();
  news.put(made(60));
  const auto ids = [&](const EventQuery& query) {
    std::vector<std::string> all;
    news.events(query, [&](const EventRow& row) { all.push_back(row.id); });
    return all;
  };
  size_t seen = 0;
  for (const EventOrder order : {EventOrder::kDate, EventOrder::kNewest, EventOrder::kConfidence, EventOrder::kScore}) {
    for (EventQuery query :
         {EventQuery{}, EventQuery{.actor = "AAA"}, EventQuery{.type = "AGREE"}, EventQuery{.from = "2015-01"},
          EventQuery{.to = "2015-01-20"}, EventQuery{.from = "2015-01-20", .to = "2015-02-03"},
          EventQuery{.from = "2016"}, EventQuery{.text = "baden"},
          EventQuery{.status = "actual", .min_confidence = 0.6}, EventQuery{.type = "ASSAULT", .status = "alleged"},
          EventQuery{.actor = "AAA", .recipient = "AAB"},
          EventQuery{.actor = "envoy", .type = "CONSULT", .from = "2015-01-20"}}) {
      query.order = order;
      const auto all = ids(query);
      Database database(path_, Database::Mode::kRead);
      EXPECT_EQ(store::events_with(database, query, std::nullopt).count(), all.size());
      std::vector<std::string> paged;
      query.limit = 7;
      for (auto page = ids(query); !page.empty(); page = ids(query)) {
        paged.insert(paged.end(), page.begin(), page.end());
        query.after = page.back();
      }
      EXPECT_EQ(paged, all) << query.actor << query.type << query.from;
      seen += all.size();
    }
  }
  EXPECT_GT(seen, 1000U);
}

TEST_F(KeepingTest, PagesOfStatementsAndDocumentsAreTheWholeListing) {
  Store news = store();
  std::vector<Record> records = made(30);
  for (size_t i = 0; i < records.size(); i += 7) records[i].article.published.reset();
  records[3].article.published->value = "2015-01-10T08:00:00Z";
  news.put(records);
  for (const char* from : {"", "2015-01-10"}) {
    StatementQuery query;
    query.from = from;
    const auto said = [&] {
      std::vector<std::string> all;
      news.statements(query, [&](const StatementRow& row) { all.push_back(row.id); });
      return all;
    };
    const auto all = said();
    query.limit = all.size() - 1;
    EXPECT_EQ(said(), std::vector<std::string>(all.begin(), all.end() - 1));
    query.limit = 5;
    EXPECT_EQ(said(), std::vector<std::string>(all.begin(), all.begin() + 5));
    for (const char* text : {"", "port", "griden"}) {
      query.text = text;
      query.limit = 0;
      query.after.clear();
      const auto whole = said();
      std::vector<std::string> paged;
      query.limit = 3;
      for (auto page = said(); !page.empty(); page = said()) {
        paged.insert(paged.end(), page.begin(), page.end());
        query.after = page.back();
      }
      EXPECT_EQ(paged, whole) << text;
      query.after = whole.at(whole.size() / 2);
      query.limit = 0;
      EXPECT_EQ(said().size(), whole.size() - whole.size() / 2 - 1);
    }
  }
  std::vector<std::string> days, paged;
  DocumentQuery query;
  const auto read = [&](std::vector<std::string>& into, bool day) {
    size_t count = 0;
    news.documents(query, [&](const DocumentRow& row) {
      into.push_back(day ? (row.published.empty() ? "~" : row.published) + '\x01' + row.id : row.id);
      query.after = row.id;
      ++count;
    });
    return count;
  };
  EXPECT_EQ(read(days, true), 30U);
  EXPECT_TRUE(std::is_sorted(days.begin(), days.end()));
  query = {};
  query.limit = 4;
  while (read(paged, false) > 0) {
  }
  ASSERT_THAT(paged, SizeIs(30));
  for (size_t i = 0; i < paged.size(); ++i) EXPECT_THAT(days[i], HasSubstr(paged[i]));
  query = {};
  query.to = "2015-01-10";
  std::vector<std::string> until;
  read(until, true);
  EXPECT_EQ(until.size(), static_cast<size_t>(std::count_if(days.begin(), days.end(), [](const std::string& day) {
              return day.substr(0, 10) <= "2015-01-10";
            })));
}

bool has_word(const std::string& sentence, const std::string& word) {
  for (size_t at = sentence.find(word); at != std::string::npos; at = sentence.find(word, at + 1)) {
    const auto letter = [&](size_t i) { return i < sentence.size() && sentence[i] >= 'a' && sentence[i] <= 'z'; };
    if (!letter(at + word.size()) && (at == 0 || !letter(at - 1))) return true;
  }
  return false;
}

// Sentences with a word that few have are looked up; where many have it, a listing is walked along.
TEST_F(KeepingTest, WordsFindTheSameHoweverManySentencesHaveThem) {
  testing::MadeNews world = small_world();
  world.events = 20;
  std::vector<Record> records;
  for (size_t i = 0; i < 450; ++i) records.push_back(testing::made_record(world, i));
  Store news = store();
  news.put(records);
  std::vector<EventRow> all;
  news.events({}, [&](const EventRow& row) { all.push_back(row); });
  for (const char* word : {"baden", "port", "griden", "nobody"}) {
    EventQuery query{.type = "AGREE", .text = word};
    std::vector<std::string> wanted, found, paged;
    size_t many = 0;
    for (const EventRow& row : all) {
      if (!has_word(row.sentence, word)) continue;
      ++many;
      if (row.type == "AGREE") wanted.push_back(row.id);
    }
    const auto list = [&](std::vector<std::string>& into) {
      const size_t before = into.size();
      news.events(query, [&](const EventRow& row) { into.push_back(row.id); });
      return into.size() > before;
    };
    list(found);
    query.limit = 400;
    while (list(paged)) query.after = paged.back();
    EXPECT_EQ(found, wanted) << word;
    EXPECT_EQ(paged, wanted) << word;
    EXPECT_TRUE(word != std::string("port") || many > 8000) << many;  // both ways are gone
    EXPECT_TRUE(word != std::string("griden") || many < 3000) << many;

    query.limit = 0;
    query.after.clear();
    uint64_t counted = 0;
    news.count({query, {"actor"}}, [](const CountRow&) {});
    news.count({query, {"status"}}, [&](const CountRow& row) { counted += row.events; });
    EXPECT_EQ(counted, wanted.size());

    std::vector<std::string> documents, whole, page;
    news.documents({.text = word}, [&](const DocumentRow& row) { documents.push_back(row.id); });
    size_t holders = 0;
    for (const Record& record : records) holders += has_word(record.article.text, word) ? 1U : 0U;
    EXPECT_EQ(documents.size(), holders) << word;
    StatementQuery said{.text = word};
    news.statements(said, [&](const StatementRow& row) { whole.push_back(row.id); });
    said.limit = 1000;
    news.statements(said, [&](const StatementRow& row) { page.push_back(row.id); });
    EXPECT_EQ(page, std::vector<std::string>(whole.begin(), whole.begin() + std::min<long>(1000, std::ssize(whole))));
  }
  // What was looked up before the store was changed is not used.
  Record other = records[7];
  other.events.clear();
  other.origin.engine = "0.2.0";
  EventQuery query{.text = "port", .limit = 1};
  news.put(other);
  news.events(query, [](const EventRow&) {});
  news.put(records[7]);
  size_t found = 0;
  query = {.text = "port"};
  query.document = records[7].article.id;
  news.events(query, [&](const EventRow&) { ++found; });
  EXPECT_EQ(found, 20U);
}

TEST_F(KeepingTest, CountsAreReadWhereTheyAreKept) {
  {
    Store news = store();
    news.put(made(20));
    news.join();
  }
  Database((folder_ / "news.db").string(), Database::Mode::kWrite).run("DELETE FROM tallies");
  const Store news = store();
  EventQuery actor{.actor = "AAA"}, several{.actor = "envoy"}, month{.from = "2015-01"}, day{.from = "2015-01-02"};
  const auto count = [&](const EventQuery& filter, const std::vector<std::string>& by) {
    return counts(news, {filter, by}).size();
  };
  EXPECT_EQ(count({}, {"actor", "month", "type"}), 0U);
  EXPECT_EQ(count(actor, {"month", "quad"}), 0U);
  EXPECT_EQ(count(actor, {"status"}), 0U);
  EXPECT_THAT(places(news, {}), IsEmpty());
  EXPECT_GT(count(several, {"month"}), 0U);
  EXPECT_GT(count(day, {"month"}), 0U);
  EXPECT_LT(count(month, {"month"}), count(day, {"month"}));  // those of several months alone
  EXPECT_THAT(places(news, day), ::testing::Not(IsEmpty()));
}

TEST_F(KeepingTest, CountsThatAreWrongAreFound) {
  {
    Store news = store();
    news.put(made(5));
    news.join();
  }
  Database database((folder_ / "news.db").string(), Database::Mode::kWrite);
  database.run("DELETE FROM tallies WHERE level = 8 AND a = '2015-01'");
  EXPECT_THAT(store().check(), ::testing::Contains(HasSubstr("counted by month")));
}

// Two ways to one answer: with corrections, participants are looked through one by one.
TEST_F(KeepingTest, PartiesFindWhomParticipantsName) {
  Store store = this->store();
  store.put(made(60));
  const auto ids = [&](const EventQuery& query) {
    std::vector<std::string> all;
    store.events(query, [&](const EventRow& row) { all.push_back(row.id); });
    return all;
  };
  size_t found = 0;
  for (const char* name : {"AAA", "AAC", "ZZZ", "EUR", "State", "state of", "envoy", "Envoy q", "quin", "uin",
                           "lum den", "ba", "BA", "'", "", "envoy zzz"}) {
    EventQuery actor{.actor = name}, recipient{.recipient = name};
    EventQuery both{.actor = name, .recipient = name, .from = "2015-01", .limit = 7};
    for (EventQuery* query : {&actor, &recipient, &both}) {
      const auto quick = ids(*query);
      query->corrected = true;
      EXPECT_EQ(quick, ids(*query)) << name;
      found += quick.size();
    }
  }
  EXPECT_GT(found, 500U);
}

TEST_F(KeepingTest, AQueryThatTakesTooLongIsGivenUp) {
  Store store = this->store();
  store.put(made(60));
  const auto listed = [&] {
    size_t rows = 0;
    store.events({}, [&](const EventRow&) { ++rows; });
    return rows;
  };
  EXPECT_EQ(listed(), 360U);
  store.give_up_at(std::chrono::steady_clock::now());
  EXPECT_THROW(listed(), Timeout);
  store.give_up_at(std::chrono::steady_clock::now() + std::chrono::hours(1));
  EXPECT_EQ(listed(), 360U);
  store.give_up_at(std::chrono::steady_clock::now());
  store.give_up_at(std::nullopt);
  EXPECT_EQ(listed(), 360U);
}

TEST_F(KeepingTest, PagesOfStoriesGoOnWhereTheLastEnded) {
  Store news = store();
  news.put(made(20));
  news.join();
  StoryQuery query;
  query.limit = 7;
  EXPECT_EQ(paged_stories(news, query), stories(news));
  query.after = "s000000000000";
  EXPECT_THROW(stories(news, query), Failure);
}

TEST_F(KeepingTest, ManyCopiesAreOneTellingOfEachAct) {
  Store news = store();
  std::vector<Record> copies;
  for (int i = 0; i < 300; ++i) {
    copies.push_back(sample_record());
    copies.back().article.source = "copy/" + std::to_string(i);
    copies.back().article.id = article_id(copies.back().article.source, copies.back().article.text);
  }
  news.put(copies);
  news.join();
  StoryQuery query;
  query.events.type = "ASSAULT";
  std::vector<Story> found;
  news.stories(query, [&](const Story& story) { found.push_back(story); });
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].n_reports, 300U);
  EXPECT_EQ(found[0].n_sources, 1U);
}

/// A report in which an instrument is spoken of; the words must hold every mention.
Record report_of(const std::string& source, const std::string& day, const std::string& text, const std::string& trigger,
                 EventType type, InstrumentKind kind, const std::vector<std::string>& mentions,
                 const std::string& owner) {
  Record record;
  record.article.source = source;
  record.article.text = text;
  record.article.id = article_id(source, text);
  record.article.published = Date{day, Precision::kDay, "metadata", std::nullopt};
  const Span all{0, static_cast<uint32_t>(text.size())};
  record.article.blocks = {{BlockKind::kParagraph, all}};
  record.sentences = {all};
  const Span who = testing::span_of(text, owner);
  record.entities = {{owner,
                      EntityKind::kCountry,
                      "country:X" + owner.substr(0, 2),
                      owner.substr(0, 3),
                      {"GOV"},
                      "",
                      {{who, Form::kName, {}}}}};
  Instrument instrument{kind, mentions.front(), 0, {}};
  for (const std::string& mention : mentions) instrument.mentions.push_back(testing::span_of(text, mention));
  record.instruments = {instrument};
  Event event;
  event.type = type;
  event.actors = {{0, who, record.entities[0].country, {"GOV"}, 1.0F}};
  event.trigger = testing::span_of(text, trigger);
  event.instruments = {0};
  event.confidence = 0.9;
  record.events = {event};
  record.origin = sample_record().origin;
  return record;
}

TEST_F(KeepingTest, AnInstrumentHasOneHistoryAcrossReports) {
  Store news = store();
  news.put(
      {report_of("a", "2031-02-01", "Wendland unveiled a 12-point plan for peace.", "unveiled", EventType::kRequest,
                 InstrumentKind::kPlan, {"12-point plan"}, "Wendland"),
       report_of("b", "2031-03-01", "Wendland’s peace plan, a 12-point plan, was backed by none but Wendland.",
                 "backed", EventType::kSupport, InstrumentKind::kPlan, {"peace plan", "12-point plan"}, "Wendland"),
       report_of("c", "2031-04-01", "Wendland scrapped the peace plan.", "scrapped", EventType::kReject,
                 InstrumentKind::kPlan, {"peace plan"}, "Wendland"),
       report_of("d", "2036-04-01", "Wendland offered a peace plan.", "offered", EventType::kRequest,
                 InstrumentKind::kPlan, {"peace plan"}, "Wendland"),
       report_of("e", "2031-03-02", "Norland unveiled a 12-point plan for ports.", "unveiled", EventType::kRequest,
                 InstrumentKind::kPlan, {"12-point plan"}, "Norland"),
       report_of("f", "2031-03-03", "Norland vetoed UN Resolution 2990.", "vetoed", EventType::kReject,
                 InstrumentKind::kResolution, {"UN Resolution 2990"}, "Norland"),
       report_of("g", "2031-03-04", "Resolution 2990 was sought by Wendland.", "sought", EventType::kRequest,
                 InstrumentKind::kResolution, {"Resolution 2990"}, "Wendland")});
  news.join();
  InstrumentQuery query;
  query.owner = "Wendland";
  query.kind = "plan";
  const auto plans = instruments(news, query);
  ASSERT_THAT(plans, SizeIs(2)) << "five years apart they are two";
  const InstrumentHistory& plan = plans[0].n_reports == 3 ? plans[0] : plans[1];
  std::vector<std::string> steps;
  for (const InstrumentStep& step : plan.steps) steps.push_back(step.date + " " + step.step);
  EXPECT_THAT(steps, ElementsAre("2031-02-01 proposed", "2031-03-01 backed", "2031-04-01 ended"));
  EXPECT_EQ(plan.state, "ended");
  EXPECT_FALSE(plan.steps.front().story.empty());
  query = {};
  query.name = "the resolution 2990";
  const auto resolutions = instruments(news, query);
  ASSERT_THAT(resolutions, SizeIs(1));
  EXPECT_EQ(resolutions[0].number, "2990");
  EXPECT_EQ(resolutions[0].n_reports, 2U);
  query = {};
  query.step = "vetoed";
  EXPECT_THAT(instruments(news, query), SizeIs(1));
  query.instrument = resolutions[0].id;
  EXPECT_THAT(instruments(news, query), SizeIs(1));
  query.step = "eaten";
  EXPECT_THROW(instruments(news, query), Failure);
}

TEST(InstrumentSteps, AreToldByWordsThenByTypes) {
  EXPECT_EQ(store::step_of("REJECT", "vetoed"), "vetoed");
  EXPECT_EQ(store::step_of("AGREE", "put forward"), "proposed");
  EXPECT_EQ(store::step_of("AGREE", "pulled out of"), "ended");
  EXPECT_EQ(store::step_of("SUPPORT", "stood by"), "backed");
  EXPECT_EQ(store::step_of("AID", "sent"), "");
  EXPECT_THAT(instrument_steps(), ::testing::IsSupersetOf({"proposed", "backed", "criticised", "voted on", "passed",
                                                           "vetoed", "signed", "broken"}));
}

TEST_F(KeepingTest, AStorylineTellsWhyItsStoriesBelongTogether) {
  Store news = store();
  news.put({report_of("a", "2031-02-01", "Wendland unveiled the Harbour Plan for Sudria, ships, grain and salt.",
                      "unveiled", EventType::kRequest, InstrumentKind::kPlan, {"Harbour Plan"}, "Wendland"),
            report_of("b", "2031-02-09", "Wendland backed the Harbour Plan for Sudria, grain, salt and ships.",
                      "backed", EventType::kSupport, InstrumentKind::kPlan, {"Harbour Plan"}, "Wendland"),
            report_of("c", "2031-02-10", "Norland mourned poets at a concert of violins.", "mourned",
                      EventType::kSupport, InstrumentKind::kOther, {"concert"}, "Norland")});
  news.join();
  std::vector<Storyline> lines;
  news.storylines({}, [&](const Storyline& one) { lines.push_back(one); });
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].n_documents, 2U);
  ASSERT_THAT(lines[0].steps, SizeIs(2));
  EXPECT_THAT(lines[0].steps[0].links, IsEmpty());
  ASSERT_THAT(lines[0].steps[1].links, SizeIs(1));
  EXPECT_EQ(lines[0].steps[1].links[0].reason, "instrument");
  EXPECT_EQ(lines[0].steps[1].links[0].to, lines[0].steps[0].story);
  StorylineQuery query;
  query.story = lines[0].steps[1].story;
  EXPECT_THAT(storylines(news, query), SizeIs(1));
  query = {};
  query.min_documents = 1;
  query.min_stories = 1;
  EXPECT_THAT(storylines(news, query), SizeIs(2));
  news.storylines(query, [&](const Storyline& one) {
    StorylineQuery named;
    named.storyline = one.id;
    EXPECT_THAT(storylines(news, named), SizeIs(1)) << "also one of a single article";
  });
  query.events.actor = "Norland";
  EXPECT_THAT(storylines(news, query), SizeIs(1));
  StoryQuery of_step;
  of_step.story = lines[0].steps[1].story;
  EXPECT_THAT(stories(news, of_step), ElementsAre(HasSubstr("\"storyline\":\"" + lines[0].id + "\"")));
}

/// News of a large world, so many documents on each matter.
std::vector<Record> of_matters(uint32_t matters, uint32_t documents) {
  testing::MadeNews news;
  news.days = 400;
  news.matter = documents;
  std::vector<Record> records;
  for (uint32_t i = 0; i < matters * documents; ++i) records.push_back(testing::made_record(news, i));
  return records;
}

TEST_F(KeepingTest, AStorylineIsToldInPartsAsItIsWhole) {
  Store news = store();
  news.put(of_matters(2, 20));
  news.join();
  std::vector<Storyline> whole;
  news.storylines({}, [&](const Storyline& one) { whole.push_back(one); });
  ASSERT_THAT(whole, SizeIs(2));
  for (const Storyline& line : whole) {
    ASSERT_GT(line.n_stories, 30U);
    EXPECT_EQ(line.steps.size(), line.n_stories);
    // Parts of all lengths, also such that end with the last story.
    for (const uint64_t length : {uint64_t{1}, uint64_t{7}, line.n_stories - 1, line.n_stories}) {
      Storyline told = line;
      told.steps.clear();
      StorylineQuery query;
      query.storyline = line.id;
      query.steps = length;
      bool more = true;
      while (more) {
        more = false;
        news.storylines(query, [&](const Storyline& part) {
          EXPECT_LE(part.steps.size(), length);
          EXPECT_EQ(part.n_stories, line.n_stories);
          more = !part.steps.empty();
          told.steps.insert(told.steps.end(), part.steps.begin(), part.steps.end());
        });
        if (more) query.after_story = told.steps.back().story;
      }
      EXPECT_EQ(to_json(told), to_json(line)) << length;
    }
  }
  StorylineQuery other;
  other.storyline = whole[0].id;
  other.after_story = whole[1].steps[0].story;
  EXPECT_THAT(storylines(news, other), IsEmpty());
  other.after_story = "s000000000000";
  EXPECT_THROW(storylines(news, other), Failure);
}

TEST_F(KeepingTest, PagesOfStorylinesAreTheListing) {
  Store news = store();
  news.put(of_matters(3, 10));
  std::vector<Record> undated = made(4);
  for (Record& record : undated) record.article.published.reset();
  news.put(undated);
  news.join();
  StorylineQuery query;
  query.min_documents = query.min_stories = 0;
  const std::vector<std::string> all = storylines(news, query);
  ASSERT_THAT(all, SizeIs(::testing::Ge(3U)));
  for (const char* actor : {"", "AAA", "AAB", "Envoy", "AGQ"}) {
    query.events.actor = actor;
    query.limit = 0;
    query.after = "";
    const std::vector<std::string> wanted = storylines(news, query);
    std::vector<std::string> paged;
    query.limit = 1;
    for (bool more = true; more;) {
      more = false;
      news.storylines(query, [&](const Storyline& one) {
        paged.push_back(to_json(one));
        query.after = one.id;
        more = true;
      });
    }
    EXPECT_EQ(paged, wanted) << actor;
  }
}

TEST_F(KeepingTest, DamagedRowsOfWhatIsKeptAreFound) {
  Store news = store("news.db");
  news.put(of_matters(2, 6));
  news.join();
  EXPECT_THAT(news.check(), IsEmpty());
  const auto faults_after = [&](const char* damage) {
    Database database((folder_ / "news.db").string(), Database::Mode::kWrite);
    database.run("SAVEPOINT here");
    database.run(damage);
    const auto faults = store::faults_of(database);
    database.run("ROLLBACK TO here");
    return faults;
  };
  EXPECT_THAT(faults_after("UPDATE storylines SET n_stories = n_stories + 1"),
              ::testing::Contains(HasSubstr("is not what its documents tell")));
  EXPECT_THAT(faults_after("DELETE FROM storylines"), ::testing::Contains(HasSubstr("is not what its documents tell")));
  EXPECT_THAT(faults_after("UPDATE story_cells SET stories = x'01'"),
              ::testing::Contains(HasSubstr("are not those of its events")));
  EXPECT_THAT(faults_after("UPDATE positions SET place = place || '0'"),
              ::testing::Contains(HasSubstr("positions do not stand where their documents put them")));
  EXPECT_THAT(faults_after("DELETE FROM history_members WHERE instrument = 1"),
              ::testing::Contains(HasSubstr("instruments of documents belong to no instrument")));
  EXPECT_THAT(faults_after("UPDATE histories SET n_reports = n_reports + 1"),
              ::testing::Contains(HasSubstr("have another number of reports")));
  for (const char* damage : {"place = '~' || place", "date = '1999'", "n_sources = n_sources + 1", "document = 1"}) {
    EXPECT_THAT(faults_after((std::string("UPDATE stories SET ") + damage).c_str()),
                ::testing::Contains(HasSubstr("is not what its reports tell")))
        << damage;
  }
  EXPECT_THAT(faults_after("UPDATE statements SET speaker_folded = 'x' || speaker_folded"),
              ::testing::Contains(HasSubstr("under other speakers than theirs")));
  EXPECT_THAT(faults_after("UPDATE statements SET day = '1999-01-01'"),
              ::testing::Contains(HasSubstr("statements stand on other days than theirs")));
  EXPECT_THAT(faults_after("UPDATE threads SET day = '1999-01-01'"),
              ::testing::Contains(HasSubstr("on other days than theirs")));
  EXPECT_THAT(faults_after("UPDATE stories SET storyline = storyline + 1"),
              ::testing::Contains(HasSubstr("stories are in another storyline than their document")));
}

std::vector<std::string> instruments_of(const Store& store, const InstrumentQuery& query) {
  std::vector<std::string> all;
  store.instruments(query, [&](const InstrumentHistory& one) { all.push_back(to_json(one)); });
  return all;
}

std::vector<std::string> positions_of(const Store& store, const PositionQuery& query) {
  std::vector<std::string> all;
  store.positions(query, [&](const PositionRow& one) { all.push_back(to_json(one)); });
  return all;
}

TEST_F(KeepingTest, InstrumentsAndPositionsAreTheSameInAnyOrderAndAfterChanges) {
  std::vector<Record> records = of_matters(4, 6);
  Store straight = store("straight.db");
  straight.put(records);
  straight.join();
  const auto instruments = instruments_of(straight, {}), positions = positions_of(straight, {});
  ASSERT_THAT(instruments, SizeIs(8)) << "a plan and a treaty of each matter";
  ASSERT_THAT(positions, SizeIs(::testing::Gt(50U)));
  std::mt19937 random(5);
  std::shuffle(records.begin(), records.end(), random);
  Store changed = store("changed.db");
  for (const Record& record : records) {
    Record other = record;  // put first without its instruments and positions, or with some of another name
    if (random() % 3 == 0) {
      for (Event& event : other.events) event.instruments.clear();
      other.instruments.clear();
      other.positions.clear();
    }
    for (Instrument& one : other.instruments) {
      if (random() % 3 == 0) one.name = "Denden Accord";
    }
    other.origin.engine = "0.0.9";
    changed.put(other);
    if (random() % 4 == 0) changed.join();
  }
  changed.join();
  EXPECT_NE(instruments_of(changed, {}), instruments);
  for (const Record& record : records) {
    changed.put(record);
    if (random() % 4 == 0) changed.join();
  }
  changed.join();
  EXPECT_EQ(instruments_of(changed, {}), instruments);
  EXPECT_EQ(positions_of(changed, {}), positions);
  EXPECT_THAT(changed.check(), IsEmpty());
}

TEST_F(KeepingTest, ArticlesOfAYearOrMonthAreOfEachOfItsDays) {
  Store news = store();
  std::vector<Record> records = of_matters(1, 2);
  records[0].article.published = Date{"2016", Precision::kYear, "metadata", std::nullopt};
  records[1].article.published = Date{"2016-05", Precision::kMonth, "metadata", std::nullopt};
  for (Record& record : records) {
    for (Event& event : record.events) event.date.reset();
    for (Statement& statement : record.statements) statement.date.reset();
  }
  news.put(records);
  const auto told = [&](const char* from, const char* to) {
    StatementQuery statements;
    PositionQuery positions;
    statements.from = positions.from = from;
    statements.to = positions.to = to;
    std::set<std::string> of_statements, of_positions;
    news.statements(statements, [&](const StatementRow& row) { of_statements.insert(row.date); });
    news.positions(positions, [&](const PositionRow& row) { of_positions.insert(row.date); });
    EXPECT_EQ(of_statements, of_positions) << from << ' ' << to;
    return of_statements;
  };
  EXPECT_THAT(told("2016", "2016"), ElementsAre("2016", "2016-05"));
  EXPECT_THAT(told("2016-05-31", ""), ElementsAre("2016", "2016-05"));
  EXPECT_THAT(told("2016-06", ""), ElementsAre("2016"));
  EXPECT_THAT(told("", "2016-04-30"), ElementsAre("2016"));
  EXPECT_THAT(told("2017", ""), IsEmpty());
  EXPECT_THAT(told("", "2015"), IsEmpty());
}

// As one leaves it who is killed when stories are joined and storylines are not yet drawn.
TEST_F(KeepingTest, AJoiningThatEndedBeforeItDrewStorylinesGoesOn) {
  Store news = store("news.db");
  news.put(of_matters(2, 6));
  news.join();
  const std::vector<std::string> wanted = storylines(news), wanted_instruments = instruments_of(news, {});
  {
    Database database((folder_ / "news.db").string(), Database::Mode::kWrite);
    database.run(
        "DELETE FROM threads; DELETE FROM storylines; UPDATE stories SET storyline = NULL; DELETE FROM "
        "history_members; "
        "DELETE FROM histories");
  }
  EXPECT_THAT(news.check(), ::testing::Contains(HasSubstr("documents are in no storyline")));
  {
    Database database((folder_ / "news.db").string(), Database::Mode::kWrite);
    database.run("INSERT INTO changed_storylines VALUES (0); INSERT INTO changed_histories VALUES (0)");
  }
  EXPECT_EQ(news.unjoined(), 1U);
  news.join();
  EXPECT_EQ(news.unjoined(), 0U);
  EXPECT_EQ(storylines(news), wanted);
  EXPECT_EQ(instruments_of(news, {}), wanted_instruments);
  EXPECT_THAT(news.check(), IsEmpty());
}

// Stories are found by cells, along the index of dates or by looking events up: always those that have an event that is
// let through, as the listing of events tells.
TEST_F(KeepingTest, StoriesAreFoundByAllFilters) {
  Store news = store();
  std::vector<Record> records = made(60);
  // Dates of all precisions, and none.
  const std::vector<std::string> dates = {"2015-01",         "2015",     "201X", "201", "2015-01-12/2015-01-16",
                                          "2015-01/2015-03", "2014/2016"};
  for (size_t i = 0; i < records.size(); ++i) {
    for (size_t e = 0; e < records[i].events.size(); ++e) {
      std::optional<Date>& date = records[i].events[e].date;
      if ((i + e) % 9 == 0) date.reset();
      if (date && (i + e) % 4 == 0) date->value = dates[(i + e) / 4 % dates.size()];
    }
  }
  news.put(records);
  news.join();
  std::vector<Story> all;
  news.stories({}, [&](const Story& one) { all.push_back(one); });
  const auto with = [](auto set) {
    EventQuery query;
    set(query);
    return query;
  };
  const std::vector<EventQuery> filters = {
      with([](EventQuery& q) { q.from = "2015-01-20"; }),
      with([](EventQuery& q) { q.to = "2015-01-10"; }),
      with([](EventQuery& q) { q.from = q.to = "2015-01-15"; }),
      with([](EventQuery& q) { q.actor = "AAA"; }),
      with([](EventQuery& q) { q.actor = "AAA", q.type = "ASSAULT"; }),
      with([](EventQuery& q) { q.actor = "envoy", q.status = "actual", q.recipient = "AAB"; }),
      with([](EventQuery& q) { q.text = "port", q.min_confidence = 0.6; }),
      with([](EventQuery& q) { q.type = "REQUEST", q.from = "2015-02"; })};
  size_t several = 0;
  for (size_t i = 0; i < filters.size(); ++i) {
    std::set<std::string> events;
    news.events(filters[i], [&](const EventRow& row) { events.insert(row.id); });
    std::vector<std::string> wanted;
    for (const Story& one : all) {
      if (std::any_of(one.events.begin(), one.events.end(), [&](const auto& id) { return events.contains(id); })) {
        wanted.push_back(to_json(one));
      }
    }
    EXPECT_THAT(wanted, ::testing::Not(IsEmpty())) << i;
    StoryQuery query;
    query.events = filters[i];
    Database database(path_, Database::Mode::kRead);
    EXPECT_EQ(store::stories_with(database, query).size(), wanted.size()) << i;
    EXPECT_EQ(stories(news, query), wanted) << i;
    for (query.limit = 1; query.limit < 8; query.limit += 3) EXPECT_EQ(paged_stories(news, query), wanted) << i;
    for (const Story& one : all) {
      query.limit = 1;
      query.story = one.id;
      const bool is_wanted = std::find(wanted.begin(), wanted.end(), to_json(one)) != wanted.end();
      EXPECT_EQ(stories(news, query).size(), is_wanted ? 1U : 0U) << i << one.id;
    }
    query.story = "";
    query.limit = 0;
    query.min_reports = 2;
    const std::vector<std::string> of_several = stories(news, query);
    EXPECT_EQ(of_several.size(), static_cast<size_t>(std::count_if(wanted.begin(), wanted.end(), [](const auto& story) {
                return story.find("\"n_reports\":1,") == std::string::npos;
              })));
    several += of_several.size();
    query.limit = 2;
    EXPECT_EQ(paged_stories(news, query), of_several) << i;
  }
  EXPECT_GT(several, 3U);
}

// Of replaced documents that wait to be joined, stories may be without reports, and their rows behind.
TEST_F(KeepingTest, WaitingDocumentsDoNotEndPagesOrFailTheCheck) {
  Store news = store("news.db");
  news.put(made(40));
  news.join();
  const size_t all = stories(news).size();
  std::vector<Record> again = made(40);
  for (Record& record : again) {
    for (Event& event : record.events)
      event.type = event.type == EventType::kAid ? EventType::kCoerce : EventType::kAid;
  }
  again.resize(20);
  news.put(again);
  ASSERT_EQ(news.unjoined(), 20U);
  EXPECT_THAT(news.check(), IsEmpty());
  const std::vector<std::string> left = stories(news);
  EXPECT_LT(left.size(), all);
  EXPECT_GT(left.size(), all / 4);
  StoryQuery query;
  for (query.limit = 1; query.limit < 9; query.limit += 7) EXPECT_EQ(paged_stories(news, query), left);
  news.join();
  EXPECT_THAT(news.check(), IsEmpty());
}

// Its cells are other bytes: what they would tell is looked up, and they are made anew where it is brought up to date.
TEST_F(KeepingTest, AnOlderStoreIsReadCheckedAndBroughtUpToDate) {
  Store::open(path_, Store::Mode::kWrite).put(made(10));
  store().join();
  StoryQuery days;
  days.events.from = "2015-01-05";
  StorylineQuery lines;
  lines.events.type = "CONSULT";
  lines.min_documents = 1;
  const EventQuery several{.type = "CONSULT", .status = "actual", .limit = 3};
  CountQuery count{{.from = "2015-01-05"}, {"mode", "publisher"}};
  const auto told = [&](const Store& news) {
    std::vector<std::vector<std::string>> all = {stories(news, days), storylines(news, lines), counts(news, count)};
    news.events(several, [&](const EventRow& row) { all.push_back({row.id}); });
    return all;
  };
  const auto before = told(store());
  for (const auto& one : before) EXPECT_THAT(one, ::testing::Not(IsEmpty()));
  const auto go_back = [&](int64_t version, const char* sql) {
    {
      Database database(path_, Database::Mode::kWrite);
      database.run("ALTER TABLE event_cells DROP COLUMN publisher; DROP TABLE spots");
      database.run(sql);
    }
    const Store older = Store::open(path_, Store::Mode::kRead);
    EXPECT_EQ(older.version(), version);
    EXPECT_THAT(older.check(), IsEmpty());
    EXPECT_EQ(told(older), before);
  };
  go_back(
      9, "UPDATE event_cells SET cells = x'01FF02'; UPDATE story_cells SET stories = x'0107'; PRAGMA user_version = 9");
  const Store news = store();
  ASSERT_EQ(news.version(), 10);
  EXPECT_EQ(news.unjoined(), 0U);
  EXPECT_THAT(news.check(), IsEmpty());
  EXPECT_EQ(told(news), before);
  go_back(8,
          "ALTER TABLE event_cells DROP COLUMN first_day; ALTER TABLE event_cells DROP COLUMN last_day; PRAGMA "
          "user_version = 8");
  EXPECT_EQ(store().unjoined(), 10U);
}

TEST_F(KeepingTest, PagesOfStatementsAreTheListingBothWays) {
  Store news = store();
  news.put(made(12));
  std::vector<Record> undated = made(15);
  undated.erase(undated.begin(), undated.begin() + 12);
  for (Record& record : undated) {
    record.article.published.reset();
    for (Statement& statement : record.statements) statement.date.reset();
  }
  news.put(undated);
  const auto listed = [&](const StatementQuery& query) {
    std::vector<std::string> ids, days;
    news.statements(query, [&](const StatementRow& row) { ids.push_back(row.id); });
    return ids;
  };
  StatementQuery query;
  std::vector<std::string> oldest = listed(query);
  ASSERT_THAT(oldest, SizeIs(30));
  query.newest_first = true;
  const std::vector<std::string> newest = listed(query);
  // Those of a known day, then the others, each the other way round.
  std::reverse(oldest.begin(), oldest.begin() + 24);
  std::reverse(oldest.begin() + 24, oldest.end());
  EXPECT_EQ(newest, oldest);
  for (const bool newest_first : {false, true}) {
    for (const char* speaker : {"", "AAA", "envoy", "nobody"}) {
      query = {};
      query.speaker = speaker;
      query.newest_first = newest_first;
      const std::vector<std::string> all = listed(query);
      std::vector<std::string> paged;
      query.limit = 4;
      for (std::vector<std::string> page = listed(query); !page.empty(); page = listed(query)) {
        paged.insert(paged.end(), page.begin(), page.end());
        query.after = page.back();
      }
      EXPECT_EQ(paged, all) << speaker << newest_first;
      EXPECT_EQ(all.empty(), std::string(speaker) == "nobody") << speaker;
    }
  }
}

TEST_F(KeepingTest, AnInstrumentIsToldInPartsAndItsListingInPages) {
  Store news = store();
  news.put(of_matters(3, 8));
  news.join();
  for (const bool largest : {false, true}) {
    InstrumentQuery query;
    query.largest_first = largest;
    std::vector<InstrumentHistory> whole;
    news.instruments(query, [&](const InstrumentHistory& one) { whole.push_back(one); });
    ASSERT_THAT(whole, SizeIs(6));
    std::vector<std::string> all, paged;
    for (const InstrumentHistory& one : whole) all.push_back(to_json(one));
    query.limit = 2;
    for (bool more = true; more;) {
      more = false;
      news.instruments(query, [&](const InstrumentHistory& one) {
        paged.push_back(to_json(one));
        query.after = one.id;
        more = true;
      });
    }
    EXPECT_EQ(paged, all);
    for (const InstrumentHistory& one : whole) {
      EXPECT_EQ(one.steps.size(), one.n_steps);
      InstrumentQuery part;
      part.instrument = one.id;
      part.steps = 3;
      InstrumentHistory told = one;
      told.steps.clear();
      for (bool more = true; more;) {
        more = false;
        news.instruments(part, [&](const InstrumentHistory& some) {
          more = !some.steps.empty();
          told.steps.insert(told.steps.end(), some.steps.begin(), some.steps.end());
        });
        if (more) part.after_step = told.steps.back().event;
      }
      EXPECT_EQ(to_json(told), to_json(one));
    }
  }
}

// The sum of many matters is like everything that shares their common words.
TEST_F(KeepingTest, ManyMattersWithCommonWordsAreNotDrawnTogether) {
  Store news = store();
  std::mt19937 random(11);
  std::vector<Record> records;
  for (int i = 0; i < 300; ++i) {
    const std::string own = "own" + std::to_string(i) + "x";
    std::string text = "Wendland " + own + "0";
    for (int k = 1; k < 20; ++k) text += " " + own + std::to_string(k);
    for (int k = 0; k < 8; ++k) text += " common" + std::to_string(random() % 80);
    const std::string day = "2031-0" + std::to_string(1 + i / 60) + "-" + std::to_string(10 + i % 18);
    records.push_back(report_of("n" + std::to_string(i), day, text + ".", own + "0", EventType::kConsult,
                                InstrumentKind::kOther, {own + "1"}, "Wendland"));
  }
  news.put(records);
  news.join();
  uint64_t largest = 0;
  StorylineQuery query;
  query.min_documents = query.min_stories = 0;
  news.storylines(query, [&](const Storyline& one) { largest = std::max(largest, one.n_documents); });
  EXPECT_LT(largest, 60U) << "258 without";
}

}  // namespace
}  // namespace dragoman
