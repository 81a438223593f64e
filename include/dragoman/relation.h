// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dragoman/error.h"
#include "dragoman/span.h"

namespace dragoman {

/// A sentence in which is marked who does something (source) to whom (target).
struct RelationRow {
  std::string id;
  std::string place;  ///< for messages: "file:line"
  std::string text;
  std::vector<Span> source, target;  ///< bytes of the text; one of both may be empty
};

/// Whose types an act is told in.
enum class RelationTypes : uint8_t {
  kCodebook,  ///< EventType, used as in data/ontology/CODEBOOK.md
  kCameo      ///< roots as CAMEO and PLOVER's own rows use them: YIELD stands for CONCEDE and RETREAT
};

struct ScoredType {
  std::string type;
  float score = 0;  ///< probability
};

/// The act between the source and the target of a row.
struct Relation {
  std::string type;                ///< the likeliest of `scores`
  float confidence = 0;            ///< its probability
  std::vector<ScoredType> scores;  ///< all types, in the order of EventType
  Span trigger;                    ///< the word of the text that tells the act best
};

/// Whether some span of one list and one of the other overlap so that neither lies within the other, or are the same.
/// The spans of a list do not overlap.
bool cross(std::vector<Span> a, std::vector<Span> b);

/// What is wrong with a row: text that is no UTF-8 (kEncoding); neither source nor target, or spans that are empty or
/// blank, backwards, beyond the text, within a character, or overlap; but a source may lie within a target, and a
/// target within a source (kSyntax). With the row's place.
std::optional<Error> fault_of(const RelationRow& row);

/// A row of one line: text with tags, "<s>Russia</s> bombed <t>Ukraine</t>", or, where it begins with "{", a JSON
/// object (docs/commands/relate.md). Its id is `place` where the line tells none. Errors: those of fault_of; kSyntax
/// for tags that are unbalanced or cross, no JSON, a field of another kind, words that the text does not hold; kNoText
/// for an object without text; kTooLarge for a line of more than 1 MB.
Result<RelationRow> relation_row_from(std::string_view line, const std::string& place);

/// One JSON object without a line end (docs/commands/relate.md); spans in characters of the row's text.
std::string to_json(const RelationRow& row, const Relation& relation);

}  // namespace dragoman
