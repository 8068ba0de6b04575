// The policy topic has one partition that counts: 0.
#include "workers/command/policy_book.h"

#include <spdlog/spdlog.h>

#include "aggregates/policy/new_policy.h"
#include "events/wire/cloud_event.h"
#include "events/wire/digest.h"

namespace casetrail::command {
namespace {

constexpr log::Partition kPartition = 0;

}  // namespace

PolicyBook::PolicyBook(log::EventLog& log) : tail_(log) {}

log::LogResult<void> PolicyBook::refresh() {
  return tail_.read_on([this](std::int32_t version, const MessageView& message) { take(version, message); });
}

void PolicyBook::take(std::int32_t version, const MessageView& message) {
  if (is_quarantine(message)) {
    if (const auto quarantine = read_quarantine(message))
      quarantined_.emplace(quarantine->partition, quarantine->offset);
    return;
  }
  newest_text_ = message.value;
  auto policy = parse_policy(message.value);
  if (!policy) {
    spdlog::error("policy version={} is passed over: line {}: {}", version, policy.error().line,
                  policy.error().sentence);
    return;
  }
  policy_ = std::move(*policy);
  version_ = version;
}

log::LogResult<Published> publish_policy(log::EventLog& log, std::string_view yaml, Timestamp now) {
  PolicyBook book(log);
  if (auto read = book.refresh(); !read) return std::unexpected(read.error());
  if (!yaml.empty() && digest_of({book.newest_text()}) == digest_of({yaml})) return Published::unchanged;
  if (const auto policy = parse_new_policy(yaml); !policy) {
    return std::unexpected(log::LogError{log::LogFailure::refused, policy.error().front().sentence});
  }
  Message message;
  message.key = "policy";
  message.value = yaml;
  message.timestamp = now;
  message.headers = {{"content-type", "application/yaml"}, {kWriterHeader, kWriterGeneration}};
  const auto appended = log::append_and_wait(log, log::Topic::policy, kPartition, std::move(message));
  if (!appended) return std::unexpected(appended.error());
  return Published::new_version;
}

}  // namespace casetrail::command
