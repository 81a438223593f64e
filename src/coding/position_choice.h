// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dragoman::coding {

/// data/coding/positions/choice.tsv: the networks that tell whether an article shows a position, and the issues in
/// the order in which the tables number them.
class PositionChoice {
 public:
  /// `inputs` numbers go into the networks, `types` kinds of deeds are told apart. Throws Failure (kKnowledge) for a
  /// table that is none.
  PositionChoice(const std::string& path, size_t inputs, size_t types);

  const std::vector<std::string>& issues() const { return issues_; }

  /// Mean logit of the networks that the article shows a position on `issue`; `type`: of the deed that shows it best.
  double logit(const std::vector<double>& inputs, size_t issue, size_t type) const;

  /// Logit from which a position is told.
  double threshold() const { return threshold_; }

 private:
  // bias + linear · x + issue[i] + pair[i][t] + b · tanh(a x + c), where x = (input - mean) / scale
  struct Net {
    std::vector<double> mean, scale, c, b, linear, bias, issue;
    std::vector<std::vector<double>> a;     // hidden × inputs
    std::vector<std::vector<double>> pair;  // issues × types
  };
  double logit(const Net& net, const std::vector<double>& inputs, size_t issue, size_t type) const;
  void check(const std::string& path, size_t inputs, size_t types) const;

  std::vector<std::string> issues_;
  std::vector<Net> nets_;
  double threshold_ = 0;
};

}  // namespace dragoman::coding
