// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/grammar.h"
#include "language/heads.h"
#include "language/label_lists.h"
#include "language/lemma.h"
#include "language/tree_rules.h"
#include "neural/linear.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// The head for words' tags, lemmas and dependency trees: biaffine scores of each token under each other (Dozat and
/// Manning 2017), then the best tree, then what the rules of trees ask. training/tasks/parse.py runs the same. Const
/// and shared by threads.
class Parser {
 public:
  static bool is_in(const neural::Model& model);

  /// Reads parse.* and the manifest's heads.parse. Throws Failure (kModel).
  Parser(const neural::Model& model, int hidden);

  int hidden() const { return tag_in_.in(); }

  /// The tokens of a sentence. words: its words in `text`; vectors: [words, hidden].
  SentenceGrammar parse(std::string_view text, const std::vector<Span>& words, const float* vectors,
                        HeadScratch& scratch) const;

 private:
  Parser(const neural::Model& model, int hidden, GrammarLabels labels);
  void describe(std::string_view text, const std::vector<float>& inner, SentenceGrammar& sentence,
                HeadScratch& scratch) const;
  void connect(const std::vector<float>& rows, SentenceGrammar& sentence, HeadScratch& scratch) const;
  std::string lemma(std::string_view form, const float* logits) const;

  std::vector<std::string> tags_, fine_tags_, features_, relations_;
  TreeRules rules_;
  std::vector<LemmaScript> lemmas_;
  neural::Linear tag_in_, join_, tag_, fine_tag_, feature_, lemma_;
  neural::Linear arc_word_, arc_head_, arc_;
  neural::Linear rel_word_, rel_head_, rel_, rel_out_;
  std::vector<float> root_;
};

/// Collects the words of an article and parses them sentence by sentence.
class SentenceParser {
 public:
  SentenceParser(const Parser& parser, std::string_view text, HeadScratch& scratch)
      : parser_(parser), text_(text), scratch_(scratch) {}

  void add(Span word, const float* vector);
  /// The sentence is complete.
  void end();

  std::vector<SentenceGrammar> take() { return std::move(done_); }

 private:
  void parse_part();

  const Parser& parser_;
  std::string_view text_;
  HeadScratch& scratch_;
  std::vector<Span> words_;
  std::vector<float> vectors_;
  SentenceGrammar sentence_;
  std::vector<SentenceGrammar> done_;
};

/// Where the tokens of a sentence lie: a token is a word and those after it that join it. "n't" is a token of its own.
struct TokenPlace {
  Span span;
  uint32_t word = 0;  ///< its first
  bool operator==(const TokenPlace&) const = default;
};
std::vector<TokenPlace> cut_tokens(std::string_view text, const std::vector<Span>& words,
                                   const std::vector<char>& joins);

}  // namespace dragoman::language
