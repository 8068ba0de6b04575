// Both logs are read side by side, each by a reader of its own.
#include "workers/privacy/copy_check.h"

#include <fmt/format.h>

#include "events/wire/attribute_texts.h"
#include "workers/privacy/copy_rule.h"
#include "workers/privacy/partition_cursor.h"
#include "workers/privacy/personal.h"

namespace casetrail::privacy {
namespace {

using log::Topic;

std::unexpected<log::LogError> differs(std::string what) {
  return std::unexpected(log::LogError{
      log::LogFailure::refused,
      std::move(what) + " Do not use the copy: keep the log that it was made of, and begin again."});
}

bool are_equal(const Message& expected, const MessageView& found) {
  const auto actual = copied(found);
  return expected.key == actual.key && expected.value == actual.value && expected.headers == actual.headers &&
         expected.timestamp == actual.timestamp;
}

log::LogResult<std::int64_t> compare_partition(log::EventLog& from, log::EventLog& copy, CopyRule& rule,
                                               log::Partition partition, const OnCopied& on_read) {
  const auto here = from.bounds(Topic::events, partition);
  const auto there = copy.bounds(Topic::events, partition);
  if (!here || !there) return std::unexpected(here ? there.error() : here.error());
  PartitionCursor events(from, Topic::events, partition, here->low, here->stable);
  PartitionCursor copies(copy, Topic::events, partition, there->low, there->stable);
  std::int64_t equal = 0;
  for (;;) {
    const auto event = events.next();
    if (!event) return std::unexpected(event.error());
    const auto fate = *event == nullptr ? log::LogResult<Fate>(Fate::copied) : rule.fate_of(**event);
    if (!fate) return std::unexpected(fate.error());
    if (*fate == Fate::left) continue;
    const auto of_copy = copies.next();
    if (!of_copy) return std::unexpected(of_copy.error());
    if (*event == nullptr && *of_copy == nullptr) return equal;
    if (*event == nullptr)
      return differs(
          fmt::format("casetrail.events/{} of the copy has more events than the log, the first at "
                      "offset {}.",
                      partition, (*of_copy)->offset));
    const auto expected = *fate == Fate::copied ? copied((*event)->message) : placed((*event)->message);
    if (*of_copy == nullptr || !are_equal(expected, (*of_copy)->message))
      return differs(fmt::format("casetrail.events/{} offset {} is not in the copy as it lies in the log.",
                                 partition, (*event)->offset));
    if (*fate == Fate::copied) ++equal;
    on_read(1, 0);
  }
}

}  // namespace

log::LogResult<std::int64_t> compare_copy(log::EventLog& from, log::EventLog& copy,
                                          const OnCopied& on_progress) {
  auto rule = CopyRule::of(from);
  if (!rule) return std::unexpected(std::move(rule).error());
  const auto all = from.bounds(Topic::events);
  if (!all) return std::unexpected(all.error());
  std::int64_t total = 0;
  for (const auto& bounds : *all) total += bounds.stable - bounds.low;
  std::int64_t done = 0;
  std::int64_t equal = 0;
  for (log::Partition partition = 0; partition < from.partitions(); ++partition) {
    const auto of_partition = compare_partition(from, copy, *rule, partition,
                                                [&](auto more, auto) { on_progress(done += more, total); });
    if (!of_partition) return of_partition;
    equal += *of_partition;
  }
  return equal;
}

log::LogResult<void> check_nothing_open(log::EventLog& raw) {
  for (log::Partition partition = 0; partition < raw.partitions(); ++partition) {
    const auto bounds = raw.bounds(Topic::events, partition);
    if (!bounds) return std::unexpected(bounds.error());
    PartitionCursor events(raw, Topic::events, partition, bounds->low, bounds->stable);
    for (;;) {
      const auto event = events.next();
      if (!event) return std::unexpected(event.error());
      if (*event == nullptr) break;
      if (open_personal((*event)->message.value))
        return differs(
            fmt::format("casetrail.events/{} offset {} of the copy has a personal text in the open.",
                        partition, (*event)->offset));
    }
  }
  return {};
}

}  // namespace casetrail::privacy
