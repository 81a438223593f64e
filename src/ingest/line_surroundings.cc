// SPDX-License-Identifier: Apache-2.0
#include "ingest/line_surroundings.h"

#include <algorithm>
#include <cmath>

namespace dragoman::ingest {
namespace {

// Columns of LineFeatures.
constexpr size_t kWords = 0, kSentence = 3, kPhrase = 7, kRepeated = 11;
constexpr float kSure = 0.8F;
constexpr size_t kManyAlike = 8;  // so many on each side are looked at

// Mean and least score of the known terms of a line.
double mean_score(const std::array<float, kTermColumns>& score) { return score[3] > 0 ? score[2] : 0; }
double least_score(const std::array<float, kTermColumns>& score) { return score[3] > 0 ? score[0] : 0; }

float clipped(ptrdiff_t distance, ptrdiff_t most) { return static_cast<float>(std::clamp(distance, -most, most)); }

}  // namespace

LineSurroundings::LineSurroundings(const std::vector<LineFeatures>& features, const std::vector<float>& network,
                                   const std::vector<std::array<float, kTermColumns>>& scores,
                                   const std::vector<uint64_t>& words)
    : network_(network), scores_(scores), means_(1, 0), least_(1, 0), text_(1, 0), phrases_(1, 0) {
  const size_t count = network.size();
  double all_words = 0, all = 0, likely = 0, sentences = 0, repeated = 0;
  ptrdiff_t last = -1;
  for (size_t i = 0; i < count; ++i) {
    const LineFeatures& line = features[i];
    words_.push_back(std::round(std::exp2(7.0 * static_cast<double>(line[kWords])) - 1));
    means_.push_back(means_.back() + mean_score(scores[i]));
    least_.push_back(least_.back() + least_score(scores[i]));
    text_.push_back(text_.back() + static_cast<double>(network[i]) * words_[i]);
    phrases_.push_back(phrases_.back() + static_cast<double>(line[kPhrase]));
    before_.push_back(last);
    if (network[i] > kSure) last = static_cast<ptrdiff_t>(i);
    all_words += words_[i];
    all += static_cast<double>(network[i]);
    likely += network[i] > 0.5F;
    sentences += static_cast<double>(line[kSentence]);
    repeated += static_cast<double>(line[kRepeated]);
  }
  const auto lines = static_cast<ptrdiff_t>(count);
  sure_ = {0, lines - 1};
  if (last >= 0) {
    sure_.to = last;
    sure_.from = std::find_if(network.begin(), network.end(), [](float p) { return p > kSure; }) - network.begin();
  }
  behind_.resize(count);
  ptrdiff_t next = lines;
  for (size_t i = count; i-- > 0;) {
    behind_[i] = next;
    if (network[i] > kSure) next = static_cast<ptrdiff_t>(i);
  }
  likely_ = densest(0.5);
  possible_ = densest(0.25);
  find_alike(words);
  const auto share = [&](double part) { return static_cast<float>(part / static_cast<double>(count)); };
  page_ = {share(all),
           static_cast<float>(std::max(text_.back(), 1.0)),
           static_cast<float>(count),
           share(likely),
           static_cast<float>(text_.back() / std::max(all_words, 1.0)),
           share(sentences),
           share(repeated)};
}

// The stretch with the most text, where what the network gives less than the limit costs (maximum subarray).
LineSurroundings::Stretch LineSurroundings::densest(double limit) const {
  constexpr double kLongest = 60;  // words
  Stretch found;
  double best = 0, sum = 0;
  ptrdiff_t from = 0;
  for (size_t i = 0; i < network_.size(); ++i) {
    sum += (static_cast<double>(network_[i]) - limit) * std::sqrt(std::min(1 + words_[i], kLongest));
    if (sum <= 0) {
      sum = 0;
      from = static_cast<ptrdiff_t>(i) + 1;
    } else if (sum > best) {
      best = sum;
      found = {from, static_cast<ptrdiff_t>(i) + 1};
    }
  }
  return found;
}

void LineSurroundings::find_alike(const std::vector<uint64_t>& words) {
  alike_.resize(words.size());
  std::vector<size_t> order(words.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return words[a] != words[b] ? words[a] < words[b] : a < b; });
  for (size_t from = 0; from < order.size();) {
    size_t to = from + 1;
    while (to < order.size() && words[order[to]] == words[order[from]]) ++to;
    for (size_t at = from; to - from > 1 && at < to; ++at) {
      Alike& alike = alike_[order[at]];
      alike.times = static_cast<float>(to - from);
      double sum = 0, others = 0;
      const size_t first = at - std::min(at - from, kManyAlike), end = std::min(to, at + 1 + kManyAlike);
      for (size_t other = first; other < end; ++other) {
        if (other == at) continue;
        const float p = network_[order[other]];
        const size_t distance = other < at ? order[at] - order[other] : order[other] - order[at];
        alike.most = std::max(alike.most, p);
        alike.nearest = std::min(alike.nearest, static_cast<float>(distance));
        sum += static_cast<double>(p);
        others += 1;
      }
      alike.mean = static_cast<float>(sum / others);
    }
    from = to;
  }
}

