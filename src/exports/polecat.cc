// SPDX-License-Identifier: Apache-2.0
// POLECAT's 40 columns (header as in formats.json, polecat_tab): an event a row, lists joined by "; ", null "None".
#include <algorithm>

#include "dragoman/version.h"
#include "exports/profile.h"

namespace dragoman::exports {
namespace {

std::string or_none(std::string text) { return text.empty() ? "None" : text; }

using Side = const std::vector<Participant>& (*)(const Event&);
const std::vector<Participant>& actors(const Event& event) { return event.actors; }
const std::vector<Participant>& recipients(const Event& event) { return event.recipients; }

/// A value for each participant, in step; "None" stands for one without.
template <class Value>
std::string listed(const EventView& view, Side side, const Value& value) {
  std::vector<std::string> values;
  for (const Participant& one : side(view.event)) values.push_back(or_none(value(one)));
  return or_none(joined(values));
}

/// Eight columns of one side.
void add_side(std::vector<Column<EventView>>& columns, const Terms& terms, Side side, const char* const* names) {
  const auto add = [&](auto value) {
    columns.push_back({*names++, "string", "", [side, value](const EventView& v) {
                         return listed(v, side, [&](const Participant& one) { return value(v, one); });
                       }});
  };
  add([](const EventView& v, const Participant& one) { return v.entity(one).name; });
  add([](const EventView&, const Participant& one) { return one.country; });
  add([&terms](const EventView&, const Participant& one) { return terms.cow(one.country); });
  add([](const EventView&, const Participant& one) {
    return one.sectors.empty() ? std::string() : one.sectors.front();
  });
  add([](const EventView&, const Participant& one) { return joined(one.sectors); });
  add([](const EventView& v, const Participant& one) { return v.entity(one).role; });
  add([](const EventView& v, const Participant& one) { return v.document.text(one.span); });
  add([](const EventView&, const Participant&) { return std::string(); });
}

std::string quad_text(std::string quad) {
  for (char& c : quad) c = c == '-' ? ' ' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return quad;
}

const Location* place(const EventView& view) {
  return view.event.locations.empty() ? nullptr : &view.event.locations.front();
}

template <class Value>
Column<EventView> of_place(const char* name, const Value& value) {
  return {name, "string", "", [value](const EventView& v) { return place(v) ? or_none(value(v, *place(v))) : "None"; }};
}

/// GeoNames' feature code for a precision.
std::string feature(const Location& location) {
  if (location.precision == "city") return "PPL";
  if (location.precision == "district") return "ADM2";
  if (location.precision == "province") return "ADM1";
  return location.precision == "country" ? "PCLI" : "";
}

/// Names of the document's entities of some kinds, each once.
std::string story(const EventView& view, bool (*takes)(EntityKind)) {
  std::vector<std::string> names;
  for (const Entity& entity : view.document.record.entities) {
    if (takes(entity.kind) && std::find(names.begin(), names.end(), entity.name) == names.end())
      names.push_back(entity.name);
  }
  return or_none(joined(names));
}

bool is_person(EntityKind kind) { return kind == EntityKind::kPerson; }
bool is_place(EntityKind kind) {
  return kind == EntityKind::kCountry || kind == EntityKind::kTerritory || kind == EntityKind::kRegion ||
         kind == EntityKind::kPlace;
}
bool is_body(EntityKind kind) {
  return !is_person(kind) && !is_place(kind) && kind != EntityKind::kPeople && kind != EntityKind::kOther;
}

std::vector<Column<EventView>> columns(const Terms& terms) {
  static constexpr const char* kActor[] = {"Actor Name",    "Actor Country", "Actor COW",      "Primary Actor Sector",
                                           "Actor Sectors", "Actor Title",   "Actor Name Raw", "Wikipedia Actor ID"};
  static constexpr const char* kRecipient[] = {"Recipient Name",           "Recipient Country",     "Recipient COW",
                                               "Primary Recipient Sector", "Recipient Sectors",     "Recipient Title",
                                               "Recipient Name Raw",       "Wikipedia Recipient ID"};
  std::vector<Column<EventView>> all = {
      {"Event ID", "string", "", [](const EventView& v) { return v.id(); }},
      {"Event Date", "string", "", [](const EventView& v) { return or_none(day_or_published(v)); }},
      {"Event Type", "string", "", [](const EventView& v) { return std::string(to_string(v.event.type)); }},
      {"Event Mode", "string", "", [](const EventView& v) { return or_none(joined(v.event.modes)); }},
      {"Intensity", "number", "", [](const EventView& v) { return decimal(v.event.score); }},
      {"Quad Code", "string", "", [](const EventView& v) { return quad_text(v.event.quad); }},
      {"Contexts", "string", "", [](const EventView& v) { return or_none(joined(v.event.contexts)); }}};
  add_side(all, terms, actors, kActor);
  add_side(all, terms, recipients, kRecipient);
  all.push_back(of_place("Placename", [](const EventView&, const Location& at) { return at.name; }));
  const auto at_precision = [](const char* precision) {
    return [precision](const EventView&, const Location& at) {
      return at.precision == precision ? at.name : std::string();
    };
  };
  all.push_back(of_place("City", at_precision("city")));
  all.push_back(of_place("District", at_precision("district")));
  all.push_back(of_place("Province", at_precision("province")));
  all.push_back(of_place("Country", [](const EventView&, const Location& at) { return at.country; }));
  all.push_back(of_place("Latitude", [](const EventView&, const Location& at) { return decimal(at.lat); }));
  all.push_back(of_place("Longitude", [](const EventView&, const Location& at) { return decimal(at.lon); }));
  all.push_back(of_place("GeoNames ID", [](const EventView&, const Location& at) {
    return at.geonames ? std::to_string(*at.geonames) : std::string();
  }));
  all.push_back(
      of_place("Raw Placename", [](const EventView& v, const Location& at) { return v.document.text(at.span); }));
  all.push_back(of_place("Feature Type", [](const EventView&, const Location& at) { return feature(at); }));
  all.push_back({"Source", "string", "", [](const EventView& v) { return or_none(v.document.article().publisher); }});
  all.push_back({"Publication Date", "string", "",
                 [](const EventView& v) { return or_none(day_of(v.document.article().published)); }});
  all.push_back({"Story People", "string", "", [](const EventView& v) { return story(v, is_person); }});
  all.push_back({"Story Organizations", "string", "", [](const EventView& v) { return story(v, is_body); }});
  all.push_back({"Story Locations", "string", "", [](const EventView& v) { return story(v, is_place); }});
  all.push_back({"Language", "string", "", [](const EventView& v) { return v.document.article().language; }});
  all.push_back({"Version", "string", "", [](const EventView&) { return std::string("dragoman ") + kVersion; }});
  for (Column<EventView>& column : all) {
    column.cell = [cell = std::move(column.cell)](const EventView& v) { return or_none(cell(v)); };
  }
  return all;
}

class Polecat : public Profile {
 public:
  explicit Polecat(const Setting& setting)
      : setting_(setting),
        events_(setting.folder, "events.txt", columns(setting.terms), Delimiter::kTab),
        evidence_(setting.folder, "evidence.csv", evidence_columns(), Delimiter::kComma) {}

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) {
      events_.row(view);
      evidence_.row(view);
    });
  }
  std::vector<Resource> finish() override { return {events_.finish(), evidence_.finish()}; }

 private:
  const Setting& setting_;
  Sheet<EventView> events_, evidence_;
};

}  // namespace

std::unique_ptr<Profile> polecat(const Setting& setting) { return std::make_unique<Polecat>(setting); }

}  // namespace dragoman::exports
