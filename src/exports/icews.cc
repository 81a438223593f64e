// SPDX-License-Identifier: Apache-2.0
// ICEWS' 20 columns (formats.json, icews_tab): one row for each pair of actor and recipient.
#include <array>

#include "exports/profile.h"

namespace dragoman::exports {
namespace {

struct Sector {
  const char* code;
  const char* name;
};

// What ICEWS calls the sectors.
constexpr std::array<Sector, 25> kSectors = {{{"COP", "Police"},
                                              {"GOV", "Government"},
                                              {"JUD", "Judicial"},
                                              {"LEG", "Legislative / Parliamentary"},
                                              {"MIL", "Military"},
                                              {"PRM", "Paramilitary"},
                                              {"PTY", "Parties"},
                                              {"REB", "Rebel"},
                                              {"SPY", "Intelligence"},
                                              {"UAF", "Unidentified Forces"},
                                              {"UNK", "Unspecified"},
                                              {"AGR", "Agricultural"},
                                              {"BUS", "Business"},
                                              {"CRM", "Criminals / Gangs"},
                                              {"CVL", "General Population / Civilian / Social"},
                                              {"EDU", "Education"},
                                              {"ELI", "Elite"},
                                              {"JRN", "Media"},
                                              {"LAB", "Labor"},
                                              {"MED", "Medical / Health"},
                                              {"REF", "Refugees"},
                                              {"OPP", "Opposition"},
                                              {"PRE", "Separatist"},
                                              {"REL", "Religious"},
                                              {"SOC", "Social"}}};

std::string sector_names(const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    for (const Sector& sector : kSectors) {
      if (code == sector.code) names.emplace_back(sector.name);
    }
  }
  return joined(names, ",");
}

const Location* place(const DyadView& dyad) {
  return dyad.of.event.locations.empty() ? nullptr : &dyad.of.event.locations.front();
}

/// Name, sectors and country of one side.
void add_side(std::vector<Column<DyadView>>& columns, const States& states, const Participant* DyadView::*side,
              const std::array<const char*, 3>& names) {
  columns.push_back({names[0], "string", "", [&states, side](const DyadView& d) -> std::string {
                       if (d.*side == nullptr) return "Unspecified Actor";
                       const std::string name = d.of.entity(*(d.*side)).name;
                       const std::string state = states.name((d.*side)->country);
                       return state.empty() || state == name ? name : name + " (" + state + ")";
                     }});
  columns.push_back({names[1], "string", "", [side](const DyadView& d) {
                       return d.*side == nullptr ? std::string() : sector_names((d.*side)->sectors);
                     }});
  columns.push_back({names[2], "string", "", [&states, side](const DyadView& d) {
                       return d.*side == nullptr ? std::string() : states.name((d.*side)->country);
                     }});
}

std::vector<Column<DyadView>> columns(const Setting& setting) {
  const States& states = setting.states;
  const knowledge::Ontology& ontology = setting.ontology;
  std::vector<Column<DyadView>> all = {
      {"Event ID", "integer", "", [](const DyadView& d) { return std::to_string(number_of(d.of.id())); }},
      {"Event Date", "date", "", [](const DyadView& d) { return day_or_published(d.of); }}};
  add_side(all, states, &DyadView::actor, {"Source Name", "Source Sectors", "Source Country"});
  all.push_back({"Event Text", "string", "", [&ontology](const DyadView& d) {
                   const auto* code = ontology.cameo(cameo_or_root(d.of.event));
                   return code ? code->name : std::string();
                 }});
  all.push_back({"CAMEO Code", "string", "", [](const DyadView& d) { return cameo_or_root(d.of.event); }});
  all.push_back({"Intensity", "number", "", [&ontology](const DyadView& d) {
                   const auto* code = ontology.cameo(cameo_or_root(d.of.event));
                   return decimal(code ? code->goldstein : d.of.event.score);
                 }});
  add_side(all, states, &DyadView::recipient, {"Target Name", "Target Sectors", "Target Country"});
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
                 [&states](const DyadView& d) { return place(d) ? states.name(place(d)->country) : std::string(); }});
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
