// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/event.h"
#include "dragoman/store.h"

namespace dragoman {

/// A form in which a store's record can leave it.
struct ExportProfile {
  std::string name;     ///< "polecat"
  std::string summary;  ///< one line for people
  bool tells_status;    ///< whether its rows say if an act was planned, denied, alleged; if not, such acts are left out
};

/// All profiles, in the order of the documentation.
const std::vector<ExportProfile>& export_profiles();

struct ExportRequest {
  std::string profile;
  std::string folder;            ///< made if it is not there; files of the same names are replaced
  std::vector<Status> statuses;  ///< empty: all where the profile tells the status, else `actual` alone
  double min_confidence = 0;
  bool parquet = false;  ///< tables as Apache Parquet; profiles native and dyads
};

/// A file that was written; it is whole, or not there.
struct ExportedFile {
  std::string name;
  uint64_t rows = 0;
  uint64_t bytes = 0;
  std::string sha256;
};

/// Writes every document of the store in order of its id, `datapackage.json` (Frictionless: each file with columns,
/// size and hash) last. Same store, same bytes. `data` is the folder of the knowledge. Errors: kUsage (unknown
/// profile), kUnreadable (folder or file cannot be written), kKnowledge (data missing or wrong), kStore (a damaged
/// record, named).
Result<std::vector<ExportedFile>> export_store(const Store& store, const ExportRequest& request,
                                               const std::string& data);

/// Calls `line` with each document that has corrections, in order of its id, as one line of JSON in the form of gold:
/// what was corrected stands as it should be (`checked` names by whom), the rest as the machine says. kStore: a damaged
/// record, named.
std::optional<Error> export_gold(const Store& store, const std::function<void(const std::string&)>& line);

/// How to cite what lies in a store: plain text with the program, its model, knowledge and ontology, and BibTeX.
std::string citation(const Store& store);

}  // namespace dragoman
