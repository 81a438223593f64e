// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities_sentence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/text.h"

namespace dragoman::coding {
namespace {

using base::in;

// Words that end the noun phrase behind a number: function words, and verbs that often follow it.
constexpr std::string_view kStops[] = {
    "a",         "an",       "the",       "of",       "in",       "on",        "at",       "by",      "for",
    "with",      "from",     "to",        "into",     "onto",     "over",      "under",    "after",   "before",
    "during",    "since",    "until",     "between",  "against",  "about",     "through",  "near",    "across",
    "along",     "around",   "within",    "without",  "per",      "via",       "as",       "than",    "and",
    "or",        "but",      "nor",       "so",       "yet",      "while",     "when",     "where",   "who",
    "whom",      "whose",    "which",     "that",     "if",       "because",   "although", "is",      "are",
    "was",       "were",     "be",        "been",     "being",    "has",       "have",     "had",     "do",
    "does",      "did",      "will",      "would",    "can",      "could",     "may",      "might",   "must",
    "shall",     "should",   "not",       "no",       "he",       "she",       "it",       "they",    "we",
    "you",       "i",        "him",       "her",      "them",     "us",        "this",     "these",   "those",
    "his",       "their",    "its",       "our",      "my",       "your",      "said",     "says",    "say",
    "told",      "also",     "still",     "now",      "then",     "there",     "here",     "only",    "just",
    "yesterday", "today",    "tomorrow",  "killed",   "died",     "dead",      "injured",  "wounded", "arrested",
    "detained",  "missing",  "including", "included", "went",     "came",      "took",     "left",    "remain",
    "remained",  "voted",    "signed",    "each",     "every",    "both",      "all",      "some",    "any",
    "others'",   "involved", "ago",       "hurt",     "captured", "displaced", "feared",   "taking",  "who've",
    "aged"};

constexpr std::string_view kPluralNouns[] = {
    "people",      "men",    "women",     "children",    "police",      "troops",       "personnel",
    "staff",       "cattle", "others",    "aircraft",    "servicemen",  "servicewomen", "policemen",
    "policewomen", "gunmen", "fishermen", "businessmen", "congressmen", "lawmen",       "clergy",
    "youth",       "dead",   "wounded",   "injured",     "mps",         "ngos",         "airmen",
    "militia",     "crew",   "sheep",     "guardsmen",   "crewmen",     "tribesmen"};

constexpr std::string_view kTimeUnits[] = {
    "year",  "years",  "month",   "months",   "week",      "weeks",     "day",      "days",      "hour",
    "hours", "minute", "minutes", "second",   "seconds",   "decade",    "decades",  "century",   "centuries",
    "night", "nights", "weekend", "weekends", "quarter",   "quarters",  "semester", "semesters", "hrs",
    "min",   "mins",   "yrs",     "yr",       "fortnight", "fortnights"};

constexpr std::string_view kVoteWords[] = {
    "vote",      "votes",    "voted",    "voting",   "ballot",    "ruling",   "ruled",   "majority", "passed",
    "passes",    "approved", "approves", "adopted",  "adopts",    "rejected", "rejects", "defeated", "backed",
    "confirmed", "cleared",  "carried",  "decision", "lawmakers", "senators", "council", "senate",   "parliament",
    "committee", "house",    "court",    "board",    "panel",     "assembly", "upheld",  "endorsed", "decided",
    "tally",     "margin",   "ratified", "split",    "favour",    "favor",    "against", "overrode"};

// What burns and is not hurt.
constexpr std::string_view kThings[] = {
    "houses",  "homes",    "huts",       "buildings",   "shops",      "stores",    "schools", "churches",
    "mosques", "temples",  "villages",   "tents",       "shelters",   "offices",   "cars",    "buses",
    "trucks",  "vehicles", "boats",      "ships",       "tanks",      "hectares",  "acres",   "trees",
    "fields",  "farms",    "factories",  "flags",       "copies",     "tyres",     "tires",   "stations",
    "markets", "stalls",   "apartments", "motorcycles", "warehouses", "structures"};

/// Reads one sentence; the state is its tokens and the quantities found so far.
class SentenceReader {
 public:
  SentenceReader(std::string_view text, Span within, const std::vector<Span>& dates, const Currencies& currencies,
                 const QuantityCues& cues, const Units& units, const std::vector<std::string>& countries,
                 const std::vector<Payer>& payers)
      : text_(text),
        currencies_(currencies),
        cues_(cues),
        units_(units),
        countries_(countries),
        payers_(payers),
        tokens_(tokenize(text, within)),
        numbers_(find_numbers(tokens_)) {
    for (const Span date : dates) {
      if (date.overlaps(within)) dates_.push_back(date);
    }
  }

  std::vector<FoundQuantity> read() {
    read_votes();
    for (size_t i = 0; i < numbers_.size(); ++i) {
      if (!used(numbers_[i])) read_number_at(i);
    }
    take_shares();
    read_unanimous();
    read_vague_words();
    carry_over();
    drop_vague_counts();
    std::sort(found_.begin(), found_.end(),
              [](const Item& a, const Item& b) { return a.found.quantity.span < b.found.quantity.span; });
    std::vector<FoundQuantity> all;
    for (Item& item : found_) all.push_back(std::move(item.found));
    return all;
  }

 private:
  struct Item {
    FoundQuantity found;
    size_t first = 0, last = 0;  ///< tokens with number and noun
    bool cued = false;           ///< its kind was told by words, its own or a neighbour's
    bool noun_cued = false;      ///< by its own noun ("deaths"), which says nothing of a neighbour
    bool object = false;         ///< by a verb before it ("killed nine"), so that a list may follow
    bool carried = false;        ///< by a neighbour's
    bool vague_word = false;     ///< "several", "many"
  };
  struct Phrase {
    size_t last = 0;   ///< token behind the phrase
    size_t cover = 0;  ///< token behind what belongs to this number alone ("300 of the 367 people" covers "300")
    size_t head = 0;   ///< token of the noun; `last` if none
    bool plural = false;
  };

  bool word(size_t at, std::string_view form) const { return at < tokens_.size() && tokens_[at].is(form); }
  Span span_of(size_t first, size_t last) const { return {tokens_[first].span.begin, tokens_[last - 1].span.end}; }

  bool used(const Number& number) const {
    return std::any_of(found_.begin(), found_.end(),
                       [&](const Item& item) { return item.first < number.last && number.first < item.last; });
  }

  bool in_date(const Number& number) const {
    const Span span = span_of(number.first, number.last);
    return std::any_of(dates_.begin(), dates_.end(), [&](Span date) { return date.overlaps(span); });
  }

  const Token* raw(size_t at) const { return at < tokens_.size() ? &tokens_[at] : nullptr; }

  Item& add(QuantityKind kind, const Number& number, size_t first, size_t last) {
    Item item;
    item.first = first;
    item.last = last;
    item.found.quantity.kind = kind;
    item.found.quantity.value = number.value;
    item.found.quantity.range = number.range;
    item.found.quantity.span = span_of(first, last);
    found_.push_back(std::move(item));
    return found_.back();
  }

  void read_number_at(size_t index) {
    const Number& number = numbers_[index];
    if (read_money(index)) return;
    if (glued(number) || in_date(number) || names_one(number)) return;
    if (read_percent(number) || read_measure(number)) return;
    read_count(number);
  }

  /// A figure that touches the word before it ("ZAR30" that no currency took) is part of a name.
  bool glued(const Number& number) const {
    return number.first > 0 && !tokens_[number.first].space_before && number.digits &&
           tokens_[number.first - 1].is_word();
  }

