// SPDX-License-Identifier: Apache-2.0
#include "coding/quantities_choice.h"

#include <cstdlib>

#include "base/files.h"
#include "base/text.h"

namespace dragoman::coding {
namespace {

/// Size of a number as news feels it: a pair, a handful, dozens, hundreds, more.
const char* size_class(const Quantity& quantity) {
  if (!quantity.value) return "vague";
  const double value = *quantity.value;
  if (value < 1) return "0";
  if (value == 1) return "1";
  if (value == 2) return "2";
  if (value == 3) return "3";
  if (value < 10) return "4-9";
  if (value < 100) return "10-99";
  if (value < 1000) return "100-999";
  return "1000-";
}

uint32_t gap(Span a, Span b) {
  if (a.begin >= b.end) return a.begin - b.end;
  return b.begin >= a.end ? b.begin - a.end : 0;
}

/// Distance in bytes: within a phrase, a clause, a sentence.
const char* distance_class(uint32_t bytes) {
  if (bytes <= 2) return "0";
  if (bytes < 20) return "20";
  if (bytes < 50) return "50";
  if (bytes < 100) return "100";
  return "far";
}

}  // namespace

Result<QuantityChoice> QuantityChoice::read(const std::string& path) {
  Result<std::string> bytes = base::read_file(path, 1 << 20);
  if (!bytes) return bytes.error();
  QuantityChoice choice;
  size_t line_number = 0;
  for (const std::string_view raw : base::split(*bytes, '\n')) {
    ++line_number;
    const std::string_view line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto cells = base::split(line, '\t');
    char* end = nullptr;
    const std::string number = cells.size() == 2 ? std::string(cells[1]) : "";
    const double weight = std::strtod(number.c_str(), &end);
    if (number.empty() || *end != '\0')
      return Error{ErrorCode::kKnowledge, "a weight has 2 columns: feature and number",
                   path + ":" + std::to_string(line_number)};
    if (cells[0] == "threshold")
      choice.threshold_ = weight;
    else
      choice.weights_[std::string(cells[0])] = weight;
  }
  return choice;
}

bool QuantityChoice::keeps(const std::vector<std::string>& features) const {
  double sum = 0;
  for (const std::string& feature : features) {
    const auto found = weights_.find(feature);
    if (found != weights_.end()) sum += found->second;
  }
  return sum > threshold_;
}

bool has_headline(std::string_view text, const Analysis& analysis) {
  const uint32_t end = analysis.sentences.empty() ? 0 : analysis.sentences.front().end;
  return end > 0 && end < text.size() && (text[end] == '\n' || text[end - 1] == '\n');
}

std::vector<std::string> choice_features(const std::vector<FoundQuantity>& found, size_t index, std::string_view text,
                                         const Analysis& analysis, uint32_t sentence) {
  const FoundQuantity& one = found[index];
  const Quantity& quantity = one.quantity;
  const std::string kind = to_string(quantity.kind);
  const bool count = quantity.kind == QuantityKind::kCount;
  std::vector<std::string> features{"bias", "kind=" + kind};
  const auto add = [&](std::string feature) {
    features.push_back(kind + ":" + feature);
    features.push_back(std::move(feature));
  };
  const Trigger* nearest = nullptr;
  bool theme = false;
  bool role = false;
  for (const Trigger& trigger : analysis.triggers) {
    if (trigger.sentence != sentence) continue;
    if (nearest == nullptr || gap(trigger.span, quantity.span) < gap(nearest->span, quantity.span)) nearest = &trigger;
    for (const RoleFiller& filler : trigger.fillers) {
      if (!filler.span.overlaps(quantity.span)) continue;
      if (filler.role == Role::kTheme) theme = true;
      if (filler.role == Role::kActor || filler.role == Role::kRecipient) role = true;
    }
  }
  add(nearest == nullptr ? "no act" : "act");
  add(std::string("size=") + size_class(quantity));
  if (nearest != nullptr) {
    add(std::string("act=") + to_string(nearest->type));
    add(std::string("gap=") + distance_class(gap(nearest->span, quantity.span)));
    if (nearest->span.begin > quantity.span.begin) features.push_back("before act");
  }
  if (theme) add("theme");
  if (role) add("role");
  if (one.definite) add("definite");
  if (!one.counted) add("no noun");
  if (count && !one.noun.empty()) features.push_back("noun=" + one.noun);
  if (one.ordinal || one.year || one.age) features.push_back("no quantity");
  const std::string_view written = quantity.span.of(text);
  const bool figure = !written.empty() && base::is_ascii_digit(written.front());
  const bool approximate = !written.empty() && base::is_ascii_alpha(written.front()) &&
                           written.find_first_of("0123456789") != std::string_view::npos &&
                           quantity.kind != QuantityKind::kMoney;
  if (figure) features.push_back("figure");
  if (approximate) add("approximate");
  // A headline and the text tell the same number: one of them is enough.
  const Span first = analysis.sentences.empty() ? Span{} : analysis.sentences.front();
  const bool headline = has_headline(text, analysis);
  const bool title = headline && sentence == 0;
  bool before = false;
  bool after = false;
  for (size_t i = 0; i < found.size(); ++i) {
    if (i == index || found[i].quantity.kind != quantity.kind || found[i].quantity.value != quantity.value) continue;
    if (count && found[i].noun != one.noun) continue;
    const bool in_title = headline && first.contains(found[i].quantity.span);
    if (i > index)
      after = true;
    else if (!in_title)
      before = true;
  }
  if (before) add("told before");
  if (title) features.push_back("title");
  if (title && after) add("title, told again");
  return features;
}

}  // namespace dragoman::coding
