// SPDX-License-Identifier: Apache-2.0
// GDELT's events (61 columns of version 2, 58 of version 1) and version 2's mentions (16), without header lines.
#include <algorithm>

#include "exports/profile.h"

namespace dragoman::exports {
namespace {

using Row = DyadView;
using Cell = std::function<std::string(const Row&)>;

struct Actor {
  std::string name, country, group;
  std::vector<std::string> types;

  std::string code() const {
    std::string all = country;
    if (country.empty() && !group.empty()) all = "IGO" + group;
    for (const std::string& type : types) {
      if (group.empty() || type != "IGO") all += type;
    }
    return all;
  }
  std::string type(size_t index) const { return index < types.size() ? types[index] : ""; }
};

Actor actor_of(const Row& row, const Participant* one, const Terms& terms) {
  Actor actor;
  if (one == nullptr) return actor;
  actor.name = row.of.entity(*one).name;
  for (char& c : actor.name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (one->country == "UNO") {
    actor.group = "UNO";
    actor.types.emplace_back("IGO");
  } else if (Terms::special(one->country) && one->country != "EUR") {
    actor.types.push_back(one->country);
  } else if (one->country == "EUR" || terms.is_state(one->country)) {
    actor.country = one->country;
  }
  for (const std::string& sector : one->sectors) {
    const std::string role = terms.cameo_role(sector);
    if (!role.empty() && std::find(actor.types.begin(), actor.types.end(), role) == actor.types.end()) {
      actor.types.push_back(role);
    }
  }
  return actor;
}

std::string compact(const std::string& day) { return day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2); }

std::string sql_date(const Row& row) {
  const std::string day = day_or_published(row.of);
  return day.empty() ? "" : compact(day);
}

// (month * 30 + day) / 365, as the codebook says; the year's last days are held below the next year.
std::string fraction_date(const Row& row) {
  const std::string day = sql_date(row);
  if (day.empty()) return "";
  const int passed = std::min(364, std::stoi(day.substr(4, 2)) * 30 + std::stoi(day.substr(6, 2)));
  char text[32];
  std::snprintf(text, sizeof text, "%s.%04d", day.substr(0, 4).c_str(), passed * 10000 / 365);
  return text;
}

std::string quad_class(const Event& event) {
  static constexpr const char* kQuads[] = {"verbal-cooperation", "material-cooperation", "verbal-conflict",
                                           "material-conflict"};
  for (int i = 0; i < 4; ++i) {
    if (event.quad == kQuads[i]) return std::to_string(i + 1);
  }
  return "";
}

/// YYYYMMDDHHMMSS of the publication; midnight where the hour is not told.
std::string instant(const Document& document) {
  std::string digits;
  for (const char c : document.published().substr(0, 19)) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  if (digits.size() < 8) return "";
  digits.resize(14, '0');
  return digits;
}

const Location* place(const Row& row) {
  return row.of.event.locations.empty() ? nullptr : &row.of.event.locations.front();
}

std::string geo_type(const Location& at) {
  const bool american = at.country == "USA";
  if (at.precision == "city") return american ? "3" : "4";
  if (at.precision == "country") return "1";
  return american ? "2" : "5";
}

// FIPS 10-4 keeps the Gaza Strip (GZ) apart from the West Bank (WE); ISO 3166 has one code for both.
std::string fips_of(const Terms& terms, const Location& at) {
  const bool within = at.lat && at.lon && *at.lat > 31.21 && *at.lat < 31.60 && *at.lon > 34.21 && *at.lon < 34.58;
  if (at.country == "PSE" && (within || at.name.starts_with("Gaza"))) return "GZ";
  return terms.fips(at.country);
}

/// Where GDELT looks for a publisher: the host of the URL.
std::string host(const std::string& url) {
  const size_t begin = url.find("://");
  if (begin == std::string::npos) return "";
  const std::string rest = url.substr(begin + 3);
  std::string name = rest.substr(0, rest.find('/'));
  if (name.rfind("www.", 0) == 0) name.erase(0, 4);
  return name;
}

std::string identifier(const Document& document) {
  return document.article().url.empty() ? document.article().source : document.article().url;
}

// GLOBALEVENTID: a row is a pair of an event, so both count.
std::string pair_number(const Row& row) {
  const auto entity = [](const Participant* one) { return one ? std::to_string(one->entity) : std::string("-"); };
  return std::to_string(number_of(row.of.id() + '/' + entity(row.actor) + '/' + entity(row.recipient)));
}

// The evidence of each pair, under its own number.
std::vector<Column<Row>> evidence_of_pairs() {
  std::vector<Column<Row>> columns;
  for (Column<EventView>& column : evidence_columns()) {
    Cell cell = [of_event = std::move(column.cell)](const Row& row) { return of_event(row.of); };
    if (column.name == "number") cell = pair_number;
    columns.push_back({column.name, column.type, column.description, std::move(cell)});
  }
  return columns;
}

class Columns {
 public:
  Columns(const Setting& setting, bool second) : terms_(setting.terms), ontology_(setting.ontology), second_(second) {
    add("GLOBALEVENTID", "integer", pair_number);
    add("SQLDATE", "integer", sql_date);
    add("MonthYear", "integer", [](const Row& r) { return sql_date(r).substr(0, 6); });
    add("Year", "integer", [](const Row& r) { return sql_date(r).substr(0, 4); });
    add("FractionDate", "number", fraction_date);
    actor("Actor1", &Row::actor);
    actor("Actor2", &Row::recipient);
    add("IsRootEvent", "integer", [](const Row& r) { return std::string(r.of.event.sentence < 2 ? "1" : "0"); });
    add("EventCode", "string", [&terms = terms_](const Row& r) { return terms.cameo(r.of.event); });
    add("EventBaseCode", "string", [&terms = terms_](const Row& r) { return terms.cameo(r.of.event).substr(0, 3); });
    add("EventRootCode", "string", [&terms = terms_](const Row& r) { return terms.cameo(r.of.event).substr(0, 2); });
    add("QuadClass", "integer", [](const Row& r) { return quad_class(r.of.event); });
    add("GoldsteinScale", "number", [&ontology = ontology_, &terms = terms_](const Row& r) {
      const auto* code = ontology.cameo(terms.cameo(r.of.event));
      return decimal(code ? code->goldstein : r.of.event.score);
    });
    for (const char* name : {"NumMentions", "NumSources", "NumArticles"}) {
      add(name, "integer", [](const Row&) { return std::string("1"); });
    }
    add("AvgTone", "number", none);  // tone is not coded
    geo("Actor1Geo_", false);
    geo("Actor2Geo_", false);
    geo("ActionGeo_", true);
    add("DATEADDED", "integer", [second](const Row& r) { return instant(r.of.document).substr(0, second ? 14 : 8); });
    add("SOURCEURL", "string", [](const Row& r) { return identifier(r.of.document); });
  }

