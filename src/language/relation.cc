// SPDX-License-Identifier: Apache-2.0
#include "language/relation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "dragoman/analysis.h"
#include "language/label_lists.h"
#include "neural/ops.h"

namespace dragoman::language {
namespace {

constexpr std::array<const char*, 4> kMarks = {"[unused1]", "[unused2]", "[unused3]", "[unused4]"};
constexpr std::array<const char*, 2> kSides = {"source", "target"};
constexpr const char* kYield = "YIELD";

std::vector<float> apply(const neural::Linear& layer, const std::vector<float>& rows, HeadScratch& scratch,
                         neural::Epilogue epilogue = neural::Epilogue::kStore) {
  const size_t n = rows.size() / static_cast<size_t>(layer.in());
  std::vector<float> out(n * static_cast<size_t>(layer.out()));
  layer.apply(rows.data(), static_cast<int>(n), out.data(), scratch.linear, epilogue);
  return out;
}

struct Words {
  uint32_t first, last;
};

// The words that a mark touches, maybe none. (training/prepare.py: Doc.span)
Words touched(const std::vector<Span>& words, Span mark) {
  const auto first = std::partition_point(words.begin(), words.end(), [&](Span w) { return w.end <= mark.begin; });
  const auto last = std::partition_point(words.begin(), words.end(), [&](Span w) { return w.begin < mark.end; });
  return {static_cast<uint32_t>(first - words.begin()), static_cast<uint32_t>(last - words.begin())};
}

// Marks that stand before a word: (the other end of what they mark, side).
using Marks = std::map<uint32_t, std::vector<std::pair<uint32_t, size_t>>>;

// Builds the sequence word by word.
class RowBuilder {
 public:
  RowBuilder(const Tokens& tokens, const std::array<int32_t, 4>& marks) : tokens_(tokens), marks_(marks) {}

  void special(int32_t id) { row_.ids.push_back(id), row_.shapes.push_back(0); }

  void open(size_t side) {
    if (!std::exchange(opened_[side], true)) row_.opening[side] = static_cast<uint32_t>(row_.at.size());
    mark(marks_[2 * side]);
  }
  void close(size_t side) { mark(marks_[2 * side + 1]); }

  void word(uint32_t word) {
    begin(tokens_.words[word]);
    for (; piece_ < tokens_.pieces.size() && tokens_.pieces[piece_].word == word; ++piece_) {
      row_.ids.push_back(tokens_.pieces[piece_].id);
      row_.shapes.push_back(tokens_.piece_shape(tokens_.pieces[piece_]));
    }
  }

  MarkedRow take() { return std::move(row_); }

 private:
  void begin(Span span) {
    row_.at.push_back(static_cast<uint32_t>(row_.ids.size()));
    row_.words.push_back(span);
  }
  void mark(int32_t id) { begin({}), special(id); }

  const Tokens& tokens_;
  const std::array<int32_t, 4>& marks_;
  size_t piece_ = 0;
  std::array<bool, 2> opened_{};
  MarkedRow row_;
};

// The larger first, as training has marks that stand at one place.
template <class Each>
void largest_first(Marks& marks, uint32_t word, const Each& each) {
  auto& here = marks[word];
  std::sort(here.rbegin(), here.rend());
  for (const auto& [other, side] : here) each(side);
}

std::array<int32_t, 4> pieces_of_marks(const WordPiece& tokenizer, const neural::Model& model) {
  std::array<int32_t, 4> ids{};
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto id = tokenizer.id(kMarks[i]);
    if (!id) {
      throw Failure(
          {ErrorCode::kModel, std::string("the vocabulary has no piece ") + kMarks[i], model.path("vocab.txt")});
    }
    ids[i] = *id;
  }
  return ids;
}

// Probabilities of the types; CAMEO has one where the codebook has CONCEDE and RETREAT.
std::vector<ScoredType> scored(std::vector<float> logits, RelationTypes types) {
  neural::softmax(logits, kEventTypes);
  std::vector<ScoredType> all;
  for (int i = 0; i < kEventTypes; ++i) all.push_back({to_string(static_cast<EventType>(i)), logits[i]});
  if (types == RelationTypes::kCameo) {
    ScoredType& yield = all[static_cast<size_t>(EventType::kConcede)];
    const auto retreat = all.begin() + static_cast<int>(EventType::kRetreat);
    yield = {kYield, yield.score + retreat->score};
    all.erase(retreat);
  }
  return all;
}

}  // namespace

RowHead::RowHead(const neural::Model& model, int hidden)
    : hidden_(hidden),
      query_(model, "rows.query", 2 * hidden, neural::width_of(model, "rows.query")),
      key_(model, "rows.key", hidden, query_.out()),
      salience_(model, "rows.salience", hidden, 1),
      inner_(model, "rows.inner", 3 * hidden, neural::width_of(model, "rows.inner")),
      out_(model, "rows.out", inner_.out(), kEventTypes),
      plv_(model, "rows.plv", inner_.out(), kEventTypes) {}

