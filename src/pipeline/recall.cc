// SPDX-License-Identifier: Apache-2.0
#include "dragoman/recall.h"

#include <algorithm>
#include <functional>

namespace dragoman {
namespace {

/// Calls `take` with the record read again; it says whether it found what it looks for.
std::string recall(const Record& record, const Engine& engine, const std::function<bool(const Record&)>& take) {
  if (engine.origin().model != record.origin.model) {
    return "what the heads said: this model is another (" + engine.origin().model + ")";
  }
  return take(engine.read(record.article)) ? "" : "what the heads said: read again, the text gives another record";
}

}  // namespace

std::string recall_event(Record& record, size_t index, const Engine& engine) {
  Event& event = record.events.at(index);
  return recall(record, engine, [&](const Record& again) {
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

std::string recall_statement(Record& record, size_t index, const Engine& engine) {
  Statement& statement = record.statements.at(index);
  return recall(record, engine, [&](const Record& again) {
    const auto found = std::find_if(again.statements.begin(), again.statements.end(), [&](const Statement& other) {
      return other.content == statement.content && other.cue == statement.cue;
    });
    if (found == again.statements.end()) return false;
    statement.account = found->account;
    return true;
  });
}

}  // namespace dragoman
