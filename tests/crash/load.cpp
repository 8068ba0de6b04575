// Talks plain HTTP, as a stranger's client would.
#include "tests/crash/load.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <chrono>
#include <map>
#include <optional>

#include "aggregates/case/notes/commands.h"
#include "aggregates/case/request/commands.h"
#include "events/wire/ids.h"
#include "events/wire/json_reader.h"
#include "tests/support/every_command.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/batch_sink.h"

namespace casetrail::crash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kClients = 8;
constexpr auto kPause = 20ms;
/// Between two commands of a client, so that what is rebuilt afterwards stays small.
constexpr auto kThought = 5ms;

/// What both an accepted and a refused command are answered with.
struct Told {
  CommandId command_id;
  std::optional<std::int64_t> first_seq;  ///< absent: refused
  std::optional<std::int64_t> last_seq;
  std::string token;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(command_id), CEREAL_NVP(first_seq), CEREAL_NVP(last_seq), CEREAL_NVP(token));
  }
};

}  // namespace

std::optional<Answer> send_command(http::HttpClient& client, const std::string& body,
                                   std::chrono::milliseconds patience) {
  const http::HttpRequest request{
      "POST", "/v1/commands", {{"content-type", "application/cloudevents+json"}}, body};
  const auto answer = client.ask(request, patience);
  const bool told = answer && (answer->status / 100 == 2 || answer->status == 409);
  Told what;
  if (!told || from_json(answer->body, what)) return std::nullopt;
  return Answer{what.command_id.value, body, what.first_seq.value_or(0), what.last_seq.value_or(0),
                what.token};
}

Load::Load(http::HttpAddress address, std::string run) : address_(std::move(address)), run_(std::move(run)) {
  for (std::size_t client = 0; client < kClients; ++client)
    clients_.emplace_back([this, client] { work(client); });
}

Load::~Load() { given_up_ = enough_ = true; }

bool Load::wait_for(std::size_t more) const {
  const auto wanted = answered_ + more;
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  while (answered_ < wanted && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(1ms);
  return answered_ >= wanted;
}

std::vector<Promise> Load::finish() {
  enough_ = true;
  clients_.clear();
  return std::move(promises_);
}

void Load::work(std::size_t client) {
  for (int times = 1; !enough_; ++times) {
    auto kept = play_story(client, times);
    const std::scoped_lock lock(mutex_);
    std::ranges::move(kept, std::back_inserter(promises_));
  }
}

std::vector<Promise> Load::play_story(std::size_t client, int times) {
  const auto name = run_ + "-" + std::to_string(client) + "-" + std::to_string(times) + "-";
  const auto http = http::HttpClient::to(address_);
  std::map<std::string, Promise> promises;
  auto story = story_of_every_command(api::wall_clock());
  // The case that others are linked with comes first.
  auto other = story.front();
  other.case_id.value = "other";
  other.id.value = "other";
  story.insert(story.begin(), other);
  for (auto& command : story) {
    if (enough_) break;
    command.case_id.value.insert(0, name);
    if (const auto* link = command.command.get_if<LinkCase>())
      command.command = LinkCase{CaseId{name + "other"}, link->relation};
    if (const auto* unlink = command.command.get_if<UnlinkCase>())
      command.command = UnlinkCase{CaseId{name + "other"}, unlink->relation, unlink->reason};
    if (const auto* reject = command.command.get_if<RejectRequest>(); reject && reject->duplicate_of) {
      auto duplicate = *reject;
      duplicate.duplicate_of = CaseId{name + "other"};
      command.command = duplicate;
    }
    command.id.value.append("-").append(name);
    const auto body = cli::structured_form(write_command(command));
    auto answer = send_command(*http, body);
    for (; !answer && !given_up_; answer = send_command(*http, body)) std::this_thread::sleep_for(kPause);
    if (!answer) break;
    auto& promise = promises[command.case_id.value];
    promise.case_id = command.case_id.value;
    promise.answers.push_back(*std::move(answer));
    ++answered_;
    std::this_thread::sleep_for(kThought);
  }
  std::vector<Promise> kept;
  kept.reserve(promises.size());
  for (auto& [case_id, promise] : promises) kept.push_back(std::move(promise));
  return kept;
}

}  // namespace casetrail::crash
