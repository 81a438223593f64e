// SPDX-License-Identifier: Apache-2.0
// Which counts that are kept hold the answer to a query, and the answer.
#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "store/conditions.h"
#include "store/corrections.h"
#include "store/counting.h"
#include "store/days.h"
#include "store/parties.h"
#include "store/spans.h"
#include "store/spots.h"
#include "store/tallies.h"

namespace dragoman::store {
namespace {

/// Where the value of a key that is counted by comes from: the two keys of a level, or the cell.
enum Source : size_t { kFirst, kSecond, kType, kStatus, kQuad };

/// Rows of a level, and cells of each.
struct Slice {
  size_t level = 0;
  std::array<std::optional<std::string>, 2> only;  // values of its keys that a filter sets
  std::optional<size_t> month;                     // which key is within from … to
  std::string from, to;
  bool type = false, status = false, quad = false;  // cells of one each, or of all
  uint8_t only_type = 0, only_status = 0;           // 0: any
  std::vector<Source> sources;                      // of the keys that are counted by, in their order

  bool holds(const TallyKey& key) const {
    return (key.type != 0) == type && (key.status != 0) == status && (key.quad != 0) == quad &&
           (only_type == 0 || key.type == only_type) && (only_status == 0 || key.status == only_status);
  }
};

/// Months that dates cover from their first to their last day; nothing where the dates begin or end within one.
std::optional<std::pair<std::string, std::string>> whole_months(const EventQuery& filter) {
  std::pair<std::string, std::string> months = {"0", "9999-12"};
  if (!filter.from.empty()) {
    const std::string from = days_of(filter.from)->first;
    if (!from.ends_with("-01")) return std::nullopt;
    months.first = from.substr(0, 7);
  }
  if (!filter.to.empty()) {
    const std::string to = days_of(filter.to)->second;
    if (days_of(to.substr(0, 7))->second != to) return std::nullopt;
    months.second = to.substr(0, 7);
  }
  return months;
}

/// What counting by actor calls those whom a filter names; nothing where it is several, or others that are called so
/// are not meant.
std::optional<std::string> called(Database& database, const std::string& name) {
  const Named named = parties_named(name);
  const std::string those = "(" + named.sql + ")";
  Query keys =
      database.query(std::string("SELECT DISTINCT ") + kCalled + " FROM parties WHERE party IN " + those + " LIMIT 2");
  for (const std::string& value : named.values) keys.bind(value);
  if (!keys.step()) return std::nullopt;
  std::string key = keys.text(0);
  if (keys.step()) return std::nullopt;
  Query others = database.query(
      "SELECT EXISTS (SELECT 1 FROM parties WHERE (country = ? OR (country = '' AND name = ?)) AND party NOT IN " +
      those + ")");
  others.bind(key).bind(key);
  for (const std::string& value : named.values) others.bind(value);
  return others.step() && others.integer(0) == 0 ? std::optional(std::move(key)) : std::nullopt;
}

template <class Text>
bool among(const std::vector<Text>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Whether the kept counts can answer such a query at all.
bool may_be_kept(Database& database, const EventQuery& filter) {
  if (database.integer("PRAGMA user_version") < kTalliesVersion) return false;
  if (!filter.text.empty() || !filter.document.empty() || filter.min_confidence > 0) return false;
  return !are_corrected(database, filter.corrected);
}

/// Finds the level whose keys are what is counted by and what filters set to one value.
class Finder {
 public:
  Finder(Database& database, const EventQuery& filter, const std::vector<std::string>& by)
      : database_(database), filter_(filter), by_(by) {}

  std::optional<Slice> find() {
    if (!may_be_kept(database_, filter_)) return std::nullopt;
    dated_ = !filter_.from.empty() || !filter_.to.empty();
    if (dated_ && !(months_ = whole_months(filter_))) return std::nullopt;
    if (dated_ && database_.integer("PRAGMA user_version") < kSpansVersion) return std::nullopt;
    if (!is_kept(among(by_, "type") || !filter_.type.empty(), among(by_, "quad"))) return std::nullopt;
    for (size_t level = 0; level < kLevels.size(); ++level) {
      if (auto slice = slice_of(level); slice && set(*slice)) return slice;
    }
    return std::nullopt;
  }

 private:
  std::optional<Slice> slice_of(size_t number) const {
    const Level& level = kLevels[number];
    Slice slice;
    slice.level = number;
    const auto has = [&](std::string_view key) {
      return std::any_of(level.keys, level.keys + level.count, [&](const char* one) { return key == one; });
    };
    for (const std::string& key : by_) {
      const auto source = source_of(level, key);
      if (!source) return std::nullopt;
      slice.sources.push_back(*source);
    }
    for (size_t k = 0; k < level.count; ++k) {
      const std::string_view key = level.keys[k];
      const bool set = (key == "actor" && !filter_.actor.empty()) || (key == "recipient" && !filter_.recipient.empty());
      if (among(by_, key) == set) return std::nullopt;  // neither, or among those that others act with
      if (set) slice.only[k] = "";
      if (key == "month" && dated_) slice.month = k;
    }
    if (dated_ && !slice.month) return std::nullopt;
    if ((!filter_.actor.empty() && !has("actor")) || (!filter_.recipient.empty() && !has("recipient"))) {
      return std::nullopt;
    }
    return slice;
  }

  static std::optional<Source> source_of(const Level& level, const std::string& key) {
    for (size_t k = 0; k < level.count; ++k) {
      if (key == level.keys[k]) return static_cast<Source>(k);
    }
    if (key == "type") return kType;
    if (key == "status") return kStatus;
    if (key == "quad") return kQuad;
    return std::nullopt;
  }

  /// What the filters set; false where they name several.
  bool set(Slice& slice) const {
    for (size_t k = 0; k < 2; ++k) {
      if (!slice.only[k]) continue;
      const bool actor = std::string_view(kLevels[slice.level].keys[k]) == "actor";
      slice.only[k] = called(database_, actor ? filter_.actor : filter_.recipient);
      if (!slice.only[k]) return false;
    }
    if (dated_) std::tie(slice.from, slice.to) = *months_;
    slice.only_type = number_of_type(filter_.type);
    slice.only_status = number_of_status(filter_.status);
    slice.type = !filter_.type.empty() || among(by_, "type");
    slice.status = !filter_.status.empty() || among(by_, "status");
    slice.quad = among(by_, "quad");
    return true;
  }

  Database& database_;
  const EventQuery& filter_;
  const std::vector<std::string>& by_;
  bool dated_ = false;
  std::optional<std::pair<std::string, std::string>> months_;
};

/// Rows that are put by for `tallies`, as far as a slice takes them, in order.
class PutBy {
 public:
  PutBy(Database& database, const Slice& slice) : parts_(parts_of(database, slice.level)) {
    each_group(parts_, [&](std::string_view a, std::string_view b, const std::vector<std::string_view>& cells) {
      for (size_t k = 0; k < 2; ++k) {
        const std::string_view key = k == 0 ? a : b;
        if ((slice.only[k] && key != *slice.only[k]) || (slice.month == k && (key < slice.from || key > slice.to)))
          return;
      }
      cells_.insert(cells_.end(), cells.begin(), cells.end());
      rows_.push_back({a, b, cells_.size()});
    });
  }

  bool ended() const { return at_ == rows_.size(); }
  std::string_view a() const { return rows_[at_].a; }
  std::string_view b() const { return rows_[at_].b; }
  bool is_at(std::string_view a, std::string_view b) const { return !ended() && this->a() == a && this->b() == b; }
  bool comes_before(std::string_view a, std::string_view b) const {
    return !ended() && (this->a() != a ? this->a() < a : this->b() < b);
  }
  /// Adds the cells of the row, of each part by themselves.
  void append_to(std::vector<std::string_view>& cells) const {
    const size_t begin = at_ == 0 ? 0 : rows_[at_ - 1].end;
    for (size_t i = begin; i < rows_[at_].end; ++i) cells.push_back(cells_[i]);
  }
  void next() { ++at_; }

 private:
  struct Row {
    std::string_view a, b;
    size_t end;  // of its cells in cells_
  };
  std::vector<std::string> parts_;  // hold what the views are of
  std::vector<std::string_view> cells_;
  std::vector<Row> rows_;
  size_t at_ = 0;
};

/// The cells that a slice holds of one row, told in several parts: those alone are added up.
class RowCells {
 public:
  explicit RowCells(const Slice& slice) : slice_(slice) {}

  /// In order of their keys; what counts no event may be among them.
  const std::vector<TallyCell>& sum_of(const std::vector<std::string_view>& parts) {
    sums_.clear();
    for (const std::string_view part : parts) add(part);
    return sums_;
  }

 private:
  void add(std::string_view bytes) {
    bool rest = true;  // those of one type come last
    const auto wanted = [&](const TallyKey& key) {
      rest = key.type == 0 || slice_.type;
      return !rest || slice_.holds(key);
    };
    TallyCells cells(bytes);
    size_t at = 0;
    for (TallyCell one; cells.next(one, wanted) && rest; ++at) {
      while (at < sums_.size() && sums_[at].key < one.key) ++at;
      if (at == sums_.size() || sums_[at].key != one.key) {
        sums_.insert(sums_.begin() + static_cast<std::ptrdiff_t>(at), one);
        continue;
      }
      sums_[at] += one;
    }
  }

  const Slice& slice_;
  std::vector<TallyCell> sums_;
};

/// Calls `begin` with the keys of a row (views until the next), then `cell` with each cell of it that the slice holds,
/// until it says false.
template <class Begin, class Cell>
void each_cell(Database& database, const Slice& slice, const Begin& begin, const Cell& cell) {
  constexpr const char* kColumns[] = {"a", "b"};
  std::string sql = "SELECT a, b, cells FROM tallies WHERE level = " + std::to_string(slice.level);
  for (size_t k = 0; k < 2; ++k) {
    if (slice.only[k]) sql.append(" AND ").append(kColumns[k]).append(" = ?");
    if (slice.month == k) sql.append(" AND ").append(kColumns[k]).append(" BETWEEN ? AND ?");
  }
  Query rows = database.query(sql + " ORDER BY a, b");
  for (size_t k = 0; k < 2; ++k) {
    if (slice.only[k]) rows.bind(*slice.only[k]);
    if (slice.month == k) rows.bind(slice.from).bind(slice.to);
  }
  PutBy put_by(database, slice);
  RowCells cells(slice);
  std::vector<std::string_view> parts;
  const auto tell = [&](std::string_view a, std::string_view b) {
    begin(a, b);
    for (const TallyCell& one : cells.sum_of(parts)) {
      if (one.events != 0 && !cell(one)) return false;
    }
    return true;
  };
  const auto tell_put_by = [&] {
    parts.clear();
    put_by.append_to(parts);
    const bool more = tell(put_by.a(), put_by.b());
    put_by.next();
    return more;
  };
  while (rows.step()) {
    const std::string_view a = rows.bytes(0), b = rows.bytes(1);
    while (put_by.comes_before(a, b)) {
      if (!tell_put_by()) return;
    }
    parts = {rows.bytes(2)};
    if (put_by.is_at(a, b)) {
      put_by.append_to(parts);
      put_by.next();
    }
    if (!tell(a, b)) return;
  }
  while (!put_by.ended()) {
    if (!tell_put_by()) return;
  }
}

/// Puts the keys that all cells of a row share into what is told, which is used again for each.
void fill(CountRow& row, const Slice& slice, std::string_view a, std::string_view b) {
  for (size_t i = 0; i < slice.sources.size(); ++i) {
    if (slice.sources[i] == kFirst) row.keys[i] = a;
    if (slice.sources[i] == kSecond) row.keys[i] = b;
  }
}

/// Puts the rest of a cell into it.
void fill(CountRow& row, const Slice& slice, const TallyCell& cell) {
  for (size_t i = 0; i < slice.sources.size(); ++i) {
    switch (slice.sources[i]) {
      case kType: row.keys[i] = type_numbered(cell.key.type); break;
      case kStatus: row.keys[i] = status_numbered(cell.key.status); break;
      case kQuad: row.keys[i] = quad_numbered(cell.key.quad); break;
      default: break;
    }
  }
  row.events = static_cast<uint64_t>(cell.events);
  row.actual = static_cast<uint64_t>(cell.actual);
  row.documents = static_cast<uint64_t>(cell.documents);
  row.score = mean_score(cell.score, row.events);
}

/// What a key of the level's is of an event of several months; of no month.
std::vector<std::string_view> names_in(const Slice& slice, size_t key, const LongEvent& event) {
  const std::string_view name = kLevels[slice.level].count > key ? kLevels[slice.level].keys[key] : "";
  if (name == "actor") return event.actors;
  if (name == "recipient") return event.recipients;
  if (name == "spot") return event.spots;
  return {""};
}

/// Counts events of several months in the groups that a slice makes.
class SpanCounts {
 public:
  explicit SpanCounts(const Slice& slice) : slice_(slice) {}

  /// Adds a row for each group, in order of the keys.
  void count(Database& database, const EventQuery& filter, std::vector<CountRow>& rows) {
    each_span(database, filter, [&](const LongEvent& event) { add(event); });
    for (auto& [keys, group] : groups_) {
      CountRow one;
      for (const std::string_view key : base::split(keys, kBetween)) one.keys.emplace_back(key);
      one.events = group.events;
      one.actual = group.actual;
      one.documents = group.documents.size();
      one.score = mean_score(group.score, group.events);
      rows.push_back(std::move(one));
    }
    std::sort(rows.end() - static_cast<std::ptrdiff_t>(groups_.size()), rows.end(),
              [](const CountRow& a, const CountRow& b) { return a.keys < b.keys; });
  }

 private:
  static constexpr char kBetween = '\x1e';  // stands in no key
  struct Group {
    uint64_t events = 0, actual = 0;
    int64_t score = 0;
    std::unordered_set<int64_t> documents;
  };

  void add(const LongEvent& event) {
    for (const std::string_view first : names(0, event)) {
      for (const std::string_view second : names(1, event)) {
        keys_.clear();
        for (size_t i = 0; i < slice_.sources.size(); ++i) {
          if (i > 0) keys_.push_back(kBetween);
          keys_ += value(slice_.sources[i], first, second, event);
        }
        Group& group = groups_[keys_];
        ++group.events;
        group.actual += event.actual ? 1U : 0U;
        group.score += event.score;
        group.documents.insert(event.document);
      }
    }
  }

  std::vector<std::string_view> names(size_t key, const LongEvent& event) const {
    std::vector<std::string_view> all = names_in(slice_, key, event);
    if (slice_.only[key]) std::erase_if(all, [&](std::string_view one) { return one != *slice_.only[key]; });
    return all;
  }

  static std::string_view value(Source source, std::string_view first, std::string_view second,
                                const LongEvent& event) {
    switch (source) {
      case kFirst: return first;
      case kSecond: return second;
      case kType: return event.type;
      case kStatus: return event.status;
      case kQuad: return event.quad;
    }
    return {};
  }

  const Slice& slice_;
  std::string keys_;  // of the group that is looked for
  std::unordered_map<std::string, Group> groups_;
};

/// A quad that no cell can name.
bool knows_quads(Database& database) {
  Slice all;
  all.level = kLevels.size() - 1;
  all.quad = true;
  bool known = true;
  each_cell(
      database, all, [](std::string_view, std::string_view) {},
      [&](const TallyCell& cell) { return known = cell.key.quad != kOtherQuad; });
  return known;
}

}  // namespace

bool count_kept(Database& database, const CountQuery& query, const std::function<void(const CountRow&)>& row) {
  const auto slice = Finder(database, query.events, query.by).find();
  if (!slice || (slice->quad && !knows_quads(database))) return false;
  CountRow one;
  one.keys.resize(query.by.size());
  const auto begin = [&](std::string_view a, std::string_view b) { fill(one, *slice, a, b); };
  const bool in_order = std::is_sorted(slice->sources.begin(), slice->sources.end());
  if (in_order && !slice->month && !query.largest_first) {
    uint64_t told = 0;
    each_cell(database, *slice, begin, [&](const TallyCell& cell) {
      fill(one, *slice, cell);
      row(one);
      return query.limit == 0 || ++told < query.limit;
    });
    return true;
  }
  std::vector<CountRow> rows;
  each_cell(database, *slice, begin, [&](const TallyCell& cell) {
    fill(one, *slice, cell);
    rows.push_back(one);
    return true;
  });
  const auto kept = static_cast<std::ptrdiff_t>(rows.size());
  if (slice->month) SpanCounts(*slice).count(database, query.events, rows);
  if (in_order && !query.largest_first) {
    std::inplace_merge(rows.begin(), rows.begin() + kept, rows.end(),
                       [](const CountRow& a, const CountRow& b) { return comes_before(a, b, false); });
    if (query.limit > 0 && query.limit < rows.size()) rows.resize(query.limit);
    for (const CountRow& each : rows) row(each);
  } else {
    tell_in_order(std::move(rows), query, row);
  }
  return true;
}

bool places_kept(Database& database, const EventQuery& query, Spots& spots) {
  const bool dated = !query.from.empty() || !query.to.empty();
  std::vector<std::string> by = {"spot"};
  if (dated) by.emplace_back("month");
  const auto slice = Finder(database, query, by).find();
  if (!slice) return false;
  std::string place;
  each_cell(
      database, *slice, [&](std::string_view a, std::string_view) { place = a; },
      [&](const TallyCell& cell) {
        spots.add(place, static_cast<uint64_t>(cell.events), static_cast<uint64_t>(cell.actual));
        return true;
      });
  if (!dated) return true;
  each_span(database, query, [&](const LongEvent& event) {
    for (size_t k = 0; k < 2; ++k) {
      if (slice->only[k] && !among(names_in(*slice, k, event), *slice->only[k])) return;
    }
    for (const std::string_view spot : event.spots) spots.add(spot, 1, event.actual ? 1 : 0);
  });
  return true;
}

}  // namespace dragoman::store
