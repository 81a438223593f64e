// SPDX-License-Identifier: Apache-2.0
#include "recall.h"

#include <algorithm>
#include <functional>

#include "dragoman/error.h"

namespace dragoman::cli {
namespace {

/// Calls `take` with the record read again until it finds what it looks for: as the engine reads by itself, then with
/// all that is less sure.
std::string recall(const Record& record, EngineOptions options, const std::function<bool(const Record&)>& take) {
  try {
    for (const bool all : {false, true}) {
      if (all) options.min_confidence = 0;
      const Engine engine = Engine::open(options);
      if (engine.origin().model != record.origin.model) {
        return "what the heads said: this model is another (" + engine.origin().model + ")";
      }
      if (take(engine.read(record.article))) return "";
    }
  } catch (const Failure& failure) {
    return std::string("what the heads said: ") + failure.what();
  }
  return "what the heads said: read again, the text gives another record";
}

}  // namespace

std::string recall_event(Record& record, size_t index, const EngineOptions& options) {
  Event& event = record.events.at(index);
  return recall(record, options, [&](const Record& again) {
    const auto found = std::find_if(again.events.begin(), again.events.end(), [&](const Event& other) {
      return other.type == event.type && other.trigger == event.trigger;
    });
    if (found == again.events.end()) return false;
    event.account = found->account;
    event.type_scores = found->type_scores;
    event.status_scores = found->status_scores;
    return true;
  });
}

std::string recall_statement(Record& record, size_t index, const EngineOptions& options) {
  Statement& statement = record.statements.at(index);
  return recall(record, options, [&](const Record& again) {
    const auto found = std::find_if(again.statements.begin(), again.statements.end(), [&](const Statement& other) {
      return other.content == statement.content && other.cue == statement.cue;
    });
    if (found == again.statements.end()) return false;
    statement.account = found->account;
    return true;
  });
}

}  // namespace dragoman::cli
