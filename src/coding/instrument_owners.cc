// SPDX-License-Identifier: Apache-2.0
#include "coding/instrument_owners.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "coding/numbers.h"

namespace dragoman::coding {
namespace {

using base::in;

// What one does with an instrument of one's own.
constexpr std::string_view kMaking[] = {
    "announced", "drafted",   "drew",    "introduced", "issued",   "laid",     "launched",  "offered",   "presented",
    "proposed",  "published", "put",     "released",   "revealed", "set",      "sponsored", "submitted", "tabled",
    "unveiled",  "outlined",  "devised", "floated",    "drawn",    "authored", "crafted",   "designed",  "enacted"};
constexpr std::string_view kBetween[] = {"",      "also",       ", which",    "which", "that",
                                         "would", "also would", "would also", "itself"};
constexpr std::string_view kPassive[] = {"was", "were", "is", "are", "been", "being", "be"};
constexpr size_t kNear = 12;  // words between an instrument and who made it

bool belongs_to_one(InstrumentKind kind) {
  return kind == InstrumentKind::kPlan || kind == InstrumentKind::kBill || kind == InstrumentKind::kLaw ||
         kind == InstrumentKind::kSanctions;
}

/// "Marshall Plan": its last word is a name's.
bool is_name(std::string_view words) {
  const size_t last = words.rfind(' ');
  return last != std::string_view::npos && base::is_ascii_upper(words[last + 1]);
}

class Owners {
 public:
  explicit Owners(const Reading& reading) : reading_(reading) {}

  /// Whom the words around one mention tell.
  std::optional<uint32_t> of(Span words, InstrumentKind kind) const {
    auto owner = possessor(words);
    if (!owner && belongs_to_one(kind) && !is_name(reading_.text(words))) owner = named_before(words);
    return owner ? owner : maker(words);
  }

  /// Whether two are of different states.
  bool are_foreign(uint32_t a, uint32_t b) const {
    const std::string &of_a = reading_.links.entities[a].country, &of_b = reading_.links.entities[b].country;
    return !of_a.empty() && !of_b.empty() && of_a != of_b;
  }

 private:
  /// Calls `visit` with the span and the entity of each mention of one entity; what it gives first is given.
  template <class Visit>
  std::optional<uint32_t> first(const Visit& visit) const {
    for (size_t m = 0; m < reading_.analysis.mentions.size() && m < reading_.links.of.size(); ++m) {
      if (reading_.links.of[m].size() != 1) continue;
      if (visit(reading_.analysis.mentions[m], reading_.links.of[m].front())) return reading_.links.of[m].front();
    }
    return std::nullopt;
  }

  /// "Norland's plan", "its plan": just before the words, or as their first.
  std::optional<uint32_t> possessor(Span words) const {
    return first([&](const Mention& who, uint32_t) {
      if (who.span.contains(words)) return false;
      if (who.form == Form::kPronoun) {
        return in(kPossessive, base::lower_ascii(reading_.text(who.span))) && is_before(who.span, words);
      }
      const bool inside = words.begin <= who.span.begin && who.span.end < words.end;
      const bool before = who.span.end <= words.begin && words.begin - who.span.end <= 5;  // "’s " is five bytes
      const std::string_view between = before ? reading_.text({who.span.end, words.begin})
                                              : reading_.text({who.span.end, std::min(who.span.end + 4, words.end)});
      return (inside || before) &&
             (between.starts_with("'s") || between.starts_with("’s") || between.starts_with("' "));
    });
  }

  /// "the Norlandic plan", "the Justice Party bill": of a state its adjective, since "the Norland plan" is more often
  /// about Norland.
  std::optional<uint32_t> named_before(Span words) const {
    return first([&](const Mention& who, uint32_t entity) {
      if (who.form != Form::kName) return false;
      const bool inside =
          words.begin == who.span.begin && who.span.end + 1 < words.end && reading_.text()[who.span.end] == ' ';
      if (!inside && !is_before(who.span, words)) return false;
      const Entity& one = reading_.links.entities[entity];
      if (one.kind == EntityKind::kCountry) return reading_.text(who.span) != one.name;
      return one.kind != EntityKind::kPlace && one.kind != EntityKind::kOther;
    });
  }

