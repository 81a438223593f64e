// SPDX-License-Identifier: Apache-2.0
#include "language/reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "language/confidence.h"
#include "language/coreference.h"
#include "language/heads.h"
#include "language/joint_heads.h"
#include "language/label_lists.h"
#include "language/mentions.h"
#include "language/names.h"
#include "language/parser.h"
#include "language/triggers.h"
#include "language/windows.h"
#include "language/wordpiece.h"
#include "neural/encoder.h"

namespace dragoman::language {
namespace {

constexpr int kRolesRead = 4;         // actor, recipient, theme, place: in the order of Role
constexpr int kQuoteRoles = 2;        // content, speaker
constexpr int kReach = 256;           // words: a whole window
constexpr int kExtentReach = 40;      // words of a mention around its head
constexpr uint32_t kContentJoin = 3;  // outside words that may break a content or theme; chosen on tune
constexpr uint32_t kThemeJoin = 2;
constexpr uint32_t kCuedWords = 2;     // fewest words of a content with a cue
constexpr uint32_t kFreeWords = 4;     // and of one without
constexpr double kLowestFloor = 0.05;  // below it nearly all is wrong
constexpr float kModeThreshold = 0.4F;
constexpr float kModeShown = 0.05F;        // probability of a mode that is worth a mention
constexpr size_t kConnectedWords = 20000;  // words of an article whose vectors are kept for coreference
constexpr size_t kBatchWindows =
    6;  // windows encoded together; about 1,000 pieces, whose activations stay in the cache

// Vectors as one of the model's readers gives them.
struct Vectors {
  int hidden;
  std::vector<float> values;  // [rows, hidden]

  float* row(size_t n) { return values.data() + n * static_cast<size_t>(hidden); }
  const float* row(size_t n) const { return values.data() + n * static_cast<size_t>(hidden); }
  void resize(size_t rows) { values.resize(rows * static_cast<size_t>(hidden)); }
};

// The words of one window, with their vectors.
struct WindowWords {
  Window window;
  std::string_view text;
  const std::vector<Span>& all;  // words of the article
  std::vector<Vectors> vectors;  // of the words, one a reader

  int n() const { return static_cast<int>(window.last - window.first); }
  std::vector<const float*> from(uint32_t word) const {
    std::vector<const float*> views;
    for (const Vectors& reader : vectors) views.push_back(reader.row(word));
    return views;
  }
  std::string_view surface(uint32_t word) const { return all[window.first + word].of(text); }
  Span bytes(uint32_t first, uint32_t last) const {
    return {all[window.first + first].begin, all[window.first + last - 1].end};
  }
};

struct Memory {
  neural::Scratch encoder;
  HeadScratch heads;
};

}  // namespace

struct Reader::Parts {
  Parts(const neural::Model& model, const ReadingOptions& options)
      : labels(read_label_lists(model)),
        calibration(read_calibration(model, labels.trigger, labels.cue)),
        tokenizer(WordPiece::open(model.path("vocab.txt"))),
        sentence_end(model, "sentence_end", 1),
        trigger(model, "trigger", 1 + kEventTypes),
        trigger_in(model, "trigger_in", 1),
        event(model, "event", kStatuses + 1 + static_cast<int>(labels.modes.size()), kStatuses),
        cue(model, "cue", 1),
        cue_in(model, "cue_in", 1),
        free_content(model, "free", 3),
        names(model, "names", 11),
        mention(model, "mention", 5),
        mention_form(model, "mention_form", 3),
        roles(model, "roles", "event", 256, 64, kRolesRead),
        quotes(model, "quotes", "quote", 256, 64, kQuoteRoles),
        extents(model, "extents", "mention", 128, 32, 1) {
    for (const neural::Model* reader : readers_of(model)) encoders.emplace_back(*reader);
    const int hidden = encoders.front().hidden();
    if (Parser::is_in(model)) parser.emplace(model, hidden);
    if (Coreference::is_in(model)) coreference.emplace(model, hidden);
    if (!options.min_confidence) return;
    for (ConfidenceMap* map : {&calibration.events, &calibration.statements}) {
      // A plain map's floor is all that chooses: who asks for less gets it.
      if (map->threshold == 0) map->floor = std::min(map->floor, std::max(*options.min_confidence, kLowestFloor));
      map->threshold = *options.min_confidence;
    }
  }

