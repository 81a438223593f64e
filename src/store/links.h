// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dragoman/record.h"
#include "store/sketch.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Writes what version 2 of the tables added to a document's rows: what points from one part of the record to
/// another, and the sketch of its text.
class Links {
 public:
  explicit Links(Database& database);
  /// `sketch` is that of the record's text.
  void insert(const Record& record, int64_t document, const Sketch& sketch);

 private:
  void statements(const Record& record, int64_t document);
  void events(const Record& record, int64_t document);
  void positions(const Record& record, int64_t document);

  Query addressee_, source_, evidence_, quantity_, instrument_, sketch_;
};

}  // namespace dragoman::store
