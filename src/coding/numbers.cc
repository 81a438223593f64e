// SPDX-License-Identifier: Apache-2.0
#include "coding/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "base/utf8.h"

namespace dragoman::coding {
namespace {

struct Word {
  std::string_view text;
  double value;
};

constexpr std::array<Word, 22> kUnits{
    {{"zero", 0},     {"nought", 0},     {"naught", 0},    {"one", 1},       {"two", 2},       {"three", 3},
     {"four", 4},     {"five", 5},       {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},
     {"ten", 10},     {"eleven", 11},    {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
     {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}}};
constexpr std::array<Word, 9> kTens{{{"twenty", 20},
                                     {"thirty", 30},
                                     {"forty", 40},
                                     {"fourty", 40},
                                     {"fifty", 50},
                                     {"sixty", 60},
                                     {"seventy", 70},
                                     {"eighty", 80},
                                     {"ninety", 90}}};
constexpr std::array<Word, 19> kMagnitudes{{{"thousand", 1e3},
                                            {"million", 1e6},
                                            {"billion", 1e9},
                                            {"trillion", 1e12},
                                            {"quadrillion", 1e15},
                                            {"lakh", 1e5},
                                            {"lakhs", 1e5},
                                            {"crore", 1e7},
                                            {"crores", 1e7},
                                            {"mn", 1e6},
                                            {"mln", 1e6},
                                            {"milllion", 1e6},
                                            {"bn", 1e9},
                                            {"bln", 1e9},
                                            {"billon", 1e9},
                                            {"tn", 1e12},
                                            {"tln", 1e12},
                                            {"trn", 1e12},
                                            {"mio", 1e6}}};
// Letters that stand for a magnitude only when they touch a figure: "1.5m", "300k".
constexpr std::array<Word, 6> kLetters{{{"k", 1e3}, {"m", 1e6}, {"b", 1e9}, {"t", 1e12}, {"mil", 1e6}, {"cr", 1e7}}};
// Plurals that name no number; the range is what a reader would allow for.
struct Vague {
  std::string_view text;
  double low, high;
};
constexpr std::array<Vague, 9> kVague{{{"dozens", 24, 99},
                                       {"scores", 40, 199},
                                       {"tens", 20, 99},
                                       {"hundreds", 200, 999},
                                       {"thousands", 2e3, 9999},
                                       {"millions", 2e6, 9999999},
                                       {"billions", 2e9, 9999999999.0},
                                       {"trillions", 2e12, 9999999999999.0},
                                       {"crores", 2e7, 99999999}}};
constexpr std::array<Word, 31> kOrdinals{
    {{"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},       {"fifth", 5},
     {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},        {"tenth", 10},
     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14},  {"fifteenth", 15},
     {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19},  {"twentieth", 20},
     {"thirtieth", 30}, {"fortieth", 40},    {"fiftieth", 50},   {"sixtieth", 60},    {"seventieth", 70},
     {"eightieth", 80}, {"ninetieth", 90},   {"hundredth", 100}, {"thousandth", 1e3}, {"millionth", 1e6},
     {"billionth", 1e9}}};
constexpr std::string_view kMonths[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};

template <size_t N>
std::optional<double> look_up(const std::array<Word, N>& table, std::string_view text) {
  for (const Word& word : table) {
    if (word.text == text) return word.value;
  }
  return std::nullopt;
}

const Vague* vague(std::string_view text) {
  for (const Vague& word : kVague) {
    if (word.text == text) return &word;
  }
  return nullptr;
}

bool is_letter(char32_t c) {
  if (c < 0x80) return base::is_ascii_alpha(static_cast<char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xBA;
  return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F) &&
         !(c >= 0xFF00 && c <= 0xFF0F) && c != 0xFFE5 && c != 0xFFE1 && c != 0xFEFF;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B);
}

char32_t peek(std::string_view text, size_t at) { return at < text.size() ? base::next_char(text, at) : 0; }

/// End of the figure at `at`: digits, with '.' or ',' between digits.
size_t digits_end(std::string_view text, size_t at) {
  while (at < text.size()) {
    const bool separator =
        (text[at] == '.' || text[at] == ',') && at + 1 < text.size() && base::is_ascii_digit(text[at + 1]);
    if (!base::is_ascii_digit(text[at]) && !separator) break;
    ++at;
  }
  return at;
}

/// End of the word at `at`: letters, with an apostrophe between letters.
size_t word_end(std::string_view text, size_t at) {
  while (at < text.size()) {
    size_t next = at;
    const char32_t c = base::next_char(text, next);
    if (is_letter(c)) {
      at = next;
    } else if ((c == '\'' || c == 0x2019) && is_letter(peek(text, next))) {
      at = next;
    } else {
      break;
    }
  }
  return at;
}

std::string lower_form(std::string_view text) {
  std::string lower;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 3) == "\xE2\x80\x99") {
      lower += '\'';
      at += 2;
    } else {
      lower += base::is_ascii_upper(text[at]) ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
    }
  }
  return lower;
}

