// The frame of a history: begin, perform, settle.
#include "tests/simulation/world.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "aggregates/case/decider.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/must.h"
#include "workers/privacy/sealed_log.h"

namespace casetrail::simulation {
namespace {

/// Of work without faults; a node's take-over alone may need a handful.
constexpr int kMostRounds = 60;
/// Later than any timer that matters, earlier than any command id is forgotten.
constexpr Duration kUntilTimersFire = std::chrono::days{4};

}  // namespace

World::World(Mutation mutation, Sealing sealing)
    : mutation_(std::move(mutation)), now_(kMonday + std::chrono::hours(1)) {
  if (sealing == Sealing::sealed) master_ = privacy::Secret::random();
  for (const auto* name : {"a", "b"}) {
    nodes_.push_back(std::make_unique<Node>(name, log_, mutation_, [this] { return now_; }, master_));
  }
  for (auto& node : nodes_) start(*node);
}

std::unique_ptr<log::EventLog> World::open_log() {
  const auto master = master_.value_or(privacy::Secret::random());
  return must(privacy::seal_log(std::shared_ptr<log::EventLog>(std::shared_ptr<void>(), &log_), master,
                                [](log::Partition) { return std::make_unique<MapHome>(); }));
}

void World::start(Node& node) {
  if (node.is_up()) return;
  watch_.begin(node, log_);
  const auto started = node.start();
  if (!started) return tell(fmt::format("  {} does not come up: {}", node.name(), started.error()));
  members_.insert(&node);
  share_partitions(0);
}

void World::expel(Node& node) {
  if (members_.erase(&node) > 0) log_.expel(std::string(log::kCommandGroup), node.name());
}

/// As the group's coordinator does it, when members have come or gone.
void World::share_partitions(std::size_t first) {
  std::vector<const Node*> members;
  for (const auto& node : nodes_) {
    if (members_.contains(node.get())) members.push_back(node.get());
  }
  if (members.empty()) return;
  MemoryLog::Plan plan;
  for (log::Partition partition = 0; partition < kPartitions; ++partition) {
    const auto& member = *members[(static_cast<std::size_t>(partition) + first) % members.size()];
    plan[member.name()].push_back(partition);
  }
  log_.rebalance(std::string(log::kCommandGroup), std::move(plan));
}

void World::perform(const Act& act) {
  Dice dice(act.dice);
  const auto line = story_.size();
  tell(fmt::format("{:3} {} {}", act.number, to_wire(now_), name_of(act.kind)));
  happen(act, dice);
  for (auto i = line + 1; i < story_.size(); ++i) story_[i].insert(0, "   ");
  for (auto rounds = dice.below(3); rounds > 0; --rounds) round();
  look();
}

void World::round() {
  now_ += std::chrono::seconds(1);
  for (const auto& node : nodes_) {
    if (!paused_.contains(node.get())) node->step_all();
  }
  welcome_back();
}

/// Whoever found out that it was expelled is a member again.
void World::welcome_back() {
  for (const auto& node : nodes_) {
    if (members_.contains(node.get()) || !log_.has_member(std::string(log::kCommandGroup), node->name()))
      continue;
    members_.insert(node.get());
    share_partitions(0);
  }
}

void World::look() { watch_.look(nodes_, log_, now_, complaints_); }

void World::settle() {
  tell("--- the faults end");
  for (const auto& node : nodes_) {
    for (const auto* store : node->stores()) happened_["torn store"] += store->torn() ? 1 : 0;
  }
  take_faults_back();
  for (const auto& node : nodes_) {
    if (node->is_up()) continue;
    complaints_.push_back({"a node comes up", node->name() + " does not: " + story_.back()});
    return;
  }
  let_operator_help();
  if (!runs_dry(kMostRounds)) return;
  for (const auto& node : nodes_) {
    for (const auto* view : {"handoff", "history"}) {
      const auto rebuild = node->boards().rebuild_status(view);
      happened_["rebuilt and switched"] +=
          rebuild && rebuild->stage == projection::RebuildStage::switched ? 1 : 0;
    }
  }
  now_ += kUntilTimersFire;
  tell(fmt::format("--- it is {}", to_wire(now_)));
  std::ignore = runs_dry(kMostRounds);
}

void World::take_faults_back() {
  log_.clear_faults();
  log_.release_late();
  for (const auto partition : std::exchange(foreign_, {})) log_.abort_foreign(partition);
  paused_.clear();
  for (const auto& node : nodes_) {
    node->points().disarm();
    node->set_clock_ahead(Duration{0});
    for (auto* store : node->stores()) store->mend();
    for (auto& projected : node->projected()) projected.copies.fail_pointer(std::nullopt);
    start(*node);
  }
}

/// Restarts what says that it waits for that.
void World::let_operator_help() {
  for (int rounds = 0; rounds < 3; ++rounds) round();
  for (const auto& node : nodes_) {
    std::vector<std::string> problems;
    for (auto& reason : node->boards().problems()) problems.push_back(std::move(reason.detail));
    for (const auto& status : node->command_status()) {
      if (status.phase == command::PartitionPhase::stopped) problems.push_back(status.sentence);
    }
    if (node->clock_leap() > Duration{0})
      problems.emplace_back("its clock is right, and it does not believe it");
    if (problems.empty()) continue;
    ++happened_["started again by the operator"];
    tell(fmt::format("{} is started again: {}", node->name(), fmt::join(problems, "; ")));
    node->stop();
    start(*node);
  }
}

bool World::runs_dry(int rounds) {
  for (int i = 0; i < rounds; ++i) {
    round();
    look();
    if (unfinished().empty()) return true;
  }
  complaints_.push_back(
      {"the work ends", fmt::format("after {} rounds: {}", rounds, fmt::join(unfinished(), "; "))});
  return false;
}

std::vector<std::string> World::unfinished() {
  std::vector<std::string> left;
  for (log::Partition partition = 0; partition < kPartitions; ++partition) {
    // Nobody can go beyond a record of a newer version.
    if (newer_.contains(partition)) continue;
    expect_at_end(std::string(log::kCommandGroup), log::Topic::commands, partition, left);
    for (const auto& node : nodes_) {
      for (const auto& projected : node->projected()) {
        expect_at_end(fmt::format("casetrail.{}.{}", projected.type.name, node->name()), log::Topic::events,
                      partition, left);
      }
    }
  }
  for (const auto& node : nodes_) {
    for (std::size_t i = 0; i < node->projected().size() && newer_.empty(); ++i) {
      if (node->control(i).projection().copies().building)
        left.push_back(
            fmt::format("{} of {} is being rebuilt", node->projected()[i].type.name, node->name()));
    }
  }
  if (left.empty()) expect_no_timer_due(left);
  return left;
}

void World::expect_at_end(const std::string& group, log::Topic topic, log::Partition partition,
                          std::vector<std::string>& left) {
  const auto positions = log_.group_positions(group, topic).value();
  const auto reached = positions[static_cast<std::size_t>(partition)].committed.value_or(0);
  const auto end = log_.bounds(topic, partition).value().high;
  if (reached != end)
    left.push_back(fmt::format("group {} is at {} of {} in partition {}", group, reached, end, partition));
}

void World::expect_no_timer_due(std::vector<std::string>& left) const {
  std::map<std::string, CaseState> cases;
  CaseEvent event;
  for (log::Partition partition = 0; partition < kPartitions; ++partition) {
    if (newer_.contains(partition)) continue;
    log_.visit(log::Topic::events, partition, 0, [&](log::Offset, const Message& message) {
      if (read_event(BorrowedMessage(message).view(), event).reading != Reading::ours) return;
      auto& state = cases[event.case_id.value];
      if (event.seq == state.seq + 1) evolve(state, event);
    });
  }
  for (const auto& [case_id, state] : cases) {
    const auto due = earliest_due(state);
    if (due && *due < now_ - std::chrono::minutes(1))
      left.push_back(fmt::format("a timer of {} was due at {}", case_id, to_wire(*due)));
  }
}

}  // namespace casetrail::simulation
