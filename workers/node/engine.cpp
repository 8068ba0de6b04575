// Puts the rooms together: who borrows what from whom, and in which order they begin and end.
#include "workers/node/engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "events/case/case_order.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "projections/boards.h"
#include "workers/api/reason_texts.h"
#include "workers/api/wall_clock.h"
#include "workers/command/policy_book.h"
#include "workers/log/partition.h"
#include "workers/node/backups.h"
#include "workers/node/data_folder.h"
#include "workers/node/loop.h"
#include "workers/node/metrics_text.h"
#include "workers/node/process_clock.h"
#include "workers/node/published_policies.h"
#include "workers/node/readiness.h"
#include "workers/node/roles.h"
#include "workers/projection/boards.h"
#include "workers/projection/disk_copy_storage.h"
#include "workers/projection/past_boards.h"
#include "workers/simulate/append_day.h"
#include "workers/simulate/simulate_day.h"

namespace casetrail::node {
namespace {

/// So long ago ends a day that is played: how long its commands waited is nobody's waiting.
constexpr auto kPlayed = std::chrono::minutes(2);
/// Of the commands before the boards, at most: a partition may wait longer for what its last owner left open.
constexpr auto kHeadStart = std::chrono::seconds(3);
/// The views close a case at once, the commands so much later.
constexpr auto kTellPause = std::chrono::milliseconds(200);
constexpr auto kSettingsPause = std::chrono::seconds(2);
/// For a board of the past, before its client is told how far it is.
constexpr auto kPastPatience = std::chrono::seconds(2);
constexpr std::size_t kMostClosedNamed = 50;  ///< of the closed cases

api::DeskFailure failure_of(projection::BoardError error) {
  switch (error.kind) {
    case projection::BoardError::Kind::unknown_view:
      return {api::Unanswered::unknown, std::move(error.sentence)};
    case projection::BoardError::Kind::bad_query:
      return {api::Unanswered::malformed, std::move(error.sentence)};
    case projection::BoardError::Kind::conflict:
      return {api::Unanswered::conflict, std::move(error.sentence)};
    case projection::BoardError::Kind::unavailable:
      return {api::Unanswered::unavailable, std::move(error.sentence)};
  }
  return {api::Unanswered::unavailable, std::move(error.sentence)};
}

api::DeskAnswer json_of(std::expected<api::LiveBoard, api::DeskFailure> board) {
  if (!board) return std::unexpected(std::move(board).error());
  return std::move(board->json);
}

api::Role role_of(const projection::ProjectionType& type) {
  return type.name == name_of(api::Role::history) ? api::Role::history : api::Role::boards;
}

/// A case as it stood is read from its own rows; all other views are boards.
bool is_asked_of_the_past(const projection::ProjectionType& type) { return type.name != "history"; }

class WholeEngine final : public Engine {
 public:
  WholeEngine(log::EventLog& log, const EngineOptions& options)
      : log_(log),
        options_(options),
        memory_(options.memory.stores),
        backups_(log, options.data, options.disk_reserve) {}
  WholeEngine(const WholeEngine&) = delete;
  WholeEngine& operator=(const WholeEngine&) = delete;
  /// What peers answer goes to the API.
  ~WholeEngine() override {
    if (peers_) peers_->stop();
  }

  std::expected<void, std::string> start() {
    const auto threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                                 static_cast<std::size_t>(log_.partitions()));
    const auto partitions = static_cast<std::size_t>(log_.partitions());
    auto identity = log_.identity();
    if (!identity) return std::unexpected(identity.error().what);
    identity_ = *std::move(identity);
    auto types = projection::projection_types(view_types());
    std::erase_if(types, [this](const auto& type) { return !does(role_of(type)); });
    const auto secret = DataFolder(options_.data).contact_secret();
    if (!secret) return std::unexpected(secret.error());
    for (auto& type : types) {
      type.secret = *secret;
      type.bounds = {rows_of(options_.memory, partitions),
                     batch_events_of(options_.memory, threads * types.size())};
      pasts_.emplace_back(std::make_unique<Past>(log_, options_.data, type, memory_));
      auto& role = projections_.emplace_back(std::make_unique<ProjectionRole>(
          options_.data, type.name, memory_, options_.wraps.copies,
          is_asked_of_the_past(type) ? options_.keep_boards / partitions : 0));
      const auto held = [this] { return boards_wait(); };
      if (auto started = role->start(log_, std::move(type), options_.node, threads, held); !started)
        return started;
    }
    std::vector<const projection::ProjectionControl*> controls;
    controls.reserve(projections_.size());
    for (const auto& role : projections_) controls.push_back(role->control());
    boards_.emplace(std::move(controls));

