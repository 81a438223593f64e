// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities_money.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

/// The first countries of an article decide what its "$" and "pounds" are; a country named once far down does not.
constexpr size_t kContextCountries = 2;

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return base::is_ascii_upper(c); });
}

/// Codes that are words in capitals too ("ALL 5 solutions"): money only before a large figure.
bool is_english_word(std::string_view code) {
  static constexpr std::string_view kWords[] = {"ALL", "PEN", "TRY", "CUP", "COP", "MAD", "RON", "SOS", "GEL", "BAM"};
  return std::find(std::begin(kWords), std::end(kWords), code) != std::end(kWords);
}

}  // namespace

Result<Currencies> Currencies::read(const std::string& path) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) return bytes.error();
  Currencies currencies;
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> cells = base::split(line, '\t');
    if (cells.size() != 5)
      return wrong(path, line_number, "a currency has 5 columns, not " + std::to_string(cells.size()));
    if (cells[0].size() != 3 || base::lower_ascii(cells[0]) == cells[0])
      return wrong(path, line_number, quoted(cells[0], " is no ISO 4217 code"));
    const size_t row = currencies.rows_.size();
    for (const Row& other : currencies.rows_) {
      if (other.code == cells[0]) return wrong(path, line_number, "currency " + other.code + " is there twice");
    }
    Row entry{std::string(cells[0]), {}};
    for (const std::string_view country : base::split(cells[1], ',')) {
      if (country != "-") entry.countries.emplace_back(country);
    }
    currencies.rows_.push_back(std::move(entry));
    for (size_t column = 2; column < 5; ++column) {
      const Result<bool> added = currencies.add(cells[column], row, column != 2, column == 4 ? 0.01 : 1);
      if (!added) return wrong(path, line_number, added.error().message);
    }
  }
  if (currencies.rows_.empty()) return wrong(path, 1, "no currency in this file");
  const auto longer = [&](size_t a, size_t b) {
    return currencies.forms_[a].parts.size() > currencies.forms_[b].parts.size();
  };
  for (auto* index : {&currencies.by_first_, &currencies.by_last_}) {
    for (auto& [token, forms] : *index) std::stable_sort(forms.begin(), forms.end(), longer);
  }
  return currencies;
}

Result<bool> Currencies::add(std::string_view cell, size_t row, bool shared, double unit) {
  if (cell == "-") return true;
  for (std::string_view written : base::split(cell, ',')) {
    Reading reading{row, shared, false, false, unit};
    while (!written.empty() && (written.back() == '*' || written.back() == '?')) {
      (written.back() == '*' ? reading.standard : reading.weak) = true;
      written.remove_suffix(1);
    }
    if (written.empty()) return Error{ErrorCode::kKnowledge, "an empty form among the forms of a currency", ""};
    std::vector<std::string> parts = lower_tokens(written);
    const std::string exact = has_capital(written) ? std::string(written) : "";
    auto same = std::find_if(forms_.begin(), forms_.end(),
                             [&](const Form& form) { return form.parts == parts && form.exact == exact; });
    if (same == forms_.end()) {
      const size_t index = forms_.size();
      const bool word =
          std::all_of(written.begin(), written.end(), [](char c) { return base::is_ascii_alpha(c) || c == ' '; });
      by_first_[parts.front()].push_back(index);
      by_last_[parts.back()].push_back(index);
      forms_.push_back({std::move(parts), exact, word, {}});
      same = forms_.end() - 1;
    }
    same->readings.push_back(reading);
  }
  return true;
}

bool Currencies::is_of(std::string_view code, std::string_view country) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
    return row.code == code && std::find(row.countries.begin(), row.countries.end(), country) != row.countries.end();
  });
}

const Currencies::Reading* Currencies::choose(const Form& form, const std::vector<std::string>& countries) const {
  for (const Reading& reading : form.readings) {
    if (!reading.shared && !reading.weak) return &reading;
  }
  const size_t looked_at = std::min(countries.size(), kContextCountries);
  for (size_t i = 0; i < looked_at; ++i) {
    for (const Reading& reading : form.readings) {
      const std::vector<std::string>& of = rows_[reading.row].countries;
      if (std::find(of.begin(), of.end(), countries[i]) != of.end()) return &reading;
    }
  }
  for (const Reading& reading : form.readings) {
    if (reading.standard && !reading.weak) return &reading;
  }
  return nullptr;
}

