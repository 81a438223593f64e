// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/analysis.h"
#include "language/names.h"

namespace dragoman::language {

inline constexpr uint32_t kLongestMention = 80;  ///< words; what is longer is no mention

/// Gathers the mentions of an article from names, heads with extents, and the fillers of roles, unique by
/// span. Indices are words of `words`; `last` is one past the last word.
class MentionSet {
 public:
  MentionSet(std::string_view text, const std::vector<Span>& words) : text_(text), words_(words) {}

  /// A name as the name head gives it.
  void add_name(const ChosenName& name);

  /// A mention with its head word, as the mention head gives it.
  void add_head(uint32_t first, uint32_t last, uint32_t head, MentionKind kind, Form form, float score);

  /// A span that fills a role: its head and form are taken from what is inside it.
  void add_filler(uint32_t first, uint32_t last, float score);

  /// Where a role filler truly lies: a piece of a name becomes the whole name, one that stops within
  /// "Secretary-General" or "prime minister" goes on, one that ends with "of" ends before it, a filler without a full
  /// word ("the", "of") the smallest mention around it. Nothing if there is none. Knows the names and heads added so
  /// far.
  std::optional<std::pair<uint32_t, uint32_t>> snap(uint32_t first, uint32_t last) const;

  /// The same words grown to whole tokens, and to the end of a word with hyphens: all of "85,000", "U.S.", "Kim's", "a
  /// six-month". A hyphen that ends them goes.
  std::pair<uint32_t, uint32_t> whole_words(uint32_t first, uint32_t last) const;

  /// All, sorted by (begin, longer first). Fillers settle here, when all names and heads are known.
  std::vector<Mention> take();

  /// Of mentions that take() gave, the words that the mention head takes them to turn on: "Anna" in the name "Anna
  /// Berg", whose Mention::head is "Berg". Coreference is learned from these.
  std::vector<uint32_t> turning_words(const std::vector<Mention>& mentions) const;

 private:
  struct Place {
    uint32_t first, last;
    auto operator<=>(const Place&) const = default;
  };
  struct Found {
    Mention mention;
    uint32_t head = 0;  // word
  };
  Span span(uint32_t first, uint32_t last) const { return {words_[first].begin, words_[last - 1].end}; }
  bool adjoin(uint32_t word) const;           ///< whether nothing stands between it and the word before
  bool is_possessive(uint32_t word) const;    ///< "s" behind an apostrophe
  bool is_within_token(uint32_t word) const;  ///< whether a token began before this word
  std::pair<uint32_t, uint32_t> whole_tokens(uint32_t first, uint32_t last) const;
  Place whole(Place place) const;     ///< of whole tokens, without the marks around
  Place finished(Place place) const;  ///< whole, and ending with the last word of a phrase
  void settle(const Place& place, float score);
  uint32_t likely_head(const Place& place) const;

  std::string_view text_;
  const std::vector<Span>& words_;
  std::map<Place, Found> found_;
  std::map<Place, float> fillers_;
  std::set<uint32_t> turning_;  // words given as heads
};

/// Is this word a personal, demonstrative, relative or indefinite pronoun that may stand for an actor?
bool is_pronoun(std::string_view word);

}  // namespace dragoman::language
