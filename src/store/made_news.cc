// SPDX-License-Identifier: Apache-2.0
#include "store/made_news.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "base/civil.h"

namespace dragoman::testing {
namespace {

/// splitmix64: numbers that depend on the seed alone.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed) {}
  uint64_t next() {
    uint64_t x = state_ += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }
  uint32_t below(uint32_t count) { return static_cast<uint32_t>(next() % count); }
  bool one_in(uint32_t count) { return below(count) == 0; }
  /// Small numbers much more often than large ones, as words and states are told.
  uint32_t skewed(uint32_t count) {
    const double u = static_cast<double>(next() >> 11U) / 9007199254740992.0;
    return std::min(count - 1, static_cast<uint32_t>(u * u * u * count));
  }

 private:
  uint64_t state_;
};

std::string word_of(uint32_t number) {
  constexpr std::array kSyllables = {"ba",  "den", "fol", "gri",  "hat", "jor", "kel", "lum",
                                     "mor", "nas", "pel", "quin", "ros", "sut", "tiv", "wen"};
  std::string word;
  for (uint32_t rest = number + 16; rest > 0; rest /= 16) word += kSyllables[rest % 16];
  return word;
}

std::string code_of(uint32_t country) {
  std::string code = "AAA";
  for (size_t i = 3; i-- > 0; country /= 26) code[i] = static_cast<char>('A' + country % 26);
  return code;
}

std::string day_of(uint32_t day) {
  return base::to_iso(std::chrono::sys_days(std::chrono::year(2015) / 1 / 1) + std::chrono::days(day));
}

constexpr uint32_t kVocabulary = 20000, kOfMatter = 200;
constexpr uint64_t kMatter = 0xE7037ED1A0B428DBU;
constexpr uint32_t kWords = 16;
constexpr std::array kModes = {"visit",      "meet",      "third-party", "demo",      "boycott", "embargo", "blockade",
                               "beat",       "firearms",  "aerial",      "seize",     "censor",  "curfew",  "deport",
                               "diplomatic", "financial", "military",    "territory", "assist",  "arrest",  "withhold"};

class Maker {
 public:
  Maker(const MadeNews& news, uint64_t number) : news_(news), number_(number), chance_(mixed(number)) {}

  Record make() {
    Article& article = record_.article;
    article.source = std::string("made/").append(std::to_string(number_));
    article.url = std::string("https://news.example/").append(std::to_string(number_));
    article.publisher = std::string("Paper ").append(std::to_string(chance_.skewed(news_.publishers)));
    article.language = "en";
    day_ = day(chance_, number_);
    article.published = Date{day_of(day_), Precision::kDay, "metadata", std::nullopt};
    for (uint32_t i = 0; i < news_.events; ++i) tell(i);
    article.title = record_.sentences.front().of(article.text);
    article.blocks = {{BlockKind::kParagraph, {0, static_cast<uint32_t>(article.text.size())}}};
    article.id = article_id(article.source, article.text);
    record_.origin = {"0.1.0", "made", "made", "PLOVER 2.0 draft"};
    statements();
    return std::move(record_);
  }

 private:
  uint64_t mixed(uint64_t number) const { return news_.seed * 0x9E3779B97F4A7C15U + number * 0xD1B54A32D192ED03U; }

  Span add(const std::string& words) {
    std::string& text = record_.article.text;
    const auto begin = static_cast<uint32_t>(text.size());
    text += words;
    return {begin, static_cast<uint32_t>(text.size())};
  }

  /// The entity of a country's government or, one time in five, of somebody of its own.
  uint32_t entity(uint32_t country, bool person, Span mention) {
    const std::string code = code_of(country);
    const std::string name = std::string(person ? "Envoy " : "State of ").append(word_of(country));
    for (uint32_t i = 0; i < record_.entities.size(); ++i) {
      if (record_.entities[i].name != name) continue;
      record_.entities[i].mentions.push_back({mention, Form::kName, {}});
      return i;
    }
    Entity one;
    one.name = name;
    one.kind = person ? EntityKind::kPerson : EntityKind::kCountry;
    if (!person) one.kb = "country:" + code;
    one.country = code;
    one.sectors = {"GOV"};
    one.mentions = {{mention, Form::kName, {"name", "made.tsv:1", "", ""}}};
    record_.entities.push_back(std::move(one));
    return static_cast<uint32_t>(record_.entities.size() - 1);
  }

