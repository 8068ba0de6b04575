// One simulated department of machines: a log, a clock, two nodes, and the group that shares them the work.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/clients.h"
#include "tests/simulation/complaint.h"
#include "tests/simulation/node.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/watch.h"

namespace casetrail::simulation {

inline constexpr log::Partition kPartitions = 2;

/// Whether the nodes seal personal texts.
enum class Sealing { open, sealed };

/// Everything in it happens in one thread, in virtual time, and follows from its acts alone.
class World {
 public:
  World(Mutation mutation, Sealing sealing);

  void perform(const Act& act);

  /// Takes the faults back and lets everybody work until all is done, at last with every timer fired.
  /// Complains when the work does not end.
  void settle();

  [[nodiscard]] const MemoryLog& log() const { return log_; }
  /// The log with its personal texts open.
  [[nodiscard]] std::unique_ptr<log::EventLog> open_log();
  [[nodiscard]] const std::vector<std::unique_ptr<Node>>& nodes() const { return nodes_; }
  /// What was seen to be wrong on the way.
  [[nodiscard]] const Complaints& complaints() const { return complaints_; }
  /// What happened, a line each.
  [[nodiscard]] const std::vector<std::string>& story() const { return story_; }
  /// How often the rarer things came about.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& happened() const { return happened_; }
  [[nodiscard]] Timestamp now() const { return now_; }

 private:
  void happen(const Act& act, Dice& dice);
  void work(Dice& dice);
  void let_time_pass(Dice& dice);
  void turn_clock(Dice& dice);
  void publish_policy(Dice& dice);
  void append_foreign(Dice& dice);
  void open_foreign(Dice& dice);
  void end_foreign(Dice& dice);
  void append_newer(Dice& dice);
  void fault_commit(Dice& dice);
  void fault_append(Dice& dice);
  void fail_call(Dice& dice);
  void fault_store(Dice& dice);
  void kill(Dice& dice);
  void start(Dice& dice);
  void stop(Dice& dice);
  void pause(Dice& dice);
  void wake(Dice& dice);
  void interrupt(Dice& dice);
  void rebalance(Dice& dice);
  void rebuild(Dice& dice);

  Node& any_node(Dice& dice) { return *nodes_[dice.below(nodes_.size())]; }
  void start(Node& node);
  void expel(Node& node);
  void share_partitions(std::size_t first);
  void round();
  void welcome_back();
  void look();
  void tell(std::string line) { story_.push_back(std::move(line)); }

  void take_faults_back();
  void let_operator_help();
  [[nodiscard]] bool runs_dry(int rounds);
  [[nodiscard]] std::vector<std::string> unfinished();
  void expect_at_end(const std::string& group, log::Topic topic, log::Partition partition,
                     std::vector<std::string>& left);
  void expect_no_timer_due(std::vector<std::string>& left) const;

  MemoryLog log_{kPartitions};
  Mutation mutation_;
  std::optional<privacy::Secret> master_;
  Timestamp now_;
  std::vector<std::unique_ptr<Node>> nodes_;
  Clients clients_{log_};
  Watch watch_;
  std::set<const Node*> paused_;
  std::set<const Node*> members_;     ///< those that the command group waits for
  std::set<log::Partition> newer_;    ///< with a record of a newer version
  std::set<log::Partition> foreign_;  ///< with another producer's open transaction
  Complaints complaints_;
  std::vector<std::string> story_;
  std::map<std::string, std::uint64_t> happened_;
};

}  // namespace casetrail::simulation
