// Threads around workers: their loops, and the order in which they begin and end.
#include "workers/node/roles.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

#include "workers/api/wall_clock.h"
#include "workers/command/case_rows.h"
#include "workers/node/process_clock.h"
#include "workers/projection/disk_copy_storage.h"
#include "workers/storage/store_folder.h"

namespace casetrail::node {
namespace {

constexpr Duration kMembershipWait{100};
constexpr auto kControlPause = std::chrono::milliseconds(50);
constexpr auto kHeldPause = std::chrono::milliseconds(10);

std::expected<void, std::string> sentence_of(log::LogResult<void> done) {
  if (!done) return std::unexpected(std::move(done).error().what);
  return {};
}

}  // namespace

CommandRole::CommandRole(log::EventLog& log, std::unique_ptr<log::Membership> membership,
                         const std::filesystem::path& data, storage::StorageMemory& memory,
                         std::size_t threads, const command::CommandWorker::Options& options,
                         PortWrap<storage::StoreHome> wrap)
    : membership_(std::move(membership)), backlog_(log) {
  const auto open_home = [data, &memory, wrap = std::move(wrap)](log::Partition partition) {
    std::unique_ptr<storage::StoreHome> home = std::make_unique<storage::StoreFolder>(
        data, "command", partition, command::command_families(), memory);
    return wrapped(std::move(home), wrap);
  };
  auto with_backlog = options;
  with_backlog.came_after = [this](log::Partition partition, log::Offset offset) {
    return backlog_.covered_at(partition, offset);
  };
  std::vector<command::CommandWorker*> borrowed;
  for (std::size_t i = 0; i < threads; ++i) {
    workers_.push_back(
        std::make_unique<command::CommandWorker>(log, *membership_, open_home, metrics_, with_backlog));
    borrowed.push_back(workers_.back().get());
  }
  control_ = std::make_unique<command::CommandControl>(*membership_, std::move(borrowed));
  loops_.add("command-control", [this] { return sentence_of(control_->step(kMembershipWait)); });
  loops_.add("command-lag", [this] {
    std::this_thread::sleep_for(kControlPause);
    return sentence_of(backlog_.step(api::wall_clock()));
  });
  for (auto& worker : workers_) {
    loops_.add("command",
               [raw = worker.get()] { return sentence_of(raw->step([] { return process_clock().now(); })); });
  }
}

std::vector<command::PartitionStatus> CommandRole::status() const {
  std::vector<command::PartitionStatus> all;
  for (const auto& worker : workers_) std::ranges::copy(worker->status(), std::back_inserter(all));
  return all;
}

std::vector<log::PartitionLag> CommandRole::lag(Timestamp now) const {
  auto rows = backlog_.lag(now);
  for (auto& status : status()) {
    if (status.phase == command::PartitionPhase::running) continue;
    auto& row = rows.at(static_cast<std::size_t>(status.partition));
    row.stopped = std::move(status.sentence);
    row.reason = code_of(status);
  }
  return rows;
}

void CommandRole::tell_closed(const command::CommandWorker::ClosedCases& closed) {
  for (const auto& worker : workers_) worker->tell_closed(closed);
}

ProjectionRole::ProjectionRole(const std::filesystem::path& data, const std::string& name,
                               storage::StorageMemory& memory, const PortWrap<projection::CopyStorage>& wrap,
                               std::uint64_t dated_bytes)
    : storage_(wrapped<projection::CopyStorage>(
          std::make_unique<projection::DiskCopyStorage>(data, name, memory, dated_bytes), wrap)) {}

std::expected<void, std::string> ProjectionRole::start(log::EventLog& log, projection::ProjectionType type,
                                                       const std::string& node, std::size_t threads,
                                                       const std::function<bool()>& held) {
  const auto name = type.name;
  auto projection = projection::Projection::open(log, std::move(type), *storage_, threads);
  if (!projection) return std::unexpected(std::move(projection).error());
  projection_ = *std::move(projection);
  control_ = std::make_unique<projection::ProjectionControl>(log, *projection_, node);
  for (std::size_t i = 0; i < threads; ++i)
    workers_.push_back(std::make_unique<projection::ProjectionWorker>(log, *projection_, i));
  loops_.add(name + "-control", [this] { return step_control(); });
  for (auto& worker : workers_) {
    loops_.add(name, [raw = worker.get(), held]() -> std::expected<void, std::string> {
      if (!held()) return sentence_of(raw->step(api::wall_clock()));
      std::this_thread::sleep_for(kHeldPause);
      return {};
    });
  }
  return {};
}

std::expected<void, std::string> ProjectionRole::step_control() {
  auto done = sentence_of(control_->step(api::wall_clock()));
  for (const auto& warning : projection_->take_warnings()) spdlog::warn("{}", warning);
  for (const auto& failure : projection_->take_failures()) spdlog::error("{}", failure);
  for (const auto& notice : projection_->take_notices()) spdlog::info("{}", notice);
  std::vector<std::string> problems;
  for (auto& problem : control_->problems()) {
    if (std::ranges::find(problems_, problem.detail) == problems_.end())
      spdlog::error("views of {}: code={} {}", problem.worker, name_of(problem.code), problem.detail);
    problems.push_back(std::move(problem.detail));
  }
  problems_ = std::move(problems);
  std::this_thread::sleep_for(kControlPause);
  return done;
}

}  // namespace casetrail::node
