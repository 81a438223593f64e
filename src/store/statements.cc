// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/queries.h"
#include "store/schema.h"

namespace dragoman::store {
namespace {

// A statement without a day of its own was made by the day of its article.
constexpr const char* kFirst = "coalesce(t.first_day, substr(d.published, 1, 10))";
constexpr const char* kLast = "coalesce(t.last_day, substr(d.published, 1, 10))";

Conditions conditions_of(Database& database, const StatementQuery& query) {
  Conditions conditions;
  conditions.who(query.speaker, "t.speaker_country", "n.folded", "%");
  conditions.who(
      query.addressee, "a.country", "m.folded",
      "EXISTS (SELECT 1 FROM addressees a JOIN entities m ON m.document = a.document AND m.ordinal = a.entity "
      "WHERE a.document = t.document AND a.statement = t.ordinal AND %)");
  if (!query.issue.empty()) {
    conditions.add(
        "EXISTS (SELECT 1 FROM position_evidence v JOIN positions p ON p.document = v.document AND p.ordinal = "
        "v.position WHERE v.document = t.document AND v.kind = 'statement' AND v.ordinal = t.ordinal AND p.issue = ?)",
        {query.issue});
  }
  if (!query.text.empty()) {
    conditions.add(
        "EXISTS (SELECT 1 FROM sentences s WHERE s.document = t.document AND s.begin < t.content_end AND s.end > "
        "t.content_begin AND s.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?))",
        {match_of(query.text)});
  }
  conditions.equal("t.kind", query.kind);
  conditions.equal("t.act", query.act);
  conditions.days(kFirst, kLast, query.from, query.to);
  if (query.min_confidence > 0) {
    conditions.add("t.confidence >= CAST(? AS REAL)", {std::to_string(query.min_confidence)});
  }
  conditions.document(database, query.document);
  return conditions;
}

/// Column 0 of all rows of a statement, joined.
std::string joined(Query& query, int64_t document, int64_t statement) {
  std::vector<std::string> all;
  query.bind(document).bind(statement);
  while (query.step()) all.push_back(query.text(0));
  return base::join(all, "; ");
}

}  // namespace

void select_statements(Database& database, const StatementQuery& query,
                       const std::function<void(const StatementRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 2);
  const Conditions conditions = conditions_of(database, query);
  Query listing = database.query(
      std::string("SELECT t.document, t.ordinal, d.id, d.source, coalesce(t.date, substr(d.published, 1, 10)), t.kind, "
                  "n.name, t.speaker_country, t.act, t.cue, t.content, t.confidence FROM statements t JOIN documents d "
                  "USING (document) LEFT JOIN entities n ON n.document = t.document AND n.ordinal = t.speaker") +
      conditions.sql() + " ORDER BY " + kFirst + " IS NULL, " + kFirst + ", d.id, t.ordinal" +
      (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""));
  conditions.bind(listing);
  Query addressees = database.query(
      "SELECT n.name FROM addressees a JOIN entities n ON n.document = a.document AND n.ordinal = a.entity"
      " WHERE a.document = ? AND a.statement = ? ORDER BY a.ordinal");
  Query via = database.query(
      "SELECT n.name || ' (' || a.kind || ')' FROM statement_sources a JOIN entities n ON n.document = a.document AND "
      "n.ordinal = a.entity WHERE a.document = ? AND a.statement = ? ORDER BY a.ordinal");
  while (listing.step()) {
    const int64_t document = listing.integer(0), ordinal = listing.integer(1);
    StatementRow one;
    one.id = listing.text(2) + "#s" + listing.text(1);
    one.document = listing.text(2);
    one.source = listing.text(3);
    one.date = listing.text(4);
    one.kind = listing.text(5);
    one.speaker = listing.text(6);
    one.speaker_country = listing.text(7);
    one.act = listing.text(8);
    one.cue = listing.text(9);
    one.content = listing.text(10);
    one.confidence = listing.real(11);
    one.addressees = joined(addressees, document, ordinal);
    one.via = joined(via, document, ordinal);
    row(one);
  }
}

}  // namespace dragoman::store
