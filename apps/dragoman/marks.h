// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "dragoman/record.h"

namespace dragoman::cli {

enum class MarkKind { kStatement, kActor, kRecipient, kTrigger };

/// A stretch of text with what it is: "ASSAULT#3", "actor#3", "recipient#3", "s1".
struct Mark {
  Span span;
  MarkKind kind = MarkKind::kTrigger;
  std::string label;
};

/// The evidence of a record, outer marks before inner ones; what stands at one place in one kind is one mark
/// ("actor#1,2").
std::vector<Mark> marks_of(const Record& record);

/// The text with marks in brackets: "[ASSAULT#3: shelled] the port". A mark that would cross the end of another
/// is parted there.
std::string bracketed(const std::string& text, const std::vector<Mark>& marks);

/// The text with marks in colour (ECMA-48), the labels of triggers dimly behind them.
std::string coloured(const std::string& text, const std::vector<Mark>& marks);

}  // namespace dragoman::cli
