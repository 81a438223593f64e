// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "serve/http.h"

namespace dragoman::serve {

/// What answers requests. Methods other than answer() run on the thread of the network: they must not wait.
class Service {
 public:
  Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  virtual ~Service() = default;

  /// The answer to a request that is refused for its head alone: its body is not read.
  virtual std::optional<Response> refusal(const Request& head) = 0;

  /// The answer where it is at hand, null where it has to be worked out; `request.state` is noted here.
  virtual std::shared_ptr<const Response> at_hand(Request& request) = 0;

  /// Works it out, on one of the workers (numbered from 0; one request at a time each).
  virtual std::shared_ptr<const Response> answer(const Request& request, unsigned worker) = 0;
};

struct DaemonOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 0;                        ///< 0: any that is free
  unsigned workers = 2;                     ///< answers worked out side by side
  unsigned waiting = 256;                   ///< requests that may wait for a worker; more are told to come again (429)
  unsigned connections = 4096;              ///< open at once; more wait until one is closed
  uint64_t most_body = uint64_t{10} << 20;  ///< bytes

  // How long a peer may take for a request's head, for its body, and between requests; an answer may take
  // `sending` and a second more for each `slowest` bytes.
  std::chrono::milliseconds head{10'000}, body{30'000}, idle{30'000}, sending{30'000};
  uint64_t slowest = 20'000;

  /// How long stop() waits for answers under way.
  std::chrono::milliseconds farewell{10'000};
};

/// HTTP/1.1 on one port: one thread for the network, `workers` threads for the service. Peers that are slow, many,
/// or break the protocol cost a connection each for as long as `head`, `body` and the others say, and nothing else.
class Daemon {
 public:
  /// Throws Failure (kUsage) where the address cannot be listened on.
  Daemon(const DaemonOptions& options, Service& service);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  uint16_t port() const;

  /// Takes no more requests, finishes those under way, closes all connections.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dragoman::serve
