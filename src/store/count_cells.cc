// SPDX-License-Identifier: Apache-2.0
// Counts events by their cells, where no kept count holds the answer: a walk over some 30 bytes an event.
#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "base/hash.h"
#include "store/cell_filter.h"
#include "store/corrections.h"
#include "store/counting.h"
#include "store/event_cells.h"
#include "store/number_map.h"
#include "store/parties.h"
#include "store/spots.h"
#include "store/tally_cells.h"

namespace dragoman::store {
namespace {

enum class Key { kActor, kRecipient, kYear, kMonth, kDay, kType, kStatus, kQuad, kPlace, kMode, kPublisher };
constexpr size_t kKeys = 11;

std::optional<Key> key_named(std::string_view name) {
  constexpr std::array<std::string_view, kKeys> kNames = {"actor",  "recipient", "year",  "month", "day",      "type",
                                                          "status", "quad",      "place", "mode",  "publisher"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Key>(i);
  }
  return std::nullopt;
}

/// Numbers for texts, in the order in which they come.
class Texts {
 public:
  uint32_t number_of(std::string_view text) {
    const auto fresh = static_cast<uint32_t>(texts_.size());
    // Texts of one hash have the numbers behind it.
    for (uint64_t hash = base::quick_hash(text) >> 1U;; ++hash) {
      const auto [number, is_new] = numbers_.try_emplace(hash, fresh);
      if (is_new) texts_.emplace_back(text);
      if (texts_[number] == text) return number;
    }
  }
  const std::string& text(uint32_t number) const { return texts_[number]; }

 private:
  std::vector<std::string> texts_;
  NumberMap numbers_;  // by the hash of each
};

/// The values of events' keys, as numbers of texts.
class Values {
 public:
  explicit Values(Database& database)
      : called_(database.query(std::string("SELECT ") + kCalled + " FROM parties WHERE party = ?")),
        spot_(database.query("SELECT place FROM spots WHERE spot = ?")) {}

  void begin(std::string_view publisher) { publisher_ = texts_.number_of(publisher); }

  /// Calls `each` with the numbers of a key's values of an event.
  template <class Each>
  void visit(Key key, const EventCell& cell, const Each& each) {
    if (key == Key::kActor || key == Key::kRecipient) {
      const std::vector<int64_t>& rows = key == Key::kActor ? cell.actors : cell.recipients;
      if (rows.empty()) each(known(Key::kActor, 0, cell));
      for (const int64_t row : rows) each(known(Key::kActor, row, cell));
    } else if (key == Key::kMode) {
      each(texts_.number_of(cell.modes));
    } else if (key == Key::kPublisher) {
      each(publisher_);
    } else {
      each(known(key, raw(key, cell), cell));
    }
  }

  const std::string& text(uint32_t number) const { return texts_.text(number); }

 private:
  /// What tells the key's values apart.
  static int64_t raw(Key key, const EventCell& cell) {
    switch (key) {
      case Key::kYear: return cell.first_day / 10000;
      case Key::kMonth: return cell.first_day / 100 == cell.last_day / 100 ? cell.first_day / 100 : 0;
      case Key::kDay: return cell.first_day == cell.last_day ? cell.first_day : 0;
      case Key::kType: return cell.type;
      case Key::kStatus: return cell.status;
      case Key::kPlace: return cell.spots.empty() ? 0 : cell.spots.front();
      default: return cell.quad;
    }
  }

  uint32_t known(Key key, int64_t value, const EventCell& cell) {
    NumberMap& numbers = numbers_[static_cast<size_t>(key)];
    auto [number, is_new] = numbers.try_emplace(static_cast<uint64_t>(value), 0);
    if (is_new) {
      number = texts_.number_of(told(key, value, cell));
      numbers.set(static_cast<uint64_t>(value), number);
    }
    return number;
  }

  std::string told(Key key, int64_t value, const EventCell& cell) {
    if (key == Key::kType) return std::string(type_numbered(cell.type));
    if (key == Key::kStatus) return std::string(status_numbered(cell.status));
    if (key == Key::kQuad) return std::string(quad_numbered(cell.quad));
    if (value == 0) return "";
    if (key == Key::kActor) {
      std::string name;
      for (called_.bind(value); called_.step();) name = called_.text(0);
      return name;
    }
    if (key == Key::kPlace) {
      std::string spot;
      for (spot_.bind(value); spot_.step();) spot = spot_.text(0);
      return country_of_spot(spot);
    }
    return day_text(cell.first_day).substr(0, key == Key::kYear ? 4 : key == Key::kMonth ? 7 : 10);
  }