  std::vector<Column<Row>> take() { return std::move(columns_); }

 private:
  static std::string none(const Row&) { return ""; }

  void add(const std::string& name, const char* type, Cell cell) {
    columns_.push_back({name, type, "", std::move(cell)});
  }

  void actor(const std::string& prefix, const Participant* Row::*side) {
    const auto of = [&terms = terms_, side](const Row& r) { return actor_of(r, r.*side, terms); };
    add(prefix + "Code", "string", [of](const Row& r) { return of(r).code(); });
    add(prefix + "Name", "string", [of](const Row& r) { return of(r).name; });
    add(prefix + "CountryCode", "string", [of](const Row& r) { return of(r).country; });
    add(prefix + "KnownGroupCode", "string", [of](const Row& r) { return of(r).group; });
    for (const char* name : {"EthnicCode", "Religion1Code", "Religion2Code"}) add(prefix + name, "string", none);
    for (size_t i = 0; i < 3; ++i) {
      add(prefix + "Type" + std::to_string(i + 1) + "Code", "string", [of, i](const Row& r) { return of(r).type(i); });
    }
  }

  void geo(const std::string& prefix, bool action) {
    const auto at = [&](const char* name, const char* type, const auto& value) {
      add(prefix + name, type,
          [action, value](const Row& r) { return action && place(r) ? value(*place(r)) : std::string(); });
    };
    const Terms& terms = terms_;
    at("Type", "integer", geo_type);
    at("FullName", "string", [&terms](const Location& l) {
      const std::string state = terms.name(l.country);
      return state.empty() || state == l.name ? l.name : l.name + ", " + state;
    });
    at("CountryCode", "string", [&terms](const Location& l) { return fips_of(terms, l); });
    at("ADM1Code", "string", [](const Location&) { return std::string(); });
    if (second_) at("ADM2Code", "string", [](const Location&) { return std::string(); });
    at("Lat", "number", [](const Location& l) { return decimal(l.lat); });
    at("Long", "number", [](const Location& l) { return decimal(l.lon); });
    at("FeatureID", "string", [](const Location&) { return std::string(); });
  }

