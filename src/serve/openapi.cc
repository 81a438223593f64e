// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document, from the table that the requests are routed by.
#include "base/json_writer.h"
#include "dragoman/version.h"
#include "serve/api.h"
#include "serve/endpoint.h"

namespace dragoman::serve {
namespace {

void value_schema(base::JsonWriter& json, const Parameter& one) {
  json.key("schema").begin_object();
  switch (one.kind) {
    case FieldKind::kNumber: json.key("type").value("integer").key("minimum").value(0); break;
    case FieldKind::kRows: json.key("type").value("integer").key("minimum").value(1); break;
    case FieldKind::kDate: json.key("type").value("string").key("pattern").value("^[0-9]{4}(-[0-9]{2}){0,2}$"); break;
    case FieldKind::kProbability:
      json.key("type").value("number").key("minimum").value(0).key("maximum").value(1);
      break;
    case FieldKind::kFlag: json.key("type").value("boolean"); break;
    case FieldKind::kWords: json.key("type").value("array").key("minItems").value(1).key("items").begin_object(); break;
    default: json.key("type").value("string").key("minLength").value(1);
  }
  if (one.kind == FieldKind::kWords) json.key("type").value("string");
  if (!one.choices.empty()) {
    json.key("enum").begin_array();
    for (const std::string& choice : one.choices) json.value(choice);
    json.end_array();
  }
  if (one.kind == FieldKind::kWords) json.end_object();
  json.end_object();
}

void parameter(base::JsonWriter& json, const Parameter& one) {
  json.begin_object().key("name").value(one.name).key("in").value(one.in_path ? "path" : "query");
  json.key("description").value(one.help);
  if (one.required) json.key("required").value(true);
  value_schema(json, one);
  json.end_object();
}

void error_answers(base::JsonWriter& json, const std::vector<int>& statuses) {
  for (const int status : statuses)
    json.key(std::to_string(status)).begin_object().key("$ref").value("#/components/responses/Error").end_object();
}

std::vector<int> errors_of(const Endpoint& one) {
  std::vector<int> all = {400};
  if (one.with_token) all.push_back(401);
  all.push_back(403);
  if (one.of_one_thing() || one.method == "GET" || one.with_token) all.push_back(404);
  if (one.method == "POST") all.insert(all.end(), {413, 415});
  all.insert(all.end(), {429, 500, 503});
  return all;
}

void operation(base::JsonWriter& json, const Endpoint& one) {
  json.key(one.method == "GET" ? "get" : "post").begin_object().key("summary").value(one.summary);
  if (!one.parameters.empty()) {
    json.key("parameters").begin_array();
    for (const Parameter& each : one.parameters) parameter(json, each);
    json.end_array();
  }
  if (!one.takes.empty()) {
    json.key("requestBody").begin_object().key("required").value(true).key("content").begin_object();
    for (const std::string& type : one.takes) {
      json.key(type).begin_object().key("schema");
      json.raw(type == kJson ? one.body_schema : R"({"type":"string"})").end_object();
    }
    json.end_object().end_object();
  }
  if (one.with_token) json.key("security").raw(R"([{"token":[]}])");
  json.key("responses")
      .begin_object()
      .key(std::to_string(one.status))
      .begin_object()
      .key("description")
      .value(one.summary);
  json.key("content").begin_object();
  for (const std::string& type : one.media) {
    const bool bytes = type.find("parquet") != std::string::npos;
    json.key(type).begin_object().key("schema");
    json.raw(type == kJson ? one.schema : bytes ? "{}" : R"({"type":"string"})").end_object();
  }
  json.end_object().end_object();
  if (one.method == "GET")
    json.key("304").raw(R"({"description":"What the request's If-None-Match names is still so"})");
  error_answers(json, errors_of(one));
  json.end_object().end_object();
}

constexpr const char* kComponents =
    R"({"responses":{"Error":{"description":"What is wrong","content":{"application/json":{"schema":{"type":"object",)"
    R"("required":["error"],"properties":{"error":{"type":"object","required":["code","message"],"properties":{)"
    R"("code":{"type":"string"},"message":{"type":"string"},"place":{"type":"string"}}}}}}}}},)"
    R"("securitySchemes":{"token":{"type":"http","scheme":"bearer"}}})";

Response openapi(const Call&) { return json_response(openapi_document()); }

}  // namespace

std::vector<Endpoint> openapi_endpoints() {
  return {{"GET", "openapi.json", "This document", {}, {kJson}, R"({"type":"object"})", openapi}};
}

}  // namespace dragoman::serve

namespace dragoman {

std::string openapi_document() {
  using serve::Endpoint;
  base::JsonWriter json;
  json.begin_object().key("openapi").value("3.1.0").key("info").begin_object();
  json.key("title").value("Dragoman").key("version").value(kVersion);
  json.key("description").value("Who said and did what to whom: a store of events over HTTP.");
  json.key("license").raw(R"({"name":"Apache-2.0","identifier":"Apache-2.0"})").end_object();
  json.key("paths").begin_object();
  std::string open;
  for (const Endpoint& one : serve::endpoints()) {  // those of one path stand side by side
    if (one.path != open) {
      if (!open.empty()) json.end_object();
      json.key(serve::kApi + one.path).begin_object();
      open = one.path;
    }
    serve::operation(json, one);
  }
  json.end_object().end_object().key("components").raw(serve::kComponents);
  return json.end_object().take();
}

}  // namespace dragoman
