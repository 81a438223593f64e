// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dragoman::coding {

/// Lower-case words of a text as the rule tables see them: letters and digits, everything else parts them,
/// so "Cease-fire, U.S.'s" gives cease, fire, u, s, s.
std::vector<std::string> terms_of(std::string_view text);

/// Many phrases, looked for in one pass. A phrase is words, each of which may end in '*' for any ending
/// ("accus*"); '_' stands for one to three words whatever they are ("call* _ traitor").
class Phrases {
 public:
  /// `number` comes back when the phrase is found. An empty phrase is never found.
  void add(std::string_view phrase, uint32_t number);

  /// Adds the parts of "a | b c | d*" with one number.
  void add_all(std::string_view alternatives, uint32_t number);

  /// Numbers of the phrases that the terms hold, in the order of the terms, repeated as found.
  std::vector<uint32_t> found_in(const std::vector<std::string>& terms) const;

  bool any_in(const std::vector<std::string>& terms) const { return !found_in(terms).empty(); }
  bool empty() const { return buckets_.empty(); }

 private:
  struct Phrase {
    std::vector<std::string> words;
    uint32_t number = 0;
  };
  static bool matches(const Phrase& phrase, size_t word, const std::vector<std::string>& terms, size_t at);

  std::unordered_map<std::string, std::vector<Phrase>> buckets_;  // by the first letters of the first word
};

}  // namespace dragoman::coding
