// SPDX-License-Identifier: Apache-2.0
#include "coding/roles.h"

#include <algorithm>
#include <set>

#include "coding/attribution.h"
#include "coding/phrases.h"
#include "coding/steps.h"
#include "coding/verb_group.h"
#include "knowledge/codes.h"

namespace dragoman::coding {
namespace {

// Chosen on tune: .7 to .9 give much the same; a threshold on participants that stand alone only loses.
constexpr float kShareOfSurest = 0.8F;

// Words and bytes between two names that a conjunction joins: ", the" … "as well as its".
constexpr size_t kJoinWords = 4;
constexpr uint32_t kJoinBytes = 60;

// Words between two pieces of one phrase: "'s Deputy Chief of Staff Major-General".
constexpr size_t kPieceWords = 7;

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

/// Whether the state of somebody was only taken from around these words.
bool is_guessed(const Entity& entity, Span words) {
  const auto own = std::find_if(entity.mentions.begin(), entity.mentions.end(),
                                [&](const EntityMention& mention) { return mention.span == words; });
  return own != entity.mentions.end() && own->reason.rule == kDocumentCountry;
}

/// Countries that the event's sentence tells, but for those of who speaks in it.
std::set<std::string> told_states(const Reading& reading, const Event& event) {
  const Span sentence = reading.sentence(reading.analysis.sentence_at(event.trigger.begin));
  const auto speaks = [&](Span words) {
    return std::any_of(reading.analysis.utterances.begin(), reading.analysis.utterances.end(),
                       [&](const Utterance& utterance) { return utterance.speaker == words; });
  };
  std::set<std::string> told;
  for (const Entity& entity : reading.links.entities) {
    if (entity.country.empty() || knowledge::is_non_state_code(entity.country)) continue;
    for (const EntityMention& mention : entity.mentions) {
      if (sentence.contains(mention.span) && !is_guessed(entity, mention.span) && !speaks(mention.span))
        told.insert(entity.country);
    }
  }
  return told;
}

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

// Whether a new main clause begins between trigger and participant: "denied this, but Sudria has warned".
bool in_next_clause(const Reading& reading, Span trigger, Span who) {
  if (who.begin < trigger.end) return false;
  const std::string_view gap = reading.text({trigger.end, who.begin});
  for (const std::string_view opener : {", but ", ", while ", ", whereas ", ", although ", ", though "}) {
    const size_t at = gap.find(opener);
    if (at == std::string_view::npos) continue;
    const std::vector<std::string> after = terms_of(gap.substr(at + opener.size()));
    if (after.empty() || (after.size() == 1 && after.front() == "the")) return true;
  }
  return false;
}

// Whether the words between the begin of what is told and a trigger are its subject, a pronoun, and what stands between
// a subject and its active verb: "[that] it had [shot down]".
bool is_pronoun_subject(std::vector<std::string> words) {
  static const std::set<std::string> pronouns = {"he", "she", "it", "they", "we", "i"};
  const auto may_stand_between = [](const std::string& word) {
    return (is_auxiliary(word) && !is_form_of_be(word) && word != "to") || is_verbs_adverb(word);
  };
  if (!words.empty() && words.front() == "that") words.erase(words.begin());
  return !words.empty() && pronouns.contains(words.front()) &&
         std::all_of(words.begin() + 1, words.end(), may_stand_between);
}

/// Whether the words are a name, "Arvo Lind", "General Arvo Lind", and no description that holds one ("Norland's
/// general").
bool is_named(const Reading& reading, Span words) {
  const auto& all = reading.analysis.mentions;
  auto own = std::find_if(all.begin(), all.end(), [&](const Mention& mention) { return mention.span == words; });
  if (own == all.end())
    own = std::find_if(all.begin(), all.end(), [&](const Mention& mention) {
      return mention.span.end == words.end && mention.span.overlaps(words);
    });
  return own != all.end() && own->form == Form::kName;
}

enum class Piece { kNone, kFirst, kSecond };

// Of two participants of which one lies within the other the inner one, unless it is named for itself ("a group known
// as the Red Hand") or the outer one holds the act; members of a group have one span.
Piece nested_piece(const Reading& reading, const Event& event, const Participant& first, const Participant& second) {
  const bool first_inner = first.span != second.span && second.span.contains(first.span);
  const bool second_inner = first.span != second.span && first.span.contains(second.span);
  if (!first_inner && !second_inner) return Piece::kNone;
  const Span inner = first_inner ? first.span : second.span;
  const Span outer = first_inner ? second.span : first.span;
  if (outer.overlaps(event.trigger) || (inner.begin != outer.begin && is_named(reading, inner))) return Piece::kNone;
  return first_inner ? Piece::kFirst : Piece::kSecond;
}

// Which of two participants, the second behind the first, is only a piece of the phrase that tells the other: whose
// minister somebody is, or what he is ("Norland's minister, Arvo Lind"; "the president of Norland"; "survivors" of
// "survivors of abuse").
Piece piece_of(const Reading& reading, const Event& event, const Participant& first, const Participant& second) {
  if (first.span.overlaps(second.span)) return nested_piece(reading, event, first, second);
  if (second.span.begin < first.span.end || second.span.begin - first.span.end > kJoinBytes) return Piece::kNone;
  if (event.trigger.overlaps({first.span.end, second.span.begin})) return Piece::kNone;
  if (first.country.empty() || first.country != second.country) return Piece::kNone;
  const std::string_view gap = reading.text({first.span.end, second.span.begin});
  if (gap.find_first_of(".;:&()") != std::string_view::npos) return Piece::kNone;
  static const std::set<std::string> links = {"of", "the", "for", "to", "in", "at"};
  static const Phrases parts = [] {
    Phrases out;
    out.add_all("and | or | with | as well as | who | which | that | said | says", 0);
    return out;
  }();
  const std::vector<std::string> words = terms_of(gap);
  if (words.size() > kPieceWords || parts.any_in(words)) return Piece::kNone;
  const size_t comma = gap.find(',');
  const bool apposed = comma != std::string_view::npos && comma + 2 == gap.size();
  const bool owner = gap.starts_with("'s ") || gap.starts_with("\u2019s ") || gap.starts_with("' ");
  const EntityKind kind_first = reading.links.entities[first.entity].kind;
  const EntityKind kind_second = reading.links.entities[second.entity].kind;
  const bool named_first = is_named(reading, first.span);
  const bool named_second = is_named(reading, second.span);
  // "Norland's premier, the Workers' Party and the army" are three.
  if (owner && comma == std::string_view::npos) return Piece::kFirst;
  if (owner && apposed && named_second && kind_second == EntityKind::kPerson) return Piece::kFirst;
  if (gap == " ") return Piece::kFirst;
  const bool person_second = kind_second == EntityKind::kPerson;
  // "the UN envoy to Norland, Arvo Lind"
  if (apposed && comma > 0 && named_second && person_second && !(kind_first == EntityKind::kPerson && named_first))
    return Piece::kFirst;
  if (apposed && comma == 0 && named_first != named_second && kind_first == kind_second)
    return named_second ? Piece::kFirst : Piece::kSecond;
  const bool tied = !words.empty() && words.front() != "the" && comma == std::string_view::npos &&
                    std::all_of(words.begin(), words.end(), [](const std::string& w) { return links.contains(w); });
  return tied && !named_first ? Piece::kSecond : Piece::kNone;
}

std::vector<Participant> whole_ones(const Reading& reading, const Event& event, std::vector<Participant> all) {
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.span < b.span; });
  for (size_t k = 1; k < all.size();) {
    const Piece piece = piece_of(reading, event, all[k - 1], all[k]);
    if (piece == Piece::kNone)
      ++k;
    else
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(piece == Piece::kFirst ? k - 1 : k));
    if (piece != Piece::kNone && k > 1) --k;
  }
  return all;
}

