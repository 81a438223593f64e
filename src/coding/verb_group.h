// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace dragoman::coding {

/// Of words in lower case, as terms_of() gives them: what stands in a group before its verb.
bool is_auxiliary(std::string_view word);     ///< "will", "has", "been", "to", "not"
bool is_form_of_be(std::string_view word);    ///< of these, what makes the passive: "was", "been"
bool is_verbs_adverb(std::string_view word);  ///< "soon", "already", "jointly"

}  // namespace dragoman::coding
