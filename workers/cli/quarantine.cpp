// The verb `events`: works on the log itself where nobody serves it, because an engine that waits at a record
// never catches up.
#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <map>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/api/policies.h"
#include "workers/api/quarantines.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/printer.h"
#include "workers/cli/verbs.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kQuarantines = "/v1/quarantines";

/// Answers what the log alone can.
class LogSession final : public Session {
 public:
  LogSession(std::unique_ptr<node::FolderLock> lock, std::unique_ptr<log::EventLog> log)
      : lock_(std::move(lock)), log_(std::move(log)) {}

  std::expected<http::HttpResponse, std::string> ask(http::HttpRequest request,
                                                     std::chrono::milliseconds) override {
    if (request.target != kQuarantines) return api::policy_answer(*log_, "current");
    return request.method == "GET" ? api::list_quarantines(*log_)
                                   : api::quarantine(*log_, request.body, api::wall_clock());
  }

 private:
  std::unique_ptr<node::FolderLock> lock_;
  std::unique_ptr<log::EventLog> log_;
};

std::expected<std::unique_ptr<Session>, SessionTrouble> open_log_session(const Place& place) {
  if (place.server) return open_session(place, NoLog::refuse);
  if (auto none = no_log_in(place)) return std::unexpected(SessionTrouble{kUsage, *std::move(none)});
  node::DataFolder folder(place.data);
  auto lock = folder.lock(10s);
  if (!lock && lock.error().holder) return open_session(place, NoLog::refuse);
  if (!lock) return std::unexpected(SessionTrouble{kUnavailable, std::move(lock).error().what});
  if (auto fits = folder.check_served(kind_of(place)); !fits)
    return std::unexpected(SessionTrouble{kUsage, std::move(fits).error()});
  auto log = open_log(place, Loss::refuse);
  if (!log) return std::unexpected(SessionTrouble{kUnavailable, std::move(log).error()});
  return std::make_unique<LogSession>(*std::move(lock), *std::move(log));
}

http::HttpRequest request_of(const verb::Quarantine& asked) {
  if (!asked.offset) return {.method = "GET", .target = kQuarantines};
  std::map<std::string, RawJson> fields{{"partition", {std::to_string(asked.partition)}},
                                        {"offset", {std::to_string(*asked.offset)}}};
  append_json_string(asked.reason, fields["reason"].text);
  return {.method = "POST",
          .target = kQuarantines,
          .headers = {{"content-type", "application/json"}},
          .body = to_json(fields)};
}

}  // namespace

int quarantine(const CommandLine& line, const verb::Quarantine& asked) {
  const auto session = open_log_session(line.place);
  if (!session) return fail(session.error().code, session.error().what);
  const auto answer = (*session)->ask(request_of(asked), 60s);
  if (!answer) return fail(asked.offset ? kUnknown : kUnavailable, answer.error());
  const Printer printer(line);
  if (!asked.offset) return printer.print(*answer, quarantines_text, session->get());
  return printer.print(*answer, [&](const std::string&, const Display&) {
    return fmt::format(
        "Every reader passes over offset {} of casetrail.events/{}; a partition that waits there goes "
        "on within seconds.\n",
        *asked.offset, asked.partition);
  });
}

}  // namespace casetrail::cli
