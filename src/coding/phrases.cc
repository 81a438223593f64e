// SPDX-License-Identifier: Apache-2.0
#include "coding/phrases.h"

#include "base/text.h"

namespace dragoman::coding {
namespace {

constexpr size_t kKeySize = 3;

// Bytes above ASCII are letters, but for general punctuation (E2 80 xx: dashes, quotes, ellipsis) and
// the guillemets and no-break space (C2 xx).
size_t separator_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) == 0xE2 && byte(at + 1) == 0x80) return 3;
  if (byte(at) == 0xC2) return 2;
  const char c = text[at];
  return base::is_ascii_alpha(c) || base::is_ascii_digit(c) || byte(at) >= 0x80 ? 0 : 1;
}

bool word_matches(const std::string& pattern, const std::string& term) {
  if (pattern.back() != '*') return pattern == term;
  return term.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

std::string key_of(const std::string& pattern) {
  return pattern.back() == '*' ? pattern.substr(0, std::min(kKeySize, pattern.size() - 1))
                               : pattern.substr(0, kKeySize);
}

}  // namespace

std::vector<std::string> terms_of(std::string_view text) {
  std::vector<std::string> terms;
  size_t begin = 0;
  const auto close = [&](size_t end) {
    if (end > begin) terms.push_back(base::lower_ascii(text.substr(begin, end - begin)));
  };
  for (size_t at = 0; at < text.size();) {
    const size_t width = separator_at(text, at);
    if (width == 0) {
      ++at;
      continue;
    }
    close(at);
    begin = at = std::min(at + width, text.size());
  }
  close(text.size());
  return terms;
}

void Phrases::add(std::string_view phrase, uint32_t number) {
  std::vector<std::string> words;
  for (std::string_view word : base::split(base::trim(phrase), ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  if (words.empty()) return;
  buckets_[key_of(words.front())].push_back({std::move(words), number});
}

void Phrases::add_all(std::string_view alternatives, uint32_t number) {
  for (std::string_view phrase : base::split(alternatives, '|')) add(phrase, number);
}

bool Phrases::matches(const Phrase& phrase, size_t word, const std::vector<std::string>& terms, size_t at) {
  for (; word < phrase.words.size(); ++word, ++at) {
    if (at >= terms.size()) return false;
    if (phrase.words[word] == "_") {
      for (size_t skip = 1; skip <= 3; ++skip) {
        if (matches(phrase, word + 1, terms, at + skip)) return true;
      }
      return false;
    }
    if (!word_matches(phrase.words[word], terms[at])) return false;
  }
  return true;
}

std::vector<uint32_t> Phrases::found_in(const std::vector<std::string>& terms) const {
  std::vector<uint32_t> found;
  for (size_t at = 0; at < terms.size(); ++at) {
    for (size_t size = 0; size <= std::min(kKeySize, terms[at].size()); ++size) {
      const auto bucket = buckets_.find(terms[at].substr(0, size));
      if (bucket == buckets_.end()) continue;
      for (const Phrase& phrase : bucket->second) {
        if (matches(phrase, 0, terms, at)) found.push_back(phrase.number);
      }
    }
  }
  return found;
}

}  // namespace dragoman::coding
