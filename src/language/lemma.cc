// SPDX-License-Identifier: Apache-2.0
#include "language/lemma.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <charconv>
#include <unordered_map>

#include "base/text.h"
#include "language/embedded.h"

namespace dragoman::language {
namespace {

icu::UnicodeString lower(icu::UnicodeString text) { return text.toLower(icu::Locale::getRoot()); }

std::unordered_map<std::string, std::string_view> read_irregular() {
  std::unordered_map<std::string, std::string_view> lemmas;
  embedded::rows(embedded::language_irregular, 3, [&](const auto& cells, size_t) {
    for (const std::string_view form : base::split(cells[2], '|'))
      lemmas.emplace(std::string(cells[1]).append(" ").append(form), cells[0]);
  });
  return lemmas;
}

}  // namespace

std::string_view irregular_lemma(std::string_view form, std::string_view tag) {
  static const std::unordered_map<std::string, std::string_view> lemmas = read_irregular();
  const auto found = lemmas.find((tag == "AUX" ? "VERB " : std::string(tag) + ' ') + base::lower_ascii(form));
  return found == lemmas.end() ? std::string_view() : found->second;
}

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
