// SPDX-License-Identifier: Apache-2.0
#include "coding/statements.h"

#include <algorithm>
#include <tuple>

#include "base/files.h"
#include "base/text.h"
#include "coding/quotes.h"
#include "dragoman/error.h"
#include "knowledge/table.h"

namespace dragoman::coding {
namespace {

// A quotation shorter than this many words without an utterance of its own is a title or scare quote.
constexpr size_t kQuotedWords = 5;

// The speaker stands right beside the verb of saying, with at most a title or an adverb between.
constexpr uint32_t kSpeakerReach = 12;

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

// “We have friends.” as a sentence of its own, not “friends” within one.
bool is_full_sentence(const Reading& reading, Span quote) {
  const char last = reading.text()[quote.end - 1];
  const Span sentence = reading.sentence(reading.analysis.sentence_at(quote.begin));
  return base::is_ascii_upper(reading.text()[quote.begin]) && (last == '.' || last == '?' || last == '!') &&
         quote.begin <= sentence.begin + 3;
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
    if (o.content.contains(s.content) && o.content != s.content && o.speaker && !same_speaker(o, s))
      outer.push_back(&o);
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
    if (s.speaker && s.speaker->span.contains(span)) continue;  // "Korea" in "South Korea's military"
    for (const uint32_t entity : reading.links.of[m]) {
      const bool speaks = s.speaker && s.speaker->entity == entity;
      if (reading.is_medium(entity) && !speaks) add_source(s.via, {entity, SourceKind::kMedium, std::nullopt});
    }
  }
}

// Whoever told an outlet something goes on speaking to it in the statements that follow.
void carry_media(std::vector<Statement>& statements) {
  for (size_t s = 1; s < statements.size(); ++s) {
    if (!statements[s].speaker || !statements[s].via.empty()) continue;
    const Statement& before = statements[s - 1];
    if (!same_speaker(before, statements[s])) continue;
    for (const Source& source : before.via) {
      if (source.kind == SourceKind::kMedium) add_source(statements[s].via, {source.entity, source.kind, std::nullopt});
    }
  }
}

bool is_negator(std::string_view word) {
  static const Phrases words = [] {
    Phrases out;
    out.add_all("no | not | never | nobody | none | nothing | neither | nor", 0);
    return out;
  }();
  const std::vector<std::string> terms = terms_of(word);
  return terms.size() == 1 && words.any_in(terms);
}

// "No agreement was signed, the palace said": without its first word the content would say the contrary.
Span with_negator(const Reading& reading, const Utterance& utterance, Span content) {
  const auto& words = reading.analysis.words;
  const auto next = std::lower_bound(words.begin(), words.end(), content.begin,
                                     [](Span word, uint32_t begin) { return word.begin < begin; });
  if (next == words.begin()) return content;
  const Span before = *std::prev(next);
  if (before.end >= content.begin || !is_negator(reading.text(before))) return content;
  if (reading.text({before.end, content.begin}).find_first_not_of(' ') != std::string_view::npos) return content;
  if ((utterance.cue && utterance.cue->overlaps(before)) ||
      (utterance.speaker && utterance.speaker->overlaps(before))) {
    return content;
  }
  return {before.begin, content.end};
}

bool is_unclosed(const Article& article, Span quote) {
  return std::any_of(article.blocks.begin(), article.blocks.end(),
                     [&](const Block& block) { return block.span.end == quote.end; });
}

// “We will stay. ¶ “They will help.”: each paragraph of a quotation opens it anew, only the last closes it.
bool is_paragraph_of_more(const Reading& reading, Span quote) {
  const auto& blocks = reading.article.blocks;
  const auto block =
      std::find_if(blocks.begin(), blocks.end(), [&](const Block& b) { return b.span.end == quote.end; });
  if (block == blocks.end() || std::next(block) == blocks.end() || quote.begin > block->span.begin + 3) return false;
  return mark_width(reading.text(), std::next(block)->span.begin) > 0;
}

// Two pieces of what one and the same says with one cue, or of what is said without any.
bool goes_with(const Utterance& a, const Utterance& b) { return a.cue == b.cue && a.speaker == b.speaker; }

// A quotation that one utterance alone touches is its content from mark to mark; one that holds the cue of its
// utterance was never closed.
Span with_whole_quotations(const Reading& reading, const std::vector<Span>& quoted, const Utterance& utterance,
                           Span content) {
  Span out = content;
  for (const Span quote : quoted) {
    if (!quote.overlaps(content) || content.contains(quote)) continue;
    const auto inside = [&](const std::optional<Span>& part) { return part && part->overlaps(quote); };
    if (inside(utterance.cue) || inside(utterance.speaker)) continue;
    const bool touched = std::any_of(
        reading.analysis.utterances.begin(), reading.analysis.utterances.end(), [&](const Utterance& other) {
          return other.content != utterance.content && other.content.overlaps(quote) && !goes_with(other, utterance);
        });
    if (touched || (is_unclosed(reading.article, quote) && !is_paragraph_of_more(reading, quote))) continue;
    const auto holds_words = [&](uint32_t from, uint32_t to) {  // marks alone (''…'') are not missed
      return from < to && !terms_of(reading.text({from, to})).empty();
    };
    if (holds_words(quote.begin, out.begin)) out.begin = quote.begin;
    if (holds_words(out.end, quote.end)) out.end = quote.end;
  }
  return out;
}

bool goes_on_with_more(std::string_view rest) {
  static const Phrases words = [] {
    Phrases out;
    out.add_all("who | which | that | whose | and | or | of | in | on | at | from | with | for", 0);
    return out;
  }();
  std::vector<std::string> terms = terms_of(rest);
  if (terms.empty()) return true;
  terms.resize(1);
  return rest.starts_with(",") || words.any_in(terms);
}

// Words that may stand between a speaker and the verb of saying; what stands in brackets is left out before.
bool only_light_words(std::string_view gap) {
  static const Phrases light = [] {
    Phrases out;
    out.add_all("has | have | had | also | then | later | further | again", 0);
    return out;
  }();
  std::string plain;
  int depth = 0;
  for (const char c : gap) {
    if (c == '(') ++depth;
    if (depth == 0) plain += c;
    if (c == ')' && depth > 0) --depth;
  }
  if (depth != 0 || plain.find_first_of(".,;:\"\n") != std::string::npos) return false;
  const std::vector<std::string> words = terms_of(plain);
  return words.empty() || (words.size() == 1 && light.any_in(words));
}

// The mention right before the verb of saying ("Arvo Lind (NP) said") or right behind it ("said Arvo Lind"); null if
// none stands there.
const Mention* speaker_at_cue(const Reading& reading, Span cue, Span content) {
  constexpr uint32_t kBrackets = 60;  // bytes
  const Mention* before = nullptr;
  const Mention* behind = nullptr;
  for (size_t m = 0; m < reading.analysis.mentions.size() && m < reading.links.of.size(); ++m) {
    const Mention& mention = reading.analysis.mentions[m];
    if (reading.links.of[m].empty() || mention.kind == MentionKind::kPlace || mention.span.overlaps(content)) continue;
    const Span who = mention.span;
    const bool near = who.end <= cue.begin && cue.begin - who.end <= kBrackets &&
                      only_light_words(reading.text({who.end, cue.begin}));
    if (near && (before == nullptr || who.end > before->span.end)) before = &mention;
    if (who.begin == cue.end + 1 && (behind == nullptr || who.end > behind->span.end)) behind = &mention;
  }
  return before != nullptr ? before : behind;
}

bool is_determiner(std::string_view words) {
  static const Phrases determiners = [] {
    Phrases out;
    out.add_all("the | a | an | this | that | his | her | its | their", 0);
    return out;
  }();
  const std::vector<std::string> terms = terms_of(words);
  return terms.size() == 1 && determiners.any_in(terms);
}

// The reader may stop short of the noun: "the" of "the source", "Former" of "Former candidate Arvo Lind". Then the
// mention that begins there, or after an article and perhaps a quotation mark, is who speaks.
Span whole_speaker(const Reading& reading, const Utterance& utterance) {
  const Span speaker = *utterance.speaker;
  const bool determiner = is_determiner(reading.text(speaker));
  Span whole = speaker;
  for (size_t m = 0; m < reading.analysis.mentions.size() && m < reading.links.of.size(); ++m) {
    const Span span = reading.analysis.mentions[m].span;
    if (span.begin > speaker.end + 4) break;  // a space and a mark of three bytes
    if (reading.links.of[m].empty() || span.end <= whole.end) continue;
    if (span.overlaps(utterance.content) || (utterance.cue && span.overlaps(*utterance.cue))) continue;
    const bool begins = span.begin == speaker.begin;
    const bool follows = determiner && speaker.end < span.begin;
    if (!begins && !follows) continue;
    if (begins && !determiner && goes_on_with_more(base::trim(reading.text({speaker.end, span.end})))) continue;
    whole = span;
  }
  return whole;
}

// The longest mention that begins where the speaker does and ends within: "police" of "police and".
const Mention* mention_of(const Reading& reading, Span speaker) {
  const Mention* own = nullptr;
  for (const Mention& mention : reading.analysis.mentions) {
    const bool within = mention.span.begin == speaker.begin && mention.span.end <= speaker.end;
    if (within && (own == nullptr || mention.span.end > own->span.end)) own = &mention;
  }
  return own;
}

// Whether the words between two mentions join them.
bool joins(std::string_view between) {
  const std::string_view words = base::trim(between);
  return words == "and" || words == "and the" || words == "and both" || words == "and his deputy" ||
         words == "and her deputy";
}

// "[Bennett] and Barnea said", "according to [police] and witnesses": mentions joined to the speaker by "and", all on
// one side of the verb. Of another kind only where nothing within the first could be what is joined ("sources in Israel
// and Egypt").
std::vector<Span> joined_speakers(const Reading& reading, const Utterance& utterance, Span speaker) {
  const std::vector<Mention>& mentions = reading.analysis.mentions;
  const Mention* own = mention_of(reading, speaker);
  std::vector<Span> joined;
  if (own == nullptr || own->form == Form::kPronoun) return joined;
  const Span cue = utterance.cue.value_or(Span{});
  const auto plain = [&](Span span) {
    const std::vector<std::string> terms = terms_of(reading.text(span));
    return std::none_of(terms.begin(), terms.end(), [](const std::string& term) {
      return term == "in" || term == "of" || term == "from" || term == "at" || term == "with" || term == "for";
    });
  };
  for (size_t m = 0; m < mentions.size() && m < reading.links.of.size(); ++m) {
    const Span span = mentions[m].span;
    if (mentions[m].form == Form::kPronoun || reading.links.of[m].empty()) continue;
    if (span.overlaps(utterance.content) || span.overlaps(cue)) continue;
    const bool behind = span.begin > own->span.end;
    if (!behind && span.end >= own->span.begin) continue;
    const Span first = behind ? own->span : span, second = behind ? span : own->span;
    if (!joins(reading.text({first.end, second.begin}))) continue;
    if (utterance.cue && (cue.begin >= second.end) != (cue.begin >= first.end)) continue;
    if (mentions[m].kind != own->kind && (mentions[m].kind == MentionKind::kPlace || !plain(first))) continue;
    const auto same = std::find_if(joined.begin(), joined.end(), [&](Span one) { return one.overlaps(span); });
    if (same == joined.end())
      joined.push_back(span);
    else if (span.size() > same->size())
      *same = span;
  }
  return joined;
}

// How many words two contents share, as a part of all words of both, in bytes.
double likeness(Span a, Span b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (end <= begin) return 0;
  return double(end - begin) / double(std::max(a.end, b.end) - std::min(a.begin, b.begin));
}

bool cue_has(const Reading& reading, const Statement& s, std::string_view alternatives) {
  if (!s.cue) return false;
  Phrases words;
  words.add_all(alternatives, 0);
  return words.any_in(terms_of(reading.text(*s.cue)));
}

// "…," Arvo Lind said, according to the Elm Gazette: the one who is named as the source of what another says passes it
// on.
bool passes_on(const Reading& reading, const Statement& source, const Statement& said) {
  if (!source.speaker || !said.speaker || same_speaker(source, said) || source.cue == said.cue) return false;
  if (likeness(source.content, said.content) < 0.5 || !said.cue || source.content.contains(*said.cue)) return false;
  if (cue_has(reading, said, "according to")) return false;
  return cue_has(reading, source, "according to") ||
         (reading.is_medium(source.speaker->entity) && !reading.is_medium(said.speaker->entity) &&
          cue_has(reading, source, "report* | quote* | wrote | writes"));
}

// Leaves out who only passes on what another statement tells, and puts them into its `via`.
void leave_out_passing_on(const Reading& reading, std::vector<Statement>& statements) {
  std::vector<char> passed(statements.size());
  for (size_t a = 0; a < statements.size(); ++a) {
    for (size_t b = 0; b < statements.size() && passed[a] == 0; ++b) {
      if (a == b || passed[b] != 0 || !passes_on(reading, statements[a], statements[b])) continue;
      const Source source = source_of(reading, *statements[a].speaker, statements[a].cue);
      add_source(statements[b].via, {source.entity, SourceKind::kMedium, source.cue});
      passed[a] = 1;
    }
  }
  size_t at = 0;
  std::erase_if(statements, [&](const Statement&) { return passed[at++] != 0; });
}

// "Arvo Lind said" as what the Gazette says: a content of the words that tell who speaks.
bool is_only_cue(const Statement& s, const std::vector<Statement>& statements) {
  return std::any_of(statements.begin(), statements.end(), [&](const Statement& other) {
    return other.cue && other.content != s.content && s.content.contains(*other.cue) &&
           s.content.end <= other.cue->end + 1 && s.content.begin >= other.cue->begin - std::min(other.cue->begin, 40U);
  });
}

// "Conceding that the port was small, he warned …", "…, he said, adding that …": a participle has the subject of its
// sentence, who mostly says something else in it; else who spoke last speaks on.
void give_participles_speakers(const Reading& reading, std::vector<Statement>& statements) {
  for (size_t at = 0; at < statements.size(); ++at) {
    Statement& s = statements[at];
    if (s.speaker || !s.cue || !reading.text(*s.cue).ends_with("ing")) continue;
    const uint32_t sentence = reading.analysis.sentence_at(s.cue->begin);
    const Statement* found = nullptr;
    for (const Statement& other : statements) {
      if (!other.speaker || !other.cue || reading.analysis.sentence_at(other.cue->begin) != sentence) continue;
      if (found == nullptr || other.content.begin < s.content.begin) found = &other;
    }
    if (found == nullptr && at > 0 && statements[at - 1].speaker &&
        blocks_between(reading.article, statements[at - 1].content.begin, s.content.begin) <= 1) {
      found = &statements[at - 1];
    }
    if (found != nullptr) s.speaker = found->speaker;
  }
}

// Pieces of one quotation that were found apart have grown to the same content.
void leave_out_same(std::vector<Statement>& statements) {
  const std::vector<Statement> all = statements;
  size_t at = 0;
  std::erase_if(statements, [&](const Statement& s) {
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(at++);
    return std::any_of(all.begin(), end, [&](const Statement& before) {
      return before.content == s.content && before.cue == s.cue && same_speaker(before, s);
    });
  });
}

// One quotation in two ways, by two verbs of saying or to two speakers ("…," Lind said. Berg told reporters …): it is
// who says it more surely. Two speakers of one verb say it together.
void leave_out_rivals(std::vector<Statement>& statements) {
  const std::vector<Statement> all = statements;
  const auto rank = [](const Statement& s) {
    return std::tuple(-s.confidence, s.cue ? s.cue->begin : UINT32_MAX);  // of equals, by the first cue
  };
  std::erase_if(statements, [&](const Statement& s) {
    return is_quoted(s) && std::any_of(all.begin(), all.end(), [&](const Statement& other) {
             return other.content == s.content && other.cue != s.cue && rank(other) < rank(s);
           });
  });
}

// Nobody says a part of his words beside them ("he hopes [the depot would be a boon]"): the surer of two stays.
void leave_out_parts(std::vector<Statement>& statements) {
  for (size_t a = 0; a < statements.size(); ++a) {
    for (size_t b = a + 1; b < statements.size();) {
      const Statement& one = statements[a];
      const Statement& other = statements[b];
      const bool nested = one.content.contains(other.content) || other.content.contains(one.content);
      if (!nested || !one.speaker || !same_speaker(one, other)) {
        ++b;
        continue;
      }
      const bool longer = one.content.size() >= other.content.size();
      if (one.confidence < other.confidence || (one.confidence == other.confidence && !longer))
        std::swap(statements[a], statements[b]);
      statements.erase(statements.begin() + static_cast<std::ptrdiff_t>(b));
    }
  }
}

// "called for" and a noun perform an act and say nothing (codebook); "called for “an end to the shameful blockade”"
// does.
bool only_calls_for(const Reading& reading, const std::vector<Span>& quoted, const Statement& s) {
  if (s.kind == StatementKind::kDirect || !cue_has(reading, s, "call | calls | called | calling")) return false;
  const std::vector<std::string> before = terms_of(reading.text({s.cue->begin, std::max(s.cue->end, s.content.begin)}));
  if (s.content.begin < s.cue->end || before.size() != 2 || before.back() != "for") return false;
  size_t words = 0;  // quoted: one word may be a scare quote
  for (const Span quote : quoted) {
    if (quote.overlaps(s.content)) words = std::max(words, terms_of(reading.text(quote)).size());
  }
  return words < 2;
}

// What was said from its first word to its last; the reader may miss words at either end.
Span whole_content(const Reading& reading, const std::vector<Span>& quoted, const Utterance& utterance) {
  const Span whole = with_whole_quotations(reading, quoted, utterance, utterance.content);
  Span content = trimmed_content(reading.text(), quoted, with_negator(reading, utterance, whole));
  for (const Span quote : quoted) {  // a mark that opens inside closes inside
    if (quote.end == content.end && content.begin < quote.begin && quote.begin < content.end) {
      content.end += mark_width(reading.text(), quote.end);
    }
  }
  return content;
}

}  // namespace