/// A dash that touches both neighbours: "twenty-three", "12-14".
bool tight_dash(const std::vector<Token>& tokens, size_t at) {
  return at + 1 < tokens.size() && is_dash(tokens[at]) && !tokens[at].space_before && !tokens[at + 1].space_before;
}

/// A dash between blanks: "fifty - two".
bool loose_dash(const std::vector<Token>& tokens, size_t at) {
  return at + 1 < tokens.size() && is_dash(tokens[at]) && tokens[at].space_before && tokens[at + 1].space_before;
}

bool is_dozen(std::string_view word) {
  static constexpr std::string_view kForms[] = {"dozen", "dozens", "doz", "dozs", "dz", "dzs"};
  return std::find(std::begin(kForms), std::end(kForms), word) != std::end(kForms);
}

bool is_month(std::string_view word) {
  for (const std::string_view month : kMonths) {
    if (word == month || (word.size() >= 3 && word.size() <= 4 && month.substr(0, word.size()) == word)) return true;
  }
  return false;
}

/// Value of a figure with separators. "1,234" and "1.234.567" group thousands; one separator with other than
/// three digits behind it is the decimal mark, so "2,25" is 2.25 ("N$2,25 billion"). "1,234" alone is
/// 1234 and "1.234" is 1.234 except where `grouping_dot` (a round "1.000").
std::optional<double> figure_value(std::string_view text) {
  const size_t commas = static_cast<size_t>(std::count(text.begin(), text.end(), ','));
  const size_t dots = static_cast<size_t>(std::count(text.begin(), text.end(), '.'));
  const auto groups_of_three = [&](char separator, std::string_view part) {
    const std::vector<std::string_view> groups = base::split(part, separator);
    if (groups.front().empty() || groups.front().size() > 3) return false;
    for (size_t i = 1; i < groups.size(); ++i) {
      // Indian grouping has pairs before the last three: 1,50,000.
      if (groups[i].size() != 3 && !(separator == ',' && groups[i].size() == 2 && i + 1 < groups.size())) return false;
    }
    return true;
  };
  std::string plain;
  const auto keep = [&](char decimal) {
    for (const char c : text) {
      if (base::is_ascii_digit(c))
        plain += c;
      else if (c == decimal)
        plain += '.';
    }
  };
  if (commas == 0 && dots == 0) {
    keep('\0');
  } else if (dots == 0) {
    if (groups_of_three(',', text))
      keep('\0');
    else if (commas == 1)
      keep(',');
    else
      return std::nullopt;
  } else if (commas == 0) {
    if (dots == 1 && !(text.size() > 4 && text.substr(text.size() - 4) == ".000" && text.front() != '0'))
      keep('.');
    else if (groups_of_three('.', text))
      keep('\0');
    else
      return std::nullopt;
  } else if (dots == 1 && text.rfind('.') > text.rfind(',') && groups_of_three(',', text.substr(0, text.find('.')))) {
    keep('.');
  } else if (commas == 1 && text.rfind(',') > text.rfind('.') && groups_of_three('.', text.substr(0, text.find(',')))) {
    keep(',');
  } else {
    return std::nullopt;
  }
  return std::strtod(plain.c_str(), nullptr);
}