  void read_window(const WindowWords& words, Analysis& analysis, std::vector<char>& ends, MentionSet& mentions,
                   HeadScratch& scratch) const;
  void read_triggers(const WindowWords& words, const std::vector<char>& ends, Analysis& analysis, MentionSet& mentions,
                     HeadScratch& scratch) const;
  void read_speech(const WindowWords& words, Analysis& analysis, MentionSet& mentions, HeadScratch& scratch) const;
  void read_mentions(const WindowWords& words, MentionSet& mentions, HeadScratch& scratch) const;
  void connect(const std::vector<uint32_t>& turning, const std::vector<float>& vectors, const WordMarks& marks,
               Analysis& analysis, HeadScratch& scratch) const;
  void describe(Views at, Trigger& trigger_found, HeadScratch& scratch) const;
  void rate(const std::vector<std::vector<LabelledSpan>>& fillers, float rival, Trigger& trigger_found) const;
  bool rate(const LabelledSpan& content, const WindowWords& words, Utterance& utterance) const;

  LabelLists labels;
  Calibration calibration;
  WordPiece tokenizer;
  std::vector<neural::Encoder> encoders;  // one a reader; grammar is the first one's
  JointWordHead sentence_end, trigger, trigger_in, event, cue, cue_in, free_content, names, mention, mention_form;
  JointPairHead roles, quotes, extents;
  std::optional<Parser> parser;
  std::optional<Coreference> coreference;

  // Memory of threads that are not reading now.
  std::unique_ptr<Memory> borrow() const {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return std::make_unique<Memory>();
    auto memory = std::move(idle.back());
    idle.pop_back();
    return memory;
  }
  void give_back(std::unique_ptr<Memory> memory) const {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(memory));
  }
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<Memory>> idle;
};

namespace {

Span bytes(const std::vector<Span>& words, uint32_t first, uint32_t last) {
  return {words[first].begin, words[last - 1].end};
}

// Grows a begin mark over the words after it that are marked as inside and begin nothing themselves.
uint32_t grow(uint32_t first, const std::vector<char>& begins, const std::vector<float>& inside) {
  uint32_t last = first + 1;
  while (last < inside.size() && inside[last] > 0.5F && begins[last] == 0) ++last;
  return last;
}

// The sequence of a window: [CLS], its pieces with [SEP] between blocks, [SEP].
struct Sequence {
  std::vector<int32_t> ids;
  std::vector<uint8_t> shapes;
  std::vector<uint32_t> first_piece;  // of each word, as a position in `ids`