StatementCoder::StatementCoder(const std::string& cues_path, double quotation_confidence, double min_confidence)
    : quotation_confidence_(quotation_confidence), min_confidence_(min_confidence) {
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
  s.content = whole_content(reading, quoted, utterance);
  s.kind = statement_kind(reading.text(), quoted, s.content);
  s.cue = utterance.cue;
  s.act = utterance.cue ? act(reading.text(*utterance.cue)) : std::string();
  s.sentence = reading.analysis.sentence_at(s.content.begin);
  s.confidence = static_cast<double>(utterance.confidence);
  s.account.confidence = utterance.parts;
  std::vector<Statement> out;
  if (utterance.speaker) {
    const Span speaker = whole_speaker(reading, utterance);
    for (const uint32_t entity : reading.entities(speaker)) {
      s.speaker = participant(reading, entity, speaker, utterance.score);
      out.push_back(s);
    }
    for (const Span one : out.empty() ? std::vector<Span>{} : joined_speakers(reading, utterance, speaker))
      for (const uint32_t entity : reading.entities(one)) {
        s.speaker = participant(reading, entity, one, utterance.score);
        if (std::none_of(out.begin(), out.end(), [&](const Statement& other) { return same_speaker(other, s); }))
          out.push_back(s);
      }
  }
  if (out.empty() && utterance.cue && act(reading.text(*utterance.cue)) == "say") {
    if (const Mention* near = speaker_at_cue(reading, *utterance.cue, s.content)) {
      s.speaker = participant(reading, reading.entities(near->span).front(), near->span, utterance.score);
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
      const std::optional<Statement> told =
          open && s.kind == StatementKind::kDirect ? beside_cue(reading, s.content) : std::nullopt;
      if (told) {
        s.speaker = told->speaker, s.cue = told->cue, s.act = told->act;
      } else if (const Statement* before = open ? carried_from(reading, statements, s.content) : nullptr) {
        for (const Statement& other : statements) {
          if (passes_on(reading, *before, other)) before = &other;
        }
        s.speaker = before->speaker;
        s.via = before->via;
      }
      statements.push_back(std::move(s));
    }
  }
  leave_out_same(statements);
  add_uncovered(reading, quoted, statements);
  const std::vector<Statement> all = statements;
  std::erase_if(statements,
                [&](const Statement& s) { return is_only_cue(s, all) || only_calls_for(reading, quoted, s); });
  std::stable_sort(statements.begin(), statements.end(),
                   [](const Statement& a, const Statement& b) { return a.content.begin < b.content.begin; });
  leave_out_passing_on(reading, statements);
  leave_out_rivals(statements);
  leave_out_parts(statements);
  give_participles_speakers(reading, statements);
  for (Statement& s : statements) {
    add_outer_speakers(reading, statements, s);
    add_media(reading, s);
  }
  carry_media(statements);
  return statements;
}

