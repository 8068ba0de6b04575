// The policy topic has one partition that counts: 0.
#include "workers/command/policy_book.h"

#include <spdlog/spdlog.h>

#include "aggregates/digest.h"
#include "aggregates/new_policy.h"
#include "events/cloud_event.h"

namespace casetrail {
namespace {

constexpr Partition kPartition = 0;

}  // namespace

PolicyBook::PolicyBook(EventLog& log) : tail_(log) {}

LogResult<void> PolicyBook::refresh() {
  return tail_.read_on([this](const MessageView& message) { take(message); });
}

void PolicyBook::take(const MessageView& message) {
  ++records_;
  if (is_quarantine(message)) {
    if (const auto quarantine = read_quarantine(message))
      quarantined_.emplace(quarantine->partition, quarantine->offset);
    return;
  }
  newest_text_ = message.value;
  auto policy = parse_policy(message.value);
  if (!policy) {
    spdlog::error("policy version={} is passed over: line {}: {}", records_, policy.error().line,
                  policy.error().sentence);
    return;
  }
  policy_ = std::move(*policy);
  version_ = records_;
}

LogResult<Published> publish_policy(EventLog& log, std::string_view yaml) {
  if (const auto policy = parse_new_policy(yaml); !policy) {
    return std::unexpected(LogError{LogFailure::refused, policy.error().sentence});
  }
  PolicyBook book(log);
  if (auto read = book.refresh(); !read) return std::unexpected(read.error());
  if (digest_of({book.newest_text()}) == digest_of({yaml})) return Published::unchanged;
  Message message;
  message.key = "policy";
  message.value = yaml;
  message.headers = {{"content-type", "application/yaml"}, {kWriterHeader, kWriterGeneration}};
  const auto appended = append_and_wait(log, Topic::policy, kPartition, std::move(message));
  if (!appended) return std::unexpected(appended.error());
  return Published::new_version;
}

}  // namespace casetrail
