// SPDX-License-Identifier: Apache-2.0
#include "serve/schema.h"

#include <simdjson.h>

#include "base/json_writer.h"

namespace dragoman::serve {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

void describe(base::JsonWriter& out, const element& value) {
  out.begin_object();
  switch (value.type()) {
    case element_type::OBJECT: {
      out.key("type").value("object").key("properties").begin_object();
      for (const auto& field : simdjson::dom::object(value)) {
        out.key(field.key);
        describe(out, field.value);
      }
      out.end_object().key("required").begin_array();
      for (const auto& field : simdjson::dom::object(value)) out.value(field.key);
      out.end_array();
      break;
    }
    case element_type::ARRAY: {
      out.key("type").value("array");
      const simdjson::dom::array items(value);
      if (items.size() == 0) break;
      out.key("items");
      describe(out, items.at(0));
      break;
    }
    case element_type::STRING: out.key("type").value("string"); break;
    case element_type::BOOL: out.key("type").value("boolean"); break;
    case element_type::NULL_VALUE: break;
    default: out.key("type").value("number");
  }
  out.end_object();
}

}  // namespace

std::string schema_like(const std::string& json) {
  simdjson::dom::parser parser;
  element value;
  if (parser.parse(json).get(value) != simdjson::SUCCESS) return "{}";
  base::JsonWriter out;
  describe(out, value);
  return out.take();
}

}  // namespace dragoman::serve
