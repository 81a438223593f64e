// SPDX-License-Identifier: Apache-2.0
#include "coding/instruments.h"

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/text.h"
#include "coding/numbers.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

constexpr InstrumentKind kKinds[] = {
    InstrumentKind::kPlan, InstrumentKind::kAgreement,  InstrumentKind::kTreaty,    InstrumentKind::kBill,
    InstrumentKind::kLaw,  InstrumentKind::kResolution, InstrumentKind::kSanctions, InstrumentKind::kOther};

using base::in;

/// Calls `row(cells, line)` for each row of a file of two columns.
template <class Row>
void read_rows(const std::string& path, Row row) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) throw Failure({ErrorCode::kKnowledge, bytes.error().message, bytes.error().place});
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    if (cells.size() != 2)
      throw Failure(wrong(path, line_number, "a row has 2 columns, not " + std::to_string(cells.size())));
    row(cells, line_number);
  }
}

/// One place in the text that speaks of an instrument.
struct Found {
  Span span;
  std::string head;                ///< noun in the singular, lower case
  std::vector<std::string> words;  ///< what names it, lower case, head left out
  InstrumentKind kind = InstrumentKind::kOther;
  bool named = false;
  bool bare = false;  ///< "the plan": says only the noun
};

/// Finds the mentions of one sentence.
class SentenceReader {
 public:
  SentenceReader(std::string_view text, Span sentence, const std::map<std::string, InstrumentKind, std::less<>>& heads,
                 const std::map<std::string, std::vector<std::string>, std::less<>>& modifiers)
      : text_(text), heads_(heads), modifiers_(modifiers), tokens_(tokenize(text, sentence)) {}

  std::vector<Found> read() {
    std::vector<Found> all;
    for (size_t at = 0; at < tokens_.size(); ++at) {
      std::string noun;
      const auto kind = head_kind(at, noun);
      if (!kind) continue;
      auto found = numbered(at, *kind);
      if (!found) found = named(at, *kind);
      if (!found) found = named_softly(at, *kind);
      if (!found) found = described(at, *kind);
      if (!found) found = bare(at, *kind);
      if (!found) continue;
      found->head = noun;
      found->kind = *kind;
      if (!all.empty() && all.back().span.overlaps(found->span)) {
        // "Criminal Code Amendment Act": the longer name holds the shorter.
        if (found->span.size() > all.back().span.size()) all.back() = *found;
        continue;
      }
      all.push_back(*found);
    }
    return all;
  }

 private:
  bool word(size_t at, std::string_view form) const { return at < tokens_.size() && tokens_[at].is(form); }
  bool capital(size_t at) const {
    return at < tokens_.size() && tokens_[at].is_word() && base::is_ascii_upper(text_[tokens_[at].span.begin]);
  }
  Span span_of(size_t first, size_t last) const { return {tokens_[first].span.begin, tokens_[last - 1].span.end}; }

  std::optional<InstrumentKind> head_kind(size_t at, std::string& noun) const {
    if (!tokens_[at].is_word()) return std::nullopt;
    noun = tokens_[at].lower;
    if (noun.ends_with("'s")) noun.resize(noun.size() - 2);
    auto found = heads_.find(noun);
    if (found == heads_.end() && noun.ends_with("s")) {
      noun.pop_back();
      found = heads_.find(noun);
    }
    if (found == heads_.end()) return std::nullopt;
    return found->second;
  }

  /// "Resolution 2231", "Directive 187", with the names of the body before it.
  std::optional<Found> numbered(size_t at, InstrumentKind kind) const {
    if (kind != InstrumentKind::kResolution && !(kind == InstrumentKind::kLaw && capital(at))) return std::nullopt;
    size_t number = at + 1;
    if (word(number, "no") || word(number, "number")) ++number;
    if (word(number, ".")) ++number;
    if (number >= tokens_.size() || !tokens_[number].is_digits()) return std::nullopt;
    size_t first = at;
    while (first > 0 && capital(first - 1)) --first;
    Found found;
    found.span = span_of(first, number + 1);
    found.words = {tokens_[number].lower};  // the number is the name: "UN Resolution 1701" is "Resolution 1701"
    found.named = true;
    return found;
  }

