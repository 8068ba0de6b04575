// Partition by partition, in order: events and outcomes in transactions, as the engine writes them, so that a
// key lies in the log with the first text that it seals.
#include "workers/privacy/log_copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "events/wire/letter_fact.h"
#include "events/wire/quarantine.h"
#include "events/wire/reflect.h"
#include "workers/log/policy_tail.h"
#include "workers/privacy/copy_rule.h"
#include "workers/privacy/group_member.h"
#include "workers/privacy/partition_cursor.h"

namespace casetrail::privacy {
namespace {

using log::LogResult;
using log::Topic;

/// Of one transaction.
constexpr std::size_t kFullRecords = 4'000;
constexpr std::size_t kFullBytes = std::size_t{4} << 20U;

constexpr auto kCopiedTopics = {Topic::events, Topic::outcomes, Topic::deadletters, Topic::policy};

std::unexpected<log::LogError> cut_short(const std::string& why) {
  return std::unexpected(
      log::LogError{log::LogFailure::unavailable,
                    "The copy was cut short: " + why + " Mend that, and begin again: it begins anew."});
}

class Copying {
 public:
  Copying(log::EventLog& from, log::EventLog& to, CopyRule rule, GroupMember member,
          std::vector<log::Offset> commands, const OnCopied& on_progress)
      : from_(from),
        to_(to),
        rule_(std::move(rule)),
        member_(std::move(member)),
        commands_(std::move(commands)),
        on_progress_(on_progress) {}

  LogResult<CopiedLog> run(Letters letters) {
    for (const auto topic : kCopiedTopics) {
      const auto all = from_.bounds(topic);
      if (!all) return std::unexpected(all.error());
      for (const auto& bounds : *all) total_ += bounds.stable - bounds.low;
      bounds_[topic] = *all;
    }
    for (log::Partition partition = 0; partition < from_.partitions(); ++partition) {
      if (auto copied = copy_partition(partition); !copied) return std::unexpected(copied.error());
      if (letters == Letters::dropped) continue;
      if (auto copied = copy_letters(partition); !copied) return std::unexpected(copied.error());
    }
    if (auto copied = copy_policies(); !copied) return std::unexpected(copied.error());
    on_progress_(total_, total_);
    return counts_;
  }

 private:
  [[nodiscard]] const log::Bounds& bounds_of(Topic topic, log::Partition partition) const {
    return bounds_.at(topic)[static_cast<std::size_t>(partition)];
  }
  [[nodiscard]] PartitionCursor all_of(Topic topic, log::Partition partition) const {
    const auto& bounds = bounds_of(topic, partition);
    return {from_, topic, partition, bounds.low, bounds.stable};
  }

  LogResult<void> copy_partition(log::Partition partition) {
    writer_ = to_.open_writer(partition);
    if (auto fenced = writer_->fence(); !fenced) return fenced;
    if (auto copied = copy_events(partition); !copied) return copied;
    auto outcomes = all_of(Topic::outcomes, partition);
    for (;;) {
      const auto record = outcomes.next();
      if (!record) return std::unexpected(record.error());
      if (*record == nullptr) break;
      ++counts_.outcomes;
      if (auto added = add(Topic::outcomes, copied((*record)->message), partition); !added) return added;
    }
    return commit(partition);
  }

  LogResult<void> copy_events(log::Partition partition) {
    auto events = all_of(Topic::events, partition);
    for (;;) {
      const auto record = events.next();
      if (!record) return std::unexpected(record.error());
      if (*record == nullptr) return {};
      const auto fate = rule_.fate_of(**record);
      if (!fate) return std::unexpected(fate.error());
      if (auto taken = take(*fate, **record); !taken) return taken;
    }
  }

  LogResult<void> take(Fate fate, const log::Record& record) {
    switch (fate) {
      case Fate::left: ++counts_.foreign; return {};
      case Fate::copied:
        ++counts_.events;
        return add(Topic::events, copied(record.message), record.partition);
      case Fate::placed: break;
    }
    ++counts_.quarantined;
    // The last of its transaction, so that its offset is known.
    if (auto added = add(Topic::events, placed(record.message), record.partition); !added) return added;
    if (auto committed = commit(record.partition); !committed) return committed;
    placed_at_[{record.partition, record.offset}] = last_event_;
    return {};
  }

  LogResult<void> add(Topic topic, Message message, log::Partition partition) {
    bytes_ += message.value.size();
    records_.push_back({topic, std::move(message)});
    on_progress_(++done_, total_);
    return records_.size() < kFullRecords && bytes_ < kFullBytes ? LogResult<void>() : commit(partition);
  }

  LogResult<void> commit(log::Partition partition) {
    if (records_.empty()) return {};
    const auto generation = member_.generation();
    if (!generation) return std::unexpected(generation.error());
    const auto result =
        writer_->start_commit(records_, commands_[static_cast<std::size_t>(partition)], *generation).get();
    records_.clear();
    bytes_ = 0;
    last_event_ = result.last_event;
    return result.outcome == log::CommitOutcome::committed ? LogResult<void>() : cut_short(result.what);
  }