/// 67.6 × 10⁹ in floating point misses 67,600,000,000: a product that is a whole number but for rounding is one.
double scaled(double value, double factor) {
  const double product = value * factor;
  const double whole = std::round(product);
  return std::abs(product - whole) < 1e-9 * std::abs(product) ? whole : product;
}

class NumberReader {
 public:
  explicit NumberReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::optional<Number> read(size_t at) {
    if (at >= tokens_.size() || (!tokens_[at].is_digits() && !tokens_[at].is_word())) return std::nullopt;
    auto number = tokens_[at].is_digits() ? read_figure(at) : read_words(at);
    if (number && number->value && *number->value > kLargest) number->value.reset();
    return number;
  }

 private:
  static constexpr double kLargest = 9007199254740992;  // 2^53: larger ones are held inexactly, and count nothing

  bool word_at(size_t at, std::string_view text) const { return at < tokens_.size() && tokens_[at].is(text); }
  bool touches(size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }

  /// Figures inside codes, times, dates, scores with a colon, addresses and versions are no numbers.
  bool part_of_code(size_t at, size_t end) const {
    if (at > 0 && !tokens_[at].space_before) {
      const Token& before = tokens_[at - 1];
      if (before.is_word() && !currency_like(at - 1)) return true;  // G7, A4
      if (is_dash(before) && !before.space_before && at > 1 && tokens_[at - 2].is_word() &&
          !number_word(tokens_[at - 2].lower))
        return true;  // COVID-19, mid-2019
      if (before.is(":") && !before.space_before && at > 1 && tokens_[at - 2].is_digits()) return true;  // 10:30
      const bool soles = before.is("/") && at > 1 && tokens_[at - 2].is("s");  // S/479 million
      if ((before.is("/") && !soles) || before.is("_") || before.is("@") || before.is("#") || before.is("\\"))
        return true;
      const bool rupees =
          at > 1 && (tokens_[at - 2].is("rs") || tokens_[at - 2].is("re") || tokens_[at - 2].is("/"));  // Rs.500
      if (before.is(".") && !before.space_before && !rupees) return true;
    }
    if (end < tokens_.size() && touches(end)) {
      const Token& after = tokens_[end];
      if (after.is(":") && end + 1 < tokens_.size() && tokens_[end + 1].is_digits() && touches(end + 1)) return true;
      if (after.is("/") && end + 1 < tokens_.size() && touches(end + 1) && tokens_[end + 1].is_digits())
        return true;  // 9/11, 24/7
      if (after.is("_") || after.is("@")) return true;
    }
    return false;
  }

  /// "US$", "Rs", "ZAR", "N", "Dh" may touch the figure: whether such letters are money is the money reader's to
  /// say. Longer words and other single letters ("G7", "A4") make a code.
  bool currency_like(size_t at) const {
    static constexpr std::string_view kSingle[] = {"r", "n", "k", "q", "l", "p"};
    const std::string& word = tokens_[at].lower;
    if (word.size() > 1) return word.size() <= 3 || word == "kshs" || word == "tshs";
    return std::find(std::begin(kSingle), std::end(kSingle), word) != std::end(kSingle);
  }

  static bool number_word(std::string_view text) {
    return look_up(kUnits, text) || look_up(kTens, text) || look_up(kMagnitudes, text) || text == "hundred" ||
           text == "to";
  }

  std::optional<double> magnitude_at(size_t at, bool after_figure) const {
    if (at >= tokens_.size() || !tokens_[at].is_word()) return std::nullopt;
    const std::string& word = tokens_[at].lower;
    if (word == "hundred") return 1e2;
    if (const auto value = look_up(kMagnitudes, word)) return value;
    if (after_figure && !tokens_[at].space_before) return look_up(kLetters, word);
    if (after_figure && word == "cr") return 1e7;
    if (after_figure && word == "k" && !(at + 1 < tokens_.size() && is_dash(tokens_[at + 1]))) return 1e3;  // "2.33 k"
    return std::nullopt;
  }

  /// Takes magnitude words at `end`, a hyphen before them allowed ("60-million").
  void take_magnitudes(Number& number) {
    for (;;) {
      size_t at = number.last;
      if (tight_dash(tokens_, at)) ++at;
      const auto factor = magnitude_at(at, number.digits && !number.magnitude);
      if (!factor) return;
      number.value = scaled(*number.value, *factor);
      number.last = at + 1;
      number.magnitude = true;
      number.plain_year = false;
    }
  }

