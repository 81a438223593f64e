// SPDX-License-Identifier: Apache-2.0
#include "ingest/address.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;

// The scheme before the first colon, in lower case; "" if there is none. Browsers read over tabs and line ends in it.
std::string scheme_of(std::string_view address) {
  std::string scheme;
  for (const char c : address) {
    if (c == ':') return scheme;
    if (c == '\t' || c == '\r' || c == '\n' || (scheme.empty() && static_cast<unsigned char>(c) <= ' ')) continue;
    const bool later = !scheme.empty() && (base::is_ascii_digit(c) || c == '+' || c == '-' || c == '.');
    if (!base::is_ascii_alpha(c) && !later) return {};
    scheme.push_back(c);
  }
  return {};
}

// "/a/./b/../c" → "/a/c"; no ".." leads above the root.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto parts = base::split(path, '/');
  for (size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size(), dots = parts[i] == "."sv || parts[i] == ".."sv;
    if (parts[i] == ".."sv && kept.size() > 1) kept.pop_back();
    if (!dots) kept.push_back(parts[i]);
    if (dots && last) kept.emplace_back();
  }
  std::string out;
  for (size_t i = 0; i < kept.size(); ++i) out.append(i == 0 ? ""sv : "/"sv).append(kept[i]);
  return out;
}

}  // namespace

bool is_web_address(std::string_view address) {
  const std::string start = base::lower_ascii(address.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://");
}

bool has_other_scheme(std::string_view address) {
  const std::string scheme = base::lower_ascii(scheme_of(address));
  return !scheme.empty() && scheme != "http" && scheme != "https";
}

bool may_be_of_page(std::string_view address) {
  const bool whole = address.find("//[") == std::string_view::npos || address.find(']') != std::string_view::npos;
  return whole && !has_other_scheme(address);
}

std::string resolved(std::string_view base, std::string_view reference) {
  if (!is_web_address(base) || reference.empty() || !scheme_of(reference).empty()) return std::string(reference);
  base = base.substr(0, base.find('#'));
  const size_t host = base.find("//") + 2;
  const size_t path = std::min(base.find_first_of("/?", host), base.size());
  const size_t query = std::min(base.find('?', path), base.size());
  if (reference.starts_with("//")) return std::string(base.substr(0, host - 2)).append(reference);
  if (reference[0] == '#') return std::string(base).append(reference);
  if (reference[0] == '?') return std::string(base.substr(0, query)).append(reference);
  const size_t end = std::min(reference.find_first_of("?#"), reference.size());
  std::string way(reference.substr(0, end));
  if (way[0] != '/') {
    const std::string_view folder = base.substr(path, query - path);
    way = std::string(folder.substr(0, folder.rfind('/') + 1)) + way;
    if (way[0] != '/') way = "/" + way;
  }
  return std::string(base.substr(0, path)) + without_dots(way) + std::string(reference.substr(end));
}

}  // namespace dragoman::ingest
