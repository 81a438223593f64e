// SPDX-License-Identifier: Apache-2.0
#include "coding/retellings.h"

#include <algorithm>

#include "base/text.h"

namespace dragoman::coding {
namespace {

// Between a verb and its own noun stand at most an article and a few attributes; between casualties and their cause
// a preposition more, and a day or place.
constexpr size_t kNounReach = 4;
constexpr size_t kCauseReach = 6;

Phrases phrases(std::string_view alternatives) {
  Phrases out;
  out.add_all(alternatives, 0);
  return out;
}

bool holds(const Phrases& words, const std::vector<std::string>& terms) { return words.any_in(terms); }

// Words that begin another phrase or clause: what follows is not the object of what stands before.
const Phrases& borders() {
  static const Phrases words = phrases(
      "and | or | but | nor | after | before | since | until | while | when | during | following | over | in | on | at "
      "| "
      "by | from | with | without | for | of | to | against | between | into | through | as | that | which | who | "
      "whom | "
      "whose | where | if | because | than | is | are | was | were | be | been | has | have | had | will | would");
  return words;
}

// Verbs that tell next to nothing without their noun.
const Phrases& light_verbs() {
  static const Phrases words = phrases(
      "hold | holds | held | holding | launch* | impos* | sign | signs | signed | signing | conduct* | carr* out | "
      "give | gives | gave | given | giving | make | makes | made | making | stag* | organi* | take | takes | took | "
      "taken | taking | have | has | had | having | initiat* | issue | issues | issued | issuing | file | files | "
      "filed | "
      "filing | attend* | voic* | hand* down | level* | lodg* | mount* | open | opens | opened | opening | start* | "
      "begin* | began | begun | pay | pays | paid | paying | reach* | conclude* | announc* | submit* | express* | "
      "offer* | deliver* | wage* | undert* | face | faces | faced | facing | forward* | dredg* | enact* | slap* | "
      "declar* | stiffen* | seal* | join | joins | joined | joining | broker* | perpetrat* | commit | commits | "
      "committed | convene* | host* | went on | go on | going on | participat* in | took part in");
  return words;
}

const Phrases& casualties() {
  static const Phrases words = phrases("kill | kills | killed | killing | dead | died | die | dies | injur* | wound*");
  return words;
}

const Phrases& attacks() {
  static const Phrases words = phrases(
      "attack* | bomb* | blast* | explo* | strike* | airstrike* | shell* | shoot* | raid* | clash* | fight* | violence "
      "| "
      "mortar* | rocket* | ambush*");
  return words;
}

const Phrases& denials() {
  static const Phrases words = phrases("deny | denies | denied | denying | denial | denials | refut*");
  return words;
}

// "Dismissed the report as false" denies, "dismissed the plea" does not.
const Phrases& called_false() {
  static const Phrases words = phrases(
      "as false | as untrue | as lies | as a lie | as baseless | as unfounded | as groundless | as fabricat* | as fake "
      "| "
      "as nonsense | as fiction | as propaganda");
  return words;
}

// "Denied" may be refusing: "denied entry", "denied him bail".
const Phrases& refused() {
  static const Phrases words = phrases(
      "permission | permit* | entry | access | bail | visa* | request* | parole | asylum | leave | license | licence | "
      "accreditation | treatment | aid");
  return words;
}

const Phrases& lifting() {
  static const Phrases words = phrases(
      "lift | lifts | lifted | lifting | eas* | end | ends | ended | ending | suspend* | relax* | scrap* | revok* | "
      "waiv* | loosen* | remov* | repeal* | rescind* | drop | drops | dropped | dropping | unfre*");
  return words;
}

const Phrases& measures() {
  static const Phrases words = phrases(
      "sanction | sanctions | ban | bans | curfew* | embargo* | blockade* | tariff* | restriction* | martial law | "
      "state of emergency | emergency | asset freeze | lockdown*");
  return words;
}

std::string_view between(const Reading& reading, const Event& first, const Event& second) {
  if (second.trigger.begin <= first.trigger.end) return {};
  return reading.text({first.trigger.end, second.trigger.begin});
}

bool parts_clauses(std::string_view text) { return text.find_first_of(",;:.!?()\n\"") != std::string_view::npos; }

// "Abducted and" | "killed": two acts whose joint the reader put into the first.
bool goes_on(std::string_view trigger) {
  return trigger.ends_with(" and") || trigger.ends_with(" or") || trigger.ends_with(",");
}

bool adjoining(std::string_view gap) {
  return !gap.empty() && gap.size() <= 2 &&
         std::all_of(gap.begin(), gap.end(), [](char c) { return c == ' ' || c == '-'; });
}

bool is_verb_with_noun(const Reading& reading, const Event& first, std::string_view gap) {
  if (gap.empty() || parts_clauses(gap)) return false;
  std::vector<std::string> terms = terms_of(gap);
  static const Phrases counted = phrases("series | wave | waves | round | rounds | string | spate | number");
  for (size_t t = 0; t + 1 < terms.size(); ++t) {  // "a series of attacks" is attacks
    if (terms[t + 1] == "of" && holds(counted, {terms[t]}))
      terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(t) + 1);
  }
  if (terms.size() > kNounReach || holds(borders(), terms)) return false;
  return holds(light_verbs(), terms_of(reading.text(first.trigger)));
}

// "13 killed in a bombing", "the blast killed 13": the act with its outcome in one clause.
bool is_casualty_of(const Reading& reading, const Event& first, const Event& second, std::string_view gap) {
  if (first.type != EventType::kAssault || gap.empty() || parts_clauses(gap)) return false;
  const std::vector<std::string> terms = terms_of(gap);
  static const Phrases another = phrases("and | or | but | after | before | while | when | as");
  static const Phrases by_cause = phrases("in | by | from | during");
  if (terms.size() > kCauseReach || holds(another, terms)) return false;
  const std::vector<std::string> one = terms_of(reading.text(first.trigger)),
                                 other = terms_of(reading.text(second.trigger));
  if (holds(casualties(), one) && holds(attacks(), other)) return holds(by_cause, terms);
  return holds(attacks(), one) && holds(casualties(), other);
}

template <class T>
void take_if_empty(T& mine, const T& theirs) {
  if (mine.empty()) mine = theirs;
}

// The participants of one side, where that side has none; who stands alone on the other side does not act on himself.
void take_side(std::vector<Participant>& mine, const std::vector<Participant>& theirs,
               const std::vector<Participant>& other) {
  if (!mine.empty()) return;
  mine = theirs;
  if (other.size() == 1)
    std::erase_if(mine, [&](const Participant& one) { return one.entity == other.front().entity; });
}

void take_over(Event& first, const Event& second, bool widen) {
  take_side(first.actors, second.actors, first.recipients);
  take_side(first.recipients, second.recipients, first.actors);
  take_if_empty(first.locations, second.locations);
  take_if_empty(first.modes, second.modes);
  if (!first.theme) first.theme = second.theme;
  if (widen) first.trigger.end = second.trigger.end;
}

// Of one type, or read as one before a rule changed the type of one of them ("signed an agreement").
bool may_be_one_act(const Reading& reading, const CodedEvent& a, const CodedEvent& b) {
  const auto read = [&](const CodedEvent& coded) { return reading.analysis.triggers[coded.trigger].type; };
  return (a.event.type == b.event.type || read(a) == read(b)) && a.event.sentence == b.event.sentence &&
         a.event.status == b.event.status;
}

void join_words_of_one_act(const Reading& reading, std::vector<CodedEvent>& events) {
  for (size_t first = 0; first + 1 < events.size(); ++first) {
    for (size_t second = first + 1; second < events.size();) {
      Event& a = events[first].event;
      const Event& b = events[second].event;
      const std::string_view gap = between(reading, a, b);
      const bool comparable = may_be_one_act(reading, events[first], events[second]);
      const bool one_phrase = comparable && adjoining(gap) && !goes_on(reading.text(a.trigger));
      if (!one_phrase && !(comparable && (is_verb_with_noun(reading, a, gap) || is_casualty_of(reading, a, b, gap)))) {
        ++second;
        continue;
      }
      a.account.steps.push_back(
          {"retelling", "took in “" + std::string(reading.text(b.trigger)) + "”",
           one_phrase ? "adjoining words tell one act" : "a verb with its noun or outcome is one act"});
      if (b.confidence > a.confidence) {  // one act, as sure as the surer of its words
        a.confidence = b.confidence;
        a.type_scores = b.type_scores;
        a.account.confidence = b.account.confidence;
      }
      take_over(a, b, one_phrase);
      events[first].told.end = b.trigger.end;
      events.erase(events.begin() + static_cast<std::ptrdiff_t>(second));
    }
  }
}

bool denies(const Reading& reading, const Event& event) {
  if (event.type != EventType::kReject) return false;
  const std::vector<std::string> trigger = terms_of(reading.text(event.trigger));
  if (holds(denials(), trigger)) return true;
  static const Phrases dismissal = phrases("dismiss* | reject*");
  const Span rest{event.trigger.begin, std::max(event.trigger.end, reading.sentence(event.sentence).end)};
  return holds(dismissal, trigger) && holds(called_false(), terms_of(reading.text(rest)));
}

// The denied act stands in the theme of the denial, or follows it in the same clause.
bool is_denied(const Reading& reading, const Event& denial, const Event& act) {
  if (act.sentence != denial.sentence || act.trigger.begin < denial.trigger.end) return false;
  if (act.type == EventType::kReject || act.type == EventType::kAccuse) return false;
  const std::string_view gap = between(reading, denial, act);
  const std::vector<std::string> terms = terms_of(gap);
  if (holds(refused(), terms)) return false;
  if (denial.theme && denial.theme->contains(act.trigger.begin)) return true;
  static const Phrases another_clause = phrases("and | but | while | after | as | who | which | because | when");
  return !parts_clauses(gap) && !holds(another_clause, terms);
}

// "Lifted the ban": the noun right behind the verb, with an article and attributes between.
bool is_lifted(const Reading& reading, const Event& event) {
  if (event.type != EventType::kSanction && event.type != EventType::kCoerce) return false;
  const std::vector<std::string> words = terms_of(reading.text(event.trigger));
  if (words.empty() || !holds(measures(), words) || holds(lifting(), words)) return false;
  const Span sentence = reading.sentence(event.sentence);
  if (sentence.begin >= event.trigger.begin) return false;
  const std::string_view before = reading.text({sentence.begin, event.trigger.begin});
  std::vector<std::string> terms =
      terms_of(before.substr(std::min(before.find_last_of(",;:()\n\"") + 1, before.size())));
  for (size_t back = 0; back < kNounReach && !terms.empty(); ++back) {
    const std::vector<std::string> word{terms.back()};
    terms.pop_back();
    if (holds(lifting(), word)) return true;
    if (word.front() != "of" && holds(borders(), word)) return false;
  }
  return false;
}

}  // namespace

void leave_out_retellings(const Reading& reading, std::vector<CodedEvent>& events) {
  join_words_of_one_act(reading, events);
  std::vector<Event> denials_told;
  for (const CodedEvent& coded : events) {
    if (denies(reading, coded.event)) denials_told.push_back(coded.event);
  }
  std::erase_if(events, [&](const CodedEvent& coded) {
    return is_lifted(reading, coded.event) ||
           std::any_of(denials_told.begin(), denials_told.end(),
                       [&](const Event& denial) { return is_denied(reading, denial, coded.event); });
  });
}

}  // namespace dragoman::coding
