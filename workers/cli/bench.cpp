// The verb `bench`: the whole engine in this process, on topics and in a folder that nobody else has.
#include <fmt/format.h>

#include <functional>
#include <map>
#include <thread>

#include "events/wire/json_writer.h"
#include "projections/boards.h"
#include "projections/kit/view.h"
#include "workers/bench/command_load.h"
#include "workers/bench/figure.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/progress.h"
#include "workers/cli/session.h"
#include "workers/cli/stop_signals.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/log/kafka/kafka_log.h"
#include "workers/node/data_folder.h"
#include "workers/node/engine.h"
#include "workers/node/fold_rate.h"
#include "workers/projection/projection_type.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using bench::Figure;

constexpr log::Partition kPartitions = 8;
constexpr std::size_t kOpenCases = 2'000;
constexpr std::size_t kInFlight = 16'384;
constexpr std::size_t kAlone = 300;
/// Half load lasts no longer.
constexpr double kHalfLoadSeconds = 10;
/// Boards are watched so often, about, at half load.
constexpr std::size_t kShownEachSecond = 30;

template <class T>
using Result = std::expected<T, std::string>;

/// What the trial stands on, removed when it ends.
class Ground {
 public:
  static Result<std::unique_ptr<Ground>> prepare(const Place& place) {
    std::unique_ptr<Ground> ground(new Ground(place));
    if (auto made = ground->make(); !made) return std::unexpected(std::move(made).error());
    return ground;
  }

  ~Ground() {
    if (!made_) return;
    forget_log();
    lock_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(place_.data, ignored);
  }
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

  [[nodiscard]] log::EventLog& log() { return *log_; }
  [[nodiscard]] const std::filesystem::path& data() const { return place_.data; }
  [[nodiscard]] const std::string& node() const { return node_; }

 private:
  explicit Ground(Place place) : place_(std::move(place)) {
    std::error_code failed;
    place_.data = std::filesystem::absolute(place_.data, failed).lexically_normal();
    place_.data += ".bench";
  }

  Result<void> make() {
    std::error_code untold;
    if (std::filesystem::exists(place_.data, untold)) {
      return std::unexpected(
          fmt::format("Expected no folder {}, but a trial is under way or was cut short there. Remove it and "
                      "start again.",
                      place_.data.string()));
    }
    node::DataFolder folder(place_.data);
    auto lock = folder.lock(0ms);
    if (!lock) return std::unexpected(std::move(lock).error().what);
    made_ = true;
    lock_ = *std::move(lock);
    auto node = folder.node_id();
    if (!node) return std::unexpected(std::move(node).error());
    node_ = *std::move(node);
    if (!place_.brokers.empty()) place_.prefix += "bench-" + node_ + ".";
    auto log = open_log(place_, Loss::refuse);
    if (!log) return std::unexpected(std::move(log).error());
    log_ = *std::move(log);
    if (auto topics = log_->create_topics(kPartitions); !topics) return std::unexpected(topics.error().what);
    auto taken = sealed(std::move(log_), place_, place_.data);
    if (!taken) return std::unexpected(std::move(taken).error().what);
    log_ = *std::move(taken);
    return {};
  }

  /// What cannot be removed is named: its owner may want to.
  void forget_log() {
    if (!log_) return;
    forget(std::string(log::kCommandGroup), log::Topic::commands);
    forget("casetrail.boards.bench", log::Topic::events);
    for (const auto& type : projection::projection_types(view_types()))
      forget("casetrail." + type.name + "." + node_, log::Topic::events);
    log_.reset();
    if (place_.brokers.empty()) return;
    if (auto deleted = delete_topics(place_); !deleted)
      fmt::print(stderr, "casetrail: topics {}* are left: {}\n", place_.prefix, deleted.error());
  }

  /// A static member counts as there until its session is over.
  void forget(const std::string& group, log::Topic topic) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    auto forgotten = log_->forget_group(group, topic);
    while (!forgotten && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(500ms);
      forgotten = log_->forget_group(group, topic);
    }
    if (!forgotten) fmt::print(stderr, "casetrail: {}\n", forgotten.error().what);
  }

  Place place_;
  bool made_ = false;
  std::unique_ptr<node::FolderLock> lock_;
  std::string node_;
  std::unique_ptr<log::EventLog> log_;
};

class Trial {
 public:
  Trial(Ground& ground, std::size_t commands, std::stop_token stop)
      : ground_(ground), commands_(commands), stop_(std::move(stop)) {}

  Result<std::vector<Figure>> run() {
    auto engine = node::Engine::start(
        ground_.log(),
        {.data = ground_.data() / "engine", .node = ground_.node(), .memory = node::default_memory()});
    if (!engine) return std::unexpected(std::move(engine).error());
    engine_ = std::move(*engine);
    for (const auto step : {&Trial::warm_up, &Trial::one_by_one, &Trial::full_load, &Trial::half_load}) {
      if (auto done = (this->*step)(); !done) return std::unexpected(std::move(done).error());
      bar_.show(++steps_, 5);
    }
    engine_.reset();
    const auto folded = node::measure_boards(ground_.log(), ground_.data() / "boards", std::size_t{512} << 20,
                                             std::thread::hardware_concurrency(), stop_);
    if (!folded) return std::unexpected(folded.error());
    add("boards", "all boards from the log", folded->events_per_second, "events/s",
        fmt::format("{} events, nothing else at work", folded->events));
    return std::move(figures_);
  }

