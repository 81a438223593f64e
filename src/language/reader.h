// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "dragoman/analysis.h"
#include "dragoman/article.h"
#include "language/confidence.h"
#include "neural/model_file.h"

namespace dragoman::language {

struct ReadingOptions {
  /// Least confidence of a trigger or an utterance; none: what the model's makers found best.
  std::optional<double> min_confidence;
};

/// Reads an article: one pass of the encoder over windows of whole sentences, then the heads for sentence ends,
/// mentions, triggers with their roles, and attributed speech. Const and shared by threads; the same
/// article gives the same analysis. `model` must outlive it.
class Reader {
 public:
  /// Throws Failure (kModel) where a tensor or label list is missing or another than this program's.
  explicit Reader(const neural::Model& model, const ReadingOptions& options = {});
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// `with_grammar`: tags, lemmas and trees too. Throws Failure (kModel) where the model has no head for them.
  Analysis read(const Article& article, bool with_grammar = false) const;

  bool has_grammar() const;

  /// The maps in use, with the thresholds that the options ask for.
  const Calibration& calibration() const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace dragoman::language