  /// "Section 194", "Channel 12": the number tells which one, not how many.
  bool names_one(const Number& number) const {
    static constexpr std::string_view kNumbered[] = {"section", "article",    "chapter", "paragraph", "clause",
                                                     "rule",    "resolution", "channel", "amendment", "proposition",
                                                     "flight",  "protocol",   "phase",   "annex",     "decree"};
    return number.first > 0 && number.digits && !number.magnitude && tokens_[number.first].space_before &&
           in(kNumbered, tokens_[number.first - 1].lower);
  }

  // Money

  /// What `look` finds for the state whose act the sum is, if the currency is one of its own; else for the text's.
  template <class Look>
  std::optional<Currencies::Match> currency(const Number& number, const Look& look) const {
    const uint32_t at = tokens_[number.first].span.begin;
    const auto of = [&](const Payer& payer) -> std::optional<Currencies::Match> {
      auto match = look({payer.country});
      return match && currencies_.is_of(match->code, payer.country) ? match : std::nullopt;
    };
    const Payer* nearest = nullptr;
    for (const Payer& payer : payers_) {
      if (payer.act.begin < at && (nearest == nullptr || nearest->act.begin <= payer.act.begin) && of(payer))
        nearest = &payer;
    }
    return nearest != nullptr ? of(*nearest) : look(countries_);
  }

  bool read_money(size_t index) {
    Number& number = numbers_[index];
    if (number.ordinal) return false;
    auto sign = currency(number, [&](const std::vector<std::string>& countries) {
      return currencies_.before(text_, tokens_, number.first, countries);
    });
    const auto name = currency(number, [&](const std::vector<std::string>& countries) {
      return currencies_.after(text_, tokens_, number.last, countries);
    });
    if (!name && join_bare_hundredths(number)) return true;
    size_t first = number.first;
    size_t last = number.last;
    if (sign && word(sign->first, "won")) sign.reset();
    std::string unit;
    double factor = 1;
    if (sign) {
      first = sign->first;
      unit = sign->code;
      // "US$5 million dollars", "Rs 500 rupees": the word adds nothing but its span.
      if (name && (name->code == unit || unit.empty())) {
        last = name->last;
        unit = name->code;
      }
      if (sign->unit > 1) factor = sign->unit;
    } else if (name) {
      last = name->last;
      unit = name->code;
      factor = name->unit;
    } else {
      return read_elliptic_money(index);
    }
    if (number.fraction && !number.magnitude) return false;
    if (name && last == name->last) trailing_magnitude(number, last);
    if (join_hundredths(number, unit, factor, last)) return true;
    const size_t start = approximation_start(tokens_, first);
    share_magnitude(index);
    Item& item = add(QuantityKind::kMoney, number, start, last);
    if (factor > 1) scale(item.found.quantity, factor);
    if (factor < 1 && item.found.quantity.value) {
      *item.found.quantity.value = std::round(*item.found.quantity.value) == *item.found.quantity.value
                                       ? *item.found.quantity.value / std::round(1 / factor)
                                       : *item.found.quantity.value * factor;
    }
    item.found.quantity.unit = unit;
    item.found.noun = unit;
    item.cued = item.found.counted = true;
    join_money_range();
    return true;
  }

  /// "between $3 million and $5 million", "$3 million to $5 million" are one amount with a range, as "$3-5 million" is;
  /// "from $3 million to $5 million" is a change.
  void join_money_range() {
    if (found_.size() < 2) return;
    const Item& upper = found_.back();
    Item& lower = found_[found_.size() - 2];
    const Quantity& high = upper.found.quantity;
    Quantity& low = lower.found.quantity;
    if (low.kind != QuantityKind::kMoney || low.unit != high.unit || !low.value || !high.value || low.range ||
        high.range || *low.value >= *high.value || upper.first != lower.last + 1)
      return;
    const bool between = word(lower.last, "and") && word(lower.first, "between");
    const bool to =
        (word(lower.last, "to") || is_dash(tokens_[lower.last])) && !(lower.first > 0 && word(lower.first - 1, "from"));
    if (!between && !to) return;
    low.range = {*low.value, *high.value};
    low.span.end = high.span.end;
    lower.last = upper.last;
    found_.pop_back();
  }

  static void scale(Quantity& quantity, double factor) {
    if (quantity.value) *quantity.value = std::round(*quantity.value * factor);
    if (quantity.range) quantity.range = {quantity.range->first * factor, quantity.range->second * factor};
  }

  /// "15 dollars 50", "thirteen dollars and forty-five" at the end of a clause are one amount.
  bool join_bare_hundredths(const Number& number) {
    if (found_.empty() || !number.value || *number.value < 10 || *number.value > 99 || number.magnitude || number.range)
      return false;
    if (*number.value != std::floor(*number.value)) return false;
    Item& before = found_.back();
    Quantity& whole_units = before.found.quantity;
    const bool named = before.last > 0 && tokens_[before.last - 1].is_word();
    if (whole_units.kind != QuantityKind::kMoney || !whole_units.value || whole_units.range || !named ||
        *whole_units.value != std::floor(*whole_units.value) || *whole_units.value >= 1e5)
      return false;
    if (before.last + (word(before.last, "and") ? 1 : 0) != number.first) return false;
    const Token* after = raw(number.last);
    const bool ends = after == nullptr || after->is(".") || after->is(",") || after->is(";") || after->is("!") ||
                      after->is("?") || after->is(")");
    if (!ends) return false;
    *whole_units.value = (*whole_units.value * 100 + *number.value) / 100;
    before.last = number.last;
    whole_units.span.end = tokens_[number.last - 1].span.end;
    return true;
  }

  /// "75 USD million"
  void trailing_magnitude(Number& number, size_t& last) const {
    if (number.magnitude || !number.value) return;
    for (const auto& [name, scale] :
         {std::pair<std::string_view, double>{"million", 1e6}, {"billion", 1e9}, {"trillion", 1e12}}) {
      if (!word(last, name)) continue;
      number.value = std::round(*number.value * scale);
      number.magnitude = true;
      ++last;
      return;
    }
  }

  /// "13 dollars and 45 cents" is one amount.
  bool join_hundredths(const Number& number, const std::string& unit, double factor, size_t last) {
    if (factor >= 1 || found_.empty() || !number.value) return false;
    Item& before = found_.back();
    Quantity& whole_units = before.found.quantity;
    if (whole_units.kind != QuantityKind::kMoney || whole_units.unit != unit || !whole_units.value ||
        *whole_units.value != std::floor(*whole_units.value))
      return false;
    const size_t gap = number.first - before.last;
    if (before.last > number.first || gap > 1 || (gap == 1 && !word(before.last, "and"))) return false;
    *whole_units.value = (*whole_units.value * 100 + *number.value) / 100;
    before.last = last;
    whole_units.span.end = tokens_[last - 1].span.end;
    return true;
  }

  /// "$5 to $10 million": the first figure has the second's magnitude.
  void share_magnitude(size_t index) {
    Number& number = numbers_[index];
    if (number.magnitude || !number.value || *number.value >= 1000 || index + 1 >= numbers_.size()) return;
    const Number& next = numbers_[index + 1];
    if (!next.magnitude || !next.value || next.first <= number.last) return;
    const bool between = number.first >= 2 && (word(number.first - 2, "between") || word(number.first - 3, "between"));
    const Token& link = tokens_[number.last];
    if (!link.is("to") && !is_dash(link) && !(between && link.is("and"))) return;
    if (next.first - number.last > 3) return;
    const double scale = std::pow(1000, std::floor(std::log10(*next.value) / 3));
    if (*number.value * scale < *next.value) *number.value *= scale;
  }