  /// "the plan that Norland revealed", "the plan proposed by Norland", "Norland unveiled a plan".
  std::optional<uint32_t> maker(Span words) const {
    const Span sentence = sentence_of(words);
    const std::vector<Token> behind = tokenize(reading_.text(), {words.end, sentence.end});
    const std::vector<Token> before = tokenize(reading_.text(), {sentence.begin, words.begin});
    return first([&](const Mention& who, uint32_t) {
      if (!sentence.contains(who.span) || who.span.overlaps(words)) return false;
      if (who.span.begin >= words.end) return made_behind(who.span, behind);
      return made_before(who.span, before);
    });
  }

  static bool made_behind(Span who, const std::vector<Token>& tokens) {
    size_t at = 0;
    while (at < tokens.size() && tokens[at].span.begin < who.begin) ++at;
    if (at == 0 || at > kNear) return false;
    size_t last = at;
    while (last < tokens.size() && tokens[last].span.begin < who.end) ++last;
    const std::string& lead = tokens[at - 1].lower;
    if (lead == "by") return at >= 2 && at <= 4 && made(tokens, at - 2);
    size_t link = at - 1;
    if (lead == "the" && link > 0) --link;
    if (tokens[link].lower != "that" && tokens[link].lower != "which") return false;
    if (last < tokens.size() && (tokens[last].is("has") || tokens[last].is("had") || tokens[last].is("have"))) ++last;
    return last < tokens.size() && in(kMaking, tokens[last].lower);
  }

  /// "put forward by", "drawn up by" as well as "proposed by".
  static bool made(const std::vector<Token>& tokens, size_t at) {
    if (in(kMaking, tokens[at].lower)) return true;
    return at > 0 && in(kParticles, tokens[at].lower) && in(kMaking, tokens[at - 1].lower);
  }

  static bool made_before(Span who, const std::vector<Token>& tokens) {
    size_t at = 0;
    while (at < tokens.size() && tokens[at].span.begin < who.end) ++at;
    if (at < tokens.size() && (tokens[at].is("has") || tokens[at].is("had") || tokens[at].is("have"))) ++at;
    if (at >= tokens.size() || !in(kMaking, tokens[at].lower)) return false;
    ++at;
    if (at < tokens.size() && in(kParticles, tokens[at].lower)) ++at;
    // Its object: an article and no more than two words before the instrument.
    if (at >= tokens.size() || !in(kArticles, tokens[at].lower)) return false;
    return tokens.size() - at <= 3 && std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(at), tokens.end(),
                                                  [](const Token& one) { return one.is_word() || one.is("-"); });
  }

  /// Right before, with a space between.
  bool is_before(Span who, Span words) const { return who.end + 1 == words.begin && reading_.text()[who.end] == ' '; }

  Span sentence_of(Span words) const {
    for (const Span sentence : reading_.analysis.sentences) {
      if (sentence.contains(words)) return sentence;
    }
    return words;
  }

  static constexpr std::string_view kPossessive[] = {"its", "his", "her", "their", "our", "my"};
  static constexpr std::string_view kParticles[] = {"forward", "up", "out", "down", "forth"};
  static constexpr std::string_view kArticles[] = {"a", "an", "the", "its", "his", "her", "their"};

  const Reading& reading_;
};

std::string head_of(const Instrument& instrument) {
  const size_t space = instrument.name.rfind(' ');
  std::string head = base::lower_ascii(instrument.name.substr(space == std::string::npos ? 0 : space + 1));
  if (head.size() > 1 && head.ends_with('s')) head.pop_back();
  return head;
}

/// "12-point", "five-year", "$95.3 billion", "2023": what tells two plans apart.
std::vector<std::string> figures_of(const Instrument& instrument) {
  std::vector<std::string> all;
  const std::vector<Token> tokens = tokenize(instrument.name, {0, static_cast<uint32_t>(instrument.name.size())});
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].is_digits() || read_number(tokens, at)) all.push_back(tokens[at].lower);
  }
  return all;
}

/// Of one owner and noun, and neither has a name or a figure of its own that the other has not.
bool is_same(const Instrument& a, const Instrument& b) {
  if (!a.owner || a.owner != b.owner || a.kind != b.kind || head_of(a) != head_of(b)) return false;
  if (is_name(a.name) || is_name(b.name)) return false;
  const auto of_a = figures_of(a), of_b = figures_of(b);
  return of_a.empty() || of_b.empty() || of_a == of_b;
}