  /// The day on which a document is published, by its chances: those of a matter within two months.
  uint32_t day(Chance& chance, uint64_t number) const {
    if (news_.matter == 0) return 2 + chance.below(news_.days);
    constexpr uint32_t kLasts = 60;
    Chance of_matter(mixed(number / news_.matter) ^ kMatter);
    return 2 + of_matter.below(std::max(news_.days, kLasts + 1) - kLasts) + chance.below(kLasts);
  }

  /// One of all, or of the few that a matter is about.
  uint32_t country(Chance& chance) const {
    constexpr uint32_t kFew = 6;
    if (news_.matter == 0 || chance.one_in(4)) return chance.skewed(news_.countries);
    Chance one(mixed(number_ / news_.matter) ^ kMatter ^ (1 + chance.below(kFew)));
    return one.skewed(news_.countries);
  }

  Participant party(Chance& chance) {
    const uint32_t country = this->country(chance);
    const bool person = chance.one_in(5);
    const Span mention = add(person ? word_of(country) + "'s envoy" : word_of(country));
    return {entity(country, person, mention), mention, code_of(country), {"GOV"}, 0.9F};
  }

  /// One of all, or of those of the matter.
  uint32_t word(Chance& told) const {
    if (news_.matter == 0) return told.skewed(kVocabulary);
    if (told.one_in(4)) return told.below(kVocabulary);
    return kVocabulary + static_cast<uint32_t>(number_ / news_.matter) * kOfMatter + told.skewed(kOfMatter);
  }

  /// A sentence and the act that it tells. What is drawn from `told` is the same in all documents that tell it.
  void tell(uint32_t place) {
    const uint64_t before = news_.matter > 0 ? number_ % news_.matter : number_;
    const bool again = before > 0 && chance_.one_in(2);
    const uint64_t first =
        again ? number_ - 1 - chance_.below(static_cast<uint32_t>(std::min<uint64_t>(before, 50))) : number_;
    Chance told(mixed(first) ^ (place + 1) * 0xA0761D6478BD642FU);
    Event event;
    const auto begin = static_cast<uint32_t>(record_.article.text.size());
    event.type = static_cast<EventType>(told.skewed(static_cast<uint32_t>(kEventTypes)));
    event.modes = {kModes[(static_cast<size_t>(event.type) * 5 + first + place) % std::size(kModes)]};
    event.actors.push_back(party(told));
    if (told.one_in(4)) {
      add(" and ");
      event.actors.push_back(party(told));
    }
    add(" ");
    event.trigger = add(word_of(told.below(300)) + "ed");
    add(" ");
    if (!told.one_in(4)) event.recipients.push_back(party(told));
    const uint32_t where = told.skewed(news_.countries);
    add(" near ");
    const Span port = add(std::string("port ").append(word_of(where)));
    if (told.one_in(2)) {
      event.locations = {
          {std::string("port ").append(word_of(where)), code_of(where), 1000 + where, 10.5, 20.25, "city", port}};
    }
    for (uint32_t i = 0; i < kWords; ++i) add(std::string(" ").append(word_of(word(told))));
    if (news_.matter > 0) over(event, told);
    if (told.one_in(5)) {
      add(", killing ");
      const uint32_t dead = 1 + told.below(40);
      Quantity quantity;
      quantity.kind = QuantityKind::kKilled;
      quantity.value = dead;
      quantity.span = add(std::to_string(dead));
      event.quantities = {static_cast<uint32_t>(record_.quantities.size())};
      record_.quantities.push_back(std::move(quantity));
    }
    add(".");
    record_.sentences.push_back({begin, static_cast<uint32_t>(record_.article.text.size())});
    add(" ");
    event.sentence = place;
    if (chance_.one_in(3)) event.attribution = {{event.actors.front().entity, SourceKind::kSpeaker, std::nullopt}};
    finish(event, told, first);
    record_.events.push_back(std::move(event));
  }

