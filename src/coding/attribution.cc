// SPDX-License-Identifier: Apache-2.0
#include "coding/attribution.h"

#include <algorithm>

namespace dragoman::coding {
namespace {

bool acts(const Event& event, uint32_t entity) {
  return std::any_of(event.actors.begin(), event.actors.end(),
                     [&](const Participant& p) { return p.entity == entity; });
}

void add(std::vector<Source>& chain, Source source) {
  const bool known =
      std::any_of(chain.begin(), chain.end(), [&](const Source& s) { return s.entity == source.entity; });
  if (!known) chain.push_back(source);
}

// Statements whose content holds the trigger, or whose cue is the trigger; the innermost first.
std::vector<const Statement*> around(const Event& event, const std::vector<Statement>& statements) {
  std::vector<const Statement*> out;
  for (const Statement& s : statements) {
    const bool is_cue = s.cue && s.cue->overlaps(event.trigger);
    if (is_cue || s.content.contains(event.trigger.begin)) out.push_back(&s);
  }
  std::stable_sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->content.size() < b->content.size(); });
  return out;
}

// Types whose theme is what somebody else did: blame, praise, protest, apology. The theme of a request,
// a refusal or a promise is what is wanted, not a deed.
bool tells_deeds(EventType type) {
  return type == EventType::kAccuse || type == EventType::kSupport || type == EventType::kProtest ||
         type == EventType::kConcede;
}

// The deed stands in the theme; an alleged one may also follow the accusation in its sentence.
bool is_deed_of(const Event& telling, const Event& deed) {
  if (telling.theme && telling.theme->contains(deed.trigger.begin)) return true;
  return telling.type == EventType::kAccuse && deed.status == Status::kAlleged &&
         telling.trigger.end <= deed.trigger.begin;
}

// Blame makes the deed alleged by the one who blames, praise tells it as a fact known from the one who praises.
void attribute_deed(const Reading& reading, const Event& telling, Event& deed) {
  const bool blamed = telling.type == EventType::kAccuse && deed.status == Status::kAlleged;
  const bool praised = telling.type == EventType::kSupport && deed.status == Status::kActual;
  if ((!blamed && !praised) || !deed.attribution.empty()) return;
  for (const Participant& p : telling.actors) {
    const bool medium = reading.is_medium(p.entity);
    add(deed.attribution, {p.entity, medium ? SourceKind::kMedium : SourceKind::kSpeaker, telling.trigger});
  }
}

}  // namespace

bool is_speech_act(EventType type) {
  switch (type) {
    case EventType::kAgree:
    case EventType::kSupport:
    case EventType::kConcede:
    case EventType::kRequest:
    case EventType::kAccuse:
    case EventType::kReject:
    case EventType::kThreaten: return true;
    default: return false;
  }
}

std::vector<Source> event_attribution(const Reading& reading, const Event& event,
                                      const std::vector<Statement>& statements) {
  std::vector<Source> chain;
  for (const Statement* s : around(event, statements)) {
    const bool is_cue = s->cue && s->cue->overlaps(event.trigger) && !s->content.contains(event.trigger.begin);
    const bool own = s->speaker && is_speech_act(event.type) && acts(event, s->speaker->entity);
    if (s->speaker && !own && !is_cue) {
      const bool medium = reading.is_medium(s->speaker->entity);
      add(chain, {s->speaker->entity, medium ? SourceKind::kMedium : SourceKind::kSpeaker, s->cue});
    }
    for (const Source& source : s->via) {
      if (source.kind == SourceKind::kMedium || !(is_speech_act(event.type) && acts(event, source.entity)))
        add(chain, source);
    }
  }
  return chain;
}

void connect_deeds(const Reading& reading, std::vector<Event>& events) {
  for (uint32_t t = 0; t < events.size(); ++t) {
    Event& telling = events[t];
    if (!tells_deeds(telling.type)) continue;
    for (uint32_t e = 0; e < events.size() && !telling.about; ++e) {
      if (e != t && events[e].sentence == telling.sentence && is_deed_of(telling, events[e])) telling.about = e;
    }
    if (telling.about) attribute_deed(reading, telling, events[*telling.about]);
  }
}

}  // namespace dragoman::coding
