// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "dragoman/engine.h"

namespace dragoman {

struct ServerOptions {
  std::string store;               ///< path of the store that is shown
  std::string host = "127.0.0.1";  ///< address to listen on
  uint16_t port = 8080;            ///< 0: any that is free
  std::string token;               ///< who has it may correct; "": nobody may
  unsigned threads = 0;            ///< answers worked out side by side; 0: one a core, two at least
  unsigned query_seconds = 60;     ///< an answer that takes longer to find is given up: 503; 0: none is
  std::string web;                 ///< folder of the pages; "": web/ beside the knowledge, else build/web beside it
  EngineOptions engine;            ///< for texts that are sent to be read, and for the knowledge
};

/// A store over HTTP (docs/formats/api.md): requests and answers in JSON, CSV and JSON Lines, and the pages in front
/// of them. Other programs may write to the store meanwhile. Answers nobody who asks under another host's name or
/// from another site's page.
class Server {
 public:
  /// Listens from now on. Throws Failure (kUsage: the address cannot be listened on; kStore: the store cannot be
  /// read).
  static Server start(const ServerOptions& options);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  /// Stops.
  ~Server();

  uint16_t port() const;

  /// "http://127.0.0.1:8080/"
  std::string address() const;

  /// Takes no more requests and finishes those under way.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// The OpenAPI 3.1 document of the API, as JSON: what /api/v1/openapi.json answers.
std::string openapi_document();

}  // namespace dragoman