  void special(int32_t id) {
    ids.push_back(id);
    shapes.push_back(static_cast<uint8_t>(WordShape::kSpecial));
  }
};

Sequence sequence_of(const Window& window, const Layout& layout, const Tokens& tokens,
                     const std::vector<uint32_t>& piece_of, const WordPiece& tokenizer, size_t limit) {
  Sequence sequence;
  sequence.special(tokenizer.cls());
  for (uint32_t w = window.first; w < window.last; ++w) {
    if (w > window.first && layout.begins_block[w] != 0) sequence.special(tokenizer.sep());
    sequence.first_piece.push_back(static_cast<uint32_t>(std::min(sequence.ids.size(), limit - 2)));
    const uint32_t word = layout.words[w];
    for (size_t p = piece_of[word]; p < tokens.pieces.size() && tokens.pieces[p].word == word; ++p) {
      sequence.ids.push_back(tokens.pieces[p].id);
      sequence.shapes.push_back(tokens.piece_shape(tokens.pieces[p]));
    }
  }
  // Many one-piece blocks can make a window longer than the encoder's positions.
  sequence.ids.resize(std::min(sequence.ids.size(), limit - 1));
  sequence.shapes.resize(sequence.ids.size());
  sequence.special(tokenizer.sep());
  return sequence;
}

// Puts a filler into a trigger once, and its mention into the set.
void add_filler(const WindowWords& words, Role role, const LabelledSpan& span, Trigger& trigger, MentionSet& mentions) {
  const uint32_t at = words.window.first;
  uint32_t first = span.first;
  uint32_t last = span.last;
  const auto placed =
      role == Role::kTheme ? mentions.whole_words(at + first, at + last) : mentions.snap(at + first, at + last);
  if (!placed || placed->first < at || placed->second > words.window.last) return;
  first = placed->first - at;
  last = placed->second - at;
  if (role != Role::kTheme && last - first > kLongestMention) return;
  const Span where = words.bytes(first, last);
  const bool known = std::any_of(trigger.fillers.begin(), trigger.fillers.end(),
                                 [&](const RoleFiller& other) { return other.role == role && other.span == where; });
  if (known) return;
  trigger.fillers.push_back({role, where, span.score});
  if (role != Role::kTheme) mentions.add_filler(at + first, at + last, span.score);
}

// Probability of the surest other candidate of the same type in the same sentence that is surer than this one; `ends`
// marks the last words of the window's sentences.
float surest_rival(const ChosenTrigger& one, const std::vector<ChosenTrigger>& candidates, std::span<const char> ends) {
  const auto score = [](const ChosenTrigger& candidate) {
    return candidate.scores[static_cast<size_t>(candidate.type)];
  };
  float best = 0;
  for (const ChosenTrigger& other : candidates) {
    if (other.type != one.type || score(other) <= score(one)) continue;
    const auto [from, to] = std::minmax(one.first, other.first);
    const bool together = std::find(ends.begin() + from, ends.begin() + to, 1) == ends.begin() + to;
    if (together) best = std::max(best, score(other));
  }
  return best;
}

bool holds_quotation_mark(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kMarks = {"\"", "\u201c", "\u201d", "''"};
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

// Drops an utterance whose content another one tells with a better cue: an auxiliary ("has" in "has said") is none,
// then the more probable wins.
void drop_told_twice(std::vector<Utterance>& found, std::string_view text) {
  const auto worse = [&](const Utterance& a, const Utterance& b) {
    if (a.content != b.content || !a.cue || !b.cue) return false;
    const bool a_light = is_light(a.cue->of(text));
    if (a_light != is_light(b.cue->of(text))) return a_light;
    return a.speaker == b.speaker && a.score < b.score;
  };
  const std::vector<Utterance> all = found;
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const Utterance& one) {
                               return std::any_of(all.begin(), all.end(),
                                                  [&](const Utterance& other) { return worse(one, other); });
                             }),
              found.end());
}

// A content that reaches into its speaker ends before them, or begins behind; one that holds all of them stays.
Span beside(Span content, Span speaker, std::string_view text) {
  const auto is_space = [&](uint32_t at) { return text[at] == ' ' || text[at] == '\n'; };
  if (content.begin < speaker.begin && speaker.begin < content.end && content.end < speaker.end) {
    content.end = speaker.begin;
    while (content.end > content.begin + 1 && is_space(content.end - 1)) --content.end;
  } else if (speaker.begin < content.begin && content.begin < speaker.end && speaker.end < content.end) {
    content.begin = speaker.end;
    while (content.begin + 1 < content.end && is_space(content.begin)) ++content.begin;
  }
  return content;
}

}  // namespace

Reader::Reader(const neural::Model& model, const ReadingOptions& options)
    : parts_(std::make_unique<const Parts>(model, options)) {
  for (const neural::Model* reader : readers_of(model)) check_sizes(*reader, parts_->tokenizer, kWindowPieces);
}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

const Calibration& Reader::calibration() const { return parts_->calibration; }

bool Reader::has_grammar() const { return parts_->parser.has_value(); }

