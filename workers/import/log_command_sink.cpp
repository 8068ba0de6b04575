// A command is answered when both are known: where it lies, and its outcome. An outcome whose token names
// another place is the first one of a command that came again.
#include "workers/import/log_command_sink.h"

#include <fmt/format.h>

#include "events/cloud_event.h"

namespace casetrail {
namespace {

constexpr std::size_t kMostUnanswered = 8192;
constexpr std::size_t kOutcomesPerRead = 4096;
constexpr Duration kPause{20};
constexpr std::chrono::minutes kPatience{1};

MessageView view_of(const Message& message, std::vector<HeaderView>& headers) {
  for (const auto& header : message.headers) headers.push_back({header.name, header.value});
  return {.key = message.key, .value = message.value, .headers = headers, .timestamp = message.timestamp};
}

std::string id_of(const Message& command) {
  std::vector<HeaderView> headers;
  return std::string(view_of(command, headers).header("ce_id").value_or(""));
}

}  // namespace

LogCommandSink::LogCommandSink(EventLog& log, Clock clock, std::unique_ptr<Reader> outcomes)
    : log_(log), clock_(std::move(clock)), outcomes_(std::move(outcomes)) {}

std::expected<std::unique_ptr<LogCommandSink>, std::string> LogCommandSink::open(EventLog& log, Clock clock) {
  auto outcomes = log.open_reader(Topic::outcomes);
  for (Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto bounds = log.bounds(Topic::outcomes, partition);
    if (!bounds) return std::unexpected(bounds.error().what);
    if (const auto started = outcomes->start(partition, bounds->high); !started) {
      return std::unexpected(started.error().what);
    }
  }
  return std::unique_ptr<LogCommandSink>(new LogCommandSink(log, std::move(clock), std::move(outcomes)));
}

std::expected<void, std::string> LogCommandSink::send(Message command, OnAnswer on_answer) {
  if (auto room = wait_until_below(kMostUnanswered); !room) return room;
  command.timestamp = clock_();
  auto id = id_of(command);
  waiting_[id].on_answer = std::move(on_answer);
  const auto partition = partition_of(command.key, log_.partitions());
  log_.append(Topic::commands, partition, std::move(command),
              [appended = appended_, id = std::move(id)](LogResult<Offset> offset) {
                const std::lock_guard lock(appended->mutex);
                appended->answers.emplace_back(id, std::move(offset));
              });
  return {};
}

std::expected<void, std::string> LogCommandSink::finish() { return wait_until_below(1); }

std::expected<void, std::string> LogCommandSink::wait_until_below(std::size_t unanswered) {
  auto heard = clock_();
  while (waiting_.size() >= unanswered) {
    const auto appended = take_appended();
    if (!appended) return std::unexpected(appended.error());
    const auto outcomes = take_outcomes(kPause);
    if (!outcomes) return std::unexpected(outcomes.error());
    if (*appended || *outcomes) {
      heard = clock_();
    } else if (clock_() - heard > kPatience) {
      return std::unexpected(
          fmt::format("{} commands are in the log and the engine answers none of them: start "
                      "`casetrail serve`, then send them again",
                      waiting_.size()));
    }
  }
  return {};
}

std::expected<bool, std::string> LogCommandSink::take_appended() {
  std::vector<std::pair<std::string, LogResult<Offset>>> answers;
  {
    const std::lock_guard lock(appended_->mutex);
    answers.swap(appended_->answers);
  }
  for (const auto& [id, offset] : answers) {
    if (!offset) return std::unexpected(offset.error().what);
    if (const auto found = waiting_.find(id); found != waiting_.end()) found->second.offset = *offset;
    answer_if_known(id);
  }
  return !answers.empty();
}

std::expected<bool, std::string> LogCommandSink::take_outcomes(Duration wait) {
  const auto records = outcomes_->read(kOutcomesPerRead, wait);
  if (!records) return std::unexpected(records.error().what);
  for (const auto& record : *records) {
    auto outcome = read_outcome(record.message);
    if (!outcome) continue;  // a foreign producer's record answers nobody here
    const auto id = outcome->command_id.value;
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) continue;
    found->second.outcome = std::move(*outcome);
    answer_if_known(id);
  }
  return !records->empty();
}

void LogCommandSink::answer_if_known(const std::string& command_id) {
  const auto found = waiting_.find(command_id);
  if (found == waiting_.end() || !found->second.offset || !found->second.outcome) return;
  const auto waiting = std::move(found->second);
  waiting_.erase(found);
  const auto& outcome = *waiting.outcome;
  if (outcome.status == OutcomeStatus::rejected) {
    waiting.on_answer({Taken::refused, outcome.code.value_or(""), outcome.message.value_or("")});
    return;
  }
  const auto partition = partition_of(outcome.case_id.value, log_.partitions());
  const bool first = outcome.token == fmt::format("{}:{}", partition, *waiting.offset);
  waiting.on_answer({first ? Taken::added : Taken::known, "", ""});
}

}  // namespace casetrail
