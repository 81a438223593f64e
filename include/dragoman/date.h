// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "dragoman/span.h"

namespace dragoman {

enum class Precision { kSecond, kMinute, kDay, kWeek, kMonth, kSeason, kYear, kDecade, kRange };

const char* to_string(Precision precision);

/// A date at its precision, in ISO 8601: "2023-02-24", "2023-02", "2023", "2023-02-20/2023-02-26".
/// `basis` is text, metadata, url, dateline, argument or publication.
struct Date {
  std::string value;
  Precision precision = Precision::kDay;
  std::string basis;
  std::optional<Span> span;  ///< the words it was read from, where they are in the text

  bool operator==(const Date&) const = default;
};

}  // namespace dragoman