Analysis Reader::read(const Article& article, bool with_grammar) const {
  const Parts& parts = *parts_;
  if (with_grammar && !parts.parser) {
    throw Failure({ErrorCode::kModel, "the model has no head for tags, lemmas and trees", "reader"});
  }
  const Tokens tokens = parts.tokenizer.tokenize(article.text);
  const Layout layout = lay_out(article, tokens);
  std::vector<uint32_t> piece_of(tokens.words.size());
  std::vector<uint32_t> piece_count(tokens.words.size());
  for (uint32_t p = 0; p < tokens.pieces.size(); ++p) {
    const Piece& piece = tokens.pieces[p];
    if (piece.first) piece_of[piece.word] = p;
    ++piece_count[piece.word];
  }
  Analysis analysis;
  std::vector<uint32_t> pieces;
  for (const uint32_t word : layout.words) {
    analysis.words.push_back(tokens.words[word]);
    pieces.push_back(piece_count[word]);
  }
  const std::vector<Window> windows = pack_windows(layout, pieces);
  std::vector<char> ends(layout.words.size());
  MentionSet mentions(article.text, analysis.words);
  const auto ends_sentence = [&](uint32_t word) {
    return word + 1 == layout.words.size() || layout.begins_block[word + 1] != 0 || ends[word] != 0;
  };
  auto memory = parts.borrow();
  std::optional<SentenceParser> grammar;
  if (with_grammar) grammar.emplace(*parts.parser, article.text, memory->heads);
  const bool connects = with_grammar && parts.coreference && layout.words.size() <= kConnectedWords;
  const size_t hidden = static_cast<size_t>(parts.encoders.front().hidden());
  const int positions =
      std::min_element(parts.encoders.begin(), parts.encoders.end(),
                       [](const auto& a, const auto& b) { return a.sizes().positions < b.sizes().positions; })
          ->sizes()
          .positions;
  std::vector<Vectors> vectors;    // of a batch's pieces
  std::vector<float> for_grammar;  // of the same
  std::vector<float> kept;         // of the article's words, for coreference
  for (const neural::Encoder& encoder : parts.encoders) vectors.push_back({encoder.hidden(), {}});
  for (size_t from = 0; from < windows.size(); from += kBatchWindows) {
    const size_t to = std::min(windows.size(), from + kBatchWindows);
    std::vector<Sequence> sequences;
    std::vector<int32_t> ids;
    std::vector<uint8_t> shapes;
    std::vector<uint32_t> lengths;
    for (size_t i = from; i < to; ++i) {
      sequences.push_back(
          sequence_of(windows[i], layout, tokens, piece_of, parts.tokenizer, static_cast<size_t>(positions)));
      const Sequence& sequence = sequences.back();
      ids.insert(ids.end(), sequence.ids.begin(), sequence.ids.end());
      shapes.insert(shapes.end(), sequence.shapes.begin(), sequence.shapes.end());
      lengths.push_back(static_cast<uint32_t>(sequence.ids.size()));
    }
    if (with_grammar) for_grammar.resize(ids.size() * hidden);
    for (size_t r = 0; r < vectors.size(); ++r) {
      vectors[r].resize(ids.size());
      parts.encoders[r].encode(ids, shapes, lengths, memory->encoder, vectors[r].row(0),
                               with_grammar && r == 0 ? for_grammar.data() : nullptr);
    }
    size_t row = 0;
    for (size_t i = from; i < to; ++i) {
      WindowWords words{windows[i], article.text, analysis.words, {}};
      const Sequence& sequence = sequences[i - from];
      for (const Vectors& reader : vectors) {
        Vectors& of_words = words.vectors.emplace_back(Vectors{reader.hidden, {}});
        of_words.resize(static_cast<size_t>(words.n()));
        for (size_t w = 0; w < sequence.first_piece.size(); ++w) {
          std::copy_n(reader.row(row + sequence.first_piece[w]), reader.hidden, of_words.row(w));
        }
      }
      parts.read_window(words, analysis, ends, mentions, memory->heads);
      for (uint32_t w = 0; grammar && w < sequence.first_piece.size(); ++w) {
        const float* vector = for_grammar.data() + (row + sequence.first_piece[w]) * hidden;
        if (connects) kept.insert(kept.end(), vector, vector + hidden);
        grammar->add(analysis.words[windows[i].first + w], vector);
        if (ends_sentence(windows[i].first + w)) grammar->end();
      }
      row += sequence.ids.size();
    }
  }
  if (grammar) analysis.grammar = grammar->take();
  analysis.mentions = mentions.take();
  if (connects) {
    const WordMarks marks(article.text, analysis.words, layout.begins_window);
    parts.connect(mentions.turning_words(analysis.mentions), kept, marks, analysis, memory->heads);
  }
  parts.give_back(std::move(memory));
  uint32_t first = 0;
  for (uint32_t w = 0; w < layout.words.size(); ++w) {
    if (ends_sentence(w)) {
      analysis.sentences.push_back(bytes(analysis.words, first, w + 1));
      first = w + 1;
    }
  }
  for (Trigger& trigger : analysis.triggers) trigger.sentence = analysis.sentence_at(trigger.span.begin);
  for (Utterance& utterance : analysis.utterances) utterance.sentence = analysis.sentence_at(utterance.content.begin);
  return analysis;
}

