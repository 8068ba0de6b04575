// The end of the old wrapping and the new one lie in one transaction, so that no case is ever without a key.
#include "workers/privacy/key_change.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workers/privacy/group_member.h"
#include "workers/privacy/key_ring.h"
#include "workers/privacy/log_copy.h"
#include "workers/privacy/partition_cursor.h"

namespace casetrail::privacy {
namespace {

using log::LogResult;
using log::Topic;

/// Keys of one transaction.
constexpr std::size_t kKeysAtATime = 2'000;

struct Wrapping {
  std::string value;  ///< empty: the key was destroyed
  Timestamp at;
};

/// The newest of each case.
LogResult<std::map<std::string, Wrapping>> wrappings_in(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(Topic::keys, partition);
  if (!bounds) return std::unexpected(bounds.error());
  std::map<std::string, Wrapping> newest;
  PartitionCursor keys(log, Topic::keys, partition, bounds->low, bounds->stable);
  for (;;) {
    const auto record = keys.next();
    if (!record) return std::unexpected(record.error());
    if (*record == nullptr) break;
    const auto& message = (*record)->message;
    newest[std::string(message.key.value_or(""))] = {std::string(message.value), message.timestamp};
  }
  std::erase_if(newest, [](const auto& each) { return each.second.value.empty(); });
  return newest;
}

std::string master_of_value(const std::string& value) {
  return master_of(MessageView{.key = {}, .value = value, .headers = {}, .timestamp = {}}).value_or("");
}

/// Before anything is changed.
LogResult<void> check_masters(log::EventLog& log, const Secret& from, const Secret& to) {
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto wrappings = wrappings_in(log, partition);
    if (!wrappings) return std::unexpected(wrappings.error());
    for (const auto& [case_id, wrapping] : *wrappings) {
      const auto master = master_of_value(wrapping.value);
      if (master == from.id() || master == to.id()) continue;
      return std::unexpected(log::LogError{
          log::LogFailure::refused,
          fmt::format(
              "The key of case {} is wrapped with the master key {}, and those that were named are {} "
              "and {}. Nothing was changed: name that one with --master-key.",
              case_id, master, from.id(), to.id())});
    }
  }
  return {};
}

class Rewrapping {
 public:
  Rewrapping(log::EventLog& log, const Secret& from, const Secret& to, GroupMember member,
             std::vector<log::Offset> commands)
      : log_(log),
        from_(from),
        to_(to),
        wraps_(log, to, {}),
        member_(std::move(member)),
        commands_(std::move(commands)) {}

  LogResult<void> change(log::Partition partition) {
    auto wrappings = wrappings_in(log_, partition);
    if (!wrappings) return std::unexpected(std::move(wrappings).error());
    const auto writer = log_.open_writer(partition);
    if (auto fenced = writer->fence(); !fenced) return fenced;
    std::vector<log::Outgoing> records;
    for (const auto& [case_id, wrapping] : *wrappings) {
      ++counts_.keys;
      if (master_of_value(wrapping.value) == to_.id()) {
        ++counts_.already;
        continue;
      }
      const auto key = unwrapped(from_, case_id, wrapping.value);
      if (!key) return std::unexpected(key.error());
      records.push_back({Topic::keys, KeyRing::end_of(case_id, wrapping.at)});
      records.push_back({Topic::keys, wraps_.record_of(case_id, *key, wrapping.at)});
      if (records.size() < 2 * kKeysAtATime) continue;
      if (auto done = commit(*writer, partition, records); !done) return done;
    }
    return records.empty() ? LogResult<void>() : commit(*writer, partition, records);
  }

  /// That each key of `partition` opens with the new master key.
  LogResult<void> check(log::Partition partition) {
    const auto wrappings = wrappings_in(log_, partition);
    if (!wrappings) return std::unexpected(wrappings.error());
    for (const auto& [case_id, wrapping] : *wrappings) {
      if (const auto key = unwrapped(to_, case_id, wrapping.value); !key) return std::unexpected(key.error());
    }
    return {};
  }

  [[nodiscard]] const Rewrapped& counts() const { return counts_; }

 private:
  LogResult<void> commit(log::PartitionWriter& writer, log::Partition partition,
                         std::vector<log::Outgoing>& records) {
    const auto generation = member_.generation();
    if (!generation) return std::unexpected(generation.error());
    const auto result =
        writer.start_commit(records, commands_[static_cast<std::size_t>(partition)], *generation).get();
    records.clear();
    if (result.outcome == log::CommitOutcome::committed) return {};
    return std::unexpected(log::LogError{
        log::LogFailure::unavailable,
        "The change was cut short: " + result.what + " Mend that, and run it again: it goes on."});
  }

  log::EventLog& log_;
  const Secret& from_;
  const Secret& to_;
  KeyRing wraps_;
  GroupMember member_;
  std::vector<log::Offset> commands_;
  Rewrapped counts_;
};

}  // namespace

LogResult<Rewrapped> rewrap_keys(log::EventLog& log, const Secret& from, const Secret& to,
                                 const OnRewrapped& on_progress) {
  auto commands = ends_of_commands(log);
  if (!commands) return std::unexpected(std::move(commands).error());
  if (auto known = check_masters(log, from, to); !known) return std::unexpected(std::move(known).error());
  if (auto marked = mark(log, kHalfRewrapped); !marked) return std::unexpected(std::move(marked).error());
  auto member = GroupMember::join(log, log::kCommandGroup, Topic::commands);
  if (!member) return std::unexpected(std::move(member).error());
  Rewrapping rewrapping(log, from, to, *std::move(member), *std::move(commands));
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    if (auto changed = rewrapping.change(partition); !changed)
      return std::unexpected(std::move(changed).error());
    if (auto checked = rewrapping.check(partition); !checked)
      return std::unexpected(std::move(checked).error());
    on_progress(partition + 1, log.partitions());
  }
  auto done = log.forget_group(std::string(kHalfRewrapped), Topic::events);
  if (!done) return std::unexpected(std::move(done).error());
  return rewrapping.counts();
}

}  // namespace casetrail::privacy