  /// "Paris Agreement", "United Nations Framework Convention on Climate Change", "Treaty of Rome".
  std::optional<Found> named(size_t at, InstrumentKind) const {
    if (!capital(at) || in(kGatherings, lower(at)) || followed_by_name(at) || of_institute(at)) return std::nullopt;
    size_t first = at;
    while (first > 0) {
      if (capital(first - 1) && !sentence_opener(first - 1))
        --first;
      else if (first > 1 && in(kInside, lower(first - 1)) && capital(first - 2) && !sentence_opener(first - 2))
        first -= 2;
      else if (first > 1 && tokens_[first - 1].is("-") && capital(first - 2))
        first -= 2;
      else if (first > 1 && tokens_[first - 1].is_digits() && tokens_[first - 1].lower.size() == 4)
        --first;
      else
        break;
    }
    size_t last = at + 1;
    size_t linked = last;
    while (linked + 1 < tokens_.size() && in(kLinks, lower(linked))) {
      size_t next = linked + 1;
      if (word(next, "the")) ++next;
      if (!capital(next)) break;
      while (capital(next) || (word(next, "and") && capital(next + 1))) ++next;
      last = linked = next;
    }
    if (first == at && last == at + 1) return std::nullopt;
    // "Act for Peace" without a word before it is a heading, not a name; treaties and constitutions name so.
    if (first == at && !in(kLeading, lower(at))) return std::nullopt;
    for (size_t i = first; i < at; ++i) {
      if (in(kOrganizations, lower(i))) return std::nullopt;
    }
    Found found;
    found.span = span_of(first, last);
    for (size_t i = first; i < last; ++i) {
      if (i != at && tokens_[i].is_word() && !in(kInside, lower(i))) found.words.push_back(lower(i));
    }
    found.named = true;
    return found;
  }

  /// "the Camp David accords", "the Iran deal": a name before a common noun, behind "the".
  std::optional<Found> named_softly(size_t at, InstrumentKind kind) const {
    if (capital(at) || kind == InstrumentKind::kSanctions || kind == InstrumentKind::kLaw || in(kPlain, lower(at)))
      return std::nullopt;
    size_t first = at;
    while (first > 0 && capital(first - 1) && !sentence_opener(first - 1)) --first;
    if (first == at || first == 0 || !word(first - 1, "the")) return std::nullopt;
    Found found;
    found.span = span_of(first, at + 1);
    for (size_t i = first; i < at; ++i) found.words.push_back(lower(i));
    found.named = true;
    return found;
  }

  /// "President Bill Clinton", "Law Society": the noun is part of a longer name.
  bool followed_by_name(size_t at) const { return capital(at + 1) && !tokens_[at + 1].is("on"); }

  /// "the Eurasia Program at the Norland Institute" works there.
  bool of_institute(size_t at) const {
    const size_t name = word(at + 2, "the") ? at + 3 : at + 2;
    return lower(at).starts_with("program") && word(at + 1, "at") && capital(name);
  }

  bool sentence_opener(size_t at) const { return in(kOpeners, lower(at)); }

  /// "12-point plan", "$95.3 billion bill", "peace plan", "draft law on mobilisation".
  std::optional<Found> described(size_t at, InstrumentKind kind) const {
    size_t first = at;
    std::vector<std::string> words;
    while (first > 0 && words.size() < 3) {
      const size_t before = first - 1;
      if (tokens_[before].is_word() && goes_with(lower(before), kind)) {
        words.push_back(lower(before));
        first = before;
        continue;
      }
      const size_t hyphen = hyphenated(before);
      if (hyphen != before && kind != InstrumentKind::kSanctions) {
        words.push_back(std::string(span_of(hyphen, before + 1).of(text_)));
        first = hyphen;
        continue;
      }
      const size_t money = amount(before);
      if (money != before + 1) {
        words.push_back(std::string(span_of(money, before + 1).of(text_)));
        first = money;
        continue;
      }
      break;
    }
    if (kind == InstrumentKind::kSanctions && words.empty()) {
      // "sanctions on Russia", "sanctions against the junta"
      if (!word(at + 1, "on") && !word(at + 1, "against")) return std::nullopt;
      size_t next = at + 2;
      if (word(next, "the")) ++next;
      if (!capital(next)) return std::nullopt;
      size_t last = next;
      while (capital(last)) ++last;
      Found found;
      found.span = span_of(at, last);
      for (size_t i = next; i < last; ++i) found.words.push_back(lower(i));
      return found;
    }
    if (words.empty()) return std::nullopt;
    Found found;
    found.span = span_of(first, at + 1);
    std::reverse(words.begin(), words.end());
    found.words = std::move(words);
    return found;
  }

