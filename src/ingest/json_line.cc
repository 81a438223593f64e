// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_line.h"

#include <simdjson.h>

#include "base/text.h"

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
    if (error == simdjson::UTF8_ERROR) return Error{ErrorCode::kEncoding, "is not UTF-8, as JSON has to be", place};
    return Error{ErrorCode::kSyntax, std::string("is not JSON: ") + simdjson::error_message(error), place};
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
  page.bytes = first_of(fields, {"text", "event_text"});
  page.url = field(fields, "url");
  page.title = field(fields, "title");
  page.published = first_of(fields, {"published", "date"});
  if (base::trim(page.bytes).empty()) {
    return Error{ErrorCode::kNoText, "has no field \"text\" (or \"event_text\") with text in it",
                 id.empty() ? place : place + "#" + id};
  }
  return page;
}

}  // namespace dragoman::ingest
