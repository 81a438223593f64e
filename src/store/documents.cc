// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/days.h"
#include "store/queries.h"
#include "store/words.h"

namespace dragoman::store {
namespace {

constexpr const char* kBehindAll = "\xF4\x8F\xBF\xBF";

/// The document behind which a listing goes on.
struct After {
  std::string published, id;
};
After find_after(Database& database, const std::string& id) {
  Query known = database.query("SELECT published FROM documents WHERE id = ?");
  if (!known.bind(id).step()) {
    throw Failure({ErrorCode::kNotFound, "no document \"" + id + "\" is in the store; give its id in full", ""});
  }
  return {known.text(0), id};
}

Conditions conditions_of(Database& database, const DocumentQuery& query) {
  Conditions conditions;
  conditions.equal("d.publisher", query.publisher);
  conditions.equal("d.language", query.language);
  // Told so that the index of days serves: what begins with the last day comes before that and all that may follow.
  if (!query.from.empty()) conditions.add("d.published >= ?", {days_of(query.from)->first});
  if (!query.to.empty()) conditions.add("d.published < ?", {days_of(query.to)->second + kBehindAll});
  conditions.words(
      database, query.text, kFewOfOthers,
      "d.document IN (SELECT s.document FROM sentences s WHERE s.sentence IN (SELECT value FROM json_each(?)))",
      "EXISTS (SELECT 1 FROM sentences s WHERE s.document = d.document AND holds_row(?, s.sentence))");
  return conditions;
}

void list(Database& database, const Conditions& conditions, const std::string& order, uint64_t limit,
          const std::function<void(const DocumentRow&)>& row) {
  Query listing = database.query(
      "SELECT d.id, d.source, d.url, d.title, d.publisher, d.published, d.language, (SELECT count(*) FROM events e "
      "WHERE e.document = d.document), (SELECT count(*) FROM statements t WHERE t.document = d.document) FROM "
      "documents d" +
      conditions.sql() + " ORDER BY " + order + (limit > 0 ? " LIMIT " + std::to_string(limit) : ""));
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

}  // namespace

// First those of a known day, then the others: each along the index of days, so that a page needs no sorting of all.
void select_documents(Database& database, const DocumentQuery& query,
                      const std::function<void(const DocumentRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  const Snapshot snapshot(database);
  Conditions known = conditions_of(database, query), unknown = known;
  known.add("d.published IS NOT NULL", {});
  unknown.add("d.published IS NULL", {});
  bool behind_known = false;
  if (!query.after.empty()) {
    const After after = find_after(database, query.after);
    behind_known = after.published.empty();
    if (behind_known) {
      unknown.add("d.id > ?", {after.id});
    } else {
      known.add("(d.published, d.id) > (?, ?)", {after.published, after.id});
    }
  }
  uint64_t told = 0;
  const auto count = [&](const DocumentRow& one) {
    ++told;
    row(one);
  };
  if (!behind_known) list(database, known, "d.published, d.id", query.limit, count);
  if (query.limit > 0 && told >= query.limit) return;
  list(database, unknown, "d.id", query.limit > 0 ? query.limit - told : 0, count);
}

}  // namespace dragoman::store
