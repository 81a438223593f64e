// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace dragoman::serve {

/// Lets through who asks this server by its own name and not from another site's page: a page elsewhere can make a
/// browser send requests here, under a name of its own that it makes resolve to this machine (DNS rebinding) or not.
class Guard {
 public:
  explicit Guard(std::string host) : host_(std::move(host)) {}

  /// The refusal (400, 403), or nothing.
  std::optional<Response> refusal(const Request& request) const;

  /// The name of a Host header without its port; IPv6 addresses in brackets.
  static std::string_view name_of(std::string_view host);

 private:
  bool is_ours(std::string_view name) const;

  std::string host_;
};

/// Whether both are the same; takes the same time wherever they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace dragoman::serve