 private:
  Result<bench::LoadResult> load(bench::LoadPlan plan) {
    plan.first = sent_;
    plan.stop = stop_;
    sent_ += plan.commands;
    auto result = bench::run_load(ground_.log(), load_, plan);
    if (result && result->rejected > 0) {
      return std::unexpected(
          fmt::format("Expected every command to be accepted, but {} were refused.", result->rejected));
    }
    return result;
  }

  Result<void> warm_up() {
    auto done = load({.commands = 2 * kOpenCases, .in_flight = kOpenCases / 2});
    if (!done) return std::unexpected(std::move(done).error());
    return {};
  }

  Result<void> one_by_one() {
    auto alone = load({.commands = kAlone, .in_flight = 1});
    if (!alone) return std::unexpected(std::move(alone).error());
    add_percentiles("alone", "one command at a time", alone->answered, fmt::format("{} commands", kAlone));
    return {};
  }

  Result<void> full_load() {
    const auto in_flight = std::min(kInFlight, commands_ / 2);
    auto full = load({.commands = commands_, .in_flight = in_flight});
    if (!full) return std::unexpected(std::move(full).error());
    rate_ = static_cast<double>(commands_) / full->seconds;
    const auto note = fmt::format("{} commands, {} under way, boards kept beside them", commands_, in_flight);
    add("commands", "commands, exactly once", rate_, "commands/s", note);
    add_percentiles("saturated", "command to outcome at full load", full->answered, note);
    return {};
  }

  Result<void> half_load() {
    const auto rate = rate_ / 2;
    const auto commands = std::min(commands_, static_cast<std::size_t>(rate * kHalfLoadSeconds));
    const auto every = std::max<std::size_t>(static_cast<std::size_t>(rate) / kShownEachSecond, 1);
    auto half = load({.commands = commands,
                      .in_flight = kInFlight,
                      .rate = rate,
                      .shown = [this](log::Partition partition,
                                      log::Offset offset) { wait_until_shown(partition, offset); },
                      .show_every = every});
    if (!half) return std::unexpected(std::move(half).error());
    const auto note = fmt::format("{:.0f} commands/s", rate);
    add_percentiles("half", "command to outcome at half load", half->answered, note);
    add_percentiles("fresh", "command to board at half load", half->shown, note);
    return {};
  }

  void wait_until_shown(log::Partition partition, log::Offset offset) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!stop_.stop_requested() && engine_->behind("handoff", {partition, offset}) &&
           std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(200us);
  }

  void add(const std::string& row, const std::string& title, double value, const std::string& unit,
           const std::string& note) {
    figures_.push_back({row, title, value, unit, note});
  }
  void add_percentiles(const std::string& row, const std::string& title, bench::Latencies& took,
                       const std::string& note) {
    add(row + ".p50", title + ", p50", took.percentile(0.5), "ms", note);
    add(row + ".p99", title + ", p99", took.percentile(0.99), "ms", note);
  }

  Ground& ground_;
  std::size_t commands_;
  std::stop_token stop_;
  bench::DeskLoad load_{"bench", kOpenCases};
  std::size_t sent_ = 0;
  double rate_ = 0;
  std::unique_ptr<node::Engine> engine_;
  std::vector<Figure> figures_;
  ProgressBar bar_{"measuring", "steps"};
  std::int64_t steps_ = 0;
};

std::string text_of(const std::vector<Figure>& figures) {
  TextTable table({{.title = "what"},
                   {.title = "value"},
                   {.title = "unit"},
                   {.title = "measured on", .rank = 2, .least = 16}});
  for (const auto& figure : figures)
    table.add({figure.title, bench::value_text(figure.value), figure.unit, figure.note});
  return table.text(terminal_width());
}

}  // namespace

int run_bench(const Place& place, Output output, const verb::Bench& options) {
  const auto refuse = [](const std::string& sentence) {
    fmt::print(stderr, "casetrail: {}\n", sentence);
    return kUnavailable;
  };
  const Interruption interruption;
  const auto ground = Ground::prepare(place);
  if (!ground) return refuse(ground.error());
  const auto figures = Trial(**ground, options.commands, interruption.token()).run();
  if (interruption.token().stop_requested()) return kInterrupted;
  if (!figures) return refuse(figures.error());
  if (output == Output::json) {
    fmt::print("{}\n", to_json(std::map<std::string, std::vector<Figure>>{{"figures", *figures}}));
  } else {
    fmt::print("{}", text_of(*figures));
  }
  return kDone;
}

}  // namespace casetrail::cli
