// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/engine.h"

namespace dragoman::pipeline {

/// Folders of the knowledge and of the model.
struct Paths {
  std::string data;
  std::string model;
};

/// Where the options say; where they don't, below the folder of DRAGOMAN_HOME if that is set, else below
/// ../share/dragoman beside the program if that is there, else below the source tree the library was built from.
/// Whether anything is there is not looked at.
Paths paths_of(const EngineOptions& options);

}  // namespace dragoman::pipeline
