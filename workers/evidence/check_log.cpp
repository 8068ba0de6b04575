// One partition after the other.
#include "workers/evidence/check_log.h"

#include <fmt/format.h>

#include <chrono>

#include "events/wire/whole_number.h"
#include "workers/evidence/partition_reading.h"

namespace casetrail::evidence {
namespace {

/// Of a log, in any file of heads.
constexpr log::Partition kMostPartitions = 100'000;
constexpr Duration kCheckPatience = std::chrono::seconds{30};

}  // namespace

log::LogResult<std::vector<ChainCheck>> check_log(log::EventLog& log, const Heads& kept,
                                                  const OnChecked& on_progress) {
  const auto all = log.bounds(log::Topic::events);
  if (!all) return std::unexpected(all.error());
  std::int64_t total = 0;
  for (const auto& bounds : *all) total += bounds.stable - bounds.low;
  std::int64_t done = 0;
  auto checks = checks_for(all->size(), kept);
  std::vector<log::Offset> ends;
  for (std::size_t i = 0; i < all->size(); ++i) {
    const auto& bounds = (*all)[i];
    auto checked =
        read_partition(log, static_cast<log::Partition>(i), bounds.low, bounds.stable, kCheckPatience,
                       [&](std::span<const log::Record> records, log::Offset position) {
                         for (const auto& record : records) checks[i].take(record.offset, record.message);
                         on_progress(done + position - bounds.low, total);
                       });
    if (!checked) return std::unexpected(std::move(checked).error());
    done += bounds.stable - bounds.low;
    ends.push_back(bounds.stable);
  }
  finish_all(checks, ends);
  return checks;
}

void finish_all(std::vector<ChainCheck>& checks, const std::vector<log::Offset>& ends) {
  for (std::size_t i = 0; i < checks.size(); ++i) checks[i].finish(i < ends.size() ? ends[i] : 0);
}

std::vector<ChainCheck> checks_for(std::size_t partitions, const Heads& kept) {
  std::vector<ChainCheck> checks(partitions);
  for (const auto& [partition, link] : kept) {
    const auto i = static_cast<std::size_t>(partition);
    if (i >= checks.size()) checks.resize(i + 1);
    checks[i].expect(link);
  }
  return checks;
}

std::string heads_text(const std::vector<ChainCheck>& checks) {
  std::string text;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i].head().number > 0) text += fmt::format("{} {}\n", i, to_text(checks[i].head()));
  }
  return text;
}

std::expected<Heads, std::string> parse_heads(std::string_view text) {
  Heads heads;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    const auto space = line.find(' ');
    const auto partition = whole_number<log::Partition>(line.substr(0, space));
    const auto link = space == std::string_view::npos ? std::nullopt : parse_link(line.substr(space + 1));
    if (!partition || *partition < 0 || *partition >= kMostPartitions || !link)
      return std::unexpected(fmt::format(
          "Expected lines of a partition, a number and a digest, as `casetrail verify --keep-heads` writes "
          "them, but one is '{}'.",
          line));
    heads[*partition] = *link;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return heads;
}

}  // namespace casetrail::evidence
