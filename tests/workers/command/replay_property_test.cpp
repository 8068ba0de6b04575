// Over random histories with faults: live state = replay from zero = snapshot and tail, and every command is
// answered once for each time that it was sent.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "aggregates/case/decider.h"
#include "tests/support/command_desk.h"
#include "tests/support/command_node.h"
#include "tests/support/number_from.h"

namespace casetrail::command {
namespace {

constexpr std::uint64_t kReplayedHistories = 1'000;  ///< unless CASETRAIL_HISTORIES says otherwise

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed) {
    // Few of its cases fit into memory, and a read may end anywhere.
    options_.cached_cases = below(4);
    options_.batch = below(2) == 0 ? options_.batch : 1 + below(4);
  }

  void play() {
    open();
    for (int acts = 0; acts < 12; ++acts) act();
    settle();
  }

  [[nodiscard]] MapStore::Rows live() const { return rows(disk_); }

  MapStore::Rows after_kill() {
    node_.reset();
    disk_[0].store.crash();
    return replayed(disk_);
  }

  MapStore::Rows from_zero() {
    NodeDisk empty;
    return replayed(empty);
  }

  void expect_bookkeeping() const {
    std::map<std::string, CaseState> cases;
    for (const auto& event : desk_.events()) {
      auto& state = cases[event.case_id.value];
      EXPECT_EQ(event.seq, state.seq + 1);
      evolve(state, event);
      EXPECT_EQ(event.status_after, state.status) << event_id(event.case_id, event.seq);
    }
    std::map<std::string, int> answers;
    for (const auto& outcome : desk_.outcomes()) ++answers[outcome.command_id.value];
    EXPECT_EQ(answers, sent_);
  }

  [[nodiscard]] std::string dump() const { return log_.dump(); }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  void open() { node_.emplace(log_, disk_, "node-1", options_); }

  void act() {
    using Fault = MemoryLog::CommitFault;
    static constexpr std::array kFaults{Fault::aborted, Fault::unknown_committed, Fault::unknown_committing,
                                        Fault::unknown_open};
    switch (below(6)) {
      case 0: log_.fault_commit(0, kFaults[below(kFaults.size())]); break;
      case 1: now_ += std::chrono::minutes(below(3'000)); break;
      case 2:
        node_.reset();
        if (below(2) == 0) disk_[0].store.crash();
        if (below(4) == 0) disk_.clear();
        open();
        break;
      default: send(); break;
    }
    for (auto steps = below(4); steps > 0; --steps) node_->step(now_);
  }

  void send() {
    const auto case_id = "case-" + std::to_string(below(3));
    const auto id = "c-" + std::to_string(below(12));
    ++sent_[id];
    const auto at = now_ - std::chrono::minutes(below(90));
    switch (below(3)) {
      case 0: desk_.send(CommandDesk::registration(id, case_id), at); break;
      case 1: desk_.send(CommandDesk::question(id, case_id), at); break;
      default: desk_.send(CommandDesk::answer(id, case_id), at); break;
    }
  }

  void settle() {
    // Each fault that is left may cost one more take-over.
    for (int steps = 0; steps < 96; ++steps) node_->step(now_);
  }

  MapStore::Rows replayed(NodeDisk& disk) {
    node_.emplace(log_, disk);
    for (int steps = 0; steps < 8; ++steps) node_->step(now_);
    node_.reset();
    return rows(disk);
  }

  static MapStore::Rows rows(const NodeDisk& disk) {
    auto rows = disk.at(0).store.rows();
    std::erase_if(rows, [](const auto& row) { return row.first.first == storage::kMetaFamily; });
    return rows;
  }

  std::mt19937_64 random_;
  CommandWorker::Options options_;
  MemoryLog log_{1};
  NodeDisk disk_;
  CommandDesk desk_{log_};
  std::optional<CommandNode> node_;
  Timestamp now_ = kMonday + std::chrono::hours(9);
  std::map<std::string, int> sent_;
};

TEST(ReplayProperty, LiveIsReplayFromZeroIsSnapshotAndTail) {
  const auto first = std::random_device{}();
  const auto histories = number_from("CASETRAIL_HISTORIES").value_or(kReplayedHistories);
  for (std::uint64_t seed = first; seed < first + histories; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    history.play();
    history.expect_bookkeeping();
    const auto live = history.live();
    EXPECT_EQ(history.after_kill(), live);
    EXPECT_EQ(history.from_zero(), live);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << history.dump();
      return;
    }
  }
}

}  // namespace
}  // namespace casetrail::command