std::optional<Currencies::Match> Currencies::match(const Form& form, size_t at,
                                                   const std::vector<std::string>& countries, bool surely) const {
  Match match;
  match.first = at;
  match.last = at + form.parts.size();
  const Reading* reading = choose(form, countries);
  if (reading != nullptr) {
    match.code = rows_[reading->row].code;
    match.unit = reading->unit;
    return match;
  }
  // "dinars" without a country are money still; "won" or "real" are not.
  const bool weak = std::all_of(form.readings.begin(), form.readings.end(), [](const Reading& r) { return r.weak; });
  if (weak && surely) match.code = rows_[form.readings.front().row].code;
  if ((weak && !surely) || (!form.exact.empty() && form.word)) return std::nullopt;
  match.unit = form.readings.front().unit;
  return match;
}

bool Currencies::matches(const Form& form, std::string_view text, const std::vector<Token>& tokens, size_t at) const {
  if (at + form.parts.size() > tokens.size()) return false;
  for (size_t i = 0; i < form.parts.size(); ++i) {
    if (tokens[at + i].lower == form.parts[i]) continue;
    // The last word may be a plural: dollars, pesos.
    const std::string& word = tokens[at + i].lower;
    const bool plural = i + 1 == form.parts.size() && form.exact.empty() && tokens[at + i].is_word() &&
                        word.size() > 3 && word.size() == form.parts[i].size() + 1 && word.back() == 's' &&
                        word.starts_with(form.parts[i]);
    if (plural) continue;
    // "Indian rupees": in a form with capitals too.
    const bool named_plural = i + 1 == form.parts.size() && i > 0 && tokens[at + i].is_word() &&
                              word.size() == form.parts[i].size() + 1 && word.back() == 's' &&
                              word.starts_with(form.parts[i]);
    if (!named_plural) return false;
  }
  if (form.exact.empty()) return true;
  const Span span{tokens[at].span.begin, tokens[at + form.parts.size() - 1].span.end};
  const std::string_view written = span.of(text);
  if (form.parts.size() > 1 && form.exact.find(' ') != std::string::npos) {
    return written.starts_with(form.exact.substr(0, form.exact.find(' '))) || base::lower_ascii(written) == written;
  }
  if (written == form.exact) return true;
  // "us$", "hk $": letters before a sign may be small where they cannot be the article "a".
  const std::string small = base::lower_ascii(form.exact);
  const bool attached = tokens.size() > at + 1 && (!tokens[at + 1].space_before || tokens[at].lower.size() > 1 ||
                                                   (tokens[at].lower != "a" && tokens[at].space_before));
  if (!form.word && form.parts.size() == 2 && attached && tokens[at].is_word() &&
      small == form.parts[0] + form.parts[1])
    return true;
  // "NZ $633": a space before the sign, or a code in small letters: "500 usd".
  std::string joined;
  for (const char c : written) {
    if (c != ' ') joined += c;
  }
  return joined == form.exact ||
         (form.word && form.exact.size() == 3 && base::lower_ascii(form.exact) == written &&
          form.readings.front().row < rows_.size() && rows_[form.readings.front().row].code == form.exact &&
          written != "all" && written != "top" && written != "try" && written != "mop");
}

std::optional<Currencies::Match> Currencies::of_millions(std::string_view text, const std::vector<Token>& tokens,
                                                         size_t at) const {
  const std::string_view written = tokens[at].span.of(text);
  if (written.size() != 4 || written.front() != 'M') return std::nullopt;
  for (const Row& row : rows_) {
    if (row.code != written.substr(1)) continue;
    Match match;
    match.first = at;
    match.last = at + 1;
    match.code = row.code;
    match.unit = 1e6;
    return match;
  }
  return std::nullopt;
}

