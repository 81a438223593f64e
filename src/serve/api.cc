// SPDX-License-Identifier: Apache-2.0
#include "serve/api.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace dragoman::serve {
namespace {

constexpr uint64_t kKept = uint64_t{64} << 20;  // bytes of answers
constexpr size_t kTag = 32;                     // hexadecimal digits of an entity tag

bool reads(const std::string& method) { return method == "GET" || method == "HEAD"; }

Response not_allowed(const std::string& allowed) {
  return error_response(405, "method", "this address answers " + allowed + " only").with("Allow", allowed);
}

std::string_view media_type(const Request& request) {
  const std::string_view value = request.header("content-type");
  return base::trim(value.substr(0, value.find(';')));
}

/// Why the body of a POST is not taken for its head alone.
std::optional<Response> body_refusal(const Request& head, const Endpoint& endpoint) {
  const std::string type = base::lower_ascii(media_type(head));
  if (std::find(endpoint.takes.begin(), endpoint.takes.end(), type) != endpoint.takes.end()) return std::nullopt;
  return error_response(415, "media-type", "the body has to be one of " + base::join(endpoint.takes, ", "),
                        "Content-Type");
}

/// Why somebody may not write.
std::optional<Response> token_refusal(const Request& head, const std::string& token) {
  constexpr std::string_view kBearer = "Bearer ";
  if (token.empty()) {
    return error_response(403, "no-token", "this server takes no corrections; it was started without --token");
  }
  const std::string_view given = head.header("authorization");
  if (given.substr(0, kBearer.size()) == kBearer && same_secret(token, given.substr(kBearer.size()))) {
    return std::nullopt;
  }
  return error_response(401, "token", "the token is missing or wrong").with("WWW-Authenticate", "Bearer");
}

bool takes_gzip(const Request& request) {
  return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

/// The answer as it is, or 304 where who asks has it.
std::shared_ptr<const Response> unless_known(std::shared_ptr<const Response> response, const Request& request) {
  const std::string_view known = request.header("if-none-match");
  const std::string_view tag = response->header("etag");
  if (known.empty() || tag.empty() || response->status != 200 || !matches(known, tag)) return response;
  Response same;
  same.status = 304;
  for (const auto& [name, value] : response->headers) {
    if (name == "ETag" || name == "Cache-Control" || name == "Vary") same.with(name, value);
  }
  return std::make_shared<const Response>(std::move(same));
}

}  // namespace

Route route(const std::string& method, const std::string& path, const std::vector<Endpoint>& endpoints) {
  Route found;
  if (path.rfind(kApi, 0) != 0) {
    if (!reads(method)) found.refusal = not_allowed("GET, HEAD");
    return found;
  }
  const std::string name = path.substr(std::string(kApi).size());
  std::string allowed;
  for (const Endpoint& one : endpoints) {
    const std::string stem = one.of_one_thing() ? one.path.substr(0, one.path.size() - 4) : one.path;
    const bool here = one.of_one_thing() ? name.size() > stem.size() && name.rfind(stem, 0) == 0 : name == stem;
    if (!here) continue;
    if (one.method == method || (one.method == "GET" && method == "HEAD")) {
      found.endpoint = &one;
      found.id = one.of_one_thing() ? name.substr(stem.size()) : "";
      return found;
    }
    allowed += (allowed.empty() ? "" : ", ") + (one.method == "GET" ? std::string("GET, HEAD") : one.method);
  }
  found.refusal = allowed.empty()
                      ? error_response(404, "not-found",
                                       "there is nothing at this address; see " + std::string(kApi) + "openapi.json")
                      : not_allowed(allowed);
  return found;
}

Api::Api(const ServerOptions& options, unsigned workers)
    : backend_(options),
      guard_(options.host),
      pages_(web_folder(options.web, data_folder(options.engine))),
      cache_(kKept),
      watched_(options.store) {
  watched_.get();  // a store that cannot be read is told of at once, and knowledge of the user's own that is broken
  if (!options.engine.knowledge.empty() || !options.engine.data.empty()) backend_.almanac();
  backend_.set_reading_places(static_cast<int>(std::max(1U, workers - 1)));
  for (unsigned i = 0; i < workers; ++i) stores_.push_back(std::make_unique<OpenStore>(options.store));
}

std::optional<Response> Api::refusal(const Request& head) {
  if (auto refused = guard_.refusal(head)) return refused;
  Route found = route(head.method, head.target.path, endpoints());
  if (found.refusal) return found.refusal;
  if (found.endpoint == nullptr || reads(head.method)) return std::nullopt;
  if (found.endpoint->with_token) {
    if (auto refused = token_refusal(head, backend_.options().token)) return refused;
  }
  return body_refusal(head, *found.endpoint);
}

std::shared_ptr<const Response> Api::at_hand(Request& request) {
  if (!reads(request.method)) return nullptr;
  if (request.target.path.rfind(kApi, 0) != 0) {
    auto page = pages_.find(request.target.path, takes_gzip(request));
    if (page) return unless_known(std::move(page), request);
    return std::make_shared<const Response>(error_response(404, "not-found", "there is no such page"));
  }
  try {
    request.state = watched_.state();
  } catch (const Failure&) {
    return nullptr;  // whoever works it out will find the same and say it
  }
  auto kept = cache_.find(request.raw_target, request.state);
  return kept ? unless_known(std::move(kept), request) : nullptr;
}

std::shared_ptr<const Response> Api::answer(const Request& request, unsigned worker) {
  Response response;
  try {
    response = worked_out(request, worker);
  } catch (const Timeout&) {
    const std::string seconds = std::to_string(backend_.options().query_seconds);
    response = error_response(503, "timeout",
                              "the answer takes longer than the " + seconds +
                                  " seconds that are allowed here; ask for less: more filters, fewer days");
  } catch (const Failure& failure) {
    response = error_response(failure.error());
  } catch (const std::exception& error) {
    response = error_response(500, "internal", error.what());
  }
  if (response.status != 200 || !reads(request.method)) {
    return std::make_shared<const Response>(std::move(response.with("Cache-Control", "no-store")));
  }
  response.with("ETag", "\"" + response.body.hash().substr(0, kTag) + "\"").with("Cache-Control", "no-cache");
  const bool lasts = response.lasts && !request.state.empty();
  auto made = std::make_shared<const Response>(std::move(response));
  if (lasts) cache_.keep(request.raw_target, request.state, made);
  return unless_known(made, request);
}

Response Api::worked_out(const Request& request, unsigned worker) {
  const Route found = route(request.method, request.target.path, endpoints());
  if (found.endpoint == nullptr) return error_response(404, "not-found", "there is nothing at this address");
  const auto values = Values::of(request.target, found.endpoint->parameters);
  if (!values) return error_response(values.error());
  const Store& store = stores_.at(worker)->get();
  const unsigned seconds = backend_.options().query_seconds;
  if (seconds > 0) store.give_up_at(std::chrono::steady_clock::now() + std::chrono::seconds(seconds));
  return found.endpoint->answer({request, *values, found.id, store, backend_});
}

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> all = [] {
    std::vector<Endpoint> joined;
    for (auto* part : {list_endpoints, thing_endpoints, about_endpoints, reading_endpoints, openapi_endpoints}) {
      for (Endpoint& one : part()) joined.push_back(std::move(one));
    }
    return joined;
  }();
  return all;
}

}  // namespace dragoman::serve