  /// "US$300 million and 1.7 million", "10 billion baht, of which 3 billion", "10 billion baht for the line and another
  /// 2 billion": millions of nothing, behind money of the same sentence, are money of the same currency.
  bool read_elliptic_money(size_t index) {
    static constexpr std::string_view kWhen[] = {"next", "last", "this", "later", "annually", "earlier"};
    const Number& number = numbers_[index];
    if (found_.empty() || !number.magnitude || !number.value || !number.digits) return false;
    const Item& before = found_.back();
    if (before.found.quantity.kind != QuantityKind::kMoney || before.last > number.first) return false;
    const bool more = number.first > 0 && (word(number.first - 1, "another") || word(number.first - 1, "further") ||
                                           word(number.first - 1, "additional"));
    const bool part = number.first > 1 && ((word(number.first - 1, "which") && word(number.first - 2, "of")) ||
                                           word(number.first - 1, "including"));
    for (size_t at = before.last; at < number.first && !more && !part; ++at) {
      if (!tokens_[at].is("and") && !tokens_[at].is("or") && !tokens_[at].is("to") && !tokens_[at].is(",") &&
          !is_dash(tokens_[at]) && !tokens_[at].is("from"))
        return false;
    }
    if (number.last < tokens_.size() && tokens_[number.last].is_word() && !in(kStops, tokens_[number.last].lower) &&
        !in(kWhen, tokens_[number.last].lower))
      return false;
    const std::string unit = before.found.quantity.unit;
    const size_t start = more ? approximation_start(tokens_, number.first) : number.first;
    Item& item = add(QuantityKind::kMoney, number, start, number.last);
    item.found.quantity.unit = unit;
    item.found.noun = unit;
    item.cued = item.found.counted = true;
    return true;
  }

  // Percent, time, distance

  bool read_percent(const Number& number) {
    size_t last = number.last;
    if (word(last, "-")) ++last;
    if (word(last, "%") || word(last, "percent") || word(last, "pc") || word(last, "percentage")) {
      ++last;
    } else if (word(last, "per") && word(last + 1, "cent")) {
      last += 2;
    } else {
      return false;
    }
    while (word(last, "points") || word(last, "point")) ++last;
    size_t noun = last;
    if (word(noun, "of")) ++noun;
    if (word(noun, "the")) ++noun;
    if (word(noun, "national") || word(noun, "popular") || word(noun, "total")) ++noun;
    const bool vote = noun > last && (word(noun, "vote") || word(noun, "votes") || word(noun, "ballots"));
    const size_t start = approximation_start(tokens_, number.first);
    const bool won = was_won(start);
    const bool progress = word(noun + 1, "counted") || word(noun + 1, "already");  // "with 34% of the votes counted"
    const bool share = vote && (!progress || (won && !word(start - 1, "with")));
    Item& item = add(share ? QuantityKind::kVote : QuantityKind::kPercent, number, start, share ? noun + 1 : last);
    item.found.quantity.unit = "percent";
    item.found.won = won && (share || !vote);
    item.cued = item.found.counted = true;
    return true;
  }

  /// "took 28%", "leading with 53 percent": somebody has that share. "To get at least 15 percent" tells no result.
  bool was_won(size_t start) const {
    static constexpr std::string_view kWon[] = {
        "won",      "winning",   "took",       "taking", "got",       "getting",  "received",  "receiving", "obtained",
        "garnered", "polled",    "secured",    "scored", "captured",  "gained",   "attracted", "claimed",   "drew",
        "earned",   "collected", "had",        "leads",  "led",       "leading",  "ahead",     "second",    "third",
        "victory",  "elected",   "re-elected", "with",   "capturing", "securing", "polling",   "obtaining"};
    return start > 0 && in(kWon, tokens_[start - 1].lower);
  }

  /// "Petrov had 50.9% of the vote, while Ivanov took 46.9%": beside a share of the votes the other is one too.
  void take_shares() {
    const bool votes = std::any_of(found_.begin(), found_.end(), [](const Item& item) {
      return item.found.quantity.kind == QuantityKind::kVote && item.found.quantity.unit == "percent";
    });
    for (Item& item : found_) {
      QuantityKind& kind = item.found.quantity.kind;
      if (kind == QuantityKind::kPercent && votes && item.found.won) kind = QuantityKind::kVote;
      item.found.won = item.found.won && kind == QuantityKind::kVote;
    }
  }

  bool read_measure(const Number& number) {
    size_t unit = number.last;
    if (unit < tokens_.size() && is_dash(tokens_[unit])) ++unit;
    while (word(unit, "more") || word(unit, "full") || word(unit, "consecutive") || word(unit, "straight") ||
           word(unit, "whole"))
      ++unit;
    if (unit >= tokens_.size() || number.ordinal) return false;
    const std::string& name = tokens_[unit].lower;
    const size_t start = approximation_start(tokens_, number.first);
    if (in(kTimeUnits, name)) {
      Item& item = add(QuantityKind::kDuration, number, start, unit + 1);
      item.found.quantity.unit = name;
      item.found.age =
          word(unit + 1, "old") || (unit + 2 < tokens_.size() && is_dash(tokens_[unit + 1]) && word(unit + 2, "old"));
      item.cued = true;
      return true;
    }
    const bool bracket = bracketed(unit);  // "20 (kg)"
    const auto measure = units_.at(tokens_, bracket ? unit + 1 : unit);
    if (!measure || (bracket && measure->tokens > 1)) return false;
    Item& item = add(measure->length ? QuantityKind::kDistance : QuantityKind::kOther, number, start,
                     unit + measure->tokens + (bracket ? 2 : 0));
    item.found.quantity.unit = measure->unit;
    item.cued = true;
    if (measure->unit == "foot") add_inches(item);
    return true;
  }

  bool bracketed(size_t at) const {
    constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {
        {"(", ")"}, {"[", "]"}, {"{", "}"}, {"<", ">"}};
    return std::any_of(std::begin(kBrackets), std::end(kBrackets),
                       [&](const auto& pair) { return word(at, pair.first) && word(at + 2, pair.second); });
  }

  /// "5 feet 2 inches", "5 ft 2 in".
  void add_inches(Item& feet) {
    const size_t at = word(feet.last, "and") ? feet.last + 1 : feet.last;
    const auto inches =
        std::find_if(numbers_.begin(), numbers_.end(), [&](const Number& number) { return number.first == at; });
    if (inches == numbers_.end() || !inches->value || *inches->value >= 12 || !feet.found.quantity.value) return;
    const bool short_form = word(feet.last - 1, "ft") && word(inches->last, "in");
    if (!short_form && !word(inches->last, "inches") && !word(inches->last, "inch")) return;
    *feet.found.quantity.value += *inches->value / 12;
    feet.last = inches->last + 1;
    feet.found.quantity.span = span_of(feet.first, feet.last);
  }

  // Votes

  static bool whole(const Number& number) {
    return number.value && !number.ordinal && !number.fraction && *number.value == std::floor(*number.value);
  }

  bool vote_near(size_t first, size_t last) const {
    for (size_t at = first > 9 ? first - 9 : 0; at < first; ++at) {
      if (in(kVoteWords, tokens_[at].lower)) return true;
    }
    for (size_t at = last; at < std::min(tokens_.size(), last + 3); ++at) {
      if (word(at, "vote") || word(at, "votes") || word(at, "ruling") || word(at, "decision") || word(at, "majority") ||
          word(at, "in")) {
        if (word(at, "in") && !word(at + 1, "favour") && !word(at + 1, "favor")) continue;
        return true;
      }
    }
    return false;
  }