std::optional<Currencies::Match> Currencies::before(std::string_view text, const std::vector<Token>& tokens, size_t at,
                                                    const std::vector<std::string>& countries) const {
  if (at == 0) return std::nullopt;
  size_t end = at;
  if (tokens[at - 1].is(".") && at >= 2 && (tokens[at - 2].is("rs") || tokens[at - 2].is("re"))) --end;  // Rs. 500
  if (auto result = of_millions(text, tokens, end - 1)) return result;
  const auto found = by_last_.find(tokens[end - 1].lower);
  if (found == by_last_.end()) return std::nullopt;
  for (const size_t index : found->second) {
    const Form& form = forms_[index];
    if (form.parts.size() > end) continue;
    if (form.word && form.exact.empty()) {  // "dollar 22.5 million"
      const auto number = read_number(tokens, at);
      if (!number || !number->magnitude || !number->digits || !tokens[end - 1].is(form.parts.back())) continue;
    }
    const size_t first = end - form.parts.size();
    if (!matches(form, text, tokens, first)) continue;
    // One or two letters ("R", "N", "Sh") are a sign only where they touch the figure or are set off as a word
    // of their own that is no initial.
    if (form.word && form.exact.size() == 1 && tokens[at].space_before) continue;
    // A code that touches a small figure is a name: the COP27 summit.
    if (form.word && form.exact.size() == 3 && is_english_word(form.exact)) {
      const auto number = read_number(tokens, at);
      if (!number || !number->value || *number->value < 100) continue;
    }
    if (form.word && form.exact.size() == 3 && !tokens[at].space_before && tokens[at].lower.size() < 3) {
      const auto number = read_number(tokens, at);
      if (!number || !number->magnitude) continue;
    }
    if (form.word && first > 0 && !tokens[first].space_before && tokens[first - 1].is_digits()) continue;
    if (auto result = match(form, first, countries)) {
      result->last = at;
      return result;
    }
  }
  return std::nullopt;
}

std::optional<Currencies::Match> Currencies::after(std::string_view text, const std::vector<Token>& tokens, size_t at,
                                                   const std::vector<std::string>& countries) const {
  size_t first = at;
  if (first < tokens.size() && tokens[first].is("-") && !tokens[first].space_before) ++first;  // 44-baht
  const bool vague = at > 0 && tokens[at - 1].is_word() && tokens[at - 1].lower.ends_with("s");
  if (vague && first + 1 < tokens.size() && tokens[first].is("of") && tokens[first + 1].is_word())
    ++first;  // millions of dollars
  if (first >= tokens.size()) return std::nullopt;
  if (auto result = of_millions(text, tokens, first)) return result;
  std::vector<std::string> keys{tokens[first].lower};
  if (keys.front().size() > 3 && keys.front().back() == 's')
    keys.push_back(keys.front().substr(0, keys.front().size() - 1));
  for (const std::string& key : keys) {
    const auto found = by_first_.find(key);
    if (found == by_first_.end()) continue;
    for (const size_t index : found->second) {
      const Form& form = forms_[index];
      // Signs of one or two letters ("R", "Le") stand before the figure only, except kr, zł, Ft and the like.
      if (form.word && !form.exact.empty() && form.exact.size() < 2) continue;
      if (form.exact.size() == 3 && is_english_word(form.exact)) continue;
      if (!matches(form, text, tokens, first)) continue;
      // "$5 $6": a sign that touches a following figure belongs to that.
      const size_t last = first + form.parts.size();
      if (!form.word && last < tokens.size() && tokens[last].is_digits() && !tokens[last].space_before) continue;
      if (auto result = match(form, first, countries, is_sum(tokens, at, last))) return result;
    }
  }
  return std::nullopt;
}

// "1.5 trillion won." is a sum, "two million won the right to vote" is not.
bool Currencies::is_sum(const std::vector<Token>& tokens, size_t number_end, size_t form_end) {
  static constexpr std::string_view kMagnitudes[] = {"million", "billion", "trillion", "bn", "tn"};
  const bool large = number_end > 0 && std::find(std::begin(kMagnitudes), std::end(kMagnitudes),
                                                 tokens[number_end - 1].lower) != std::end(kMagnitudes);
  return large && (form_end >= tokens.size() || tokens[form_end].is(".") || tokens[form_end].is(",") ||
                   tokens[form_end].is(";") || tokens[form_end].is("("));
}

}  // namespace dragoman::coding