  /// A plan or a treaty of the matter that some acts are about, and where some actors stand.
  void over(Event& event, Chance& told) {
    if (told.one_in(4)) {
      const uint32_t which = told.below(2);
      std::string name = word_of(kVocabulary + static_cast<uint32_t>(number_ / news_.matter) * kOfMatter + which);
      name.front() = static_cast<char>(name.front() - 'a' + 'A');
      name += which == 0 ? " Plan" : " Treaty";
      add(" over the ");
      const Span mention = add(name);
      auto& all = record_.instruments;
      auto found = std::find_if(all.begin(), all.end(), [&](const Instrument& one) { return one.name == name; });
      if (found == all.end()) {
        const auto kind = which == 0 ? InstrumentKind::kPlan : InstrumentKind::kTreaty;
        found = all.insert(all.end(), {kind, name, event.actors.front().entity, {}});
      }
      found->mentions.push_back(mention);
      event.instruments = {static_cast<uint32_t>(found - all.begin())};
    }
    if (told.one_in(5)) {
      constexpr std::array kIssues = {"arms-supplies", "sanctions", "ceasefire", "tariffs", "refugees", "extradition"};
      Position position;
      position.holder = event.actors.front().entity;
      position.issue = kIssues[told.below(static_cast<uint32_t>(kIssues.size()))];
      position.stance = static_cast<Stance>(told.below(4));
      position.events = {static_cast<uint32_t>(record_.events.size())};
      record_.positions.push_back(std::move(position));
    }
  }

  void finish(Event& event, Chance& told, uint64_t first) {
    const uint32_t kind = told.below(20);
    // The day of the first telling: that of its document.
    Chance other(mixed(first));
    other.skewed(news_.publishers);
    const uint32_t published = this->day(other, first);
    const std::string day = day_of(published - told.below(3));
    if (kind == 0) event.date = Date{day.substr(0, 7), Precision::kMonth, "text", std::nullopt};
    if (kind == 1) event.date = Date{day.substr(0, 4), Precision::kYear, "text", std::nullopt};
    if (kind > 2) event.date = Date{day, Precision::kDay, "publication", std::nullopt};
    event.status = told.one_in(4) ? static_cast<Status>(told.below(static_cast<uint32_t>(kStatuses))) : Status::kActual;
    event.historical = told.one_in(10);
    constexpr std::array kQuads = {"verbal-cooperation", "material-cooperation", "verbal-conflict",
                                   "material-conflict"};
    event.quad = kQuads[static_cast<size_t>(event.type) / 4];
    event.score = static_cast<double>(told.below(41)) / 2 - 10;
    event.rule = "reader";
    event.confidence = 0.3 + static_cast<double>(chance_.below(7000)) / 10000;
    event.type_scores[static_cast<size_t>(event.type)] = static_cast<float>(event.confidence);
    event.status_scores[static_cast<size_t>(event.status)] = 1.0F;
  }

  void statements() {
    for (uint32_t i = 0; i < record_.events.size(); i += 4) {
      const Event& event = record_.events[i];
      Statement statement;
      statement.speaker = event.actors.front();
      statement.act = "say";
      statement.content = {event.trigger.end, record_.sentences[i].end};
      statement.date = event.date;
      statement.sentence = i;
      statement.confidence = 0.8;
      record_.statements.push_back(std::move(statement));
    }
  }

  MadeNews news_;
  uint64_t number_;
  Chance chance_;
  uint32_t day_ = 0;
  Record record_;
};

}  // namespace

Record made_record(const MadeNews& news, uint64_t number) { return Maker(news, number).make(); }

}  // namespace dragoman::testing
