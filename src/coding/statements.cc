// SPDX-License-Identifier: Apache-2.0
#include "coding/statements.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "coding/quotes.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

// A quotation shorter than this many words without an utterance of its own is a title or scare quote.
constexpr size_t kQuotedWords = 5;

bool is_quoted(const Statement& s) { return s.kind != StatementKind::kIndirect; }

bool same_speaker(const Statement& a, const Statement& b) {
  return a.speaker.has_value() == b.speaker.has_value() && (!a.speaker || a.speaker->entity == b.speaker->entity);
}

// How many paragraphs (blocks) lie between two places; 0 within one.
int blocks_between(const Article& article, uint32_t from, uint32_t to) {
  int count = 0;
  for (const Block& block : article.blocks) count += from < block.span.begin && block.span.begin <= to;
  return count;
}

// The quotation before whose speaker goes on in one without cue: in the same paragraph or the one before.
const Statement* carried_from(const Reading& reading, const std::vector<Statement>& statements, Span content) {
  const Statement* last = nullptr;
  for (const Statement& s : statements) {
    if (s.content.end <= content.begin && (last == nullptr || s.content.end >= last->content.end)) last = &s;
  }
  if (last == nullptr || !last->speaker) return nullptr;
  return blocks_between(reading.article, last->content.begin, content.begin) <= 1 ? last : nullptr;
}

void add_source(std::vector<Source>& via, Source source) {
  const bool known = std::any_of(via.begin(), via.end(), [&](const Source& s) { return s.entity == source.entity; });
  if (!known) via.push_back(source);
}

Source source_of(const Reading& reading, const Participant& speaker, std::optional<Span> cue) {
  return {speaker.entity, reading.is_medium(speaker.entity) ? SourceKind::kMedium : SourceKind::kSpeaker, cue};
}

// Statements that hold this one in their content tell it on: the nearest first.
void add_outer_speakers(const Reading& reading, const std::vector<Statement>& all, Statement& s) {
  std::vector<const Statement*> outer;
  for (const Statement& o : all) {
    if (o.content.contains(s.content) && o.content != s.content && o.speaker && !same_speaker(o, s)) outer.push_back(&o);
  }
  std::sort(outer.begin(), outer.end(), [](auto* a, auto* b) { return a->content.size() < b->content.size(); });
  for (const Statement* o : outer) add_source(s.via, source_of(reading, *o->speaker, o->cue));
}

// Outlets named beside the cue: "told ORBIT", "ORBIT quoted him as saying", "…, ORBIT reported".
void add_media(const Reading& reading, Statement& s) {
  const uint32_t index = s.cue ? reading.analysis.sentence_at(s.cue->begin) : s.sentence;
  const Span sentence = reading.sentence(index);
  for (size_t m = 0; m < reading.analysis.mentions.size() && m < reading.links.of.size(); ++m) {
    const Span span = reading.analysis.mentions[m].span;
    if (!sentence.contains(span) || s.content.contains(span.begin)) continue;
    for (const uint32_t entity : reading.links.of[m]) {
      const bool speaks = s.speaker && s.speaker->entity == entity;
      if (reading.is_medium(entity) && !speaks) add_source(s.via, {entity, SourceKind::kMedium, std::nullopt});
    }
  }
}

}  // namespace

StatementCoder::StatementCoder(const std::string& cues_path) {
  Result<std::string> text = base::read_file(cues_path);
  if (!text) throw Failure({ErrorCode::kKnowledge, text.error().message, cues_path});
  const knowledge::Table table(cues_path, *text, {"act", "words"});
  for (size_t row = 0; row < table.rows(); ++row) {
    cues_.add_all(table.field(row, table.column("words")), static_cast<uint32_t>(row));
    acts_.emplace_back(table.field(row, table.column("act")));
  }
}

std::string StatementCoder::act(std::string_view cue) const {
  const std::vector<uint32_t> found = cues_.found_in(terms_of(cue));
  return found.empty() ? std::string() : acts_[*std::min_element(found.begin(), found.end())];
}

std::vector<Statement> StatementCoder::from_utterance(const Reading& reading, const std::vector<Span>& quoted,
                                                       const Utterance& utterance) const {
  Statement s;
  s.content = trimmed_content(reading.text(), quoted, utterance.content);
  s.kind = statement_kind(reading.text(), quoted, s.content);
  s.cue = utterance.cue;
  s.act = utterance.cue ? act(reading.text(*utterance.cue)) : std::string();
  s.sentence = reading.analysis.sentence_at(s.content.begin);
  s.confidence = utterance.score;
  std::vector<Statement> out;
  if (utterance.speaker) {
    for (const uint32_t entity : reading.entities(*utterance.speaker)) {
      s.speaker = participant(reading, entity, *utterance.speaker, utterance.score);
      out.push_back(s);
    }
  }
  if (out.empty()) out.push_back(s);
  return out;
}

std::vector<Statement> StatementCoder::code(const Reading& reading) const {
  const std::vector<Span> quoted = quotations(reading.article);
  std::vector<Statement> statements;
  for (const Utterance& utterance : reading.analysis.utterances) {
    if (utterance.content.empty()) continue;
    std::vector<Statement> added = from_utterance(reading, quoted, utterance);
    for (Statement& s : added) {
      if (s.content.empty()) continue;
      const bool open = !utterance.cue && !utterance.speaker;
      if (const Statement* before = open ? carried_from(reading, statements, s.content) : nullptr) {
        s.speaker = before->speaker;
        s.via = before->via;
      }
      statements.push_back(std::move(s));
    }
  }
  add_uncovered(reading, quoted, statements);
  std::stable_sort(statements.begin(), statements.end(),
                   [](const Statement& a, const Statement& b) { return a.content.begin < b.content.begin; });
  for (Statement& s : statements) {
    add_outer_speakers(reading, statements, s);
    add_media(reading, s);
  }
  return statements;
}

// Quotations of several words that no utterance covers and that fill their paragraph. Within a sentence the
// reader has decided: what it left there is a title or a scare quote more often than not.
void StatementCoder::add_uncovered(const Reading& reading, const std::vector<Span>& quoted,
                                   std::vector<Statement>& statements) const {
  for (const Span quote : quoted) {
    if (terms_of(reading.text(quote)).size() < kQuotedWords) continue;
    const bool covered = std::any_of(statements.begin(), statements.end(),
                                     [&](const Statement& s) { return s.content.overlaps(quote); });
    if (covered) continue;
    Statement s;
    s.content = trimmed_content(reading.text(), quoted, quote);
    if (s.content.empty()) continue;
    s.kind = StatementKind::kDirect;
    s.sentence = reading.analysis.sentence_at(s.content.begin);
    s.confidence = 0.5;
    const auto block = std::find_if(reading.article.blocks.begin(), reading.article.blocks.end(),
                                    [&](const Block& b) { return b.span.contains(quote); });
    if (block == reading.article.blocks.end() || quote.begin > block->span.begin + 3 || quote.end + 3 < block->span.end) continue;
    const Statement* before = carried_from(reading, statements, s.content);
    if (before == nullptr || !is_quoted(*before)) continue;
    s.speaker = before->speaker;
    s.via = before->via;
    statements.push_back(std::move(s));
  }
}

}  // namespace dragoman::coding
