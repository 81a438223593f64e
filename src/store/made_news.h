// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "dragoman/record.h"

namespace dragoman::testing {

/// Records of news that never were, for benches and for tests that compare two ways to one answer.
struct MadeNews {
  uint64_t seed = 1;
  uint32_t events = 20;      ///< in a document
  uint32_t countries = 190;  ///< that take part, some much more often than others
  uint32_t days = 3650;      ///< over which documents are published, from 2015-01-01
  uint32_t publishers = 50;
  /// So many documents on end are on one matter: they have words, countries and two months of their own, retell none
  /// but each other, and tell of a plan, a treaty and positions. 0: all are on one, without such.
  uint32_t matter = 0;
};

/// Document `number` of them: the same on every machine. Half of its events are told with the words of an earlier
/// document, so that there are stories of several reports.
Record made_record(const MadeNews& news, uint64_t number);

}  // namespace dragoman::testing
