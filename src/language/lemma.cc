// SPDX-License-Identifier: Apache-2.0
#include "language/lemma.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <charconv>

namespace dragoman::language {
namespace {

icu::UnicodeString lower(icu::UnicodeString text) { return text.toLower(icu::Locale::getRoot()); }

}  // namespace

std::optional<LemmaScript> LemmaScript::from(std::string_view text) {
  const size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus < 2) return std::nullopt;
  LemmaScript script;
  script.case_ = text.front();
  if (script.case_ != 'l' && script.case_ != 'k' && script.case_ != 't') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + plus, script.cut_);
  if (error != std::errc() || end != text.data() + plus) return std::nullopt;
  script.ending_ = text.substr(plus + 1);
  return script;
}

std::optional<std::string> LemmaScript::apply(std::string_view form) const {
  icu::UnicodeString base = icu::UnicodeString::fromUTF8(icu::StringPiece(form.data(), static_cast<int>(form.size())));
  if (case_ == 'l') base = lower(base);
  if (case_ == 't') {
    const int first = base.moveIndex32(0, 1);
    base = icu::UnicodeString(base, 0, first) + lower(icu::UnicodeString(base, first));
  }
  const auto letters = static_cast<uint32_t>(base.countChar32());
  const uint32_t least = letters > 2 ? 2 : 1;  // "met" is not made of "m"
  if (cut_ > letters || (ending_.empty() && letters - cut_ < least)) return std::nullopt;
  base.truncate(base.moveIndex32(base.length(), -static_cast<int>(cut_)));
  std::string lemma;
  base.toUTF8String(lemma);
  return lemma + ending_;
}

}  // namespace dragoman::language
