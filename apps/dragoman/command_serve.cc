// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>

#include "command.h"
#include "dragoman/server.h"
#include "folders.h"
#include "output.h"

namespace dragoman::cli {
namespace {

/// The signals that end the server, blocked in this thread and those it starts, so that they can be waited for.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() const {
    int which = 0;
    while (sigwait(&signals_, &which) != 0) {
    }
  }

 private:
  sigset_t signals_{};
};

int run(ServerOptions options) {
  if (options.token.empty()) {
    if (const char* const token = std::getenv("DRAGOMAN_TOKEN"); token != nullptr) options.token = token;
  }
  const EndSignals signals;
  Server server = Server::start(options);
  print_line(server.address());
  finish_output();
  complain(options.store + " is at " + server.address() + " until Ctrl-C");
  signals.wait();
  server.stop();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman serve news.db                          the pages at http://127.0.0.1:8080/
  dragoman serve news.db --port 0                 any free port; the address is printed
  DRAGOMAN_TOKEN=… dragoman serve news.db         with corrections for who has the token
  curl 'http://127.0.0.1:8080/api/v1/events?actor=CHN&from=2024'

Other programs may read and write the store meanwhile. Without --host only this machine is answered.

Exit code: 0 stopped by Ctrl-C or SIGTERM, 1 the store cannot be read, 2 wrong use or the port is taken.)";

}  // namespace

Run declare_serve(CLI::App& parser) {
  const auto options = std::make_shared<ServerOptions>();
  parser.add_option("STORE", options->store, "The store to show")->required();
  parser.add_option("--port", options->port, "Port to listen on (8080); 0 for any that is free")->type_name("N");
  parser.add_option("--host", options->host, "Address to listen on (127.0.0.1); 0.0.0.0 for the whole network")
      ->type_name("ADDRESS");
  parser
      .add_option("--token", options->token,
                  "Who has it may correct; better given as DRAGOMAN_TOKEN, which other users do not see")
      ->type_name("TOKEN");
  parser.add_option("--threads", options->threads, "Answers worked out side by side; 0, the default, is one a core")
      ->type_name("N")
      ->check(CLI::Range(0, 256));
  parser
      .add_option("--query-time", options->query_seconds,
                  "Seconds after which an answer that is still looked for is given up (60); 0 for never")
      ->type_name("SECONDS")
      ->check(CLI::Range(0, 86400));
  parser.add_option("--web", options->web, "Folder of the built pages")->type_name("DIR");
  add_folder(parser, "--knowledge", options->engine.knowledge, "Folder of your own rows of knowledge");
  add_folder(parser, "--data", options->engine.data, "Folder of the knowledge");
  add_folder(parser, "--model", options->engine.model, "Folder of the model");
  parser.footer(kExamples);
  return [options] { return run(*options); };
}

}  // namespace dragoman::cli
