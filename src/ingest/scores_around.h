// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace dragoman::ingest {

/// What a first step said of the lines or blocks around one, as numbers for the second step. Its twin is in
/// tools/forests.py. `first` must outlive it.
class ScoresAround {
 public:
  static constexpr size_t kNear = 15, kOrder = 5;  ///< how many numbers put_near() and put_order() put

  explicit ScoresAround(const std::vector<float>& first) : first_(first), before_(1, 0.0F) {
    before_.reserve(first.size() + 1);
    for (const float p : first) before_.push_back(before_.back() + (p > 0.5F ? 1.0F : 0.0F));
  }

  /// Its own, those of four on each side one by one, means of three, eight and twenty on each side.
  void put_near(size_t b, float*& x) const {
    const auto i = static_cast<ptrdiff_t>(b);
    *x++ = first_[b];
    for (const ptrdiff_t d : {-1, 1, -2, 2, -3, 3, -4, 4}) *x++ = at(i + d);
    for (const ptrdiff_t reach : {3, 8, 20}) {
      *x++ = mean(i - reach, i);
      *x++ = mean(i + 1, i + 1 + reach);
    }
  }

  /// How many before, behind and in all are likely text; how far the next sure ones are.
  void put_order(size_t b, float*& x) const {
    const auto i = static_cast<ptrdiff_t>(b);
    *x++ = before_[b];
    *x++ = before_.back() - before_[b + 1];
    *x++ = before_.back();
    *x++ = next_sure(i, -1);
    *x++ = next_sure(i, 1);
  }

 private:
  float at(ptrdiff_t b) const {
    return b < 0 || b >= static_cast<ptrdiff_t>(first_.size()) ? -1.0F : first_[static_cast<size_t>(b)];
  }

  float mean(ptrdiff_t from, ptrdiff_t to) const {
    from = std::max<ptrdiff_t>(from, 0);
    to = std::min<ptrdiff_t>(to, static_cast<ptrdiff_t>(first_.size()));
    float sum = 0;
    for (ptrdiff_t i = from; i < to; ++i) sum += first_[static_cast<size_t>(i)];
    return to <= from ? -1.0F : sum / static_cast<float>(to - from);
  }

  float next_sure(ptrdiff_t b, ptrdiff_t step) const {
    for (ptrdiff_t d = 1; d <= 30; ++d) {
      if (at(b + step * d) > 0.8F) return static_cast<float>(d);
    }
    return 31;
  }

  const std::vector<float>& first_;
  std::vector<float> before_;
};

}  // namespace dragoman::ingest