// What of its sentence stands behind a quotation. Where the quotation ends its sentence (“Many thanks.” Arvo Lind said
// in a letter.) that is the next one, if its verb of saying has no content of its own.
Span StatementCoder::words_behind(const Reading& reading, Span quote, Span last) const {
  const Span rest{quote.end, std::max(quote.end, last.end)};
  const std::vector<Span>& sentences = reading.analysis.sentences;
  const size_t next = reading.analysis.sentence_at(quote.end) + size_t{1};
  if (next >= sentences.size() || !terms_of(reading.text(rest)).empty()) return rest;
  const Span sentence = sentences[next];
  const std::string_view gap = reading.text({rest.begin, std::max(rest.begin, sentence.begin)});
  if (gap.find('\n') != std::string_view::npos) return rest;
  static const Phrases circumstances = [] {
    Phrases out;
    out.add_all("in | at | on | during | after | before | via | through | yesterday | today", 0);
    return out;
  }();
  constexpr size_t kWordsBefore = 5;  // of the speaker, before the verb
  std::vector<std::string> terms = terms_of(reading.text(sentence));
  for (size_t k = 1; k < std::min(terms.size(), kWordsBefore + 1); ++k) {
    if (act(terms[k]) != "say") continue;
    const bool alone = k + 1 == terms.size() || circumstances.any_in({terms[k + 1]});
    return alone ? Span{rest.begin, sentence.end} : rest;
  }
  return rest;
}

