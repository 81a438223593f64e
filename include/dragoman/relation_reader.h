// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dragoman/engine.h"
#include "dragoman/error.h"
#include "dragoman/relation.h"

namespace dragoman {

/// Tells the act between a marked source and target. Needs the model only, no knowledge. Opened once, then const and
/// shared by threads.
class RelationReader {
 public:
  /// Throws Failure (kModel) where the model is missing, damaged, or has no head for this.
  static RelationReader open(const EngineOptions& options = {});

  RelationReader(RelationReader&&) noexcept;
  RelationReader& operator=(RelationReader&&) noexcept;
  ~RelationReader();

  /// Errors: those of fault_of; kSyntax for a mark that holds no words and for a word that is in source and target;
  /// kTooLarge for a text of more than 240 pieces of words.
  Result<Relation> read(const RelationRow& row, RelationTypes types = RelationTypes::kCodebook) const;

 private:
  struct Parts;
  explicit RelationReader(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace dragoman
