// SPDX-License-Identifier: Apache-2.0
#include "store/tally_cells.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "dragoman/analysis.h"
#include "dragoman/event.h"
#include "store/numbers.h"

namespace dragoman::store {
namespace {

/// The names of an enumeration in alphabetical order.
template <class Enum, int kCount>
std::array<std::string_view, kCount> ordered() {
  std::array<std::string_view, kCount> names;
  for (int i = 0; i < kCount; ++i) names[static_cast<size_t>(i)] = to_string(static_cast<Enum>(i));
  std::sort(names.begin(), names.end());
  return names;
}

const auto& types() {
  static const auto names = ordered<EventType, kEventTypes>();
  return names;
}

const auto& statuses() {
  static const auto names = ordered<Status, kStatuses>();
  return names;
}

constexpr std::array<std::string_view, 5> kQuads = {"", "material-conflict", "material-cooperation", "verbal-conflict",
                                                    "verbal-cooperation"};

template <class Names>
uint8_t number_in(const Names& names, std::string_view name) {
  const auto found = std::lower_bound(names.begin(), names.end(), name);
  return found != names.end() && *found == name ? static_cast<uint8_t>(found - names.begin() + 1) : uint8_t{0};
}

template <class Names>
std::string_view name_in(const Names& names, uint8_t number) {
  return number == 0 || number > names.size() ? std::string_view() : names[number - 1U];
}

}  // namespace

const uint8_t kOtherQuad = kQuads.size() + 1;

std::string_view type_numbered(uint8_t number) { return name_in(types(), number); }
std::string_view status_numbered(uint8_t number) { return name_in(statuses(), number); }
std::string_view quad_numbered(uint8_t number) { return name_in(kQuads, number); }
uint8_t number_of_type(std::string_view name) { return number_in(types(), name); }
uint8_t number_of_status(std::string_view name) { return number_in(statuses(), name); }
uint8_t number_of_quad(std::string_view name) {
  const uint8_t number = number_in(kQuads, name);
  return number == 0 ? kOtherQuad : number;
}

void append(std::string& bytes, const TallyCell& cell) {
  bytes.push_back(static_cast<char>(cell.key.type));
  bytes.push_back(static_cast<char>(cell.key.status | cell.key.quad << 4U));
  for (const int64_t number : {cell.events, cell.actual, cell.documents, cell.score}) {
    append_number(bytes, folded_sign(number));
  }
}

bool TallyCells::next(TallyCell& cell) {
  if (bytes_.size() < 2) return false;
  cell.key = next_key();
  bytes_.remove_prefix(2);
  cell.events = unfolded(take_number(bytes_));
  cell.actual = unfolded(take_number(bytes_));
  cell.documents = unfolded(take_number(bytes_));
  cell.score = unfolded(take_number(bytes_));
  return true;
}

namespace {

constexpr int kNumbers = 4;  // in a cell, behind its key

/// How many bytes the numbers take that the bytes begin with.
size_t size_of_numbers(std::string_view bytes) {
  constexpr uint64_t kTops = 0x8080808080808080U;
  // A number ends with a byte below 0x80; four mostly end within eight bytes.
  if (uint64_t word = 0; std::endian::native == std::endian::little && bytes.size() >= sizeof word) {
    std::memcpy(&word, bytes.data(), sizeof word);
    uint64_t ends = ~word & kTops;
    for (int i = 1; i < kNumbers; ++i) ends &= ends - 1;
    if (ends != 0) return static_cast<size_t>(std::countr_zero(ends)) / 8 + 1;
  }
  size_t end = 0;
  for (int numbers = kNumbers; numbers > 0 && end < bytes.size(); ++end) {
    if (static_cast<unsigned char>(bytes[end]) < 0x80U) --numbers;
  }
  return end;
}

/// The bytes of the next cell, as they are; none behind the last.
std::string_view take_cell(std::string_view& bytes) {
  if (bytes.size() < 2) return {};
  const size_t end = 2 + size_of_numbers(bytes.substr(2));
  const std::string_view cell = bytes.substr(0, end);
  bytes.remove_prefix(end);
  return cell;
}

/// Numbers in the order of keys; behind all for no cell.
uint32_t place_of(std::string_view cell) {
  if (cell.empty()) return ~uint32_t{0};
  const auto type = static_cast<unsigned char>(cell[0]), rest = static_cast<unsigned char>(cell[1]);
  return uint32_t{type} << 8U | (rest & 0xFU) << 4U | rest >> 4U;
}

/// Of two cells of one key.
TallyCell sum_of(std::string_view x, std::string_view y) {
  TallyCell sum, other;
  TallyCells(x).next(sum);
  TallyCells(y).next(other);
  return sum += other;
}

}  // namespace

void TallyCells::skip_numbers() { bytes_.remove_prefix(size_of_numbers(bytes_)); }

// A row of many cells is mostly added to a few: those that only one has are copied as they stand.
std::string added(std::string_view a, std::string_view b) {
  std::string bytes;
  bytes.reserve(a.size() + b.size());
  std::string_view x = take_cell(a), y = take_cell(b);
  while (!x.empty() || !y.empty()) {
    const uint32_t x_place = place_of(x), y_place = place_of(y);
    if (x_place == y_place) {
      if (const TallyCell cell = sum_of(x, y); counts_something(cell)) append(bytes, cell);
    } else {
      bytes.append(x_place < y_place ? x : y);
    }
    if (x_place <= y_place) x = take_cell(a);
    if (y_place <= x_place) y = take_cell(b);
  }
  return bytes;
}

}  // namespace dragoman::store
