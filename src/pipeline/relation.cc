// SPDX-License-Identifier: Apache-2.0
#include "dragoman/relation_reader.h"

#include <optional>
#include <utility>

#include "language/relation.h"
#include "neural/model_file.h"
#include "pipeline/paths.h"

namespace dragoman {

struct RelationReader::Parts {
  explicit Parts(const std::string& folder) : model(neural::Model::open(folder)) {
    if (!language::RowReader::is_in(model)) {
      throw Failure({ErrorCode::kModel, "has no head for relations", model.path("manifest.json")});
    }
    reader.emplace(model);
  }

  neural::Model model;
  std::optional<language::RowReader> reader;
};

RelationReader RelationReader::open(const EngineOptions& options) {
  return RelationReader(std::make_unique<const Parts>(pipeline::find_paths(options).model));
}

RelationReader::RelationReader(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
RelationReader::RelationReader(RelationReader&&) noexcept = default;
RelationReader& RelationReader::operator=(RelationReader&&) noexcept = default;
RelationReader::~RelationReader() = default;

Result<Relation> RelationReader::read(const RelationRow& row, RelationTypes types) const {
  return parts_->reader->read(row, types);
}

}  // namespace dragoman
