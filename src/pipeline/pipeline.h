// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "coding/coder.h"
#include "dragoman/engine.h"
#include "dragoman/page.h"
#include "dragoman/record.h"
#include "knowledge/gazetteer.h"
#include "knowledge/knowledge.h"
#include "knowledge/ontology.h"
#include "language/reader.h"
#include "neural/model_file.h"
#include "pipeline/paths.h"

namespace dragoman::pipeline {

/// The road from a page to its record. Opened once, then const and shared by threads.
class Pipeline {
 public:
  /// Throws Failure where the model or the knowledge is missing or broken.
  Pipeline(const Paths& paths, std::string published, std::optional<double> min_confidence = std::nullopt);

  Result<Record> read(const Page& page) const;
  Record read(Article article) const;

  const Origin& origin() const { return origin_; }

 private:
  neural::Model model_;
  language::Reader reader_;
  knowledge::Knowledge knowledge_;
  knowledge::Gazetteer gazetteer_;
  knowledge::Ontology ontology_;
  coding::Coder coder_;
  std::string published_;
  Origin origin_;
};

}  // namespace dragoman::pipeline
