// SPDX-License-Identifier: Apache-2.0
#include "coding/position_choice.h"

#include <charconv>
#include <cmath>

#include "base/files.h"
#include "base/text.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

constexpr size_t kMostNets = 16;

// from_chars for doubles is not in every standard library this builds with, and strtod follows the locale: the
// tables hold plain decimals ("-0.0123"), also as "1e-05".
bool read_number(std::string_view text, double& value) {
  size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  double digits = 0;
  int places = 0;
  size_t count = 0;
  for (bool fraction = false; at < text.size() && text[at] != 'e'; ++at) {
    if (text[at] == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!base::is_ascii_digit(text[at])) return false;
    digits = digits * 10 + (text[at] - '0');
    ++count;
    if (fraction) ++places;
  }
  int exponent = 0;
  if (at < text.size()) {
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    const char* const end = text.data() + text.size();
    if (std::from_chars(text.data() + at, end, exponent).ptr != end) return false;
  }
  // A quotient of two exact numbers is the nearest one; so the value is that of any other reader.
  const int scale = exponent - places;
  const double power = std::pow(10.0, std::abs(scale));
  value = scale < 0 ? digits / power : digits * power;
  if (negative) value = -value;
  return count > 0 && count <= 15 && std::abs(scale) <= 22;
}

}  // namespace

PositionChoice::PositionChoice(const std::string& path, size_t inputs, size_t types) {
  Result<std::string> text = base::read_file(path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, path});
  const knowledge::Table table(path, *text, {"net", "part", "row", "values"});
  for (size_t r = 0; r < table.rows(); ++r) {
    const std::string_view part = table.field(r, table.column("part"));
    const std::string_view values = table.field(r, table.column("values"));
    if (part == "issues") {
      for (std::string_view issue : base::split(values, ' ')) issues_.emplace_back(issue);
      continue;
    }
    std::vector<double> row;
    for (std::string_view item : base::split(values, ' ')) {
      row.emplace_back();
      if (!read_number(item, row.back())) table.fail(r, "not a number: '" + std::string(item) + "'");
    }
    if (part == "threshold") {
      threshold_ = row.front();
      continue;
    }
    double number = 0;
    if (!read_number(table.field(r, table.column("net")), number) || number < 0 || number >= kMostNets)
      table.fail(r, "no number of a network");
    const auto n = static_cast<size_t>(number);
    if (nets_.size() <= n) nets_.resize(n + 1);
    Net& net = nets_[n];
    if (part == "a") {
      net.a.push_back(std::move(row));
    } else if (part == "pair") {
      net.pair.push_back(std::move(row));
    } else {
      std::vector<double>* const whole = part == "mean"     ? &net.mean
                                         : part == "scale"  ? &net.scale
                                         : part == "c"      ? &net.c
                                         : part == "b"      ? &net.b
                                         : part == "linear" ? &net.linear
                                         : part == "bias"   ? &net.bias
                                         : part == "issue"  ? &net.issue
                                                            : nullptr;
      if (whole == nullptr) table.fail(r, "no such part: '" + std::string(part) + "'");
      *whole = std::move(row);
    }
  }
  check(path, inputs, types);
}

void PositionChoice::check(const std::string& path, size_t inputs, size_t types) const {
  bool fits = !nets_.empty() && !issues_.empty();
  for (const Net& net : nets_) {
    fits = fits && net.mean.size() == inputs && net.scale.size() == inputs && net.linear.size() == inputs &&
           net.bias.size() == 1 && net.issue.size() == issues_.size() && net.pair.size() == issues_.size() &&
           net.c.size() == net.a.size() && net.b.size() == net.a.size();
    for (const auto& row : net.a) fits = fits && row.size() == inputs;
    for (const auto& row : net.pair) fits = fits && row.size() == types;
    for (const double scale : net.scale) fits = fits && scale > 0;
  }
  if (!fits)
    throw Failure({ErrorCode::kKnowledge, "the parts of a network do not fit each other or this version", path});
}

double PositionChoice::logit(const Net& net, const std::vector<double>& inputs, size_t issue, size_t type) const {
  std::vector<double> x(inputs.size());
  double logit = net.bias[0] + net.issue[issue] + net.pair[issue][type];
  for (size_t k = 0; k < x.size(); ++k) {
    x[k] = (inputs[k] - net.mean[k]) / net.scale[k];
    logit += net.linear[k] * x[k];
  }
  for (size_t h = 0; h < net.a.size(); ++h) {
    double sum = net.c[h];
    for (size_t k = 0; k < x.size(); ++k) sum += net.a[h][k] * x[k];
    logit += net.b[h] * std::tanh(sum);
  }
  return logit;
}

double PositionChoice::logit(const std::vector<double>& inputs, size_t issue, size_t type) const {
  double sum = 0;
  for (const Net& net : nets_) sum += logit(net, inputs, issue, type);
  return sum / static_cast<double>(nets_.size());
}

}  // namespace dragoman::coding
