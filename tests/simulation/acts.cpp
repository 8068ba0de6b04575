// What each act does to the world.
#include <fmt/format.h>

#include "events/wire/cloud_event.h"
#include "events/wire/reflect.h"
#include "tests/simulation/world.h"
#include "tests/support/random_command.h"
#include "workers/command/trusted_clock.h"

namespace casetrail::simulation {
namespace {

/// Calls of ports until something comes about: mostly within the next round.
constexpr std::size_t kCallPoints = 120;

storage::StoreError failure(Dice& dice) {
  return dice.one_in(3)
             ? storage::StoreError{"A file is corrupt; discard the store.", storage::StoreFailure::corrupt}
             : storage::StoreError{"The disk is full; make room.", storage::StoreFailure::unavailable};
}

Message rubbish(Timestamp at) {
  return {"case-0", "{\"by\":\"somebody else\"}", {{"content-type", "application/json"}}, at};
}

}  // namespace

void World::happen(const Act& act, Dice& dice) {
  switch (act.kind) {
    case ActKind::send: return tell(clients_.send(dice, act.number, now_));
    case ActKind::story: return tell(clients_.go_on_with_story(dice, now_));
    case ActKind::resend: return tell(clients_.resend(dice, now_));
    case ActKind::garbage: return tell(clients_.send_garbage(dice, act.number, now_));
    case ActKind::work: return work(dice);
    case ActKind::time: return let_time_pass(dice);
    case ActKind::clock: return turn_clock(dice);
    case ActKind::policy: return publish_policy(dice);
    case ActKind::foreign_record: return append_foreign(dice);
    case ActKind::foreign_open: return open_foreign(dice);
    case ActKind::foreign_end: return end_foreign(dice);
    case ActKind::newer_record: return append_newer(dice);
    case ActKind::commit_fault: return fault_commit(dice);
    case ActKind::append_fault: return fault_append(dice);
    case ActKind::failing_call: return fail_call(dice);
    case ActKind::short_reads: return log_.limit_reads(dice.below(3) + 1);
    case ActKind::store_fault: return fault_store(dice);
    case ActKind::late_records: return log_.release_late();
    case ActKind::kill: return kill(dice);
    case ActKind::start: return start(dice);
    case ActKind::stop: return stop(dice);
    case ActKind::pause: return pause(dice);
    case ActKind::wake: return wake(dice);
    case ActKind::interruption: return interrupt(dice);
    case ActKind::rebalance: return rebalance(dice);
    case ActKind::rebuild: return rebuild(dice);
  }
}

void World::work(Dice& dice) {
  auto& node = any_node(dice);
  if (paused_.contains(&node)) return;
  const auto part = static_cast<Part>(dice.below(enum_names(Part{}).size()));
  const auto steps = dice.below(4) + 1;
  for (std::size_t i = 0; i < steps; ++i) node.step(part);
  tell(fmt::format("{}: {}, {} steps", node.name(), name_of(part), steps));
}

void World::let_time_pass(Dice& dice) {
  static constexpr std::array kSpans{Duration{std::chrono::seconds{2}},  Duration{std::chrono::seconds{61}},
                                     Duration{std::chrono::minutes{15}}, Duration{std::chrono::minutes{15}},
                                     Duration{std::chrono::hours{1}},    Duration{std::chrono::hours{7}}};
  now_ += dice.pick(kSpans);
}

void World::turn_clock(Dice& dice) {
  static constexpr std::array kJumps{Duration{std::chrono::minutes{15}}, -Duration{std::chrono::minutes{15}},
                                     Duration{std::chrono::hours{30}},   Duration{std::chrono::days{30}},
                                     Duration{std::chrono::seconds{-1}}, Duration{0}};
  auto& node = any_node(dice);
  const auto ahead = dice.pick(kJumps);
  node.set_clock_ahead(ahead);
  if (node.is_up() && ahead > command::TrustedClock::kBelieved) ++happened_["a clock leapt under a process"];
  tell(fmt::format("{} is {} s ahead", node.name(), ahead.count() / 1000));
}

void World::publish_policy(Dice& dice) {
  const bool strict = dice.one_in(2);
  Message message{
      "policy", strict ? std::string(kStrictPolicy) : "assignment: {accept_within: 30m}\n", {}, now_};
  log_.append(log::Topic::policy, 0, std::move(message), [](const log::LogResult<log::Offset>&) {});
  tell(strict ? "a strict one" : "a short one");
}

void World::append_foreign(Dice& dice) {
  const auto partition = static_cast<log::Partition>(dice.below(kPartitions));
  log_.append(log::Topic::events, partition, rubbish(now_), [](const log::LogResult<log::Offset>&) {});
  tell(fmt::format("partition {}", partition));
}

void World::open_foreign(Dice& dice) {
  const auto partition = static_cast<log::Partition>(dice.below(kPartitions));
  if (!foreign_.insert(partition).second) return;
  log_.begin_foreign(partition, rubbish(now_));
  tell(fmt::format("partition {}", partition));
}

void World::end_foreign(Dice& dice) {
  const auto partition = static_cast<log::Partition>(dice.below(kPartitions));
  if (foreign_.erase(partition) == 0) return;
  const bool commits = dice.one_in(2);
  commits ? log_.commit_foreign(partition) : log_.abort_foreign(partition);
  tell(fmt::format("partition {} {}", partition, commits ? "commits" : "aborts"));
}

void World::append_newer(Dice& dice) {
  const auto partition = static_cast<log::Partition>(dice.below(kPartitions));
  auto message = rubbish(now_);
  message.headers.add(kWriterHeader, "2");
  newer_.insert(partition);
  log_.append(log::Topic::events, partition, std::move(message), [](const log::LogResult<log::Offset>&) {});
  tell(fmt::format("partition {}", partition));
}

void World::fault_commit(Dice& dice) {
  using Fault = MemoryLog::CommitFault;
  static constexpr std::array kFaults{Fault::aborted, Fault::unknown_committed, Fault::unknown_committing,
                                      Fault::unknown_open, Fault::fenced};
  static constexpr std::array<std::string_view, kFaults.size()> kNames{
      "aborted", "committed, the answer lost", "committing, the answer lost", "left open, the answer lost",
      "fenced"};
  const auto partition = static_cast<log::Partition>(dice.below(kPartitions));
  const auto fault = dice.below(kFaults.size());
  log_.fault_commit(partition, kFaults[fault]);
  tell(fmt::format("the next one of partition {} is {}", partition, kNames[fault]));
}

void World::fault_append(Dice& dice) {
  using Fault = MemoryLog::AppendFault;
  static constexpr std::array kFaults{Fault::unavailable, Fault::unknown_appended, Fault::unknown_lost,
                                      Fault::duplicated, Fault::late};
  static constexpr std::array<std::string_view, kFaults.size()> kNames{
      "unavailable", "appended, the answer lost", "lost", "duplicated", "late"};
  const auto fault = dice.below(kFaults.size());
  log_.fault_append(kFaults[fault]);
  tell(fmt::format("the next one is {}", kNames[fault]));
}

void World::fail_call(Dice& dice) {
  using Call = MemoryLog::Call;
  static constexpr std::array kCalls{
      Call::read, Call::fence, Call::poll, Call::committed, Call::commit_positions, Call::bounds};
  static constexpr std::array<std::string_view, kCalls.size()> kNames{
      "read", "fence", "poll", "committed", "commit of positions", "bounds"};
  const auto call = dice.below(kCalls.size());
  const auto failure = dice.one_in(4) ? log::LogFailure::unknown : log::LogFailure::unavailable;
  const auto times = dice.below(3) + 1;
  for (std::size_t i = 0; i < times; ++i) log_.fail(kCalls[call], failure);
  tell(fmt::format("the next {} of {}", times, kNames[call]));
}

void World::fault_store(Dice& dice) {
  auto& node = any_node(dice);
  if (dice.one_in(8)) {
    node.projected()[dice.below(node.projected().size())].copies.fail_pointer(failure(dice));
    return tell(fmt::format("{}: the name of a live copy cannot be written", node.name()));
  }
  const auto stores = node.stores();
  if (stores.empty()) return;
  const auto which = dice.below(stores.size());
  static constexpr std::array<std::string_view, 4> kNames{"a write is torn", "a read fails", "writes fail",
                                                          "writes succeed"};
  const auto fault = dice.below(kNames.size());
  switch (fault) {
    case 0: stores[which]->tear(); break;
    case 1: stores[which]->fail_read(failure(dice)); break;
    case 2: stores[which]->fail(failure(dice)); break;
    default: stores[which]->mend(); break;
  }
  tell(fmt::format("{}, store {}: {}", node.name(), which, kNames[fault]));
}

void World::kill(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up()) return;
  const auto points = dice.one_in(3) ? 0 : dice.below(kCallPoints);
  if (points == 0) {
    node.kill();
    paused_.erase(&node);
  } else {
    node.points().arm(points, [this, &node] {
      ++happened_["died in the middle of a call"];
      tell(fmt::format("  {} dies in the middle of a call", node.name()));
      throw Killed{};
    });
  }
  tell(fmt::format("{} behind {} calls", node.name(), points));
}

