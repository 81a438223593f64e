// SPDX-License-Identifier: Apache-2.0
#include "store/likeness.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "base/civil.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/fold.h"

namespace dragoman::store {
namespace {

using namespace std::string_view_literals;

// Of 64 values. Ten words changed, one by one, in a text of 400 leave three quarters of its runs of five.
constexpr size_t kSameText = 49, kSameAddress = 16;
// A text that comes again after days is a form filled in anew: weather, shares, results.
constexpr int kMostDays = 3;

bool is_tracking(std::string_view name) {
  static constexpr std::array kNames = {"fbclid"sv, "gclid"sv,      "dclid"sv, "msclkid"sv, "igshid"sv, "mc_cid"sv,
                                        "mc_eid"sv, "cmpid"sv,      "ref"sv,   "source"sv,  "src"sv,    "output"sv,
                                        "amp"sv,    "outputtype"sv, "smid"sv,  "partner"sv, "ocid"sv,   "xtor"sv};
  return name.starts_with("utm_") || name.starts_with("at_") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string without_tracking(std::string_view query) {
  std::vector<std::string> kept;
  for (const std::string_view part : base::split(query, '&')) {
    if (!part.empty() && !is_tracking(base::lower_ascii(part.substr(0, part.find('='))))) kept.emplace_back(part);
  }
  std::sort(kept.begin(), kept.end());
  return base::join(kept, "&");
}

size_t equal_values(const Sketch& a, const Sketch& b) {
  size_t equal = 0;
  for (size_t i = 0; i < kSketch; ++i) equal += a[i] == b[i] ? 1U : 0U;
  return equal;
}

uint64_t hash_of(const std::string& text) { return text.empty() ? 0 : base::quick_hash(text) | 1U; }

// Of a text of n runs, the values are the least of n numbers each: where all 64 are small, n is ten or more.
bool has_runs(const Sketch& sketch) {
  return *std::max_element(sketch.begin(), sketch.end()) < std::numeric_limits<uint32_t>::max() / 2;
}

}  // namespace

std::string canonical_address(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('#'));
  const size_t question = url.find('?');
  const std::string query = question == std::string_view::npos ? "" : without_tracking(url.substr(question + 1));
  url = url.substr(0, question);
  const size_t slash = url.find('/');
  std::string host = base::lower_ascii(url.substr(0, slash));
  for (const std::string_view prefix : {"www."sv, "m."sv, "mobile."sv, "amp."sv}) {
    if (host.starts_with(prefix)) host.erase(0, prefix.size());
  }
  for (const std::string_view port : {":80"sv, ":443"sv}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  std::string_view path = slash == std::string_view::npos ? ""sv : url.substr(slash);
  for (const std::string_view end : {"/"sv, "/amp"sv, "/"sv}) {
    if (path.ends_with(end)) path.remove_suffix(end.size());
  }
  if (path.empty() && query.empty()) return {};
  return host + std::string(path) + (query.empty() ? "" : "?" + query);
}

Likeness likeness_of(const std::string& url, const std::string& title, const std::string& published,
                     const Sketch& sketch) {
  Likeness likeness;
  likeness.address = hash_of(canonical_address(url));
  likeness.title = hash_of(folded(title));
  if (const auto day = base::parse_civil_day(published))
    likeness.day = static_cast<int>(day->time_since_epoch().count());
  likeness.sketch = sketch;
  likeness.long_enough = has_runs(sketch);
  return likeness;
}

Likeness likeness_of(const Article& article) {
  return likeness_of(article.url, article.title, article.published ? article.published->value : "",
                     sketch_of(article.text));
}

bool are_same(const Likeness& a, const Likeness& b) {
  const bool days_apart = a.day && b.day && std::abs(*a.day - *b.day) > kMostDays;
  const size_t equal = equal_values(a.sketch, b.sketch);
  if (a.long_enough && b.long_enough && equal >= kSameText && !days_apart) return true;
  if (a.address == 0 || a.address != b.address) return false;
  const bool one_title = a.title != 0 && a.title == b.title;
  return equal >= kSameAddress || (one_title && (!a.day || !b.day || *a.day == *b.day));
}

uint64_t LikenessIndex::key(const Likeness& likeness, size_t which) {
  if (which == kBands) return likeness.address * 0x9E3779B97F4A7C15U >> 20U;
  uint64_t hash = which + 1;
  for (size_t i = 0; i < 4; ++i) {
    hash = (hash ^ likeness.sketch[which * 4 + i]) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29U;
  }
  return hash;
}

void LikenessIndex::link(uint32_t number) {
  for (size_t which = 0; which < kKeys; ++which) {
    if (which == kBands ? all_[number].address == 0 : !all_[number].long_enough) continue;
    uint32_t& head = heads_[bucket(key(all_[number], which))];
    const size_t entry = size_t{number} * kKeys + which;
    next_[entry] = head;
    head = static_cast<uint32_t>(entry + 1);
  }
}

uint32_t LikenessIndex::add(const Likeness& likeness) {
  const auto number = static_cast<uint32_t>(all_.size());
  all_.push_back(likeness);
  next_.resize(all_.size() * kKeys);
  if (all_.size() * kKeys > heads_.size()) {
    heads_.assign(std::max<size_t>(1024, heads_.size() * 2), 0);
    for (uint32_t i = 0; i <= number; ++i) link(i);
  } else {
    link(number);
  }
  return number;
}

std::vector<uint32_t> LikenessIndex::same_as(const Likeness& likeness) const {
  std::vector<uint32_t> found;
  if (heads_.empty()) return found;
  for (size_t which = 0; which < kKeys; ++which) {
    if (which == kBands ? likeness.address == 0 : !likeness.long_enough) continue;
    const uint64_t wanted = key(likeness, which);
    for (uint32_t entry = heads_[bucket(wanted)]; entry != 0; entry = next_[entry - 1]) {
      const uint32_t number = (entry - 1) / static_cast<uint32_t>(kKeys);
      if ((entry - 1) % kKeys == which && key(all_[number], which) == wanted) found.push_back(number);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase_if(found, [&](uint32_t number) { return !are_same(all_[number], likeness); });
  return found;
}

}  // namespace dragoman::store
