// SPDX-License-Identifier: Apache-2.0
#include "coding/roles.h"

#include <algorithm>

#include "coding/attribution.h"
#include "coding/phrases.h"
#include "coding/steps.h"

namespace dragoman::coding {
namespace {

// Chosen on tune: .7 to .9 give much the same; a threshold on participants that stand alone only loses.
constexpr float kShareOfSurest = 0.8F;

// Words and bytes between two names that a conjunction joins: ", the" … "as well as its".
constexpr size_t kJoinWords = 4;
constexpr uint32_t kJoinBytes = 60;

bool joined(const Reading& reading, Span a, Span b) {
  if (b.begin < a.begin) std::swap(a, b);
  if (b.begin < a.end || b.begin - a.end > kJoinBytes) return false;
  const std::string_view gap = reading.text({a.end, b.begin});
  if (gap.find_first_of(".;:") != std::string_view::npos) return false;
  const std::vector<std::string> words = terms_of(gap);
  if (words.size() > kJoinWords) return false;
  static const Phrases joins = [] {
    Phrases out;
    out.add_all("and | or | with | as well as", 0);
    return out;
  }();
  return gap.find_first_of(",&") != std::string_view::npos || joins.any_in(words);
}

bool is_quoted(const Statement& s) { return s.kind != StatementKind::kIndirect; }

// The innermost statement with a speaker around the trigger.
const Statement* told_in(const Event& event, const std::vector<Statement>& statements) {
  const Statement* innermost = nullptr;
  for (const Statement& s : statements) {
    if (!s.speaker || !s.content.contains(event.trigger.begin)) continue;
    if (innermost == nullptr || s.content.size() < innermost->content.size()) innermost = &s;
  }
  return innermost;
}

std::vector<Participant> sure_ones(const Reading& reading, const std::vector<Participant>& all) {
  std::vector<Participant> sure;
  float surest = 0;
  for (const Participant& p : all) surest = std::max(surest, p.score);
  for (const Participant& p : all) {
    // A mention of several, "the two leaders", gives participants of one span.
    const bool named_together = std::any_of(all.begin(), all.end(), [&](const Participant& q) {
      return q.entity != p.entity && (joined(reading, p.span, q.span) || (p.span == q.span && q.score == surest));
    });
    if (named_together || p.score >= kShareOfSurest * surest) sure.push_back(p);
  }
  return sure;
}

}  // namespace

void keep_sure(const Reading& reading, Event& event) {
  const Event before = event;
  event.actors = sure_ones(reading, event.actors);
  event.recipients = sure_ones(reading, event.recipients);
  if (event.actors.size() == before.actors.size() && event.recipients.size() == before.recipients.size()) return;
  event.account.steps.push_back(
      {"slips", change_between(before, event), "far less sure than the one beside it, and not named together with it"});
}

void give_to_speaker(Event& event, const std::vector<Statement>& statements) {
  if (!event.actors.empty() || !is_speech_act(event.type)) return;
  const Statement* statement = told_in(event, statements);
  if (statement == nullptr || !is_quoted(*statement)) return;
  const Event before = event;
  event.actors.push_back(*statement->speaker);
  event.rule += "+speaker-acts";
  event.account.steps.push_back(
      {"speaker-acts", change_between(before, event), "a speech act without actor in quoted words is the speaker's"});
}

}  // namespace dragoman::coding
