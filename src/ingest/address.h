// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace dragoman::ingest {

/// True for "http://…" and "https://…".
bool is_web_address(std::string_view address);

/// True for an address whose scheme is another: "javascript:…", "data:…", "tag:…". Relative ones have none.
bool has_other_scheme(std::string_view address);

/// True for what may be the address of a page: of no other scheme, and its host is whole ("http://[::1" is none).
bool may_be_of_page(std::string_view address);

/// A relative address as seen from `base` (RFC 3986, 5.2). As it is where it has a scheme or where `base` is no web
/// address.
std::string resolved(std::string_view base, std::string_view reference);

}  // namespace dragoman::ingest
