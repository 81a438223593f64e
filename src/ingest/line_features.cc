// SPDX-License-Identifier: Apache-2.0
#include "ingest/line_features.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/find.h"
#include "base/text.h"
#include "ingest/furniture.h"
#include "ingest/hash_counts.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

#include "ingest/line_model.inc"

using Shape = TextFacts;

bool has(std::string_view line, std::string_view part) { return base::contains(line, part); }

bool is_good(const Shape& shape) { return shape.sentence && shape.words >= 10; }

class Reader {
 public:
  Reader(const std::vector<Line>& lines, const std::vector<Shape>& shapes) : lines_(lines), shapes_(shapes) {
    HashCounts seen(lines.size());
    for (const Shape& shape : shapes) seen_.push_back(seen.add(shape.likeness));
    for (uint32_t& place : seen_) place = seen.count(place);
    densest();
    prefix_.push_back(0);
    for (const Shape& shape : shapes_) prefix_.push_back(prefix_.back() + (is_good(shape) ? shape.words : 0));
  }

  std::vector<LineFeatures> all() {
    const size_t count = lines_.size();
    std::vector<LineFeatures> out(count);
    for (size_t i = 0; i < count; ++i) {
      out[i].fill(0);
      own(i, out[i].data());
    }
    for (size_t i = 0; i < count; ++i) {
      context(i, out[i].data() + kOwnFeatures);
      float* at = out[i].data() + kOwnFeatures + kContextFeatures;
      for (int d = -kNeighbours; d <= kNeighbours; ++d) {
        if (d == 0) continue;
        const auto j = static_cast<ptrdiff_t>(i) + d;
        if (j >= 0 && j < static_cast<ptrdiff_t>(count)) {
          std::copy_n(out[static_cast<size_t>(j)].data(), kNeighbourFeatures, at);
        }
        at += kNeighbourFeatures;
      }
    }
    return out;
  }

 private:
  void own(size_t i, float* f) const {
    const std::string_view line = lines_[i].text;
    const Shape& s = shapes_[i];
    const auto words = static_cast<float>(std::max(s.words, 1));
    int at = 0;
    const auto put = [&](float value) { f[at++] = value; };
    const auto flag = [&](bool value) { f[at++] = value ? 1.0F : 0.0F; };
    // The first kNeighbourFeatures are shown to the neighbours too.
    put(std::min(1.0F, std::log2(1.0F + static_cast<float>(s.words)) / 7.0F));
    flag(s.words <= 3);
    flag(s.words >= 10);
    flag(s.sentence);
    flag(is_good(s));
    put(static_cast<float>(s.function) / words);
    put(static_cast<float>(s.capital) / words);
    flag(static_cast<bool>(s.phrase));
    flag(s.phrase.begins_section);
    flag(s.credit);
    flag(s.date);
    flag(seen_[i] > 1);
    put(s.letters == 0 ? 1.0F : static_cast<float>(s.digits) / static_cast<float>(line.size()));
    flag(line.ends_with(':'));
    // The rest is for the line alone.
    flag(s.words == 1);
    flag(s.words >= 4 && s.words <= 6);
    flag(s.words >= 7 && s.words <= 9);
    flag(s.words >= 16);
    flag(s.words >= 30);
    flag(s.words >= 60);
    flag(s.inner_ends >= 1);
    flag(s.inner_ends >= 3);
    flag(s.commas >= 1);
    flag(s.commas >= 3);
    flag(s.quote || (s.beyond_ascii && has(line, "\xE2\x80\x9C")));
    flag('a' <= line[0] && line[0] <= 'z');
    flag(base::is_ascii_digit(line[0]));
    flag(s.letters > 3 && s.upper * 10 >= s.letters * 8);
    flag(s.bar || (s.beyond_ascii && (has(line, "\xC2\xBB") || has(line, "\xE2\x80\xBA"))) || has(line, " > "));
    flag((s.beyond_ascii && has(line, "\xC2\xA9")) || has(line, "opyright"));
    flag(s.at_sign);
    flag(s.web);
    flag(line[0] == '#' || line.starts_with("\xE2\x80\xA2"));
    flag(line.ends_with("...") || line.ends_with("\xE2\x80\xA6"));
    flag(line.ends_with('?'));
    flag(line.ends_with('.'));
    flag(seen_[i] > 2);
    flag(s.you || line.starts_with("Your "));
    flag(s.our);
    flag(s.said);
    flag(s.words >= 5 && s.function == 0);
    flag(line.starts_with("By ") || line.starts_with("by "));
    flag(s.title);
    flag(s.open_bracket && s.close_bracket);
  }

