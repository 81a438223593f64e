// SPDX-License-Identifier: Apache-2.0
#include "coding/coder.h"

#include <algorithm>
#include <map>

#include "coding/attribution.h"
#include "coding/dates.h"
#include "coding/events.h"
#include "coding/instrument_owners.h"
#include "coding/instruments.h"
#include "coding/positions.h"
#include "coding/quantities.h"
#include "coding/reading.h"
#include "coding/roles.h"
#include "coding/statements.h"

namespace dragoman::coding {
namespace {

// Codes of the states that the article speaks of, most mentions first: what "dollars" are depends on them.
std::vector<std::string> countries_of(const Links& links) {
  std::map<std::string, size_t> mentions;
  for (const Entity& entity : links.entities) {
    if (!entity.country.empty()) mentions[entity.country] += entity.mentions.size();
  }
  std::vector<std::pair<size_t, std::string>> ranked;
  for (const auto& [country, count] : mentions) ranked.emplace_back(count, country);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> countries;
  for (const auto& [count, country] : ranked) countries.push_back(country);
  return countries;
}

std::vector<NamedState> named_states(const Links& links) {
  std::vector<NamedState> named;
  for (const Entity& entity : links.entities) {
    if (entity.country.empty()) continue;
    for (const EntityMention& mention : entity.mentions) named.push_back({mention.span, entity.country});
  }
  return named;
}

// An act concerns the instruments that its trigger or theme names.
std::vector<uint32_t> instruments_of(const Event& event, const std::vector<Instrument>& instruments) {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < instruments.size(); ++i) {
    const bool concerned = std::any_of(instruments[i].mentions.begin(), instruments[i].mentions.end(), [&](Span words) {
      return words.overlaps(event.trigger) || (event.theme && words.overlaps(*event.theme));
    });
    if (concerned) out.push_back(i);
  }
  return out;
}

// The expressions with their values: that of the act that has one as its date ("will meet on Monday" is the coming
// Monday), else its own.
std::vector<TimeMention> time_mentions(const std::vector<DateExpression>& expressions,
                                       const std::vector<Event>& events) {
  std::map<Span, const Date*> of_acts;
  for (const Event& event : events) {
    if (event.date && event.date->span) of_acts.emplace(*event.date->span, &*event.date);
  }
  std::vector<TimeMention> mentions;
  for (const DateExpression& expression : expressions) {
    const auto of_act = of_acts.find(expression.span);
    const Date* date = of_act != of_acts.end() ? of_act->second : expression.date ? &*expression.date : nullptr;
    mentions.push_back({expression.span, date ? date->value : "", date ? date->precision : precision_of(expression)});
  }
  return mentions;
}

}  // namespace

struct Coder::Parts {
  Parts(const knowledge::Ontology& ontology, const std::string& data, const CodingOptions& options)
      : events(data + "/coding", ontology),
        statements(data + "/coding/cues.tsv", options.quotation_confidence, options.min_confidence),
        positions(data + "/coding/positions", ontology),
        quantities(QuantityReader::open(data)),
        dates(DateReader::open(data)),
        instruments(InstrumentReader::open(data)) {}

  EventCoder events;
  StatementCoder statements;
  PositionFinder positions;
  QuantityReader quantities;
  DateReader dates;
  InstrumentReader instruments;
};

Coder::Coder(const knowledge::Ontology& ontology, const std::string& data, const CodingOptions& options)
    : parts_(std::make_unique<const Parts>(ontology, data, options)) {}
Coder::Coder(Coder&&) noexcept = default;
Coder& Coder::operator=(Coder&&) noexcept = default;
Coder::~Coder() = default;

Coded Coder::code(const Article& article, const Analysis& analysis, const Links& links) const {
  const Reading reading{article, analysis, links};
  Coded out;
  out.statements = parts_->statements.code(reading);
  const std::vector<DateExpression> dates = parts_->dates.find(article.text, analysis.sentences, article.published);
  std::vector<Span> date_spans;
  for (const DateExpression& date : dates) date_spans.push_back(date.span);
  out.instruments = parts_->instruments.find(article.text, analysis.sentences);
  out.quantities = parts_->quantities.find(article.text, analysis, date_spans, countries_of(links), named_states(links),
                                           out.instruments);
  give_owners(reading, out.instruments);
  for (CodedEvent& coded : parts_->events.code(reading)) {
    Event& event = coded.event;
    give_to_speaker(reading, event, out.statements);
    give_victims_their_state(reading, event);
    event.attribution = event_attribution(reading, event, out.statements);
    event.date = event_date(analysis.triggers[coded.trigger], event.historical, article.text, analysis, dates,
                            article.published);
    event.quantities = quantities_of(analysis.triggers[coded.trigger], analysis, out.quantities);
    event.instruments = instruments_of(event, out.instruments);
    act_for_owners(reading, out.instruments, event);
    out.events.push_back(std::move(event));
  }
  carry_dates(out.events, article.blocks);
  connect_deeds(reading, out.events);
  out.dates = time_mentions(dates, out.events);
  out.positions = parts_->positions.find(reading, out.events, out.statements);
  return out;
}

}  // namespace dragoman::coding