RowScores RowHead::scores(const std::vector<float>& vectors, const std::array<uint32_t, 2>& opening,
                          RelationTypes types, HeadScratch& scratch) const {
  const auto hidden = static_cast<size_t>(hidden_), inner = static_cast<size_t>(query_.out());
  std::vector<float> seen;  // both opening marks, then what the attention gathers
  for (const uint32_t word : opening)
    seen.insert(seen.end(), &vectors[word * hidden], &vectors[word * hidden] + hidden);
  const std::vector<float> query = apply(query_, seen, scratch);
  const std::vector<float> keys = apply(key_, vectors, scratch);
  RowScores found;
  found.attention = apply(salience_, vectors, scratch);
  const float scale = 1.0F / std::sqrt(static_cast<float>(inner));
  const size_t words = found.attention.size();
  for (size_t w = 0; w < words; ++w) {
    found.attention[w] += std::inner_product(query.begin(), query.end(), &keys[w * inner], 0.0F) * scale;
  }
  neural::softmax(found.attention, static_cast<int>(words));
  seen.resize(3 * hidden);
  for (size_t w = 0; w < words; ++w) {
    for (size_t x = 0; x < hidden; ++x) seen[2 * hidden + x] += found.attention[w] * vectors[w * hidden + x];
  }
  const std::vector<float> features = apply(inner_, seen, scratch, neural::Epilogue::kGelu);
  found.types = apply(out_, features, scratch);
  if (types == RelationTypes::kCameo) {
    const std::vector<float> more = apply(plv_, features, scratch);
    for (size_t i = 0; i < more.size(); ++i) found.types[i] += more[i];
  }
  return found;
}

bool RowReader::is_in(const neural::Model& model) { return model.find("rows.query.bias") != nullptr; }

RowReader::RowReader(const neural::Model& model, neural::Precision precision)
    : tokenizer_(WordPiece::open(model.path("vocab.txt"))),
      marks_(pieces_of_marks(tokenizer_, model)),
      encoder_(model, precision),
      head_(model, encoder_.hidden()) {
  check_event_types(model);
  check_sizes(model, tokenizer_, kRowPieces);
}

Result<MarkedRow> RowReader::mark(const RelationRow& row) const {
  if (auto fault = fault_of(row)) return *fault;
  const Tokens tokens = tokenizer_.tokenize(row.text);
  const auto words = static_cast<uint32_t>(tokens.words.size());
  Marks opens, closes;
  std::array<std::vector<Span>, 2> in;  // words of each mark
  RowBuilder builder(tokens, marks_);
  builder.special(tokenizer_.cls());
  for (const size_t side : {0U, 1U}) {
    const std::vector<Span>& spans = side == 0 ? row.source : row.target;
    if (spans.empty()) builder.open(side), builder.close(side);
    for (const Span span : spans) {
      const auto [first, last] = touched(tokens.words, span);
      if (first >= last) {
        return Error{ErrorCode::kSyntax, std::string("a mark of the ") + kSides[side] + " holds no words", row.place};
      }
      opens[first].emplace_back(last, side);
      closes[last].emplace_back(first, side);
      in[side].push_back({first, last});
    }
  }
  for (const size_t side : {0U, 1U}) {
    std::sort(in[side].begin(), in[side].end());
    for (size_t i = 1; i < in[side].size(); ++i) {
      if (!in[side][i - 1].overlaps(in[side][i])) continue;
      return Error{ErrorCode::kSyntax, std::string("two marks of the ") + kSides[side] + " share a word", row.place};
    }
  }
  if (cross(in[0], in[1])) {
    return Error{ErrorCode::kSyntax, "source and target share words, and neither is only a part of the other",
                 row.place};
  }
  for (uint32_t word = 0; word <= words; ++word) {
    largest_first(closes, word, [&](size_t side) { builder.close(side); });
    largest_first(opens, word, [&](size_t side) { builder.open(side); });
    if (word == words) break;
    builder.word(word);
  }
  builder.special(tokenizer_.sep());
  MarkedRow marked = builder.take();
  if (const size_t pieces = marked.ids.size() - 2; pieces > kRowPieces) {
    return Error{ErrorCode::kTooLarge,
                 "is too long: " + std::to_string(pieces) + " pieces of words, marks included, of at most " +
                     std::to_string(kRowPieces),
                 row.place};
  }
  return marked;
}

Result<Relation> RowReader::read(const RelationRow& row, RelationTypes types) const {
  const Result<MarkedRow> marked = mark(row);
  if (!marked) return marked.error();
  const auto hidden = static_cast<size_t>(encoder_.hidden());
  neural::Scratch scratch;
  HeadScratch memory;
  std::vector<float> pieces(marked->ids.size() * hidden), vectors;
  const std::array<uint32_t, 1> lengths = {static_cast<uint32_t>(marked->ids.size())};
  encoder_.encode(marked->ids, marked->shapes, lengths, scratch, pieces.data());
  for (const uint32_t at : marked->at)
    vectors.insert(vectors.end(), &pieces[at * hidden], &pieces[at * hidden] + hidden);
  const RowScores found = head_.scores(vectors, marked->opening, types, memory);
  Relation relation;
  relation.scores = scored(found.types, types);
  const auto best = std::max_element(relation.scores.begin(), relation.scores.end(),
                                     [](const ScoredType& a, const ScoredType& b) { return a.score < b.score; });
  relation.type = best->type;
  relation.confidence = best->score;
  float most = -1;
  for (size_t w = 0; w < found.attention.size(); ++w) {
    if (marked->words[w].empty() || found.attention[w] <= most) continue;
    most = found.attention[w];
    relation.trigger = marked->words[w];
  }
  return relation;
}

}  // namespace dragoman::language