  /// Each by itself, for a fact names the offset of its letter.
  LogResult<void> copy_letters(log::Partition partition) {
    std::map<log::Offset, log::Offset> placed;
    auto letters = all_of(Topic::deadletters, partition);
    for (;;) {
      const auto record = letters.next();
      if (!record) return std::unexpected(record.error());
      if (*record == nullptr) return {};
      auto message = copied((*record)->message);
      if (is_letter_fact((*record)->message)) {
        auto fact = read_letter_fact((*record)->message);
        const auto letter = fact ? placed.find(fact->offset) : placed.end();
        if (letter == placed.end()) continue;  // of a letter that retention has taken
        fact->offset = letter->second;
        message = write_letter_fact(*fact);
      }
      const auto offset = log::append_and_wait(to_, Topic::deadletters, partition, std::move(message));
      if (!offset) return cut_short(offset.error().what);
      placed[(*record)->offset] = *offset;
      ++counts_.letters;
      on_progress_(++done_, total_);
    }
  }

  /// Each takes its number again, by its place among them.
  LogResult<void> copy_policies() {
    LogResult<void> done;
    const auto copy = [&](std::int32_t /*version*/, const MessageView& record) {
      if (!done) return;
      auto message = copied(record);
      if (auto quarantine = read_quarantine(record)) {
        const auto placed = placed_at_.find({quarantine->partition, quarantine->offset});
        quarantine->offset = placed == placed_at_.end() ? -1 : placed->second;
        message = write_quarantine(*quarantine);
      }
      const auto appended = log::append_and_wait(to_, Topic::policy, 0, std::move(message));
      if (!appended) done = cut_short(appended.error().what);
      ++counts_.policies;
    };
    if (auto read = log::PolicyTail(from_).read_on(copy); !read) return read;
    return done;
  }

  log::EventLog& from_;
  log::EventLog& to_;
  CopyRule rule_;
  GroupMember member_;
  std::vector<log::Offset> commands_;
  const OnCopied& on_progress_;

  std::map<Topic, std::vector<log::Bounds>> bounds_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  CopiedLog counts_;
  /// Where events lie in the copy that were quarantined, by where they lay.
  std::map<std::pair<log::Partition, log::Offset>, log::Offset> placed_at_;

  std::unique_ptr<log::PartitionWriter> writer_;
  std::vector<log::Outgoing> records_;  ///< of the next transaction
  std::size_t bytes_ = 0;               ///< of their values
  log::Offset last_event_ = -1;         ///< of the last transaction
};

}  // namespace

LogResult<std::vector<log::Offset>> ends_of_commands(log::EventLog& log) {
  const auto groups = log.groups();
  if (!groups) return std::unexpected(groups.error());
  for (const auto& [group, members] : *groups) {
    if (group != log::kCommandGroup || members == 0) continue;
    return std::unexpected(log::LogError{
        log::LogFailure::refused,
        fmt::format("The log is being written: the group {} has {} members. Stop every server first; one "
                    "that was killed is forgotten when its session ends, within a minute.",
                    group, members)});
  }
  const auto all = log.bounds(Topic::commands);
  const auto taken = log.group_positions(std::string(log::kCommandGroup), Topic::commands);
  if (!all || !taken) return std::unexpected(all ? taken.error() : all.error());
  std::vector<log::Offset> ends;
  for (log::Partition partition = 0; const auto& bounds : *all) {
    const auto at = std::ranges::find(*taken, partition, &log::GroupPosition::partition);
    const auto from = at == taken->end() ? bounds.low : std::max(bounds.low, at->committed.value_or(0));
    PartitionCursor commands(log, Topic::commands, partition, from, bounds.stable);
    const auto waiting = commands.next();
    if (!waiting) return std::unexpected(waiting.error());
    if (*waiting != nullptr || bounds.stable < bounds.high) {
      return std::unexpected(log::LogError{
          log::LogFailure::refused,
          fmt::format("Commands wait in casetrail.commands/{}, the first at offset {}. Start the server "
                      "until `casetrail lag` is 0, stop it, and begin again.",
                      partition, *waiting != nullptr ? (*waiting)->offset : bounds.stable)});
    }
    ends.push_back(bounds.high);
    ++partition;
  }
  return ends;
}

LogResult<CopiedLog> copy_log(log::EventLog& from, log::EventLog& to, Letters letters,
                              const OnCopied& on_progress) {
  auto commands = ends_of_commands(from);
  if (!commands) return std::unexpected(std::move(commands).error());
  auto rule = CopyRule::of(from);
  if (!rule) return std::unexpected(std::move(rule).error());
  auto member = GroupMember::join(to, log::kCommandGroup, Topic::commands);
  if (!member) return std::unexpected(std::move(member).error());
  return Copying(from, to, *std::move(rule), *std::move(member), *std::move(commands), on_progress)
      .run(letters);
}

LogResult<void> mark_half_copied(log::EventLog& log) { return mark(log, kHalfCopied); }

LogResult<bool> is_half_copied(log::EventLog& log) { return is_marked(log, kHalfCopied); }

// Bounds are no measure: Kafka's topics have marks of their own.
LogResult<bool> holds_nothing(log::EventLog& log) {
  for (const auto topic : {Topic::commands, Topic::events, Topic::outcomes, Topic::deadletters, Topic::policy,
                           Topic::keys, Topic::evidence}) {
    const auto all = log.bounds(topic);
    if (!all) return std::unexpected(all.error());
    for (log::Partition partition = 0; const auto& bounds : *all) {
      PartitionCursor records(log, topic, partition++, bounds.low, bounds.stable);
      const auto first = records.next();
      if (!first) return std::unexpected(first.error());
      if (*first != nullptr) return false;
    }
  }
  return true;
}

}  // namespace casetrail::privacy
