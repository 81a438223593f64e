// SPDX-License-Identifier: Apache-2.0
// ICEWS' 20 columns (formats.json, icews_tab): one row for each pair of actor and recipient.
#include <array>

#include "exports/profile.h"

namespace dragoman::exports {
namespace {

std::string sector_names(const Terms& terms, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    if (const std::string name = terms.icews_sector(code); !name.empty()) names.push_back(name);
  }
  return joined(names, ",");
}

const Location* place(const DyadView& dyad) {
  return dyad.of.event.locations.empty() ? nullptr : &dyad.of.event.locations.front();
}

/// Name, sectors and country of one side.
void add_side(std::vector<Column<DyadView>>& columns, const Terms& terms, const Participant* DyadView::*side,
              const std::array<const char*, 3>& names) {
  columns.push_back({names[0], "string", "", [&terms, side](const DyadView& d) -> std::string {
                       if (d.*side == nullptr) return "Unspecified Actor";
                       const std::string name = d.of.entity(*(d.*side)).name;
                       const std::string state = terms.name((d.*side)->country);
                       return state.empty() || state == name ? name : name + " (" + state + ")";
                     }});
  columns.push_back({names[1], "string", "", [&terms, side](const DyadView& d) {
                       return d.*side == nullptr ? std::string() : sector_names(terms, (d.*side)->sectors);
                     }});
  columns.push_back({names[2], "string", "", [&terms, side](const DyadView& d) {
                       return d.*side == nullptr ? std::string() : terms.name((d.*side)->country);
                     }});
}

std::vector<Column<DyadView>> columns(const Setting& setting) {
  const Terms& terms = setting.terms;
  const knowledge::Ontology& ontology = setting.ontology;
  std::vector<Column<DyadView>> all = {
      {"Event ID", "integer", "", [](const DyadView& d) { return std::to_string(number_of(d.of.id())); }},
      {"Event Date", "date", "", [](const DyadView& d) { return day_or_published(d.of); }}};
  add_side(all, terms, &DyadView::actor, {"Source Name", "Source Sectors", "Source Country"});
  all.push_back({"Event Text", "string", "", [&ontology, &terms](const DyadView& d) {
                   const auto* code = ontology.cameo(terms.cameo(d.of.event));
                   return code ? code->name : std::string();
                 }});
  all.push_back({"CAMEO Code", "string", "", [&terms](const DyadView& d) { return terms.cameo(d.of.event); }});
  all.push_back({"Intensity", "number", "", [&ontology, &terms](const DyadView& d) {
                   const auto* code = ontology.cameo(terms.cameo(d.of.event));
                   return decimal(code ? code->goldstein : d.of.event.score);
                 }});
  add_side(all, terms, &DyadView::recipient, {"Target Name", "Target Sectors", "Target Country"});
  all.push_back({"Story ID", "integer", "",
                 [](const DyadView& d) { return std::to_string(number_of(d.of.document.article().id)); }});
  all.push_back(
      {"Sentence Number", "integer", "", [](const DyadView& d) { return std::to_string(d.of.event.sentence + 1); }});
  all.push_back({"Publisher", "string", "", [](const DyadView& d) { return d.of.document.article().publisher; }});
  const auto at_precision = [](const char* name, const char* precision) {
    return Column<DyadView>{name, "string", "", [precision](const DyadView& d) {
                              return place(d) && place(d)->precision == precision ? place(d)->name : std::string();
                            }};
  };
  all.push_back(at_precision("City", "city"));
  all.push_back(at_precision("District", "district"));
  all.push_back(at_precision("Province", "province"));
  all.push_back({"Country", "string", "",
                 [&terms](const DyadView& d) { return place(d) ? terms.name(place(d)->country) : std::string(); }});
  all.push_back({"Latitude", "number", "", [](const DyadView& d) { return place(d) ? decimal(place(d)->lat) : ""; }});
  all.push_back({"Longitude", "number", "", [](const DyadView& d) { return place(d) ? decimal(place(d)->lon) : ""; }});
  return all;
}

class Icews : public Profile {
 public:
  explicit Icews(const Setting& setting)
      : setting_(setting),
        events_(setting.folder, "events.tab", columns(setting), Delimiter::kTab),
        evidence_(setting.folder, "evidence.csv", evidence_columns(), Delimiter::kComma) {}

  void add(const Document& document) override {
    setting_.events(document, [&](const EventView& view) {
      for (const DyadView& dyad : dyads_of(view)) events_.row(dyad);
      evidence_.row(view);
    });
  }
  std::vector<Resource> finish() override { return {events_.finish(), evidence_.finish()}; }

 private:
  const Setting& setting_;
  Sheet<DyadView> events_;
  Sheet<EventView> evidence_;
};

}  // namespace

std::unique_ptr<Profile> icews(const Setting& setting) { return std::make_unique<Icews>(setting); }

}  // namespace dragoman::exports
