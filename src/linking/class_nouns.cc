// SPDX-License-Identifier: Apache-2.0
#include "linking/class_nouns.h"

#include <map>
#include <set>

#include "linking/embedded.h"

namespace dragoman::linking {

namespace {

struct ClassNouns {
  std::map<std::string_view, std::string_view> classes;
  std::set<std::string_view> qualifiers;
};

const ClassNouns& class_nouns() {
  static const ClassNouns kNouns = [] {
    ClassNouns nouns;
    embedded::rows(embedded::linking_class_nouns, 2, [&](const auto& cells, size_t line) {
      const bool is_new = cells[1] == "qualifier" ? nouns.qualifiers.insert(cells[0]).second
                                                  : nouns.classes.emplace(cells[0], cells[1]).second;
      if (!is_new) embedded::wrong(embedded::linking_class_nouns, line, "said before");
    });
    return nouns;
  }();
  return kNouns;
}

}  // namespace

std::string_view class_of(std::string_view lower) {
  const auto found = class_nouns().classes.find(lower);
  return found == class_nouns().classes.end() ? std::string_view{} : found->second;
}

bool tells_seat(std::string_view lower) { return lower == "based" || lower.ends_with("-based"); }

bool tells_nothing_more(std::string_view lower) {
  if (class_nouns().qualifiers.count(lower) || tells_seat(lower)) return true;
  for (const std::string_view ending :
       {"-backed", "-led", "-linked", "-aligned", "-allied", "-run", "-dominated", "-funded"})
    if (lower.ends_with(ending)) return true;
  return false;
}

}  // namespace dragoman::linking
