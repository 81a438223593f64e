// SPDX-License-Identifier: Apache-2.0
#include "store/tallies.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "document/rounded.h"
#include "store/days.h"
#include "store/spots.h"

namespace dragoman::store {
namespace {

using Values = std::vector<std::string>;

/// Scores are added up as whole numbers, so that the sum does not depend on the order.

// In memory, 16 bytes each, before all are written: those of some 4,000 documents.
constexpr size_t kMostCounted = size_t{1} << 20;
constexpr uint32_t kNone = ~uint32_t{0};  // no value: a level has fewer keys

Values distinct(Values values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// What levels are made of, each value worked out once an event.
constexpr const char* kKeys[] = {"actor", "recipient", "year", "month", "place", "publisher", "spot"};

size_t number_of(std::string_view key) {
  return static_cast<size_t>(std::find(std::begin(kKeys), std::end(kKeys), key) - std::begin(kKeys));
}

/// The values that an event has of each of kKeys; several of actors, recipients and spots.
std::vector<Values> values_of(const Record& record, const Event& event) {
  const auto days = event.date ? days_of(event.date->value) : std::nullopt;
  const bool one_month = days && days->first.substr(0, 7) == days->second.substr(0, 7);
  return {counted_names(record, event.actors),
          counted_names(record, event.recipients),
          {days ? days->first.substr(0, 4) : ""},
          {one_month ? days->first.substr(0, 7) : ""},
          {event.locations.empty() ? "" : event.locations.front().country},
          {record.article.publisher},
          counted_spots(event.locations)};
}

/// Counts the events of one group; then the cells of it, in order.
class Cells {
 public:
  void add(const TallyCell& event, uint32_t document) {
    for (unsigned part = 0; part < 8; ++part) {
      const bool type = (part & 1U) != 0, status = (part & 2U) != 0, quad = (part & 4U) != 0;
      if (!is_kept(type, quad)) continue;
      const TallyKey key = {type ? event.key.type : uint8_t{0}, status ? event.key.status : uint8_t{0},
                            quad ? event.key.quad : uint8_t{0}};
      const size_t at = (size_t{key.type} * kStatuses + key.status) * kQuads + key.quad;
      if (last_[at] == 0) {
        used_.push_back(at);
        cells_[at] = TallyCell{key};
      }
      TallyCell& cell = cells_[at];
      cell.events += event.events;
      cell.actual += event.actual;
      cell.score += event.score;
      cell.documents += last_[at] == document ? 0 : event.documents;
      last_[at] = document;
    }
  }

  std::string take() {
    std::sort(used_.begin(), used_.end());
    std::string bytes;
    for (const size_t at : used_) {
      if (counts_something(cells_[at])) store::append(bytes, cells_[at]);
      last_[at] = 0;
    }
    used_.clear();
    return bytes;
  }

 private:
  static constexpr size_t kTypes = 32, kStatuses = 8, kQuads = 8;
  std::array<TallyCell, kTypes * kStatuses * kQuads> cells_{};
  std::array<uint32_t, kTypes * kStatuses * kQuads> last_{};  // document that was counted last; 0 where none was
  std::vector<size_t> used_;
};

}  // namespace

std::vector<std::string> counted_names(const Record& record, const std::vector<Participant>& participants) {
  Values names;
  for (const Participant& one : participants) {
    names.push_back(!one.country.empty() ? one.country : record.entities.at(one.entity).name);
  }
  return names.empty() ? Values{""} : distinct(std::move(names));
}

std::vector<std::string> counted_spots(const std::vector<Location>& locations) {
  Values known, spots;
  for (const Location& one : locations) {
    std::string key = place_key(one);
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    known.push_back(std::move(key));
    spots.push_back(spot_of(one));
  }
  return spots;
}

int64_t counted_score(const Event& event) { return whole(rounded(event.score)); }

const std::vector<Level> kLevels = {{{"actor", "month"}, 2}, {{"recipient", "month"}, 2}, {{"actor", "recipient"}, 2},
                                    {{"actor", "year"}, 2},  {{"recipient", "year"}, 2},  {{"spot", "month"}, 2},
                                    {{"actor", nullptr}, 1}, {{"recipient", nullptr}, 1}, {{"month", nullptr}, 1},
                                    {{"year", nullptr}, 1},  {{"place", nullptr}, 1},     {{"publisher", nullptr}, 1},
                                    {{"spot", nullptr}, 1},  {{nullptr, nullptr}, 0}};

Tallies::Tallies(Database& database) : parts_(database), counted_(kLevels.size()) {}

void Tallies::add(const Record& record, int sign) {
  ++document_;
  for (const Event& event : record.events) {
    const std::vector<Values> values = values_of(record, event);
    std::vector<std::vector<uint32_t>> numbers(values.size());
    for (size_t key = 0; key < values.size(); ++key) {
      for (const std::string& value : values[key]) numbers[key].push_back(number_of(value));
    }
    const int64_t actual = event.status == Status::kActual && !event.historical ? sign : 0;
    TallyCell one{{}, sign, actual, sign, sign * counted_score(event)};
    one.key = {number_of_type(to_string(event.type)), number_of_status(to_string(event.status)),
               number_of_quad(event.quad)};
    events_.push_back({one, document_});
    for (size_t level = 0; level < kLevels.size(); ++level) count(level, numbers);
  }
  if (count_ > kMostCounted) write();
}

uint32_t Tallies::number_of(const std::string& value) {
  const auto [at, added] = numbers_.try_emplace(value, static_cast<uint32_t>(numbers_.size()));
  return at->second;
}

void Tallies::count(size_t level, const std::vector<std::vector<uint32_t>>& values) {
  static const std::vector<uint32_t> none = {kNone};
  const auto of = [&](size_t key) -> const std::vector<uint32_t>& {
    return key < kLevels[level].count ? values[store::number_of(kLevels[level].keys[key])] : none;
  };
  for (const uint32_t a : of(0)) {
    for (const uint32_t b : of(1)) {
      counted_[level].push_back({uint64_t{a} << 32U | b, static_cast<uint32_t>(events_.size() - 1)});
      ++count_;
    }
  }
}

void Tallies::forget() {
  events_.clear();
  for (auto& counted : counted_) counted.clear();
  count_ = 0;
  numbers_.clear();
}

void Tallies::write() {
  if (events_.empty()) return;
  // Values are put in their order once, so that groups are put in that of their values by numbers alone.
  std::vector<std::string_view> values;
  values.reserve(numbers_.size());
  for (const auto& [value, number] : numbers_) values.push_back(value);
  std::sort(values.begin(), values.end());
  std::vector<uint32_t> places(numbers_.size());
  for (uint32_t i = 0; i < values.size(); ++i) places[numbers_.find(std::string(values[i]))->second] = i + 1;
  const auto place_of = [&](uint32_t number) { return number == kNone ? 0 : places[number]; };
  const auto value = [&](uint32_t place) { return place == 0 ? std::string_view() : values[place - 1]; };
  std::vector<std::string> levels(kLevels.size());
  Cells cells;
  for (size_t level = 0; level < kLevels.size(); ++level) {
    std::vector<Counted>& counted = counted_[level];
    for (Counted& one : counted) one.group = uint64_t{place_of(one.a())} << 32U | place_of(one.b());
    std::sort(counted.begin(), counted.end(), [](const Counted& x, const Counted& y) {
      return x.group != y.group ? x.group < y.group : x.event < y.event;
    });
    for (size_t i = 0; i < counted.size();) {
      const Counted group = counted[i];
      for (; i < counted.size() && counted[i].group == group.group; ++i) {
        const Told& told = events_[counted[i].event];
        cells.add(told.cell, told.document);
      }
      const std::string bytes = cells.take();
      if (!bytes.empty()) append(levels[level], {value(group.a()), value(group.b()), bytes});
    }
  }
  parts_.put(levels);
  forget();
}

void tally_all(Database& database) {
  database.run("DELETE FROM tallies; DELETE FROM tally_parts");
  Tallies tallies(database);
  Query records = database.query("SELECT record FROM documents ORDER BY document");
  while (records.step()) {
    if (const auto record = record_from_json(records.text(0))) tallies.add(*record);
  }
  tallies.write();
  TallyParts(database).fold();
}

}  // namespace dragoman::store
