// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "neural/model_file.h"

namespace dragoman::language {

/// Reads an article: one pass of the encoder over windows of whole sentences, then the heads for sentence ends,
/// mentions, triggers with their roles, and attributed speech. Const and shared by threads; the same
/// article gives the same analysis. `model` must outlive it.
class Reader {
 public:
  /// Throws Failure (kModel) where a tensor or label list is missing or another than this program's.
  explicit Reader(const neural::Model& model);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  Analysis read(const Article& article) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace dragoman::language