bool is_denial(const Reading& reading, const Event& event) {
  static const Phrases words = [] {
    Phrases out;
    out.add_all("denied | denies | deny | denying | denial", 0);
    return out;
  }();
  return event.type == EventType::kReject && words.any_in(terms_of(reading.text(event.trigger)));
}

bool is_visit(const Event& event) {
  return event.type == EventType::kConsult && event.modes == std::vector<std::string>{"visit"};
}

}  // namespace

void leave_out_next_clause(const Reading& reading, Event& event) {
  const auto before_trigger = [&](const Participant& p) { return p.span.end <= event.trigger.begin; };
  if (std::none_of(event.actors.begin(), event.actors.end(), before_trigger)) return;
  const Event before = event;
  std::vector<Participant> others;
  std::erase_if(event.actors, [&](const Participant& p) {
    const bool other = in_next_clause(reading, event.trigger, p.span);
    if (other) others.push_back(p);
    return other;
  });
  if (others.empty()) return;
  // A denial is towards the accuser whom the sentence names.
  const bool towards = event.recipients.empty() && others.size() == 1 && is_denial(reading, event);
  if (towards) event.recipients = others;
  event.account.steps.push_back({"next-clause", change_between(before, event),
                                 towards ? "who accuses is whom a denial answers" : "is told in the clause behind"});
}

