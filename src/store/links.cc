// SPDX-License-Identifier: Apache-2.0
#include "store/links.h"

#include "base/text.h"

namespace dragoman::store {
namespace {

int64_t number(size_t index) { return static_cast<int64_t>(index) + 1; }

}  // namespace

Links::Links(Database& database)
    : addressee_(database, "INSERT OR FAIL INTO addressees", 7),
      source_(database, "INSERT OR FAIL INTO statement_sources", 6),
      evidence_(database, "INSERT OR IGNORE INTO position_evidence", 4),
      quantity_(database, "INSERT OR IGNORE INTO event_quantities", 3),
      instrument_(database, "INSERT OR IGNORE INTO event_instruments", 3),
      sketch_(database.query("INSERT INTO sketches VALUES (?, ?)")) {}

void Links::insert(const Record& record, int64_t document, const Sketch& sketch) {
  statements(record, document);
  events(record, document);
  positions(record, document);
  sketch_.bind(document).bind(to_hex(sketch)).run();
}

void Links::write() {
  for (Batch* batch : batches()) batch->write();
}

void Links::forget() {
  for (Batch* batch : batches()) batch->forget();
}

void Links::statements(const Record& record, int64_t document) {
  const std::string_view text = record.article.text;
  for (size_t i = 0; i < record.statements.size(); ++i) {
    const Statement& statement = record.statements[i];
    for (size_t k = 0; k < statement.addressees.size(); ++k) {
      const Participant& one = statement.addressees[k];
      addressee_.bind(document).bind(number(i)).bind(number(k)).bind(number(one.entity)).bind_known(one.country);
      addressee_.bind_known(base::join(one.sectors, "; ")).bind(one.span.of(text)).run();
    }
    for (size_t k = 0; k < statement.via.size(); ++k) {
      const Source& one = statement.via[k];
      source_.bind(document).bind(number(i)).bind(number(k)).bind(number(one.entity)).bind(to_string(one.kind));
      source_.bind_known(one.cue ? one.cue->of(text) : std::string_view()).run();
    }
  }
}

void Links::events(const Record& record, int64_t document) {
  for (size_t i = 0; i < record.events.size(); ++i) {
    for (const uint32_t one : record.events[i].quantities)
      quantity_.bind(document).bind(number(i)).bind(number(one)).run();
    for (const uint32_t one : record.events[i].instruments)
      instrument_.bind(document).bind(number(i)).bind(number(one)).run();
  }
}

void Links::positions(const Record& record, int64_t document) {
  const auto add = [&](size_t position, const char* kind, uint32_t evidence) {
    evidence_.bind(document).bind(number(position)).bind(kind).bind(number(evidence)).run();
  };
  for (size_t i = 0; i < record.positions.size(); ++i) {
    for (const uint32_t one : record.positions[i].events) add(i, "event", one);
    for (const uint32_t one : record.positions[i].statements) add(i, "statement", one);
  }
}

}  // namespace dragoman::store
