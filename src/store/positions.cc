// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "store/conditions.h"
#include "store/days.h"
#include "store/queries.h"
#include "store/schema.h"

namespace dragoman::store {
namespace {

/// A row with what it is ordered by. The same actor is known by its knowledge-base id, else by country and name.
struct Held {
  PositionRow row;
  std::string actor, object;
  int64_t ordinal = 0;

  auto cell() const { return std::tie(actor, row.issue, object); }
  auto order() const { return std::tuple(actor, row.issue, object, row.date.empty(), row.date, row.document, ordinal); }
};

/// Fills date, evidence and words from the rows of position_evidence.
class Evidence {
 public:
  explicit Evidence(Database& database)
      : query_(database.query(
            "SELECT v.kind, v.ordinal, coalesce(e.first_day, t.first_day), coalesce(t.content, s.text) FROM "
            "position_evidence v LEFT JOIN events e ON v.kind = 'event' AND e.document = v.document AND e.ordinal = "
            "v.ordinal LEFT JOIN statements t ON v.kind = 'statement' AND t.document = v.document AND t.ordinal = "
            "v.ordinal LEFT JOIN sentences s ON s.document = e.document AND s.ordinal = e.sentence WHERE v.document = "
            "? "
            "AND v.position = ? ORDER BY v.kind, v.ordinal")) {}

  void fill(PositionRow& row, int64_t document, int64_t position, const std::string& published) {
    std::vector<std::string> ids;
    query_.bind(document).bind(position);
    while (query_.step()) {
      ids.push_back(row.document + (query_.text(0) == "event" ? "#" : "#s") + query_.text(1));
      const std::string day = query_.text(2);
      if (!day.empty() && (row.date.empty() || day < row.date)) row.date = day;
      if (row.words.empty()) row.words = query_.text(3);
    }
    row.evidence = base::join(ids, "; ");
    if (row.date.empty()) row.date = published;
  }

 private:
  Query query_;
};

std::vector<Held> all_held(Database& database, const PositionQuery& query) {
  Conditions conditions;
  conditions.equal("p.issue", query.issue);
  conditions.who(query.actor, "h.country", "h.folded", "%");
  Query listing = database.query(
      "SELECT p.document, p.ordinal, d.id, d.source, h.name, h.country, p.issue, o.name, p.stance, "
      "substr(d.published, 1, 10), coalesce(h.kb, coalesce(h.country, '') || h.folded), "
      "coalesce(o.kb, coalesce(o.country, '') || o.folded) FROM positions p JOIN documents d USING (document) "
      "JOIN entities h ON h.document = p.document AND h.ordinal = p.holder "
      "LEFT JOIN entities o ON o.document = p.document AND o.ordinal = p.object" +
      conditions.sql());
  conditions.bind(listing);
  Evidence evidence(database);
  std::vector<Held> all;
  while (listing.step()) {
    Held one;
    one.ordinal = listing.integer(1);
    one.row.document = listing.text(2);
    one.row.source = listing.text(3);
    one.row.actor = listing.text(4);
    one.row.actor_country = listing.text(5);
    one.row.issue = listing.text(6);
    one.row.object = listing.text(7);
    one.row.stance = listing.text(8);
    one.actor = listing.text(10);
    one.object = listing.text(11);
    evidence.fill(one.row, listing.integer(0), one.ordinal, listing.text(9));
    all.push_back(std::move(one));
  }
  std::sort(all.begin(), all.end(), [](const Held& a, const Held& b) { return a.order() < b.order(); });
  return all;
}

bool within(const std::string& day, const PositionQuery& query) {
  if (query.from.empty() && query.to.empty()) return true;
  if (day.empty()) return false;
  return (query.from.empty() || day >= days_of(query.from)->first) &&
         (query.to.empty() || day <= days_of(query.to)->second);
}

}  // namespace

// The stance before is looked for in all rows of the actor, also those that the query leaves out.
void select_positions(Database& database, const PositionQuery& query,
                      const std::function<void(const PositionRow&)>& row) {
  if (const auto fault = fault_of(query)) throw Failure(*fault);
  need_version(database, 2);
  std::vector<Held> all = all_held(database, query);
  for (size_t i = 0; i < all.size(); ++i) {
    PositionRow& one = all[i].row;
    if (i > 0 && all[i].cell() == all[i - 1].cell() && all[i - 1].row.stance != one.stance) {
      one.before = all[i - 1].row.stance;
    }
    if (!query.stance.empty() && query.stance != one.stance) continue;
    if ((query.changes && one.before.empty()) || !within(one.date, query)) continue;
    row(one);
  }
}

}  // namespace dragoman::store
