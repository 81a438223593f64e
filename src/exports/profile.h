// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "exports/rows.h"
#include "exports/sheet.h"
#include "knowledge/ontology.h"

namespace dragoman::exports {

/// What all profiles work with.
struct Setting {
  std::string folder;
  const Terms& terms;
  const knowledge::Ontology& ontology;
  std::set<Status> statuses;
  double min_confidence = 0;
  const Store& store;
  Delimiter tables = Delimiter::kComma;  ///< of tables of our own

  bool takes(const Event& event) const {
    return statuses.count(event.status) > 0 && event.confidence >= min_confidence;
  }

  /// Calls `visit` for each event that is to be written.
  template <class Visit>
  void events(const Document& document, const Visit& visit) const {
    const auto& all = document.record.events;
    for (size_t i = 0; i < all.size(); ++i) {
      if (takes(all[i])) visit(EventView{document, i, all[i]});
    }
  }
};

/// A form of export: gets each document, then is finished.
class Profile {
 public:
  Profile() = default;
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;
  virtual ~Profile() = default;
  virtual void add(const Document& document) = 0;
  virtual std::vector<Resource> finish() = 0;
};

std::unique_ptr<Profile> native_tables(const Setting& setting);
std::unique_ptr<Profile> dyads(const Setting& setting);
std::unique_ptr<Profile> polecat(const Setting& setting);
std::unique_ptr<Profile> icews(const Setting& setting);
std::unique_ptr<Profile> gdelt1(const Setting& setting);
std::unique_ptr<Profile> gdelt2(const Setting& setting);
std::unique_ptr<Profile> plover(const Setting& setting);
std::unique_ptr<Profile> cameo_xml(const Setting& setting);
std::unique_ptr<Profile> annotations(const Setting& setting);
std::unique_ptr<Profile> label_studio(const Setting& setting);
std::unique_ptr<Profile> brat(const Setting& setting);

/// The words behind each row of a format that has no room for them: id, document, source, offsets, sentence.
std::vector<Column<EventView>> evidence_columns();

}  // namespace dragoman::exports
