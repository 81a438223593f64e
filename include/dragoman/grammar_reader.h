// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dragoman/engine.h"
#include "dragoman/error.h"
#include "dragoman/grammar.h"
#include "dragoman/page.h"

namespace dragoman {

/// Reads the words of articles: tags, lemmas, dependency trees. Needs the model only, no knowledge. Opened once, then
/// const and shared by threads.
class GrammarReader {
 public:
  /// Throws Failure (kModel) where the model is missing, damaged, or has no head for this.
  static GrammarReader open(const EngineOptions& options = {});

  GrammarReader(GrammarReader&&) noexcept;
  GrammarReader& operator=(GrammarReader&&) noexcept;
  ~GrammarReader();

  /// Errors as of Engine::read.
  Result<Grammar> read(const Page& page) const;

 private:
  struct Parts;
  explicit GrammarReader(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace dragoman
