// SPDX-License-Identifier: Apache-2.0
#include "ingest/author_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"

namespace dragoman::ingest {
namespace {

constexpr size_t kLongest = 300;  // bytes of all names

constexpr std::array<std::string_view, 20> kPrefixes = {"published by: ",
                                                        "published by : ",
                                                        "published by ",
                                                        "written by ",
                                                        "reported by ",
                                                        "posted by ",
                                                        "story by ",
                                                        "words: ",
                                                        "text: ",
                                                        "autor: ",
                                                        "author: ",
                                                        "by: ",
                                                        "by ",
                                                        "von ",
                                                        "par ",
                                                        "por ",
                                                        "di ",
                                                        "door ",
                                                        "af ",
                                                        "av "};

// Between two names. A bar or a dash parts the name from the paper's.
constexpr std::array<std::string_view, 12> kAnd = {" and ", " und ", " et ", " y ",   " e ", " og ",
                                                   " och ", " ja ",  " & ",  " con ", ";",   " / "};

constexpr std::array<std::string_view, 15> kAgencies = {
    "ap", "afp", "dpa", "apa", "sda", "ansa", "efe", "reuters", "pti", "ani", "aap", "ritzau", "ntb", "tass", "xinhua"};

// Names of accounts and of nobody in particular.
constexpr std::array<std::string_view, 14> kNobody = {"admin", "administrator", "editor",    "author",     "guest",
                                                      "user",  "unknown",       "anonymous", "web",        "webmaster",
                                                      "root",  "none",          "null",      "nachrichten"};

// With which a title begins that stands behind a comma.
constexpr std::array<std::string_view, 24> kTitles = {
    "editor",      "writer",     "reporter",  "correspondent", "columnist", "staff",     "senior",    "chief",
    "contributor", "journalist", "producer",  "director",      "head",      "professor", "analyst",   "fellow",
    "author",      "special",    "associate", "political",     "deputy",    "managing",  "redakteur", "redaktion"};

template <size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_title_word(const std::string& folded) {
  const auto words = base::split(folded, ' ');
  return std::any_of(words.begin(), words.end(), [](std::string_view word) { return among(kTitles, word); });
}

// "news.example", "@name", "name@news.example", "4711"
bool is_address(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), base::is_ascii_digit);
  if (digits > 2 || text.find('@') != std::string_view::npos || text.find("www.") != std::string_view::npos)
    return true;
  const size_t dot = text.rfind('.');
  return text.find(' ') == std::string_view::npos && dot != std::string_view::npos && dot + 2 < text.size();
}

// Without the title behind the name: "Jane Doe Columnist" → "Jane Doe".
std::string_view without_title(std::string_view name) {
  for (;;) {
    while (!name.empty() && (name.back() == '-' || name.back() == ' ' || name.back() == ':')) name.remove_suffix(1);
    const size_t space = name.rfind(' ');
    if (space == std::string_view::npos || name.find(' ') == space) return name;
    if (!among(kTitles, base::lower_ascii(name.substr(space + 1)))) return name;
    name = name.substr(0, space);
  }
}

std::string_view without_prefix(std::string_view text) {
  const std::string lower = base::lower_ascii(text.substr(0, 20));
  for (const std::string_view prefix : kPrefixes) {
    if (lower.starts_with(prefix)) return base::trim(text.substr(prefix.size()));
  }
  return text;
}

bool is_name(std::string_view part, bool first) {
  if (part.size() < 2 || part.size() > 80 || is_address(part)) return false;
  const std::string folded = fold_line(part);
  if (among(kNobody, folded)) return false;
  if (among(kAgencies, folded)) return true;
  const int words = count_words(part);
  if (words > 6 || ('a' <= part[0] && part[0] <= 'z')) return false;
  if (first) return true;
  // Behind a comma: a person of two to four words, or one of a script without spaces; not a title, a place, a degree.
  const bool spaceless = 0xE3 <= static_cast<unsigned char>(part[0]) &&
                         static_cast<unsigned char>(part[0]) <= 0xED;  // Chinese, Japanese, Korean
  return spaceless || (2 <= words && words <= 4 && !has_title_word(folded));
}

}  // namespace

std::vector<std::string> names_of_data(std::string_view text) {
  std::vector<std::string> names;
  if (text.size() > kLongest || text.find("://") != std::string_view::npos) return names;
  std::string all(without_prefix(base::trim(text)));
  for (const std::string_view mark : {"|", " - ", " \xE2\x80\x93 ", "("}) {
    if (const size_t at = all.find(mark); at != std::string::npos && at > 0) all.resize(at);
  }
  for (const std::string_view mark : kAnd) {
    for (size_t at = all.find(mark); at != std::string::npos; at = all.find(mark, at))
      all.replace(at, mark.size(), ",");
  }
  for (const std::string_view part : base::split(all, ',')) {
    const std::string_view name = without_title(base::trim(part));
    if (is_name(name, names.empty()) && std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  }
  return names;
}

}  // namespace dragoman::ingest
