// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/span.h"

namespace dragoman {

/// A token of a sentence with its place in the dependency tree, after Universal Dependencies (English, version 2).
struct Token {
  Span span;  ///< a word, several without white space between ("3.5"), or a part of one ("do" and "n't")
  std::string lemma;
  std::string tag;       ///< universal part of speech: "NOUN"
  std::string fine_tag;  ///< part of speech of the Penn Treebank: "NNS"
  std::string features;  ///< "Number=Plur"; "" for none
  std::string relation;  ///< to its head: "nsubj", "nsubj:pass"; "root"
  uint32_t head = 0;     ///< number of its head among the sentence's tokens, from 1; 0 for the root
  bool operator==(const Token&) const = default;
};

using SentenceGrammar = std::vector<Token>;  ///< in text order; one of them is the root

/// The sentences of an article with their grammar.
struct Grammar {
  Article article;
  std::vector<Span> sentences;
  std::vector<SentenceGrammar> tokens;    ///< one a sentence
  std::vector<std::vector<Span>> chains;  ///< mentions that mean the same, in text order, two at least
};

/// CoNLL-U: `# newdoc`, `# newpar` where a block begins, `# sent_id`, `# text`; in MISC, Entity (the chains as in
/// CorefUD 1.0), SpaceAfter and TokenRange (characters of the article's text). Ends with an empty line.
std::string to_conllu(const Grammar& grammar);

/// One JSON object without a line end (docs/commands/words.md); spans in characters of the article's text.
std::string to_json(const Grammar& grammar);

}  // namespace dragoman
