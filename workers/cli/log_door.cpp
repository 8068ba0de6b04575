// The same events, whoever reads the log: a server's are asked for in pages.
#include "workers/cli/log_door.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "events/wire/message.h"
#include "workers/api/positions.h"
#include "workers/api/routes.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/pages.h"
#include "workers/export/failure.h"
#include "workers/export/log_events.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using exports::Failure;
using exports::Trouble;

/// What a server hands out, in pages.
class ServedEvents final : public exports::EventSource {
 public:
  explicit ServedEvents(Session& session) : session_(session) {}

  [[nodiscard]] bool is_masked() const override { return true; }

  void read(const Take& take, const Progress& progress) override {
    const auto end = api::positions_from(page("end", 1).text("next"));
    if (!end) throw Failure(Trouble::unavailable, "The server does not say how far its events reach.");
    const auto total = sum_of(*end);
    for (std::string from = "start"; !from.empty();) {
      const auto answer = page(from, api::kMostRowsOfAPage);
      for (const auto& event : answer.elements("events")) hand_over(event, take);
      const auto next = answer.text("next");
      const auto positions = api::positions_from(next).value_or(api::Positions());
      progress(std::min(sum_of(positions), total), total);
      const bool is_there = std::ranges::all_of(*end, [&](const auto& of) {
        return positions.contains(of.first) && positions.at(of.first) >= of.second;
      });
      from = answer.is_true("at_end") || is_there || next == from ? std::string() : next;
    }
  }

 private:
  [[nodiscard]] Fields page(const std::string& from, std::size_t limit) {
    const auto answer =
        session_.ask({.method = "GET",
                      .target = "/v1/events" + query_of({{"from", from}, {"limit", std::to_string(limit)}})},
                     60s);
    if (!answer) throw Failure(Trouble::unavailable, answer.error());
    if (exit_code_of(*answer) != kDone) throw Failure(Trouble::unavailable, problem_sentence(answer->body));
    return Fields(answer->body);
  }

  static std::int64_t sum_of(const api::Positions& positions) {
    std::int64_t sum = 0;
    for (const auto& [partition, next] : positions) sum += next;
    return sum;
  }

  /// A CloudEvent in structured mode is a record, too.
  static void hand_over(const std::string& json, const Take& take) {
    const auto subject = Fields(json).text("subject");
    const HeaderView headers[] = {{"content-type", "application/cloudevents+json"},
                                  {"casetrail-writer", "1"}};
    take({.key = subject, .value = json, .headers = headers, .timestamp = {}});
  }

  Session& session_;
};

std::expected<LogDoor, SessionTrouble> served(const Place& place) {
  auto session = open_session(place, NoLog::refuse);
  if (!session) return std::unexpected(std::move(session).error());
  LogDoor door{.session = *std::move(session)};
  door.events = std::make_unique<ServedEvents>(*door.session);
  return door;
}

std::expected<LogDoor, SessionTrouble> own(const Place& place, std::unique_ptr<node::FolderLock> lock) {
  auto plain = open_log(place, Loss::refuse);
  if (!plain) return std::unexpected(SessionTrouble{kUnavailable, std::move(plain).error()});
  // Who serves Kafka from this folder may have its stores open.
  LogDoor door{.lock = std::move(lock), .scratch = std::make_unique<ScratchFolder>(place.data)};
  auto log = sealed(*std::move(plain), place, door.lock ? place.data : door.scratch->path());
  if (!log) return std::unexpected(std::move(log).error());
  door.log = *std::move(log);
  door.events = std::make_unique<exports::LogEvents>(*door.log);
  return door;
}

}  // namespace

ScratchFolder::ScratchFolder(const std::filesystem::path& data)
    : path_(data / fmt::format("export.{}", ::getpid())) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::expected<LogDoor, SessionTrouble> open_log_door(const Place& place) {
  if (place.server) return served(place);
  if (kind_of(place) == node::LogKind::kafka) return own(place, nullptr);
  if (auto none = no_log_in(place)) return std::unexpected(SessionTrouble{kUsage, *std::move(none)});
  node::DataFolder folder(place.data);
  auto lock = folder.lock(10s);
  if (!lock && lock.error().holder) return served(place);
  if (!lock) return std::unexpected(SessionTrouble{kUnavailable, std::move(lock).error().what});
  if (auto fits = folder.check_served(node::LogKind::embedded); !fits)
    return std::unexpected(SessionTrouble{kUsage, std::move(fits).error()});
  return own(place, *std::move(lock));
}

}  // namespace casetrail::cli
