// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "serve/api.h"
#include "serve/cache.h"
#include "serve/daemon.h"
#include "serve/guard.h"
#include "serve/http.h"
#include "serve/pages.h"
#include "serve/schema.h"
#include "serve/values.h"

namespace dragoman::serve {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

std::string query_of(std::string_view raw) {
  const auto target = parse_target(raw);
  if (!target) return "error";
  std::string out = target->path;
  for (const auto& [name, value] : target->query) out += " " + name + "=[" + value + "]";
  return out;
}

TEST(ParseTarget, TakesAddressesApart) {
  EXPECT_EQ(query_of("/a/b?x=1&y=2"), "/a/b x=[1] y=[2]");
  EXPECT_EQ(query_of("/events/d1%232"), "/events/d1#2");
  EXPECT_EQ(query_of("/a+b?c+d=e+f%2B"), "/a+b c d=[e f+]");
  EXPECT_EQ(query_of("/?a&b=&&=c"), "/ a=[] b=[] =[c]");
  EXPECT_EQ(query_of("/%C3%A9"), "/é");
}

TEST(ParseTarget, RefusesWhatIsNoText) {
  for (const char* raw : {"", "a", "http://x/", "*", "/%", "/%4", "/%zz", "/%00", "/%ff", "/?a=%C3", "/?%80=1"}) {
    EXPECT_EQ(query_of(raw), "error") << raw;
  }
}

TEST(EntityTags, AreFoundInLists) {
  EXPECT_TRUE(matches("\"a\"", "\"a\""));
  EXPECT_TRUE(matches("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches("*", "\"a\""));
  EXPECT_FALSE(matches("\"ab\"", "\"a\""));
  EXPECT_FALSE(matches("", "\"a\""));
}

TEST(Bodies, GoToAFileWhereTheyAreLong) {
  Body small, large;
  small.add("abc");
  small.finish();
  const std::string piece(1 << 20, 'x');
  std::string all;
  for (int i = 0; i < 6; ++i) {
    large.add(piece);
    all += piece;
  }
  large.add("end");
  large.finish();
  EXPECT_TRUE(small.in_memory());
  ASSERT_FALSE(large.in_memory());
  EXPECT_EQ(large.size(), all.size() + 3);
  char end[3];
  ASSERT_EQ(pread(large.descriptor(), end, 3, static_cast<off_t>(all.size())), 3);
  EXPECT_EQ(std::string(end, 3), "end");
  EXPECT_EQ(large.hash(), base::sha256_hex(all + "end"));
  EXPECT_EQ(small.hash(), base::sha256_hex("abc"));
}

Request request_with(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

int refusal(const Guard& guard, std::vector<std::pair<std::string, std::string>> headers) {
  const auto refused = guard.refusal(request_with(std::move(headers)));
  return refused ? refused->status : 0;
}

TEST(Guard, LetsInWhoAsksUnderOurName) {
  const Guard guard("news.example");
  for (const char* host :
       {"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "news.example", "News.Example:1"}) {
    EXPECT_EQ(refusal(guard, {{"host", host}}), 0) << host;
  }
  for (const char* host : {"evil.example", "127.0.0.1.evil.example", "", "[::1", "[evil]", "127.1", "x:y:z"}) {
    EXPECT_EQ(refusal(guard, {{"host", host}}), 403) << host;
  }
  EXPECT_EQ(refusal(guard, {}), 400);
  EXPECT_EQ(refusal(guard, {{"host", "localhost"}, {"host", "localhost"}}), 400);
}

TEST(Guard, KeepsOutPagesOfOthers) {
  const Guard guard("127.0.0.1");
  EXPECT_EQ(refusal(guard, {{"host", "localhost:80"}, {"origin", "http://localhost:80"}}), 0);
  for (const char* origin :
       {"null", "http://localhost", "http://localhost:800", "http://evil.example", "localhost:80"}) {
    EXPECT_EQ(refusal(guard, {{"host", "localhost:80"}, {"origin", origin}}), 403) << origin;
  }
}

TEST(Secrets, AreTheSameOrNot) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_TRUE(same_secret("", ""));
  for (const char* other : {"", "ab", "abcd", "abd", "xbc", "abcabc"}) EXPECT_FALSE(same_secret(other, "abc")) << other;
  EXPECT_FALSE(same_secret("abc", ""));
}

std::string values_of(std::string_view raw) {
  const std::vector<Parameter> known = {{"actor", ""},
                                        {"limit", "", FieldKind::kRows},
                                        {"from", "", FieldKind::kDate},
                                        {"by", "", FieldKind::kWords, {"a", "b", "c"}},
                                        {"changes", "", FieldKind::kFlag}};
  const auto values = Values::of(*parse_target(raw), known);
  if (!values) return values.error().place + ": " + values.error().message;
  return values->text("actor") + "|" + std::to_string(values->number("limit", 7)) + "|" + values->text("by") + "|" +
         (values->flag("changes") ? "yes" : "no");
}

TEST(Values, AreReadByTheirKind) {
  EXPECT_EQ(values_of("/"), "|7||no");
  EXPECT_EQ(values_of("/?actor=CHN&limit=3&by=a&by=b,c&changes=true"), "CHN|3|a,b,c|yes");
  EXPECT_EQ(values_of("/?changes"), "|7||yes");
  EXPECT_EQ(values_of("/?changes=false"), "|7||no");
}

TEST(Values, WithAFaultAreToldByName) {
  EXPECT_THAT(values_of("/?actr=x"), StartsWith("actr: no such parameter; known are actor, limit, from, by, changes"));
  EXPECT_THAT(values_of("/?actor="), StartsWith("actor: the value is empty"));
  EXPECT_EQ(values_of("/?actor=a&actor=b"), "actor: is given twice");
  EXPECT_EQ(values_of("/?limit=-1"), "limit: \"-1\" is no number of rows; use 1 or more");
  EXPECT_EQ(values_of("/?limit=0"), "limit: \"0\" is no number of rows; use 1 or more");
  EXPECT_EQ(values_of("/?from=2031-02-30"), "from: \"2031-02-30\" is no date; use YYYY-MM-DD, YYYY-MM or YYYY");
  EXPECT_EQ(values_of("/?by=a,x"), "by: \"x\" is none of a, b, c");
  EXPECT_EQ(values_of("/?changes=1"), "changes: \"1\" is neither true nor false");
}

TEST(Schema, IsThatOfTheExample) {
  EXPECT_EQ(schema_like(R"({"a":"","b":[],"c":1.5,"d":[true]})"),
            R"({"type":"object","properties":{"a":{"type":"string"},"b":{"type":"array"},"c":{"type":"number"},)"
            R"("d":{"type":"array","items":{"type":"boolean"}}},"required":["a","b","c","d"]})");
}

std::shared_ptr<const Response> response_of(const std::string& text) {
  return std::make_shared<const Response>(json_response(text));
}

TEST(Cache, KeepsWhatWasAskedForLast) {
  Cache cache(8 * 1024);
  cache.keep("a", "1", response_of("A"));
  EXPECT_EQ(cache.find("a", "1")->body.text(), "A");
  EXPECT_EQ(cache.find("b", "1"), nullptr);
  for (int i = 0; i < 100; ++i) {
    cache.keep(std::to_string(i) + "x", "1", response_of("X"));
    EXPECT_NE(cache.find("a", "1"), nullptr) << "asked for all the time";
  }
  EXPECT_EQ(cache.find("0x", "1"), nullptr);
  EXPECT_NE(cache.find("99x", "1"), nullptr);
}

TEST(Cache, ForgetsWhatAnotherStateMade) {
  Cache cache(1 << 20);
  cache.keep("a", "1", response_of("old"));
  EXPECT_EQ(cache.find("a", "2"), nullptr);
  EXPECT_EQ(cache.find("a", "1"), nullptr) << "it is gone";
  cache.keep("a", "2", response_of("new"));
  cache.keep("a", "3", response_of("newer"));
  EXPECT_EQ(cache.find("a", "3")->body.text(), "newer");
}

TEST(Cache, LeavesOutWhatIsTooLarge) {
  Cache cache(8 * 1024);
  cache.keep("a", "1", response_of(std::string(4096, 'x')));
  EXPECT_EQ(cache.find("a", "1"), nullptr);
}

std::string routed(const std::string& method, const std::string& path) {
  const Route found = route(method, path, endpoints());
  if (found.refusal) return std::to_string(found.refusal->status) + std::string(found.refusal->header("allow"));
  return found.endpoint == nullptr ? "page" : found.endpoint->path + " " + found.id;
}

TEST(Routes, LeadToEndpoints) {
  EXPECT_EQ(routed("GET", "/api/v1/events"), "events ");
  EXPECT_EQ(routed("HEAD", "/api/v1/events"), "events ");
  EXPECT_EQ(routed("GET", "/api/v1/events/d1#2"), "events/{id} d1#2");
  EXPECT_EQ(routed("GET", "/api/v1/documents/a/b/c.html"), "documents/{id} a/b/c.html");
  EXPECT_EQ(routed("POST", "/api/v1/read"), "read ");
  EXPECT_EQ(routed("GET", "/"), "page");
}

TEST(Routes, EndWhereThereIsNothing) {
  for (const char* path : {"/api/v1/", "/api/v1/event", "/api/v1/events/", "/api/v1/eventsx"}) {
    EXPECT_EQ(routed("GET", path), "404") << path;
  }
  EXPECT_EQ(routed("DELETE", "/api/v1/events"), "405GET, HEAD");
  EXPECT_EQ(routed("GET", "/api/v1/read"), "405POST");
  EXPECT_EQ(routed("POST", "/"), "405GET, HEAD");
}

TEST(Pages, HaveAddressesWithoutADot) {
  for (const char* path : {"/", "/events", "/event/d1#2"}) EXPECT_TRUE(Pages::is_page(path)) << path;
  for (const char* path : {"/icon.svg", "/assets/x", "/assets/x.js"}) EXPECT_FALSE(Pages::is_page(path)) << path;
}

// --- the daemon, with a service that answers as it is told

class Told : public Service {
 public:
  std::optional<Response> refusal(const Request&) override { return std::nullopt; }
  std::shared_ptr<const Response> at_hand(Request& request) override {
    return request.target.path == "/now" ? response_of("now") : nullptr;
  }
  std::shared_ptr<const Response> answer(const Request& request, unsigned) override {
    ++working;
    while (request.target.path == "/wait" && !go) std::this_thread::sleep_for(milliseconds(1));
    return response_of(request.method + " " + request.body);
  }
  std::atomic<int> working = 0;
  std::atomic<bool> go = false;
};

DaemonOptions impatient() {
  DaemonOptions options;
  options.head = options.body = options.idle = options.sending = milliseconds(300);
  options.most_body = 1000;
  options.workers = 1;
  options.waiting = 1;
  return options;
}

/// A client that says things and hears what comes back.
class Peer {
 public:
  explicit Peer(uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    timeval patience{5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Peer() { close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool connected() const { return connected_; }
  bool say(const std::string& text) const {
    return send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  /// What comes until these words, or the end.
  std::string hear(const std::string& until = "\n\n\n") const {
    std::string all;
    char bytes[4096];
    while (all.find(until) == std::string::npos) {
      const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
      if (got <= 0) break;
      all.append(bytes, static_cast<size_t>(got));
    }
    return all;
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

TEST(Daemon, AnswersAtOnceAndAfterWork) {
  Told told;
  Daemon daemon(impatient(), told);
  const Peer peer(daemon.port());
  EXPECT_TRUE(peer.say(get("/now")));
  EXPECT_THAT(peer.hear("now"), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(peer.say("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody"));
  EXPECT_THAT(peer.hear("POST body"), HasSubstr("POST body")) << "on the same connection";
}

TEST(Daemon, ShutsOutPeersThatAreSlow) {
  Told told;
  Daemon daemon(impatient(), told);
  const Peer silent(daemon.port()), dripping(daemon.port()), slow_body(daemon.port());
  EXPECT_TRUE(slow_body.say("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400\r\n\r\n"));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100 && dripping.say("G") && slow_body.say("b"); ++i)
    std::this_thread::sleep_for(milliseconds(20));
  EXPECT_EQ(silent.hear(), "");
  EXPECT_EQ(dripping.hear(), "");
  EXPECT_EQ(slow_body.hear(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(4000));
}

TEST(Daemon, DoesNotHurryItsOwnWork) {
  Told told;
  Daemon daemon(impatient(), told);
  const Peer peer(daemon.port());
  EXPECT_TRUE(peer.say(get("/wait")));
  std::this_thread::sleep_for(milliseconds(700));
  told.go = true;
  EXPECT_THAT(peer.hear("GET "), HasSubstr("200"));
}

TEST(Daemon, TellsWhoIsTooMuchToComeAgain) {
  Told told;
  Daemon daemon(impatient(), told);
  const Peer first(daemon.port()), second(daemon.port()), third(daemon.port());
  EXPECT_TRUE(first.say(get("/wait")));
  while (told.working == 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_TRUE(second.say(get("/wait")));
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(third.say(get("/wait")));
  EXPECT_THAT(third.hear("busy"), HasSubstr("429"));
  const Peer fourth(daemon.port());
  EXPECT_TRUE(fourth.say(get("/now")));
  EXPECT_THAT(fourth.hear("now"), HasSubstr("200")) << "what needs no work goes on";
  told.go = true;
  EXPECT_THAT(first.hear("GET "), HasSubstr("200"));
  EXPECT_THAT(second.hear("GET "), HasSubstr("200"));
}

TEST(Daemon, RefusesBodiesThatAreLong) {
  Told told;
  Daemon daemon(impatient(), told);
  const Peer told_length(daemon.port()), untold(daemon.port());
  EXPECT_TRUE(told_length.say("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n"));
  EXPECT_THAT(told_length.hear("too-large"), HasSubstr("413"));
  EXPECT_TRUE(untold.say("POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5dc\r\n" +
                         std::string(1500, 'x') + "\r\n0\r\n\r\n"));
  EXPECT_THAT(untold.hear("too-large"), HasSubstr("413"));
  EXPECT_EQ(told.working, 0);
}

TEST(Daemon, FinishesWhatIsUnderWay) {
  Told told;
  auto daemon = std::make_unique<Daemon>(impatient(), told);
  const uint16_t port = daemon->port();
  const Peer peer(port);
  EXPECT_TRUE(peer.say(get("/wait")));
  while (told.working == 0) std::this_thread::sleep_for(milliseconds(1));
  std::thread ends([&] { daemon->stop(); });
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(Peer(port).connected());
  told.go = true;
  EXPECT_THAT(peer.hear("GET "), HasSubstr("200"));
  ends.join();
}

TEST(Daemon, TellsWhyItCannotListen) {
  Told told;
  const Daemon daemon(impatient(), told);
  DaemonOptions taken = impatient(), nowhere = impatient();
  taken.port = daemon.port();
  nowhere.host = "no such host";
  for (const DaemonOptions& options : {taken, nowhere}) {
    try {
      const Daemon second(options, told);
      ADD_FAILURE() << "it listens";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.error().code, ErrorCode::kUsage);
      EXPECT_THAT(failure.what(), testing::AnyOf(HasSubstr("--port"), HasSubstr("no address")));
    }
  }
}

}  // namespace
}  // namespace dragoman::serve
