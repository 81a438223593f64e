// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/store.h"

namespace dragoman {

/// Writes a table as Apache Parquet: plain encoding, no compression, all columns may be null. Cells come as text; an
/// empty one is null.
class ParquetWriter {
 public:
  /// Types: integer (64 bits), number (double), boolean; else text.
  using Column = TableColumn;
  using Write = std::function<void(std::string_view bytes)>;

  /// `write` takes the bytes of the file in order.
  ParquetWriter(std::vector<Column> columns, Write write);

  /// As many cells as columns.
  void row(const std::vector<std::string>& cells);
  void finish();

 private:
  struct Values {
    std::vector<bool> known;
    std::string plain;  // the values that are known
    std::vector<bool> truths;
  };
  struct Chunk {
    uint64_t offset = 0, bytes = 0;
  };
  struct Group {
    std::vector<Chunk> chunks;
    uint64_t rows = 0;
  };

  void put(std::string_view bytes);
  void flush();
  std::string footer() const;

  std::vector<Column> columns_;
  Write write_;
  std::vector<Values> values_;  // of the group that is being filled
  std::vector<Group> groups_;
  uint64_t written_ = 0, rows_ = 0, in_group_ = 0;
};

}  // namespace dragoman