  bool goes_with(std::string_view modifier, InstrumentKind kind) const {
    const auto found = modifiers_.find(modifier);
    if (found == modifiers_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& k) { return k == "*" || k == to_string(kind); });
  }

  /// First token of "12-point" or "five-year" that ends at `last`; `last` if there is none.
  size_t hyphenated(size_t last) const {
    if (last < 2 || !tokens_[last - 1].is("-") || tokens_[last].space_before) return last;
    if (!in(kPoints, lower(last))) return last;
    return read_number(tokens_, last - 2) ? last - 2 : last;
  }

  /// First token of an amount of money that ends at `last`; `last + 1` if there is none.
  size_t amount(size_t last) const {
    for (size_t start = last >= 4 ? last - 4 : 0; start <= last; ++start) {
      if (!tokens_[start].is("$") && !tokens_[start].is("€") && !tokens_[start].is("£")) continue;
      const auto number = read_number(tokens_, start + 1);
      if (number && number->last == last + 1) return start;
    }
    return last + 1;
  }

  /// "the plan", "this agreement".
  std::optional<Found> bare(size_t at, InstrumentKind) const {
    if (at == 0 || capital(at)) return std::nullopt;
    if (!word(at - 1, "the") && !word(at - 1, "this") && !word(at - 1, "that")) return std::nullopt;
    Found found;
    found.span = span_of(at - 1, at + 1);
    found.bare = true;
    return found;
  }

  std::string lower(size_t at) const { return at < tokens_.size() ? tokens_[at].lower : std::string(); }

  static constexpr std::string_view kInside[] = {"of", "and", "for", "on", "the", "in", "to"};
  static constexpr std::string_view kLinks[] = {"of", "on", "for", "against"};
  static constexpr std::string_view kLeading[] = {"treaty",   "convention", "constitution", "charter",    "pact",
                                                  "protocol", "statute",    "covenant",     "declaration"};
  static constexpr std::string_view kOpeners[] = {
      "the", "a",       "an",        "this",     "that",    "these", "in",  "on",     "under", "for", "but",
      "and", "however", "president", "minister", "senator", "mr",    "mrs", "ms",     "if",    "as",  "at",
      "by",  "with",    "its",       "their",    "his",     "her",   "our", "former", "new"};
  static constexpr std::string_view kGatherings[] = {"conventions", "orders",     "order",     "deal", "plans",
                                                     "bills",       "laws",       "package",   "acts", "initiatives",
                                                     "programs",    "programmes", "agreements"};
  // "World Food Programme", "Republican National Convention" are bodies and meetings.
  static constexpr std::string_view kOrganizations[] = {
      "food",        "republican", "democratic", "party",      "national",   "committee", "development",
      "environment", "ministry",   "court",      "commission", "university", "school",    "department",
      "mayor",       "sen",        "rep",        "gov",        "uncle",      "director"};
  static constexpr std::string_view kPlain[] = {"program",     "programme", "programs", "programmes", "contract",
                                                "partnership", "package",   "strategy", "agenda",     "legislation"};
  static constexpr std::string_view kPoints[] = {"point", "step", "year",   "stage",   "phase", "month",
                                                 "day",   "page", "nation", "country", "party", "part"};

  std::string_view text_;
  const std::map<std::string, InstrumentKind, std::less<>>& heads_;
  const std::map<std::string, std::vector<std::string>, std::less<>>& modifiers_;
  std::vector<Token> tokens_;
};

/// An instrument with what later mentions are compared with.
struct Known {
  Instrument instrument;
  std::string head;
  std::vector<std::string> words;
  bool named = false;
};

/// Same noun, and all naming words of the one are among the other's: "Minsk Agreement" and "Second Minsk
/// Agreement"; "peace plan" and "12-point peace plan".
bool same(const Known& known, const Found& found) {
  if (known.head != found.head || known.words.empty() || found.words.empty()) return false;
  const auto& small = known.words.size() < found.words.size() ? known.words : found.words;
  const auto& large = known.words.size() < found.words.size() ? found.words : known.words;
  return std::all_of(small.begin(), small.end(),
                     [&](const std::string& w) { return std::find(large.begin(), large.end(), w) != large.end(); });
}

}  // namespace

InstrumentReader InstrumentReader::open(const std::string& data) {
  InstrumentReader reader;
  const std::string heads = data + "/instruments/heads.tsv";
  read_rows(heads, [&](const std::vector<std::string_view>& cells, size_t line) {
    const auto kind =
        std::find_if(std::begin(kKinds), std::end(kKinds), [&](InstrumentKind k) { return cells[1] == to_string(k); });
    if (kind == std::end(kKinds))
      throw Failure(wrong(heads, line, std::string(cells[1]).append(" is no kind of instrument")));
    reader.heads_[std::string(cells[0])] = *kind;
  });
  read_rows(data + "/instruments/modifiers.tsv", [&](const std::vector<std::string_view>& cells, size_t) {
    for (const std::string_view kind : base::split(cells[1], ','))
      reader.modifiers_[std::string(cells[0])].emplace_back(kind);
  });
  return reader;
}

std::vector<Instrument> InstrumentReader::find(std::string_view text, const std::vector<Span>& sentences) const {
  std::vector<Known> known;
  for (const Span sentence : sentences) {
    for (const Found& found : SentenceReader(text, sentence, heads_, modifiers_).read()) {
      auto match = known.rend();
      for (auto it = known.rbegin(); it != known.rend() && match == known.rend(); ++it) {
        if (found.bare ? it->head == found.head : same(*it, found)) match = it;
      }
      if (match == known.rend()) {
        if (found.bare) continue;
        Known one;
        one.instrument.kind = found.kind;
        one.instrument.name = std::string(found.span.of(text));
        one.head = found.head;
        one.words = found.words;
        one.named = found.named;
        one.instrument.mentions.push_back(found.span);
        known.push_back(std::move(one));
        continue;
      }
      match->instrument.mentions.push_back(found.span);
      if (found.words.size() > match->words.size() && found.named >= match->named) {
        match->instrument.name = std::string(found.span.of(text));
        match->words = found.words;
        match->named = found.named;
      }
    }
  }
  std::vector<Instrument> all;
  for (Known& one : known) all.push_back(std::move(one.instrument));
  return all;
}

}  // namespace dragoman::coding