// A statement with this quotation as content, if words of saying stand beside it in its sentence and
// somebody stands beside these: "…," Arvo Lind said / said Arvo Lind, / Arvo Lind said: "…".
std::optional<Statement> StatementCoder::beside_cue(const Reading& reading, Span quote) const {
  // The quotation may be several sentences; the cue stands in the first or right after the last.
  const Span first = reading.sentence(reading.analysis.sentence_at(quote.begin));
  const Span last = reading.sentence(reading.analysis.sentence_at(quote.end));
  const Span behind = words_behind(reading, quote, last);
  const Span sides[] = {behind, {first.begin, quote.begin}};
  for (const Span side : sides) {
    std::optional<Span> cue;
    for (const Span word : reading.analysis.words) {
      if (word.begin >= side.end) break;
      if (!side.contains(word) || act(reading.text(word)) != "say") continue;
      const bool nearer = !cue || side.begin != quote.end;  // after a quotation the first, before it the last
      if (nearer) cue = word;
    }
    if (!cue) continue;
    const Mention* speaker = nullptr;
    uint32_t best = kSpeakerReach;
    for (size_t m = 0; m < reading.analysis.mentions.size() && m < reading.links.of.size(); ++m) {
      const Mention& mention = reading.analysis.mentions[m];
      if (!side.contains(mention.span) || reading.links.of[m].empty() || mention.kind == MentionKind::kPlace) continue;
      const uint32_t far =
          mention.span.end <= cue->begin ? cue->begin - mention.span.end : mention.span.begin - cue->end;
      if (mention.span.overlaps(*cue) || far >= best) continue;
      best = far, speaker = &mention;
    }
    if (speaker == nullptr) continue;
    Statement s;
    s.cue = cue;
    s.act = "say";
    s.speaker = participant(reading, reading.entities(speaker->span).front(), speaker->span, 0.5F);
    return s;
  }
  return std::nullopt;
}