  void read_votes() {
    for (size_t i = 0; i < numbers_.size(); ++i) {
      if (used(numbers_[i])) continue;
      if (read_vote_pair(i) || read_vote_to_none(i) || read_vote_sides(i) || read_votes_for_another(i)) continue;
      read_votes_cast(i);
      if (!used(numbers_[i])) read_voters(i);
    }
  }

  /// "70-29", "8 to 6", "by 70 votes to 29".
  bool read_vote_pair(size_t i) {
    const Number& yes = numbers_[i];
    if (yes.range && yes.digits && joined_range_vote(yes)) return true;
    if (i + 1 >= numbers_.size() || !whole(yes) || yes.range) return false;
    const Number& no = numbers_[i + 1];
    if (!whole(no) || no.first <= yes.last || (yes.plain_year && no.plain_year) || in_date(yes)) return false;
    const size_t gap = no.first - yes.last;
    const auto link = [&](size_t at) { return is_dash(tokens_[at]) || tokens_[at].is("to"); };
    bool pair = false;
    if (gap == 1) pair = link(yes.last);
    if (gap == 2) pair = (word(yes.last, "votes") || word(yes.last, "vote")) && link(yes.last + 1);
    if (gap == 3) pair = is_dash(tokens_[yes.last]) && tokens_[yes.last + 1].is("to") && is_dash(tokens_[yes.last + 2]);
    // "by 61 votes against 59"; in "53 votes against 2 motions" and "53 votes, 2 against" they are none.
    if (gap == 2 && word(yes.last, "votes") && word(yes.last + 1, "against"))
      pair = no.last >= tokens_.size() || !tokens_[no.last].is_word() || in(kStops, tokens_[no.last].lower);
    if (!pair || glued(yes) || *yes.value > 20000 || *no.value > 20000) return false;
    if (gap != 2 && !vote_near(yes.first, no.last)) return false;
    if (score_words(yes.first, no.last)) return false;
    set_vote(yes, static_cast<int64_t>(*yes.value), static_cast<int64_t>(*no.value), yes.first, no.last);
    if (was_refused(yes.first)) turn(found_.back().found.quantity);
    return true;
  }

  /// "rejected by 41 votes to 22": the larger figure stands first and is that of the opponents. "Failed" tells nothing:
  /// what needs more than half may fail with most votes for it.
  bool was_refused(size_t vote) const {
    static constexpr std::string_view kRefused[] = {"rejected", "rejects", "reject", "rejecting", "defeated", "buried"};
    static constexpr std::string_view kTaken[] = {"passed",   "approved", "adopted",  "backed",   "carried",
                                                  "endorsed", "upheld",   "ratified", "confirmed"};
    constexpr size_t kReach = 16;
    for (size_t at = vote; at > 0 && vote - at < kReach; --at) {
      const std::string& before = tokens_[at - 1].lower;
      if (in(kTaken, before)) return false;
      if (in(kRefused, before) || (before == "down" && at > 1 && tokens_[at - 2].lower.starts_with("vot"))) return true;
    }
    return false;
  }

  static void turn(Quantity& vote) {
    if (*vote.votes_for <= *vote.votes_against) return;
    std::swap(vote.votes_for, vote.votes_against);
    vote.value = static_cast<double>(*vote.votes_for);
  }

  /// "by 14 votes to none".
  bool read_vote_to_none(size_t i) {
    const Number& yes = numbers_[i];
    const size_t votes = yes.last;
    if (!whole(yes) || yes.range) return false;
    const bool counted = word(votes, "votes") || word(votes, "vote");
    const size_t to = votes + (counted ? 1 : 0);
    if (!word(to, "to") || !is_none(to + 1) || (!counted && !vote_near(yes.first, to + 2))) return false;
    set_vote(yes, static_cast<int64_t>(*yes.value), 0, yes.first, to + 2);
    return true;
  }

  bool is_none(size_t at) const { return word(at, "none") || word(at, "nil") || word(at, "zero"); }

  /// "voted 9-12" was read as a range; with a vote beside it, it is one.
  bool joined_range_vote(const Number& number) {
    if (!vote_near(number.first, number.last) || number.magnitude || score_words(number.first, number.last) ||
        in_date(number))
      return false;
    const Token& before = number.first > 0 ? tokens_[number.first - 1] : tokens_[number.first];
    const bool set_off = before.is(",") && number.first > 1 && in(kVoteWords, tokens_[number.first - 2].lower);
    if (!in(kVoteWords, before.lower) && !before.is("of") && !before.is("by") && !before.is("a") && !before.is("was") &&
        !before.is("the") && !set_off)  // "rejected, 47-53, a resolution"
      return false;
    if (number.last < tokens_.size() && tokens_[number.last].is_word() && !in(kStops, tokens_[number.last].lower) &&
        !in(kVoteWords, tokens_[number.last].lower))
      return false;
    set_vote(number, static_cast<int64_t>(number.range->first), static_cast<int64_t>(number.range->second),
             number.first, number.last);
    found_.back().found.quantity.range.reset();
    if (was_refused(number.first)) turn(found_.back().found.quantity);
    return true;
  }

  bool score_words(size_t first, size_t last) const {
    static constexpr std::string_view kGames[] = {
        "match",  "game",      "goal",   "goals", "win",     "won",  "beat",  "beating", "draw", "drew", "final",
        "finals", "semifinal", "league", "cup",   "victory", "lead", "score", "scored",  "lost", "loss", "season"};
    const size_t from = first > 6 ? first - 6 : 0;
    for (size_t at = from; at < std::min(tokens_.size(), last + 4); ++at) {
      if (!in(kGames, tokens_[at].lower)) continue;
      // "won a 70-29 vote" is no game.
      for (size_t near = from; near < std::min(tokens_.size(), last + 4); ++near) {
        if (word(near, "vote") || word(near, "votes") || word(near, "voted")) return false;
      }
      return true;
    }
    return false;
  }

  enum class Side { kNone, kFor, kAgainst, kAbstain };

  /// Which side of a vote the words at `at` tell: "in favour", "for", "voted against", "abstained".
  Side side_at(size_t at, size_t& end) const {
    for (size_t skip = 0; skip < 4 && at < tokens_.size(); ++skip, ++at) {
      const std::string& w = tokens_[at].lower;
      end = at + 1;
      if (w == "in" && (word(at + 1, "favour") || word(at + 1, "favor"))) {
        end = at + 2;
        return Side::kFor;
      }
      if (w == "against" || w == "opposed" || w == "opposing" || w == "nays" || w == "noes" || w == "dissenting")
        return Side::kAgainst;
      if (w == "for" || w == "yes" || w == "ayes" || w == "yeas" || w == "supporting") return Side::kFor;
      if (w == "abstentions" || w == "abstention" || w == "abstaining" || w == "abstained") return Side::kAbstain;
      static constexpr std::string_view kPassed[] = {
          "votes",    "vote",   "voted",   "voting", "members",   "lawmakers", "deputies",    "senators", "mps",
          "were",     "was",    "cast",    "states", "countries", "delegates", "councillors", "had",      "member",
          "lawmaker", "deputy", "senator", "state",  "country",   "judge",     "judges"};
      if (!in(kPassed, w)) return Side::kNone;
    }
    return Side::kNone;
  }

