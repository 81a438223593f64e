// SPDX-License-Identifier: Apache-2.0
#include "dragoman/grammar_reader.h"

#include <algorithm>
#include <utility>

#include "ingest/extract.h"
#include "language/reader.h"
#include "neural/model_file.h"
#include "pipeline/paths.h"

namespace dragoman {
namespace {

// The mentions of each chain; of those that turn on one word the longest. They come sorted, the longer first.
std::vector<std::vector<Span>> spans_of(const Analysis& analysis) {
  std::vector<std::vector<Span>> chains;
  for (const std::vector<uint32_t>& chain : analysis.chains) {
    std::vector<Span> heads, spans;
    for (const uint32_t m : chain) {
      const Mention& mention = analysis.mentions[m];
      if (std::find(heads.begin(), heads.end(), mention.head) != heads.end()) continue;
      heads.push_back(mention.head);
      spans.push_back(mention.span);
    }
    if (spans.size() > 1) chains.push_back(std::move(spans));
  }
  return chains;
}

}  // namespace

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
  std::vector<std::vector<Span>> chains = spans_of(analysis);
  return Grammar{std::move(*article), std::move(analysis.sentences), std::move(analysis.grammar), std::move(chains)};
}

}  // namespace dragoman
