// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "dragoman/grammar.h"

namespace dragoman {
namespace {

// A comment of CoNLL-U is one line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

const std::string& or_none(const std::string& value) {
  static const std::string none = "_";
  return value.empty() ? none : value;
}

class ConlluWriter {
 public:
  explicit ConlluWriter(const Grammar& grammar) : grammar_(grammar), text_(grammar.article.text), points_(text_) {}

  std::string write() {
    out_ = "# newdoc id = " + one_line(grammar_.article.source) + '\n';
    for (size_t i = 0; i < grammar_.tokens.size(); ++i) {
      if (begins_block(i)) out_ += "# newpar\n";
      out_ += "# sent_id = " + std::to_string(i + 1) + "\n# text = ";
      const SentenceGrammar& sentence = grammar_.tokens[i];
      for (size_t t = 0; t < sentence.size(); ++t) {
        out_ += sentence[t].span.of(text_);
        if (t + 1 < sentence.size() && space_after(sentence, t)) out_ += ' ';
      }
      out_ += '\n';
      for (size_t t = 0; t < sentence.size(); ++t) token(sentence, t);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  bool begins_block(size_t sentence) const {
    if (sentence == 0) return true;
    const uint32_t before = grammar_.sentences[sentence - 1].begin;
    const uint32_t here = grammar_.sentences[sentence].begin;
    return std::any_of(grammar_.article.blocks.begin(), grammar_.article.blocks.end(),
                       [&](const Block& block) { return before < block.span.begin && block.span.begin <= here; });
  }

  static bool space_after(const SentenceGrammar& sentence, size_t t) {
    return t + 1 == sentence.size() || sentence[t].span.end < sentence[t + 1].span.begin;
  }

  void token(const SentenceGrammar& sentence, size_t t) {
    const Token& token = sentence[t];
    const auto add = [&](std::string_view field) { out_.append(field) += '\t'; };
    add(std::to_string(t + 1));
    add(token.span.of(text_));
    add(or_none(token.lemma));
    add(or_none(token.tag));
    add(or_none(token.fine_tag));
    add(or_none(token.features));
    add(std::to_string(token.head));
    add(or_none(token.relation));
    add("_");
    if (!space_after(sentence, t)) out_ += "SpaceAfter=No|";
    out_ += "TokenRange=" + std::to_string(points_.of_byte(token.span.begin)) + ':' +
            std::to_string(points_.of_byte(token.span.end)) + '\n';
  }

  const Grammar& grammar_;
  std::string_view text_;
  base::CodePoints points_;
  std::string out_;
};

}  // namespace

std::string to_conllu(const Grammar& grammar) { return ConlluWriter(grammar).write(); }

std::string to_json(const Grammar& grammar) {
  const std::string& text = grammar.article.text;
  const base::CodePoints points(text);
  base::JsonWriter json;
  const auto span = [&](Span bytes) {
    json.key("span").begin_array();
    json.value(points.of_byte(bytes.begin)).value(points.of_byte(bytes.end)).end_array();
  };
  json.begin_object().key("id").value(grammar.article.id).key("source").value(grammar.article.source);
  json.key("sentences").begin_array();
  for (size_t i = 0; i < grammar.tokens.size(); ++i) {
    json.begin_object();
    span(grammar.sentences[i]);
    json.key("tokens").begin_array();
    for (const Token& token : grammar.tokens[i]) {
      json.begin_object();
      span(token.span);
      json.key("form").value(token.span.of(text)).key("lemma").value(token.lemma).key("tag").value(token.tag);
      json.key("fine_tag").value(token.fine_tag).key("features").value(token.features);
      json.key("head").value(token.head).key("relation").value(token.relation).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace dragoman
