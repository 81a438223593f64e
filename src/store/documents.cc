// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/queries.h"

namespace dragoman::store {
namespace {

constexpr const char* kDay = "substr(d.published, 1, 10)";

/// The documents that a listing shows after the given one.
void add_page(Conditions& conditions, Database& database, const std::string& after) {
  Query known = database.query("SELECT published FROM documents WHERE id = ?");
  if (!known.bind(after).step()) {
    throw Failure({ErrorCode::kNotFound, "no document \"" + after + "\" is in the store; give its id in full", ""});
  }
  const std::string published = known.text(0);
  if (published.empty()) {
    conditions.add("d.published IS NULL AND d.id > ?", {after});
  } else {
    conditions.add("d.published IS NULL OR d.published > ? OR (d.published = ? AND d.id > ?)",
                   {published, published, after});
  }
}

Conditions conditions_of(const DocumentQuery& query) {
  Conditions conditions;
  conditions.equal("d.publisher", query.publisher);
  conditions.equal("d.language", query.language);
  conditions.days(kDay, kDay, query.from, query.to);
  if (!query.text.empty()) {
    conditions.add(
        "d.document IN (SELECT s.document FROM sentences s WHERE s.sentence IN (SELECT rowid FROM sentence_words WHERE "
        "sentence_words MATCH ?))",
        {match_of(query.text)});
  }
  return conditions;
}

}  // namespace

void select_documents(Database& database, const DocumentQuery& query,
                      const std::function<void(const DocumentRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  Conditions conditions = conditions_of(query);
  if (!query.after.empty()) add_page(conditions, database, query.after);
  Query listing = database.query(
      "SELECT d.id, d.source, d.url, d.title, d.publisher, d.published, d.language, (SELECT count(*) FROM events e "
      "WHERE e.document = d.document), (SELECT count(*) FROM statements t WHERE t.document = d.document) FROM "
      "documents d" +
      conditions.sql() + " ORDER BY d.published IS NULL, d.published, d.id" +
      (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : ""));
  conditions.bind(listing);
  while (listing.step()) {
    DocumentRow one;
    one.id = listing.text(0);
    one.source = listing.text(1);
    one.url = listing.text(2);
    one.title = listing.text(3);
    one.publisher = listing.text(4);
    one.published = listing.text(5);
    one.language = listing.text(6);
    one.events = static_cast<uint64_t>(listing.integer(7));
    one.statements = static_cast<uint64_t>(listing.integer(8));
    row(one);
  }
}

}  // namespace dragoman::store
