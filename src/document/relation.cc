// SPDX-License-Identifier: Apache-2.0
#include "dragoman/relation.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/utf8.h"
#include "document/rounded.h"

namespace dragoman {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kLongestLine = 1U << 20;  // bytes
constexpr size_t kMostMarks = 200;         // more than a row of 240 pieces has
constexpr size_t kShown = 60;              // bytes of words that a message shows
constexpr const char* kNoMarks = "marks neither a source nor a target";

/// What stops the reading of a line; caught in relation_row_from, never leaves this file.
struct Bad {
  ErrorCode code;
  std::string message;
};

[[noreturn]] void refuse(const std::string& message) { throw Bad{ErrorCode::kSyntax, message}; }

bool begins_char(std::string_view text, uint32_t at) {
  return at == text.size() || (static_cast<uint8_t>(text[at]) & 0xC0U) != 0x80U;
}

[[noreturn]] void too_many() {
  throw Bad{ErrorCode::kTooLarge, "marks more than " + std::to_string(kMostMarks) + " places of a side"};
}

/// In quotation marks; what is long is cut.
std::string quoted(std::string_view text) {
  size_t end = std::min(text.size(), kShown);
  while (end > 0 && !begins_char(text, static_cast<uint32_t>(end))) --end;
  return '"' + std::string(text.substr(0, end)) + (end < text.size() ? "…\"" : "\"");
}

/// The tags of one side.
struct Tags {
  std::string_view open, close;
  std::vector<Span>* spans;
};

/// Takes the tags out of `tagged`; spans are those of the text without them.
void read_tags(std::string_view tagged, RelationRow& row) {
  const std::array<Tags, 2> sides = {Tags{"<s>", "</s>", &row.source}, Tags{"<t>", "</t>", &row.target}};
  std::vector<const Tags*> open;  // the inner one last
  size_t at = 0;
  const auto passes = [&](std::string_view tag) {
    const bool here = tagged.substr(at).starts_with(tag);
    if (here) at += tag.size();
    return here;
  };
  while (at < tagged.size()) {
    const auto end = static_cast<uint32_t>(row.text.size());
    const size_t before = at;
    for (const Tags& side : sides) {
      const bool is_open = std::find(open.begin(), open.end(), &side) != open.end();
      if (passes(side.open)) {
        if (is_open) refuse("has " + std::string(side.open) + " within " + std::string(side.open));
        open.push_back(&side);
        side.spans->push_back({end, end});
        if (side.spans->size() > kMostMarks) too_many();
      } else if (passes(side.close)) {
        if (!is_open) refuse("has " + std::string(side.close) + " without " + std::string(side.open));
        if (open.back() != &side)
          refuse("has " + std::string(side.close) + " before " + std::string(open.back()->close));
        open.pop_back();
        side.spans->back().end = end;
      }
    }
    if (at == before) row.text += tagged[at++];
  }
  if (!open.empty()) refuse("has " + std::string(open.back()->open) + " without " + std::string(open.back()->close));
}

/// Reads "source" or "target" of an object.
class SideReader {
 public:
  SideReader(const char* key, const std::string& text, const base::CodePoints& points)
      : key_(key), text_(text), points_(points), size_(points.of_byte(static_cast<uint32_t>(text.size()))) {}

  std::vector<Span> read(element value) const {
    array list;
    if (value.get(list) != simdjson::SUCCESS || is_pair(list)) return {span(value)};
    std::vector<Span> spans;
    if (list.size() > kMostMarks) too_many();
    for (const element item : list) spans.push_back(span(item));
    return spans;
  }

 private:
  static bool is_pair(const array& list) { return list.size() > 0 && list.at(0).is_number(); }

  Span span(element value) const {
    std::string_view words;
    if (value.get(words) == simdjson::SUCCESS) return of_words(words);
    array pair;
    uint64_t begin = 0, end = 0;
    if (value.get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(begin) != simdjson::SUCCESS ||
        pair.at(1).get(end) != simdjson::SUCCESS) {
      refuse('"' + key_ + "\" is no string, no pair [begin, end] of characters, and no list of such");
    }
    const std::string shown = '"' + key_ + "\" [" + std::to_string(begin) + ", " + std::to_string(end) + "] ";
    if (begin > end) refuse(shown + "ends before it begins");
    if (end > size_) refuse(shown + "is beyond the text, which has " + std::to_string(size_) + " characters");
    return {points_.to_byte(static_cast<uint32_t>(begin)), points_.to_byte(static_cast<uint32_t>(end))};
  }

  /// Where the words stand first; as whole words, if they do.
  Span of_words(std::string_view words) const {
    const auto goes_on = [&](size_t k) {
      return k < text_.size() && (static_cast<uint8_t>(text_[k]) >= 0x80U || base::is_ascii_alpha(text_[k]) ||
                                  base::is_ascii_digit(text_[k]));
    };
    const size_t first = text_.find(words);
    size_t at = first;
    while (at != std::string::npos && !words.empty() && ((at > 0 && goes_on(at - 1)) || goes_on(at + words.size())))
      at = text_.find(words, at + 1);
    if (at == std::string::npos) at = first;
    if (at == std::string::npos) refuse('"' + key_ + "\" " + quoted(words) + " is not in the text");
    return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
  }