  std::optional<Number> read_figure(size_t at) {
    Number number;
    number.first = at;
    number.last = at + 1;
    number.digits = true;
    std::string figure = tokens_[at].lower;
    // Thousands set off by spaces: "1 000 000". After a month the first figure is its day.
    if (figure.size() <= 3 && figure.find_first_of(".,") == std::string::npos &&
        !(at > 0 && is_month(tokens_[at - 1].lower))) {
      while (number.last < tokens_.size() && tokens_[number.last].is_digits() && tokens_[number.last].space_before &&
             tokens_[number.last].lower.size() >= 3 &&
             tokens_[number.last].lower.substr(0, 3).find_first_of(".,") == std::string::npos) {
        const std::string& group = tokens_[number.last].lower;
        const bool decimal = group.size() > 4 && group[3] == '.' && number.last > at + 1;  // the last of "1 234 567.89"
        if (group.size() > 3 && !decimal) break;
        figure += group;
        ++number.last;
        if (decimal) break;
      }
    }
    if (part_of_code(at, number.last)) return std::nullopt;
    number.value = figure_value(figure);
    if (!number.value) return std::nullopt;
    number.plain_year = number.last == at + 1 && figure.size() == 4 && *number.value >= 1000 && *number.value <= 2100 &&
                        figure.find_first_of(".,") == std::string::npos;
    if (touches(number.last) && number.last < tokens_.size() && tokens_[number.last].is_word()) {
      const std::string& suffix = tokens_[number.last].lower;
      if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
        number.ordinal = true;
        number.plain_year = false;
        ++number.last;
        return number;
      }
      if (!magnitude_at(number.last, true) && !unit_suffix(suffix)) return std::nullopt;  // 11J, 75I, 1980s
    }
    take_half(number);
    take_magnitudes(number);
    complete_thousands(number);
    if (!number.magnitude && number.last < tokens_.size() && is_dozen(tokens_[number.last].lower)) {
      number.value = *number.value * 12;
      number.magnitude = true;
      ++number.last;
    }
    return number;
  }

  /// Units and currencies written onto the figure: "25km", "30p", "500rs".
  static bool unit_suffix(std::string_view text) {
    static constexpr std::string_view kSuffixes[] = {"km",  "kg", "cm", "mm",  "ft",  "mph", "am",  "pm",  "p",
                                                     "c",   "pc", "g",  "min", "hrs", "usd", "eur", "gbp", "rs",
                                                     "inr", "mw", "gw", "kr",  "元",  "円",  "원"};
    for (const std::string_view suffix : kSuffixes) {
      if (suffix == text) return true;
    }
    return false;
  }

  /// "two and a half", "5 and a quarter", "12-and-a-half".
  void take_half(Number& number) {
    size_t next = number.last;
    for (const std::string_view word : {"and", "a"}) {
      if (tight_dash(tokens_, next)) ++next;
      if (!word_at(next, word)) return;
      ++next;
    }
    if (tight_dash(tokens_, next)) ++next;
    const bool half = word_at(next, "half");
    if (!half && !word_at(next, "quarter")) return;
    *number.value += half ? 0.5 : 0.25;
    number.last = next + 1;
  }

  /// "67 thousand 338": three figures behind the thousands complete them.
  void complete_thousands(Number& number) const {
    const size_t next = number.last;
    if (!word_at(next - 1, "thousand") || next >= tokens_.size() || !tokens_[next].is_digits() ||
        tokens_[next].lower.size() != 3 || tokens_[next].lower.find_first_of(".,") != std::string::npos ||
        *number.value >= 1e6 || std::fmod(*number.value, 1000) != 0 || tight_dash(tokens_, next + 1) ||
        word_at(next + 1, "%"))
      return;
    number.value = *number.value + std::strtod(tokens_[next].lower.c_str(), nullptr);
    number.last = next + 1;
  }

  /// Twenty-three, nineteen, five: below a hundred. Moves `at` past it.
  std::optional<double> small_number(size_t& at) const {
    if (at >= tokens_.size()) return std::nullopt;
    if (const auto tens = look_up(kTens, tokens_[at].lower)) {
      ++at;
      size_t next = tight_dash(tokens_, at) || loose_dash(tokens_, at) ? at + 1 : at;
      if (next < tokens_.size()) {
        const auto unit = look_up(kUnits, tokens_[next].lower);
        if (unit && *unit >= 1 && *unit <= 9) {
          at = next + 1;
          return *tens + *unit;
        }
      }
      return tens;
    }
    if (const auto unit = look_up(kUnits, tokens_[at].lower)) {
      ++at;
      return unit;
    }
    return std::nullopt;
  }

  std::optional<Number> read_words(size_t at) {
    if (auto number = read_vague(at)) return number;
    if (auto number = read_several(at)) return number;
    if (auto number = read_share(at)) return number;
    if (auto number = read_ordinal(at)) return number;
    return read_cardinal(at);
  }

  std::optional<Number> read_vague(size_t at) {
    const Vague* first = vague(tokens_[at].lower);
    if (!first || tokens_[at].is("crores")) return std::nullopt;
    Number number;
    number.first = at;
    number.last = at + 1;
    number.magnitude = true;
    double low = first->low;
    double high = first->high;
    if (word_at(at + 1, "of") && at + 2 < tokens_.size()) {  // tens of thousands
      if (const Vague* second = vague(tokens_[at + 2].lower)) {
        const double scale = second->low / 2;
        low *= scale;
        high = (high + 1) * scale - 1;
        number.last = at + 3;
      } else if (tokens_[at].is("tens")) {
        return std::nullopt;
      }
    } else if (tokens_[at].is("tens") || tokens_[at].is("scores")) {
      return std::nullopt;  // "scores" and "tens" are numbers only in "scores of"
    }
    number.range = {low, high};
    return number;
  }

  /// "several hundred", "a few dozen", "many thousand": as vague as the plural alone.
  std::optional<Number> read_several(size_t at) const {
    size_t unit = at + 1;
    if (word_at(at, "a") && word_at(at + 1, "few"))
      ++unit;
    else if (!word_at(at, "several") && !word_at(at, "few") && !word_at(at, "many"))
      return std::nullopt;
    if (unit >= tokens_.size()) return std::nullopt;
    const Vague* much = vague(tokens_[unit].lower + "s");
    if (much == nullptr || much->text == "tens" || much->text == "scores") return std::nullopt;
    Number number;
    number.first = at;
    number.last = unit + 1;
    number.magnitude = true;
    number.range = {much->low, much->high};
    return number;
  }

  /// "half a million" is a number; "half", "two-thirds", "three quarters" are shares.
  std::optional<Number> read_share(size_t at) {
    size_t next = at;
    double parts = 1;
    if (tokens_[at].is("half") || tokens_[at].is("quarter")) {
      if (tokens_[at].is("quarter") && !magnitude_at(at + 1, false)) return std::nullopt;
      ++next;
      if (tokens_[at].is("quarter")) return finish_share(at, next, 0.25);
    } else {
      const bool article = tokens_[at].is("a") || tokens_[at].is("an");
      if (article)
        ++next;
      else if (const auto count = small_number(next))
        parts = *count;
      else
        return std::nullopt;
      if (tight_dash(tokens_, next)) ++next;
      if (next >= tokens_.size()) return std::nullopt;
      const auto part = share(tokens_[next].lower, article || parts == 1);
      if (!part) return std::nullopt;
      parts *= *part;
      ++next;
      return finish_share(at, next, parts);
    }
    return finish_share(at, next, 0.5);
  }

  static std::optional<double> share(std::string_view text, bool single) {
    if (single && text == "half") return 0.5;
    if (text == "quarter" || text == "quarters") return 0.25;
    if (text == "third" || text == "thirds") return single == (text == "third") ? std::optional(1.0 / 3) : std::nullopt;
    if (!single && (text == "halves")) return 0.5;
    if (!single && text.size() > 3 && text.back() == 's') {
      const auto ordinal = look_up(kOrdinals, text.substr(0, text.size() - 1));
      if (ordinal && *ordinal >= 4) return 1.0 / *ordinal;
    }
    return std::nullopt;
  }

  std::optional<Number> finish_share(size_t first, size_t next, double parts) {
    Number number;
    number.first = first;
    number.last = next;
    number.value = parts;
    number.fraction = true;
    size_t scale = next;
    if (word_at(scale, "of")) ++scale;
    if (word_at(scale, "a") || word_at(scale, "an")) ++scale;
    if (scale == next && tight_dash(tokens_, scale)) ++scale;
    if (scale < tokens_.size()) {
      const auto factor = tokens_[scale].is("dozen") ? std::optional(12.0) : magnitude_at(scale, false);
      if (factor) {
        number.value = parts * *factor;
        number.last = scale + 1;
        take_dozens(number);
        number.fraction = false;
        number.magnitude = true;
      }
    }
    if (number.fraction && tokens_[first].is("a") && tokens_[next - 1].is("third"))
      return std::nullopt;  // "a third man"
    return number;
  }

  /// "half a dozen dozen".
  void take_dozens(Number& number) const {
    for (; word_at(number.last, "dozen"); ++number.last) number.value = *number.value * 12;
  }

  std::optional<Number> read_ordinal(size_t at) {
    size_t next = at;
    double tens = 0;
    if (const auto value = look_up(kTens, tokens_[at].lower)) {
      if (!tight_dash(tokens_, at + 1)) return std::nullopt;
      tens = *value;
      next = at + 2;
    }
    if (next >= tokens_.size()) return std::nullopt;
    const auto value = look_up(kOrdinals, tokens_[next].lower);
    if (!value) return std::nullopt;
    Number number;
    number.first = at;
    number.last = next + 1;
    number.value = tens + *value;
    number.ordinal = true;
    return number;
  }

  /// "a hundred", "twenty-three thousand four hundred and five", "two dozen", "a million".
  std::optional<Number> read_cardinal(size_t at) {
    size_t next = at;
    double total = 0;
    double group = 0;
    bool any = false;
    bool magnitude = false;
    if (tokens_[at].is("a") || tokens_[at].is("an")) {
      if (at + 1 >= tokens_.size() || (!magnitude_at(at + 1, false) && !tokens_[at + 1].is("dozen")))
        return std::nullopt;
      group = 1;
      any = true;
      ++next;
    }
    double last_scale = 1e18;
    double after_and = 0;
    while (next < tokens_.size()) {
      size_t word = next;
      if (any && tokens_[word].is("and") && magnitude)
        ++word;
      else if (any && tight_dash(tokens_, word))
        ++word;
      if (word >= tokens_.size()) break;
      if (is_dozen(tokens_[word].lower) && (any || tokens_[word].is("dozen")) && (any || word == at)) {
        // Of "three hundred and two dozen" only the two are dozens.
        group = !any ? 12 : after_and > 0 ? group + after_and * 11 : group * 12;
        any = magnitude = true;
        next = word + 1;
        break;
      }
      if (tokens_[word].is("hundred") && (any || word == at)) {
        if (any && group == 0) break;
        group = (group == 0 ? 1 : group) * 100;
        any = magnitude = true;
        next = word + 1;
        continue;
      }
      const auto scale = look_up(kMagnitudes, tokens_[word].lower);
      if (scale && group == 0 && total > 0 && word == next &&
          tokens_[word - 1].lower.starts_with("lakh")) {  // three lakh crore
        total *= *scale;
        next = word + 1;
        continue;
      }
      if (scale && any && *scale < last_scale && group > 0) {
        total += group * *scale;
        group = 0;
        last_scale = *scale;
        magnitude = true;
        next = word + 1;
        continue;
      }
      // A further small number only completes a hundred or a magnitude: "one hundred (and) five".
      if (any && !(magnitude && std::fmod(group, 100) == 0)) break;
      size_t end = word;
      const auto small = small_number(end);
      if (!small || *small == 0) {
        if (small && !any) {
          group = 0;
          any = true;
          next = end;
        }
        break;
      }
      if (any && word < tokens_.size() && magnitude && tokens_[next].is("and") && !completes(end, group)) break;
      group += *small;
      after_and = any && tokens_[next].is("and") ? *small : 0;
      any = true;
      next = end;
    }
    if (!any || next == at || (next == at + 1 && tokens_[at].is("one") && pronoun(at))) return std::nullopt;
    Number number;
    number.first = at;
    number.last = next;
    number.value = total + group;
    number.magnitude = magnitude;
    if (magnitude) take_dozens(number);
    next = number.last;
    if (touches(next) && next < tokens_.size() && tokens_[next].is_word()) return std::nullopt;
    const size_t before_half = number.last;
    take_point(number);
    take_half(number);
    if (number.last != before_half) take_magnitudes(number);
    return number;
  }

  /// "this one", "the one who": no number.
  bool pronoun(size_t at) const {
    return at > 0 && (tokens_[at - 1].is("this") || tokens_[at - 1].is("that") || tokens_[at - 1].is("which") ||
                      tokens_[at - 1].is("the") || tokens_[at - 1].is("another") || tokens_[at - 1].is("every"));
  }

  /// "two hundred point seven one": digits by word behind the point.
  void take_point(Number& number) {
    if (!word_at(number.last, "point")) return;
    double place = 0.1;
    size_t next = number.last + 1;
    double value = *number.value;
    size_t end = next;
    if (const auto both = small_number(end); both && *both > 9) {  // "point seventy-one"
      number.value = std::round((value + *both / 100) * 1e9) / 1e9;
      number.last = end;
      return;
    }
    while (next < tokens_.size()) {
      const auto unit = look_up(kUnits, tokens_[next].lower);
      if (!unit || *unit > 9) break;
      value += *unit * place;
      place /= 10;
      ++next;
    }
    if (next == number.last + 1) return;
    number.value = std::round(value / place) * place;
    number.value = std::round(*number.value * 1e9) / 1e9;
    number.last = next;
  }

  /// "one hundred and five people" completes; "one hundred and two million" or "a million and five ships" may not.
  bool completes(size_t end, double group) const {
    return group > 0 || end >= tokens_.size() || !look_up(kMagnitudes, tokens_[end].lower);
  }

  const std::vector<Token>& tokens_;
};