  /// "345 in favour and 12 against, with 3 abstentions", in any order of two or three sides.
  bool read_vote_sides(size_t i) {
    struct Told {
      std::optional<size_t> number;  ///< none: nobody
      Side side;
      size_t end;
    };
    std::vector<Told> told;
    size_t limit = 0;
    for (size_t k = i; k < numbers_.size() && told.size() < 3; ++k) {
      const Number& number = numbers_[k];
      if (!whole(number) || number.range || used(number)) break;
      if (!told.empty() && number.first > limit + 9) break;
      size_t end = 0;
      const Side side = side_at(number.last, end);
      if (side == Side::kNone) break;
      const bool again = std::any_of(told.begin(), told.end(), [&](const Told& t) { return t.side == side; });
      if (again) break;
      told.push_back({k, side, end});
      if (k > 0 && &part_of(k) != &number) told.back().number = k - 1;  // "98 of 120 lawmakers voted for it"
      limit = end;
      // "13 in favour and none against, with two abstentions"
      for (size_t at = limit; told.size() == 1 && at < std::min(tokens_.size(), limit + 4); ++at) {
        if (!is_none(at) || (k + 1 < numbers_.size() && numbers_[k + 1].first <= at)) continue;
        const Side none = side_at(at + 1, end);
        if (none != Side::kNone && none != side) told.push_back({std::nullopt, none, end}), limit = end;
        break;
      }
    }
    if (told.size() < 2) return false;
    const bool only_for = told[0].side == Side::kFor && word(told[0].end - 1, "for") && told[1].side != Side::kAgainst;
    if (only_for) return false;
    const Number& first = numbers_[told.front().number.value_or(i)];
    Quantity& vote = add(QuantityKind::kVote, first, first.first, told.back().end).found.quantity;
    vote.value.reset();
    for (const Told& side : told) {
      const auto count = side.number ? static_cast<int64_t>(*numbers_[*side.number].value) : 0;
      if (side.side == Side::kFor) vote.votes_for = count;
      if (side.side == Side::kAgainst) vote.votes_against = count;
      if (side.side == Side::kAbstain) vote.votes_abstaining = count;
    }
    vote.value = vote.votes_for ? std::optional(static_cast<double>(*vote.votes_for)) : std::nullopt;
    found_.back().found.counted = found_.back().cued = true;
    return true;
  }

  /// "won 15.6 million votes", "67 votes in favour", "26 votes against".
  void read_votes_cast(size_t i) {
    const Number& number = numbers_[i];
    if (number.ordinal || number.fraction || glued(number) || !number.value || in_date(number)) return;
    size_t noun = number.last;
    if (word(noun, "valid") || word(noun, "electoral") || word(noun, "more")) ++noun;
    if (!word(noun, "votes") && !word(noun, "vote")) return;
    if (noun + 1 < tokens_.size() &&
        (is_dash(tokens_[noun + 1]) || word(noun + 1, "needed") || word(noun + 1, "required")))
      return;
    size_t end = 0;
    const Side side = side_at(noun + 1, end);
    const size_t last = side == Side::kNone || side == Side::kAbstain ? noun + 1 : end;
    const Number& cast = part_of(i);  // "180 of 350 votes"
    Item& item = add(QuantityKind::kVote, cast, approximation_start(tokens_, cast.first), last);
    const auto count = static_cast<int64_t>(*cast.value);
    // "won by two votes", "by a margin of two votes"
    const bool margin =
        item.first > 0 && (word(item.first - 1, "by") ||
                           (item.first > 1 && word(item.first - 1, "of") && word(item.first - 2, "margin")));
    if (!margin) (side == Side::kAgainst ? item.found.quantity.votes_against : item.found.quantity.votes_for) = count;
    item.found.quantity.unit = "votes";
    item.cued = item.found.counted = true;
  }

  /// "four votes for Trump, 31 for Senator Cruz": behind votes for somebody, those for another.
  bool read_votes_for_another(size_t i) {
    const Number& number = numbers_[i];
    if (found_.empty() || !whole(number) || number.range || glued(number) || in_date(number)) return false;
    const Item& before = found_.back();
    const bool named = word(number.last, "for") && number.last + 1 < tokens_.size() &&
                       base::is_ascii_upper(text_[tokens_[number.last + 1].span.begin]);
    if (!named || before.found.quantity.kind != QuantityKind::kVote || !before.found.quantity.votes_for ||
        before.found.quantity.votes_against || before.last > number.first || !word(before.last - 1, "for"))
      return false;
    found_.back().found.won = true;  // a list of votes is how a ballot ended
    Item& item = add(QuantityKind::kVote, number, number.first, number.last + 1);
    item.found.won = true;
    item.found.quantity.votes_for = static_cast<int64_t>(*number.value);
    item.found.quantity.unit = "votes";
    item.cued = item.found.counted = true;
    return true;
  }

  /// "98 senators voted to insist", "13 million people cast a vote for him", "26 MPs voted against": those who voted.
  void read_voters(size_t i) {
    const Number& number = numbers_[i];
    if (number.ordinal || number.fraction || glued(number) || !number.value || in_date(number) || number.plain_year)
      return;
    constexpr size_t kNounWords = 4;
    size_t at = number.last;
    while (at < tokens_.size() && at < number.last + kNounWords && tokens_[at].is_word() &&
           !in(kStops, tokens_[at].lower) && !tokens_[at].is("cast"))
      ++at;
    if (at == number.last || !looks_plural(at - 1)) return;
    const size_t noun = at;
    if (word(at, "have") || word(at, "had")) ++at;
    const bool cast =
        word(at, "cast") &&
        ((word(at + 1, "a") && word(at + 2, "vote")) || word(at + 1, "votes") || word(at + 1, "ballots") ||
         (word(at + 1, "their") && (word(at + 2, "votes") || word(at + 2, "ballots") || word(at + 2, "vote"))));
    if (!cast && !word(at, "voted")) return;
    if (word(at + 1, "into") || word(at + 1, "out")) return;  // "voted into office"
    size_t behind = at + 1;
    while (cast && !tokens_[behind].lower.starts_with("vote") && !word(behind, "ballots")) ++behind;
    if (cast) ++behind;
    size_t end = 0;
    const Side side = word(behind, "to") ? Side::kFor : side_at(behind, end);
    const bool told = side == Side::kFor || side == Side::kAgainst;
    Item& item = add(QuantityKind::kVote, number, approximation_start(tokens_, number.first), noun);
    const auto count = static_cast<int64_t>(*number.value);
    if (told) (side == Side::kAgainst ? item.found.quantity.votes_against : item.found.quantity.votes_for) = count;
    item.found.quantity.unit = std::string(tokens_[noun - 1].span.of(text_));
    item.cued = item.found.counted = true;
  }

  /// Of "180 of 350", "180 out of the 350" the first number; else the number itself.
  const Number& part_of(size_t i) const {
    if (i == 0 || !whole(numbers_[i - 1]) || used(numbers_[i - 1])) return numbers_[i];
    size_t at = numbers_[i - 1].last;
    if (word(at, "out")) ++at;
    if (!word(at, "of")) return numbers_[i];
    ++at;
    if (word(at, "the") || word(at, "all")) ++at;
    return at == numbers_[i].first ? numbers_[i - 1] : numbers_[i];
  }

