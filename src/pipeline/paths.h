// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/engine.h"

namespace dragoman::pipeline {

/// Folders of the knowledge and the model: as the options say, else below DRAGOMAN_HOME, else below ../share/dragoman
/// beside the running program, else below the source tree the library was built from. The index lies there too, that of
/// the source tree in its build folder.
struct Paths {
  std::string data;
  std::string model;
  std::string own = {};    ///< the user's own rows; "" for none
  std::string index = {};  ///< the compiled rows, which may be missing or of other rows; "" for none
  std::string ontology() const { return data + "/ontology"; }
};

Paths find_paths(const EngineOptions& options);

}  // namespace dragoman::pipeline
