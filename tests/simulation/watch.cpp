// Asks the nodes as a client would, and holds the answers against the rows in their stores.
#include "tests/simulation/watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/wire/binary.h"
#include "events/wire/cloud_event.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/message_headers.h"
#include "workers/command/trusted_clock.h"
#include "workers/storage/meta.h"

namespace casetrail::simulation {
namespace {

/// Older ones were looked at when they were new.
constexpr std::size_t kPromisesLookedAt = 6;

std::string group_of(const Node& node, const Node::Projected& projected) {
  return fmt::format("casetrail.{}.{}", projected.type.name, node.name());
}

/// A row of the live copy, past the faults of its store.
template <class Row>
Row row_of(Node::Projected& projected, log::Partition partition, storage::FamilyIndex family,
           std::string_view key) {
  const auto& rows = projected.copies.at(projected.copies.live()->value(), partition).store.rows();
  const auto found = rows.find({family, std::string(key)});
  Row row{};
  if (found != rows.end() && !from_binary(found->second, row)) row = {};
  return row;
}

/// Whether somebody is in the middle of a step, or nobody knows how a transaction ends.
bool is_under_way(const std::vector<std::unique_ptr<Node>>& nodes, const MemoryLog& log) {
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    if (!log.is_settled(log::Topic::events, partition)) return true;
  }
  return std::ranges::any_of(nodes, [](const auto& node) { return node->is_busy(); });
}

}  // namespace

void Watch::begin(Node& node, MemoryLog& log) {
  for (const auto& projected : node.projected()) {
    const auto group = group_of(node, projected);
    const auto positions = log.group_positions(group, log::Topic::events).value();
    for (const auto& position : positions) {
      inherited_[{group, position.partition}] = position.committed.value_or(-1);
    }
  }
}

void Watch::look(const std::vector<std::unique_ptr<Node>>& nodes, MemoryLog& log, Timestamp now,
                 Complaints& into) {
  hear(log);
  check_times(nodes, log, now, into);
  for (const auto& node : nodes) {
    if (!node->is_up() || node->is_busy()) continue;
    check_groups(*node, log, into);
    check_tokens(*node, into);
    check_rebuilds(*node, into);
  }
}

void Watch::hear(MemoryLog& log) {
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    heard_[partition] = log.visit(
        log::Topic::outcomes, partition, heard_[partition], [&](log::Offset, const Message& message) {
          const auto outcome = read_outcome(BorrowedMessage(message).view());
          if (!outcome || outcome->last_seq == 0) return;
          promises_.push_back({outcome->case_id.value, outcome->last_seq, outcome->token});
        });
  }
}

void Watch::check_times(const std::vector<std::unique_ptr<Node>>& nodes, MemoryLog& log, Timestamp now,
                        Complaints& into) {
  Clocks clocks;
  for (const auto& node : nodes) {
    const auto [at_start, present] = node->ahead();
    clocks.slowest = std::min({clocks.slowest, at_start, present});
    clocks.fastest = std::max(clocks.fastest, at_start);
  }
  // What is committed only now may have been decided at any time since nothing was under way, by a process or
  // a clock of before.
  clocks_ = {std::min(clocks.slowest, clocks_.slowest), std::max(clocks.fastest, clocks_.fastest)};
  const auto sure = at_rest_ + clocks_.slowest;
  const auto latest = now + clocks_.fastest + command::TrustedClock::kBelieved;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    timed_[partition] = log.visit(
        log::Topic::events, partition, timed_[partition], [&](log::Offset offset, const Message& message) {
          if (header_of(message, kWriterHeader) != kWriterGeneration) return;
          const auto before = std::exchange(times_[partition], message.timestamp);
          const auto complain = [&](std::string rule) {
            into.push_back(
                {std::move(rule), fmt::format("partition {} offset {}: recorded at {} behind {}", partition,
                                              offset, to_wire(message.timestamp), to_wire(before))});
          };
          if (message.timestamp < before && before <= sure) complain("time never goes back");
          if (message.timestamp > latest) complain("no time is ahead of the clocks");
        });
  }
  if (is_under_way(nodes, log)) return;
  clocks_ = clocks;
  at_rest_ = now;
}

void Watch::check_groups(Node& node, MemoryLog& log, Complaints& into) const {
  for (auto& projected : node.projected()) {
    const auto group = group_of(node, projected);
    const auto positions = log.group_positions(group, log::Topic::events).value();
    for (const auto& [partition, committed] : positions) {
      const auto inherited = inherited_.find({group, partition});
      if (!committed || (inherited != inherited_.end() && *committed == inherited->second)) continue;
      const auto held =
          row_of<storage::StorePosition>(projected, partition, storage::kMetaFamily, storage::meta::kPosition)
              .next;
      if (*committed <= held) continue;
      into.push_back(
          {"a group's offset is what its views hold",
           fmt::format("{} partition {} is at {}, its views at {}", group, partition, *committed, held)});
    }
  }
}

void Watch::check_tokens(Node& node, Complaints& into) const {
  const auto first = promises_.size() - std::min(promises_.size(), kPromisesLookedAt);
  for (auto i = first; i < promises_.size(); ++i) {
    const auto& promise = promises_[i];
    const auto token = projection::parse_token(promise.token);
    for (auto& projected : node.projected()) {
      const auto view = std::string(projected.type.views.front()->name);
      if (!token || node.boards().sight(view, *token) != projection::Sight::seen) continue;
      const auto seq =
          row_of<projection::LedgerRow>(projected, token->partition, projection::kCaseFamily, promise.case_id)
              .seq;
      if (seq >= promise.last_seq) continue;
      into.push_back({"a token that counts as seen is seen",
                      fmt::format("{} view {}: token {} counts as seen, but case {} is at {} of {}",
                                  node.name(), view, promise.token, promise.case_id, seq, promise.last_seq)});
    }
  }
}

void Watch::check_rebuilds(const Node& node, Complaints& into) {
  for (const auto* view : {"handoff", "history"}) {
    const auto status = node.boards().rebuild_status(view);
    if (status && status->stage == projection::RebuildStage::differs)
      into.push_back({"a rebuild is equal", node.name() + ": " + status->sentence});
  }
}

}  // namespace casetrail::simulation
