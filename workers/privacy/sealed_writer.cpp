// With a case's `customer.erased` its key goes, in the same transaction: what follows gets another one. A new
// key is used once its transaction is committed; one that is not is forgotten with it.
#include "workers/privacy/sealed_writer.h"

#include <algorithm>
#include <future>
#include <utility>

#include "events/case/privacy.h"
#include "events/wire/cloud_event.h"
#include "workers/privacy/personal.h"

namespace casetrail::privacy {
namespace {

bool may_be_personal(const log::Outgoing& record) {
  return (record.topic == log::Topic::events || record.topic == log::Topic::deadletters) &&
         record.message.value.contains(R"("pii")");
}

bool is_erasure(const log::Outgoing& record) {
  if (record.topic != log::Topic::events) return false;
  for (const auto& [name, value] : record.message.headers) {
    if (name == "ce_type") return destroys_key(value);
  }
  return false;
}

std::string place_of(std::string_view key, std::string_view id, std::string_view type) {
  std::string place(key);
  return place.append("\n").append(id).append("\n").append(type);
}

}  // namespace

std::string place_of(const MessageView& message) {
  return place_of(message.key.value_or(""), message.header("ce_id").value_or(""),
                  message.header("ce_type").value_or(""));
}

std::string place_of(const Message& message) {
  std::string_view id;
  std::string_view type;
  for (const auto& [name, value] : message.headers) {
    if (name == "ce_id") id = value;
    if (name == "ce_type") type = value;
  }
  return place_of(message.key, id, type);
}

bool destroys_key(std::string_view ce_type) {
  return ce_type.starts_with(kTypePrefix) && ce_type.substr(kTypePrefix.size()) == CustomerErased::kType;
}

void seal_into(Message& message, const Secret& key) {
  const auto personal = open_personal(message.value);
  if (!personal) return;
  const auto form = sealed_form(key.id(), seal(key, *personal, place_of(message)), *personal);
  message.value = with_part(message.value, *personal, form);
}

SealedWriter::SealedWriter(std::unique_ptr<log::PartitionWriter> inner, log::Partition partition,
                           KeyRing& ring, Secret passing)
    : inner_(std::move(inner)), partition_(partition), ring_(ring), passing_(std::move(passing)) {}

log::Promised<log::LogResult<void>> SealedWriter::start_fence() {
  has_read_on_ = false;
  return inner_->start_fence();
}

log::Promised<log::CommitResult> SealedWriter::start_commit(
    std::vector<log::Outgoing>& records, log::Offset next_command,
    const std::shared_ptr<const log::Generation>& generation) {
  const auto concerns_keys = [](const log::Outgoing& record) {
    return may_be_personal(record) || is_erasure(record);
  };
  if (std::ranges::none_of(records, concerns_keys))
    return inner_->start_commit(records, next_command, generation);
  if (auto sealed = seal_all(records); !sealed) {
    return log::answered(log::CommitResult{log::CommitOutcome::aborted, -1, std::move(sealed).error().what});
  }
  auto answer = inner_->start_commit(records, next_command, generation);
  if (new_keys_.empty()) return answer;
  return std::async(std::launch::deferred, [this, answer = std::move(answer)]() mutable {
    auto result = answer.get();
    if (result.outcome == log::CommitOutcome::committed && !ring_.learn(partition_, new_keys_))
      has_read_on_ = false;
    return result;
  });
}

log::LogResult<void> SealedWriter::seal_all(std::vector<log::Outgoing>& records) {
  if (!has_read_on_) {
    if (auto read = ring_.read_on(partition_); !read) return read;
    has_read_on_ = true;
  }
  new_keys_.clear();
  made_.clear();
  destroyed_.clear();
  for (auto& record : records) {
    if (is_erasure(record)) destroy_key(record.message);
    if (!may_be_personal(record)) continue;
    if (record.topic == log::Topic::deadletters) {
      seal_into(record.message, passing_);
      continue;
    }
    const auto key = key_for(record.message);
    if (!key) return std::unexpected(key.error());
    seal_into(record.message, *key);
  }
  for (const auto& key : new_keys_) records.push_back({log::Topic::keys, key});
  return {};
}

void SealedWriter::destroy_key(const Message& event) {
  made_.erase(event.key);
  destroyed_.insert(event.key);
  new_keys_.push_back(KeyRing::end_of(event.key, event.timestamp));
}

log::LogResult<Secret> SealedWriter::key_for(const Message& event) {
  if (const auto made = made_.find(event.key); made != made_.end()) return made->second;
  const bool is_new = destroyed_.contains(event.key);
  auto known = is_new ? log::LogResult<std::optional<Secret>>() : ring_.newest(partition_, event.key);
  if (!known) {
    has_read_on_ = false;
    return std::unexpected(std::move(known).error());
  }
  if (*known) return **std::move(known);
  auto key = Secret::random();
  new_keys_.push_back(ring_.record_of(event.key, key, event.timestamp));
  return made_.emplace(event.key, std::move(key)).first->second;
}

}  // namespace casetrail::privacy
