// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dragoman::ingest {

/// The names in what a page's data (JSON-LD, <meta>) call its author: "Jane Doe and John Roe, dpa" → three, "Jane Doe,
/// Chief Correspondent | Norland Herald" → one. Data are believed more than words on the page: a name may be one word,
/// an agency or a desk. Addresses, account names ("admin") and titles are none.
std::vector<std::string> names_of_data(std::string_view text);

}  // namespace dragoman::ingest
