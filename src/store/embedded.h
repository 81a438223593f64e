// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/embedded.h"

namespace dragoman::embedded {

// Tables that a store works with; it is opened without a folder of the knowledge.
extern const Table stories_acts;       ///< data/stories/acts.tsv
extern const Table stories_words;      ///< data/stories/words.tsv
extern const Table instruments_heads;  ///< data/instruments/heads.tsv
extern const Table instruments_steps;  ///< data/instruments/steps.tsv
extern const Table ontology_issues;    ///< data/ontology/issues.tsv

}  // namespace dragoman::embedded
