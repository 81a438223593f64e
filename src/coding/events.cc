// SPDX-License-Identifier: Apache-2.0
#include "coding/events.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "coding/retellings.h"
#include "coding/roles.h"
#include "coding/verb_group.h"

namespace dragoman::coding {
namespace {

// Words right before the trigger that may turn it round ("none of the three men has been").
constexpr size_t kLeadWords = 6;

// Words beside the trigger that may tell how the act was done: within one clause's length.
constexpr size_t kNearWords = 12;

// Words between two triggers of one act.
constexpr size_t kBesideWords = 3;

EventWords words_of(const Reading& reading, const Event& event, Span trigger) {
  EventWords words;
  words.trigger = terms_of(reading.text(trigger));
  if (event.theme) words.theme = terms_of(reading.text(*event.theme));
  const Span sentence = reading.sentence(event.sentence);
  std::vector<std::string> before, after;
  if (sentence.begin < trigger.begin) before = terms_of(reading.text({sentence.begin, trigger.begin}));
  if (trigger.end < sentence.end) after = terms_of(reading.text({trigger.end, sentence.end}));
  words.sentence = before;
  words.sentence.insert(words.sentence.end(), words.trigger.begin(), words.trigger.end());
  words.sentence.insert(words.sentence.end(), after.begin(), after.end());
  const size_t first = before.size() > kNearWords ? before.size() - kNearWords : 0;
  const size_t last = before.size() + words.trigger.size() + std::min(after.size(), kNearWords);
  words.near.assign(words.sentence.begin() + static_cast<std::ptrdiff_t>(first),
                    words.sentence.begin() + static_cast<std::ptrdiff_t>(last));
  const size_t lead = before.size() > kLeadWords ? before.size() - kLeadWords : 0;
  words.lead.assign(before.begin() + static_cast<std::ptrdiff_t>(lead), before.end());
  words.lead.emplace_back(".");
  words.lead.insert(words.lead.end(), words.trigger.begin(), words.trigger.end());
  return words;
}

using Words = std::set<std::string, std::less<>>;

const Words kNoVerbs = {"a",   "an",    "the",  "this", "that", "these", "those", "his", "her",
                        "its", "their", "our",  "my",   "your", "no",    "in",    "on",  "at",
                        "of",  "for",   "with", "by",   "from", "as",    "and",   "or",  "but"};
constexpr size_t kVerbGroup = 4;  // words from an auxiliary to the verb, at most

// The trigger, and where it is an auxiliary alone ("will") also the words up to its verb ("will soon send"), which tell
// the act.
Span telling_words(const Reading& reading, Span trigger, Span sentence) {
  const std::vector<std::string> own = terms_of(reading.text(trigger));
  if (own.empty() || !std::all_of(own.begin(), own.end(), is_auxiliary)) return trigger;
  const std::vector<Span>& words = reading.analysis.words;
  auto word =
      std::lower_bound(words.begin(), words.end(), trigger.end, [](Span w, uint32_t at) { return w.begin < at; });
  uint32_t end = trigger.end;
  for (size_t k = 0; k < kVerbGroup && word != words.end() && word->end <= sentence.end; ++k, ++word) {
    if (word->begin > end + 1 || (word->begin > end && reading.text({end, word->begin}) != " ")) return trigger;
    const std::vector<std::string> terms = terms_of(reading.text(*word));
    if (terms.size() != 1 || kNoVerbs.contains(terms.front())) return trigger;
    end = word->end;
    const bool on_the_way = is_auxiliary(terms.front()) || is_verbs_adverb(terms.front());
    if (!on_the_way) return {trigger.begin, end};
  }
  return trigger;
}

Event draft(const Reading& reading, const Trigger& trigger) {
  Event event;
  event.type = trigger.type;
  event.modes = trigger.modes;
  event.status = trigger.status;
  event.historical = trigger.historical >= 0.5F;
  event.actors = participants(reading, trigger, Role::kActor);
  event.recipients = participants(reading, trigger, Role::kRecipient);
  event.theme = extent(trigger, Role::kTheme, reading.sentence(trigger.sentence));
  event.locations = locations(reading, trigger);
  event.trigger = telling_words(reading, trigger.span, reading.sentence(trigger.sentence));
  event.sentence = trigger.sentence;
  event.rule = "reader";
  event.type_scores = trigger.type_scores;
  event.status_scores = trigger.status_scores;
  event.confidence = static_cast<double>(trigger.confidence);
  event.account.confidence = trigger.parts;
  event.account.fillers = trigger.fillers;
  event.account.modes = trigger.mode_scores;
  event.account.historical = trigger.historical;
  keep_sure(reading, event);
  leave_out_pieces(reading, event);
  leave_out_next_clause(reading, event);
  leave_out_hosts(event);
  return event;
}

bool has_type_in_sentence(const std::vector<Trigger>& triggers, EventType type, uint32_t sentence) {
  return std::any_of(triggers.begin(), triggers.end(),
                     [&](const Trigger& t) { return t.type == type && t.sentence == sentence; });
}

// The reader may find one act twice when it marks overlapping words.
bool told_already(const std::vector<CodedEvent>& events, const Event& event) {
  return std::any_of(events.begin(), events.end(), [&](const CodedEvent& e) {
    return e.event.type == event.type && e.event.trigger.overlaps(event.trigger) && e.event.trigger != event.trigger;
  });
}

bool same_participants(const std::vector<Participant>& a, const std::vector<Participant>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Participant& p, const Participant& q) { return p.entity == q.entity; });
}

