// SPDX-License-Identifier: Apache-2.0
#include "coding/verb_group.h"

#include <set>
#include <string>

namespace dragoman::coding {
namespace {

using Words = std::set<std::string, std::less<>>;

const Words kOthers = {"will", "would",  "shall", "should", "can", "could", "may", "might", "must", "has", "have",
                       "had",  "having", "do",    "does",   "did", "d",     "ll",  "ve",    "to",   "not"};
const Words kBe = {"is", "are", "was", "were", "be", "been", "being"};
const Words kAdverbs = {"also",  "never", "soon", "now",  "still", "already",
                        "again", "just",  "only", "then", "later", "since"};

}  // namespace

bool is_auxiliary(std::string_view word) { return kOthers.contains(word) || kBe.contains(word); }

bool is_form_of_be(std::string_view word) { return kBe.contains(word); }

bool is_verbs_adverb(std::string_view word) { return kAdverbs.contains(word) || word.ends_with("ly"); }

}  // namespace dragoman::coding