  Query called_, spot_;
  Texts texts_;
  std::array<NumberMap, kKeys> numbers_;
  uint32_t publisher_ = 0;
};

/// Groups as a tree, a level for each key.
class Tree {
 public:
  struct Node {
    uint32_t parent = 0, value = 0;
    uint64_t events = 0, actual = 0, documents = 0, last_event = 0;
    int64_t score = 0, last_document = 0;
  };

  uint32_t below(uint32_t parent, uint32_t value) {
    const uint64_t path = static_cast<uint64_t>(parent) << 32U | value;
    const auto [node, is_new] = children_.try_emplace(path, static_cast<uint32_t>(nodes_.size()));
    if (is_new) nodes_.push_back({parent, value});
    return node;
  }

  Node& at(uint32_t node) { return nodes_[node]; }
  const std::vector<Node>& nodes() const { return nodes_; }

 private:
  std::vector<Node> nodes_ = std::vector<Node>(1);
  NumberMap children_;
};

class Counter {
 public:
  Counter(Database& database, std::vector<Key> keys) : keys_(std::move(keys)), values_(database) {}

  void begin(int64_t document, std::string_view publisher) {
    document_ = document;
    values_.begin(publisher);
  }

  void add(const EventCell& cell) {
    ++event_;
    count(cell, 0, 0);
  }

  std::vector<CountRow> rows() const {
    std::vector<CountRow> all;
    for (const Tree::Node& node : tree_.nodes()) {
      if (node.events == 0) continue;
      CountRow row;
      row.keys.resize(keys_.size());
      const Tree::Node* at = &node;
      for (size_t key = keys_.size(); key-- > 0; at = &tree_.nodes()[at->parent])
        row.keys[key] = values_.text(at->value);
      row.events = node.events;
      row.actual = node.actual;
      row.documents = node.documents;
      row.score = mean_score(node.score, node.events);
      all.push_back(std::move(row));
    }
    return all;
  }

 private:
  void count(const EventCell& cell, size_t key, uint32_t parent) {
    if (key < keys_.size()) {
      values_.visit(keys_[key], cell, [&](uint32_t value) { count(cell, key + 1, tree_.below(parent, value)); });
      return;
    }
    Tree::Node& group = tree_.at(parent);
    if (group.last_event == event_) return;  // an event of two actors of one country counts once for it
    group.last_event = event_;
    ++group.events;
    if (cell.status == actual_ && !cell.historical) ++group.actual;
    group.score += cell.score;
    if (group.last_document != document_) ++group.documents;
    group.last_document = document_;
  }

  std::vector<Key> keys_;
  Values values_;
  Tree tree_;
  uint64_t event_ = 0;
  int64_t document_ = 0;
  uint8_t actual_ = number_of_status("actual");
};

}  // namespace

std::optional<std::vector<CountRow>> count_cells(Database& database, const CountQuery& query) {
  if (database.integer("PRAGMA user_version") < kCellsVersion || !query.events.document.empty()) return std::nullopt;
  if (are_corrected(database, query.events.corrected)) return std::nullopt;
  std::vector<Key> keys;
  for (const std::string& name : query.by) {
    const auto key = key_named(name);
    if (!key) return std::nullopt;
    keys.push_back(*key);
  }
  const auto among = [&](Key key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  const bool quads = among(Key::kQuad), publishers = among(Key::kPublisher),
             places = among(Key::kPlace) || among(Key::kMode);
  const bool parties = among(Key::kActor) || among(Key::kRecipient);
  const CellFilter filter(database, query.events);
  Counter counter(database, std::move(keys));
  Query documents = database.query("SELECT document, cells, publisher FROM event_cells" + filter.documents());
  EventCell cell;
  while (documents.step()) {
    counter.begin(documents.integer(0), publishers ? documents.text(2) : "");
    for (EventCells cells(documents.bytes(1)); cells.next(cell);) {
      if (!filter.lets_through(cells, cell)) continue;
      if (quads && cell.quad == kOtherQuad) return std::nullopt;  // has no name here
      cells.days(cell);
      if (parties) cells.parties(cell);
      if (places) cells.spots_and_modes(cell);
      counter.add(cell);
    }
  }
  return counter.rows();
}

}  // namespace dragoman::store
