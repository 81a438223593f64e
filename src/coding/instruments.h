// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/event.h"
#include "dragoman/span.h"

namespace dragoman::coding {

/// Finds plans, agreements, treaties, bills, laws, resolutions and sanctions regimes: named ("the Minsk
/// Agreement", "Treaty of Rome", "Resolution 2231") or described ("the 12-point plan", "the $95.3 billion
/// bill", "trade deal with Norland"). Const, shared by threads.
class InstrumentReader {
 public:
  /// `data` is the knowledge folder; reads instruments/heads.tsv and modifiers.tsv. Throws Failure (kKnowledge).
  static InstrumentReader open(const std::string& data);

  /// The instruments of the sentences in order of first mention. Mentions that share the head noun and the
  /// words before it are one instrument; "the plan" alone joins the last one told with that noun. `owner` is
  /// left open: who proposed or enacted is the linker's to say.
  std::vector<Instrument> find(std::string_view text, const std::vector<Span>& sentences) const;

 private:
  std::map<std::string, InstrumentKind, std::less<>> heads_;
  std::map<std::string, std::vector<std::string>, std::less<>> modifiers_;  ///< word → kinds, "*" for all
};

}  // namespace dragoman::coding