  /// "passed unanimously", "a unanimous vote": nobody against. Where figures are told beside it, these are the vote.
  void read_unanimous() {
    const bool told = std::any_of(found_.begin(), found_.end(), [](const Item& item) {
      return item.found.quantity.kind == QuantityKind::kVote && item.found.quantity.votes_against;
    });
    for (size_t at = 0; at < tokens_.size() && !told; ++at) {
      const bool adverb = word(at, "unanimously");
      if (!adverb && !(word(at, "unanimous") && (word(at + 1, "vote") || word(at + 1, "ballot")))) continue;
      if (adverb && !vote_near(at, at + 1) && !(at + 1 < tokens_.size() && in(kVoteWords, tokens_[at + 1].lower)))
        continue;
      Number none;
      none.first = at;
      none.last = at + (adverb ? 1 : 2);
      Item& item = add(QuantityKind::kVote, none, none.first, none.last);
      item.found.quantity.votes_against = 0;
      item.found.counted = item.cued = item.found.unanimous = true;
    }
  }

  void set_vote(const Number& number, int64_t yes, int64_t no, size_t first, size_t last) {
    size_t end = last;
    std::optional<int64_t> abstaining;
    // ", with one abstention", " (12 abstentions)", "-1": within the next words.
    for (const Number& next : numbers_) {
      if (next.first < last || next.first > last + 4 || !whole(next) || used(next)) continue;
      size_t after = 0;
      if (side_at(next.last, after) == Side::kAbstain) {
        abstaining = static_cast<int64_t>(*next.value);
        end = after;
        break;
      }
    }
    Item& item = add(QuantityKind::kVote, number, first, end);
    item.found.quantity.value = static_cast<double>(yes);
    item.found.quantity.votes_for = yes;
    item.found.quantity.votes_against = no;
    item.found.quantity.votes_abstaining = abstaining;
    item.found.counted = item.cued = true;
  }

  // Counts

  bool looks_plural(size_t at) const {
    const std::string& w = tokens_[at].lower;
    if (in(kPluralNouns, w)) return true;
    return w.size() > 3 && w.back() == 's' && !w.ends_with("ss") && !w.ends_with("us") && !w.ends_with("is") &&
           !w.ends_with("'s");
  }

  /// The noun phrase behind a number: "14 ISIL tanks", "four U.S. soldiers", "32 of the 45 deputies".
  Phrase noun_phrase(size_t at, bool one) const {
    Phrase phrase;
    phrase.last = phrase.head = at;
    size_t start = at;
    bool share = false;
    if (word(start, "of")) {
      ++start;
      while (word(start, "the") || word(start, "these") || word(start, "those") || word(start, "his") ||
             word(start, "their") || word(start, "its") || word(start, "our") || word(start, "them")) {
        if (word(start, "them")) return phrase;
        ++start;
      }
      if (start < tokens_.size() && tokens_[start].is_digits()) {
        ++start;
        share = true;
      }
    }
    if (start < tokens_.size() && is_dash(tokens_[start]) && !tokens_[start].space_before)
      return hyphen_phrase(start, at);
    start = behind_age(start);
    size_t end = start;
    size_t taken = 0;
    while (end < tokens_.size() && taken < 7) {
      const Token& token = tokens_[end];
      if (!token.is_word()) {
        // "U.S. soldiers", "long-range missiles", quotation marks inside.
        const bool abbreviation = token.is(".") && end > start && tokens_[end - 1].lower.size() <= 2 &&
                                  !token.space_before && end + 1 < tokens_.size() && tokens_[end + 1].is_word();
        const bool hyphen = is_dash(token) && !token.space_before && end > start && end + 1 < tokens_.size() &&
                            !tokens_[end + 1].space_before;
        const bool quote = (token.is("\"") || token.is("\u201c") || token.is("\u201d")) && end + 1 < tokens_.size() &&
                           tokens_[end + 1].is_word();
        if (!abbreviation && !hyphen && !quote) break;
        ++end;
        continue;
      }
      if (in(kStops, token.lower) &&
          !(end == start && (token.is("dead") || token.is("wounded") || token.is("injured"))))
        break;
      ++taken;
      if (looks_plural(end)) {
        phrase.head = end;
        phrase.plural = true;
        phrase.last = end + 1;
        const bool more = end + 1 < tokens_.size() && tokens_[end + 1].is_word() && looks_plural(end + 1) &&
                          !in(kStops, tokens_[end + 1].lower);
        phrase.cover = share ? at : phrase.last;
        if (!more) return phrase;
      }
      ++end;
    }
    if (phrase.plural) return phrase;
    if (end > start && (one || end - start <= 3)) {
      phrase.last = end;
      phrase.head = end - 1;
      phrase.cover = end;
      phrase.plural = false;
    }
    return phrase;
  }

  /// "one 23-year-old protester": the token behind the age at `at`; `at` if there is none.
  size_t behind_age(size_t at) const {
    if (at >= tokens_.size() || !tokens_[at].is_digits()) return at;
    size_t end = at + 1;
    const auto dash = [&] {
      if (end < tokens_.size() && is_dash(tokens_[end])) ++end;
    };
    dash();
    if (!word(end, "year")) return at;
    ++end;
    dash();
    return word(end, "old") ? end + 1 : at;
  }

  /// "a four-member delegation", "16-member special forces team", "12-point plan".
  Phrase hyphen_phrase(size_t dash, size_t at) const {
    Phrase phrase;
    phrase.last = phrase.head = at;
    if (word(dash + 1, "member") || word(dash + 1, "man") || word(dash + 1, "person") || word(dash + 1, "strong")) {
      phrase.head = dash + 1;
      phrase.last = phrase.cover = dash + 2;
      phrase.plural = true;
    }
    if (is_part(dash + 1)) {
      phrase.head = dash + 1;
      phrase.last = phrase.cover = dash + 2;
    }
    return phrase;
  }

  /// What plans and agreements are told to have: "12-point", "three-phase".
  bool is_part(size_t at) const {
    static constexpr std::string_view kParts[] = {"point", "step", "stage", "phase", "part"};
    return at > 0 && at < tokens_.size() && is_dash(tokens_[at - 1]) && in(kParts, tokens_[at].lower);
  }

  void read_count(const Number& number) {
    if (number.fraction) return;
    const bool one = number.value && *number.value == 1;
    if (one && number.first > 0 && word(number.first - 1, "no")) return;  // "no one"
    size_t after = number.last;
    if (word(after, "more") || word(after, "other") || word(after, "additional") || word(after, "further")) ++after;
    const Phrase phrase = noun_phrase(after, one);
    const size_t start = approximation_start(tokens_, number.first);
    Item& item = add(QuantityKind::kCount, number, start, std::max(phrase.cover, number.last));
    FoundQuantity& found = item.found;
    found.ordinal = number.ordinal;
    found.year = number.plain_year && !phrase.plural;
    found.counted = phrase.head < tokens_.size() && phrase.head >= number.last && (phrase.plural || one);
    if (phrase.head >= number.last && phrase.head < phrase.last) {
      static constexpr std::string_view kHurt[] = {"dead", "wounded", "injured", "killed", "arrested", "detained"};
      found.noun = tokens_[phrase.head].lower;
      if (!in(kHurt, found.noun)) found.quantity.unit = std::string(tokens_[phrase.head].span.of(text_));
      found.part = is_part(phrase.head);
      if (found.part) found.quantity.unit += 's';
    }
    if (start > 0) {
      const std::string& before = tokens_[start - 1].lower;
      found.definite = before == "the" || before == "these" || before == "those" || before == "his" ||
                       before == "their" || before == "its" || before == "all";
      found.age = before == "aged" || before == "age" || before == "," || (!found.counted && is_age_of_one(start));
      if (before == "and" && start > 1) found.age = follows_age(start - 1);
      if (before == ",")
        found.age = follows_age(start - 1) || (number.last < tokens_.size() && word(number.last, ",") &&
                                               !found.counted && number.value && *number.value < 110);
    }
    if (number.ordinal || found.year || found.age) return;
    if (const auto kind = told_kind(number, start, phrase)) {
      found.quantity.kind = *kind;
      item.cued = *kind != QuantityKind::kParticipants;
      item.noun_cued = phrase.head < phrase.last && cues_.noun(tokens_[phrase.head].lower) == kind;
      item.object = !item.noun_cued && cue_before(start) == kind;
    }
  }

