// How a batch is gathered from the blocks of several partitions.
#include "workers/log/embedded/reader.h"

#include <fmt/core.h>

namespace casetrail::embedded {

namespace {

/// A batch ends here, however many records were asked for.
constexpr std::size_t kBatchBytes = std::size_t{8} << 20U;

log::LogError out_of_range(const Ends& ends, log::Offset offset) {
  return {log::LogFailure::out_of_range,
          fmt::format("Offset {} is not in the log, which holds {} to before {}; start there.", offset,
                      ends.low.load(), ends.next.load())};
}

log::LogError unreadable(log::Topic topic, log::Partition partition, log::Offset offset,
                         std::string_view reason) {
  return {log::LogFailure::refused,
          fmt::format("{}/{} cannot be read from offset {} on ({}): `casetrail verify` names all that is "
                      "damaged; restore "
                      "the folder from a backup.",
                      enum_names(topic)[static_cast<std::size_t>(topic)], partition, offset, reason)};
}

}  // namespace

log::LogResult<void> EmbeddedReader::start(log::Partition partition, log::Offset from) {
  const Ends* ends = core_.ends(topic_, partition);
  if (ends == nullptr) {
    return std::unexpected(
        log::LogError{log::LogFailure::refused, "The topic has no such partition; create the topics."});
  }
  if (from < ends->low || from > ends->next) return std::unexpected(out_of_range(*ends, from));
  failures_.erase(partition);
  cursors_[partition] = Cursor{from, nullptr, std::nullopt, false};
  return {};
}

void EmbeddedReader::stop(log::Partition partition) {
  cursors_.erase(partition);
  failures_.erase(partition);
}

// What came before a failure was passed over by its cursor: it is delivered first, or it would be lost.
log::ReadResult EmbeddedReader::read(std::size_t max, Duration wait) {
  if (auto failure = take_failure()) return std::unexpected(std::move(*failure));
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    const auto seen = core_.appends(topic_);
    collect(max);
    if (!records_.empty()) return std::span<const log::Record>(records_);
    if (auto failure = take_failure()) return std::unexpected(std::move(*failure));
    if (std::chrono::steady_clock::now() >= until) return std::span<const log::Record>();
    core_.await_append(topic_, seen, until);
  }
}

void EmbeddedReader::collect(std::size_t max) {
  blocks_.clear();
  headers_.clear();
  header_counts_.clear();
  records_.clear();
  bytes_ = 0;
  auto it = cursors_.upper_bound(turn_);
  for (std::size_t i = 0; i < cursors_.size() && !full(max); ++i, ++it) {
    if (it == cursors_.end()) it = cursors_.begin();
    turn_ = it->first;
    if (it->second.failed) continue;
    if (auto collected = collect_from(it->first, it->second, max); !collected) {
      it->second.leave_block();
      it->second.failed = true;
      failures_.insert_or_assign(it->first, std::move(collected).error());
    }
  }
  link_headers();
}

log::LogResult<void> EmbeddedReader::collect_from(log::Partition partition, Cursor& cursor, std::size_t max) {
  const Ends& ends = *core_.ends(topic_, partition);
  const log::Offset next = ends.next;
  if (cursor.position < ends.low) return std::unexpected(out_of_range(ends, cursor.position));
  bool sound = cursor.block == nullptr || deliver(partition, cursor, max);
  if (!sound || cursor.block != nullptr || cursor.position >= next) {
    return sound ? log::LogResult<void>()
                 : std::unexpected(unreadable(topic_, partition, cursor.position, "a row is damaged"));
  }
  const auto from = keys::block(topic_, partition, cursor.position);
  const auto until = keys::block(topic_, partition, next);
  const auto scanned = core_.rows().scan(from, until, [&](std::string_view, std::string_view value) {
    if (full(max)) return false;
    auto block = block_of(value);
    if (!block) return sound = false;
    cursor.block = std::make_shared<const std::string>(*std::move(block));
    cursor.rest = BlockCursor::open(*cursor.block);
    sound = cursor.rest.has_value() && deliver(partition, cursor, max);
    return sound && cursor.block == nullptr;
  });
  if (!scanned) return std::unexpected(unreadable(topic_, partition, cursor.position, scanned.error().what));
  if (!sound) return std::unexpected(unreadable(topic_, partition, cursor.position, "a row is damaged"));
  if (!full(max)) cursor.position = std::max(cursor.position, next);
  return {};
}

bool EmbeddedReader::deliver(log::Partition partition, Cursor& cursor, std::size_t max) {
  blocks_.push_back(cursor.block);
  while (!cursor.rest->at_end() && !full(max)) {
    const auto raw = cursor.rest->next();
    if (!raw) return false;
    if (raw->offset < cursor.position) continue;
    const auto whole = headers_.size();
    const auto decoded = decode_record(raw->record, headers_);
    if (!decoded) {
      headers_.resize(whole);
      return false;
    }
    header_counts_.push_back(decoded->header_count);
    records_.push_back({partition, raw->offset, {decoded->key, decoded->value, {}, decoded->timestamp}});
    bytes_ += raw->record.size();
    cursor.position = raw->offset + 1;
  }
  if (cursor.rest->at_end()) cursor.leave_block();
  return true;
}

std::optional<log::ReadError> EmbeddedReader::take_failure() {
  if (failures_.empty()) return std::nullopt;
  auto failure = failures_.extract(failures_.begin());
  return log::ReadError{std::move(failure.mapped()), failure.key()};
}

bool EmbeddedReader::full(std::size_t max) const { return records_.size() >= max || bytes_ >= kBatchBytes; }

// Only now does the list of headers stay where it is.
void EmbeddedReader::link_headers() {
  const HeaderView* at = headers_.data();
  for (std::size_t i = 0; i < records_.size(); ++i) {
    records_[i].message.headers = {at, header_counts_[i]};
    at += header_counts_[i];
  }
}

}  // namespace casetrail::embedded
