// SPDX-License-Identifier: Apache-2.0
#include "dragoman/doctor.h"

#include <thread>

#include "coding/coder.h"
#include "knowledge/knowledge.h"
#include "knowledge/ontology.h"
#include "language/reader.h"
#include "neural/cpu.h"
#include "neural/model_file.h"
#include "pipeline/data_hash.h"
#include "pipeline/paths.h"

namespace dragoman {
namespace {

// Runs `look`, which fills version and hash, and keeps what it throws.
template <class Look>
Part part(const std::string& path, Look look) {
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
  const pipeline::Paths paths = pipeline::find_paths(options);
  Setup setup;
  setup.instruction_set = neural::instruction_set();
  setup.cores = std::thread::hardware_concurrency();
  setup.model = part(paths.model, [&](Part& found) {
    const neural::Model model = neural::Model::open(paths.model);
    found.version = model.name() + " " + model.version();
    found.hash = model.hash();
    const language::Reader reader(model);  // every tensor is there
  });
  setup.knowledge = part(paths.data, [&](Part& found) {
    const knowledge::Knowledge knowledge = knowledge::Knowledge::open(paths.data, paths.own);  // every row can be read
    found.version = knowledge::Knowledge::open(paths.data, paths.own, paths.index).source();
    found.hash = pipeline::data_hash(paths.data);
  });
  setup.ontology = part(paths.ontology(), [&](Part& found) {
    const knowledge::Ontology ontology = knowledge::Ontology::load(paths.ontology());
    found.version = ontology.version();
    found.hash = ontology.hash();
    const coding::Coder coder(ontology, paths.data);  // every rule can be read
  });
  return setup;
}

std::string codebook(EventType type, const EngineOptions& options) {
  return knowledge::Ontology::load(pipeline::find_paths(options).ontology()).paragraph(type);
}

}  // namespace dragoman