    if (does(api::Role::api)) {
      auto waiter = api::OutcomeWaiter::start(log_);
      if (!waiter) return std::unexpected(waiter.error().what);
      outcomes_ = *std::move(waiter);
    }
    if (does(api::Role::commands)) {
      if (auto joined = start_commands(threads, partitions); !joined) return joined;
    }
    if (!options_.peers.addresses.empty()) peers_.emplace(options_.peers, options_.node, identity_);
    boards_at_latest_ = std::chrono::steady_clock::now() + kHeadStart;
    commands_started_ = true;
    api_ = std::make_unique<api::Api>(
        log_, outcomes_.get(), *this,
        api::Node{options_.roles, peers_ ? &*peers_ : nullptr, options_.node, identity_});
    verdicts_.add(
        "policy-of-boards",
        [this, next = std::chrono::steady_clock::time_point{}]() mutable -> std::expected<void, std::string> {
          if (std::chrono::steady_clock::now() >= next) {
            if (auto all = policies()) take_board_settings(*std::move(all));
            next = std::chrono::steady_clock::now() + kSettingsPause;
          }
          std::this_thread::sleep_for(kTellPause);
          return {};
        });
    verdicts_.add("closed-cases", [this]() -> std::expected<void, std::string> {
      tell_commands_what_is_closed();
      drop_pasts_of_erased();
      std::this_thread::sleep_for(kTellPause);
      return {};
    });
    return {};
  }

  [[nodiscard]] api::Api& api() override { return *api_; }

  [[nodiscard]] api::DeskAnswer board(std::string_view view, const kit::BoardQuery& query) override {
    return json_of(live_board(view, query, std::nullopt));
  }
  [[nodiscard]] api::DeskAnswer board_of_case(std::string_view view, const CaseId& id,
                                              const kit::BoardQuery& query) override {
    return json_of(live_board(view, query, id));
  }
  [[nodiscard]] std::expected<api::LiveBoard, api::DeskFailure> live_board(
      std::string_view view, const kit::BoardQuery& query, const std::optional<CaseId>& only) override {
    auto asked = query;
    asked.settings = board_settings();
    auto board = boards_->render(view, asked, only);
    if (!board) return std::unexpected(failure_of(std::move(board).error()));
    return api::LiveBoard{std::move(board->json), std::move(board->offsets), board->offsets_at,
                          board->offsets_end};
  }
  [[nodiscard]] std::expected<api::PastBoard, api::DeskFailure> past_board(
      std::string_view view, Timestamp as_of, const kit::BoardQuery& query) override {
    if (auto full = no_room_for_stores()) return std::unexpected(*std::move(full));
    const std::scoped_lock lock(past_mutex_);
    const auto found = past_of(view);
    if (!found) return std::unexpected(failure_of(boards_->unknown(view)));
    const auto until = std::chrono::steady_clock::now() + kPastPatience;
    for (;;) {
      const auto progress = found->boards->make(as_of);
      if (!progress) return std::unexpected(failure_of(progress.error()));
      if (progress->is_made) break;
      if (std::chrono::steady_clock::now() < until) continue;
      return api::PastBoard{
          .is_made = false, .records_done = progress->done, .records_total = progress->total};
    }
    auto asked = query;
    asked.now = as_of;
    auto all = policies();
    if (!all) return std::unexpected(std::move(all).error());
    asked.settings = settings_of((*all)->at(as_of), *all);
    auto board = found->boards->render(as_of, found->index, asked);
    if (!board) return std::unexpected(failure_of(std::move(board).error()));
    return api::PastBoard{.is_made = true, .json = std::move(board->json)};
  }
  [[nodiscard]] std::optional<api::Positions> positions(std::string_view view,
                                                        const std::optional<CaseId>& only) override {
    return boards_->offsets(view, only);
  }
  [[nodiscard]] std::optional<std::string> behind(std::string_view view, const api::Token& token) override {
    const projection::ReadToken place{token.partition, token.offset};
    if (boards_->sight(view, place) != projection::Sight::not_yet) return std::nullopt;
    return boards_->behind(view, place);
  }
  [[nodiscard]] std::optional<std::string> short_of(std::string_view view, log::Partition partition,
                                                    log::Offset end) override {
    return boards_->short_of(view, partition, end);
  }
  [[nodiscard]] Zone zone() override { return board_settings().zone; }

