// SPDX-License-Identifier: Apache-2.0
#include "store/join.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "store/embedded.h"
#include "store/fold.h"

namespace dragoman::store {
namespace {

// What speaks for and against. The part of the texts (square root of their cosine) and of the stem were chosen on the
// ECB+ train topics, and among what is as good on those, on the dev topics (tools/story_eval.py): two reports with one
// stem are the same act from a cosine of .23 on. The corpus has no types, codes or dates: those weights are set so that
// of stem, actors and recipients two must agree where the texts are alike (.4), and all where they are not.
constexpr double kStem = 0.22;
constexpr double kParty = 0.2;
constexpr double kPartyConflict = -0.4;
constexpr double kPlace = 0.1;
constexpr double kPlaceConflict = -0.2;
constexpr double kOtherDay = -0.15;
constexpr double kSentence = 0.3;
// An article that tells an act twice is more alike than that says, and an article that tells two acts as well.
constexpr double kSameText = 0.38;
constexpr double kAlike = 1;  // of texts that are equal
constexpr double kNever = -1;

// A larger group that holds together by pairs of so much is one story without a closer look.
constexpr double kCertain = 1.0;

constexpr std::array kCommon = {
    "the",  "a",   "an",   "of",   "in",   "on",    "at",     "to",    "for",  "from", "by",   "with",  "and",
    "or",   "but", "is",   "are",  "was",  "were",  "be",     "been",  "has",  "have", "had",  "he",    "it",
    "they", "she", "his",  "her",  "its",  "their", "this",   "that",  "as",   "not",  "no",   "said",  "says",
    "say",  "who", "what", "when", "will", "would", "could",  "can",   "may",  "than", "then", "there", "also",
    "we",   "you", "i",    "one",  "two",  "after", "before", "about", "more", "over", "into", "out",   "up"};

// Forms that no ending tells.
constexpr std::pair<const char*, const char*> kIrregular[] = {
    {"shot", "shoot"}, {"won", "win"},           {"winner", "win"},   {"struck", "strike"}, {"took", "take"},
    {"taken", "take"}, {"gave", "give"},         {"died", "die"},     {"death", "die"},     {"dead", "die"},
    {"dying", "die"},  {"fell", "fall"},         {"beaten", "beat"},  {"held", "hold"},     {"left", "leave"},
    {"found", "find"}, {"broke", "break"},       {"broken", "break"}, {"bought", "buy"},    {"sold", "sell"},
    {"told", "tell"},  {"made", "make"},         {"went", "go"},      {"gone", "go"},       {"came", "come"},
    {"led", "lead"},   {"met", "meet"},          {"stole", "steal"},  {"stolen", "steal"},  {"fought", "fight"},
    {"sent", "send"},  {"withdrew", "withdraw"}, {"sought", "seek"},  {"robbery", "rob"},   {"robbed", "rob"}};

struct Ending {
  std::string_view from, to;
};
constexpr Ending kEndings[] = {{"ies", "y"}, {"sses", "ss"}, {"ing", ""}, {"edly", ""}, {"ed", ""},
                               {"ly", ""},   {"es", ""},     {"s", ""},   {"e", ""}};

/// Ends in a consonant that its ending has doubled: "plann-ed", "expell-ed", not "kill-ed", "pass-ed", "recall-ed".
bool is_doubled(std::string_view word) {
  const size_t n = word.size();
  if (n <= 3 || word[n - 1] != word[n - 2] || word[n - 1] == 's') return false;
  if (word[n - 1] != 'l') return true;
  const auto is_vowel = [](char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; };
  const bool vowel_before = word[n - 3] == 'e' || word[n - 3] == 'o' || word[n - 3] == 'i';
  return vowel_before && std::any_of(word.begin(), word.end() - 3, is_vowel);
}

std::string stemmed(std::string word) {
  for (const auto& [form, base] : kIrregular) {
    if (word == form) word = base;
  }
  for (const Ending& ending : kEndings) {
    if (word.size() < ending.from.size() + 3 || !word.ends_with(ending.from)) continue;
    word.replace(word.size() - ending.from.size(), ending.from.size(), ending.to);
    break;
  }
  if (is_doubled(word)) word.pop_back();
  if (word.size() > 4 && word.back() == 'e') word.pop_back();
  if (!word.empty() && word.back() == 'i') word.back() = 'y';
  return word;
}

// Endings of a stem that a noun has of the verb, and of participles: "nomination", "shooting(s)", "fallen".
constexpr size_t kShortest = 4;
constexpr Ending kDerived[] = {{"ization", "iz"}, {"ation", "at"}, {"ition", "it"}, {"ution", "ut"}, {"ction", "ct"},
                               {"ssion", "ss"},   {"ment", ""},    {"ing", ""},     {"en", ""}};

std::string underived(std::string stem) {
  for (const Ending& ending : kDerived) {
    if (stem.size() < ending.from.size() + kShortest || !stem.ends_with(ending.from)) continue;
    stem.replace(stem.size() - ending.from.size(), ending.from.size(), ending.to);
    break;
  }
  if (is_doubled(stem)) stem.pop_back();
  return stem;
}

/// Words that tell one act, each with the one that stands for all.
class Acts {
 public:
  Acts() {
    embedded::rows(embedded::stories_acts, 2, [&](const auto& cells, size_t line) {
      const std::string act = underived(stemmed(std::string(cells[0])));
      add(act, act, line);
      for (const std::string_view word : base::split(cells[1], ' ')) {
        add(underived(stemmed(std::string(word))), act, line);
      }
    });
  }