void Reader::Parts::read_window(const WindowWords& words, Analysis& analysis, std::vector<char>& ends,
                                MentionSet& mentions, HeadScratch& scratch) const {
  const std::vector<float> end = sentence_end.probabilities(words.from(0), words.n(), scratch);
  for (int w = 0; w < words.n(); ++w) ends[words.window.first + w] = end[w] > 0.5F;
  read_mentions(words, mentions, scratch);
  read_triggers(words, ends, analysis, mentions, scratch);
  read_speech(words, analysis, mentions, scratch);
}

void Reader::Parts::read_mentions(const WindowWords& words, MentionSet& mentions, HeadScratch& scratch) const {
  const uint32_t at = words.window.first;
  for (ChosenName name : choose_names(names.probabilities(words.from(0), words.n(), scratch))) {
    name.first += at;
    name.last += at;
    mentions.add_name(name);
  }
  const std::vector<float> kind = mention.probabilities(words.from(0), words.n(), scratch);
  const JointPairHead::Words ready = extents.prepare(words.from(0), words.n(), scratch);
  for (int w = 0; w < words.n(); ++w) {
    const float* p = kind.data() + static_cast<size_t>(w) * mention.out();
    const auto best = static_cast<int>(std::max_element(p, p + mention.out()) - p);
    if (best == 0 || best == 4) continue;  // none, or a thing
    const std::vector<const float*> here = words.from(static_cast<uint32_t>(w));
    const std::vector<float> form = mention_form.probabilities(here, 1, scratch);
    const auto f = static_cast<Form>(std::max_element(form.begin(), form.end()) - form.begin());
    const auto found = extents.spans(ready, here, w, kExtentReach, scratch);
    uint32_t begin = static_cast<uint32_t>(w);
    uint32_t last = begin + 1;
    for (const LabelledSpan& span : found[0]) {
      if (span.first <= begin && begin < span.last) {
        last = span.last;
        begin = span.first;
        break;
      }
    }
    mentions.add_head(at + begin, at + last, at + static_cast<uint32_t>(w), static_cast<MentionKind>(best - 1), f,
                      p[best]);
  }
}

// Antecedents and chains; mentions that turn on one word are one to the head.
void Reader::Parts::connect(const std::vector<uint32_t>& turning, const std::vector<float>& vectors,
                            const WordMarks& marks, Analysis& analysis, HeadScratch& scratch) const {
  std::map<uint32_t, std::vector<uint32_t>> at;  // word → mentions
  for (uint32_t m = 0; m < turning.size(); ++m) at[turning[m]].push_back(m);
  std::vector<uint32_t> words;
  std::vector<float> rows;
  std::vector<const std::vector<uint32_t>*> turned;
  for (const auto& [word, mentions] : at) {
    words.push_back(word);
    turned.push_back(&mentions);
    const size_t hidden = static_cast<size_t>(encoders.front().hidden());
    const float* vector = vectors.data() + word * hidden;
    rows.insert(rows.end(), vector, vector + hidden);
  }
  const auto found = coreference->antecedents(words, rows.data(), marks, scratch);
  analysis.antecedents.resize(turning.size());
  for (size_t i = 0; i < found.size(); ++i) {
    for (const uint32_t m : *turned[i]) {
      for (const Antecedent& one : found[i]) {
        for (const uint32_t earlier : *turned[one.mention]) analysis.antecedents[m].push_back({earlier, one.score});
      }
    }
  }
  for (const std::vector<uint32_t>& chain : chains_of(found)) {
    std::vector<uint32_t>& mentions = analysis.chains.emplace_back();
    for (const uint32_t i : chain) mentions.insert(mentions.end(), turned[i]->begin(), turned[i]->end());
    std::sort(mentions.begin(), mentions.end());
  }
}

void Reader::Parts::describe(Views at, Trigger& found, HeadScratch& scratch) const {
  const std::vector<float> p = event.probabilities(at, 1, scratch);
  const std::span<const float> statuses(p.data(), kStatuses);
  std::copy(statuses.begin(), statuses.end(), found.status_scores.begin());
  found.status = static_cast<Status>(std::max_element(statuses.begin(), statuses.end()) - statuses.begin());
  const std::span<const float> rest = std::span(p).subspan(kStatuses);
  found.historical = rest[0];
  std::vector<std::pair<float, size_t>> ranked;
  for (size_t m = 1; m < rest.size(); ++m) {
    if (rest[m] >= kModeShown) ranked.emplace_back(-rest[m], m - 1);
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [score, mode] : ranked) {
    found.mode_scores.push_back({labels.modes[mode], -score});
    if (-score >= kModeThreshold) found.modes.push_back(labels.modes[mode]);
  }
}