/// "10-to-20", "two-or-three": the word between, held to both sides by dashes.
bool hyphened_link(const std::vector<Token>& tokens, const Number& low, const Number& high) {
  if (high.first - low.last != 3) return false;
  const Token &before = tokens[low.last], &link = tokens[low.last + 1], &behind = tokens[low.last + 2];
  return is_dash(before) && is_dash(behind) && (link.is("to") || link.is("or")) && !before.space_before &&
         !link.space_before && !behind.space_before && !tokens[high.first].space_before;
}

/// Joins "12 to 14", "between 5 and 7", "200-300", "two or three", "10-to-20" if the second is the larger, behind
/// "between" also if it is not.
bool join_range(const std::vector<Token>& tokens, Number& low, const Number& high) {
  if (low.ordinal || high.ordinal || !low.value || !high.value || low.fraction != high.fraction) return false;
  const bool hyphened = hyphened_link(tokens, low, high);
  if (high.first - low.last != 1 && !hyphened) return false;
  const Token& link = tokens[low.last + (hyphened ? 1 : 0)];
  const bool between = low.first > 0 && tokens[low.first - 1].is("between");
  const bool dash = is_dash(link) && link.space_before == tokens[high.first].space_before && low.digits == high.digits;
  if (!link.is("to") && !link.is("or") && !dash && !(between && link.is("and"))) return false;
  // "10 billion or 10 trillion" are two.
  if (link.is("or") && low.magnitude && high.magnitude && *high.value >= 100 * *low.value) return false;
  double first = *low.value;
  // "ten to twenty thousand", "5-10 million": the magnitude belongs to both.
  if (high.magnitude && !low.magnitude && first < *high.value) {
    for (const double scale : {1e12, 1e9, 1e7, 1e6, 1e5, 1e3}) {
      if (*high.value >= scale && first * scale < *high.value) {
        first *= scale;
        break;
      }
    }
  }
  if (low.plain_year && high.plain_year) return false;
  // "between 20 and 10" is meant the other way round, "between 5 and 5" is five; "from 20 to 10" is no range.
  const bool turned = between && link.is("and") && low.magnitude == high.magnitude;
  if (first >= *high.value && !turned) return false;
  const auto [least, most] = std::minmax(first, *high.value);
  low.value = least;
  if (least < most) low.range = {least, most};
  low.last = high.last;
  low.magnitude = low.magnitude || high.magnitude;
  low.plain_year = false;
  return true;
}

}  // namespace

