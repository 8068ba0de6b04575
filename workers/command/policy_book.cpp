// The policy topic has one partition that counts: 0.
#include "workers/command/policy_book.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "aggregates/digest.h"
#include "aggregates/new_policy.h"
#include "events/cloud_event.h"

namespace casetrail {
namespace {

constexpr Partition kPartition = 0;
constexpr std::size_t kAtOnce = 100;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{1'000};

}  // namespace

PolicyBook::PolicyBook(EventLog& log) : log_(log) {}

LogResult<void> PolicyBook::refresh() {
  const auto bounds = log_.bounds(Topic::policy, kPartition);
  if (!bounds) return std::unexpected(bounds.error());
  if (!reader_) {
    auto reader = log_.open_reader(Topic::policy);
    if (auto started = reader->start(kPartition, std::max(next_, bounds->low)); !started) return started;
    reader_ = std::move(reader);
  }
  while (reader_->position(kPartition) < bounds->stable) {
    const auto before = reader_->position(kPartition);
    const auto records = reader_->read(kAtOnce, kRecordWait);
    if (!records) {
      reader_.reset();
      return std::unexpected(records.error());
    }
    for (const auto& record : *records) take(record.message.value);
    next_ = reader_->position(kPartition);
    if (next_ == before) {
      return std::unexpected(LogError{LogFailure::unavailable,
                                      "The log does not hand over casetrail.policy. Check the brokers; it is "
                                      "asked again."});
    }
  }
  return {};
}

void PolicyBook::take(std::string_view yaml) {
  ++records_;
  newest_text_ = yaml;
  auto policy = parse_policy(yaml);
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
