// SPDX-License-Identifier: Apache-2.0
#include "coding/coder.h"

#include <algorithm>
#include <map>

#include "coding/attribution.h"
#include "coding/dates.h"
#include "coding/events.h"
#include "coding/positions.h"
#include "coding/quantities.h"
#include "coding/reading.h"
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

}  // namespace

struct Coder::Parts {
  Parts(const knowledge::Ontology& ontology, const std::string& data)
      : events(data + "/coding", ontology), statements(data + "/coding/cues.tsv"),
        positions(data + "/coding/positions.tsv", ontology), quantities(QuantityReader::open(data)), dates(DateReader::open(data)) {}

  EventCoder events;
  StatementCoder statements;
  PositionTable positions;
  QuantityReader quantities;
  DateReader dates;
};

Coder::Coder(const knowledge::Ontology& ontology, const std::string& data)
    : parts_(std::make_unique<const Parts>(ontology, data)) {}
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
  out.quantities = parts_->quantities.find(article.text, analysis, date_spans, countries_of(links));
  for (CodedEvent& coded : parts_->events.code(reading)) {
    Event& event = coded.event;
    event.attribution = event_attribution(reading, event, out.statements);
    event.date = event_date(analysis.triggers[coded.trigger], event.historical, analysis, dates, article.published);
    event.quantities = quantities_of(analysis.triggers[coded.trigger], analysis, out.quantities);
    out.events.push_back(std::move(event));
  }
  connect_deeds(reading, out.events);
  out.positions = parts_->positions.find(reading, out.events, out.statements);
  return out;
}

}  // namespace dragoman::coding