void leave_out_pieces(const Reading& reading, Event& event) {
  const Event before = event;
  event.actors = whole_ones(reading, event, event.actors);
  event.recipients = whole_ones(reading, event, event.recipients);
  if (event.actors.size() == before.actors.size() && event.recipients.size() == before.recipients.size()) {
    event = before;
    return;
  }
  event.account.steps.push_back(
      {"pieces", change_between(before, event), "a piece of the phrase that tells the one beside it"});
}

void leave_out_hosts(Event& event) {
  if (!is_visit(event) || event.actors.size() < 2 || event.recipients.empty()) return;
  const auto before_trigger = [&](const Participant& p) { return p.span.end <= event.trigger.begin; };
  if (std::none_of(event.actors.begin(), event.actors.end(), before_trigger)) return;
  const Event before = event;
  std::erase_if(event.actors, [&](const Participant& p) {
    const bool hosts = std::any_of(event.recipients.begin(), event.recipients.end(),
                                   [&](const Participant& r) { return !r.country.empty() && r.country == p.country; });
    return hosts && !before_trigger(p);
  });
  if (event.actors.size() == before.actors.size()) return;
  event.account.steps.push_back({"hosts", change_between(before, event), "of the state that is visited, named behind"});
}

void give_visit_its_host(const Reading& reading, Event& event) {
  if (!is_visit(event) || event.actors.empty() || !event.recipients.empty() || event.locations.empty()) return;
  const Location& where = event.locations.front();
  const auto is_of_host = [&](const Participant& p) { return p.country == where.country; };
  if (where.country.empty() || std::any_of(event.actors.begin(), event.actors.end(), is_of_host)) return;
  const std::vector<Entity>& entities = reading.links.entities;
  for (uint32_t e = 0; e < entities.size(); ++e) {
    for (const EntityMention& mention : entities[e].mentions) {
      if (mention.span != where.span || entities[e].country != where.country) continue;
      const Event before = event;
      event.recipients.push_back({e, mention.span, where.country, {}});
      event.account.steps.push_back(
          {"host", change_between(before, event), "the state in which a visit is made is its host"});
      return;
    }
  }
}

void keep_sure(const Reading& reading, Event& event) {
  const Event before = event;
  event.actors = sure_ones(reading, event.actors);
  event.recipients = sure_ones(reading, event.recipients);
  // Nobody meets alone: whom the other side of the trigger names is met.
  if (event.type == EventType::kConsult && event.actors.size() == 1 && event.recipients.empty()) {
    const Participant kept = event.actors.front();
    const bool first = kept.span.begin < event.trigger.begin;
    event.actors = before.actors;
    std::erase_if(event.actors, [&](const Participant& p) {
      return p.entity != kept.entity && (p.span.begin < event.trigger.begin) == first;
    });
  }
  if (event.actors.size() == before.actors.size() && event.recipients.size() == before.recipients.size()) return;
  event.account.steps.push_back(
      {"slips", change_between(before, event), "far less sure than the one beside it, and not named together with it"});
}

void give_victims_their_state(const Reading& reading, Event& event) {
  if (event.type != EventType::kAssault || event.actors.empty()) return;
  const std::string attacker = event.actors.front().country;
  const auto is_attackers = [&](const Participant& p) { return p.country == attacker; };
  if (attacker.empty() || !std::all_of(event.actors.begin(), event.actors.end(), is_attackers)) return;
  const std::set<std::string> told = told_states(reading, event);
  if (told.size() != 2 || !told.contains(attacker)) return;
  const std::string& other = *told.begin() == attacker ? *told.rbegin() : *told.begin();
  const Event before = event;
  bool given = false;
  for (Participant& victim : event.recipients) {
    if (!is_attackers(victim) || !is_guessed(reading.links.entities[victim.entity], victim.span)) continue;
    victim.country = other;
    given = true;
  }
  if (!given) return;
  event.account.steps.push_back({"victims", change_between(before, event),
                                 "no state is told of them: of the one that is attacked, not the attacker's"});
}

void give_to_speaker(const Reading& reading, Event& event, const std::vector<Statement>& statements) {
  if (!event.actors.empty()) return;
  const Statement* statement = told_in(event, statements);
  if (statement == nullptr) return;
  const bool speech = is_speech_act(event.type) && is_quoted(*statement);
  const Span before_trigger{statement->content.begin, event.trigger.begin};
  if (!speech && !is_pronoun_subject(terms_of(reading.text(before_trigger)))) return;
  const Event before = event;
  event.actors.push_back(*statement->speaker);
  event.rule += "+speaker-acts";
  event.account.steps.push_back({"speaker-acts", change_between(before, event),
                                 speech ? "a speech act without actor in quoted words is the speaker's"
                                        : "who says \"it had …\" tells of an act of his own"});
}

}  // namespace dragoman::coding
