// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/analysis.h"

namespace dragoman::knowledge {

/// A mode of an event type: how the act was done.
struct Mode {
  std::string name;
  std::string definition;
  double score = 0;  ///< PLOVER's conflict-cooperation score, -10 to 10
};

/// What the ontology says of one event type.
struct TypeEntry {
  std::string definition;  ///< from PLOVER's manual, plain text
  std::vector<Mode> modes;
  std::vector<std::string> rules;  ///< how to tell it from its neighbours, plain text
  std::vector<std::string> cases;  ///< rows of the codebook that name the type, "text: decision"
  std::string quad;                ///< "verbal-cooperation", ...
  double score = 0;                ///< of an event without mode
};

/// One CAMEO code with what PLOVER makes of it.
struct CameoCode {
  std::string code;  ///< "0841", leading zeros kept
  std::string name;
  std::string root;                   ///< first two digits
  std::vector<std::string> types;     ///< PLOVER types it may stand for, the mapping's own first; may be empty
  std::vector<std::string> contexts;  ///< contexts that PLOVER's mapping adds
  double goldstein = 0;               ///< ICEWS' intensity, -10 to 10
};

/// Types, modes, contexts, sectors and CAMEO codes, read once from data/ontology; const afterwards and
/// shared by threads.
class Ontology {
 public:
  /// Reads ontology.json, decisions.tsv, CODEBOOK.md and issues.tsv of `folder`. Throws Failure (kKnowledge).
  static Ontology load(const std::string& folder);

  const TypeEntry& entry(EventType type) const { return types_[static_cast<size_t>(type)]; }

  /// Score of an event: that of the mode farthest from zero, or the type's where no mode is known.
  double score(EventType type, const std::vector<std::string>& modes) const;

  /// "verbal-cooperation", "material-cooperation", "verbal-conflict" or "material-conflict".
  const std::string& quad(EventType type) const { return entry(type).quad; }

  /// Definition, rules and decided cases of a type as lines of text, for `dragoman explain`.
  std::string paragraph(EventType type) const;

  bool has_mode(EventType type, std::string_view mode) const;
  bool has_context(std::string_view context) const;
  bool has_sector(std::string_view sector) const;
  bool has_issue(std::string_view key) const;

  /// The code, or null.
  const CameoCode* cameo(std::string_view code) const;

  /// Whether an event of this type may have the code: by PLOVER's mapping of the code or of its root.
  bool cameo_fits(std::string_view code, EventType type) const;

  const std::vector<CameoCode>& cameo_codes() const { return cameo_; }
  const std::vector<std::string>& contexts() const { return contexts_; }

  const std::string& version() const { return version_; }  ///< "PLOVER 2.0 draft"
  const std::string& hash() const { return hash_; }        ///< SHA-256 of what was read, 64 hex digits

 private:
  std::array<TypeEntry, kEventTypes> types_;
  std::vector<std::string> contexts_, sectors_, issues_;
  std::vector<CameoCode> cameo_;  // by code
  std::string version_, hash_;
};

}  // namespace dragoman::knowledge