bool is_dash(const Token& token) {
  return token.is("-") || token.is("\u2013") || token.is("\u2014") || token.is("\u2010") || token.is("\u2011");
}

std::vector<Token> tokenize(std::string_view text, Span within) {
  std::vector<Token> tokens;
  const std::string_view part = text.substr(0, within.end);
  bool space = true;
  for (size_t at = within.begin; at < part.size();) {
    size_t next = at;
    const char32_t c = base::next_char(part, next);
    if (is_space(c)) {
      space = true;
      at = next;
      continue;
    }
    Token token;
    const bool leading_point = c == '.' && space && next < part.size() && base::is_ascii_digit(part[next]);  // ".08"
    if (leading_point || (c < 0x80 && base::is_ascii_digit(static_cast<char>(c)))) {
      next = digits_end(part, next);
      token.kind = Token::Kind::kDigits;
    } else if (is_letter(c)) {
      next = word_end(part, at);
      token.kind = Token::Kind::kWord;
    }
    token.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(next)};
    token.lower = lower_form(part.substr(at, next - at));
    token.space_before = space;
    space = false;
    tokens.push_back(std::move(token));
    at = next;
  }
  return tokens;
}

std::vector<std::string> lower_tokens(std::string_view form) {
  std::vector<std::string> words;
  for (Token& token : tokenize(form, {0, static_cast<uint32_t>(form.size())})) words.push_back(std::move(token.lower));
  return words;
}

