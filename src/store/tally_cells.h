// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::store {

/// Which events of a row of `tallies` a cell counts: those of a type, a status, a quad; each 0 for all, else one more
/// than its place among the names in alphabetical order.
struct TallyKey {
  uint8_t type = 0, status = 0, quad = 0;
  auto operator<=>(const TallyKey&) const = default;
};

struct TallyCell {
  TallyKey key;
  int64_t events = 0, actual = 0, documents = 0;
  int64_t score = 0;  ///< sum of whole()

  /// Adds what another cell of the same key counts.
  TallyCell& operator+=(const TallyCell& other) {
    events += other.events;
    actual += other.actual;
    documents += other.documents;
    score += other.score;
    return *this;
  }
};

/// Of what was counted and taken away again nothing is left; of what was replaced by its like a score may be.
inline bool counts_something(const TallyCell& cell) {
  return cell.events != 0 || cell.actual != 0 || cell.documents != 0 || cell.score != 0;
}

/// Scores and confidences have four digits: as whole numbers their sums do not depend on the order.
inline constexpr double kTimes = 10000;
inline int64_t whole(double number) { return std::llround(number * kTimes); }
inline double mean_score(int64_t sum, uint64_t events) {
  return static_cast<double>(sum) / kTimes / static_cast<double>(events);
}

/// Names in the order of their numbers. A quad that is none of kQuads has the number behind the last.
std::string_view type_numbered(uint8_t number);
std::string_view status_numbered(uint8_t number);
std::string_view quad_numbered(uint8_t number);
/// 0 where there is no such name.
uint8_t number_of_type(std::string_view name);
uint8_t number_of_status(std::string_view name);
uint8_t number_of_quad(std::string_view name);
extern const uint8_t kOtherQuad;

/// Which cells are kept of an event: counts by type and quad at once are not.
inline constexpr bool is_kept(bool type, bool quad) { return !type || !quad; }

/// Bytes of cells in order of their keys: type, status and quad (two bytes), then the numbers, seven bits a byte.
void append(std::string& bytes, const TallyCell& cell);

/// Reads them one by one.
class TallyCells {
 public:
  explicit TallyCells(std::string_view bytes) : bytes_(bytes) {}
  bool next(TallyCell& cell);  ///< false after the last
  /// The next whose key is wanted: the numbers of the others, most by far, are not read.
  template <class Wanted>
  bool next(TallyCell& cell, const Wanted& wanted) {
    while (bytes_.size() >= 2) {
      const TallyKey key = next_key();
      if (wanted(key)) return next(cell);
      bytes_.remove_prefix(2);
      skip_numbers();
    }
    return false;
  }

 private:
  TallyKey next_key() const {
    const auto second = static_cast<uint8_t>(bytes_[1]);
    return {static_cast<uint8_t>(bytes_[0]), static_cast<uint8_t>(second & 0xFU), static_cast<uint8_t>(second >> 4U)};
  }
  void skip_numbers();

  std::string_view bytes_;
};

/// The sums of two rows; cells that count nothing are left out.
std::string added(std::string_view a, std::string_view b);

}  // namespace dragoman::store
