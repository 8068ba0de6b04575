// Clients that are slow, huge, deaf or never go: each is let go in the end, and until then nobody else
// notices.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <semaphore>
#include <utility>
#include <vector>

#include "tests/support/raw_client.h"
#include "tests/workers/api/served.h"

namespace casetrail::http {
namespace {

using namespace std::chrono_literals;
using test::echo;
using test::RawClient;
using test::Server;

using Clients = std::vector<std::unique_ptr<RawClient>>;

/// More than the buffers of a connection hold.
constexpr std::size_t kHuge = std::size_t{32} << 20;

void huge_or_echo(const HttpRequest& request, const Reply& reply) {
  if (request.target != "/huge") return echo(request, reply);
  reply({.status = 200, .content_type = "text/plain", .body = std::string(kHuge, 'x')});
}

RawClient& connect(Clients& clients, const Server& server, std::string_view says) {
  clients.push_back(std::make_unique<RawClient>(server.port()));
  clients.back()->send(says);
  return *clients.back();
}

/// Sends `drop` over and over until the server has had enough; between two of them an honest client is
/// served.
void pester(const Server& server, std::string_view beginning, std::string_view drop) {
  RawClient client(server.port());
  client.send(beginning);
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (!client.closed() && std::chrono::steady_clock::now() < until) {
    client.send(drop);
    ASSERT_EQ(server.get("/x"), "GET /x ");
  }
  EXPECT_TRUE(client.closed());
}

TEST(HostileClient, OneThatSendsItsHeadersByteByByteIsCutOff) {
  pester(Server(echo, {.read = 200ms}), "GET / HTTP/1.1\r\nSlow: ", "a");
}

TEST(HostileClient, OneThatSendsItsBodyByteByByteIsCutOff) {
  pester(Server(echo, {.read = 200ms}), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", "a");
}

TEST(HostileClient, OneThatSendsItsChunksByteByByteIsCutOff) {
  pester(Server(echo, {.read = 200ms}), "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
         "1\r\na\r\n");
}

TEST(HostileClient, OneWhoseHeadersHaveNoEndIsCutOff) {
  pester(Server(echo, {.header_bytes = 1000, .read = 60s}), "GET / HTTP/1.1\r\n", "Name: value\r\n");
}

TEST(HostileClient, OneWhoseBodyHasNoEndIsCutOff) {
  pester(Server(echo, {.body_bytes = 1000, .read = 60s}),
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n");
}

TEST(HostileClient, OneThatNeverClosesIsClosed) {
  const Server server;
  Clients clients;
  auto& answered = connect(clients, server, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  auto& refused = connect(clients, server, "no HTTP\r\n\r\n");
  EXPECT_EQ(server.get("/x"), "GET /x ");
  for (auto* client : {&answered, &refused}) {
    (void)client->read_all();
    EXPECT_TRUE(client->closed());
  }
}

TEST(HostileClient, HundredsThatSayNothingOrHalfOfItLeaveRoomForOthers) {
  const Server server(echo, {.connections = 200});
  Clients hostile;
  for (int i = 0; i < 300; ++i) {
    connect(hostile, server, i % 2 == 0 ? "" : "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
    if (i % 20 == 0) {
      EXPECT_EQ(server.get("/x"), "GET /x ");
    }
  }
}

TEST(HostileClient, HundredsDoNotDriveOutAConnectionThatIsInUse) {
  const Server server(echo, {.connections = 100});
  RawClient honest(server.port());
  Clients hostile;
  for (int i = 0; i < 300; ++i) {
    connect(hostile, server, "");
    if (i % 50 != 0) continue;
    // Who is answered on a connection of its own came in after all of them: none waits to be taken in.
    ASSERT_EQ(server.get("/x"), "GET /x ");
    honest.send("GET /still HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_NE(honest.read_until("GET /still ").find("200 OK"), std::string::npos);
  }
}

TEST(HostileClient, SomeThatDoNotTakeTheirAnswersLeaveRoomForOthers) {
  const Server server(huge_or_echo, {.connections = 4, .write = 60s});
  Clients deaf;
  for (int i = 0; i < 6; ++i) {
    (void)connect(deaf, server, "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n").read_until("200 OK");
    EXPECT_EQ(server.get("/x"), "GET /x ");
  }
}

TEST(HostileClient, AnswersThatAreNotTakenHaveABoundTogether) {
  const Server server(huge_or_echo, {.answer_bytes = kHuge + kHuge / 2, .write = 60s});
  Clients clients;
  auto& deaf = connect(clients, server, "GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
  auto begun = deaf.read_until("200 OK");
  auto& next = connect(clients, server, "GET /huge HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_GT(next.read_all().size(), kHuge);
  EXPECT_LT(begun.size() + deaf.read_all().size(), kHuge);
  EXPECT_TRUE(deaf.closed());
}

/// Keeps who asks for `/never` waiting.
class Withheld {
 public:
  [[nodiscard]] HttpHandler handler() {
    return [this](const HttpRequest& request, Reply reply) {
      if (request.target != "/never") return echo(request, reply);
      kept_.push_back(std::move(reply));
      asked_.release();
    };
  }

  /// Until one more has asked.
  void await() { asked_.acquire(); }

 private:
  std::vector<Reply> kept_;
  std::counting_semaphore<> asked_{0};
};

TEST(HostileClient, OnesThatWaitWithoutEndLeaveRoomForOthers) {
  Withheld withheld;
  const Server server(withheld.handler(), {.connections = 4, .wait = 0ms, .grace = 10ms});
  Clients waiting;
  for (int i = 0; i < 6; ++i) {
    connect(waiting, server, "GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
    withheld.await();
    EXPECT_EQ(server.get("/x"), "GET /x ");
  }
  const auto told = waiting.front()->read_all();
  EXPECT_NE(told.find("504 Gateway Timeout"), std::string::npos);
  EXPECT_NE(told.find("too_many_waiting"), std::string::npos);
  EXPECT_TRUE(waiting.front()->closed());
}

TEST(HostileClient, WhoHasJustBegunToWaitIsNotDrivenOut) {
  Withheld withheld;
  const Server server(withheld.handler(), {.connections = 1, .wait = 60s, .grace = 10ms});
  Clients waiting;
  auto& first = connect(waiting, server, "GET /never HTTP/1.1\r\nHost: x\r\n\r\n");
  withheld.await();
  auto& second = connect(waiting, server, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(second.read_all(), "");
  EXPECT_TRUE(second.closed());
  EXPECT_FALSE(first.closed());
}

/// Takes all file descriptors but `spare`, of a process that may have a hundred.
class FewFiles {
 public:
  explicit FewFiles(std::size_t spare) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit few{.rlim_cur = 100, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &few);
    for (int file = ::open("/dev/null", O_RDONLY); file >= 0; file = ::open("/dev/null", O_RDONLY))
      taken_.push_back(file);
    for (; spare > 0; --spare, taken_.pop_back()) ::close(taken_.back());
  }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;
  ~FewFiles() {
    for (const int file : taken_) ::close(file);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(HostileClient, OneThatHoldsTheLastFileDescriptorGivesItUp) {
  const Server server(echo, {.read = 60s});
  RawClient idle(server.port());
  idle.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_NE(idle.read_until("GET /1 ").find("200 OK"), std::string::npos);
  const FewFiles files(1);  // for the client's end of the next connection
  RawClient honest(server.port());
  honest.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(honest.read_until("GET /2 ").find("200 OK"), std::string::npos);
}

}  // namespace
}  // namespace casetrail::http
