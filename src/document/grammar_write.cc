// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

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

// What tells the sentences and chains of an article from those of others in the same file.
std::string short_id(const Grammar& grammar) { return grammar.article.id.substr(0, 10); }

struct Node {
  Span span;
  size_t head;  // among the nodes of the article; its own number for a root
};

// Number, from 1, of the token that a mention [first, last] turns on: the first that hangs on none of the others.
size_t head_of(const std::vector<Node>& nodes, size_t first, size_t last) {
  size_t at = first;
  while (at < last && nodes[at].head != at && first <= nodes[at].head && nodes[at].head <= last) ++at;
  return at - first + 1;
}

// What the column MISC tells of the chains (CorefUD 1.0), by the byte that a token begins at: "(d1_e1--2" where a
// mention begins, whose second token is its head, "d1_e1)" where it ends, "(d1_e1--1)" for a token that is one. A
// mention that crosses an earlier one is left out.
std::map<uint32_t, std::string> entity_marks(const Grammar& grammar) {
  std::vector<Node> nodes;
  for (const SentenceGrammar& sentence : grammar.tokens) {
    const size_t begin = nodes.size();
    for (const Token& token : sentence)
      nodes.push_back({token.span, token.head > 0 ? begin + token.head - 1 : nodes.size()});
  }
  struct Place {
    size_t first, last;  // tokens
    size_t chain;
  };
  std::vector<Place> places;
  for (size_t c = 0; c < grammar.chains.size(); ++c) {
    for (const Span span : grammar.chains[c]) {
      const auto first =
          std::partition_point(nodes.begin(), nodes.end(), [&](const Node& n) { return n.span.end <= span.begin; });
      const auto end = std::partition_point(first, nodes.end(), [&](const Node& n) { return n.span.begin < span.end; });
      if (first != end)
        places.push_back({static_cast<size_t>(first - nodes.begin()), static_cast<size_t>(end - nodes.begin()) - 1, c});
    }
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  std::map<uint32_t, std::string> marks;
  std::vector<Place> open;
  const std::string prefix = short_id(grammar) + "_e";
  const auto add_name = [&](std::string& mark, const Place& place) -> std::string& {
    return mark.append(prefix).append(std::to_string(place.chain + 1));
  };
  const auto close_before = [&](size_t token) {
    for (; !open.empty() && open.back().last < token; open.pop_back()) {
      add_name(marks[nodes[open.back().last].span.begin], open.back()).push_back(')');
    }
  };
  for (const Place& place : places) {
    close_before(place.first);
    if (!open.empty() && place.last > open.back().last) continue;
    std::string& mark = marks[nodes[place.first].span.begin];
    mark.push_back('(');
    add_name(mark, place).append("--").append(std::to_string(head_of(nodes, place.first, place.last)));
    if (place.first == place.last) {
      mark.push_back(')');
    } else {
      open.push_back(place);
    }
  }
  close_before(nodes.size());
  return marks;
}

class ConlluWriter {
 public:
  explicit ConlluWriter(const Grammar& grammar)
      : grammar_(grammar), text_(grammar.article.text), points_(text_), entities_(entity_marks(grammar)) {}

  std::string write() {
    out_ = "# newdoc id = " + one_line(grammar_.article.source) + '\n';
    if (!entities_.empty()) out_ += "# global.Entity = eid-etype-head\n";
    for (size_t i = 0; i < grammar_.tokens.size(); ++i) {
      if (begins_block(i)) out_ += "# newpar\n";
      out_ += "# sent_id = " + short_id(grammar_) + '-' + std::to_string(i + 1) + "\n# text = ";
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
    const auto entity = entities_.find(token.span.begin);
    if (entity != entities_.end()) out_ += "Entity=" + entity->second + '|';
    if (!space_after(sentence, t)) out_ += "SpaceAfter=No|";
    out_ += "TokenRange=" + std::to_string(points_.of_byte(token.span.begin)) + ':' +
            std::to_string(points_.of_byte(token.span.end)) + '\n';
  }

  const Grammar& grammar_;
  std::string_view text_;
  base::CodePoints points_;
  std::map<uint32_t, std::string> entities_;
  std::string out_;
};

}  // namespace

std::string to_conllu(const Grammar& grammar) { return ConlluWriter(grammar).write(); }

std::string to_json(const Grammar& grammar) {
  const std::string& text = grammar.article.text;
  const base::CodePoints points(text);
  base::JsonWriter json;
  const auto pair = [&](Span bytes) {
    json.begin_array().value(points.of_byte(bytes.begin)).value(points.of_byte(bytes.end)).end_array();
  };
  const auto span = [&](Span bytes) {
    json.key("span");
    pair(bytes);
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
  json.end_array().key("chains").begin_array();
  for (const std::vector<Span>& chain : grammar.chains) {
    json.begin_array();
    for (const Span mention : chain) pair(mention);
    json.end_array();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace dragoman
