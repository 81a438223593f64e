// SPDX-License-Identifier: Apache-2.0
#include "coding/reading.h"

#include <algorithm>
#include <charconv>

namespace dragoman::coding {
namespace {

uint32_t shared(Span a, Span b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

bool is_state(const Entity& entity) {
  return entity.kind == EntityKind::kCountry || entity.kind == EntityKind::kTerritory;
}

// The number in "city:98182".
std::optional<int64_t> geonames_of(const Entity& entity) {
  constexpr std::string_view kCity = "city:";
  if (!entity.kb.starts_with(kCity)) return std::nullopt;
  const char* begin = entity.kb.data() + kCity.size();
  const char* end = entity.kb.data() + entity.kb.size();
  int64_t number = 0;
  const auto [stop, error] = std::from_chars(begin, end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

const char* location_precision(EntityKind kind) {
  switch (kind) {
    case EntityKind::kCountry: return "country";
    case EntityKind::kTerritory: return "province";
    case EntityKind::kRegion: return "region";
    default: return "";
  }
}

bool is_on_the_map(const Entity& entity) {
  return entity.geonames || geonames_of(entity) || !entity.country.empty() || entity.kind == EntityKind::kCountry;
}

// Who or what the words of a place mean: their own entity, or, where that is nowhere on the map, the last place named
// within them ("the border town of Karsa", "a market in Karsa").
const Entity* place_of(const Reading& reading, Span span) {
  const std::vector<uint32_t> own = reading.entities(span);
  const Entity* found = own.empty() ? nullptr : &reading.links.entities[own.front()];
  if (found != nullptr && is_on_the_map(*found)) return found;
  for (size_t m = 0; m < reading.analysis.mentions.size() && m < reading.links.of.size(); ++m) {
    const Mention& mention = reading.analysis.mentions[m];
    if (mention.span.begin >= span.end) break;
    if (mention.form != Form::kName || !span.contains(mention.span)) continue;
    for (const uint32_t entity : reading.links.of[m]) {
      const Entity& named = reading.links.entities[entity];
      if (named.kind == EntityKind::kPlace) found = &named;
    }
  }
  return found;
}

}  // namespace

Span Reading::sentence(uint32_t index) const {
  if (index < analysis.sentences.size()) return analysis.sentences[index];
  return {0, static_cast<uint32_t>(article.text.size())};
}

std::vector<uint32_t> Reading::entities(Span span) const {
  if (const auto& exact = links.at(analysis, span); !exact.empty()) return exact;
  double best = 0.5;
  const std::vector<uint32_t>* found = nullptr;
  for (size_t m = 0; m < analysis.mentions.size() && m < links.of.size(); ++m) {
    const Span other = analysis.mentions[m].span;
    if (other.begin >= span.end) break;  // mentions are sorted by begin
    if (links.of[m].empty() || !other.overlaps(span)) continue;
    const double both = std::max(span.end, other.end) - std::min(span.begin, other.begin);
    if (shared(span, other) / both >= best) best = shared(span, other) / both, found = &links.of[m];
  }
  return found == nullptr ? std::vector<uint32_t>{} : *found;
}

Participant participant(const Reading& reading, uint32_t entity, Span span, float score) {
  const Entity& who = reading.links.entities[entity];
  Participant out{entity, span, who.country, who.sectors, score};
  if (is_state(who) && out.sectors.empty()) out.sectors = {"GOV"};
  return out;
}

Participant participant(const Reading& reading, uint32_t entity, Span span, float score, EventType type, Role role) {
  Participant out = participant(reading, entity, span, score);
  const Entity& who = reading.links.entities[entity];
  if (!is_state(who) || who.sectors.size() > 1 || (who.sectors.size() == 1 && who.sectors[0] != "GOV")) return out;
  const bool armed = type == EventType::kAssault || type == EventType::kMobilize;
  if (armed && role == Role::kActor) out.sectors = {"MIL"};
  if (type == EventType::kAssault && role == Role::kRecipient) out.sectors.clear();
  return out;
}

std::vector<Participant> participants(const Reading& reading, const Trigger& trigger, Role role) {
  std::vector<Participant> out;
  for (const RoleFiller& filler : trigger.fillers) {
    if (filler.role != role) continue;
    for (const uint32_t entity : reading.entities(filler.span)) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const Participant& p) { return p.entity == entity; });
      if (!known) out.push_back(participant(reading, entity, filler.span, filler.score, trigger.type, role));
    }
  }
  return out;
}

std::vector<Location> locations(const Reading& reading, const Trigger& trigger) {
  std::vector<Location> out;
  for (const RoleFiller& filler : trigger.fillers) {
    if (filler.role != Role::kPlace) continue;
    Location place{.name = std::string(reading.text(filler.span)),
                   .country = {},
                   .geonames = {},
                   .lat = {},
                   .lon = {},
                   .precision = {},
                   .span = filler.span};
    if (const Entity* found = place_of(reading, filler.span)) {
      const Entity& entity = *found;
      place.name = entity.name;
      place.country = entity.country;
      place.precision = entity.precision.empty() ? location_precision(entity.kind) : entity.precision;
      place.geonames = entity.geonames;
      place.lat = entity.lat;
      place.lon = entity.lon;
      if (const auto number = geonames_of(entity)) {
        place.geonames = number;
        place.precision = "city";
      }
    }
    const bool known = std::any_of(out.begin(), out.end(), [&](const Location& l) { return l.name == place.name; });
    if (!known) out.push_back(std::move(place));
  }
  return out;
}

std::optional<Span> extent(const Trigger& trigger, Role role, Span sentence) {
  std::optional<Span> within, all;
  const auto add = [](std::optional<Span>& to, Span span) {
    if (!to) to = span;
    to->begin = std::min(to->begin, span.begin);
    to->end = std::max(to->end, span.end);
  };
  for (const RoleFiller& filler : trigger.fillers) {
    if (filler.role != role) continue;
    add(all, filler.span);
    if (!filler.span.overlaps(sentence)) continue;
    add(within, {std::max(filler.span.begin, sentence.begin), std::min(filler.span.end, sentence.end)});
  }
  return within ? within : all;
}

}  // namespace dragoman::coding
