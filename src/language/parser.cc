// SPDX-License-Identifier: Apache-2.0
#include "language/parser.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"
#include "language/tree.h"

namespace dragoman::language {
namespace {

constexpr size_t kLongestPart = 256;  // words of a sentence parsed as one; trees cost their square and more

int size_of(const std::vector<std::string>& labels) { return static_cast<int>(labels.size()); }

std::vector<LemmaScript> scripts(const neural::Model& model, const std::vector<std::string>& texts) {
  std::vector<LemmaScript> scripts;
  for (const std::string& text : texts) {
    const auto script = LemmaScript::from(text);
    if (!script) {
      throw Failure({ErrorCode::kModel, "\"" + text + "\" tells no way to a lemma", model.path("manifest.json")});
    }
    scripts.push_back(*script);
  }
  return scripts;
}

std::vector<float> apply(const neural::Linear& layer, const std::vector<float>& rows, HeadScratch& scratch,
                         neural::Epilogue epilogue = neural::Epilogue::kStore) {
  const size_t n = rows.size() / static_cast<size_t>(layer.in());
  std::vector<float> out(n * static_cast<size_t>(layer.out()));
  layer.apply(rows.data(), static_cast<int>(n), out.data(), scratch.linear, epilogue);
  return out;
}

float dot(const float* a, const float* b, size_t n) { return std::inner_product(a, a + n, b, 0.0F); }

// Of rows of words, those of the tokens' first words.
void keep_first_words(const std::vector<TokenPlace>& places, size_t width, std::vector<float>& rows) {
  for (size_t i = 0; i < places.size(); ++i)
    std::copy_n(rows.data() + places[i].word * width, width, rows.data() + i * width);
  rows.resize(places.size() * width);
}

const std::string& best(const std::vector<std::string>& labels, const float* logits) {
  return labels[static_cast<size_t>(std::max_element(logits, logits + labels.size()) - logits)];
}

}  // namespace

bool Parser::is_in(const neural::Model& model) { return model.find("parse.root") != nullptr; }

Parser::Parser(const neural::Model& model, int hidden) : Parser(model, hidden, read_grammar_labels(model)) {}

Parser::Parser(const neural::Model& model, int hidden, GrammarLabels labels)
    : tags_(std::move(labels.tags)),
      fine_tags_(std::move(labels.fine_tags)),
      features_(std::move(labels.features)),
      relations_(std::move(labels.relations)),
      rules_(relations_),
      lemmas_(scripts(model, labels.lemmas)),
      tag_in_(model, "parse.tag_in", hidden, neural::width_of(model, "parse.tag_in")),
      join_(model, "parse.tag.join", tag_in_.out(), 2),
      tag_(model, "parse.tag.upos", tag_in_.out(), size_of(tags_)),
      fine_tag_(model, "parse.tag.xpos", tag_in_.out(), size_of(fine_tags_)),
      feature_(model, "parse.tag.feats", tag_in_.out(), size_of(features_)),
      lemma_(model, "parse.tag.lemma", tag_in_.out(), static_cast<int>(lemmas_.size())),
      arc_word_(model, "parse.arc_word", hidden, neural::width_of(model, "parse.arc_word")),
      arc_head_(model, "parse.arc_head", hidden, arc_word_.out()),
      arc_(model, "parse.arc", arc_word_.out(), arc_word_.out()),
      rel_word_(model, "parse.rel_word", hidden, neural::width_of(model, "parse.rel_word")),
      rel_head_(model, "parse.rel_head", hidden, rel_word_.out()),
      rel_(model, "parse.rel", rel_word_.out(), size_of(relations_) * rel_word_.out()),
      rel_out_(model, "parse.rel_out", rel_word_.out(), size_of(relations_)),
      root_(model.floats("parse.root", std::array{arc_word_.out()})) {
  for (std::string& features : features_)
    if (features == "_") features.clear();
}

namespace {

// "'" | "t" and "'" | "re" behind a word are one token, whatever the head says.
bool ends_clitic(std::string_view text, const std::vector<TokenPlace>& tokens, Span word) {
  static constexpr std::array<std::string_view, 7> kClitics = {"t", "s", "re", "ve", "ll", "d", "m"};
  if (tokens.size() < 2 || tokens[tokens.size() - 2].span.end != tokens.back().span.begin) return false;
  const std::string_view mark = tokens.back().span.of(text);
  if (mark != "'" && mark != "\u2019") return false;
  return std::find(kClitics.begin(), kClitics.end(), base::lower_ascii(word.of(text))) != kClitics.end();
}

}  // namespace

std::vector<TokenPlace> cut_tokens(std::string_view text, const std::vector<Span>& words,
                                   const std::vector<char>& joins) {
  std::vector<TokenPlace> tokens;
  for (uint32_t w = 0; w < words.size(); ++w) {
    const bool adjoins = w > 0 && words[w].begin == tokens.back().span.end;
    if (adjoins && (joins[w] != 0 || ends_clitic(text, tokens, words[w]))) {
      tokens.back().span.end = words[w].end;
    } else {
      tokens.push_back({words[w], w});
    }
  }
  for (size_t i = 1; i < tokens.size(); ++i) {
    Span& verb = tokens[i - 1].span;
    Span& mark = tokens[i].span;
    const std::string_view form = mark.of(text);
    const bool t = form == "'t" || form == "'T" || form == "\u2019t" || form == "\u2019T";
    if (!t || verb.end != mark.begin || verb.size() < 2) continue;
    if (const char last = text[verb.end - 1]; last != 'n' && last != 'N') continue;
    --verb.end;
    --mark.begin;
  }
  return tokens;
}

std::string Parser::lemma(std::string_view form, const float* logits) const {
  std::vector<uint32_t> order(lemmas_.size());
  std::iota(order.begin(), order.end(), 0);
  // The best one fits nearly always; those after it are sorted only where it does not.
  auto sorted = order.begin();
  const auto better = [&](uint32_t a, uint32_t b) { return logits[a] > logits[b]; };
  while (sorted != order.end()) {
    std::iter_swap(sorted, std::min_element(sorted, order.end(), better));
    if (auto lemma = lemmas_[*sorted++].apply(form)) return *lemma;
  }
  return std::string(form);
}

SentenceGrammar Parser::parse(std::string_view text, const std::vector<Span>& words, const float* vectors,
                              HeadScratch& scratch) const {
  std::vector<float> rows(vectors, vectors + words.size() * static_cast<size_t>(hidden()));
  std::vector<float> inner = apply(tag_in_, rows, scratch, neural::Epilogue::kGelu);
  const std::vector<float> join = apply(join_, inner, scratch);
  std::vector<char> joins(words.size());
  for (size_t w = 0; w < words.size(); ++w) joins[w] = join[2 * w + 1] > join[2 * w] ? 1 : 0;
  const std::vector<TokenPlace> places = cut_tokens(text, words, joins);
  keep_first_words(places, static_cast<size_t>(hidden()), rows);
  keep_first_words(places, static_cast<size_t>(tag_in_.out()), inner);
  SentenceGrammar sentence;
  for (const TokenPlace& place : places) sentence.emplace_back().span = place.span;
  describe(text, inner, sentence, scratch);
  connect(rows, sentence, scratch);
  return sentence;
}

// inner: [tokens, width of the tags' layer].
void Parser::describe(std::string_view text, const std::vector<float>& inner, SentenceGrammar& sentence,
                      HeadScratch& scratch) const {
  const std::vector<float> tag = apply(tag_, inner, scratch);
  const std::vector<float> fine_tag = apply(fine_tag_, inner, scratch);
  const std::vector<float> feature = apply(feature_, inner, scratch);
  const std::vector<float> script = apply(lemma_, inner, scratch);
  for (size_t i = 0; i < sentence.size(); ++i) {
    Token& token = sentence[i];
    token.tag = best(tags_, &tag[i * tags_.size()]);
    token.lemma = irregular_lemma(token.span.of(text), token.tag);
    if (token.lemma.empty()) token.lemma = lemma(token.span.of(text), &script[i * lemmas_.size()]);
    token.fine_tag = best(fine_tags_, &fine_tag[i * fine_tags_.size()]);
    token.features = best(features_, &feature[i * features_.size()]);
  }
}

// rows: [tokens, hidden].
void Parser::connect(const std::vector<float>& rows, SentenceGrammar& sentence, HeadScratch& scratch) const {
  const size_t n = sentence.size();
  const auto wide = static_cast<size_t>(arc_.out());
  const std::vector<float> under = apply(arc_, apply(arc_word_, rows, scratch, neural::Epilogue::kGelu), scratch);
  const std::vector<float> above = apply(arc_head_, rows, scratch, neural::Epilogue::kGelu);
  std::vector<double> scores;
  for (size_t i = 0; i < n; ++i) {
    scores.push_back(static_cast<double>(dot(&under[i * wide], root_.data(), wide)));
    for (size_t k = 0; k < n; ++k) scores.push_back(static_cast<double>(dot(&under[i * wide], &above[k * wide], wide)));
  }
  std::vector<uint32_t> heads = best_tree(scores, static_cast<uint32_t>(n));

  const auto depth = static_cast<size_t>(rel_head_.out());
  const std::vector<float> word = apply(rel_word_, rows, scratch, neural::Epilogue::kGelu);
  const std::vector<float> head = apply(rel_head_, rows, scratch, neural::Epilogue::kGelu);
  const std::vector<float> left = apply(rel_, word, scratch);
  std::vector<float> labels = apply(rel_out_, word, scratch);
  for (size_t i = 0; i < n; ++i) {
    if (heads[i] == 0) continue;
    float* label = &labels[i * relations_.size()];
    for (size_t r = 0; r < relations_.size(); ++r)
      label[r] += dot(&left[(i * relations_.size() + r) * depth], &head[(heads[i] - 1) * depth], depth);
  }
  const std::vector<size_t> relations = rules_.relations(heads, std::move(labels));
  rules_.settle_punctuation(scores, relations, heads);
  for (size_t i = 0; i < n; ++i) {
    sentence[i].head = heads[i];
    sentence[i].relation = heads[i] == 0 ? "root" : relations_[relations[i]];
  }
}

void SentenceParser::add(Span word, const float* vector) {
  words_.push_back(word);
  vectors_.insert(vectors_.end(), vector, vector + parser_.hidden());
  if (words_.size() == kLongestPart) parse_part();
}

void SentenceParser::end() {
  parse_part();
  done_.push_back(std::move(sentence_));
  sentence_.clear();
}

// Where a sentence is parsed in parts, the root of a later part hangs on that of the first.
void SentenceParser::parse_part() {
  if (words_.empty()) return;
  SentenceGrammar part = parser_.parse(text_, words_, vectors_.data(), scratch_);
  const auto before = static_cast<uint32_t>(sentence_.size());
  const auto root =
      std::find_if(sentence_.begin(), sentence_.end(), [](const Token& token) { return token.head == 0; });
  const auto first = static_cast<uint32_t>(root - sentence_.begin()) + 1;
  for (Token& token : part) {
    if (token.head > 0) {
      token.head += before;
    } else if (before > 0) {
      token.head = first;
      token.relation = "parataxis";
    }
  }
  sentence_.insert(sentence_.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  words_.clear();
  vectors_.clear();
}

}  // namespace dragoman::language
