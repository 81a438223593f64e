// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "serve/backend.h"
#include "serve/http.h"
#include "serve/values.h"

namespace dragoman::serve {

/// What an endpoint answers a request from.
struct Call {
  const Request& request;
  const Values& values;
  std::string id;  ///< the rest of the path, for endpoints of one thing
  const Store& store;
  Backend& backend;
};

/// One way to ask: its address, what may be asked, and what answers. The OpenAPI document is made from these.
struct Endpoint {
  std::string method;  ///< "GET" (which answers HEAD too) or "POST"
  std::string path;    ///< below /api/v1/; "events/{id}" ends in the id of one thing
  std::string summary;
  std::vector<Parameter> parameters;
  std::vector<std::string> media;  ///< types of the answer; the first is told of by `schema`
  std::string schema;              ///< JSON Schema of the answer
  std::function<Response(const Call&)> answer;
  std::vector<std::string> takes = {};  ///< media types of the body (POST)
  std::string body_schema = {};         ///< of a body of JSON
  bool with_token = false;              ///< only with the token
  int status = 200;                     ///< of a good answer

  bool of_one_thing() const { return path.size() > 4 && path.substr(path.size() - 4) == "{id}"; }
};

/// The endpoints by what they answer; all of them.
std::vector<Endpoint> list_endpoints();
std::vector<Endpoint> thing_endpoints();
std::vector<Endpoint> about_endpoints();
std::vector<Endpoint> reading_endpoints();
std::vector<Endpoint> openapi_endpoints();
const std::vector<Endpoint>& endpoints();

}  // namespace dragoman::serve
