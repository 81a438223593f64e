// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "dragoman/analysis.h"
#include "dragoman/engine.h"
#include "dragoman/error.h"

namespace dragoman {

/// One thing that the engine needs: where it was looked for and what was found.
struct Part {
  std::string path;
  std::string version;         ///< "reader 1", "PLOVER 2.0 draft", of the knowledge "compiled index"; "" if not known
  std::string hash;            ///< SHA-256, 64 hex digits; "" if not known
  std::optional<Error> error;  ///< what is wrong with it, if anything
};

/// What an engine opened with these options would run on and with.
struct Setup {
  std::string instruction_set;  ///< kernels in use: "portable", "avx2", "avx512-vnni"
  unsigned cores = 0;
  Part model;
  Part knowledge;
  Part ontology;
};

/// Looks at everything, also where parts are missing: never throws Failure.
Setup examine(const EngineOptions& options = {});

/// What the codebook says of an event type: definition, rules and decided cases, as lines of text.
/// Throws Failure (kKnowledge) if the ontology cannot be read.
std::string codebook(EventType type, const EngineOptions& options = {});

}  // namespace dragoman
