// SPDX-License-Identifier: Apache-2.0
// How many small answers the server gives, and how long the views of a large store take.
//
//   serve_bench           on a store of 200 made documents (4,000 events)
//   serve_bench STORE     on a store that is there, e.g. of a million events: store_bench makes one
//
// The client lives in the same process: what counts is the processor time of the server's own threads, beside the wall
// clock, which other programs slow down.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "dragoman/server.h"
#include "dragoman/store.h"
#include "store/made_news.h"

namespace {

using namespace dragoman;
using Clock = std::chrono::steady_clock;

constexpr int kConnections = 16;
constexpr int kAnswers = 20'000;
constexpr int kTimes = 5;  // of which the median is told

double seconds_of(const timespec& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double cpu(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return seconds_of(time);
}

/// Processor time of all threads but this one.
double server_cpu() { return cpu(CLOCK_PROCESS_CPUTIME_ID) - cpu(CLOCK_THREAD_CPUTIME_ID); }

class Client {
 public:
  explicit Client(uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::perror("connect");
  }
  ~Client() { close(socket_); }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Client& operator=(Client&&) = delete;

  int descriptor() const { return socket_; }

  void ask(const std::string& path) const {
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) std::perror("send");
  }

  /// Reads what is there; true when a whole answer is.
  bool hear() {
    char bytes[65536];
    const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) return true;
    heard_.append(bytes, static_cast<size_t>(got));
    const size_t end = heard_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const size_t at = heard_.find("Content-Length: ");
    const size_t length = std::stoul(heard_.substr(at + 16));
    if (heard_.size() < end + 4 + length) return false;
    good_ = heard_.compare(9, 3, "200") == 0;
    bytes_ = length;
    body_ = heard_.substr(end + 4, length);
    heard_.erase(0, end + 4 + length);
    return true;
  }
  bool good() const { return good_; }
  size_t bytes() const { return bytes_; }
  const std::string& body() const { return body_; }

 private:
  int socket_;
  std::string heard_, body_;
  bool good_ = false;
  size_t bytes_ = 0;
};

void many(uint16_t port, const std::string& path) {
  std::vector<Client> clients;
  std::vector<pollfd> polled;
  for (int i = 0; i < kConnections; ++i) {
    clients.emplace_back(port);
    polled.push_back({clients.back().descriptor(), POLLIN, 0});
  }
  const double cpu_before = server_cpu();
  const auto start = Clock::now();
  int asked = 0, answered = 0, wrong = 0;
  for (const Client& one : clients) {
    one.ask(path);
    ++asked;
  }
  while (answered < kAnswers) {
    poll(polled.data(), polled.size(), -1);
    for (size_t i = 0; i < clients.size(); ++i) {
      if ((polled[i].revents & POLLIN) == 0 || !clients[i].hear()) continue;
      ++answered;
      if (!clients[i].good()) ++wrong;
      if (asked < kAnswers + kConnections) {
        clients[i].ask(path);
        ++asked;
      }
    }
  }
  const std::chrono::duration<double> wall = Clock::now() - start;
  const double used = server_cpu() - cpu_before;
  std::printf("%-44s %8.0f/s of wall clock, %8.0f/s of the server's processor time, %zu bytes, %d wrong\n",
              path.c_str(), answered / wall.count(), answered / used, clients.front().bytes(), wrong);
}

/// `key`: a parameter that is another number each time, so that no answer is one that is kept.
void one(uint16_t port, const std::string& path, const std::string& key = "limit") {
  Client client(port);
  std::vector<double> walls, cpus;
  for (int i = 0; i < kTimes; ++i) {
    const std::string asked =
        path + (path.find('?') == std::string::npos ? "?" : "&") + key + "=" + std::to_string(100 + i);
    const double before = server_cpu();
    const auto start = Clock::now();
    client.ask(asked);
    while (!client.hear()) {
    }
    walls.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    cpus.push_back(server_cpu() - before);
    if (!client.good()) std::printf("not answered: %s\n", asked.c_str());
  }
  std::sort(walls.begin(), walls.end());
  std::sort(cpus.begin(), cpus.end());
  std::printf("%-52s %8.1f ms wall, %8.1f ms processor, %zu bytes\n", path.c_str(), walls[kTimes / 2] * 1000,
              cpus[kTimes / 2] * 1000, client.bytes());
}