  void context(size_t i, float* f) const {
    const auto count = static_cast<float>(lines_.size());
    const auto at_line = static_cast<float>(i);
    int at = 0;
    const auto put = [&](float value) { f[at++] = value; };
    const auto flag = [&](bool value) { f[at++] = value ? 1.0F : 0.0F; };
    const auto total = static_cast<float>(std::max(prefix_.back(), 1));
    put(at_line / count);
    flag(i < 3);
    flag(i + 3 >= lines_.size());
    put(std::min(1.0F, std::log2(1.0F + count) / 12.0F));
    put(static_cast<float>(prefix_[i]) / total);
    flag(prefix_[i] == 0);
    flag(prefix_[i + 1] == prefix_.back());
    flag(from_ <= i && i < to_);
    flag(i < from_);
    flag(i >= to_);
    put(std::exp(-static_cast<float>(i < from_ ? from_ - i : i >= to_ ? i - to_ + 1 : 0) / 8.0F));
    for (const size_t reach : {2UL, 5UL, 12UL}) {
      const auto [good, share] = around(i, reach);
      put(good);
      put(share);
    }
    put(nearest(i, -1));
    put(nearest(i, +1));
    flag(lines_[i].after_blank);
    flag(i + 1 < lines_.size() && lines_[i + 1].after_blank);
    flag(blanks_);
    put(section_before(i));
    put(std::min(1.0F, std::log2(1.0F + total) / 14.0F));
    put(run(i));
    put(static_cast<float>(to_ - from_) / count);
    flag(after_title(i));
    flag(i > 0 && lines_[i - 1].text.ends_with(':'));
  }

  // Share of good lines among the neighbours, and of words that stand in good lines.
  std::pair<float, float> around(size_t i, size_t reach) const {
    size_t good = 0, all = 0;
    int words = 0, good_words = 0;
    const size_t from = i > reach ? i - reach : 0;
    for (size_t j = from; j < std::min(lines_.size(), i + reach + 1); ++j) {
      if (j == i) continue;
      ++all;
      words += shapes_[j].words;
      if (is_good(shapes_[j])) {
        ++good;
        good_words += shapes_[j].words;
      }
    }
    if (all == 0) return {0.5F, 0.5F};
    return {static_cast<float>(good) / static_cast<float>(all),
            words == 0 ? 0.0F : static_cast<float>(good_words) / static_cast<float>(words)};
  }

  // exp(-distance) of the next good line in a direction, at most 30 lines away.
  float nearest(size_t i, int step) const {
    auto j = static_cast<ptrdiff_t>(i);
    for (int distance = 1; distance <= 30; ++distance) {
      j += step;
      if (j < 0 || j >= static_cast<ptrdiff_t>(lines_.size())) return 0;
      if (is_good(shapes_[static_cast<size_t>(j)])) return std::exp(-static_cast<float>(distance - 1) / 4.0F);
    }
    return 0;
  }

  // A heading such as "Most read" above, with no running text between.
  float section_before(size_t i) const {
    for (size_t back = 1; back <= 25 && back <= i; ++back) {
      if (shapes_[i - back].phrase.begins_section) return std::exp(-static_cast<float>(back - 1) / 10.0F);
      if (is_good(shapes_[i - back]) && shapes_[i - back].words >= 25) return 0;
    }
    return 0;
  }

  // How many lines around are as short as this one: menus and lists of tags.
  float run(size_t i) const {
    int same = 0;
    for (const int step : {-1, 1}) {
      auto j = static_cast<ptrdiff_t>(i);
      for (int distance = 1; distance <= 8; ++distance) {
        j += step;
        if (j < 0 || j >= static_cast<ptrdiff_t>(lines_.size())) break;
        if (shapes_[static_cast<size_t>(j)].words > 5) break;
        ++same;
      }
    }
    return static_cast<float>(same) / 16.0F;
  }

  bool after_title(size_t i) const {
    for (size_t back = 1; back <= 6 && back <= i; ++back) {
      if (shapes_[i - back].title) return true;
    }
    return false;
  }

  // The stretch with the most words in good lines, where each other line costs 12 words (maximum subarray).
  void densest() {
    float best = 0, sum = 0;
    size_t start = 0;
    for (size_t i = 0; i < shapes_.size(); ++i) {
      sum += is_good(shapes_[i]) ? static_cast<float>(std::min(shapes_[i].words, 80)) : -12.0F;
      if (sum <= 0) {
        sum = 0;
        start = i + 1;
      } else if (sum > best) {
        best = sum;
        from_ = start;
        to_ = i + 1;
      }
    }
    for (size_t i = 1; i < lines_.size(); ++i) blanks_ = blanks_ || lines_[i].after_blank;
  }