// Quotations of several words that no utterance covers: those that fill their paragraph go on the one
// before, those within a sentence need a cue. What is left is a title or a scare quote.
void StatementCoder::add_uncovered(const Reading& reading, const std::vector<Span>& quoted,
                                   std::vector<Statement>& statements) const {
  if (quotation_confidence_ < min_confidence_) return;
  for (const Span quote : quoted) {
    if (terms_of(reading.text(quote)).size() < kQuotedWords) continue;
    const bool covered = std::any_of(statements.begin(), statements.end(), [&](const Statement& s) {
      return s.content.overlaps(quote) || (s.cue && s.cue->overlaps(quote));
    });
    const Span content = trimmed_content(reading.text(), quoted, quote);
    if (covered || content.empty()) continue;
    const auto block = std::find_if(reading.article.blocks.begin(), reading.article.blocks.end(),
                                    [&](const Block& b) { return b.span.contains(quote); });
    if (block == reading.article.blocks.end()) continue;
    const bool whole = quote.begin <= block->span.begin + 3 && quote.end + 3 >= block->span.end;
    std::optional<Statement> s = whole ? std::nullopt : beside_cue(reading, quote);
    const Statement* before =
        s || !(whole || is_full_sentence(reading, quote)) ? nullptr : carried_from(reading, statements, content);
    const bool near = before != nullptr && is_quoted(*before) && (whole || block->span.contains(before->content));
    if (near) {
      s = Statement{};
      s->speaker = before->speaker;
      s->via = before->via;
    }
    if (!s) continue;
    s->kind = StatementKind::kDirect;
    s->content = content;
    s->sentence = reading.analysis.sentence_at(content.begin);
    s->confidence = quotation_confidence_;
    s->account.confidence = {{"quotation", 1, 0}};
    statements.push_back(std::move(*s));
  }
}

}  // namespace dragoman::coding
