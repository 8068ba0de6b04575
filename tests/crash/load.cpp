// Talks plain HTTP, as a stranger's client would.
#include "tests/crash/load.h"

#include <chrono>
#include <optional>
#include <thread>

#include "events/json_reader.h"
#include "workers/http/client.h"

namespace casetrail {
namespace {

constexpr std::chrono::seconds kPatience{10};

struct HistoryRow {
  std::int64_t seq = 0;
  std::optional<std::string> command_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(command_id));
  }
};

struct History {
  std::vector<HistoryRow> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows));
  }
};

std::string command_id(const std::string& name, int number) { return name + "-" + std::to_string(number); }

/// The registration is number 0.
std::string body_of(const std::string& name, int number) {
  const auto head = R"({"id":")" + command_id(name, number) + R"(","actor":"customer:)" + name +
                    R"(","channel":"api","reference":")" + name + R"(",)";
  if (number == 0) {
    return head +
           R"("type":"request.register","data":{"kind":"service_request","channel":"api","external_ref":")" +
           name + R"(","product_model":"X3","pii":{"name":"客户","contacts":["1"],"service_need":"help"}}})";
  }
  return head + R"("type":"work.message.receive","data":{"channel":"api","pii":{"text":"message )" +
         std::to_string(number) + R"("}}})";
}

/// One attempt. Nothing: no answer that can be relied on.
std::optional<Outcome> send(HttpClient& client, const std::string& body) {
  const HttpRequest request{"POST", "/v1/commands", {{"content-type", "application/json"}}, body};
  const auto answer = client.ask(request, kPatience);
  if (!answer || answer->status / 100 != 2) return std::nullopt;
  Outcome outcome;
  if (from_json(answer->body, outcome)) return std::nullopt;
  return outcome;
}

}  // namespace

Promise insist(const HttpAddress& address, const std::string& name, int messages,
               const std::atomic<bool>& give_up) {
  Promise promise;
  const auto client = HttpClient::to(address);
  for (int number = 0; number <= messages && !give_up;) {
    auto outcome = send(*client, body_of(name, number));
    if (!outcome) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      continue;
    }
    promise.case_id = outcome->case_id.value;
    promise.outcomes.push_back(std::move(*outcome));
    ++number;
  }
  return promise;
}

std::vector<std::string> broken_promises(const HttpAddress& address, const std::vector<Promise>& promises) {
  std::vector<std::string> broken;
  const auto client = HttpClient::to(address);
  for (const auto& promise : promises) {
    const auto answer = client->ask({"GET", "/v1/cases/" + promise.case_id + "/history", {}, {}}, kPatience);
    History history;
    if (!answer || answer->status != 200 || from_json(answer->body, history)) {
      broken.push_back("the history of " + promise.case_id +
                       " cannot be read: " + (answer ? answer->body : answer.error()));
      continue;
    }
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> events;  // first and last seq of a command
    for (std::size_t i = 0; i < history.rows.size(); ++i) {
      const auto& row = history.rows[i];
      if (row.seq != static_cast<std::int64_t>(i) + 1)
        broken.push_back(promise.case_id + " has a gap at " + std::to_string(i + 1));
      if (!row.command_id) continue;
      const auto [known, fresh] = events.try_emplace(*row.command_id, row.seq, row.seq);
      if (!fresh && known->second.second + 1 != row.seq)
        broken.push_back(*row.command_id + " was taken twice");
      known->second.second = row.seq;
    }
    for (const auto& outcome : promise.outcomes) {
      const auto held = events.find(outcome.command_id.value);
      if (held == events.end()) {
        broken.push_back(outcome.command_id.value + " was answered and is lost");
      } else if (held->second != std::pair{outcome.first_seq, outcome.last_seq}) {
        broken.push_back(outcome.command_id.value + " was answered with other events than it has");
      }
    }
  }
  return broken;
}

}  // namespace casetrail
