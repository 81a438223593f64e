// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/spots.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Version of the store whose cells of events and stories are as they are read here.
inline constexpr int64_t kCellsVersion = 10;

/// What filters and counts look at of an event.
struct EventCell {
  int64_t sentence_row = 0;
  uint8_t type = 0, status = 0, quad = 0;  ///< numbers of tally_cells.h
  bool historical = false;
  int64_t score = 0, confidence = 0;        ///< whole() of tally_cells.h
  int64_t first_day = 0, last_day = 0;      ///< as 20261128; 0: not known
  std::vector<int64_t> actors, recipients;  ///< rows of `parties`
  std::vector<int64_t> spots;               ///< rows of `spots`: its places, each once, in order
  std::string modes;                        ///< joined as in `events`
};

/// "2026-11-28" as 20261128; 0 for "".
int64_t day_number(std::string_view day);
/// The other way, of a day that is known.
std::string day_text(int64_t number);

/// Of a document: what stands in its row of the table.
struct DocumentCells {
  std::string cells;
  int64_t first_day = 0, last_day = 0;  ///< that its events cover; 0 where no day is known of any
  std::string publisher;                ///< "" if none
};

/// Puts together the cells of a document: what its events have of parties, places, modes, days and scores, each once;
/// then the events, with numbers for these.
class CellWriter {
 public:
  void add(const EventCell& cell);
  DocumentCells cells() const;  ///< without the publisher

 private:
  template <class Value>
  struct Kinds {
    std::vector<Value> all;  // in order of their numbers
    std::map<Value, size_t> numbers;
    size_t number_of(const Value& value) {
      const auto [at, fresh] = numbers.try_emplace(value, all.size());
      if (fresh) all.push_back(value);
      return at->second;
    }
  };

  Kinds<int64_t> parties_, spots_, scores_;
  Kinds<std::pair<int64_t, int64_t>> days_;
  Kinds<std::string> modes_;
  std::string events_;
  int64_t row_before_ = 0, first_day_ = 0, last_day_ = 0;
};

/// Reads the cells of documents, one after the other. Of damaged ones some events are left out.
class EventCells {
 public:
  EventCells() = default;
  explicit EventCells(std::string_view bytes) { open(bytes); }
  /// Begins with those of a document, which live as long as they are read.
  void open(std::string_view bytes);

  /// What the events have, by the numbers that these give.
  const std::vector<int64_t>& parties();
  const std::vector<int64_t>& spots();
  const std::vector<std::pair<int64_t, int64_t>>& days();  ///< first and last, 0: not known
  const std::vector<std::string_view>& modes();

  /// Comes to the first event, or to the next one; false after the last.
  bool next();

  /// Of the event: numbers of tally_cells.h; whole() of that.
  uint8_t type() const { return first_ & 0x7FU; }
  bool historical() const { return (first_ & 0x80U) != 0; }
  uint8_t status() const { return second_ & 0xFU; }
  uint8_t quad() const { return static_cast<uint8_t>(second_ >> 4U); }
  int64_t confidence() const { return confidence_; }
  int64_t sentence_row() const { return row_; }
  int64_t score() { return scores()[score_]; }
  size_t day() const { return day_; }  ///< its number among days(), mode() that among modes()
  size_t mode() const { return mode_; }
  int64_t first_day() { return days()[day_].first; }
  int64_t last_day() { return days()[day_].second; }

  /// Numbers of the event's actors among parties(), of its recipients, and of its places among spots().
  const std::vector<uint32_t>& actors();
  const std::vector<uint32_t>& recipients();
  const std::vector<uint32_t>& places();

 private:
  /// What the events have of one sort; read where it is asked for.
  template <class Value>
  struct Kinds {
    std::string_view bytes;
    uint64_t count = 0;
    std::vector<Value> values;
    bool read = false;

    void open(std::string_view& cells);
    template <class Take>
    const std::vector<Value>& all(const Take& take);
  };

  const std::vector<int64_t>& scores();
  const std::vector<uint32_t>& numbers(size_t which);

  std::string_view bytes_;
  Kinds<int64_t> parties_, spots_, scores_;
  Kinds<std::pair<int64_t, int64_t>> days_;
  Kinds<std::string_view> modes_;
  uint8_t first_ = 0, second_ = 0;
  int64_t row_ = 0, confidence_ = 0;
  size_t day_ = 0, score_ = 0, mode_ = 0;
  std::string_view lists_;  // of the event, as far as they are not yet read
  size_t read_ = 0;         // how many of them are
  std::vector<uint32_t> numbers_[3];
};

/// Makes the cells of a document from its rows in the other tables.
class CellMaker {
 public:
  /// Places that are in no row of `spots` get one where they are `added`, else the number 0.
  CellMaker(Database& database, bool added);
  DocumentCells cells_of(int64_t document);
  void write(int64_t document, const DocumentCells& cells);  ///< puts them into the table

 private:
  Database& database_;
  Query events_, parties_, locations_, publisher_;
  SpotRows spots_;
  std::optional<Query> add_;
};

/// All anew, for a store of an older version.
void fill_cells(Database& database);

}  // namespace dragoman::store
