// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dragoman::store {

/// First and last day, as ISO text, of a date at any precision: "2023-02" → 2023-02-01, 2023-02-28;
/// "2023-02-20/2023-02-26" → both; "202" or "202X" (a decade) → 2020-01-01, 2029-12-31. Nothing if the
/// text is no date.
std::optional<std::pair<std::string, std::string>> days_of(std::string_view date);

}  // namespace dragoman::store
