// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "knowledge/knowledge.h"

namespace dragoman::linking {

/// The state where an outlet is at home, as far as its address tells: the country code at the end of the host
/// ("iol.co.za"), else a country or capital named in it ("koreaherald.com", "bangkokpost.com"); "" if neither.
std::string home_of(const std::string& url, const knowledge::Knowledge& knowledge);

}  // namespace dragoman::linking
