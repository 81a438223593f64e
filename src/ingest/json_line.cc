// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_line.h"

#include <simdjson.h>

#include <charconv>

#include "ingest/charset.h"

namespace dragoman::ingest {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// A string, or a number as it would be written; "" for what is missing or neither.
std::string field(const object& fields, std::string_view name) {
  element value;
  if (fields[name].get(value) != simdjson::SUCCESS) return {};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_int64() || value.is_uint64() || value.is_double()) return simdjson::minify(value);
  return {};
}

// The text of a document: a string; what is missing or null counts as empty, anything else is an error.
Result<std::string> text_of(const object& fields, const std::string& place) {
  for (const char* const name : {"text", "event_text"}) {
    element value;
    if (fields[name].get(value) != simdjson::SUCCESS || value.is_null()) continue;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) {
      return Error{ErrorCode::kNoText, std::string("has a field \"") + name + "\" that is no string", place};
    }
    if (!is_blank(text)) return std::string(text);
  }
  return Error{ErrorCode::kNoText, "has no field \"text\" (or \"event_text\") with text in it", place};
}

// The first escape for half a character outside the basic plane whose other half is missing: "\ud83d"; "" if none.
std::string lone_surrogate(std::string_view json) {
  const auto unit_at = [&](size_t at) -> unsigned {
    unsigned unit = 0;
    if (json.substr(at, 2) != "\\u" || at + 6 > json.size()) return 0;
    const auto read = std::from_chars(json.data() + at + 2, json.data() + at + 6, unit, 16);
    return read.ptr == json.data() + at + 6 ? unit : 0;
  };
  for (size_t at = json.find('\\'); at != std::string_view::npos; at = json.find('\\', at)) {
    const unsigned half = unit_at(at) & 0xFC00U;
    if (half != 0xD800 && half != 0xDC00) {
      at += 2;
      continue;
    }
    if (half == 0xDC00 || (unit_at(at + 6) & 0xFC00U) != 0xDC00) return std::string(json.substr(at, 6));
    at += 12;
  }
  return {};
}

Error no_json(simdjson::error_code error, std::string_view line, const std::string& place) {
  if (error == simdjson::UTF8_ERROR) return {ErrorCode::kEncoding, "is not UTF-8, as JSON has to be", place};
  if (error == simdjson::STRING_ERROR) {
    if (const std::string half = lone_surrogate(line); !half.empty()) {
      return {ErrorCode::kEncoding, "has the escape " + half + ", half a character whose other half is missing", place};
    }
  }
  return {ErrorCode::kSyntax, std::string("is not JSON: ") + simdjson::error_message(error), place};
}

std::string first_of(const object& fields, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (std::string value = field(fields, name); !value.empty()) return value;
  }
  return {};
}

}  // namespace

struct JsonLineReader::Parser {
  simdjson::dom::parser parser;
};

JsonLineReader::JsonLineReader() : parser_(std::make_unique<Parser>()) {}
JsonLineReader::~JsonLineReader() = default;

Result<Page> JsonLineReader::read(std::string_view line, const std::string& path, uint64_t number) {
  const std::string place = path + ":" + std::to_string(number);
  element root;
  if (const auto error = parser_->parser.parse(line.data(), line.size(), true).get(root)) {
    return no_json(error, line, place);
  }
  object fields;
  if (root.get(fields) != simdjson::SUCCESS) {
    return Error{ErrorCode::kSyntax, "is JSON but no object with fields", place};
  }
  Page page;
  page.format = Format::kJsonLines;
  page.place = place;
  const std::string id = field(fields, "id");
  page.source = path + "#" + (id.empty() ? std::to_string(number) : id);
  auto text = text_of(fields, id.empty() ? place : place + "#" + id);
  if (!text) return text.error();
  page.bytes = std::move(*text);
  page.url = field(fields, "url");
  page.title = field(fields, "title");
  page.published = first_of(fields, {"published", "date"});
  return page;
}

}  // namespace dragoman::ingest
