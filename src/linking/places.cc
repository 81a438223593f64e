// SPDX-License-Identifier: Apache-2.0
#include "linking/places.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "base/text.h"
#include "knowledge/fold.h"
#include "linking/words.h"

namespace dragoman::linking {
namespace {

using knowledge::Place;
using knowledge::PlaceClass;

constexpr size_t kMostNames = 150;      // different ones of a text; later ones go by themselves
constexpr size_t kMostCandidates = 60;  // of a name, the likeliest by themselves: there are 90 places called San Pedro
constexpr int kRounds = 3;              // until nothing changes, at most

// Settled on the development half of LGL (tools/place_eval), by changing a few at a time at random and keeping what
// gained. Populations count as logarithms to base ten.
struct Weights {
  double population = 0.56;
  double country = 0.8, division = 1.18, district = -1.6, continent = 5;
  double other_name = -1.12;
  double capital = 1.96, seat = 0.2;
  double called_district = 4;                                                 // "Boone County"
  double county = -2, of_counties = 4;                                        // "Clay"; "Clay and Love counties"
  double same_country = 3.76, same_division = 1.43, near = 1.6, reach = 276;  // kilometres
  double in_division = 4, in_country = 3;                                     // told by what follows: "Paris, Texas"
  double taken = 1;                                                           // of the state that linking took it for
  double acting = 0.1;  // share of what a state says of where it acts: "The United States and Iran met in Geneva"
};
constexpr Weights kWeights;

// What lies near what: kilometres at which a place says little of another's; how much of a text must lie together; and
// which towns are taken for none where nothing speaks for their state and the text is somewhere else. Settled likewise.
constexpr double kTogether = 100;
constexpr double kTogetherLeast = 0.3;
constexpr double kFar = 700;
constexpr int64_t kSmallTown = 20000;

// What a name may have before or after it that the gazetteer leaves out.
constexpr std::array<std::string_view, 12> kEndings = {" county",   " parish",   " borough", " township",
                                                       " city",     " province", " state",   " region",
                                                       " district", " town",     " village", " area"};
constexpr std::array<std::string_view, 23> kBeginnings = {
    "city of ", "town of ",   "state of ",  "county of ", "county ",    "province of ", "greater ", "downtown ",
    "north ",   "south ",     "east ",      "west ",      "northern ",  "southern ",    "eastern ", "western ",
    "central ", "northeast ", "northwest ", "southeast ", "southwest ", "upstate ",     "mid "};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kShort = {
    {{"st ", "saint "}, {"saint ", "st "}, {"mt ", "mount "}, {"mount ", "mt "}, {"ft ", "fort "}, {"fort ", "ft "}}};

bool holds(const std::vector<Place>& places, const Place& place) {
  return std::any_of(places.begin(), places.end(), [&](const Place& other) { return other.number == place.number; });
}

std::vector<Place> candidates(std::string_view name, const knowledge::Gazetteer& gazetteer) {
  std::vector<Place> places = gazetteer.named(name);
  const std::string key = knowledge::fold_lower(name);
  const std::string_view rest = key;
  for (const auto& [from, to] : kShort)
    if (places.empty() && rest.starts_with(from))
      places = gazetteer.named(std::string(to).append(rest.substr(from.size())));
  // An abbreviation is one as it stands: "La." is Louisiana, "L.A." and "La" are not.
  std::erase_if(places, [&](const Place& place) {
    return place.kind == PlaceClass::kDivision && place.found.ends_with('.') &&
           !(name.starts_with(place.found) && name.size() <= place.found.size() + 4);
  });
  for (const auto ending : kEndings)
    if (places.empty() && rest.ends_with(ending)) places = gazetteer.named(rest.substr(0, rest.size() - ending.size()));
  for (const auto beginning : kBeginnings)
    if (places.empty() && rest.starts_with(beginning)) places = gazetteer.named(rest.substr(beginning.size()));
  for (const char* ending : {" county", " parish"})
    for (const Place& place : gazetteer.named(key + ending))
      if (place.kind == PlaceClass::kDistrict && !holds(places, place)) places.push_back(place);
  return places;
}

bool is_area(const Place& place) { return place.kind == PlaceClass::kDistrict || place.is_town(); }

/// "Clay" for "Clay County".
bool short_for_county(const Place& place, const std::string& key) {
  if (place.kind != PlaceClass::kDistrict) return false;
  const std::string full = knowledge::fold_lower(place.found);
  return full == key + " county" || full == key + " parish";
}

/// Whether a name is one of a list of counties: "Clay, Love and Navarro counties".
bool in_list_of_counties(const std::string& text, Span name) {
  constexpr size_t kLongestList = 120;  // bytes
  std::string_view rest = std::string_view(text).substr(name.end, kLongestList);
  for (size_t begin = 0; (begin = rest.find_first_not_of(" ,")) != std::string_view::npos;) {
    rest.remove_prefix(begin);
    const size_t end = std::min(rest.find_first_of(" ,.;:\n"), rest.size());
    const std::string word = base::lower_ascii(rest.substr(0, end));
    if (word == "counties" || word == "parishes") return true;
    const bool goes_on = word == "and" || word == "or" || (end > 1 && base::is_ascii_upper(rest.front()));
    if (!goes_on || (end < rest.size() && rest[end] != ' ' && rest[end] != ',')) return false;
    rest.remove_prefix(end);
  }
  return false;
}

/// One name of the text, wherever it stands.
struct Name {
  double count = 0;          // how much it says of the others: the root of how often it stands there, 3 at most
  bool where = false;        // whether it stands somewhere as one says where something is: "in Kenya"
  std::string_view state;    // that it was taken for until now
  bool maybe_state = false;  // whether a state has the name
  std::vector<std::pair<double, Place>> candidates;  // with what each is worth by itself, the best first
  std::optional<Place> place;
  std::optional<size_t> within;  // the name that follows its own at once
};

double alone(const Place& place, const std::string& key) {
  double score = kWeights.population * std::log10(static_cast<double>(place.population) + 100);
  switch (place.kind) {
    case PlaceClass::kContinent: score += kWeights.continent; break;
    case PlaceClass::kCountry: score += kWeights.country; break;
    case PlaceClass::kDivision: score += kWeights.division; break;
    case PlaceClass::kDistrict: score += kWeights.district; break;
    case PlaceClass::kCapital: score += kWeights.capital; break;
    case PlaceClass::kSeat: score += kWeights.seat; break;
    case PlaceClass::kTown: break;
  }
  if (place.found != place.name) score += kWeights.other_name;
  const bool called = key.ends_with(" county") || key.ends_with(" parish") || key.ends_with(" borough");
  if (called && place.kind == PlaceClass::kDistrict) score += kWeights.called_district;
  if (short_for_county(place, key)) score += kWeights.county;
  return score;
}

/// What follows a name at once may hold it: nothing but a comma, a bracket or "in" between them.
bool follows(std::string_view between) {
  if (between.size() > 8) return false;
  const std::string lower = base::lower_ascii(between);
  for (const std::string_view plain : {", ", ",", " ", " in ", ", in ", " (", "", ", the ", " of "})
    if (lower == plain) return true;
  return false;
}

class Placing {
 public:
  /// `states` are the ISO 3166-1 alpha-2 codes of the states that the names are taken for until now, "" for none.
  Placing(const std::string& text, const std::vector<Span>& spans, const knowledge::Gazetteer& gazetteer,
          const std::vector<std::string_view>& states = {}) {
    for (size_t k = 0; k < spans.size(); ++k) {
      std::string key(spans[k].of(text));
      const auto [at, fresh] = index_.emplace(std::move(key), names_.size());
      if (fresh) {
        const bool county = in_list_of_counties(text, spans[k]);
        names_.push_back(name_of(at->first, gazetteer, k < states.size() ? states[k] : "", county));
      }
      ++names_[at->second].count;
      names_[at->second].where = names_[at->second].where || says_where(text, spans[k]);
      of_.push_back(at->second);
    }
    for (Name& name : names_) name.count = std::sqrt(std::min(3.0, name.count));
    for (size_t k = 0; k + 1 < spans.size(); ++k)
      if (spans[k].end <= spans[k + 1].begin && !names_[of_[k]].within &&
          follows(Span{spans[k].end, spans[k + 1].begin}.of(text))) {
        names_[of_[k]].within = of_[k + 1];
        names_[of_[k + 1]].where = true;
      }
  }

