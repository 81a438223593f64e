// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities_units.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/files.h"
#include "base/text.h"
#include "coding/row_error.h"

namespace dragoman::coding {
namespace {

constexpr std::string_view kMeasures[] = {"length", "area",        "weight", "volume",
                                          "speed",  "temperature", "power",  "energy"};

}  // namespace

Result<Units> Units::read(const std::string& path) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) return bytes.error();
  Units units;
  std::set<std::vector<std::string>> seen;
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> cells = base::split(line, '\t');
    if (cells.size() != 3) return wrong(path, line_number, "a unit has 3 columns, not " + std::to_string(cells.size()));
    if (std::find(std::begin(kMeasures), std::end(kMeasures), cells[1]) == std::end(kMeasures))
      return wrong(path, line_number, quoted(cells[1], " is no measure"));
    for (const std::string_view form : base::split(cells[2], ',')) {
      std::vector<std::string> words = lower_tokens(form);
      if (cells[0].empty() || words.empty()) return wrong(path, line_number, "an empty form or unit");
      if (!seen.insert(words).second) return wrong(path, line_number, quoted(form, " stands twice"));
      units.forms_[words.front()].push_back({words, std::string(cells[0]), cells[1] == "length"});
    }
  }
  for (auto& [word, forms] : units.forms_)
    std::stable_sort(forms.begin(), forms.end(),
                     [](const Form& a, const Form& b) { return a.words.size() > b.words.size(); });
  return units;
}

std::optional<Units::Found> Units::at(const std::vector<Token>& tokens, size_t at) const {
  if (at >= tokens.size()) return std::nullopt;
  const auto forms = forms_.find(tokens[at].lower);
  if (forms == forms_.end()) return std::nullopt;
  for (const Form& form : forms->second) {
    bool same = form.words.size() <= tokens.size() - at;
    for (size_t k = 0; k < form.words.size() && same; ++k) same = tokens[at + k].is(form.words[k]);
    if (same) return Found{form.unit, form.length, form.words.size()};
  }
  return std::nullopt;
}

}  // namespace dragoman::coding