  std::string of(const std::string& stem) const {
    const auto found = acts_.find(stem);
    return found == acts_.end() ? stem : found->second;
  }

 private:
  void add(const std::string& stem, const std::string& act, size_t line) {
    const auto [at, added] = acts_.try_emplace(stem, act);
    if (!added && at->second != act) embedded::wrong(embedded::stories_acts, line, "told twice");
  }

  std::unordered_map<std::string, std::string> acts_;
};

bool is_common(std::string_view word) {
  static const std::unordered_set<std::string_view> common(kCommon.begin(), kCommon.end());
  return common.contains(word);
}

/// Hashes of the stems of a text's words, with repetitions; common words left out.
std::vector<uint32_t> stems_of(std::string_view text) {
  std::vector<uint32_t> stems;
  const std::string words = folded(text);
  for (const std::string_view word : base::split(words, ' ')) {
    if (!word.empty() && !is_common(word)) stems.push_back(key_of(stemmed(std::string(word))));
  }
  return stems;
}

bool meet(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](uint32_t key) { return std::find(b.begin(), b.end(), key) != b.end(); });
}

double agreement(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b, double same, double conflict) {
  if (a.empty() || b.empty()) return 0;
  return meet(a, b) ? same : conflict;
}

/// kNever where the days cannot be those of one act.
double of_days(const Report& a, const Report& b) {
  if (!a.days || !b.days) return 0;
  if (a.days->first > b.days->second + kSlack || b.days->first > a.days->second + kSlack) return kNever;
  return a.days->first > b.days->second || b.days->first > a.days->second ? kOtherDay : 0;
}

/// Groups that are connected by pairs.
class Groups {
 public:
  explicit Groups(size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }
  uint32_t of(uint32_t one) {
    while (parent_[one] != one) one = parent_[one] = parent_[parent_[one]];
    return one;
  }
  void join(uint32_t a, uint32_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<uint32_t> parent_;
};

struct Pair {
  uint32_t a, b;
  double same;
};

class Joiner {
 public:
  Joiner(const std::vector<Report>& reports, const std::vector<Text>& documents, const std::vector<int64_t>& before,
         size_t largest)
      : reports_(reports),
        documents_(documents),
        before_(before),
        largest_(largest),
        joined_{std::vector<uint32_t>(reports.size()), std::vector<uint32_t>(reports.size())} {}

  Joined run() {
    std::vector<uint32_t> all(reports_.size());
    std::iota(all.begin(), all.end(), 0U);
    // From here on all is in order of the ids, so that the order in which reports came plays no part.
    std::sort(all.begin(), all.end(), [&](uint32_t a, uint32_t b) { return reports_[a].id < reports_[b].id; });
    const std::vector<Pair> found = pairs();
    Groups groups(reports_.size());
    for (const Pair& pair : found) groups.join(pair.a, pair.b);
    for (uint32_t i = 0; i < reports_.size(); ++i) joined_.groups[i] = groups.of(i);
    split(all, found, kSame, std::vector<bool>(reports_.size()));
    return std::move(joined_);
  }

