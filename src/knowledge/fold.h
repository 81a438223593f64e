// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::knowledge {

/// The form under which names are compared: accents folded ("Séléka" → "Seleka"), full stops and
/// apostrophes dropped ("U.S." → "US", "Sana'a" → "Sanaa"), hyphens and other marks as one space,
/// without a leading "the" and without a trailing possessive ("the Kremlin's" → "Kremlin"). Case is kept.
std::string fold(std::string_view name);

/// fold() in lower case.
std::string fold_lower(std::string_view name);

/// fold() and fold_lower() of one name at once, for look-ups: names of usual length in ASCII take no memory of their
/// own.
class FoldedName {
 public:
  explicit FoldedName(std::string_view name);
  FoldedName(const FoldedName&) = delete;
  FoldedName& operator=(const FoldedName&) = delete;

  std::string_view text() const { return text_; }
  std::string_view lower() const { return lower_; }

 private:
  static constexpr size_t kUsual = 96;  // bytes
  bool fold_plain(std::string_view name);
  bool fold_latin(std::string_view name);
  char small_[2 * kUsual];
  std::string long_text_, long_lower_;
  std::string_view text_, lower_;
};

/// Whether a text written as `seen` may be the name `known` (both folded, equal but for case): the case is
/// the same, or `seen` is all capitals (a headline), or only the first letter was raised (a sentence start). Particles
/// inside a name ("al", "bin", "de") may have a capital or none, as papers like.
bool case_agrees(std::string_view seen, std::string_view known);

/// Whether a folded text has letters and all of them are capitals.
bool all_capitals(std::string_view folded);

}  // namespace dragoman::knowledge