  /// "a boy of 7"
  bool is_age_of_one(size_t at) const {
    static constexpr std::string_view kOne[] = {"boy", "girl", "man", "woman", "child", "son", "daughter"};
    return at > 1 && word(at - 1, "of") && in(kOne, tokens_[at - 2].lower);
  }

  /// "aged 50 and 46", "aged 9, 12 and 15": whether the number before the link at `at` is an age.
  bool follows_age(size_t at) const {
    return std::any_of(found_.begin(), found_.end(), [&](const Item& item) {
      return item.last == at && item.found.age && !item.found.counted && item.first > 0 &&
             (word(item.first - 1, "aged") || word(item.first - 1, ",") || word(item.first - 1, "and"));
    });
  }

  /// "several dead", "many were wounded", "scores arrested": no number, but casualties. Nothing else is counted so.
  void read_vague_words() {
    for (size_t at = 0; at < tokens_.size(); ++at) {
      const Number number = vague_word(at);
      if (number.last == at || used(number)) continue;
      read_count(number);
      found_.back().vague_word = true;
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Item& a, const Item& b) { return a.first < b.first; });
  }

  void drop_vague_counts() {
    found_.erase(std::remove_if(found_.begin(), found_.end(),
                                [](const Item& item) {
                                  const QuantityKind kind = item.found.quantity.kind;
                                  return item.vague_word && kind != QuantityKind::kKilled &&
                                         kind != QuantityKind::kInjured && kind != QuantityKind::kArrested;
                                }),
                 found_.end());
  }

  /// A word that tells a number without a figure, at token `at`; else an empty number.
  Number vague_word(size_t at) const {
    Number number;
    number.first = number.last = at;
    const auto take = [&](size_t last, double low, double high) {
      number.last = last;
      number.range = {low, high};
    };
    if (word(at, "several")) take(at + 1, 3, 9);
    if (word(at, "scores")) take(at + 1, 40, 199);
    if (word(at, "a") && word(at + 1, "few")) take(at + 2, 2, 9);
    static constexpr std::string_view kCompared[] = {"how", "as", "so", "too"};  // "how many died" is asked
    const bool compared = at > 0 && in(kCompared, tokens_[at - 1].lower);
    if ((word(at, "many") && !compared) || word(at, "numerous")) number.last = at + 1;
    return number;
  }

  /// What the words around say the count counts.
  std::optional<QuantityKind> told_kind(const Number& number, size_t start, const Phrase& phrase) const {
    if (number.last < tokens_.size() && phrase.last > number.last + 1) {  // "two dead inmates"
      if (word(number.last, "dead")) return QuantityKind::kKilled;
      if (word(number.last, "wounded") || word(number.last, "injured")) return QuantityKind::kInjured;
    }
    if (phrase.head < phrase.last) {
      if (const auto kind = cues_.noun(tokens_[phrase.head].lower)) {
        if (*kind != QuantityKind::kParticipants) return kind;
        if (const auto stronger = cue_after(phrase.last, 9)) {
          if (*stronger != QuantityKind::kParticipants) return stronger;
        }
        if (const auto stronger = cue_before(start)) return stronger;
        return kind;
      }
    }
    if (const auto kind = cue_before(start)) return kind;
    const auto kind = cue_after(std::max(phrase.last, number.last), 9);
    const bool thing = phrase.head < phrase.last && in(kThings, tokens_[phrase.head].lower);
    return thing && kind == QuantityKind::kInjured ? std::nullopt : kind;
  }

  std::optional<QuantityKind> cue_before(size_t start) const {
    if (const auto kind = cue_before_another(start)) return kind;
    size_t at = start;
    while (at > 0 && (tokens_[at - 1].is("the") || tokens_[at - 1].is("all") || tokens_[at - 1].is("its") ||
                      tokens_[at - 1].is("a") || tokens_[at - 1].is("total") || tokens_[at - 1].is("of"))) {
      if (const auto kind = cues_.before(tokens_, at)) return kind;
      --at;
    }
    return cues_.before(tokens_, at);
  }

  /// "killed himself and seven policemen", "wounded a colonel and three of his guards": the count is what else was hit.
  std::optional<QuantityKind> cue_before_another(size_t start) const {
    static constexpr std::string_view kSelf[] = {"himself", "herself", "themselves", "itself"};
    static constexpr std::string_view kArticles[] = {"a", "an", "the", "his", "her", "their", "its"};
    constexpr size_t kWords = 4;  // of the other's noun phrase
    if (start < 2 || !word(start - 1, "and")) return std::nullopt;
    if (in(kSelf, tokens_[start - 2].lower)) return cues_.before(tokens_, start - 2);
    for (size_t at = start - 2; at > 0 && start - 2 - at < kWords; --at) {
      if (!tokens_[at].is_word()) return std::nullopt;
      if (in(kArticles, tokens_[at].lower)) return cues_.before(tokens_, at);
      if (in(kStops, tokens_[at].lower)) return std::nullopt;
    }
    return std::nullopt;
  }

  /// Looks for "were killed", "have died", "dead" behind the phrase, within its clause.
  std::optional<QuantityKind> cue_after(size_t at, size_t reach) const {
    bool auxiliary = false;
    if (const size_t behind = inserted_end(at); behind > at) at = behind, reach = kBehindInserted;
    for (size_t steps = 0; at < tokens_.size() && steps < reach; ++at, ++steps) {
      const Token& token = tokens_[at];
      if (const auto kind = cues_.after(tokens_, at)) {
        // "20 people killed 5" is the doer; "20 people, who killed"...
        const bool passive =
            auxiliary || steps == 0 || *kind == QuantityKind::kParticipants || !transitive(at) || nothing_follows(at);
        if (passive && !object_follows(at, *kind, auxiliary)) return kind;
        return std::nullopt;
      }
      if (is_age_of_one(at)) continue;
      if (token.is_digits() || (steps > 0 && dragoman::coding::read_number(tokens_, at))) return std::nullopt;
      if (token.is(";") || token.is(".") || token.is("that") || token.is("but") || token.is("while") ||
          token.is("because") || token.is("after") || token.is("when"))
        return std::nullopt;
      if (token.is("were") || token.is("was") || token.is("been") || token.is("being") || token.is("are") ||
          token.is("be") || token.is("is"))
        auxiliary = true;
      else if (token.is_word() && auxiliary && !token.lower.ends_with("ly") && !token.is("also") &&
               !token.is("still") && !token.is("reported") && !token.is("confirmed") && !token.is("known") &&
               !token.is("being") && !token.is("left") && !token.is("shot") && !token.is("feared") &&
               !token.is("rumored") && !token.is("to") && !token.is("to") && !token.is("later") && !token.is("have") &&
               !token.is("had") && !token.is("been") && !token.is("believed") && !token.is("and") &&
               !token.is("reportedly"))
        return std::nullopt;
    }
    return std::nullopt;
  }

  static constexpr size_t kBehindInserted = 6;  ///< tokens in which the verb follows what is inserted before it

