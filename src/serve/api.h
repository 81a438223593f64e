// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "serve/backend.h"
#include "serve/cache.h"
#include "serve/daemon.h"
#include "serve/endpoint.h"
#include "serve/guard.h"
#include "serve/pages.h"

namespace dragoman::serve {

inline constexpr const char* kApi = "/api/v1/";

/// What a request asks for: an endpoint and the id of its thing; or why there is none (404, 405).
struct Route {
  const Endpoint* endpoint = nullptr;
  std::string id;
  std::optional<Response> refusal;
};
Route route(const std::string& method, const std::string& path, const std::vector<Endpoint>& endpoints);

/// Answers requests from a store.
class Api : public Service {
 public:
  Api(const ServerOptions& options, unsigned workers);

  std::optional<Response> refusal(const Request& head) override;
  std::shared_ptr<const Response> at_hand(Request& request) override;
  std::shared_ptr<const Response> answer(const Request& request, unsigned worker) override;

 private:
  Response worked_out(const Request& request, unsigned worker);

  Backend backend_;
  Guard guard_;
  Pages pages_;
  Cache cache_;
  OpenStore watched_;                               // of the thread of the network
  std::vector<std::unique_ptr<OpenStore>> stores_;  // one a worker
};

}  // namespace dragoman::serve
