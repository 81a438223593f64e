// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "store/conditions.h"
#include "store/queries.h"
#include "store/schema.h"
#include "store/words.h"

namespace dragoman::store {
namespace {

// A statement without a day of its own was made by the day of its article; from this version of the store on that is
// in its row, with an index.
constexpr int64_t kDayVersion = 5;
constexpr const char* kDayOfArticle = "substr(d.published, 1, 10)";

/// In a statement's row t and its document's d: the first and the last day on which it was made.
struct Days {
  std::string first, last;
};
Days days_columns(bool by_day) {
  const std::string day = by_day ? "t.day" : kDayOfArticle;
  // "2016~" is behind all days of 2016: an article of a year or month may have been published on each.
  return {by_day ? day : "coalesce(t.first_day, " + day + ")", "coalesce(t.last_day, " + day + " || '~')"};
}

/// `walked`: statements stand in the index of days as k, too, which tells who speaks.
Conditions conditions_of(Database& database, const StatementQuery& query, const Days& days, bool walked) {
  Conditions conditions;
  const bool speaker_told = database.integer("PRAGMA user_version") >= kPartsVersion;
  const std::string row = walked ? "k" : "t";
  conditions.who(query.speaker, row + ".speaker_country", speaker_told ? row + ".speaker_folded" : "n.folded", "%");
  conditions.who(query.addressee, "a.country", "m.folded",
                 "(t.document, t.ordinal) IN (SELECT a.document, a.statement FROM addressees a JOIN entities m ON "
                 "m.document = a.document AND m.ordinal = a.entity WHERE %)");
  if (!query.issue.empty()) {
    conditions.add(
        "(t.document, t.ordinal) IN (SELECT v.document, v.ordinal FROM positions p JOIN position_evidence v ON "
        "v.document = p.document AND v.position = p.ordinal WHERE v.kind = 'statement' AND p.issue = ?)",
        {query.issue});
  }
  conditions.words(
      database, query.text, kFewOfOthers,
      "(t.document, t.ordinal) IN (SELECT x.document, x.ordinal FROM sentences s CROSS JOIN statements x ON "
      "x.document = s.document AND s.begin < x.content_end AND s.end > x.content_begin WHERE s.sentence IN (SELECT "
      "value FROM json_each(?)))",
      "EXISTS (SELECT 1 FROM sentences s WHERE s.document = t.document AND holds_row(?, s.sentence) AND s.begin < "
      "t.content_end AND s.end > t.content_begin)");
  conditions.equal("t.kind", query.kind);
  conditions.equal("t.act", query.act);
  conditions.days(days.first, days.last, query.from, query.to);
  if (query.min_confidence > 0) {
    conditions.add("t.confidence >= CAST(? AS REAL)", {std::to_string(query.min_confidence)});
  }
  conditions.document(database, query.document);
  return conditions;
}

/// The statement behind which a listing goes on.
struct After {
  std::string day, document, ordinal;
};
std::optional<After> find_after(Database& database, const std::string& id, const Days& days) {
  if (id.empty()) return std::nullopt;
  Query known =
      database.query("SELECT " + days.first +
                     " FROM statements t JOIN documents d USING (document) WHERE d.id = ? AND CAST(t.ordinal AS "
                     "TEXT) = ?");
  const size_t mark = id.rfind("#s");
  After after{"", id.substr(0, mark), mark == std::string::npos ? "" : id.substr(mark + 2)};
  if (!known.bind(after.document).bind(after.ordinal).step()) {
    throw Failure({ErrorCode::kNotFound, "no statement \"" + id + "\" is in the store; give its id in full", ""});
  }
  after.day = known.text(0);
  return after;
}

/// Of a listing's order: how what comes later compares, and how it is sorted.
struct Direction {
  explicit Direction(bool newest_first) : later(newest_first ? " < " : " > "), sorted(newest_first ? " DESC" : "") {}
  std::string later, sorted;
};

std::string behind(const Direction& direction) {
  return "(d.id, t.ordinal)" + direction.later + "(?, CAST(? AS INTEGER))";
}

void add_place(Conditions& conditions, const After& after, const Direction& direction) {
  conditions.add(behind(direction), {after.document, after.ordinal});
}

/// The statements that are listed after that one: those of a known day come first.
void add_page(Conditions& conditions, const After& after, const std::string& day, const Direction& direction) {
  if (after.day.empty()) {
    conditions.add(day + " IS NULL", {});
    add_place(conditions, after, direction);
    return;
  }
  conditions.add(day + " IS NULL OR " + day + direction.later + "? OR (" + day + " = ? AND " + behind(direction) + ")",
                 {after.day, after.day, after.document, after.ordinal});
}

/// Lists statements with who was spoken to and by which way the words came.
class Listing {
 public:
  Listing(Database& database, const std::function<void(const StatementRow&)>& row)
      : database_(database),
        row_(row),
        addressees_(database.query("SELECT n.name FROM addressees a JOIN entities n ON n.document = a.document AND "
                                   "n.ordinal = a.entity WHERE a.document = ? AND a.statement = ? ORDER BY a.ordinal")),
        via_(database.query("SELECT n.name || ' (' || a.kind || ')' FROM statement_sources a JOIN entities n ON "
                            "n.document = a.document AND n.ordinal = a.entity WHERE a.document = ? AND a.statement = ? "
                            "ORDER BY a.ordinal")) {}