// How sure the act is: by its trigger and type, its mode, somebody who does it or has it done to them, and a surer act
// of the same type in the same sentence, which may be the same act.
void Reader::Parts::rate(const std::vector<std::vector<LabelledSpan>>& fillers, float rival, Trigger& found) const {
  const auto best = [&](Role role) {
    float score = 0;
    for (const LabelledSpan& span : fillers[static_cast<size_t>(role)]) score = std::max(score, span.score);
    return score;
  };
  float some = 0;
  for (const float score : found.type_scores) some += score;
  const float type = found.type_scores[static_cast<size_t>(found.type)];
  found.parts = {{"trigger", some, 0},
                 {"act", type, 0},
                 {"mode", found.mode_scores.empty() ? 0 : found.mode_scores.front().score, 0},
                 {"rival", rival, 0},
                 {"actor", best(Role::kActor), 0},
                 {"recipient", best(Role::kRecipient), 0}};
  found.confidence = calibration.events.confidence(found.parts);
}

void Reader::Parts::read_triggers(const WindowWords& words, const std::vector<char>& ends, Analysis& analysis,
                                  MentionSet& mentions, HeadScratch& scratch) const {
  const std::vector<float> type = trigger.probabilities(words.from(0), words.n(), scratch);
  std::vector<std::string_view> surfaces;
  for (int w = 0; w < words.n(); ++w) surfaces.push_back(words.surface(static_cast<uint32_t>(w)));
  const std::vector<ChosenTrigger> candidates =
      choose_triggers(type, surfaces, static_cast<float>(calibration.events.floor));
  if (candidates.empty()) return;
  struct Kept {
    ChosenTrigger where;
    Trigger trigger;
    std::vector<std::vector<LabelledSpan>> fillers;
  };
  std::vector<Kept> kept;
  const JointPairHead::Words ready = roles.prepare(words.from(0), words.n(), scratch);
  std::array<SpanRule, kRolesRead> rules;
  rules[static_cast<size_t>(Role::kRecipient)].inside = static_cast<float>(labels.recipient);
  rules[static_cast<size_t>(Role::kTheme)].join = kThemeJoin;
  for (const ChosenTrigger& one : candidates) {
    Trigger found;
    found.type_scores = one.scores;
    found.type = one.type;
    const std::vector<const float*> here = words.from(one.anchor);
    describe(here, found, scratch);
    auto fillers = roles.spans(ready, here, static_cast<int>(one.anchor), kReach, scratch, rules);
    rate(fillers, surest_rival(one, candidates, std::span(ends).subspan(words.window.first)), found);
    if (static_cast<double>(found.confidence) < calibration.events.threshold) continue;
    kept.push_back({one, std::move(found), std::move(fillers)});
  }
  const std::vector<float> inside = trigger_in.probabilities(words.from(0), words.n(), scratch);
  std::vector<char> begins(words.n());
  for (const Kept& one : kept) begins[one.where.first] = 1;
  for (Kept& one : kept) {
    const uint32_t end = std::max(one.where.anchor + 1, grow(one.where.first, begins, inside));
    const uint32_t at = words.window.first;
    const auto [first, last] = mentions.whole_words(at + one.where.first, at + end);
    one.trigger.span = words.bytes(first - at, last - at);
    for (int role = 0; role < kRolesRead; ++role) {
      for (const LabelledSpan& span : one.fillers[role])
        add_filler(words, static_cast<Role>(role), span, one.trigger, mentions);
    }
    analysis.triggers.push_back(std::move(one.trigger));
  }
}

