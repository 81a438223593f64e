// SPDX-License-Identifier: Apache-2.0
// Counts events by their cells, where no kept count holds the answer: a walk over some 30 bytes an event.
#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "base/hash.h"
#include "store/cell_filter.h"
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

  /// Begins with the events of a document.
  void begin(EventCells& cells, std::string_view publisher, const std::vector<Key>& keys) {
    publisher_ = texts_.number_of(publisher);
    for (const Key key : keys) {
      if (const size_t kinds = kinds_in(key, cells); kinds > 0) here(key).assign(kinds, kUnread);
    }
  }

  /// Calls `each` with the numbers of a key's values of the event that the cells stand at.
  template <class Each>
  void visit(Key key, EventCells& cells, const Each& each) {
    switch (key) {
      case Key::kActor:
      case Key::kRecipient: {
        const std::vector<uint32_t>& parties = key == Key::kActor ? cells.actors() : cells.recipients();
        if (parties.empty()) each(texts_.number_of(""));
        for (const uint32_t party : parties) each(number_of(key, party, cells));
        break;
      }
      case Key::kPlace:
        each(cells.places().empty() ? texts_.number_of("") : number_of(key, cells.places().front(), cells));
        break;
      case Key::kYear:
      case Key::kMonth:
      case Key::kDay: each(number_of(key, cells.day(), cells)); break;
      case Key::kMode: each(number_of(key, cells.mode(), cells)); break;
      case Key::kType: each(known(key, cells.type())); break;
      case Key::kStatus: each(known(key, cells.status())); break;
      case Key::kQuad: each(known(key, cells.quad())); break;
      case Key::kPublisher: each(publisher_); break;
    }
  }

  const std::string& text(uint32_t number) const { return texts_.text(number); }

 private:
  static constexpr uint32_t kUnread = ~uint32_t{0};

  std::vector<uint32_t>& here(Key key) { return here_[static_cast<size_t>(key)]; }

  /// How many kinds the cells tell apart; 0 where they do not number them.
  static size_t kinds_in(Key key, EventCells& cells) {
    switch (key) {
      case Key::kActor:
      case Key::kRecipient: return cells.parties().size();
      case Key::kPlace: return cells.spots().size();
      case Key::kMode: return cells.modes().size();
      case Key::kYear:
      case Key::kMonth:
      case Key::kDay: return cells.days().size();
      default: return 0;
    }
  }

  /// Of the kind that has this number in the cells.
  uint32_t number_of(Key key, size_t kind, EventCells& cells) {
    uint32_t& number = here(key)[kind];
    if (number == kUnread) {
      switch (key) {
        case Key::kMode: number = texts_.number_of(cells.modes()[kind]); break;
        case Key::kPlace: number = known(key, cells.spots()[kind]); break;
        case Key::kActor:
        case Key::kRecipient: number = known(Key::kActor, cells.parties()[kind]); break;
        default: number = known(key, in_days(key, cells.days()[kind]));
      }
    }
    return number;
  }

  /// The year, month or day of first and last day; 0 where it is not one.
  static int64_t in_days(Key key, const std::pair<int64_t, int64_t>& days) {
    const auto [first, last] = days;
    if (key == Key::kYear) return first / 10000;
    if (key == Key::kMonth) return first / 100 == last / 100 ? first / 100 : 0;
    return first == last ? first : 0;
  }

  uint32_t known(Key key, int64_t value) {
    NumberMap& numbers = numbers_[static_cast<size_t>(key)];
    auto [number, is_new] = numbers.try_emplace(static_cast<uint64_t>(value), 0);
    if (is_new) {
      number = texts_.number_of(told(key, value));
      numbers.set(static_cast<uint64_t>(value), number);
    }
    return number;
  }

  std::string told(Key key, int64_t value) {
    switch (key) {
      case Key::kType: return std::string(type_numbered(static_cast<uint8_t>(value)));
      case Key::kStatus: return std::string(status_numbered(static_cast<uint8_t>(value)));
      case Key::kQuad: return std::string(quad_numbered(static_cast<uint8_t>(value)));
      case Key::kActor: return asked(called_, value);
      case Key::kPlace: return country_of_spot(asked(spot_, value));
      case Key::kYear: return value == 0 ? "" : day_text(value * 10000).substr(0, 4);
      case Key::kMonth: return value == 0 ? "" : day_text(value * 100).substr(0, 7);
      default: return value == 0 ? "" : day_text(value);
    }
  }

  static std::string asked(Query& query, int64_t row) {
    std::string text;
    for (query.bind(row); query.step();) text = query.text(0);
    return text;
  }

  Query called_, spot_;
  Texts texts_;
  std::array<NumberMap, kKeys> numbers_;           // by what tells the key's values apart
  std::array<std::vector<uint32_t>, kKeys> here_;  // by their numbers in the cells of the document
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

  void begin(EventCells& cells, int64_t document, std::string_view publisher) {
    document_ = document;
    values_.begin(cells, publisher, keys_);
  }

  void add(EventCells& cells) {
    ++event_;
    count(cells, 0, 0);
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
  void count(EventCells& cells, size_t key, uint32_t parent) {
    if (key < keys_.size()) {
      values_.visit(keys_[key], cells, [&](uint32_t value) { count(cells, key + 1, tree_.below(parent, value)); });
      return;
    }
    Tree::Node& group = tree_.at(parent);
    if (group.last_event == event_) return;  // an event of two actors of one country counts once for it
    group.last_event = event_;
    ++group.events;
    if (cells.status() == actual_ && !cells.historical()) ++group.actual;
    group.score += cells.score();
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
  std::vector<Key> keys;
  for (const std::string& name : query.by) {
    const auto key = key_named(name);
    if (!key) return std::nullopt;
    keys.push_back(*key);
  }
  const auto among = [&](Key key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  const bool quads = among(Key::kQuad), publishers = among(Key::kPublisher);
  CellFilter filter(database, query.events);
  Counter counter(database, std::move(keys));
  Query documents = database.query("SELECT document, cells, publisher FROM event_cells" + filter.documents());
  EventCells cells;
  bool named = true;
  while (named && documents.step()) {
    cells.open(documents.bytes(1));
    counter.begin(cells, documents.integer(0), publishers ? documents.text(2) : "");
    filter.each(cells, [&](int64_t) {
      counter.add(cells);
      return named = !quads || cells.quad() != kOtherQuad;
    });
  }
  if (!named) return std::nullopt;  // a quad has no name here
  return counter.rows();
}

}  // namespace dragoman::store