  /// Tells how many they were. `tables`: statements t and documents d.
  uint64_t list(const std::string& tables, const Conditions& conditions, const std::string& order, uint64_t limit) {
    Query listing = database_.query(
        "SELECT t.document, t.ordinal, d.id, d.source, coalesce(t.date, substr(d.published, 1, 10)), t.kind, n.name, "
        "t.speaker_country, t.act, t.cue, t.content, t.confidence FROM " +
        tables + " LEFT JOIN entities n ON n.document = t.document AND n.ordinal = t.speaker" + conditions.sql() +
        " ORDER BY " + order + (limit > 0 ? " LIMIT " + std::to_string(limit) : ""));
    conditions.bind(listing);
    uint64_t told = 0;
    for (; listing.step(); ++told) tell(listing);
    return told;
  }

 private:
  void tell(const Query& listing) {
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
    one.addressees = joined(addressees_, document, ordinal);
    one.via = joined(via_, document, ordinal);
    row_(one);
  }

  /// Column 0 of all rows of a statement, joined.
  static std::string joined(Query& query, int64_t document, int64_t statement) {
    std::vector<std::string> all;
    query.bind(document).bind(statement);
    while (query.step()) all.push_back(query.text(0));
    return base::join(all, "; ");
  }

  Database& database_;
  const std::function<void(const StatementRow&)>& row_;
  Query addressees_, via_;
};

}  // namespace

void select_statements(Database& database, const StatementQuery& query,
                       const std::function<void(const StatementRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 2);
  const Snapshot snapshot(database);
  const bool by_day = database.integer("PRAGMA user_version") >= kDayVersion;
  const Days days = days_columns(by_day);
  Conditions conditions = conditions_of(database, query, days, false);
  const auto after = find_after(database, query.after, days);
  const Direction direction(query.newest_first);
  const std::string order = "d.id" + direction.sorted + ", t.ordinal" + direction.sorted;
  Listing listing(database, row);
  // Rare words, documents, issues and those who are spoken to have quicker ways of their own.
  if (!by_day || query.limit == 0 || conditions.few() || !(query.document + query.issue + query.addressee).empty()) {
    if (after) add_page(conditions, *after, days.first, direction);
    listing.list("statements t JOIN documents d USING (document)", conditions,
                 days.first + " IS NULL, " + days.first + direction.sorted + ", " + order, query.limit);
    return;
  }
  // A page is read along the index of days: first those of a known one, then the others.
  const bool speaker_told = database.integer("PRAGMA user_version") >= kPartsVersion;
  Conditions known = conditions_of(database, query, days, speaker_told), unknown = known;
  const std::string day = speaker_told ? "k.day" : "t.day";
  known.add(day + " IS NOT NULL", {});
  unknown.add(day + " IS NULL", {});
  const bool behind_known = after && after->day.empty();
  if (behind_known) {
    add_place(unknown, *after, direction);
  } else if (after) {
    known.add(day + (query.newest_first ? " <= ?" : " >= ?"), {after->day});
    known.add(day + " <> ? OR " + behind(direction), {after->day, after->document, after->ordinal});
  }
  // The index alone is walked: a statement's row is found only where its speaker is let through.
  const std::string tables =
      speaker_told ? "statements k INDEXED BY statements_by_day CROSS JOIN statements t ON t.document = k.document AND "
                     "t.ordinal = k.ordinal CROSS JOIN documents d ON d.document = k.document"
                   : "statements t INDEXED BY statements_by_day CROSS JOIN documents d USING (document)";
  const uint64_t told =
      behind_known ? 0 : listing.list(tables, known, day + direction.sorted + ", " + order, query.limit);
  if (told < query.limit) listing.list(tables, unknown, order, query.limit - told);
}

}  // namespace dragoman::store
