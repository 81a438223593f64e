// SPDX-License-Identifier: Apache-2.0
#include "serve/guard.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"

namespace dragoman::serve {
namespace {

/// An address in digits: no page elsewhere can be under that name.
bool is_address(const std::string& name) {
  unsigned char bytes[sizeof(in6_addr)];
  if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
    return inet_pton(AF_INET6, name.substr(1, name.size() - 2).c_str(), bytes) == 1;
  }
  return inet_pton(AF_INET, name.c_str(), bytes) == 1;
}

}  // namespace

std::string_view Guard::name_of(std::string_view host) {
  if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool Guard::is_ours(std::string_view name) const {
  const std::string lower = base::lower_ascii(name);
  return lower == "localhost" || lower == base::lower_ascii(host_) || is_address(lower);
}

std::optional<Response> Guard::refusal(const Request& request) const {
  const auto hosts = std::count_if(request.headers.begin(), request.headers.end(),
                                   [](const auto& header) { return header.first == "host"; });
  if (hosts != 1) return error_response(400, "syntax", "the request names no host, or several");
  const std::string_view host = request.header("host");
  if (!is_ours(name_of(host))) {
    return error_response(
        403, "host", "this server is not called " + std::string(host) + "; use its address in digits, or localhost");
  }
  const std::string_view origin = request.header("origin");
  const size_t mark = origin.find("://");
  if (!origin.empty() && (mark == std::string_view::npos || origin.substr(mark + 3) != host)) {
    return error_response(403, "origin", "pages of other sites may not ask this server");
  }
  return std::nullopt;
}

bool same_secret(std::string_view a, std::string_view b) {
  unsigned char differs = a.size() == b.size() ? 0 : 1;
  for (size_t i = 0; i < a.size() && !b.empty(); ++i) {
    differs = static_cast<unsigned char>(differs | (a[i] ^ b[i % b.size()]));
  }
  return differs == 0;
}

}  // namespace dragoman::serve
