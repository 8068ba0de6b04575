// Boards over a story in which every command happens, for an API without an engine.
#pragma once

#include <map>
#include <memory>

#include "aggregates/case/decider.h"
#include "projections/boards.h"
#include "tests/support/events_of.h"
#include "tests/support/every_command.h"
#include "tests/support/map_rows.h"
#include "workers/api/view_desk.h"

namespace casetrail::fuzz {

/// Covers every token. Its boards never change, so any thread may ask.
class StoryDesk : public api::ViewDesk {
 public:
  StoryDesk() {
    for (auto& envelope : story_of_every_command(kMonday)) happen(std::move(envelope));
  }

  /// Before anybody asks. What is refused shows nothing.
  void happen(CommandEnvelope envelope) {
    envelope.place = ++place_;
    auto& state = cases_[envelope.case_id];
    const auto events = decide(state, envelope, kMonday, Policy{});
    if (!events) return;
    for (const auto& fact : *events) show(state, envelope, fact);
  }

  [[nodiscard]] api::DeskAnswer board(std::string_view view, const kit::BoardQuery& query) override {
    const auto* type = find_view(view);
    if (type == nullptr) return unknown(view);
    const kit::Rows* const partition = &rows_[type->name];
    auto board = type->answer({&partition, 1}, query);
    if (!board)
      return std::unexpected(api::DeskFailure{api::Unanswered::malformed, std::move(board).error()});
    return *std::move(board);
  }
  [[nodiscard]] api::DeskAnswer board_of_case(std::string_view view, const CaseId&,
                                              const kit::BoardQuery& query) override {
    return board(view, query);
  }
  [[nodiscard]] std::expected<api::LiveBoard, api::DeskFailure> live_board(
      std::string_view view, const kit::BoardQuery& query, const std::optional<CaseId>&) override {
    auto json = board(view, query);
    if (!json) return std::unexpected(std::move(json).error());
    return api::LiveBoard{*std::move(json), {{0, 1}, {1, 1}}, 0, 0};
  }
  [[nodiscard]] std::expected<api::PastBoard, api::DeskFailure> past_board(
      std::string_view view, Timestamp /*as_of*/, const kit::BoardQuery& query) override {
    auto json = board(view, query);
    if (!json) return std::unexpected(std::move(json).error());
    return api::PastBoard{.is_made = true, .json = *std::move(json)};
  }
  [[nodiscard]] Zone zone() override { return Zone::load("Asia/Shanghai").value(); }
  [[nodiscard]] std::optional<api::Positions> positions(std::string_view view,
                                                        const std::optional<CaseId>&) override {
    if (find_view(view) == nullptr) return std::nullopt;
    return api::Positions{{0, 1}, {1, 1}};
  }
  [[nodiscard]] std::optional<std::string> behind(std::string_view, const api::Token&) override { return {}; }
  [[nodiscard]] std::optional<std::string> behind(const std::vector<api::Token>&) override { return {}; }
  [[nodiscard]] std::optional<std::string> short_of(std::string_view, log::Partition, log::Offset) override {
    return {};
  }
  [[nodiscard]] std::expected<std::shared_ptr<const PolicyVersions>, api::DeskFailure> policies() override {
    return policies_;
  }
  /// From now on these were published.
  void publish(PolicyVersions policies) {
    policies_ = std::make_shared<const PolicyVersions>(std::move(policies));
  }
  [[nodiscard]] api::DeskAnswer lag() override { return "{}"; }
  [[nodiscard]] api::DeskAnswer start_rebuild(std::string_view view) override {
    return rebuild_status(view, {});
  }
  [[nodiscard]] api::DeskAnswer rebuilds() override { return R"({"rebuilds":[]})"; }
  [[nodiscard]] api::DeskAnswer rebuild_status(std::string_view view, std::optional<std::size_t>) override {
    return find_view(view) == nullptr ? unknown(view) : api::DeskAnswer("{}");
  }
  [[nodiscard]] std::expected<api::Simulated, api::DeskFailure> simulate(const api::SimulatedDay&) override {
    return api::Simulated{"{}", {}};
  }
  [[nodiscard]] api::DeskAnswer start_backup(const std::string&) override { return "{}"; }
  [[nodiscard]] api::DeskAnswer backup_status() override { return "{}"; }
  [[nodiscard]] std::optional<std::string> standing_still() override { return {}; }
  [[nodiscard]] std::vector<log::Reason> not_ready() override { return {}; }
  [[nodiscard]] std::vector<log::Reason> attention() override { return {}; }
  [[nodiscard]] std::string metrics() override { return "up 1\n"; }
  [[nodiscard]] api::DeskAnswer metrics_answer() override { return "{}"; }

 private:
  static api::DeskAnswer unknown(std::string_view view) {
    return std::unexpected(api::DeskFailure{api::Unanswered::unknown,
                                            "Expected a view, but it is '" + std::string(view) + "'."});
  }

  void show(CaseState& state, const CommandEnvelope& envelope, const Event& fact) {
    CaseEvent event;
    event.case_id = envelope.case_id;
    event.seq = state.seq + 1;
    event.occurred_at = event.recorded_at = kMonday;
    event.actor = envelope.actor;
    event.command_id = envelope.id;
    event.event = fact;
    evolve(state, event);
    for (const auto& type : view_types()) {
      auto& rows = rows_[type.name];
      const auto view = type.open(rows);
      view->apply(event);
      rows.take(*view);
    }
  }

  std::map<std::string_view, MapRows> rows_;
  std::map<CaseId, CaseState> cases_;
  std::int64_t place_ = 0;
  std::shared_ptr<const PolicyVersions> policies_ = std::make_shared<const PolicyVersions>();
};

}  // namespace casetrail::fuzz
