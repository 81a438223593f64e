// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "coding/phrases.h"
#include "dragoman/analysis.h"
#include "knowledge/ontology.h"

namespace dragoman::coding {

/// The words an event's details are read from, as terms_of() gives them.
struct EventWords {
  std::vector<std::string> trigger;
  std::vector<std::string> theme;  ///< empty if the event has none
  std::vector<std::string> near;   ///< about a dozen words on each side within the sentence, trigger included
  std::vector<std::string> sentence;
  std::vector<std::string> lead;  ///< six words before the trigger in its sentence, ".", the trigger
};

/// data/coding/modes.tsv: which words tell how an act was done.
class ModeTable {
 public:
  /// Throws Failure (kKnowledge) for rows whose mode the ontology lacks.
  ModeTable(const std::string& path, const knowledge::Ontology& ontology);

  /// Modes of an event of this type, best first, by the first row that fits; ASSAULT may get a second.
  std::vector<std::string> modes(EventType type, const EventWords& words) const;

 private:
  struct Row {
    EventType type = EventType::kAgree;
    std::string mode;
    bool in_trigger = false, in_theme = false, near = false;
  };
  std::vector<Row> rows_;
  Phrases phrases_;
};

/// data/coding/contexts.tsv: which words tell what an act is about.
class ContextTable {
 public:
  ContextTable(const std::string& path, const knowledge::Ontology& ontology);

  /// At most two contexts, the one with more words first; `modes` add those that PLOVER ties to them (cyber).
  std::vector<std::string> contexts(EventType type, const std::vector<std::string>& modes,
                                    const EventWords& words) const;

 private:
  struct Row {
    std::string context;
    std::vector<EventType> types;  // empty: every type
  };
  std::vector<Row> rows_;
  Phrases phrases_;
};

/// data/coding/cameo.tsv: which CAMEO code an event of type, mode, context and words is.
class CameoTable {
 public:
  /// Throws Failure (kKnowledge) for rows whose code is unknown or of another type than the ontology's.
  CameoTable(const std::string& path, const knowledge::Ontology& ontology);

  /// The most specific code; "" if none fits.
  const std::string& code(EventType type, const std::vector<std::string>& modes,
                          const std::vector<std::string>& contexts, const EventWords& words) const;

 private:
  struct Row {
    std::string code;
    EventType type = EventType::kAgree;
    std::string mode, context;
    bool words = false;
  };
  int fit(const Row& row, bool found, const std::vector<std::string>& modes,
          const std::vector<std::string>& contexts) const;

  std::vector<Row> rows_;
  Phrases phrases_;
  std::string none_;
};

}  // namespace dragoman::coding