  [[nodiscard]] std::expected<std::shared_ptr<const PolicyVersions>, api::DeskFailure> policies() override {
    auto all = policies_.read();
    if (!all) return std::unexpected(desk_failure(std::move(all).error()));
    return *std::move(all);
  }

  [[nodiscard]] api::DeskAnswer lag() override {
    const auto now = api::wall_clock();
    api::LagAnswer answer{.partitions = boards_->lag(now),
                          .commands = command_lag(now),
                          .reasons = api::rows_of(problems()),
                          .node = options_.node,
                          .log = identity_};
    for (const auto& row : answer.reasons) answer.problems.push_back(row.en);
    return to_json(answer);
  }

  [[nodiscard]] api::DeskAnswer start_rebuild(std::string_view view) override {
    if (auto full = no_room_for_stores()) return std::unexpected(*std::move(full));
    auto asked = boards_->rebuild(view);
    if (!asked) return std::unexpected(failure_of(std::move(asked).error()));
    return to_json(*asked);
  }
  [[nodiscard]] api::DeskAnswer rebuilds() override {
    return to_json(projection::Rebuilds{boards_->rebuilds()});
  }
  [[nodiscard]] api::DeskAnswer rebuild_status(std::string_view view,
                                               std::optional<std::size_t> run) override {
    const auto status = boards_->rebuild_status(view);
    if (status && run.value_or(status->run) == status->run) return to_json(*status);
    return std::unexpected(
        api::DeskFailure{api::Unanswered::unknown,
                         "There is no such rebuild of '" + std::string(view) +
                             "': one is known until the next is begun, or this process ends. Begin one with "
                             "`casetrail rebuild`."});
  }

  [[nodiscard]] api::DeskAnswer start_backup(const std::string& directory) override {
    auto begun = backups_.start(directory);
    if (!begun) return std::unexpected(std::move(begun).error());
    return to_json(*begun);
  }
  [[nodiscard]] api::DeskAnswer backup_status() override {
    if (const auto status = backups_.status()) return to_json(*status);
    return std::unexpected(api::DeskFailure{
        api::Unanswered::unknown,
        "No backup was begun since the start of this server. Begin one with `casetrail backup`."});
  }

  [[nodiscard]] std::expected<api::Simulated, api::DeskFailure> simulate(
      const api::SimulatedDay& day) override {
    if (auto why = no_simulation(day.cases)) return std::unexpected(*std::move(why));
    command::PolicyBook book(log_);
    if (auto read = book.refresh(); !read) return std::unexpected(desk_failure(std::move(read).error()));
    if (book.version() == 0) {
      return std::unexpected(api::DeskFailure{api::Unanswered::conflict,
                                              "Expected a policy that the day can be played by, but none was "
                                              "published. Start the engine with one: "
                                              "casetrail serve --policy deploy/policy/example.yaml."});
    }
    const auto commands = simulate::simulate_day(
        {.seed = day.seed, .cases = day.cases, .until = day.until.value_or(api::wall_clock() - kPlayed)},
        book.policy());
    const auto laid = simulate::append_day(log_, commands, [](std::size_t) {});
    if (!laid) return std::unexpected(desk_failure(laid.error()));
    api::Simulated simulated{to_json(std::map<std::string, std::size_t>{{"commands", commands.size()}}), {}};
    for (const auto& [partition, offset] : *laid) simulated.last.push_back({partition, offset});
    return simulated;
  }

