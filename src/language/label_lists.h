// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "language/wordpiece.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// What the manifest of a reader says of its heads ("heads" in manifest.json).
struct LabelLists {
  std::vector<std::string> modes;
  double trigger = 0.4;  ///< least probability of some event type for a trigger
  double cue = 0.5;      ///< least probability of a cue
  double recipient = 1;  ///< least probability of a word to be of a recipient (SpanRule::inside)
};

/// Reads them; the event types, statuses, roles and kinds must be this program's, in its order. Throws Failure
/// (kModel).
LabelLists read_label_lists(const neural::Model& model);

/// Throws Failure (kModel) where the event types are not this program's, in its order.
void check_event_types(const neural::Model& model);

/// Throws Failure (kModel) where the vocabulary, the word shapes or the positions are not those that `model` needs to
/// read sequences of so many pieces beside [CLS] and [SEP].
void check_sizes(const neural::Model& model, const WordPiece& tokenizer, uint32_t pieces);

/// What the head for words and their trees can say ("heads.parse").
struct GrammarLabels {
  std::vector<std::string> tags, fine_tags, features, relations;
  std::vector<std::string> lemmas;  ///< as LemmaScript reads them
};

/// Throws Failure (kModel).
GrammarLabels read_grammar_labels(const neural::Model& model);

}  // namespace dragoman::language
