// SPDX-License-Identifier: Apache-2.0
#include "linking/offices.h"

#include <algorithm>
#include <array>

namespace dragoman::linking {
namespace {

// States whose names want an article, beside those of the kinds that takes_article() knows.
constexpr std::array<std::string_view, 6> kWithArticle = {"Bahamas",  "Comoros",     "Gambia",
                                                          "Maldives", "Netherlands", "Philippines"};

bool takes_article(std::string_view state) {
  const auto holds = [&](std::string_view part) { return state.find(part) != std::string_view::npos; };
  return state.starts_with("United ") || holds("Republic") || holds("Islands") || holds("Union") ||
         std::find(kWithArticle.begin(), kWithArticle.end(), state) != kWithArticle.end();
}

}  // namespace

std::vector<std::string_view> other_words_for(std::string_view office) {
  if (office == "pm" || office == "premier" || office == "head of government") return {"prime minister", "chancellor"};
  if (office == "taoiseach") return {"prime minister"};
  if (office == "pontiff" || office == "holy father") return {"pope"};
  if (office == "amir") return {"emir"};
  if (office == "head of state") return {"president", "king", "queen", "emir", "sultan", "monarch"};
  return {};
}

std::string office_of(std::string_view holder, std::string_view state) {
  std::string_view title;
  if (holder == "president") title = "President";
  if (holder == "prime minister") title = "Prime Minister";
  if (title.empty()) return "";
  return std::string("Office of the ").append(title).append(takes_article(state) ? " of the " : " of ").append(state);
}

std::string government_of(std::string_view state) {
  return std::string(takes_article(state) ? "Government of the " : "Government of ").append(state);
}

}  // namespace dragoman::linking
