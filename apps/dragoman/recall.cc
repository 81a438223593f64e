// SPDX-License-Identifier: Apache-2.0
#include "recall.h"

#include <functional>

#include "dragoman/error.h"
#include "dragoman/recall.h"

namespace dragoman::cli {
namespace {

/// Asks an engine as it reads by itself, then one that keeps all that is less sure.
std::string recall(EngineOptions options, const std::function<std::string(const Engine&)>& ask) {
  try {
    const std::string usual = ask(Engine::open(options));
    if (usual.empty()) return usual;
    options.min_confidence = 0;
    return ask(Engine::open(options));
  } catch (const Failure& failure) {
    return std::string("what the heads said: ") + failure.what();
  }
}

}  // namespace

std::string recall_event(Record& record, size_t index, const EngineOptions& options) {
  return recall(options, [&](const Engine& engine) { return dragoman::recall_event(record, index, engine); });
}

std::string recall_statement(Record& record, size_t index, const EngineOptions& options) {
  return recall(options, [&](const Engine& engine) { return dragoman::recall_statement(record, index, engine); });
}

}  // namespace dragoman::cli
