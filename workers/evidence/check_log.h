// Reads the events of a whole log and checks the chain of each partition.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workers/evidence/chain_check.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// Told offsets: how many are done, of how many.
using OnChecked = std::function<void(std::int64_t done, std::int64_t total)>;

/// Heads by partition, as somebody kept them; a partition that is not there was not kept.
using Heads = std::map<log::Partition, Link>;

/// A check for each partition, of all that was committed when it began.
[[nodiscard]] log::LogResult<std::vector<ChainCheck>> check_log(log::EventLog& log, const Heads& kept,
                                                                const OnChecked& on_progress);

/// Checks to which the records of a log with so many partitions are to be given.
[[nodiscard]] std::vector<ChainCheck> checks_for(std::size_t partitions, const Heads& kept);

/// After the last record of each partition, which lay before its end; partitions that the log does not have
/// end at 0.
void finish_all(std::vector<ChainCheck>& checks, const std::vector<log::Offset>& ends);

/// A line for each partition that has a chain: `<partition> <number> <digest>`.
[[nodiscard]] std::string heads_text(const std::vector<ChainCheck>& checks);
/// An error is a sentence.
[[nodiscard]] std::expected<Heads, std::string> parse_heads(std::string_view text);

}  // namespace casetrail::evidence
