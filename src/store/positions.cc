// SPDX-License-Identifier: Apache-2.0
#include "store/conditions.h"
#include "store/days.h"
#include "store/position_places.h"
#include "store/queries.h"
#include "store/schema.h"

namespace dragoman::store {
namespace {

// The same actor is known by its knowledge-base id, else by country and name; what it holds of one issue and object is
// a cell. In it positions are in order of their days (unknown last), documents and numbers.
const std::string kHolder = "h.document = positions.document AND h.ordinal = holder";
const std::string kCountry = "(SELECT country FROM entities h WHERE " + kHolder + ")";
const std::string kFolded = "(SELECT folded FROM entities h WHERE " + kHolder + ")";
const std::string kCell =
    "(SELECT coalesce(kb, coalesce(country, '') || folded) FROM entities h WHERE " + kHolder +
    ") || char(31) || issue || char(31) || coalesce((SELECT coalesce(kb, coalesce(country, '') || folded) FROM "
    "entities o WHERE o.document = positions.document AND o.ordinal = object), '')";
const std::string kPlace =
    "coalesce((SELECT min(coalesce(e.first_day, t.first_day)) FROM position_evidence v LEFT JOIN events e ON v.kind = "
    "'event' AND e.document = v.document AND e.ordinal = v.ordinal LEFT JOIN statements t ON v.kind = 'statement' AND "
    "t.document = v.document AND t.ordinal = v.ordinal WHERE v.document = positions.document AND v.position = "
    "positions.ordinal), (SELECT substr(published, 1, 10) FROM documents d WHERE d.document = positions.document), "
    "'~') || ' ' || (SELECT id FROM documents d WHERE d.document = positions.document) || '#' || printf('%05d', "
    "ordinal)";
const std::string kFill = "UPDATE positions SET country = " + kCountry + ", folded = " + kFolded + ", cell = " + kCell +
                          ", place = " + kPlace;

std::string day_of(const std::string& place) {
  const std::string day = place.substr(0, place.find(' '));
  return day == "~" ? "" : day;
}

/// Fills evidence and words from the rows of position_evidence.
class Evidence {
 public:
  explicit Evidence(Database& database)
      : query_(database.query(
            "SELECT v.kind, v.ordinal, coalesce(t.content, s.text) FROM position_evidence v LEFT JOIN events e ON "
            "v.kind = 'event' AND e.document = v.document AND e.ordinal = v.ordinal LEFT JOIN statements t ON v.kind = "
            "'statement' AND t.document = v.document AND t.ordinal = v.ordinal LEFT JOIN sentences s ON s.document = "
            "e.document AND s.ordinal = e.sentence WHERE v.document = ? AND v.position = ? ORDER BY v.kind, "
            "v.ordinal")) {}

  void fill(PositionRow& row, int64_t document, int64_t position) {
    std::vector<std::string> ids;
    query_.bind(document).bind(position);
    while (query_.step()) {
      ids.push_back(row.document + (query_.text(0) == "event" ? "#" : "#s") + query_.text(1));
      if (row.words.empty()) row.words = query_.text(2);
    }
    row.evidence = base::join(ids, "; ");
  }

 private:
  Query query_;
};

bool within(const std::string& day, const PositionQuery& query) {
  if (query.from.empty() && query.to.empty()) return true;
  const auto days = days_of(day);
  if (!days) return false;
  return (query.from.empty() || days->second >= days_of(query.from)->first) &&
         (query.to.empty() || days->first <= days_of(query.to)->second);
}

}  // namespace

PositionPlaces::PositionPlaces(Database& database) : fill_(database.query(kFill + " WHERE document = ?")) {}
void PositionPlaces::fill(int64_t document) { fill_.bind(document).run(); }
void PositionPlaces::fill_all(Database& database) { database.run(kFill.c_str()); }
int64_t PositionPlaces::strayed(Database& database) {
  return database.integer("SELECT count(*) FROM positions WHERE country IS NOT " + kCountry + " OR folded IS NOT " +
                          kFolded + " OR cell IS NOT " + kCell + " OR place IS NOT " + kPlace);
}

// The stance before is that of the position before in the cell, also where the query leaves that out. Rows come as the
// index `positions_by_cell` has them, which holds all that is asked of them: a page is soon full.
void select_positions(Database& database, const PositionQuery& query,
                      const std::function<void(const PositionRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, kPartsVersion);
  Conditions conditions;
  conditions.equal("p.issue", query.issue);
  conditions.equal("p.stance", query.stance);
  conditions.who(query.actor, "p.country", "p.folded", "%");
  Query listing = database.query(
      "SELECT p.document, p.ordinal, p.place, p.stance, p.issue, (SELECT b.stance FROM positions b WHERE b.cell = "
      "p.cell AND b.place < p.place ORDER BY b.place DESC LIMIT 1) FROM positions p" +
      conditions.sql() + " ORDER BY p.cell, p.place");
  conditions.bind(listing);
  Query shown = database.query(
      "SELECT d.id, d.source, h.name, h.country, o.name FROM positions p JOIN documents d USING (document) JOIN "
      "entities h ON h.document = p.document AND h.ordinal = p.holder LEFT JOIN entities o ON o.document = p.document "
      "AND o.ordinal = p.object WHERE p.document = ? AND p.ordinal = ?");
  Evidence evidence(database);
  for (uint64_t told = 0; (query.limit == 0 || told < query.limit) && listing.step();) {
    PositionRow one;
    one.date = day_of(listing.text(2));
    one.stance = listing.text(3);
    one.issue = listing.text(4);
    if (const std::string before = listing.text(5); before != one.stance) one.before = before;
    if ((query.changes && one.before.empty()) || !within(one.date, query)) continue;
    const int64_t document = listing.integer(0), ordinal = listing.integer(1);
    if (!shown.bind(document).bind(ordinal).step()) continue;
    one.document = shown.text(0);
    one.source = shown.text(1);
    one.actor = shown.text(2);
    one.actor_country = shown.text(3);
    one.object = shown.text(4);
    shown.reset();
    evidence.fill(one, document, ordinal);
    row(one);
    ++told;
  }
}

}  // namespace dragoman::store
