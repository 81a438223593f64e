// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/correction.h"
#include "dragoman/store.h"

namespace dragoman {

/// What people changed in tasks that the export profile label-studio wrote, as corrections of the store's events.
struct LabelStudioCorrections {
  std::vector<Correction> corrections;  ///< in the order of tasks and annotations, with author and time as told there
  uint64_t tasks = 0;                   ///< that somebody annotated
  uint64_t unknown_documents = 0;       ///< tasks whose document the store does not have
  uint64_t new_marks = 0;               ///< marks of types that are no event of the record: they cannot be kept
};

/// Reads Label Studio's JSON export (tasks with their annotations and predictions). An event whose mark is gone is
/// rejected; one whose type or participants are others is changed; one that stands as it was is accepted. Events that
/// the task did not show are left alone. Errors: kSyntax.
Result<LabelStudioCorrections> corrections_from_label_studio(std::string_view json, const Store& store);

}  // namespace dragoman