  [[nodiscard]] std::optional<std::string> behind(const std::vector<api::Token>& tokens) override {
    for (const auto& role : projections_) {
      // The views of a projection move in lockstep.
      const auto* view = role->control()->projection().type().views.front();
      for (const auto& token : tokens) {
        if (auto why = behind(view->name, token)) return why;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> standing_still() override {
    std::vector<std::string> threads;
    const auto add = [&](const Loops& loops) {
      std::ranges::move(loops.standing_still(kStandsStillAfter), std::back_inserter(threads));
    };
    if (commands_) add(commands_->loops());
    for (const auto& role : projections_) add(role->loops());
    add(verdicts_);
    return hanging(threads);
  }

  [[nodiscard]] std::vector<log::Reason> not_ready() override {
    std::vector<log::Reason> missing = broken_log();
    // After a start what came meanwhile is taken first; later a burst takes no node out that works it off.
    std::ranges::move(late_parts(was_ready_ ? Late::forgiven : Late::missing), std::back_inserter(missing));
    std::ranges::move(failed_rebuilds(), std::back_inserter(missing));
    if (!was_ready_) std::ranges::move(missing_peers(), std::back_inserter(missing));
    if (!missing.empty()) return missing;
    if (auto clock = missing_of_clock(process_clock().leap())) return {*std::move(clock)};
    was_ready_ = true;
    return {};
  }

  [[nodiscard]] std::vector<log::Reason> attention() override {
    auto reasons = log_damage();
    std::ranges::move(late_parts(Late::missing), std::back_inserter(reasons));
    std::ranges::move(missing_peers(), std::back_inserter(reasons));
    return reasons;
  }

  [[nodiscard]] std::optional<std::string> over() override {
    if (commands_) {
      if (auto why = commands_->over()) return why;
    }
    for (const auto& role : projections_) {
      if (auto why = role->control()->over()) return why;
    }
    return std::nullopt;
  }

  [[nodiscard]] Backlog backlog() override {
    std::vector<log::Reason> missing;
    auto all = backlog({}, missing);
    all.waiting_for = api::in_one(missing);
    return all;
  }

  [[nodiscard]] std::string metrics() override { return metrics_as(metrics_text); }

  [[nodiscard]] api::DeskAnswer metrics_answer() override {
    return to_json(metrics_as(node::metrics_answer));
  }

 private:
  template <class Answer>
  Answer metrics_as(Answer (*form)(const EngineFigures&)) {
    const auto now = api::wall_clock();
    return form({now, commands_ ? &commands_->metrics() : nullptr, command_status(), command_lag(now),
                 boards_->metrics(now), boards_->lag(now), boards_->samples(), memory_, options_.memory,
                 api_->traffic(), api_->letter_counts(), disk(), process_clock().leap(), options_.heads.get(),
                 options_.certificate_end()});
  }

  [[nodiscard]] bool does(api::Role role) const { return options_.roles.contains(role); }

  std::expected<void, std::string> start_commands(std::size_t threads, std::size_t partitions) {
    auto membership = log_.join(std::string(log::kCommandGroup), log::Topic::commands, options_.node);
    if (!membership) return std::unexpected(membership.error().what);
    commands_ = std::make_unique<CommandRole>(
        log_, *std::move(membership), options_.data, memory_, threads,
        command::CommandWorker::Options{.cached_cases = cases_of(options_.memory, partitions)},
        options_.wraps.command_home);
    return {};
  }

  /// Of the partitions that this process decides.
  [[nodiscard]] std::vector<command::PartitionStatus> command_status() const {
    return commands_ ? commands_->status() : std::vector<command::PartitionStatus>();
  }
  [[nodiscard]] std::vector<log::PartitionLag> command_lag(Timestamp now) const {
    return commands_ ? commands_->lag(now) : std::vector<log::PartitionLag>();
  }

  /// What no other node does that this one leaves to them; nobody is missed by who asks nobody.
  [[nodiscard]] std::vector<log::Reason> missing_peers() const {
    if (!peers_) return {};
    auto others = api::kEveryRole;
    std::erase_if(others, [this](api::Role role) { return does(role); });
    return peers_->missing_of(others);
  }

  /// That of the policy as it was seconds ago: a read never waits for the log.
  kit::BoardSettings board_settings() {
    const std::scoped_lock lock(board_settings_mutex_);
    return board_settings_;
  }
  /// `policy` is one of `all`.
  static kit::BoardSettings settings_of(const Policy& policy, std::shared_ptr<const PolicyVersions> all) {
    return {.zone = policy.zone(),
            .closed_for = std::chrono::ceil<std::chrono::days>(policy.boards.closed_cases_for),
            .country_code = policy.boards.country_code,
            .catalogues = std::make_shared<const Catalogues>(policy.catalogues),
            .business_time = [all, &policy](const std::optional<CalendarId>& calendar, Timestamp from,
                                            Timestamp to) { return policy.between(calendar, from, to); },
            .business_time_then = [all](std::int32_t version, const std::optional<CalendarId>& calendar,
                                        Timestamp from,
                                        Timestamp to) { return all->between(version, calendar, from, to); }};
  }
  void take_board_settings(std::shared_ptr<const PolicyVersions> all) {
    const std::scoped_lock lock(board_settings_mutex_);
    board_settings_ = settings_of(all->newest(), all);
  }

  /// The boards of a projection as they stood, in a folder of their own.
  struct Past {
    Past(log::EventLog& log, const std::filesystem::path& data, const projection::ProjectionType& type,
         storage::StorageMemory& memory)
        : storage(data / "past", type.name, memory, data), boards(log, type, storage) {}
    projection::DiskCopyStorage storage;
    projection::PastBoards boards;
  };
  struct PastView {
    projection::PastBoards* boards;
    std::size_t index;
  };
  std::optional<PastView> past_of(std::string_view view) {
    for (const auto& past : pasts_) {
      const auto& views = past->boards.type().views;
      const auto found = std::ranges::find(views, view, [](const auto* type) { return type->name; });
      if (found != views.end())
        return PastView{&past->boards, static_cast<std::size_t>(found - views.begin())};
    }
    return std::nullopt;
  }

  /// After a start the cores are the commands' first: boards that have much to catch up on would keep them
  /// from being taken.
  bool boards_wait() {
    if (boards_begun_) return false;
    if (!commands_started_) return true;
    if (std::chrono::steady_clock::now() < boards_at_latest_ && is_taking_over()) return true;
    boards_begun_ = true;
    return false;
  }

  bool is_taking_over() const {
    if (!commands_) return false;
    const auto partitions = commands_->status();
    return partitions.empty() || std::ranges::any_of(partitions, [](const auto& partition) {
             return partition.phase == command::PartitionPhase::taking_over;
           });
  }

  /// Asked before a day is made, which takes long and much memory.
  std::optional<api::DeskFailure> no_simulation(std::size_t cases) {
    if (options_.simulation == Simulation::refused) {
      return api::DeskFailure{
          api::Unanswered::forbidden,
          "This server takes no simulated day. Start one for a rehearsal, on an empty log, with "
          "`casetrail serve --allow-simulation`."};
    }
    if (const auto most = simulated_cases_of(options_.memory); cases > most) {
      return api::DeskFailure{api::Unanswered::malformed, "A day of " + std::to_string(cases) +
                                                              " cases does not fit into --memory. Ask for " +
                                                              std::to_string(most) +
                                                              " at most, or start the engine with more."};
    }
    const auto all = log_.bounds(log::Topic::commands);
    if (!all) return desk_failure(all.error());
    if (std::ranges::all_of(*all, [](const log::Bounds& bounds) { return bounds.stable <= bounds.low; }))
      return std::nullopt;
    return api::DeskFailure{
        api::Unanswered::conflict,
        "This log holds commands already, and a simulated day would mix with them. Simulate into "
        "a fresh --data folder, or into fresh topics."};
  }

  /// What they met is damage of the log or of a store, which somebody has to mend.
  [[nodiscard]] std::vector<log::Reason> failed_rebuilds() const {
    std::vector<log::Reason> failed;
    for (const auto& role : projections_) {
      const auto status = role->control()->projection().rebuild_status();
      if (status && status->stage == projection::RebuildStage::failed)
        failed.push_back({.code = log::ReasonCode::rebuild_failed,
                          .worker = status->projection,
                          .detail = status->sentence});
    }
    return failed;
  }

  [[nodiscard]] DiskFigures disk() const {
    std::error_code failed;
    const auto space = std::filesystem::space(options_.data, failed);
    return {failed ? std::nullopt : std::optional(space.available), options_.disk_reserve};
  }

  /// Whoever opens new stores on a full disk waits until there is room.
  [[nodiscard]] std::optional<api::DeskFailure> no_room_for_stores() const {
    constexpr std::uintmax_t kMiB = std::uintmax_t{1} << 20U;
    const auto [free, reserve] = disk();
    if (!free || (*free > 0 && *free >= reserve)) return std::nullopt;
    return api::DeskFailure{api::Unanswered::disk_full,
                            "Disk full: this builds stores in " + options_.data.string() + ", where " +
                                std::to_string(*free / kMiB) + " MiB are free and " +
                                std::to_string(reserve / kMiB) +
                                " MiB are kept in reserve. Free space and ask again."};
  }

  static api::DeskFailure desk_failure(log::LogError error) {
    const bool refused = error.failure == log::LogFailure::refused;
    return {refused ? api::Unanswered::conflict : api::Unanswered::unavailable, std::move(error.what)};
  }

  /// What is farther behind than under load.
  std::vector<log::Reason> late_parts(Late late) {
    const Allowed allowed{kUnderLoad.commands, kUnderLoad.seconds, &pace_, late};
    std::vector<log::Reason> missing;
    static_cast<void>(backlog(allowed, missing));
    if (!missing.empty()) return missing;
    return missing_of(command_status(), command_lag(api::wall_clock()), allowed);
  }

  [[nodiscard]] std::vector<log::Reason> broken_log() const {
    auto why = log_.broken();
    if (!why) return {};
    return {{.code = log::ReasonCode::log_not_writable, .detail = *std::move(why)}};
  }

  /// `missing` takes what it waits for.
  Backlog backlog(const Allowed& allowed, std::vector<log::Reason>& missing) {
    Backlog backlog;
    if (auto why = over())
      missing.push_back({.code = log::ReasonCode::membership_over, .detail = *std::move(why)});
    if (commands_) std::ranges::move(missing_of(commands_->status()), std::back_inserter(missing));
    add_commands(allowed, backlog, missing);
    const auto lags = boards_->lag(api::wall_clock());
    std::ranges::move(missing_of(lags, allowed), std::back_inserter(missing));
    for (const auto& lag : lags) {
      if (lag.stopped.empty() && !lag.covers_end)
        backlog.events = std::max(backlog.events, lag.lag.value_or(0));
    }
    return backlog;
  }

  void add_commands(const Allowed& allowed, Backlog& backlog, std::vector<log::Reason>& missing) {
    auto running = command_status();
    std::erase_if(running,
                  [](const auto& status) { return status.phase != command::PartitionPhase::running; });
    if (running.empty()) return;
    const auto all = log_.bounds(log::Topic::commands);
    for (const auto& partition : running) {
      const auto bounds = log::bounds_of(log_, all, log::Topic::commands, partition.partition);
      if (!bounds)
        return missing.push_back({.code = log::ReasonCode::log_unreachable, .detail = bounds.error().what});
      const auto left = std::max<std::int64_t>(bounds->stable - partition.next_command, 0);
      backlog.commands += left;
      if (left <= allowed.commands) continue;
      log::Reason reason{.code = log::ReasonCode::commands_behind,
                         .worker = std::string(log::kCommandWorker),
                         .partition = partition.partition,
                         .offset = partition.next_command,
                         .records = left};
      if (is_missing_by(allowed, "commands of " + std::to_string(partition.partition), reason))
        missing.push_back(std::move(reason));
    }
  }

  /// As the commands or the views have them: whoever came by the damage first.
  std::map<CaseId, std::string> closed_cases() const {
    std::map<CaseId, std::string> all;
    for (const auto& partition : command_status()) {
      for (const auto& [case_id, why] : *partition.damaged) all.emplace(case_id, why);
    }
    for (const auto& [partition, cases] : boards_->closed_cases()) {
      for (const auto& [case_id, why] : cases) all.emplace(case_id, why);
    }
    return all;
  }

  /// Both come to it by the same rule; only the views read all that lies in the log.
  void tell_commands_what_is_closed() {
    command::CommandWorker::ClosedCases closed;
    for (auto& [partition, cases] : boards_->take_newly_closed()) {
      for (auto& [case_id, why] : cases) closed[partition].push_back({std::move(case_id), std::move(why)});
    }
    if (!closed.empty() && commands_) commands_->tell_closed(closed);
  }

  /// Boards of the past that were made before somebody was erased; while one is made it is asked again.
  void drop_pasts_of_erased() {
    std::int64_t erasures = 0;
    for (const auto& role : projections_) {
      for (const auto& partition : role->control()->projection().copies().live->partitions())
        erasures += partition->progress().erasures;
    }
    if (erasures == known_erasures_) return;
    const std::unique_lock lock(past_mutex_, std::try_to_lock);
    if (!lock) return;
    for (const auto& past : pasts_) past->boards.drop();
    known_erasures_ = erasures;
  }

  /// Of the first ones, and how many there are beside them.
  std::vector<log::Reason> reasons_of_closed() const {
    const auto closed = closed_cases();
    std::vector<log::Reason> reasons;
    for (const auto& [case_id, why] : closed) {
      if (reasons.size() == kMostClosedNamed) {
        reasons.push_back({.code = log::ReasonCode::more_cases_damaged,
                           .records = static_cast<std::int64_t>(closed.size() - kMostClosedNamed)});
        break;
      }
      reasons.push_back({.code = log::ReasonCode::case_damaged,
                         .about = case_id.value,
                         .partition = log::partition_of(case_id.value, log_.partitions()),
                         .detail = std::string(as_clause(why))});
    }
    return reasons;
  }

  /// What somebody else wrote into the log or did to its groups, as far as can be told.
  std::vector<log::Reason> log_damage() const {
    auto reasons = reasons_of_closed();
    for (auto& [partition, strays] : boards_->strays()) {
      reasons.push_back(
          {.code = log::ReasonCode::events_forged, .partition = partition, .detail = std::move(strays)});
    }
    for (const auto& partition : command_status()) {
      if (!partition.passed_over.empty())
        reasons.push_back({.code = log::ReasonCode::commands_passed_over,
                           .worker = std::string(log::kCommandWorker),
                           .partition = partition.partition,
                           .detail = partition.passed_over});
    }
    return reasons;
  }

  /// What an operator has to look at.
  std::vector<log::Reason> problems() const {
    auto problems = boards_->problems();
    std::ranges::move(failed_rebuilds(), std::back_inserter(problems));
    std::ranges::move(broken_log(), std::back_inserter(problems));
    auto stopped = command_status();
    std::erase_if(stopped,
                  [](const auto& status) { return status.phase != command::PartitionPhase::stopped; });
    if (!stopped.empty()) std::ranges::move(missing_of(stopped), std::back_inserter(problems));
    std::ranges::move(log_damage(), std::back_inserter(problems));
    return problems;
  }

  log::EventLog& log_;
  EngineOptions options_;
  storage::StorageMemory memory_;
  Backups backups_;
  std::chrono::steady_clock::time_point boards_at_latest_;  ///< once the commands are started
  std::atomic<bool> commands_started_ = false;
  std::atomic<bool> boards_begun_ = false;
  std::atomic<bool> was_ready_ = false;
  Pace pace_;
  PublishedPolicies policies_{log_};
  std::mutex board_settings_mutex_;  ///< guards the next one
  kit::BoardSettings board_settings_;
  std::mutex past_mutex_;  ///< guards the next one
  std::vector<std::unique_ptr<Past>> pasts_;
  std::int64_t known_erasures_ = 0;                           ///< of the loop that drops pasts
  std::unique_ptr<CommandRole> commands_;                     ///< nothing without that role
  std::vector<std::unique_ptr<ProjectionRole>> projections_;  ///< which ask the commands, and end before them
  std::string identity_;                                      ///< of the log
  std::optional<projection::Boards> boards_;
  std::unique_ptr<api::OutcomeWaiter> outcomes_;  ///< of role `api`
  std::optional<Peers> peers_;
  std::unique_ptr<api::Api> api_;
  Loops verdicts_;  ///< ends first: it borrows all of them
};

}  // namespace

std::expected<std::unique_ptr<Engine>, std::string> Engine::start(log::EventLog& log,
                                                                  const EngineOptions& options) {
  auto engine = std::make_unique<WholeEngine>(log, options);
  if (auto started = engine->start(); !started) return std::unexpected(std::move(started).error());
  return engine;
}

}  // namespace casetrail::node