  /// "Two men, aged 50 and 46, died", "Seven people, including a journalist, were killed": the token behind what is
  /// inserted between commas at `at`; `at` itself if nothing is.
  size_t inserted_end(size_t at) const {
    static constexpr std::string_view kBegins[] = {"aged", "including", "among", "mostly", "most", "mainly", "all",
                                                   "some", "both",      "ages",  "many",   "one",  "two"};
    static constexpr std::string_view kVerbs[] = {"were", "was",    "have", "has",   "had",
                                                  "died", "killed", "are",  "remain"};
    constexpr size_t kInserted = 30;
    if (!word(at, ",") || at + 1 >= tokens_.size()) return at;
    const bool counts =
        dragoman::coding::read_number(tokens_, at + 1).has_value();  // "Nine people, seven of them women, were"
    if (!counts && !in(kBegins, tokens_[at + 1].lower)) return at;
    for (size_t end = at + 2; end + 1 < std::min(tokens_.size(), at + kInserted); ++end) {
      if (tokens_[end].is(";") || in(kVerbs, tokens_[end].lower)) return at;
      if (tokens_[end].is(",") && in(kVerbs, tokens_[end + 1].lower)) return end + 1;
    }
    return at;
  }

  /// "… a soldier and a general killed in the fighting": a participle without an object.
  bool nothing_follows(size_t at) const {
    static constexpr std::string_view kAfter[] = {"in",   "by",    "on",   "during", "and", "since",
                                                  "when", "after", "near", ".",      ",",   ";"};
    return at + 1 >= tokens_.size() || in(kAfter, tokens_[at + 1].lower);
  }

  /// Behind the act that begins at token `at` ("shot and wounded", "burned down") if it can have an object; else `at`.
  size_t act_end(size_t at) const {
    static constexpr std::string_view kActs[] = {"killed",   "injured",  "wounded", "arrested", "detained", "murdered",
                                                 "executed", "beheaded", "burned",  "burnt",    "hurt",     "shot",
                                                 "stabbed",  "crushed",  "hit",     "gored"};
    if (at >= tokens_.size() || !in(kActs, tokens_[at].lower)) return at;
    size_t end = at + 1;
    if (word(end, "dead") || word(end, "down")) ++end;
    if (word(end, "and") && end + 1 < tokens_.size() && in(kActs, tokens_[end + 1].lower)) end += 2;
    return end;
  }

  bool transitive(size_t at) const { return act_end(at) > at; }

  /// "30 gunmen killed 5 soldiers", "200 men burned flags": the count is of the doers.
  bool object_follows(size_t at, QuantityKind kind, bool auxiliary) const {
    if (auxiliary || kind == QuantityKind::kParticipants || !transitive(at)) return false;
    const size_t next = act_end(at);
    if (next >= tokens_.size()) return false;
    static constexpr std::string_view kBegins[] = {"a",   "an",  "the",  "at",  "his",     "their", "its",
                                                   "her", "our", "more", "him", "several", "many",  "some"};
    return tokens_[next].is_digits() || in(kBegins, tokens_[next].lower) ||
           dragoman::coding::read_number(tokens_, next) || bare_object(next);
  }

  /// "flags", "Norland's old flags": a noun in the plural without an article, no time and no place.
  bool bare_object(size_t at) const {
    static constexpr std::string_view kNoNouns[] = {
        "inside",  "outside",   "alive",   "amid",     "among",     "beside",     "besides",   "behind",  "beneath",
        "below",   "above",     "down",    "up",       "out",       "off",        "last",      "late",    "later",
        "early",   "earlier",   "again",   "next",     "unlike",    "despite",    "towards",   "toward",  "always",
        "perhaps", "monday",    "tuesday", "friday",   "wednesday", "thursday",   "saturday",  "sunday",  "others",
        "ever",    "overnight", "badly",   "together", "elsewhere", "throughout", "sometimes", "indoors", "outdoors"};
    constexpr size_t kAdjectives = 3;
    for (size_t end = at; end < std::min(tokens_.size(), at + kAdjectives); ++end) {
      const Token& token = tokens_[end];
      if (!token.is_word() || in(kStops, token.lower) || in(kNoNouns, token.lower) || in(kTimeUnits, token.lower) ||
          token.lower.ends_with("ly"))
        return false;
      if (looks_plural(end)) return true;
    }
    return false;
  }

  /// "Fourteen protesters and four officers were killed", "killed 61 people including eight children",
  /// "wounded 20, three critically": counts side by side are of one kind.
  void carry_over() {
    for (size_t i = found_.size(); i-- > 1;) {
      Item& left = found_[i - 1];
      const Item& right = found_[i];
      if (takes_kind(left, right) && joined(left.last, right.first, right.carried))
        take(left, right.found.quantity.kind);
    }
    for (size_t i = 1; i < found_.size(); ++i) {
      const Item& left = found_[i - 1];
      Item& right = found_[i];
      if (!takes_kind(right, left)) continue;
      if (!joined(left.last, right.first, left.object) && !(part_of_them(right) && right.first - left.last < 7))
        continue;
      take(right, left.found.quantity.kind);
      right.object = left.object;
    }
  }

  /// "five soldiers were killed, four of them by a mine"
  bool part_of_them(const Item& item) const {
    for (size_t at = item.first; at < item.last + 1 && at < tokens_.size(); ++at) {
      if (word(at, "of") && (word(at + 1, "them") || word(at + 1, "whom"))) return true;
    }
    return false;
  }

  static bool takes_kind(const Item& item, const Item& giver) {
    const QuantityKind kind = item.found.quantity.kind;
    return !item.cued && (kind == QuantityKind::kCount || kind == QuantityKind::kParticipants) && !item.found.ordinal &&
           !item.found.year && !item.found.age && giver.cued && !giver.noun_cued &&
           (giver.found.quantity.kind == QuantityKind::kKilled || giver.found.quantity.kind == QuantityKind::kInjured ||
            giver.found.quantity.kind == QuantityKind::kArrested);
  }

  static void take(Item& item, QuantityKind kind) {
    item.found.quantity.kind = kind;
    item.cued = item.carried = true;
  }

  /// Only "and", "including", "as well as" join; a comma does inside a list that one of them ends, and behind
  /// the object of a verb ("killed nine policemen, 13 rebels and …").
  bool joined(size_t from, size_t to, bool comma_joins) const {
    static constexpr std::string_view kBetween[] = {",",        "as",      "of",        "them",     "among",
                                                    "monday",   "tuesday", "wednesday", "thursday", "friday",
                                                    "saturday", "sunday",  "yesterday", "today"};
    if (to < from || to - from > 4) return false;
    bool link = false;
    for (size_t at = from; at < to; ++at) {
      const Token& token = tokens_[at];
      if (token.is("and") || token.is("including") || token.is("well") || token.is("among") ||
          (comma_joins && token.is(",")))
        link = true;
      else if (!in(kBetween, token.lower))
        return false;
    }
    return link;
  }

  std::string_view text_;
  const Currencies& currencies_;
  const QuantityCues& cues_;
  const Units& units_;
  const std::vector<std::string>& countries_;
  const std::vector<Payer>& payers_;
  std::vector<Token> tokens_;
  std::vector<Number> numbers_;
  std::vector<Span> dates_;
  std::vector<Item> found_;
};

}  // namespace

std::vector<FoundQuantity> quantities_of_sentence(std::string_view text, Span within, const std::vector<Span>& dates,
                                                  const Currencies& currencies, const QuantityCues& cues,
                                                  const Units& units, const std::vector<std::string>& countries,
                                                  const std::vector<Payer>& payers) {
  return SentenceReader(text, within, dates, currencies, cues, units, countries, payers).read();
}

}  // namespace dragoman::coding
