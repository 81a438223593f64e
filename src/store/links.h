// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "dragoman/record.h"
#include "store/given_rows.h"
#include "store/sketch.h"

namespace dragoman::store {

/// Writes what version 2 of the tables added to a document's rows: what points from one part of the record to
/// another, and the sketch of its text.
class Links {
 public:
  explicit Links(Database& database);
  /// `sketch` is that of the record's text. The rows are in the file with write().
  void insert(const Record& record, int64_t document, const Sketch& sketch);
  void write();
  void forget();  ///< what was not written

 private:
  std::array<Batch*, 5> batches() { return {&addressee_, &source_, &evidence_, &quantity_, &instrument_}; }
  void statements(const Record& record, int64_t document);
  void events(const Record& record, int64_t document);
  void positions(const Record& record, int64_t document);

  Batch addressee_, source_, evidence_, quantity_, instrument_;
  Query sketch_;
};

}  // namespace dragoman::store
