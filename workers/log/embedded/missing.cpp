// Ends are held against the marks of `answered`; a beginning is where the first block is.
#include "workers/log/embedded/missing.h"

#include <algorithm>
#include <numeric>

#include "workers/log/embedded/answered.h"
#include "workers/log/embedded/block.h"
#include "workers/log/embedded/core.h"
#include "workers/log/embedded/known.h"
#include "workers/log/embedded/remains.h"

namespace casetrail::embedded {

namespace {

template <class Each>
EmbeddedRows::Result<void> for_each_partition(log::Partition partitions, const Each& each) {
  std::size_t slot = 0;
  for (const log::Topic topic : kTopics) {
    const log::Partition count = topic == log::Topic::policy ? std::min(partitions, 1) : partitions;
    for (log::Partition partition = 0; partition < count; ++partition) {
      if (auto done = each(slot++, topic, partition); !done) return done;
    }
  }
  return {};
}

/// Where its first block begins, `end` without one. A block that cannot be read is told of by who reads it.
log::Offset begin_of(const EmbeddedRows& rows, log::Topic topic, log::Partition partition, log::Offset from,
                     log::Offset end) {
  log::Offset begin = end;
  const auto scanned = rows.scan(keys::block(topic, partition, from), keys::block(topic, partition, end),
                                 [&](auto key, auto row) {
                                   const auto base = base_in(row).value_or(from);
                                   begin = base <= keys::last_of_block(key) ? base : from;
                                   return false;
                                 });
  return scanned ? begin : from;
}

/// Nothing is forgotten but from the front, up to `low`: what lies before the first block was lost.
EmbeddedRows::Result<void> add_lost_begin(const EmbeddedRows& rows, log::Topic topic,
                                          log::Partition partition, std::vector<LostOffsets>& lost) {
  const auto low = number_at(rows, keys::low(topic, partition));
  const auto end = number_at(rows, keys::next(topic, partition));
  if (!low || !end) return std::unexpected(low ? end.error() : low.error());
  log::Offset expected = *low;
  for (;;) {
    const auto given_up = number_at(rows, keys::lost(topic, partition, expected));
    if (!given_up) return std::unexpected(given_up.error());
    if (*given_up <= expected) break;
    expected = *given_up;
  }
  // The end of a transaction takes an offset, too.
  const log::Offset markers = *low == 0 ? 0 : 1;
  const log::Offset begin = begin_of(rows, topic, partition, expected, *end);
  if (begin > expected + markers) lost.push_back({topic, partition, expected, begin});
  return {};
}

/// By the later of both; `copy` may be empty.
std::vector<log::Offset> later_of(std::vector<log::Offset> copy, const std::vector<log::Offset>& marks) {
  copy.resize(marks.size());
  std::ranges::transform(copy, marks, copy.begin(),
                         [](auto one, auto other) { return std::max(one, other); });
  return copy;
}

EmbeddedRows::Result<void> add_lost_ends(const EmbeddedRows& rows, const std::vector<log::Offset>& marks,
                                         std::vector<LostOffsets>& lost) {
  if (marks.empty()) return {};
  return for_each_partition(static_cast<log::Partition>(partitions_in(marks.size())),
                            [&](auto slot, log::Topic topic, log::Partition partition) {
                              const auto end = number_at(rows, keys::next(topic, partition));
                              if (!end) return EmbeddedRows::Result<void>(std::unexpected(end.error()));
                              if (*end < marks[slot]) lost.push_back({topic, partition, *end, marks[slot]});
                              return EmbeddedRows::Result<void>();
                            });
}

/// Records of one write buffer, and versions of a policy, which are few.
constexpr log::Offset kMostUnknown = 1'000'000;
constexpr log::Offset kMostUnknownPolicies = 1'000;

log::Offset sum_of(const std::vector<log::Offset>& marks) {
  return std::accumulate(marks.begin(), marks.end(), log::Offset{0});
}

}  // namespace

std::optional<log::Offset> emptied(const std::filesystem::path& folder) {
  const auto known = known_log(folder);
  std::error_code unreadable;
  if (known.identity.empty() || std::filesystem::exists(folder / "CURRENT", unreadable) ||
      !check_remains(folder))
    return std::nullopt;
  return sum_of(known.answered);
}

EmbeddedRows::Result<std::vector<LostOffsets>> unknown_ends(const EmbeddedRows& rows) {
  const auto partitions = number_at(rows, std::string(keys::kPartitions));
  if (!partitions) return std::unexpected(partitions.error());
  std::vector<LostOffsets> unknown;
  const auto listed = for_each_partition(
      static_cast<log::Partition>(*partitions),
      [&](std::size_t /*slot*/, log::Topic topic, log::Partition partition) {
        const auto end = number_at(rows, keys::next(topic, partition));
        if (!end) return EmbeddedRows::Result<void>(std::unexpected(end.error()));
        const auto most = topic == log::Topic::policy ? kMostUnknownPolicies : kMostUnknown;
        unknown.push_back({topic, partition, *end, *end + most});
        return EmbeddedRows::Result<void>();
      });
  if (!listed) return std::unexpected(listed.error());
  return unknown;
}

EmbeddedRows::Result<log::Offset> number_at(const EmbeddedRows& rows, const std::string& key) {
  const auto row = rows.get(key);
  if (!row) return std::unexpected(row.error());
  return *row ? keys::number_of(**row) : 0;
}

EmbeddedRows::Result<Missing> missing_from(const EmbeddedRows& rows, const std::filesystem::path& folder) {
  Missing missing;
  const auto partitions = number_at(rows, std::string(keys::kPartitions));
  if (!partitions) return std::unexpected(partitions.error());
  const auto begun =
      for_each_partition(static_cast<log::Partition>(*partitions),
                         [&](std::size_t /*slot*/, log::Topic topic, log::Partition partition) {
                           return add_lost_begin(rows, topic, partition, missing.lost);
                         });
  if (!begun) return std::unexpected(begun.error());
  const auto identity = rows.get(keys::kIdentity);
  if (!identity) return std::unexpected(identity.error());
  const auto beside = known_log(folder);
  if (!beside.identity.empty() && beside.identity != *identity) {
    missing.replaced = sum_of(beside.answered);
    return missing;
  }
  const auto fits = [&](const std::vector<log::Offset>& ends) {
    return !ends.empty() &&
           slots_of(static_cast<log::Partition>(partitions_in(ends.size()))) == ends.size() &&
           (*partitions == 0 || slots_of(static_cast<log::Partition>(*partitions)) == ends.size());
  };
  const bool copied = fits(beside.answered);
  auto ends = copied ? beside.answered : std::vector<log::Offset>();
  const auto marks = AnsweredMarks::read(folder);
  if (!marks) {
    missing.damaged_marks = marks.error();
  } else if (*marks && !(*marks)->empty()) {
    if (!fits(**marks)) missing.damaged_marks = "it names partitions that the log has not";
    ends = missing.damaged_marks.empty() ? later_of(ends, **marks) : ends;
  }
  // The identity is the first thing that a log writes: without one it was killed while it was made, and has
  // answered nobody.
  const bool gone = marks && !*marks && identity->has_value();
  missing.known = copied || (!gone && missing.damaged_marks.empty());
  if (const auto added = add_lost_ends(rows, ends, missing.lost); !added)
    return std::unexpected(added.error());
  return missing;
}

}  // namespace casetrail::embedded