  std::vector<std::optional<Placed>> run() {
    for (int round = 0; round < kRounds && turn(); ++round) {
    }
    const Place* middle = in_the_middle();
    std::vector<std::optional<Placed>> places;
    for (const size_t name : of_) places.push_back(placed(names_[name], middle));
    return places;
  }

 private:
  static Name name_of(const std::string& words, const knowledge::Gazetteer& gazetteer, std::string_view state,
                      bool county) {
    Name name;
    name.state = state;
    const std::string key = knowledge::fold_lower(words);
    for (const Place& place : candidates(words, gazetteer)) {
      const double taken = !state.empty() && place.country == state ? kWeights.taken : 0;
      const double called = county && short_for_county(place, key) ? kWeights.of_counties : 0;
      name.candidates.emplace_back(alone(place, key) + taken + called, place);
      name.maybe_state = name.maybe_state || place.kind == PlaceClass::kCountry;
    }
    std::stable_sort(name.candidates.begin(), name.candidates.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (name.candidates.size() > kMostCandidates) name.candidates.resize(kMostCandidates);
    if (!name.candidates.empty()) name.place = name.candidates.front().second;
    return name;
  }

  /// Chooses for each name by what the others meant until now; false if that changed nothing.
  bool turn() {
    bool changed = false;
    std::vector<std::optional<Place>> chosen(names_.size());
    for (size_t k = 0; k < names_.size(); ++k) {
      const Place* best = nullptr;
      double most = -1e9;
      for (const auto& [own, place] : names_[k].candidates) {
        const double score = own + (k < kMostNames ? among_others(k, place) : 0);
        if (score > most) most = score, best = &place;
      }
      if (!best) continue;
      chosen[k] = *best;
      changed = changed || names_[k].place->number != best->number;
    }
    for (size_t k = 0; k < names_.size(); ++k) names_[k].place = chosen[k];
    return changed;
  }

  double among_others(size_t own, const Place& place) const {
    double country = 0, acting = 0, division = 0, near = 0;
    for (size_t k = 0; k < std::min(names_.size(), kMostNames); ++k) {
      const auto& other = names_[k].place;
      if (k == own || !other || other->kind == PlaceClass::kContinent) continue;
      if (other->country == place.country) (acts(names_[k]) ? acting : country) += names_[k].count;
      if (other->division == place.division && other->kind != PlaceClass::kCountry) division += names_[k].count;
      if (is_area(*other) && is_area(place))
        near += names_[k].count * std::exp(-knowledge::kilometres(*other, place) / kWeights.reach);
    }
    const bool elsewhere =
        acting > 0 && country == 0 && !names_[own].maybe_state && may_act_elsewhere(own, place, acting);
    country += acting * (elsewhere ? kWeights.acting : 1);
    return kWeights.same_country * std::log1p(country) + kWeights.same_division * std::log1p(division) +
           kWeights.near * std::log1p(near) + told(own, place);
  }

  /// A state, or the capital that stands for it, of which the text does not say that anything is there.
  static bool acts(const Name& name) {
    return !name.where && (name.place->kind == PlaceClass::kCountry || name.place->kind == PlaceClass::kCapital);
  }

  /// Whether a state of which nothing but acts are told, so much of it, may well act in another than its own `place`.
  bool may_act_elsewhere(size_t own, const Place& place, double acting) const {
    double all = 0;
    for (size_t k = 0; k < std::min(names_.size(), kMostNames); ++k)
      if (k != own && names_[k].place && acts(names_[k])) all += names_[k].count;
    if (acting < kActsAlone * all) return true;
    if (place.population >= kLittleKnown) return false;
    if (!names_[own].state.empty() && names_[own].state != place.country) return true;
    const auto& namesakes = names_[own].candidates;
    return std::any_of(namesakes.begin(), namesakes.end(), [&](const auto& namesake) {
      const Place& other = namesake.second;
      return other.is_town() && other.country != place.country && other.population / kTimesAsLarge >= place.population;
    });
  }

  /// The place around which most others of the text lie; null if they don't lie together.
  const Place* in_the_middle() const {
    const Place* best = nullptr;
    double most = 0, all = 0;
    for (size_t k = 0; k < std::min(names_.size(), kMostNames); ++k) {
      if (!names_[k].place || !is_local(*names_[k].place)) continue;
      all += names_[k].count;
      double sum = 0;
      for (size_t other = 0; other < std::min(names_.size(), kMostNames); ++other)
        if (const auto& place = names_[other].place; place && is_local(*place))
          sum += names_[other].count * std::exp(-knowledge::kilometres(*names_[k].place, *place) / kTogether);
      if (is_area(*names_[k].place)) sum *= 1.2;
      if (sum > most) most = sum, best = &*names_[k].place;
    }
    return most >= kTogetherLeast * all ? best : nullptr;
  }

  static bool is_local(const Place& place) { return is_area(place) || place.kind == PlaceClass::kDivision; }

  std::optional<Placed> placed(const Name& name, const Place* middle) const {
    if (name.place && !(middle && is_stray(name, *middle))) return Placed{*name.place, false};
    const Place* within = name.within && names_[*name.within].place ? &*names_[*name.within].place : nullptr;
    if (within && is_local(*within)) return Placed{*within, true};
    if (middle) return Placed{*middle, true};
    return std::nullopt;
  }

  /// A little town far from everything else, in a state that nothing else speaks of: only a namesake.
  bool is_stray(const Name& name, const Place& middle) const {
    const Place& place = *name.place;
    if (name.within || !place.is_town() || place.population > kSmallTown || knowledge::kilometres(place, middle) < kFar)
      return false;
    return std::none_of(names_.begin(), names_.end(), [&](const Name& other) {
      return &other != &name && other.place && other.place->country == place.country;
    });
  }

  double told(size_t own, const Place& place) const {
    if (!names_[own].within || *names_[own].within == own) return 0;
    const auto& within = names_[*names_[own].within].place;
    if (!within || place.kind == PlaceClass::kCountry) return 0;
    if (within->kind == PlaceClass::kCountry) return within->country == place.country ? kWeights.in_country : 0;
    if (within->division != place.division || !is_area(place)) return 0;
    if (within->kind == PlaceClass::kDivision) return kWeights.in_division;
    return within->kind == PlaceClass::kDistrict && place.is_town() ? kWeights.in_division / 2 : 0;
  }

  std::map<std::string, size_t> index_;
  std::vector<Name> names_;
  std::vector<size_t> of_;  // of each span its name
};

}  // namespace

namespace {

constexpr uint32_t kLongestName = 60;  // bytes

bool is_city(const Entity& entity) { return entity.kb.starts_with("city:"); }

bool is_state(const Entity& entity) { return entity.kb.starts_with("country:"); }

bool is_known_place(const Entity& entity) {
  return is_state(entity) || is_city(entity) || entity.kb.starts_with("region:");
}

/// "the North", "South": no place of such a name, whatever towns and provinces bear it.
bool is_direction(std::string_view name) {
  std::string lower = base::lower_ascii(name);
  if (lower.starts_with("the ")) lower.erase(0, 4);
  return listed(" north south east west northeast northwest southeast southwest centre center interior ", lower);
}

bool is_sea(const Entity& entity, const knowledge::Knowledge& knowledge) {
  if (!entity.kb.starts_with("region:")) return false;
  const auto named = knowledge.named(entity.name, 0);
  return std::any_of(named.begin(), named.end(), [](const auto& one) { return one.entry->type == "sea"; });
}

/// What the text says no more of than that it is a place.
bool is_open(const Entity& entity) {
  constexpr EntityKind kKinds[] = {EntityKind::kPlace, EntityKind::kRegion, EntityKind::kGovernment,
                                   EntityKind::kOther};
  return entity.kb.empty() && std::find(std::begin(kKinds), std::end(kKinds), entity.kind) != std::end(kKinds);
}

/// Where the state of an entity was only taken from around it.
bool is_guessed(const Entity& entity) {
  const std::string& rule = entity.mentions.empty() ? "" : entity.mentions.front().reason.rule;
  return entity.country.empty() || rule == kDocumentCountry || rule == "new-name";
}

const char* precision_of(PlaceClass kind) {
  switch (kind) {
    case PlaceClass::kContinent: return "region";
    case PlaceClass::kCountry: return "country";
    case PlaceClass::kDivision: return "province";
    case PlaceClass::kDistrict: return "district";
    default: return "city";
  }
}

void put_position(Entity& entity, const Place& place) {
  entity.lat = place.lat;
  entity.lon = place.lon;
  entity.precision = precision_of(place.kind);
  int64_t number = 0;
  const std::string_view digits = place.number;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc() && end == digits.data() + digits.size()) entity.geonames = number;
}

/// The entity becomes the gazetteer's place; what it was taken for before is the runner-up.
void become(Entity& entity, const Place& place, const std::string& country) {
  const std::string before = entity.kb;
  put_position(entity, place);
  entity.country = country;
  entity.kb.clear();
  if (place.is_town()) {
    entity.name = place.name;
    entity.kind = EntityKind::kPlace;
    entity.kb = "city:" + std::string(place.number);
  } else if (!before.empty()) {
    entity.name = place.name;
    entity.kind = EntityKind::kRegion;
  }
  for (EntityMention& mention : entity.mentions)
    mention.reason = {"gazetteer", "", "", before.empty() ? mention.reason.runner_up : before};
}

/// What is only known to be a place; not where the text tells of another state.
void settle_open(Entity& entity, const Place& place, const std::string& country) {
  if (!entity.kb.empty() || entity.lat) return;
  if (is_guessed(entity) || entity.country == country) become(entity, place, country);
}

/// What no table has: only a position, near the others of the text.
void settle_near(Entity& entity, const Place& place, const std::string& country) {
  if (!entity.kb.empty() || entity.lat || (!is_guessed(entity) && entity.country != country)) return;
  entity.lat = place.lat;
  entity.lon = place.lon;
  entity.precision = "region";
}

/// The city itself where `place` is only the area of its name around it: Geneva for its canton, not New York for the
/// state.
Place middle_of(const Place& place, const Entity& entity, const knowledge::Gazetteer& gazetteer) {
  constexpr double kAround = 50;  // kilometres from the city to the middle of the area
  if (!is_city(entity) || place.is_town() || place.kind == PlaceClass::kCountry) return place;
  for (const Place& own : gazetteer.named(entity.name))
    if (entity.kb == "city:" + std::string(own.number) && knowledge::kilometres(own, place) < kAround) return own;
  return place;
}

/// A place of the knowledge gets its position, or is another one of its name: a city wherever the other places of the
/// text tell so, a region or state only where they tell of another state's division ("Georgia").
void settle_known(Entity& entity, const Place& place, const std::string& country) {
  if (entity.geonames) return;  // settled under another of its names
  const bool same_state = country == entity.country;
  const bool state = place.kind == PlaceClass::kCountry;
  const bool another = is_city(entity) ? !state && entity.kb != "city:" + std::string(place.number)
                                       : place.kind == PlaceClass::kDivision && !same_state;
  if (another) return become(entity, place, country);
  if (same_state && state == is_state(entity)) put_position(entity, place);
}

/// A town of another name of which few have heard: "Karsa" is Kars only where the text tells of Turkey.
bool is_little_known(const Place& place) {
  return place.is_town() && place.population < kLittleKnown &&
         knowledge::fold_lower(place.name) != knowledge::fold_lower(place.found);
}

/// Whether anything else in the text is of the state, by what it is and not by what stands around it.
bool tells(const Links& links, const std::string& country, const Entity& but) {
  return std::any_of(links.entities.begin(), links.entities.end(), [&](const Entity& entity) {
    return &entity != &but && entity.country == country && !is_guessed(entity);
  });
}

/// The place of a name that holds also where it lies: "Geneva" of "Geneva, Switzerland".
Span before_comma(const std::string& text, Span name, const knowledge::Gazetteer& gazetteer) {
  const std::string_view words = name.of(text);
  const size_t comma = words.find(", ");
  if (comma == std::string_view::npos || comma == 0 || !gazetteer.named(words).empty()) return name;
  return {name.begin, name.begin + static_cast<uint32_t>(comma)};
}

}  // namespace

void locate(const std::string& text, const Analysis& analysis, const knowledge::Knowledge& knowledge,
            const knowledge::Gazetteer& gazetteer, Links& links) {
  std::vector<Span> names;
  std::vector<std::string_view> states;  // of each name, as it was linked
  std::vector<uint32_t> entities;        // of each name
  std::vector<bool> open;                // of each name, whether no more is known of it than that it is a place
  for (size_t m = 0; m < analysis.mentions.size() && m < links.of.size(); ++m) {
    const Mention& mention = analysis.mentions[m];
    if (mention.form != Form::kName || links.of[m].size() != 1 || mention.span.size() > kLongestName) continue;
    const Span span = before_comma(text, mention.span, gazetteer);
    if (!names.empty() && names.back().overlaps(span)) continue;
    const Entity& entity = links.entities[links.of[m].front()];
    const bool unknown = mention.kind == MentionKind::kPlace && is_open(entity);
    if (!unknown && !is_known_place(entity)) continue;
    if (is_direction(span.of(text)) || is_sea(entity, knowledge)) continue;
    const knowledge::Entry* home = is_guessed(entity) ? nullptr : knowledge.country(entity.country);
    names.push_back(span);
    states.push_back(home ? home->iso2 : "");
    entities.push_back(links.of[m].front());
    open.push_back(unknown);
  }
  const auto places = Placing(text, names, gazetteer, states).run();
  for (size_t name = 0; name < names.size(); ++name) {
    if (!places[name]) continue;
    const Place& place = places[name]->place;
    Entity& entity = links.entities[entities[name]];
    const std::string country(knowledge.code_of_iso2(place.country));
    const bool continent = place.kind == PlaceClass::kContinent && entity.kb.starts_with("region:");
    if (continent && entity.country.empty()) put_position(entity, place);
    if (country.empty()) continue;
    if (!places[name]->near && is_little_known(place) && !tells(links, country, entity)) continue;
    if (open[name] && places[name]->near)
      settle_near(entity, place, country);
    else if (open[name])
      settle_open(entity, place, country);
    else if (!places[name]->near)
      settle_known(entity, middle_of(place, entity, gazetteer), country);
  }
}

std::vector<std::optional<Placed>> place_names(const std::string& text, const std::vector<Span>& names,
                                               const knowledge::Gazetteer& gazetteer) {
  return Placing(text, names, gazetteer).run();
}

}  // namespace dragoman::linking
