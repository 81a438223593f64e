// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "dragoman/store.h"
#include "store/sqlite.h"

namespace dragoman::store {

/// Puts a correction beside the record. Errors: kUsage, kNotFound. Throws Failure (kStore).
Result<Correction> add_correction(Database& database, const Correction& correction);

void select_corrections(Database& database, const CorrectionQuery& query,
                        const std::function<void(const Correction&)>& row);

/// Whether corrections are `wanted` and there are any.
bool are_corrected(Database& database, bool wanted);

/// For as long as it lives, queries over events, participants and entities show what the corrections say: views of the
/// same names that belong to this connection stand before the tables. Does nothing where that is not `wanted`.
class Corrected {
 public:
  Corrected(Database& database, bool wanted);
  ~Corrected();
  Corrected(const Corrected&) = delete;
  Corrected& operator=(const Corrected&) = delete;

 private:
  Database* database_ = nullptr;  // none where no views were made
};

}  // namespace dragoman::store
