// SPDX-License-Identifier: Apache-2.0
#include "dragoman/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "serve/api.h"
#include "serve/daemon.h"

namespace dragoman {
namespace {

constexpr unsigned kOtherFiles = 128;  // descriptors that are not connections: stores, pages, downloads

/// As many connections as are wanted, or as this process may have open.
unsigned connections(unsigned wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = wanted + kOtherFiles;
  if (limit.rlim_cur < needed) {
    rlimit more = limit;
    more.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  }
  if (limit.rlim_cur >= needed) return wanted;
  return static_cast<unsigned>(std::max<rlim_t>(limit.rlim_cur, kOtherFiles + 16)) - kOtherFiles;
}

unsigned workers_of(const ServerOptions& options) {
  return options.threads > 0 ? options.threads : std::max(2U, std::thread::hardware_concurrency());
}

serve::DaemonOptions daemon_options(const ServerOptions& options) {
  serve::DaemonOptions daemon;
  daemon.host = options.host;
  daemon.port = options.port;
  daemon.workers = workers_of(options);
  daemon.connections = connections(daemon.connections);
  return daemon;
}

}  // namespace

struct Server::Parts {
  explicit Parts(const ServerOptions& options)
      : host(options.host), api(options, workers_of(options)), daemon(daemon_options(options), api) {}
  std::string host;
  serve::Api api;
  serve::Daemon daemon;
};

Server Server::start(const ServerOptions& options) { return Server(std::make_unique<Parts>(options)); }

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

uint16_t Server::port() const { return parts_->daemon.port(); }

std::string Server::address() const {
  const bool v6 = parts_->host.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + parts_->host + "]" : parts_->host) + ":" + std::to_string(port()) + "/";
}

void Server::stop() { parts_->daemon.stop(); }

}  // namespace dragoman
