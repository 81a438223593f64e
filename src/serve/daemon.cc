// SPDX-License-Identifier: Apache-2.0
// The only file that knows libmicrohttpd. Its thread reads and writes sockets; a request that needs work is suspended,
// worked out by a worker and resumed. What libmicrohttpd has no limit for, a second thread sees to: it shuts the socket
// of a peer that takes too long, whether it is silent or sends a byte now and then.
#include "serve/daemon.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

#include "serve/workers.h"

namespace dragoman::serve {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Every answer: nothing from elsewhere is loaded, run, framed or guessed at.
constexpr std::pair<const char*, const char*> kHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src "
     "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

constexpr size_t kHeadMemory = 16 * 1024;  // bytes a connection for the head of a request and of its answer
constexpr unsigned kBacklog = 1024;
constexpr uint64_t kSwallowed = 4;  // times the largest body is read and thrown away, so that the refusal arrives

int64_t now_ms() { return std::chrono::duration_cast<milliseconds>(Clock::now().time_since_epoch()).count(); }

/// One connection and by when it must have done what it is doing.
struct Peer {
  static constexpr int64_t kNever = INT64_MAX;
  explicit Peer(int socket) : descriptor(socket) {}
  void within(milliseconds time) { deadline = now_ms() + time.count(); }
  int descriptor;
  std::atomic<int64_t> deadline = kNever;
};

/// Shuts the sockets of those that are late.
class Watch {
 public:
  Watch() : thread_([this] { run(); }) {}
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    close_.notify_all();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  Peer* add(int descriptor) {
    auto* const peer = new Peer(descriptor);
    const std::lock_guard lock(mutex_);
    peers_.insert(peer);
    return peer;
  }

  // Before libmicrohttpd closes the socket, so that its number cannot be another's when it is shut here.
  void remove(Peer* peer) {
    {
      const std::lock_guard lock(mutex_);
      peers_.erase(peer);
    }
    delete peer;
  }

 private:
  static constexpr milliseconds kPace{100};

  void run() {
    std::unique_lock lock(mutex_);
    while (!close_.wait_for(lock, kPace, [this] { return closed_; })) {
      const int64_t now = now_ms();
      for (Peer* const peer : peers_) {
        if (peer->deadline > now) continue;
        shutdown(peer->descriptor, SHUT_RDWR);
        peer->deadline = Peer::kNever;
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable close_;
  bool closed_ = false;
  std::set<Peer*> peers_;
  std::thread thread_;
};

/// One request and its answer on their way.
struct Exchange {
  Request request;
  bool begun = false;  ///< its head was looked at
  bool too_large = false;
  uint64_t received = 0;
  std::shared_ptr<const Response> response;
};

/// A socket that listens on the address. Throws Failure.
int listening_socket(const DaemonOptions& options) {
  const std::string place = options.host + ":" + std::to_string(options.port);
  const auto failed = [&](const std::string& why) { throw Failure({ErrorCode::kUsage, why, place}); };
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &wanted, &found);
  if (code != 0) failed(std::string("is no address of this machine (") + gai_strerror(code) + ")");
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, freeaddrinfo);
  const int descriptor = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  if (descriptor < 0) failed(std::string("cannot be listened on: ") + std::strerror(errno));
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(descriptor, found->ai_addr, found->ai_addrlen) != 0 || listen(descriptor, kBacklog) != 0) {
    const int error = errno;
    close(descriptor);
    if (error == EADDRINUSE) failed("is taken by another program; choose another port with --port");
    failed(std::string("cannot be listened on: ") + std::strerror(error));
  }
  return descriptor;
}

uint16_t port_of(int descriptor) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

MHD_Result keep_header(void* headers, MHD_ValueKind, const char* name, const char* value) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  static_cast<decltype(Request::headers)*>(headers)->emplace_back(std::move(lower), value != nullptr ? value : "");
  return MHD_YES;
}

void free_held(void* held) { delete static_cast<std::shared_ptr<const Response>*>(held); }

