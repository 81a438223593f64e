// SPDX-License-Identifier: Apache-2.0
#include "store/tally_parts.h"

#include <compare>
#include <cstring>

#include "store/tallies.h"
#include "store/tally_cells.h"

namespace dragoman::store {
namespace {

// Parts of one transaction that become one; parts that were made of several, before all are added to the table. A
// reader has to add up 14 at most, which takes a few milliseconds.
constexpr int64_t kSmall = 8, kLarge = 7;

void append(std::string& bytes, std::string_view text) {
  const auto length = static_cast<uint32_t>(text.size());
  bytes.append(reinterpret_cast<const char*>(&length), sizeof length).append(text);
}

/// A text with its first eight characters as a number, by which most are told apart.
struct Key {
  uint64_t begin = 0;
  std::string_view text;

  explicit Key(std::string_view from) : text(from) {
    for (size_t i = 0; i < sizeof begin; ++i)
      begin = begin << 8U | (i < from.size() ? static_cast<unsigned char>(from[i]) : 0U);
  }
  std::strong_ordering operator<=>(const Key& other) const {
    if (begin != other.begin) return begin <=> other.begin;
    if (text.size() <= sizeof begin && other.text.size() <= sizeof begin) return text.size() <=> other.text.size();
    return text <=> other.text;
  }
};

/// Reads rows one by one.
class Rows {
 public:
  explicit Rows(std::string_view bytes) : bytes_(bytes) { next(); }
  bool ended() const { return ended_; }
  TallyRow row() const { return {a_.text, b_.text, cells_}; }
  std::strong_ordering order(const Rows& other) const {
    const auto order = a_ <=> other.a_;
    return order != 0 ? order : b_ <=> other.b_;
  }
  void next() {
    ended_ = bytes_.empty();
    if (ended_) return;
    a_ = Key(text());
    b_ = Key(text());
    cells_ = text();
  }

 private:
  std::string_view text() {
    uint32_t length = 0;
    if (bytes_.size() < sizeof length) return bytes_ = {};
    std::memcpy(&length, bytes_.data(), sizeof length);
    const std::string_view text = bytes_.substr(sizeof length, length);
    bytes_.remove_prefix(sizeof length + text.size());
    return text;
  }

  std::string_view bytes_, cells_;
  Key a_{""}, b_{""};
  bool ended_ = false;
};

Query adding(Database& database) {
  database.define("added_tallies", added);
  return database.query(
      "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cells = added_tallies(cells, excluded.cells)");
}

}  // namespace

void append(std::string& bytes, const TallyRow& row) {
  append(bytes, row.a);
  append(bytes, row.b);
  append(bytes, row.cells);
}

void each_group(const std::vector<std::string>& parts, const TallyGroup& each) {
  std::vector<Rows> all(parts.begin(), parts.end());
  std::vector<Rows*> first;  // those with the first row of all that are left
  std::vector<std::string_view> cells;
  while (true) {
    first.clear();
    for (Rows& one : all) {
      if (one.ended()) continue;
      const auto order = first.empty() ? std::strong_ordering::less : one.order(*first.front());
      if (order < 0) first.clear();
      if (order <= 0) first.push_back(&one);
    }
    if (first.empty()) return;
    cells.clear();
    for (const Rows* one : first) cells.push_back(one->row().cells);
    const TallyRow row = first.front()->row();
    each(row.a, row.b, cells);
    for (Rows* one : first) one->next();
  }
}

void each_sum(const std::vector<std::string>& parts, const std::function<void(const TallyRow&)>& row) {
  std::string sum;
  each_group(parts, [&](std::string_view a, std::string_view b, const std::vector<std::string_view>& cells) {
    TallyRow total = {a, b, cells.front()};
    for (size_t i = 1; i < cells.size(); ++i) {
      sum = added(total.cells, cells[i]);
      total.cells = sum;
    }
    if (!total.cells.empty()) row(total);
  });
}

TallyParts::TallyParts(Database& database)
    : parts_(database.query("SELECT count(DISTINCT part) FILTER (WHERE large = 0), count(DISTINCT part) FILTER (WHERE "
                            "large = 1), coalesce(max(part), 0) FROM tally_parts")),
      rows_(database.query("SELECT rows FROM tally_parts WHERE level = ? AND large BETWEEN ? AND ? ORDER BY part")),
      put_(database.query("INSERT INTO tally_parts VALUES (?, ?, ?, ?)")),
      forget_(database.query("DELETE FROM tally_parts WHERE large <= ?")),
      add_(adding(database)),
      clear_(database.query("DELETE FROM tallies WHERE cells = x''")) {}

void TallyParts::put(const std::vector<std::string>& levels) {
  parts_.step();
  const int64_t small = parts_.integer(0), large = parts_.integer(1), last = parts_.integer(2);
  parts_.reset();
  for (size_t level = 0; level < levels.size(); ++level) {
    if (levels[level].empty()) continue;
    put_.bind(static_cast<int64_t>(level)).bind(last + 1).bind(0).bind_blob(levels[level]).run();
  }
  if (small + 1 < kSmall) return;
  large < kLarge ? merge() : fold();
}

/// Makes one large part of the small ones.
void TallyParts::merge() {
  parts_.step();
  const int64_t part = parts_.integer(2) + 1;
  parts_.reset();
  std::vector<std::string> merged(kLevels.size());
  for (size_t level = 0; level < kLevels.size(); ++level) {
    std::vector<std::string> parts;
    for (rows_.bind(static_cast<int64_t>(level)).bind(0).bind(0); rows_.step();) parts.push_back(rows_.blob(0));
    each_sum(parts, [&](const TallyRow& row) { append(merged[level], row); });
  }
  forget_.bind(0).run();
  for (size_t level = 0; level < merged.size(); ++level) {
    if (merged[level].empty()) continue;
    put_.bind(static_cast<int64_t>(level)).bind(part).bind(1).bind_blob(merged[level]).run();
  }
}

void TallyParts::fold() {
  for (size_t level = 0; level < kLevels.size(); ++level) {
    std::vector<std::string> parts;
    for (rows_.bind(static_cast<int64_t>(level)).bind(0).bind(1); rows_.step();) parts.push_back(rows_.blob(0));
    each_sum(parts, [&](const TallyRow& row) {
      add_.bind(static_cast<int64_t>(level)).bind(row.a).bind(row.b).bind_blob(row.cells).run();
    });
  }
  forget_.bind(1).run();
  clear_.run();
}

std::vector<std::string> parts_of(Database& database, size_t level) {
  std::vector<std::string> parts;
  if (database.integer("PRAGMA user_version") < kTallyPartsVersion) return parts;
  Query rows = database.query("SELECT rows FROM tally_parts WHERE level = ? ORDER BY part");
  for (rows.bind(static_cast<int64_t>(level)); rows.step();) parts.push_back(rows.blob(0));
  return parts;
}

void fold_tallies(Database& database) {
  if (database.integer("PRAGMA user_version") < kTallyPartsVersion) return;
  if (database.integer("SELECT EXISTS (SELECT 1 FROM tally_parts)") != 0) TallyParts(database).fold();
}

}  // namespace dragoman::store
