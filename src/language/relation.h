// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/relation.h"
#include "language/heads.h"
#include "language/wordpiece.h"
#include "neural/encoder.h"
#include "neural/model_file.h"

namespace dragoman::language {

inline constexpr uint32_t kRowPieces = 240;  ///< of a row, marks included; as in training

/// A row as the encoder takes it: its words, with marks around source and target that are words of their own.
struct MarkedRow {
  std::vector<int32_t> ids;  ///< [CLS], pieces, [SEP]
  std::vector<uint8_t> shapes;
  std::vector<uint32_t> at;           ///< first piece of each word
  std::vector<Span> words;            ///< of each word its bytes; empty for a mark
  std::array<uint32_t, 2> opening{};  ///< words: the first opening marks of source and target
};

/// What the head says of a row.
struct RowScores {
  std::vector<float> types;      ///< logits, one an EventType
  std::vector<float> attention;  ///< how much each word tells the act, marks too; sums to 1
};

/// The head for relation rows. training/tasks/rows.py runs the same. Const and shared by threads.
class RowHead {
 public:
  /// Reads rows.*. Throws Failure (kModel).
  RowHead(const neural::Model& model, int hidden);

  /// vectors: [words, hidden]; opening: as in MarkedRow.
  RowScores scores(const std::vector<float>& vectors, const std::array<uint32_t, 2>& opening, RelationTypes types,
                   HeadScratch& scratch) const;

 private:
  int hidden_;
  neural::Linear query_, key_, salience_, inner_, out_, plv_;
};

/// Reads relation rows with the model's first reader. Const and shared by threads; `model` must outlive it.
class RowReader {
 public:
  static bool is_in(const neural::Model& model);

  /// Throws Failure (kModel) where a tensor or a mark's piece is missing, or the event types are not this program's.
  explicit RowReader(const neural::Model& model, neural::Precision precision = neural::Precision::kInt8);

  /// Errors: as of RelationReader::read.
  Result<MarkedRow> mark(const RelationRow& row) const;
  Result<Relation> read(const RelationRow& row, RelationTypes types) const;

 private:
  WordPiece tokenizer_;
  std::array<int32_t, 4> marks_;  // pieces: source begins, ends, target begins, ends
  neural::Encoder encoder_;
  RowHead head_;
};

}  // namespace dragoman::language
