// SPDX-License-Identifier: Apache-2.0
// store_bench FILE DOCUMENTS [MORE [MATTER]]: fills a store with made news of 20 events each up to DOCUMENTS (a store
// that is there goes on; MATTER documents on end are on one matter, all if not given), then times MORE further
// documents, put 256 in a transaction as `dragoman read` does, their joining where the store was joined before, counts,
// and pages of the views; medians.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "dragoman/store.h"
#include "store/made_news.h"

namespace {

using namespace dragoman;
constexpr size_t kTogether = 256;
testing::MadeNews news;

/// Seconds of this core, and on the wall.
struct Spent {
  double core, wall;
};

Spent spent_by(const std::function<void()>& work) {
  const auto wall = std::chrono::steady_clock::now();
  timespec before{}, after{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
  work();
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - wall;
  return {
      static_cast<double>(after.tv_sec - before.tv_sec) + static_cast<double>(after.tv_nsec - before.tv_nsec) * 1e-9,
      passed.count()};
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

std::vector<Record> made(uint64_t first, uint64_t last) {
  std::vector<Record> records;
  for (uint64_t i = first; i < last; ++i) records.push_back(testing::made_record(news, i));
  return records;
}

/// Forgets what the system holds of the file in memory.
void make_cold(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0) return;
  fdatasync(file);
  posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  close(file);
}

void time_count(const std::string& path, const char* name, const CountQuery& query) {
  make_cold(path);
  uint64_t groups = 0, events = 0;
  const auto count = [&](const Store& store) {
    groups = events = 0;
    store.count(query, [&](const CountRow& row) {
      ++groups;
      events += row.events;
    });
  };
  const Spent cold = spent_by([&] { count(Store::open(path, Store::Mode::kRead)); });
  const Store store = Store::open(path, Store::Mode::kRead);
  std::vector<double> warm;
  for (int i = 0; i < 9; ++i) warm.push_back(spent_by([&] { count(store); }).wall);
  std::printf("%-28s %9.1f ms cold %9.1f ms warm   %llu groups, %llu events\n", name, cold.wall * 1e3,
              median(warm) * 1e3, static_cast<unsigned long long>(groups), static_cast<unsigned long long>(events));
}

/// What a page of the views asks for: the median of five, after one that reads what it needs from the disk.
void time_view(const Store& store, const char* name, const std::function<uint64_t(const Store&)>& ask) {
  uint64_t rows = 0;
  const Spent first = spent_by([&] { rows = ask(store); });
  std::vector<double> walls, cores;
  for (int i = 0; i < 5; ++i) {
    const Spent spent = spent_by([&] { ask(store); });
    walls.push_back(spent.wall);
    cores.push_back(spent.core);
  }
  std::printf("%-32s %9.1f ms first %9.1f ms wall %9.1f ms core   %llu rows\n", name, first.wall * 1e3,
              median(walls) * 1e3, median(cores) * 1e3, static_cast<unsigned long long>(rows));
}

void time_events(const Store& store, const char* name, EventQuery query) {
  query.limit = 101;
  time_view(store, name, [&](const Store& from) {
    uint64_t rows = 0;
    from.events(query, [&](const EventRow&) { ++rows; });
    return rows;
  });
}

void time_groups(const Store& store, const char* name, const CountQuery& query) {
  time_view(store, name, [&](const Store& from) {
    uint64_t rows = 0;
    from.count(query, [&](const CountRow&) { ++rows; });
    return rows;
  });
}

template <class Query, class Row>
void time_list(const Store& store, const char* name, Query query,
               void (Store::*list)(const Query&, const std::function<void(const Row&)>&) const) {
  time_view(store, name, [&](const Store& from) {
    uint64_t rows = 0;
    (from.*list)(query, [&](const Row&) { ++rows; });
    return rows;
  });
}

EventQuery with_actor(const char* actor) {
  EventQuery query;
  query.actor = actor;
  return query;
}

/// The page behind the ten thousandth event of a listing.
EventQuery behind(const Store& store, EventQuery query) {
  query.limit = 10'000;
  store.events(query, [&](const EventRow& row) { query.after = row.id; });
  return query;
}

void time_views(const Store& store) {
  EventQuery newest, pair = with_actor("AAA"), assaults, months, words;
  newest.order = EventOrder::kNewest;
  pair.recipient = "AAB";
  assaults.type = "ASSAULT";
  months.from = "2020-01";
  months.to = "2020-02";
  words.text = "quinden*";
  EventQuery all_have = words, many_have = words, few_have = words, several = words, with_type = words,
             with_actor_too = words;
  all_have.text = "port";
  many_have.text = "baden";
  few_have.text = "quinquinden";
  several.text = "denfol griden sut*";
  with_type.type = "ASSAULT";
  with_type.status = "alleged";
  with_actor_too.actor = "AGQ";
  time_events(store, "events", {});
  time_events(store, "events, newest", newest);
  time_events(store, "events of AAA (every fifth)", with_actor("AAA"));
  time_events(store, "events of AGQ (few)", with_actor("AGQ"));
  time_events(store, "events of nobody", with_actor("CHN"));
  time_events(store, "events of \"envoy quin\"", with_actor("envoy quin"));
  time_events(store, "events AAA on AAB", pair);
  time_events(store, "events, ASSAULT", assaults);
  time_events(store, "events of two months", months);
  time_events(store, "events with a word", words);
  time_events(store, "events with a word of all", all_have);
  time_events(store, "events with a word of most", many_have);
  time_events(store, "events with a rare word", few_have);
  time_events(store, "events with three words", several);
  time_events(store, "events with a word, type, status", with_type);
  time_events(store, "events with a word, AGQ", with_actor_too);
  time_events(store, "events with a word, far on", behind(store, words));
  time_events(store, "events, far on", behind(store, {}));
  EventQuery surest, worst, few_types;
  surest.order = EventOrder::kConfidence;
  worst.order = EventOrder::kScore;
  few_types.type = "THREATEN";
  few_types.status = "negated";
  few_types.min_confidence = 0.99;
  time_events(store, "events, surest first", surest);
  time_events(store, "events, worst first", worst);
  time_events(store, "events, worst first, far on", behind(store, worst));
  time_events(store, "events, type, status, surest", few_types);
  time_groups(store, "count by type", {{}, {"type"}});
  time_groups(store, "count by type with a word", {words, {"type"}});
  time_groups(store, "count by actor with a word", {words, {"actor"}});
  time_groups(store, "count by actor, rare word", {few_have, {"actor"}});
  time_groups(store, "count by status, word of most", {many_have, {"status"}});
  time_groups(store, "count by month, type", {{}, {"month", "type"}});
  time_groups(store, "count by month, AGQ", {with_actor("AGQ"), {"month"}});
  time_groups(store, "count by month, AAA", {with_actor("AAA"), {"month"}});
  time_groups(store, "count by status, ASSAULT", {assaults, {"status"}});
  time_groups(store, "count by place", {{}, {"place"}});
  DocumentQuery documents;
  documents.limit = 101;
  StatementQuery statements;
  statements.limit = 101;
  PlaceQuery places;
  places.limit = 1001;
  time_list(store, "documents", documents, &Store::documents);
  time_list(store, "statements", statements, &Store::statements);
  for (const char* text : {"quinden*", "baden", "quinquinden"}) {
    documents.text = statements.text = text;
    time_list(store, (std::string("documents with ") + text).c_str(), documents, &Store::documents);
    time_list(store, (std::string("statements with ") + text).c_str(), statements, &Store::statements);
  }
  time_list(store, "places", places, &Store::places);
  EventQuery since, sure;
  since.from = "2023";
  sure.min_confidence = 0.8;
  places.events = sure;
  time_list(store, "places, surest", places, &Store::places);
  time_groups(store, "count by mode since a year", {since, {"mode"}});
  time_groups(store, "count by publisher since a year", {since, {"publisher"}});
  time_groups(store, "count by mode and publisher", {{}, {"mode", "publisher"}});
  time_groups(store, "count by day, AAA on AAB", {pair, {"day"}});
  if (store.unjoined() > 0) return;
  StoryQuery stories;
  stories.limit = 101;
  stories.events = pair;
  time_list(store, "stories AAA on AAB", stories, &Store::stories);
  stories.events = since;
  time_list(store, "stories since a year", stories, &Store::stories);
  stories.min_reports = 2;
  time_list(store, "stories of two reports since", stories, &Store::stories);
  stories.events = assaults;
  stories.min_sources = 2;
  time_list(store, "stories of two sources, ASSAULT", stories, &Store::stories);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string path = argv[1];
  const auto documents = static_cast<uint64_t>(std::atoll(argv[2]));
  const uint64_t more = argc > 3 ? static_cast<uint64_t>(std::atoll(argv[3])) : 2000;
  if (argc > 4) news.matter = static_cast<uint32_t>(std::atoll(argv[4]));
  uint64_t there = 0;
  {
    Store store = Store::open(path, Store::Mode::kWrite);
    there = store.counts().documents;
    for (uint64_t i = there; i < documents; i += kTogether) store.put(made(i, std::min(documents, i + kTogether)));
    there = std::max(there, documents);
    const bool joined = there > 0 && store.unjoined() == 0;
    std::vector<double> core, wall;
    Spent all{};
    for (uint64_t i = there; i < there + more; i += kTogether) {
      const auto records = made(i, i + kTogether);
      const Spent spent = spent_by([&] { store.put(records); });
      all = {all.core + spent.core, all.wall + spent.wall};
      core.push_back(kTogether / spent.core);
      wall.push_back(kTogether / spent.wall);
    }
    if (more > 0)
      std::printf("put: %.0f documents/s of a core, %.0f on the wall; of a transaction, median, %.0f and %.0f\n",
                  static_cast<double>(core.size() * kTogether) / all.core,
                  static_cast<double>(core.size() * kTogether) / all.wall, median(core), median(wall));
    if (joined && more > 0) {
      const Spent spent = spent_by([&] { store.join(); });
      std::printf("joined: in %.1f s of a core, %.1f on the wall\n", spent.core, spent.wall);
    }
    std::printf("%llu events in the store\n", static_cast<unsigned long long>(store.counts().events));
  }
  time_count(path, "actor,month,type", {{}, {"actor", "month", "type"}});
  CountQuery year{{}, {"actor", "month", "type"}};
  year.events.from = year.events.to = "2018";
  time_count(path, "actor,month,type of a year", year);
  CountQuery pairs{{}, {"actor", "recipient"}};
  pairs.largest_first = true;
  pairs.limit = 100;
  time_count(path, "actor,recipient largest", pairs);
  year.limit = 1000;
  time_count(path, "the year, a page of 1,000", year);
  time_views(Store::open(path, Store::Mode::kRead));
  return 0;
}
