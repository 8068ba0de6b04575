// Puts the engine together as `serve` does, without its threads.
#include "tests/simulation/node.h"

#include "projections/boards.h"
#include "workers/command/command_control.h"
#include "workers/command/trusted_clock.h"
#include "workers/privacy/sealed_log.h"
#include "workers/projection/projection_worker.h"

namespace casetrail::simulation {
namespace {

constexpr std::size_t kCommandWorkers = 2;
constexpr std::size_t kProjectionWorkers = 2;

command::CommandWorker::Options command_options() {
  command::CommandWorker::Options options;
  options.wait = Duration{0};
  options.cached_cases = 2;  // so that cases are read from the store, too
  return options;
}

}  // namespace

struct Node::Process {
  struct Served {
    std::unique_ptr<projection::CopyStorage> copies;
    std::unique_ptr<projection::Projection> projection;
    std::unique_ptr<projection::ProjectionControl> control;
    std::vector<std::unique_ptr<projection::ProjectionWorker>> workers;
  };

  explicit Process(const Node& node)
      : clock([&node] { return node.now(); }, [&node] { return node.clock_().time_since_epoch(); }) {}

  command::TrustedClock clock;
  std::unique_ptr<log::EventLog> log;
  std::unique_ptr<log::Membership> membership;
  std::vector<std::unique_ptr<command::CommandWorker>> command_workers;
  std::unique_ptr<command::CommandControl> command_control;
  std::vector<Served> served;
  std::unique_ptr<projection::Boards> boards;
};

Node::Node(std::string name, MemoryLog& log, const Mutation& mutation, std::function<Timestamp()> clock,
           const std::optional<privacy::Secret>& master)
    : name_(std::move(name)),
      log_(log),
      clock_(std::move(clock)),
      master_(master),
      behind_{points_, mutation} {
  for (auto& type : projection::projection_types(view_types())) projected_.push_back({std::move(type), {}});
}

Node::~Node() = default;

std::expected<void, std::string> Node::start() {
  std::optional<std::string> failed;
  guarded([&] {
    process_ = std::make_unique<Process>(*this);
    ahead_at_start_ = ahead_;
    auto& process = *process_;
    process.log = make_log_port(log_, behind_);
    if (master_) {
      auto sealed = privacy::seal_log(std::move(process.log), *master_, [this](log::Partition partition) {
        return make_home_port(key_homes_[partition], behind_);
      });
      if (!sealed) return void(failed = sealed.error().what);
      process.log = *std::move(sealed);
    }
    auto joined = process.log->join(std::string(log::kCommandGroup), log::Topic::commands, name_);
    if (!joined) return void(failed = joined.error().what);
    process.membership = *std::move(joined);
    std::vector<command::CommandWorker*> workers;
    for (std::size_t i = 0; i < kCommandWorkers; ++i) {
      process.command_workers.push_back(std::make_unique<command::CommandWorker>(
          *process.log, *process.membership,
          [this](log::Partition partition) { return make_home_port(command_homes_[partition], behind_); },
          metrics_, command_options()));
      workers.push_back(process.command_workers.back().get());
    }
    process.command_control = std::make_unique<command::CommandControl>(*process.membership, workers);
    std::vector<const projection::ProjectionControl*> controls;
    for (auto& projected : projected_) {
      auto& served = process.served.emplace_back();
      served.copies = make_copies_port(projected.copies, behind_);
      auto opened =
          projection::Projection::open(*process.log, projected.type, *served.copies, kProjectionWorkers);
      if (!opened) return void(failed = opened.error());
      served.projection = *std::move(opened);
      served.control =
          std::make_unique<projection::ProjectionControl>(*process.log, *served.projection, name_);
      controls.push_back(served.control.get());
      for (std::size_t i = 0; i < kProjectionWorkers; ++i) {
        served.workers.push_back(
            std::make_unique<projection::ProjectionWorker>(*process.log, *served.projection, i, Duration{0}));
      }
    }
    process.boards = std::make_unique<projection::Boards>(std::move(controls));
  });
  if (failed) {
    process_.reset();
    return std::unexpected(*failed);
  }
  if (!process_) return std::unexpected("It was killed while it started.");
  return {};
}

void Node::kill() {
  process_.reset();
  points_.disarm();
  for (auto* store : stores()) store->crash();
}

void Node::stop() {
  if (!process_) return;
  guarded([&] {
    for (auto& worker : process_->command_workers) {
      for (log::Partition partition = 0; partition < log_.partitions(); ++partition)
        worker->release(partition);
      std::ignore = worker->step([this] { return process_->clock.now(); });
    }
    process_.reset();
  });
}

void Node::step(Part part) {
  if (!process_ || busy_) return;
  guarded([&] {
    // What a step says of its failure, a loop writes into the program's log; the next step goes on.
    switch (part) {
      case Part::command_control: std::ignore = process_->command_control->step(Duration{0}); return;
      case Part::command_workers:
        for (auto& worker : process_->command_workers)
          std::ignore = worker->step([this] { return process_->clock.now(); });
        return;
      case Part::projection_workers:
        for (auto& served : process_->served) {
          for (auto& worker : served.workers) std::ignore = worker->step(now());
        }
        return;
      case Part::projection_control:
        for (auto& served : process_->served) std::ignore = served.control->step(now());
        return;
    }
  });
}

void Node::step_all() {
  for (std::size_t part = 0; part < enum_names(Part{}).size(); ++part) step(static_cast<Part>(part));
}

void Node::guarded(const std::function<void()>& work) {
  busy_ = true;
  try {
    work();
  } catch (const Killed&) {
    kill();
  }
  busy_ = false;
}

std::vector<MapStore*> Node::stores() {
  std::vector<MapStore*> all;
  for (auto& [partition, home] : command_homes_) all.push_back(&home.store);
  for (auto& [partition, home] : key_homes_) all.push_back(&home.store);
  for (auto& projected : projected_) {
    for (auto* store : projected.copies.stores()) all.push_back(store);
  }
  return all;
}

const projection::Boards& Node::boards() const { return *process_->boards; }

const projection::ProjectionControl& Node::control(std::size_t projection) const {
  return *process_->served.at(projection).control;
}

Duration Node::clock_leap() const { return process_->clock.leap(); }

std::vector<command::PartitionStatus> Node::command_status() const {
  std::vector<command::PartitionStatus> all;
  for (const auto& worker : process_->command_workers) {
    for (auto& status : worker->status()) all.push_back(std::move(status));
  }
  return all;
}

}  // namespace casetrail::simulation