double LineSurroundings::mean(const std::vector<double>& sums, ptrdiff_t from, ptrdiff_t to) const {
  from = std::max<ptrdiff_t>(from, 0);
  to = std::min(to, static_cast<ptrdiff_t>(network_.size()));
  if (to <= from) return 0;
  return (sums[static_cast<size_t>(to)] - sums[static_cast<size_t>(from)]) / static_cast<double>(to - from);
}

float* LineSurroundings::put_words(size_t line, float* x) const {
  const auto i = static_cast<ptrdiff_t>(line);
  const auto put_means = [&](const std::vector<double>& sums, ptrdiff_t reach) {
    *x++ = static_cast<float>(mean(sums, i - reach, i));
    *x++ = static_cast<float>(mean(sums, i + 1, i + 1 + reach));
  };
  const auto score = [&](ptrdiff_t at, double (*which)(const std::array<float, kTermColumns>&)) {
    const bool there = 0 <= at && at < static_cast<ptrdiff_t>(scores_.size());
    *x++ = there ? static_cast<float>(which(scores_[static_cast<size_t>(at)])) : 0.0F;
  };
  for (const ptrdiff_t reach : {3, 8, 20}) put_means(means_, reach);
  for (const ptrdiff_t reach : {3, 8}) put_means(least_, reach);
  for (const ptrdiff_t step : {-1, 1, -2, 2}) score(i + step, mean_score);
  for (const ptrdiff_t step : {-1, 1}) score(i + step, least_score);
  return x;
}

float* LineSurroundings::put_stretches(size_t line, float* x) const {
  const auto i = static_cast<ptrdiff_t>(line);
  const auto lines = static_cast<ptrdiff_t>(network_.size());
  const auto part = [](ptrdiff_t a, ptrdiff_t b) {
    return static_cast<float>(static_cast<double>(a) / static_cast<double>(std::max<ptrdiff_t>(b, 1)));
  };
  for (const Stretch& stretch : {likely_, possible_}) {
    *x++ = part(i - stretch.from, stretch.to - stretch.from);
    *x++ = clipped(i - stretch.from, 50);
    *x++ = clipped(i - stretch.to, 50);
    *x++ = static_cast<float>(stretch.to - stretch.from);
    *x++ = part(stretch.to - stretch.from, lines);
  }
  *x++ = clipped(i - sure_.from, 100);
  *x++ = clipped(i - sure_.to, 100);
  *x++ = part(i - sure_.from, sure_.to - sure_.from);
  const double text = std::max(text_.back(), 1.0);
  *x++ = static_cast<float>(text_[line] / text);
  *x++ = static_cast<float>(text_[line]);
  *x++ = static_cast<float>(text - text_[line + 1]);
  constexpr float kFar = 200;
  const ptrdiff_t before = before_[line], behind = behind_[line];
  *x++ = static_cast<float>(phrases_[line] - phrases_[static_cast<size_t>(before + 1)]);
  *x++ = static_cast<float>(phrases_[static_cast<size_t>(behind)] - phrases_[line + 1]);
  *x++ = before >= 0 ? static_cast<float>(i - before) : kFar;
  *x++ = behind < lines ? static_cast<float>(behind - i) : kFar;
  return x;
}

void LineSurroundings::put(size_t line, float* x) const {
  x = put_stretches(line, put_words(line, x));
  const Alike& alike = alike_[line];
  for (const float value : {alike.times, alike.most, alike.nearest, alike.mean}) *x++ = value;
  std::copy(page_.begin(), page_.end(), x);
}

}  // namespace dragoman::ingest