  const std::vector<Line>& lines_;
  const std::vector<Shape>& shapes_;
  std::vector<uint32_t> seen_;  // how many lines are like each
  std::vector<int> prefix_;
  size_t from_ = 0, to_ = 0;
  bool blanks_ = false;
};

// Kana and Chinese signs, U+3040 to U+9FFF, which stand without spaces; two make a word or so.
bool is_sign(std::string_view line, size_t at) {
  const auto first = static_cast<unsigned char>(line[at]);
  if (first < 0xE3 || first > 0xE9 || at + 1 >= line.size()) return false;
  return first > 0xE3 || static_cast<unsigned char>(line[at + 1]) >= 0x81;
}

std::vector<TextFacts> facts_of_lines(const std::vector<Line>& lines, std::string_view title) {
  const std::string folded = fold_line(title);
  std::vector<TextFacts> facts;
  facts.reserve(lines.size());
  for (const Line& line : lines) facts.push_back(facts_of(line.text, folded));
  return facts;
}

}  // namespace

bool ends_sentence(std::string_view line) {
  constexpr size_t kLongestEnd = 64;  // bytes of marks
  line = line.substr(line.size() - std::min(line.size(), kLongestEnd));
  for (bool more = true; more && !line.empty();) {
    more = false;
    for (const std::string_view mark :
         {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE2\x80\x9C"}) {
      if (!line.ends_with(mark)) continue;
      line.remove_suffix(mark.size());
      more = true;
    }
  }
  for (const std::string_view mark :
       {".", "!", "?", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\xE0\xA5\xA4", "\xD8\x9F"}) {
    if (line.ends_with(mark)) return true;
  }
  return false;
}

int count_signs_of(std::string_view line) {
  int signs = 0;
  for (size_t i = 0; i < line.size(); ++i) signs += is_sign(line, i);
  return signs;
}

int count_words(std::string_view line) {
  int words = 0, signs = 0;
  bool inside = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool letter = base::is_ascii_alpha(c) || base::is_ascii_digit(c) || (c & 0x80) != 0 || c == '\'';
    words += letter && !inside;
    inside = letter;
    signs += is_sign(line, i);
  }
  return words + signs / 2;
}

bool is_date_line(std::string_view line) {
  if (line.size() > 90 || line.size() < 8 || count_words(line) > 14) return false;
  if (std::count_if(line.begin(), line.end(), base::is_ascii_digit) < 5) return false;
  const auto date = parse_publication(line, "text");
  return date && date->value.size() >= 10;
}

std::vector<LineFeatures> line_features(const std::vector<Line>& lines, std::string_view title) {
  return Reader(lines, facts_of_lines(lines, title)).all();
}

std::vector<LineFeatures> copied_line_features(const std::vector<Line>& lines, std::string_view title) {
  std::vector<TextFacts> facts = facts_of_lines(lines, title);
  for (TextFacts& line : facts) line.words = line.counted;
  return Reader(lines, facts).all();
}

std::vector<LineFeatures> line_features(const std::vector<Line>& lines, const std::vector<TextFacts>& facts) {
  return Reader(lines, facts).all();
}

float body_probability(const LineFeatures& features) {
  // Most features are zero; what one adds to all hidden units stands together.
  static const auto weights = [] {
    std::array<std::array<float, kHidden>, kLineFeatures> by_feature;
    for (size_t i = 0; i < kLineFeatures; ++i) {
      for (size_t h = 0; h < kHidden; ++h) by_feature[i][h] = kHiddenWeights[h][i];
    }
    return by_feature;
  }();
  std::array<float, kHidden> hidden;
  std::copy_n(kHiddenBias, kHidden, hidden.begin());
  for (size_t i = 0; i < kLineFeatures; ++i) {
    const float value = features[i];
    if (value == 0) continue;
    for (size_t h = 0; h < kHidden; ++h) hidden[h] += weights[i][h] * value;
  }
  float out = kOutputBias;
  for (size_t h = 0; h < kHidden; ++h) {
    if (hidden[h] > 0) out += kOutputWeights[h] * hidden[h];
  }
  return 1.0F / (1.0F + std::exp(-out));
}

}  // namespace dragoman::ingest
