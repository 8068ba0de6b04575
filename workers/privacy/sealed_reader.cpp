// A batch in which nothing is sealed is passed on as it is.
#include "workers/privacy/sealed_reader.h"

#include <algorithm>
#include <utility>

#include "workers/privacy/personal.h"
#include "workers/privacy/sealed_writer.h"

namespace casetrail::privacy {
namespace {

/// Of no type of event or command: its reader says that the record is damaged.
constexpr std::string_view kNoPersonal = R"("does not open")";

/// Of `customer.erased`, whose header is not looked at in each other event.
constexpr std::string_view kErasureBegins = R"({"legal_basis":)";

}  // namespace

SealedReader::SealedReader(std::unique_ptr<log::Reader> inner, log::Topic topic, KeyRing& ring,
                           Secret passing)
    : inner_(std::move(inner)),
      topic_(topic),
      ring_(ring),
      passing_(std::move(passing)),
      passing_id_(passing_.id()) {}

log::LogResult<void> SealedReader::start(log::Partition partition, log::Offset from) {
  auto started = inner_->start(partition, from);
  if (started) {
    stopped_.erase(partition);
    std::erase_if(failures_, [&](const auto& failure) { return failure.partition == partition; });
  }
  return started;
}

void SealedReader::stop(log::Partition partition) {
  inner_->stop(partition);
  stopped_.erase(partition);
  std::erase_if(failures_, [&](const auto& failure) { return failure.partition == partition; });
}

log::ReadResult SealedReader::read(std::size_t max, Duration wait) {
  if (auto failure = next_failure()) return std::unexpected(*std::move(failure));
  const auto batch = inner_->read(max, wait);
  if (!batch) return batch;
  if (topic_ == log::Topic::events) std::ranges::for_each(*batch, [this](const auto& each) { heed(each); });
  const bool is_open = std::ranges::none_of(
      *batch, [](const log::Record& record) { return sealed_personal(record.message.value).has_value(); });
  if (is_open) return batch;
  values_.clear();
  records_.clear();
  for (const auto& record : *batch) {
    if (!stopped_.contains(record.partition)) take(record);
  }
  for (const auto& [partition, offset] : stopped_) inner_->stop(partition);
  if (records_.empty()) {
    if (auto failure = next_failure()) return std::unexpected(*std::move(failure));
  }
  return std::span<const log::Record>(records_);
}

// A key that cannot be looked for now is found destroyed when something has to be opened with it.
void SealedReader::heed(const log::Record& record) {
  const auto& message = record.message;
  if (!message.value.starts_with(kErasureBegins) || !destroys_key(message.header("ce_type").value_or("")))
    return;
  (void)ring_.forget(record.partition, message.key.value_or(""));
}

void SealedReader::take(const log::Record& record) {
  auto value = opened(record);
  if (!value) {
    stopped_.emplace(record.partition, record.offset);
    failures_.push_back({std::move(value).error(), record.partition});
    return;
  }
  auto& passed = records_.emplace_back(record);
  if (*value) passed.message.value = values_.emplace_back(**std::move(value));
}

log::LogResult<std::optional<std::string>> SealedReader::opened(const log::Record& record) {
  const auto& message = record.message;
  const auto sealed = sealed_personal(message.value);
  if (!sealed) return std::nullopt;
  auto key = topic_ == log::Topic::events
                 ? ring_.find(record.partition, message.key.value_or(""), sealed->key_id)
             : sealed->key_id == passing_id_ ? log::LogResult<std::optional<Secret>>(passing_)
                                             : log::LogResult<std::optional<Secret>>(std::nullopt);
  if (!key) return std::unexpected(std::move(key).error());
  if (!*key) return with_part(message.value, sealed->whole, "{" + std::string(sealed->shape) + "}");
  const auto text = open(**key, sealed->text, place_of(message));
  return with_part(message.value, sealed->whole, text ? std::string_view(*text) : kNoPersonal);
}

log::Offset SealedReader::position(log::Partition partition) const {
  const auto stopped = stopped_.find(partition);
  return stopped == stopped_.end() ? inner_->position(partition) : stopped->second;
}

std::optional<log::ReadError> SealedReader::next_failure() {
  if (failures_.empty()) return std::nullopt;
  auto failure = std::move(failures_.front());
  failures_.pop_front();
  return failure;
}

}  // namespace casetrail::privacy
