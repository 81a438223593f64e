// SPDX-License-Identifier: Apache-2.0
// date_eval DATA < TEXTS: the dates of texts; tools/date_eval.py makes TEXTS and scores.
//   A text is a line "PUBLISHED BYTES" (PUBLISHED a day, or -), then BYTES bytes and a line end. Printed is one line a
//   date, "BEGIN END VALUE PRECISION" (bytes), and a line "." after each text. A stretch told by two dates ("from May
//   to July 1916") is followed by these two, each on a line that begins with "+ ".
#include <cstdio>
#include <iostream>
#include <string>

#include "base/text.h"
#include "coding/dates.h"

namespace {

using dragoman::Date;
using dragoman::coding::DateExpression;

void print(const char* mark, const DateExpression& found, const std::optional<Date>& date) {
  if (date)
    std::printf("%s%u %u %s %s\n", mark, found.span.begin, found.span.end, date->value.c_str(),
                to_string(date->precision));
}

void print_all(const DateExpression& found, const std::optional<Date>& published) {
  using namespace dragoman::coding;
  if (!found.date) return;
  print("", found, found.date);
  if (found.ends.empty()) return;
  const auto first = resolve(found.ends.front(), day_of(published), false);
  print("+ ", found.ends.front(), first);
  print("+ ", found.ends.back(), resolve(found.ends.back(), day_of(published), false, day_of(first)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: date_eval DATA < TEXTS\n");
    return 2;
  }
  const auto reader = dragoman::coding::DateReader::open(argv[1]);
  std::string published;
  size_t bytes = 0;
  while (std::cin >> published >> bytes) {
    std::cin.ignore();
    std::string text(bytes, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(bytes));
    std::vector<dragoman::Span> sentences;
    uint32_t begin = 0;
    for (const auto line : dragoman::base::split(text, '\n')) {
      const auto end = begin + static_cast<uint32_t>(line.size());
      if (end > begin) sentences.push_back({begin, end});
      begin = end + 1;
    }
    std::optional<dragoman::Date> day;
    if (published != "-") day = dragoman::Date{published, dragoman::Precision::kDay, "argument", {}};
    for (const DateExpression& found : reader.find(text, sentences, day)) print_all(found, day);
    std::printf(".\n");
  }
}
