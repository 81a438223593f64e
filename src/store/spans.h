// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/record.h"
#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Version of the store that has the table.
inline constexpr int64_t kSpansVersion = 6;

/// Keeps the table `spans`: the events whose days lie in several months, with all that they are counted by. They are in
/// no kept count of a month, and are few.
class Spans {
 public:
  explicit Spans(Database& database);
  void insert(const Record& record, int64_t document);

 private:
  Query add_;
};

/// For a store that had no such table. Records that are damaged give none.
void fill_spans(Database& database);

/// One of them; what is not known is "".
struct LongEvent {
  int64_t document = 0;
  std::string_view type, status, quad;
  bool actual = false;                                      ///< happened, and is no background
  int64_t score = 0;                                        ///< times 10,000
  std::vector<std::string_view> actors, recipients, spots;  ///< as counts call them
};

/// Calls `row` for those whose days meet from … to of the filter and that have its type and status.
void each_span(Database& database, const EventQuery& filter, const std::function<void(const LongEvent&)>& row);

}  // namespace dragoman::store