  std::string key_;
  const std::string& text_;
  const base::CodePoints& points_;
  uint32_t size_;
};

std::optional<element> given(const object& fields, const char* key) {
  element value;
  if (fields[key].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
  return value;
}

std::string id_of(element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (!value.is_number()) refuse("\"id\" is no string and no number");
  return simdjson::minify(value);
}

void read_object(std::string_view line, RelationRow& row) {
  simdjson::dom::parser parser;
  object fields;
  element root;
  if (const auto error = parser.parse(line.data(), line.size()).get(root)) {
    refuse(std::string("is not JSON: ") + simdjson::error_message(error));
  }
  if (root.get(fields) != simdjson::SUCCESS) refuse("is JSON but no object with fields");
  if (const auto id = given(fields, "id")) row.id = id_of(*id);
  std::string_view text;
  const auto field = given(fields, "text");
  if (!field) throw Bad{ErrorCode::kNoText, "has no field \"text\""};
  if (field->get(text) != simdjson::SUCCESS) throw Bad{ErrorCode::kNoText, "has a field \"text\" that is no string"};
  const auto source = given(fields, "source"), target = given(fields, "target");
  if (!source && !target) return read_tags(text, row);
  row.text = text;
  const base::CodePoints points(row.text);
  if (source) row.source = SideReader("source", row.text, points).read(*source);
  if (target) row.target = SideReader("target", row.text, points).read(*target);
}

/// The bytes of a file's name may be anything; an id is UTF-8.
std::string as_utf8(std::string name) {
  for (size_t bad = 0; (bad = base::first_invalid_utf8(name)) != base::kValid;) name[bad] = '?';
  return name;
}

std::optional<std::string> fault_of_spans(const std::vector<Span>& spans, const std::string& side,
                                          std::string_view text) {
  for (const Span span : spans) {
    if (span.begin > span.end) return "a mark of the " + side + " ends before it begins";
    if (span.end > text.size()) return "a mark of the " + side + " is beyond the text";
    if (!begins_char(text, span.begin) || !begins_char(text, span.end)) {
      return "a mark of the " + side + " cuts a character";
    }
    if (base::trim(span.of(text)).empty()) return "a mark of the " + side + " holds no words";
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_marks(const RelationRow& row) {
  if (row.source.empty() && row.target.empty()) return kNoMarks;
  if (auto fault = fault_of_spans(row.source, "source", row.text)) return fault;
  if (auto fault = fault_of_spans(row.target, "target", row.text)) return fault;
  for (const auto& [spans, side] : {std::pair(row.source, "source"), std::pair(row.target, "target")}) {
    std::vector<Span> sorted = spans;
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 1; i < sorted.size(); ++i)
      if (sorted[i - 1].overlaps(sorted[i])) return std::string("two marks of the ") + side + " overlap";
  }
  if (cross(row.source, row.target)) return "source and target overlap, and neither is only a part of the other";
  return std::nullopt;
}

}  // namespace

bool cross(std::vector<Span> a, std::vector<Span> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  auto other = b.begin();
  for (const Span one : a) {
    while (other != b.end() && other->end <= one.begin) ++other;
    for (auto at = other; at != b.end() && at->begin < one.end; ++at) {
      const bool around = at->begin <= one.begin && one.end <= at->end;
      const bool within = one.begin <= at->begin && at->end <= one.end;
      if (around == within) return true;  // neither, or both: the same
    }
  }
  return false;
}

std::optional<Error> fault_of(const RelationRow& row) {
  if (base::first_invalid_utf8(row.text) != base::kValid) return Error{ErrorCode::kEncoding, "is not UTF-8", row.place};
  if (auto fault = fault_of_marks(row)) return Error{ErrorCode::kSyntax, std::move(*fault), row.place};
  return std::nullopt;
}

Result<RelationRow> relation_row_from(std::string_view line, const std::string& place) {
  RelationRow row;
  row.place = place;
  try {
    if (line.size() > kLongestLine) throw Bad{ErrorCode::kTooLarge, "is longer than 1 MB"};
    if (base::first_invalid_utf8(line) != base::kValid) throw Bad{ErrorCode::kEncoding, "is not UTF-8"};
    const std::string_view content = base::trim(line);
    if (content.starts_with('{')) {
      read_object(line, row);
    } else if (content.starts_with("[{")) {
      refuse("is JSON but no object with fields");
    } else {
      read_tags(line, row);
    }
  } catch (const Bad& bad) {
    return Error{bad.code, bad.message, place};
  }
  if (auto fault = fault_of(row)) return *fault;
  if (row.id.empty()) row.id = as_utf8(place);
  return row;
}

std::string to_json(const RelationRow& row, const Relation& relation) {
  const base::CodePoints points(row.text);
  base::JsonWriter json;
  const auto span = [&](Span bytes) {
    json.begin_array().value(points.of_byte(bytes.begin)).value(points.of_byte(bytes.end)).end_array();
  };
  const auto spans = [&](const char* key, const std::vector<Span>& all) {
    json.key(key).begin_array();
    for (const Span one : all) span(one);
    json.end_array();
  };
  const auto probability = [](float value) { return rounded(static_cast<double>(value)); };
  json.begin_object().key("id").value(row.id).key("type").value(relation.type);
  json.key("confidence").value(probability(relation.confidence)).key("scores").begin_object();
  for (const ScoredType& one : relation.scores) json.key(one.type).value(probability(one.score));
  json.end_object().key("trigger").begin_object().key("text").value(relation.trigger.of(row.text)).key("span");
  span(relation.trigger);
  json.end_object();
  spans("source", row.source);
  spans("target", row.target);
  return json.end_object().take();
}

}  // namespace dragoman
