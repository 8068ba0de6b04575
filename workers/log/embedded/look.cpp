// Rows are read as RocksDB's read-only opening finds them, the journal included.
#include "workers/log/embedded/look.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "events/wire/reflect.h"
#include "workers/log/embedded/block.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/missing.h"

namespace casetrail::embedded {
namespace {

log::LogError not_now(const std::string& what) {
  return {log::LogFailure::unavailable, fmt::format("The log cannot be read now ({}); try again.", what)};
}

}  // namespace

log::LogResult<LogLook> LogLook::open(const std::filesystem::path& folder, std::size_t memory_bytes) {
  auto rows = EmbeddedRows::open(folder, EmbeddedRows::Opening::look_up_to_damage, memory_bytes);
  if (!rows) return std::unexpected(not_now(rows.error().what));
  return LogLook(*std::move(rows));
}

log::LogResult<log::Partition> LogLook::partitions() const {
  const auto partitions = number_at(*rows_, std::string(keys::kPartitions));
  if (!partitions) return std::unexpected(not_now(partitions.error().what));
  return static_cast<log::Partition>(*partitions);
}

log::LogResult<log::Bounds> LogLook::bounds(log::Topic topic, log::Partition partition) const {
  const auto low = number_at(*rows_, keys::low(topic, partition));
  const auto next = number_at(*rows_, keys::next(topic, partition));
  if (!low || !next) return std::unexpected(not_now(low ? next.error().what : low.error().what));
  return log::Bounds{*low, *next, *next};
}

log::LogResult<std::vector<std::string>> LogLook::groups() const {
  std::vector<std::string> names;
  const auto scanned = rows_->scan(keys::kGroups, keys::kBehindGroups, [&](std::string_view key, auto) {
    if (auto name = keys::group_of(key).group; names.empty() || names.back() != name)
      names.push_back(std::move(name));
    return true;
  });
  if (!scanned) return std::unexpected(not_now(scanned.error().what));
  return names;
}

log::LogResult<void> LogLook::read(log::Topic topic, log::Partition partition, log::Offset from,
                                   log::Offset end, const OnRecord& on_record) const {
  bool done = false;
  bool whole = true;
  log::Offset at = from;
  // The block with the last record before `end` may reach beyond it.
  constexpr auto kFarthest = std::numeric_limits<log::Offset>::max();
  const auto scanned = rows_->scan(
      keys::block(topic, partition, from), keys::block(topic, partition, kFarthest), [&](auto, auto row) {
        whole = for_each_record(row, [&](const auto& raw, const auto& record, const auto& headers) {
          done = done || raw.offset >= end;
          if (done || raw.offset < from) return;
          at = raw.offset + 1;
          on_record(raw.offset, MessageView{record.key, record.value, headers, record.timestamp});
        });
        return whole && !done;
      });
  if (scanned && whole) return {};
  return std::unexpected(log::LogError{
      log::LogFailure::refused,
      fmt::format("{}/{} cannot be read from offset {} on ({}): `casetrail verify` names all that is "
                  "damaged; restore the folder from a backup.",
                  name_of(topic), partition, at, scanned ? "a row is damaged" : scanned.error().what)});
}

}  // namespace casetrail::embedded