void World::start(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up()) start(node);
  tell(node.name());
}

void World::stop(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up() || paused_.contains(&node)) return;
  node.stop();
  members_.erase(&node);
  share_partitions(0);
  tell(node.name());
}

void World::pause(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up()) return;
  paused_.insert(&node);
  const bool expelled = dice.one_in(2);
  if (expelled) {
    expel(node);
    share_partitions(0);
  }
  tell(fmt::format("{}{}", node.name(), expelled ? ", and the group goes on without it" : ""));
}

void World::wake(Dice& dice) {
  if (paused_.empty()) return;
  auto& node = any_node(dice);
  paused_.erase(&node);
  tell(node.name());
}

void World::interrupt(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up()) return;
  const auto points = dice.below(kCallPoints);
  const auto rounds = dice.below(6) + 1;
  const bool expelled = dice.below(3) > 0;
  node.points().arm(points, [this, &node, rounds, expelled] {
    tell(fmt::format("  {} stands still in the middle of a call{}", node.name(),
                     expelled ? ", and is expelled" : ""));
    ++happened_["stood still in the middle of a call"];
    if (expelled) {
      expel(node);
      share_partitions(0);
    }
    for (std::size_t i = 0; i < rounds; ++i) round();
  });
  tell(fmt::format("{} behind {} calls, {} rounds{}", node.name(), points, rounds,
                   expelled ? ", expelled" : ""));
}

void World::rebalance(Dice& dice) {
  // Whoever does not answer has timed out by now.
  for (const auto& node : nodes_) {
    if (node->is_up() && paused_.contains(node.get())) expel(*node);
    if (!node->is_up()) members_.erase(node.get());
  }
  share_partitions(dice.below(nodes_.size()));
}

void World::rebuild(Dice& dice) {
  auto& node = any_node(dice);
  if (!node.is_up()) return;
  const auto* view = dice.one_in(2) ? "handoff" : "history";
  const auto asked = node.boards().rebuild(view);
  tell(fmt::format("{} of {}{}", view, node.name(), asked ? "" : ": " + asked.error().sentence));
}

}  // namespace casetrail::simulation