/// The body stays where it is: in the answer, which lives as long as libmicrohttpd needs it.
MHD_Response* body_of(const std::shared_ptr<const Response>& response) {
  if (response->body.in_memory()) {
    const std::string& text = response->body.text();
    return MHD_create_response_from_buffer_with_free_callback_cls(
        text.size(), const_cast<char*>(text.data()), free_held, new std::shared_ptr<const Response>(response));
  }
  const int descriptor = dup(response->body.descriptor());
  return descriptor < 0 ? nullptr : MHD_create_response_from_fd64(response->body.size(), descriptor);
}

}  // namespace

struct Daemon::Parts {
  Parts(const DaemonOptions& given, Service& answering) : options(given), service(answering) {
    const int listening = listening_socket(options);
    port = port_of(listening);
    workers = std::make_unique<Workers>(options.workers, options.waiting);
    daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, nullptr,
                              nullptr, &Parts::handle, this, MHD_OPTION_LISTEN_SOCKET, listening,
                              MHD_OPTION_CONNECTION_LIMIT, options.connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                              kHeadMemory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, &Parts::begin,
                              this, MHD_OPTION_NOTIFY_COMPLETED, &Parts::completed, this, MHD_OPTION_NOTIFY_CONNECTION,
                              &Parts::connection, this, MHD_OPTION_END);
    if (daemon == nullptr) {
      close(listening);
      throw Failure({ErrorCode::kUsage, "the network cannot be served on this machine", options.host});
    }
  }
  ~Parts() { stop(); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void stop() {
    if (daemon == nullptr) return;
    stopping = true;
    const int listening = MHD_quiesce_daemon(daemon);
    if (listening >= 0) close(listening);
    const int64_t until = now_ms() + options.farewell.count();
    while (under_way > 0 && now_ms() < until) std::this_thread::sleep_for(milliseconds(5));
    workers.reset();  // and with it the last connections are resumed
    MHD_stop_daemon(daemon);
    daemon = nullptr;
  }

  static Peer& peer_of(MHD_Connection* connection) {
    const auto* const info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return *static_cast<Peer*>(info->socket_context);
  }

  static void connection(void* self, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode what) {
    auto& parts = *static_cast<Parts*>(self);
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
      parts.watch.remove(static_cast<Peer*>(std::exchange(*context, nullptr)));
      return;
    }
    const auto* const info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    Peer* const peer = parts.watch.add(info->connect_fd);
    peer->within(parts.options.head);
    *context = peer;
  }

  static void* begin(void* self, const char* target, MHD_Connection* connection) {
    auto& parts = *static_cast<Parts*>(self);
    ++parts.under_way;
    peer_of(connection).within(parts.options.head);
    auto* const exchange = new Exchange;
    exchange->request.raw_target = target;
    return exchange;
  }

  static void completed(void* self, MHD_Connection* connection, void** context, MHD_RequestTerminationCode) {
    auto& parts = *static_cast<Parts*>(self);
    if (*context == nullptr) return;
    peer_of(connection).within(parts.options.idle);
    delete static_cast<Exchange*>(std::exchange(*context, nullptr));
    --parts.under_way;
  }

  static MHD_Result handle(void* self, MHD_Connection* connection, const char*, const char* method, const char*,
                           const char* upload, size_t* upload_size, void** context) {
    auto& parts = *static_cast<Parts*>(self);
    auto& exchange = *static_cast<Exchange*>(*context);
    try {
      if (!exchange.begun) return parts.head(connection, exchange, method);
      if (*upload_size > 0) return parts.receive(exchange, upload, *upload_size);
      return parts.whole(connection, exchange);
    } catch (const std::exception&) {  // no memory, say; libmicrohttpd is C and must not see it
      return MHD_NO;
    }
  }

  MHD_Result head(MHD_Connection* connection, Exchange& exchange, const char* method) {
    exchange.begun = true;
    Request& request = exchange.request;
    request.method = method;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &keep_header, &request.headers);
    peer_of(connection).within(options.body);
    auto target = parse_target(request.raw_target);
    if (!target) return send(connection, error_response(target.error()));
    request.target = std::move(*target);
    if (const auto refused = length_refusal(request)) return send(connection, *refused);
    if (auto refused = service.refusal(request)) return send(connection, std::move(*refused));
    return MHD_YES;
  }

  std::optional<Response> length_refusal(const Request& request) const {
    const std::string_view length = request.header("content-length");
    if (length.empty()) return std::nullopt;
    // Two lengths of one body: the way in for requests that are smuggled past a proxy.
    if (!request.header("transfer-encoding").empty() ||
        std::count_if(request.headers.begin(), request.headers.end(),
                      [](const auto& header) { return header.first == "content-length"; }) > 1) {
      return error_response(400, "syntax", "the request tells the length of its body twice");
    }
    const bool number = length.size() < 19 && length.find_first_not_of("0123456789") == std::string_view::npos;
    if (!number) return error_response(400, "syntax", "the length of the body is no number");
    if (std::stoull(std::string(length)) > options.most_body) return too_large();
    return std::nullopt;
  }

  Response too_large() const {
    return error_response(413, "too-large", "the body is longer than " + std::to_string(options.most_body) + " bytes");
  }

  MHD_Result receive(Exchange& exchange, const char* bytes, size_t& size) const {
    exchange.received += size;
    if (exchange.received <= options.most_body) {
      exchange.request.body.append(bytes, size);
    } else {
      exchange.too_large = true;
      exchange.request.body = {};
    }
    size = 0;
    return exchange.received > options.most_body * kSwallowed ? MHD_NO : MHD_YES;
  }

  MHD_Result whole(MHD_Connection* connection, Exchange& exchange) {
    if (exchange.response) return send(connection, exchange.response);
    if (exchange.too_large) return send(connection, too_large());
    if (auto ready = service.at_hand(exchange.request)) return send(connection, std::move(ready));
    peer_of(connection).deadline = Peer::kNever;
    MHD_suspend_connection(connection);
    const bool taken = workers->take([this, connection, &exchange](unsigned worker) {
      exchange.response = service.answer(exchange.request, worker);
      MHD_resume_connection(connection);
    });
    if (taken) return MHD_YES;
    Response busy = error_response(429, "busy", "too many requests are waiting; try again in a moment");
    exchange.response = std::make_shared<const Response>(std::move(busy.with("Retry-After", "1")));
    MHD_resume_connection(connection);
    return MHD_YES;
  }

  MHD_Result send(MHD_Connection* connection, Response response) {
    return send(connection, std::make_shared<const Response>(std::move(response)));
  }

  MHD_Result send(MHD_Connection* connection, const std::shared_ptr<const Response>& response) {
    MHD_Response* const answer = body_of(response);
    if (answer == nullptr) return MHD_NO;
    for (const auto& [name, value] : kHeaders) MHD_add_response_header(answer, name, value);
    for (const auto& [name, value] : response->headers) {
      MHD_add_response_header(answer, name.c_str(), value.c_str());
    }
    if (stopping) MHD_add_response_header(answer, "Connection", "close");
    peer_of(connection).within(options.sending + milliseconds(1000 * (response->body.size() / options.slowest)));
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response->status), answer);
    MHD_destroy_response(answer);
    return queued;
  }

  const DaemonOptions options;
  Service& service;
  uint16_t port = 0;
  std::atomic<bool> stopping = false;
  std::atomic<int> under_way = 0;
  Watch watch;
  std::unique_ptr<Workers> workers;
  MHD_Daemon* daemon = nullptr;
};

Daemon::Daemon(const DaemonOptions& options, Service& service) : parts_(std::make_unique<Parts>(options, service)) {}
Daemon::~Daemon() = default;

uint16_t Daemon::port() const { return parts_->port; }

void Daemon::stop() { parts_->stop(); }

}  // namespace dragoman::serve
