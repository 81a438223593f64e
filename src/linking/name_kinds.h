// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/analysis.h"
#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"

namespace dragoman::linking {

/// What is seen of a name, each with its value: names of the rows of data/language/name_kinds.tsv.
using Observations = std::vector<std::pair<std::string, float>>;

/// What is seen of every name of the analysis (mentions with Mention::kinds): how the reader reads it, what the
/// knowledge and the gazetteer have of it, what its words and those before it are, and how the same name and longer
/// ones that hold it are read elsewhere in the text. In the order of the mentions.
std::vector<std::pair<size_t, Observations>> observe_names(std::string_view text, const Analysis& analysis,
                                                           const knowledge::Knowledge& knowledge,
                                                           const knowledge::Gazetteer& gazetteer);

/// Sets the kind of each name to the likeliest by what is seen of it: logistic regression over the five kinds, whose
/// weights training/name_kinds.py fits. A phrase that ends with the name and had its kind gets its new one. A name of
/// which nothing is known and that the text has once mostly stays what the reader took it for.
void settle_kinds(std::string_view text, const knowledge::Knowledge& knowledge, const knowledge::Gazetteer& gazetteer,
                  Analysis& analysis);

/// "monday", "sundays"; "may"; by data/language/name_nouns.tsv.
bool is_weekday(std::string_view lower);
bool is_month(std::string_view lower);

}  // namespace dragoman::linking