 private:
  /// Pairs of at least kSame.
  std::vector<Pair> pairs() const {
    std::map<uint64_t, std::vector<uint32_t>> blocks;
    for (uint32_t i = 0; i < reports_.size(); ++i) {
      for (const uint64_t key : keys_of(reports_[i])) blocks[key].push_back(i);
    }
    std::vector<Pair> found;
    for (auto& [key, block] : blocks) sweep(block, found);
    std::sort(found.begin(), found.end(),
              [](const Pair& x, const Pair& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    found.erase(
        std::unique(found.begin(), found.end(), [](const Pair& x, const Pair& y) { return x.a == y.a && x.b == y.b; }),
        found.end());
    return found;
  }

  /// All pairs of a block whose days meet: in order of their first days, no further than the last day.
  void sweep(std::vector<uint32_t>& block, std::vector<Pair>& found) const {
    const auto first = [&](uint32_t i) { return reports_[i].days ? reports_[i].days->first : 0; };
    std::sort(block.begin(), block.end(), [&](uint32_t a, uint32_t b) {
      const bool has_a = reports_[a].days.has_value(), has_b = reports_[b].days.has_value();
      return has_a != has_b ? !has_a : first(a) < first(b);
    });
    for (size_t i = 0; i < block.size(); ++i) {
      const auto& days = reports_[block[i]].days;
      for (size_t k = i + 1; k < block.size(); ++k) {
        if (days && first(block[k]) > days->second + kSlack) break;
        const auto [a, b] = std::minmax(block[i], block[k]);
        if (!may_be_same(reports_[a], reports_[b])) continue;
        const double same = sameness(reports_[a], reports_[b], documents_);
        if (same >= kSame) found.push_back({a, b, same});
      }
    }
  }

  /// Each connected group by itself; one that is too large is looked at again with a stricter eye. Of those that are
  /// `settled`, a group with no new report was a group of its own before, too, at this and each level above.
  void split(const std::vector<uint32_t>& members, const std::vector<Pair>& pairs, double least,
             const std::vector<bool>& settled) {
    Groups groups(reports_.size());
    for (const Pair& pair : pairs) {
      if (pair.same >= least) groups.join(pair.a, pair.b);
    }
    std::map<uint32_t, std::vector<uint32_t>> parts;
    std::vector<uint32_t> order;
    for (const uint32_t one : members) {
      auto& part = parts[groups.of(one)];
      if (part.empty()) order.push_back(groups.of(one));
      part.push_back(one);
    }
    for (const uint32_t root : order) {
      const auto& part = parts[root];
      if (std::all_of(part.begin(), part.end(), [&](uint32_t one) { return settled[one]; })) {
        keep(part);
      } else if (part.size() <= largest_) {
        cluster(part);
      } else if (least >= kCertain) {
        for (const uint32_t one : part) joined_.stories[one] = next_;
        ++next_;
      } else {
        std::vector<Pair> inner;
        std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(inner),
                     [&](const Pair& pair) { return groups.of(pair.a) == root; });
        split(part, inner, least + 0.05, settled_in(part, inner, least));
      }
    }
  }

  bool is_old(uint32_t report) const { return !before_.empty() && before_[report] != 0; }

  /// Which members of a part that is too large were so before the new ones came: those of a group of too many old ones,
  /// as it was at each level above.
  std::vector<bool> settled_in(const std::vector<uint32_t>& part, const std::vector<Pair>& pairs, double least) const {
    std::vector<bool> in(reports_.size());
    if (before_.empty()) return in;
    Groups old(reports_.size());
    for (const Pair& pair : pairs) {
      if (pair.same >= least && is_old(pair.a) && is_old(pair.b)) old.join(pair.a, pair.b);
    }
    std::unordered_map<uint32_t, size_t> sizes;
    for (const uint32_t one : part) sizes[old.of(one)] += is_old(one) ? 1U : 0U;
    for (const uint32_t one : part) {
      in[one] = is_old(one) && sizes[old.of(one)] > largest_;
    }
    return in;
  }

  /// Joins a part as it was joined before.
  void keep(const std::vector<uint32_t>& part) {
    std::map<int64_t, uint32_t> numbers;
    for (const uint32_t one : part) {
      const auto [at, fresh] = numbers.try_emplace(before_[one], next_);
      next_ += fresh ? 1U : 0U;
      joined_.stories[one] = at->second;
    }
  }

  /// Average link (UPGMA): the two likest groups become one until none are of kSame. `part` is in order of the ids.
  void cluster(const std::vector<uint32_t>& part) {
    const size_t n = part.size();
    std::vector<float> like(n * n, static_cast<float>(kNever));
    for (size_t i = 0; i < n; ++i) {
      for (size_t k = 0; k < i; ++k) {
        like[i * n + k] = like[k * n + i] =
            static_cast<float>(sameness(reports_[part[i]], reports_[part[k]], documents_));
      }
    }
    std::vector<size_t> group(n), size(n, 1);
    std::iota(group.begin(), group.end(), size_t{0});
    while (const auto best = likest(like, size)) merge(*best, like, size, group);
    std::map<size_t, uint32_t> numbers;
    for (size_t i = 0; i < n; ++i) {
      const auto [at, fresh] = numbers.try_emplace(group[i], next_);
      next_ += fresh ? 1U : 0U;
      joined_.stories[part[i]] = at->second;
    }
  }

  static std::optional<std::pair<size_t, size_t>> likest(const std::vector<float>& like,
                                                         const std::vector<size_t>& size) {
    const size_t n = size.size();
    std::optional<std::pair<size_t, size_t>> best;
    auto most = static_cast<float>(kSame) - 1e-6F;
    for (size_t i = 0; i < n; ++i) {
      for (size_t k = i + 1; size[i] > 0 && k < n; ++k) {
        if (size[k] == 0 || like[i * n + k] <= most) continue;
        most = like[i * n + k];
        best = {i, k};
      }
    }
    return best;
  }

  static void merge(std::pair<size_t, size_t> pair, std::vector<float>& like, std::vector<size_t>& size,
                    std::vector<size_t>& group) {
    const auto [a, b] = pair;
    const size_t n = size.size();
    const auto weight_a = static_cast<float>(size[a]), weight_b = static_cast<float>(size[b]);
    for (size_t k = 0; k < n; ++k) {
      like[a * n + k] = like[k * n + a] =
          (like[a * n + k] * weight_a + like[b * n + k] * weight_b) / (weight_a + weight_b);
    }
    size[a] += size[b];
    size[b] = 0;
    std::replace(group.begin(), group.end(), b, a);
  }

  const std::vector<Report>& reports_;
  const std::vector<Text>& documents_;
  const std::vector<int64_t>& before_;
  size_t largest_;
  Joined joined_;
  uint32_t next_ = 0;
};

}  // namespace

uint32_t key_of(std::string_view name) {  // FNV-1a
  uint32_t hash = 0x811C9DC5U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

std::vector<uint64_t> keys_of(const Report& report) {
  const uint64_t kind = key_of(report.type + (report.negated ? " not" : ""));
  const auto mixed = [&](uint64_t a, uint64_t b) {  // splitmix64's finalizer
    uint64_t x = (a << 32U | b) + kind * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  };
  std::vector<uint64_t> keys = {mixed(0, report.stem)};
  for (const uint32_t actor : report.actors) {
    for (const uint32_t recipient : report.recipients) keys.push_back(mixed(actor, recipient));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

uint32_t stem_of(std::string_view trigger) {
  static const Acts acts;
  const std::string words = folded(trigger);
  std::string_view last;
  for (const std::string_view word : base::split(words, ' ')) {
    if (!word.empty() && !is_common(word)) last = word;
  }
  return last.empty() ? key_of(trigger) : key_of(acts.of(underived(stemmed(std::string(last)))));
}

namespace {

/// What a stem weighs: the logarithm of one over the share of articles that hold it.
class Weights {
 public:
  Weights() {
    embedded::rows(embedded::stories_words, 2, [&](const auto& cells, size_t line) {
      int share = 0;
      const auto read = std::from_chars(cells[1].data(), cells[1].data() + cells[1].size(), share);
      if (read.ec != std::errc() || share <= 0) embedded::wrong(embedded::stories_words, line, "no share");
      weights_[key_of(cells[0])] = static_cast<float>(std::log(kAll / (share + kUnseen)));
    });
  }

  float of(uint32_t stem) const {
    const auto found = weights_.find(stem);
    return found == weights_.end() ? static_cast<float>(std::log(kAll / (2 * kUnseen))) : found->second;
  }

 private:
  static constexpr double kAll = 10000;   // of so many articles tells the table
  static constexpr double kUnseen = 2.5;  // words that it leaves out are in so many or so few
  std::unordered_map<uint32_t, float> weights_;
};

}  // namespace

Words words_of(std::string_view text) {
  static const Weights weights;
  auto stems = stems_of(text);
  std::sort(stems.begin(), stems.end());
  Words words;
  for (const uint32_t stem : stems) {
    if (words.empty() || words.back().first != stem) words.emplace_back(stem, 0.0F);
    words.back().second += 1;
  }
  float length = 0;
  for (auto& [word, weight] : words) {
    weight = (1 + std::log(weight)) * weights.of(word);
    length += weight * weight;
  }
  for (auto& [word, weight] : words) weight /= length > 0 ? std::sqrt(length) : 1.0F;
  return words;
}

double likeness(const Words& a, const Words& b) {
  double sum = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->first == y->first) {
      sum += static_cast<double>(x++->second) * static_cast<double>(y++->second);
    } else {
      x->first < y->first ? ++x : ++y;
    }
  }
  return std::max(0.0, sum);
}

Text::Text(Words words) : words_(std::move(words)) {
  for (uint32_t i = 0; i < words_.size(); ++i) {
    const uint32_t bucket = words_[i].first >> (32U - kBucketBits);
    uint64_t& block = buckets_[bucket / 64];
    const uint64_t bit = uint64_t{1} << bucket % 64;
    if ((block & bit) == 0) first_.push_back(i);
    block |= bit;
  }
  first_.push_back(static_cast<uint32_t>(words_.size()));
  for (size_t block = 0; block + 1 < kBlocks; ++block) {
    before_[block + 1] = before_[block] + static_cast<uint32_t>(std::popcount(buckets_[block]));
  }
}

std::span<const Words::value_type> Text::words_at(size_t block, uint64_t bit) const {
  const size_t bucket = before_[block] + static_cast<size_t>(std::popcount(buckets_[block] & (bit - 1)));
  return std::span(words_).subspan(first_[bucket], first_[bucket + 1] - first_[bucket]);
}

double Text::likeness(const Text& other) const {
  std::array<uint8_t, kBlocks> both;
  size_t count = 0;
  for (size_t block = 0; block < kBlocks; ++block) {
    both[count] = static_cast<uint8_t>(block);
    count += (buckets_[block] & other.buckets_[block]) != 0 ? 1U : 0U;
  }
  double sum = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t block = both[i];
    for (uint64_t bits = buckets_[block] & other.buckets_[block]; bits != 0; bits &= bits - 1) {
      const uint64_t bit = bits & (~bits + 1);
      const auto theirs = other.words_at(block, bit);
      for (const auto& [word, weight] : words_at(block, bit)) {
        for (const auto& [their_word, their_weight] : theirs) {
          if (word == their_word) sum += static_cast<double>(weight) * static_cast<double>(their_weight);
        }
      }
    }
  }
  return std::max(0.0, sum);
}

double sameness(const Report& a, const Report& b, const std::vector<Text>& documents) {
  if (!a.type.empty() && !b.type.empty() && a.type != b.type) return kNever;
  if (a.negated != b.negated) return kNever;
  const double days = of_days(a, b);
  if (days <= kNever) return kNever;
  const double parties = agreement(a.actors, b.actors, kParty, kPartyConflict) +
                         agreement(a.recipients, b.recipients, kParty, kPartyConflict);
  // Of another word, who and whom must say that it is the same act, in another article.
  if (a.stem != b.stem && (parties < 2 * kParty || a.document == b.document)) return kNever;
  const double texts = a.document == b.document ? kSameText + kSentence * likeness(a.sentence, b.sentence)
                                                : std::sqrt(documents[a.document].likeness(documents[b.document]));
  return texts + (a.stem == b.stem ? kStem : 0) + parties + agreement(a.places, b.places, kPlace, kPlaceConflict) +
         days;
}

bool may_be_same(const Report& a, const Report& b) {
  if (a.stem != b.stem || a.document == b.document) return true;
  constexpr double kSlip = 1e-6;  // of sums in another order
  const double beside = kStem + agreement(a.actors, b.actors, kParty, kPartyConflict) +
                        agreement(a.recipients, b.recipients, kParty, kPartyConflict) +
                        agreement(a.places, b.places, kPlace, kPlaceConflict);
  return beside + kAlike + kSlip >= kSame;
}

Joined join_reports(const std::vector<Report>& reports, const std::vector<Text>& documents,
                    const std::vector<int64_t>& before, size_t largest) {
  return Joiner(reports, documents, before, largest).run();
}

}  // namespace dragoman::store
