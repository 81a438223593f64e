// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coding/detail_tables.h"
#include "coding/reading.h"
#include "coding/rules.h"
#include "dragoman/event.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// An event with the trigger it was made from (rules may make two of one trigger).
struct CodedEvent {
  Event event;
  uint32_t trigger = 0;  ///< index into Analysis::triggers
  Span told{};           ///< the words that tell it: the trigger, with its noun ("launched an attack")
};

/// Triggers and their roles → events: who, whom, what, how. Dates, attribution, quantities and instruments
/// are added by the Coder. Const and shared by threads.
class EventCoder {
 public:
  /// `data` is the folder of the coding tables. Throws Failure (kKnowledge). `ontology` must outlive it.
  EventCoder(const std::string& data, const knowledge::Ontology& ontology);

  /// In order of the triggers.
  std::vector<CodedEvent> code(const Reading& reading) const;

  const RuleTable& rules() const { return rules_; }

 private:
  std::vector<CodedEvent> drafts(const Reading& reading) const;
  void add_details(Event& event, const EventWords& words) const;

  const knowledge::Ontology& ontology_;
  ModeTable modes_;
  ContextTable contexts_;
  CameoTable cameo_;
  RuleTable rules_;
};

}  // namespace dragoman::coding