  const Terms& terms_;
  const knowledge::Ontology& ontology_;
  bool second_;
  std::vector<Column<Row>> columns_;
};

std::vector<Column<Row>> mention_columns() {
  const auto whole = [](const Row& r) { return std::to_string(base::count_chars(r.of.document.article().text)); };
  const auto offset = [](const Row& r, const Participant* one) {
    return one ? r.of.document.begin(one->span) : std::string("-1");
  };
  return {{"GLOBALEVENTID", "integer", "", pair_number},
          {"EventTimeDate", "integer", "", [](const Row& r) { return instant(r.of.document); }},
          {"MentionTimeDate", "integer", "", [](const Row& r) { return instant(r.of.document); }},
          {"MentionType", "integer", "", [](const Row&) { return std::string("1"); }},
          {"MentionSourceName", "string", "",
           [](const Row& r) {
             const std::string name = host(r.of.document.article().url);
             return name.empty() ? r.of.document.article().publisher : name;
           }},
          {"MentionIdentifier", "string", "", [](const Row& r) { return identifier(r.of.document); }},
          {"SentenceID", "integer", "", [](const Row& r) { return std::to_string(r.of.event.sentence + 1); }},
          {"Actor1CharOffset", "integer", "", [offset](const Row& r) { return offset(r, r.actor); }},
          {"Actor2CharOffset", "integer", "", [offset](const Row& r) { return offset(r, r.recipient); }},
          {"ActionCharOffset", "integer", "", [](const Row& r) { return r.of.document.begin(r.of.event.trigger); }},
          {"InRawText", "integer", "", [](const Row&) { return std::string("1"); }},
          {"Confidence", "integer", "",
           [](const Row& r) { return std::to_string(static_cast<int>(r.of.event.confidence * 10 + 0.5) * 10); }},
          {"MentionDocLen", "integer", "", whole},
          {"MentionDocTone", "number", "", [](const Row&) { return std::string(); }},
          {"MentionDocTranslationInfo", "string", "", [](const Row&) { return std::string(); }},
          {"Extras", "string", "", [](const Row&) { return std::string(); }}};
}

class Gdelt : public Profile {
 public:
  Gdelt(const Setting& setting, bool second)
      : setting_(setting),
        events_(setting.folder, "export.CSV", Columns(setting, second).take(), Delimiter::kTabBare),
        evidence_(setting.folder, "evidence.csv", evidence_of_pairs(), Delimiter::kComma) {
    if (second)
      mentions_.emplace_back(
          std::make_unique<Sheet<Row>>(setting.folder, "mentions.CSV", mention_columns(), Delimiter::kTabBare));
  }

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) {
      for (const Row& dyad : dyads_of(view)) {
        events_.row(dyad);
        for (const auto& mentions : mentions_) mentions->row(dyad);
        evidence_.row(dyad);
      }
    });
  }
  std::vector<Resource> finish() override {
    std::vector<Resource> all = {events_.finish()};
    for (const auto& mentions : mentions_) all.push_back(mentions->finish());
    all.push_back(evidence_.finish());
    return all;
  }

 private:
  const Setting& setting_;
  Sheet<Row> events_;
  Sheet<Row> evidence_;
  std::vector<std::unique_ptr<Sheet<Row>>> mentions_;  // version 2 only
};

}  // namespace

std::unique_ptr<Profile> gdelt1(const Setting& setting) { return std::make_unique<Gdelt>(setting, false); }
std::unique_ptr<Profile> gdelt2(const Setting& setting) { return std::make_unique<Gdelt>(setting, true); }

}  // namespace dragoman::exports
