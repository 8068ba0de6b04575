// Reads histories over HTTP, and lets the binary compare its rows with those of a rebuild.
#include "tests/crash/oracle.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <chrono>
#include <map>
#include <optional>

#include "events/wire/json_reader.h"
#include "tests/support/program.h"
#include "workers/api/api_answers.h"
#include "workers/http/client.h"

namespace casetrail::crash {
namespace {

/// Longer than a read waits for its token.
constexpr std::chrono::seconds kPatience{15};

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

/// First and last `seq` of each command's events, as the history has them. Gaps and repeats go to `broken`.
std::map<std::string, std::pair<std::int64_t, std::int64_t>> events_by_command(
    const std::string& case_id, const History& history, std::vector<std::string>& broken) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> events;
  for (std::size_t i = 0; i < history.rows.size(); ++i) {
    const auto& row = history.rows[i];
    if (row.seq != static_cast<std::int64_t>(i) + 1)
      broken.push_back(case_id + " has a gap at " + std::to_string(i + 1));
    if (!row.command_id) continue;
    const auto [known, fresh] = events.try_emplace(*row.command_id, row.seq, row.seq);
    if (!fresh && known->second.second + 1 != row.seq) broken.push_back(*row.command_id + " was taken twice");
    known->second.second = row.seq;
  }
  return events;
}

void compare(const Promise& promise, const History& history, std::vector<std::string>& broken) {
  const auto events = events_by_command(promise.case_id, history, broken);
  for (const auto& answer : promise.answers) {
    const auto held = events.find(answer.command_id);
    const bool promised = answer.first_seq > 0;
    if (promised && held == events.end()) {
      broken.push_back(answer.command_id + " was answered and is lost");
    } else if (!promised && held != events.end()) {
      broken.push_back(answer.command_id + " has events that its answer denies");
    } else if (promised && held->second != std::pair{answer.first_seq, answer.last_seq}) {
      broken.push_back(answer.command_id + " was answered with other events than it has");
    }
  }
}

/// Sends the last command that led to events again.
void ask_again(http::HttpClient& client, const Promise& promise, std::vector<std::string>& broken) {
  const auto last = std::ranges::find_if(promise.answers.rbegin(), promise.answers.rend(),
                                         [](const Answer& answer) { return answer.first_seq > 0; });
  if (last == promise.answers.rend()) return;
  const auto again = send_command(client, last->body);
  if (!again || again->first_seq != last->first_seq || again->last_seq != last->last_seq)
    broken.push_back(last->command_id + " got another answer when it was sent again");
}

}  // namespace

std::vector<std::string> broken_promises(const http::HttpAddress& address,
                                         const std::vector<Promise>& promises) {
  std::vector<std::string> broken;
  const auto client = http::HttpClient::to(address);
  for (const auto& promise : promises) {
    ask_again(*client, promise, broken);
    http::HttpRequest request{"GET", "/v1/cases/" + promise.case_id + "/history", {}, {}};
    if (const auto& token = promise.answers.back().token; !token.empty())
      request.headers.push_back({api::kTokenHeader, token});
    const auto answer = client->ask(request, kPatience);
    History history;
    if (answer && answer->status == 200 && !from_json(answer->body, history)) {
      compare(promise, history, broken);
    } else if (!answer || answer->status != 404) {
      broken.push_back("the history of " + promise.case_id +
                       " cannot be read: " + (answer ? answer->body : answer.error()));
    } else {
      compare(promise, {}, broken);
    }
  }
  return broken;
}

std::vector<std::string> differences_from_a_rebuild(const std::filesystem::path& data,
                                                    const std::vector<std::string>& log_options) {
  std::vector<std::string> differences;
  for (const auto* view : {"handoff", "history"}) {
    std::vector<std::string> rebuild{CASETRAIL_BINARY, "rebuild", view, "--data", data.string()};
    rebuild.insert(rebuild.end(), log_options.begin(), log_options.end());
    const auto ran = test::run_program(rebuild);
    const bool equal = ran.exit_code == 0 && ran.out.find("matches the old copy") != std::string::npos;
    if (!equal) differences.push_back(std::string(view) + ": " + ran.out + ran.err);
  }
  return differences;
}

}  // namespace casetrail::crash
