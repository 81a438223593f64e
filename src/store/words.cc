// SPDX-License-Identifier: Apache-2.0
#include "store/words.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"

namespace dragoman::store {
namespace {

/// Sets of the words asked for last: the pages of a listing, and the counts beside it, ask for the same.
struct LastWords {
  static constexpr size_t kMost = 4;

  struct One {
    std::string match;
    std::shared_ptr<const RowSet> rows;
  };
  std::vector<One> all;  // the last first
  int64_t state = 0;     // of the store for which they are right
};

LastWords& last_words(Database& database) {
  std::shared_ptr<void>& kept = database.kept();
  if (!kept) kept = std::make_shared<LastWords>();
  auto& last = *static_cast<LastWords*>(kept.get());
  const int64_t state = database.state();
  if (last.state != state) last.all.clear();
  last.state = state;
  return last;
}

}  // namespace

std::string match_of(const std::string& words) {
  std::string match;
  std::set<std::string_view> seen;  // a word that is asked for twice costs twice
  for (std::string_view word : base::split(words, ' ')) {
    word = base::trim(word);
    if (!seen.insert(word).second) continue;
    const bool prefix = word.size() > 1 && word.back() == '*';
    if (prefix) word.remove_suffix(1);
    if (word.empty()) continue;
    match += match.empty() ? "\"" : " \"";
    for (const char c : word) match += c == '"' ? std::string("\"\"") : std::string(1, c);
    match += prefix ? "\"*" : "\"";
  }
  return match.empty() ? "\"\"" : match;
}

std::shared_ptr<const RowSet> rows_with(Database& database, const std::string& words) {
  const std::string match = match_of(words);
  LastWords& last = last_words(database);
  const auto known =
      std::find_if(last.all.begin(), last.all.end(), [&](const LastWords::One& one) { return one.match == match; });
  if (known != last.all.end()) {
    std::rotate(last.all.begin(), known, known + 1);
    return last.all.front().rows;
  }
  auto rows = std::make_shared<RowSet>();
  Query query = database.query("SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?");
  for (query.bind(match); query.step();) rows->add(query.integer(0));
  last.all.insert(last.all.begin(), {match, rows});
  if (last.all.size() > LastWords::kMost) last.all.pop_back();
  return rows;
}

std::string to_json(const RowSet& rows) {
  std::string json = "[";
  rows.each([&](int64_t row) { json.append(json.size() > 1 ? "," : "").append(std::to_string(row)); });
  return json + "]";
}

}  // namespace dragoman::store