/// As one by its mentions: parted where the words around them tell owners of different states ("Norland's peace plan",
/// "Elbonia's peace plan").
std::vector<Instrument> parted(const Reading& reading, const Owners& owners, const Instrument& whole) {
  std::vector<Instrument> parts;
  size_t last = 0;
  for (const Span words : whole.mentions) {
    const auto owner = owners.of(words, whole.kind);
    if (parts.empty()) {
      parts.push_back({whole.kind, whole.name, owner, {words}});
      continue;
    }
    if (owner && parts[last].owner && belongs_to_one(whole.kind) && owners.are_foreign(*owner, *parts[last].owner)) {
      const auto known = std::find_if(parts.begin(), parts.end(), [&](const Instrument& part) {
        return part.owner && !owners.are_foreign(*owner, *part.owner);
      });
      last = static_cast<size_t>(known - parts.begin());
      if (known == parts.end()) parts.push_back({whole.kind, std::string(reading.text(words)), owner, {}});
    }
    parts[last].mentions.push_back(words);
    if (!parts[last].owner) parts[last].owner = owner;
  }
  return parts;
}

/// "the plan", "the plan also": the words of an instrument stand before the trigger, as its subject.
bool is_subject(const Reading& reading, Span words, Span trigger) {
  if (words.end >= trigger.begin) return false;
  const std::string between = base::lower_ascii(reading.text({words.end, trigger.begin}));
  return in(kBetween, base::trim(between));
}

/// "was rejected", "has been backed", "rejected by".
bool is_passive(const Reading& reading, Span trigger) {
  const std::vector<std::string_view> words = base::split(reading.text(trigger), ' ');
  return (words.size() > 1 && in(kPassive, base::lower_ascii(words[words.size() - 2]))) ||
         reading.text().substr(trigger.end).starts_with(" by ");
}

}  // namespace

void act_for_owners(const Reading& reading, const std::vector<Instrument>& instruments, Event& event) {
  constexpr float kScore = 0.5F;
  const bool passive = is_passive(reading, event.trigger);
  for (const Instrument& one : instruments) {
    if (!one.owner || !event.actors.empty() || passive) continue;
    for (const Span words : one.mentions) {
      if (!is_subject(reading, words, event.trigger)) continue;
      event.actors.push_back(participant(reading, *one.owner, words, kScore, event.type, Role::kActor));
      break;
    }
  }
  const bool judges =
      event.type == EventType::kSupport || event.type == EventType::kAccuse || event.type == EventType::kReject;
  if (!judges || event.actors.empty() || !event.recipients.empty()) return;
  const Owners owners(reading);
  std::optional<Participant> judged;
  for (const Instrument& one : instruments) {
    for (const Span words : one.mentions) {
      const bool told = words.overlaps(event.trigger) || (event.theme && words.overlaps(*event.theme)) ||
                        (passive && is_subject(reading, words, event.trigger));
      if (!told) continue;
      if (judged || !one.owner || !belongs_to_one(one.kind)) return;  // several: which one is not known
      judged = participant(reading, *one.owner, words, kScore, event.type, Role::kRecipient);
      break;
    }
  }
  if (!judged) return;
  for (const Participant& actor : event.actors) {
    if (actor.entity == judged->entity || !owners.are_foreign(actor.entity, judged->entity)) return;
  }
  event.recipients.push_back(std::move(*judged));
}

void give_owners(const Reading& reading, std::vector<Instrument>& instruments) {
  const Owners owners(reading);
  std::vector<Instrument> all;
  for (const Instrument& whole : instruments) {
    for (Instrument& one : parted(reading, owners, whole)) {
      const bool plan = one.kind == InstrumentKind::kPlan || one.kind == InstrumentKind::kBill;
      const auto same =
          plan ? std::find_if(all.begin(), all.end(), [&](const Instrument& other) { return is_same(other, one); })
               : all.end();
      if (same == all.end()) {
        all.push_back(std::move(one));
        continue;
      }
      if (figures_of(*same).empty() && !figures_of(one).empty()) same->name = one.name;
      same->mentions.insert(same->mentions.end(), one.mentions.begin(), one.mentions.end());
      std::sort(same->mentions.begin(), same->mentions.end(), [](Span a, Span b) { return a.begin < b.begin; });
    }
  }
  instruments = std::move(all);
}

}  // namespace dragoman::coding