std::optional<Number> read_number(const std::vector<Token>& tokens, size_t at) { return NumberReader(tokens).read(at); }

std::vector<Number> find_numbers(const std::vector<Token>& tokens) {
  std::vector<Number> numbers;
  NumberReader reader(tokens);
  for (size_t at = 0; at < tokens.size();) {
    auto number = reader.read(at);
    if (!number) {
      ++at;
      continue;
    }
    at = number->last;
    if (!numbers.empty() && !numbers.back().range && join_range(tokens, numbers.back(), *number)) continue;
    numbers.push_back(*number);
  }
  return numbers;
}

size_t approximation_start(const std::vector<Token>& tokens, size_t at) {
  static constexpr std::string_view kSingle[] = {
      "about",      "around", "some",    "nearly",   "almost",   "over",       "approximately", "roughly",
      "only",       "just",   "another", "least",    "most",     "than",       "estimated",     "further",
      "additional", "maybe",  "perhaps", "probably", "circa",    "under",      "exactly",       "up",
      "to",         "all",    "total",   "between",  "possibly", "reportedly", "upwards",       "below"};
  size_t start = at;
  while (start > 0) {
    const std::string& word = tokens[start - 1].lower;
    const auto before = [&](std::string_view text) { return start >= 2 && tokens[start - 2].is(text); };
    if (word == "least" || word == "most") {
      if (!before("at")) break;
      start -= 2;
    } else if (word == "as") {  // "as many as"
      if (!(before("many") || before("few")) || start < 3 || !tokens[start - 3].is("as")) break;
      start -= 3;
    } else if (word == "than") {
      if (!before("more") && !before("less") && !before("fewer") && !before("greater")) break;
      start -= 2;
    } else if (word == "to") {
      if (!before("up") && !before("close")) break;
      start -= 2;
    } else if (word == "an" || word == "a" || word == "the") {
      if (start == at ||
          (!tokens[start].is("estimated") && !tokens[start].is("additional") && !tokens[start].is("further")))
        break;
      start -= 1;
    } else {
      bool known = false;
      for (const std::string_view single : kSingle)
        known = known || (single == word && word != "up" && word != "total");
      if (!known) break;
      start -= 1;
    }
  }
  return start;
}

}  // namespace dragoman::coding