/// What stands behind a key the first time in an answer; "" if it is not there.
std::string first_of(uint16_t port, const std::string& path, const std::string& key) {
  Client client(port);
  client.ask(path);
  while (!client.hear()) {
  }
  const std::string quoted = "\"" + key + "\":\"";
  const size_t at = client.body().find(quoted);
  if (at == std::string::npos) return "";
  const size_t begin = at + quoted.size();
  return client.body().substr(begin, client.body().find('"', begin) - begin);
}

/// The views of single things that are told in parts: their first part and the next one.
void parts(uint16_t port) {
  const std::string line = first_of(port, "/api/v1/storylines", "id");
  const std::string story = first_of(port, "/api/v1/storylines", "story");
  const std::string instrument = first_of(port, "/api/v1/instruments?largest=true", "id");
  const std::string event = first_of(port, "/api/v1/instruments?largest=true", "event");
  if (!line.empty()) {
    one(port, "/api/v1/storylines/" + line, "steps");
    one(port, "/api/v1/storylines/" + line + "?after-story=" + story, "steps");
  }
  if (!instrument.empty()) {
    one(port, "/api/v1/instruments/" + instrument, "steps");
    one(port,
        "/api/v1/instruments/" + instrument + "?after-step=" + event.substr(0, event.find('#')) + "%23" +
            event.substr(event.find('#') + 1),
        "steps");
  }
}

std::string made_store() {
  const std::string path = std::filesystem::temp_directory_path() / ("serve_bench." + std::to_string(getpid()) + ".db");
  Store store = Store::open(path, Store::Mode::kWrite);
  for (uint64_t i = 0; i < 200; ++i) store.put(testing::made_record({}, i));
  store.join();
  return path;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string path = argc > 1 ? argv[1] : made_store();
  ServerOptions options;
  options.store = path;
  options.port = 0;
  Server server = Server::start(options);
  many(server.port(), "/api/v1/health");
  many(server.port(), "/api/v1/events?limit=1");
  many(server.port(), "/api/v1/events?limit=20");
  // Countries and words as made news has them: AAA acts in every fifth event, AGQ in few; "port" is in every sentence.
  for (const char* view : {"/api/v1/events",
                           "/api/v1/events?sort=newest",
                           "/api/v1/events?sort=confidence",
                           "/api/v1/events?actor=AAA",
                           "/api/v1/events?actor=AGQ",
                           "/api/v1/events?actor=AAA&recipient=AAB",
                           "/api/v1/events?type=ASSAULT",
                           "/api/v1/events?type=ASSAULT&status=alleged",
                           "/api/v1/events?from=2020-01&to=2020-02",
                           "/api/v1/events?text=quinden*",
                           "/api/v1/events?text=port",
                           "/api/v1/events?text=quinquinden",
                           "/api/v1/events?text=quinden*&type=ASSAULT&from=2020",
                           "/api/v1/statements",
                           "/api/v1/statements?text=quinden*",
                           "/api/v1/documents",
                           "/api/v1/documents?text=quinden*",
                           "/api/v1/positions",
                           "/api/v1/positions?actor=AAA",
                           "/api/v1/positions?actor=AGQ&issue=sanctions",
                           "/api/v1/positions?changes=true",
                           "/api/v1/places",
                           "/api/v1/stories",
                           "/api/v1/stories?actor=AGQ",
                           "/api/v1/stories?text=quinden*",
                           "/api/v1/storylines",
                           "/api/v1/storylines?actor=AAA",
                           "/api/v1/storylines?actor=AGQ",
                           "/api/v1/storylines?text=quinden*",
                           "/api/v1/storylines?from=2018&to=2018",
                           "/api/v1/instruments",
                           "/api/v1/instruments?largest=true",
                           "/api/v1/instruments?name=plan&owner=AAA",
                           "/api/v1/instruments?kind=treaty&step=signed",
                           "/api/v1/instruments?from=2018&to=2018",
                           "/api/v1/dyads",
                           "/api/v1/count?by=actor,month,type",
                           "/api/v1/count?by=actor,month,type&from=2018&to=2018",
                           "/api/v1/count?by=month&actor=AAA",
                           "/api/v1/count?by=type&text=quinden*",
                           "/api/v1/count?by=actor&text=quinden*"}) {
    one(server.port(), view);
  }
  parts(server.port());
  server.stop();
  if (argc <= 1) {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path + ending);
  }
  return 0;
}
