// SPDX-License-Identifier: Apache-2.0
#include "coding/position_stance.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include "base/files.h"
#include "coding/phrases.h"
#include "coding/position_words.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

constexpr double kLeastShare = 0.03;
constexpr double kPerIssue = 0.7, kRarePerIssue = 0.5;  // of words and of modes and denials, beside their general sign

// Acts in favour, against, hostile, and sayings: words mean the contrary in "rejects the deal" and "backs the deal".
const char* sign_of(size_t type) {
  if (type == Deed::kSaying) return "s";
  switch (static_cast<EventType>(type)) {
    case EventType::kAccuse:
    case EventType::kReject: return "-";
    case EventType::kThreaten:
    case EventType::kProtest:
    case EventType::kSanction:
    case EventType::kMobilize:
    case EventType::kCoerce:
    case EventType::kAssault: return "!";
    default: return "+";
  }
}

std::string name_of(size_t type) { return type == Deed::kSaying ? "SAY" : to_string(static_cast<EventType>(type)); }

bool denies(const std::string& text) {
  const std::vector<std::string> terms = terms_of(text);
  return std::any_of(terms.begin(), terms.end(), [](const std::string& term) {
    return term == "not" || term == "no" || term == "never" || term == "against" || term == "without";
  });
}

}  // namespace

StanceWeights::StanceWeights(const std::string& path) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  const knowledge::Table table(path, *text, {"sign", "weight"});
  for (size_t r = 0; r < table.rows(); ++r) {
    const std::string_view cell = table.field(r, table.column("weight"));
    int hundredths = 0;
    if (std::from_chars(cell.data(), cell.data() + cell.size(), hundredths).ptr != cell.data() + cell.size())
      table.fail(r, "no weight in hundredths");
    weights_[std::string(table.field(r, table.column("sign")))] = hundredths / 100.0;
  }
  bias_ = weight("*");
}

double StanceWeights::weight(const std::string& sign) const {
  const auto found = weights_.find(sign);
  return found == weights_.end() ? 0.0 : found->second;
}

double StanceWeights::against(const Deed& deed, double share, const std::string& issue) const {
  if (share < kLeastShare) return 0;
  const std::string type = name_of(deed.type), sign = sign_of(deed.type);
  double sum = weight("type " + type) + weight("type " + type + " " + issue) + weight("sign " + sign + " " + issue);
  if (deed.status == Status::kNegated) sum += weight("negated " + sign);
  for (const std::string& mode : deed.modes) {
    const std::string name = "mode " + type + " " + mode;
    sum += weight(name) + kRarePerIssue * weight(name + " " + issue);
  }
  if (denies(deed.text)) sum += weight("denial " + sign) + kRarePerIssue * weight("denial " + sign + " " + issue);
  const std::vector<std::string> stems = topic_stems(deed.text);
  const std::unordered_set<std::string> words(stems.begin(), stems.end());
  double of_words = 0;
  for (const std::string& word : words) {
    const std::string name = "word " + sign + " " + word;
    of_words += weight(name) + kPerIssue * weight(name + " " + issue);
  }
  return share * (sum + of_words / std::sqrt(1.0 + static_cast<double>(words.size()) / 6.0));
}

}  // namespace dragoman::coding
