// A thread a client, each with its own connection to each server.
#include "tests/broker/steady_load.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "events/case/case_id.h"
#include "workers/http/client.h"

namespace casetrail {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kClients = 6;
constexpr std::size_t kCases = 4;  ///< of a client
constexpr auto kPause = 10ms;      ///< between two commands of a client
constexpr auto kOneTry = 3s;
constexpr auto kLoadPatience = 90s;
constexpr std::size_t kMore = 5;  ///< answers that show that a client goes on

/// The registration is number 0.
std::string body_of(const std::string& name, std::size_t number) {
  const auto head = fmt::format(
      R"({{"specversion":"1.0","id":"{0}-{1}","source":"/steady","actor":"customer:{0}","subject":"{2}",)",
      name, number, case_id_of(Channel::api, name).value);
  if (number == 0) {
    return head +
           R"("type":"casetrail.request.register","data":{"kind":"inquiry","channel":"api","external_ref":")" +
           name + R"(","pii":{"name":"客户","contacts":["1"]}}})";
  }
  return head +
         R"("type":"casetrail.work.message.receive","data":{"channel":"api","pii":{"text":"still here"}}})";
}

}  // namespace

struct SteadyLoad::Client {
  struct Wait {
    Clock::time_point sent;
    Clock::duration took;
  };

  std::string name;
  std::size_t server;  ///< that answered last
  std::vector<crash::Promise> promises{kCases};
  std::vector<Wait> waits;
  std::atomic<Clock::time_point> last_sent{
      Clock::time_point::min()};  ///< of the last command that was answered
  std::atomic<std::size_t> answered{0};
  std::jthread thread;
};

SteadyLoad::SteadyLoad(std::vector<http::HttpAddress> servers, const std::string& run)
    : servers_(std::move(servers)), run_(run) {
  for (std::size_t i = 0; i < kClients; ++i) {
    auto& client = *clients_.emplace_back(std::make_unique<Client>());
    client.name = fmt::format("{}-{}", run, i);
    client.server = i % servers_.size();
    client.thread = std::jthread([this, &client] { lead(client); });
  }
}

SteadyLoad::~SteadyLoad() {
  over_ = true;
  give_up_ = true;
}

void SteadyLoad::lead(Client& client) {
  std::vector<std::unique_ptr<http::HttpClient>> connections;
  connections.reserve(servers_.size());
  for (const auto& server : servers_) connections.push_back(http::HttpClient::to(server));
  for (std::size_t i = 0; !over_; ++i) {
    auto& promise = client.promises[i % kCases];
    const auto name = fmt::format("{}-{}", client.name, i % kCases);
    const auto body = body_of(name, i / kCases);
    const auto sent = Clock::now();
    auto answer = crash::send_command(*connections[client.server], body, kOneTry);
    while (!answer && !give_up_) {
      std::this_thread::sleep_for(20ms);
      client.server = (client.server + 1) % servers_.size();
      answer = crash::send_command(*connections[client.server], body, kOneTry);
    }
    if (!answer) return;
    promise.case_id = case_id_of(Channel::api, name).value;
    promise.answers.push_back(*std::move(answer));
    client.waits.push_back({sent, Clock::now() - sent});
    client.last_sent = sent;
    ++client.answered;
    std::this_thread::sleep_for(kPause);
  }
}

bool SteadyLoad::goes_on() const {
  const auto from = Clock::now();
  return std::ranges::all_of(clients_, [&](const auto& client) {
    const auto until = [&](const auto& holds) {
      while (!holds() && Clock::now() < from + kLoadPatience) std::this_thread::sleep_for(10ms);
      return holds();
    };
    if (!until([&] { return client->last_sent.load() >= from; })) return false;
    const auto before = client->answered.load();
    return until([&] { return client->answered.load() >= before + kMore; });
  });
}

std::vector<crash::Promise> SteadyLoad::end() {
  over_ = true;
  std::vector<crash::Promise> promises;
  for (auto& client : clients_) {
    client->thread.join();
    for (auto& promise : client->promises) {
      if (!promise.answers.empty()) promises.push_back(std::move(promise));
    }
  }
  return promises;
}

void SteadyLoad::report_pause(const std::string& fault, Clock::time_point from) const {
  std::vector<double> took;
  for (const auto& client : clients_) {
    for (const auto& wait : client->waits) {
      if (wait.sent + wait.took >= from)
        took.push_back(std::chrono::duration<double, std::milli>(wait.took).count());
    }
  }
  ASSERT_FALSE(took.empty());
  std::ranges::sort(took);
  const auto at = [&](double share) {
    return fmt::format("{:.0f} ms",
                       took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))]);
  };
  fmt::print("[ pause    ] {}: p50 {}   p99 {}   max {}   of {} answers\n", fault, at(0.5), at(0.99), at(1),
             took.size());
  testing::Test::RecordProperty("pause_p50", at(0.5));
  testing::Test::RecordProperty("pause_p99", at(0.99));
  testing::Test::RecordProperty("pause_max", at(1));
}

}  // namespace casetrail