// "is somewhat open to": one act that the reader marks at its first and at its telling word. In the training gold
// four of five such pairs are one act.
bool side_by_side(const Reading& reading, const Event& a, const Event& b) {
  if (a.type != b.type || a.sentence != b.sentence || a.status != b.status) return false;
  const auto [first, second] = std::minmax(a.trigger, b.trigger);
  if (first.end > second.begin) return false;
  const std::string_view between = reading.text({first.end, second.begin});
  static const Phrases joins = [] {
    Phrases out;
    out.add_all("and | or | but | nor", 0);
    return out;
  }();
  if (terms_of(between).size() > kBesideWords || between.find_first_of(",;:.") != std::string_view::npos) return false;
  if (joins.any_in(terms_of(reading.text({first.begin, second.begin})))) return false;
  return same_participants(a.actors, b.actors) && same_participants(a.recipients, b.recipients);
}

// Of two triggers of one act the surer event stays, told by the words of both.
void join_second_triggers(const Reading& reading, std::vector<CodedEvent>& events) {
  for (size_t a = 0; a < events.size(); ++a) {
    for (size_t b = a + 1; b < events.size();) {
      Event& one = events[a].event;
      Event& other = events[b].event;
      if (!side_by_side(reading, one, other)) {
        ++b;
        continue;
      }
      const Span both{std::min(one.trigger.begin, other.trigger.begin), std::max(one.trigger.end, other.trigger.end)};
      if (one.confidence < other.confidence) std::swap(events[a], events[b]);
      events[a].event.trigger = events[a].told = both;
      events.erase(events.begin() + static_cast<std::ptrdiff_t>(b));
    }
  }
}

}  // namespace

EventCoder::EventCoder(const std::string& data, const knowledge::Ontology& ontology)
    : ontology_(ontology),
      modes_(data + "/modes.tsv", ontology),
      contexts_(data + "/contexts.tsv", ontology),
      cameo_(data + "/cameo.tsv", ontology),
      rules_(data + "/rules.tsv", ontology) {}

void EventCoder::add_details(Event& event, const EventWords& words) const {
  if (event.modes.empty()) event.modes = modes_.modes(event.type, words);
  std::erase_if(event.modes, [&](const std::string& mode) { return !ontology_.has_mode(event.type, mode); });
  event.contexts = contexts_.contexts(event.type, event.modes, words);
  event.cameo = cameo_.code(event.type, event.modes, event.contexts, words);
  event.quad = ontology_.quad(event.type);
  event.score = ontology_.score(event.type, event.modes);
}

// Roles, type and status; the details follow when it is known which words tell the act.
std::vector<CodedEvent> EventCoder::drafts(const Reading& reading) const {
  std::vector<CodedEvent> events;
  const std::vector<Trigger>& triggers = reading.analysis.triggers;
  for (uint32_t t = 0; t < triggers.size(); ++t) {
    Event event = draft(reading, triggers[t]);
    const EventWords words = words_of(reading, event, event.trigger);
    if (event.modes.empty()) event.modes = modes_.modes(event.type, words);
    if (!event.modes.empty() && triggers[t].modes.empty()) {
      event.account.steps.push_back({"modes", "modes none → " + base::join(event.modes, ", "), "words of the act"});
    }
    give_visit_its_host(reading, event);
    const RuleOutcome outcome = rules_.apply(event, words);
    if (outcome.dropped || told_already(events, event)) continue;
    const Span told = event.trigger;
    for (const EventType type : outcome.also) {
      if (has_type_in_sentence(triggers, type, event.sentence)) continue;
      Event further = event;
      further.type = type;
      further.modes.clear();
      events.push_back({std::move(further), t, told});
    }
    events.push_back({std::move(event), t, told});
  }
  return events;
}

std::vector<CodedEvent> EventCoder::code(const Reading& reading) const {
  std::vector<CodedEvent> events = drafts(reading);
  leave_out_retellings(reading, events);
  join_second_triggers(reading, events);
  for (CodedEvent& coded : events) add_details(coded.event, words_of(reading, coded.event, coded.told));
  return events;
}

}  // namespace dragoman::coding
