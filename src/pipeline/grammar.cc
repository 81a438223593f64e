// SPDX-License-Identifier: Apache-2.0
#include "dragoman/grammar_reader.h"

#include <utility>

#include "ingest/extract.h"
#include "language/reader.h"
#include "neural/model_file.h"
#include "pipeline/paths.h"

namespace dragoman {

struct GrammarReader::Parts {
  explicit Parts(const std::string& folder) : model(neural::Model::open(folder)), reader(model) {
    if (!reader.has_grammar()) {
      throw Failure({ErrorCode::kModel, "has no head for tags, lemmas and trees", model.path("manifest.json")});
    }
  }

  neural::Model model;
  language::Reader reader;
};

GrammarReader GrammarReader::open(const EngineOptions& options) {
  return GrammarReader(std::make_unique<const Parts>(pipeline::find_paths(options).model));
}

GrammarReader::GrammarReader(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
GrammarReader::GrammarReader(GrammarReader&&) noexcept = default;
GrammarReader& GrammarReader::operator=(GrammarReader&&) noexcept = default;
GrammarReader::~GrammarReader() = default;

Result<Grammar> GrammarReader::read(const Page& page) const {
  Result<Article> article = ingest::extract(page);
  if (!article) return article.error();
  Analysis analysis = parts_->reader.read(*article, true);
  return Grammar{std::move(*article), std::move(analysis.sentences), std::move(analysis.grammar)};
}

}  // namespace dragoman
