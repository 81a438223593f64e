// SPDX-License-Identifier: Apache-2.0
#include "dragoman/doctor.h"

#include <thread>

#include "knowledge/knowledge.h"
#include "knowledge/ontology.h"
#include "neural/cpu.h"
#include "neural/model_file.h"
#include "pipeline/paths.h"

namespace dragoman {
namespace {

std::string ontology_folder(const pipeline::Paths& paths) { return paths.data + "/ontology"; }

/// The part as `look` finds it; a Failure becomes the part's error.
template <class Look>
Part part(const std::string& path, const Look& look) {
  Part found;
  found.path = path;
  try {
    look(found);
  } catch (const Failure& failure) {
    found.error = failure.error();
  }
  return found;
}

}  // namespace

Setup examine(const EngineOptions& options) {
  const pipeline::Paths paths = pipeline::paths_of(options);
  Setup setup;
  setup.instruction_set = neural::instruction_set();
  setup.cores = std::thread::hardware_concurrency();
  setup.model = part(paths.model, [&](Part& found) {
    const auto model = neural::Model::open(paths.model);
    found.version = model.name() + " " + model.version();
    found.hash = model.hash();
  });
  setup.knowledge = part(paths.data, [&](Part& found) { found.hash = knowledge::Knowledge::open(paths.data).hash(); });
  setup.ontology = part(ontology_folder(paths), [&](Part& found) {
    const auto ontology = knowledge::Ontology::load(ontology_folder(paths));
    found.version = ontology.version();
    found.hash = ontology.hash();
  });
  return setup;
}

std::string codebook(EventType type, const EngineOptions& options) {
  return knowledge::Ontology::load(ontology_folder(pipeline::paths_of(options))).paragraph(type);
}

}  // namespace dragoman
