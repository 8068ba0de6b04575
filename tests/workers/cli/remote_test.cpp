// A server asked from elsewhere: whom one has reached, and what is asked of it.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <thread>

#include "workers/cli/exit_code.h"
#include "workers/cli/verbs.h"
#include "workers/http/server.h"

namespace casetrail::cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr auto kPolicy = "/v1/policies/current";

struct Ran {
  int exit_code;
  std::string out;
  std::string err;
};

Ran run_on(const http::HttpAddress& server, const Verb& verb) {
  CommandLine line;
  line.place.server = server;
  line.verb = verb;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const auto exit_code = run(line);
  return {exit_code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

/// Answers each target with what was laid down for it, and remembers what it was asked.
class Desk {
 public:
  explicit Desk(std::map<std::string, std::string> answers)
      : answers_(std::move(answers)),
        server_(http::HttpServer::start({"127.0.0.1", 0}, {},
                                        [this](const http::HttpRequest& request, const http::Reply& reply) {
                                          const std::scoped_lock lock(mutex_);
                                          asked_.push_back(request.target);
                                          reply({.body = answers_[request.target]});
                                        })
                    .value()) {}

  [[nodiscard]] http::HttpAddress address() const { return server_->address(); }
  [[nodiscard]] std::vector<std::string> asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::map<std::string, std::string> answers_;
  std::unique_ptr<http::HttpServer> server_;
};

/// Another program's server: answers one request, in JSON.
class Foreigner {
 public:
  Foreigner() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      const int client = ::accept(socket_, nullptr, nullptr);
      std::array<char, 4096> request{};
      (void)::recv(client, request.data(), request.size(), 0);
      constexpr std::string_view kAnswer =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
      (void)::send(client, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
      ::close(client);
    });
  }
  Foreigner(const Foreigner&) = delete;
  Foreigner& operator=(const Foreigner&) = delete;
  ~Foreigner() {
    thread_.join();
    ::close(socket_);
  }

  [[nodiscard]] http::HttpAddress address() const { return {"127.0.0.1", port_}; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(Remote, ACommandThatNobodyWasThereToTakeIsUnavailableAndNotUnknown) {
  const auto ran =
      run_on({"127.0.0.1", 1}, verb::Submit{.type = "work.start", .case_id = "c", .actor = "agent:li"});
  EXPECT_EQ(ran.exit_code, kUnavailable);
  EXPECT_THAT(ran.err, HasSubstr("Look at --server"));
}

TEST(Remote, AnotherProgramThatSpeaksJsonIsSaidToBeOne) {
  for (const Verb& verb :
       {Verb(verb::Board{.view = "cases"}), Verb(verb::Submit{.type = "work.start", .actor = "agent:li"})}) {
    const Foreigner foreigner;
    const auto ran = run_on(foreigner.address(), verb);
    EXPECT_EQ(ran.exit_code, kUnavailable);
    EXPECT_THAT(ran.err, HasSubstr("it is another program that answers there."));
  }
}

TEST(Remote, OnlyWhatShowsTimesAsksForTheZoneOfThePolicy) {
  Desk desk({{"/v1/topics", R"({"topics":[]})"},
             {"/v1/groups", R"({"groups":[]})"},
             {"/v1/lag", R"({"partitions":[],"commands":[]})"},
             {"/v1/policies/1", R"({"text":"tz: UTC"})"}});
  EXPECT_EQ(run_on(desk.address(), verb::Topics{}).exit_code, kDone);
  EXPECT_EQ(run_on(desk.address(), verb::Lag{}).exit_code, kDone);
  EXPECT_EQ(run_on(desk.address(), verb::Lag{.all_groups = true}).exit_code, kDone);
  EXPECT_EQ(run_on(desk.address(), verb::PolicyShow{.version = "1"}).out, "tz: UTC");
  EXPECT_THAT(desk.asked(), Not(Contains(kPolicy)));
}

TEST(Remote, WhatIsQuarantinedIsShownInTheZoneOfThePolicy) {
  Desk desk(
      {{kPolicy, R"({"tz":"Asia/Shanghai"})"},
       {"/v1/quarantines",
        R"({"quarantines":[{"partition":1,"offset":7,"at":"2026-11-23T20:29:27.659Z","reason":"a trial"}]})"}});
  const auto ran = run_on(desk.address(), verb::Quarantine{});
  EXPECT_THAT(ran.out, HasSubstr("when (Asia/Shanghai)"));
  EXPECT_THAT(ran.out, HasSubstr("2026-11-24 04:29"));
}

}  // namespace
}  // namespace casetrail::cli
