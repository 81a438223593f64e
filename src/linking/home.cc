// SPDX-License-Identifier: Apache-2.0
#include "linking/home.h"

#include <algorithm>

#include "base/text.h"

namespace dragoman::linking {
namespace {

std::string host_of(const std::string& url) {
  const size_t start = url.find("://");
  if (start == std::string::npos) return "";
  return base::lower_ascii(url.substr(start + 3, url.find_first_of("/:?#", start + 3) - start - 3));
}

// The state whose name or capital stands in a label of the host: "koreaherald", "timesofoman".
std::string label_country(const std::string& label, const knowledge::Knowledge& knowledge) {
  constexpr size_t kShortest = 4, kLongest = 16, kInside = 5;
  for (size_t size = std::min(label.size(), kLongest); size >= kShortest; --size)
    for (size_t at = 0; at + size <= label.size(); ++at) {
      if (size < kInside && at > 0 && at + size < label.size()) continue;
      std::string word = label.substr(at, size);
      if ('a' <= word[0] && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
      for (const auto& reading : knowledge.named(word))
        if (reading.entry->kind == knowledge::EntryKind::kCountry &&
            (reading.sense == knowledge::Sense::kName || reading.sense == knowledge::Sense::kCapital))
          return std::string(reading.entry->country);
    }
  return "";
}

}  // namespace

std::string home_of(const std::string& url, const knowledge::Knowledge& knowledge) {
  const std::string host = host_of(url).substr(0, 256);
  if (host.empty()) return "";
  const auto labels = base::split(host, '.');
  if (const auto code = knowledge.code_of_iso2(labels.back()); !code.empty()) return std::string(code);
  for (const auto label : labels)
    if (std::string country = label_country(std::string(label), knowledge); !country.empty()) return country;
  return "";
}

}  // namespace dragoman::linking