// How sure the utterance is, which its caller has told of cue and speaker; whether that is enough.
bool Reader::Parts::rate(const LabelledSpan& content, const WindowWords& words, Utterance& found) const {
  const Span span = found.content;
  const auto is_mark = [&](uint32_t from, uint32_t to) {
    return to <= words.text.size() && from < to && holds_quotation_mark(words.text.substr(from, to - from));
  };
  const bool quoted = is_mark(span.begin < 4 ? 0 : span.begin - 4, span.begin) || is_mark(span.end, span.end + 4) ||
                      is_mark(span.begin, span.end);
  found.parts.push_back({"begin", content.score, 0});
  found.parts.push_back({"content", content.mean, 0});
  found.parts.push_back({"quoted", quoted ? 1.0F : 0.0F, 0});
  found.parts.push_back({"words", static_cast<float>(content.last - content.first), 0});
  found.confidence = calibration.statements.confidence(found.parts);
  return static_cast<double>(found.confidence) >= calibration.statements.threshold;
}

void Reader::Parts::read_speech(const WindowWords& words, Analysis& analysis, MentionSet& mentions,
                                HeadScratch& scratch) const {
  const uint32_t at = words.window.first;
  const std::vector<float> is_cue = cue.probabilities(words.from(0), words.n(), scratch);
  const std::vector<float> inside = cue_in.probabilities(words.from(0), words.n(), scratch);
  std::vector<char> begins(words.n());
  for (int w = 0; w < words.n(); ++w) begins[w] = static_cast<double>(is_cue[w]) >= calibration.statements.floor;
  std::vector<Utterance> found;
  if (std::find(begins.begin(), begins.end(), 1) != begins.end()) {
    const JointPairHead::Words ready = quotes.prepare(words.from(0), words.n(), scratch);
    for (uint32_t w = 0; w < begins.size(); ++w) {
      if (begins[w] == 0) continue;
      static constexpr std::array<SpanRule, kQuoteRoles> kRules = {SpanRule{kContentJoin}, SpanRule{}};
      const auto parts =
          quotes.spans(ready, words.from(static_cast<uint32_t>(w)), static_cast<int>(w), kReach, scratch, kRules);
      Utterance utterance;
      utterance.cue = words.bytes(w, grow(w, begins, inside));
      const auto best =
          std::max_element(parts[1].begin(), parts[1].end(),
                           [](const LabelledSpan& a, const LabelledSpan& b) { return a.score < b.score; });
      const bool spoken = best != parts[1].end();
      if (spoken) utterance.speaker = words.bytes(best->first, best->last);
      const auto whole = [&](const LabelledSpan& content) {
        const auto [first, last] = mentions.whole_words(at + content.first, at + content.last);
        Span span = bytes(analysis.words, first, last);
        if (spoken) span = beside(span, *utterance.speaker, words.text);
        return span;
      };
      const size_t before = found.size();
      for (const LabelledSpan& content : parts[0]) {
        if (content.last - content.first < kCuedWords) continue;
        utterance.content = whole(content);
        utterance.score = is_cue[w];
        utterance.parts = {{"cue", is_cue[w], 0}, {"speaker", spoken ? best->score : 0, 0}};
        if (rate(content, words, utterance)) found.push_back(utterance);
      }
      if (spoken && found.size() > before) mentions.add_filler(at + best->first, at + best->last, best->score);
    }
  }
  const std::vector<float> free = free_content.probabilities(words.from(0), words.n(), scratch);
  std::vector<uint8_t> bio(words.n());
  std::vector<float> begin(words.n());
  for (int w = 0; w < words.n(); ++w) {
    const float* three = free.data() + static_cast<size_t>(w) * 3;
    bio[w] = static_cast<uint8_t>(std::max_element(three, three + 3) - three);
    begin[w] = std::max(three[1], three[2]);
  }
  for (const LabelledSpan& span : spans_of(bio, begin, kContentJoin)) {
    if (span.last - span.first < kFreeWords) continue;
    Utterance utterance;
    utterance.content = words.bytes(span.first, span.last);
    utterance.score = span.score;
    utterance.parts = {{"free", 1, 0}};
    if (!rate(span, words, utterance)) continue;
    const bool told = std::any_of(found.begin(), found.end(),
                                  [&](const Utterance& other) { return other.content.overlaps(utterance.content); });
    if (!told) found.push_back(utterance);
  }
  drop_told_twice(found, words.text);
  std::stable_sort(found.begin(), found.end(),
                   [](const Utterance& a, const Utterance& b) { return a.content < b.content; });
  analysis.utterances.insert(analysis.utterances.end(), found.begin(), found.end());
}

}  // namespace dragoman::language
