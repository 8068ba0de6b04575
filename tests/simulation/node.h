// A node: a disk, and the whole engine in one thread while its process lives.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/ports.h"
#include "tests/support/memory_log.h"
#include "workers/command/command_worker.h"
#include "workers/privacy/secret.h"
#include "workers/projection/boards.h"

namespace casetrail::simulation {

/// The parts of a process that have a thread of their own.
enum class Part { command_control, command_workers, projection_workers, projection_control };
constexpr auto enum_names(Part) {
  return std::to_array<std::string_view>(
      {"command control", "command workers", "projection workers", "projection control"});
}

class Node {
 public:
  /// All outlive the node. `clock` is the world's; the node's own may differ from it. `master`: of personal
  /// texts, where they are sealed.
  Node(std::string name, MemoryLog& log, const Mutation& mutation, std::function<Timestamp()> clock,
       const std::optional<privacy::Secret>& master);
  ~Node();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool is_up() const { return process_ != nullptr; }
  /// One of its parts is in the middle of a call: nothing of it may be asked.
  [[nodiscard]] bool is_busy() const { return busy_; }

  /// An error is why the process did not come up.
  std::expected<void, std::string> start();
  /// As kill -9: the stores are as of their last flush.
  void kill();
  /// In good order.
  void stop();
  /// One step of this part, and never within another one.
  void step(Part part);
  /// One step of every part.
  void step_all();

  [[nodiscard]] CallPoints& points() { return points_; }
  void set_clock_ahead(Duration by) { ahead_ = by; }
  [[nodiscard]] Timestamp now() const { return clock_() + ahead_; }
  /// Where its clock stood when its process began, and where it stands, against the world's.
  [[nodiscard]] std::pair<Duration, Duration> ahead() const { return {ahead_at_start_, ahead_}; }

  /// The stores of its command partitions.
  [[nodiscard]] std::map<log::Partition, MapHome>& command_homes() { return command_homes_; }
  struct Projected {
    projection::ProjectionType type;
    MapCopies copies;
  };
  [[nodiscard]] std::vector<Projected>& projected() { return projected_; }
  [[nodiscard]] std::vector<MapStore*> stores();
  /// Over all of its lives.
  [[nodiscard]] const command::CommandMetrics& metrics() const { return metrics_; }

  // While it is up.
  [[nodiscard]] const projection::Boards& boards() const;
  [[nodiscard]] const projection::ProjectionControl& control(std::size_t projection) const;
  [[nodiscard]] std::vector<command::PartitionStatus> command_status() const;
  [[nodiscard]] Duration clock_leap() const;

 private:
  struct Process;

  void guarded(const std::function<void()>& work);

  const std::string name_;
  MemoryLog& log_;
  std::function<Timestamp()> clock_;
  const std::optional<privacy::Secret>& master_;
  Duration ahead_{0};
  Duration ahead_at_start_{0};
  CallPoints points_;
  PortsBehind behind_;
  command::CommandMetrics metrics_;
  std::map<log::Partition, MapHome> command_homes_;
  std::map<log::Partition, MapHome> key_homes_;
  std::vector<Projected> projected_;
  std::unique_ptr<Process> process_;
  bool busy_ = false;
};

}  // namespace casetrail::simulation
