// Any command at random, and the one that leads a case on: what walks and simulations send.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "aggregates/case/all_commands.h"
#include "tests/aggregates/case/cases.h"
#include "tests/support/random_reader.h"

namespace casetrail {

/// Ids that a case really has, so that commands meet what was there before.
struct LikelyIds {
  std::mt19937_64& random;

  std::string id(char letter) { return letter + std::to_string(random() % 3 + 1); }

  template <class Asked>
  void put_into(Asked& command) {
    if constexpr (requires { command.handoff_id; }) command.handoff_id = HandoffId{id('h')};
    if constexpr (requires { command.callback_id; }) command.callback_id = CallbackId{id('c')};
    if constexpr (requires { command.agreement_id; }) command.agreement_id = AgreementId{id('g')};
    if constexpr (requires { command.return_id; }) command.return_id = ReturnId{id('m')};
    if constexpr (requires { command.visit_id; }) command.visit_id = VisitId{id('v')};
    if constexpr (requires { command.due_at; }) command.due_at = kMonday + std::chrono::hours(random() % 400);
    if constexpr (requires { command.review_id; }) command.review_id = ReviewId{id('r')};
    if constexpr (requires { command.offer_id; }) command.offer_id.reset();
    if constexpr (requires { command.review_at; })
      command.review_at = kMonday + std::chrono::hours(random() % 400);
    if constexpr (requires { command.tz; }) command.tz.reset();
    if constexpr (requires { command.external_ref; }) command.external_ref.reset();
    if constexpr (requires { command.next_update_at; }) command.next_update_at.reset();
  }
};

template <class Asked>
Command random_command_of(std::mt19937_64& random) {
  Asked command;
  if constexpr (!std::is_same_v<Asked, ImportFacts>) RandomReader(random).fill(command);
  LikelyIds{random}.put_into(command);
  return command;
}

inline Command random_command(std::mt19937_64& random) {
  return [&]<class... Commands>(Family<Commands...>) {
    static constexpr Command (*kMakes[])(std::mt19937_64&) = {random_command_of<Commands>...};
    return kMakes[random() % std::size(kMakes)](random);
  }(AllCommands{});
}

/// What leads a case on from where it is.
inline Command next_step(const CaseState& state) {
  switch (state.status) {
    case CaseStatus::none: return register_request();
    case CaseStatus::new_: return state.classification ? Command{prioritize()} : Command{classify()};
    case CaseStatus::triaged:
    case CaseStatus::queued: return assign("a");
    case CaseStatus::assigned:
      return state.assignment.accepted ? Command{StartWork{}} : Command{AcceptAssignment{}};
    case CaseStatus::awaiting_customer: return ReceiveMessage{Channel::phone, {"here it is"}};
    case CaseStatus::suspended: return ResumeWork{ResumeTrigger::manual};
    case CaseStatus::resolved:
      return state.resolution_accepted ? Command{CloseCase{}} : Command{AcceptResolution{Channel::phone}};
    case CaseStatus::closed: return ReopenCase{ReopenReason::recurrence, {}};
    case CaseStatus::in_progress: break;
  }
  const auto assigned = std::ranges::find(state.reviews, false, &ReviewRegion::scored);
  if (assigned != state.reviews.end())
    return ScoreReview{assigned->review_id, {"default", 1}, {{"greeting", {}, 10, 10, true, false}}, {}};
  if (state.pending_handoff) return AcceptHandoff{state.pending_handoff->handoff_id};
  if (!state.accepted_handoffs.empty())
    return CompleteHandoff{state.accepted_handoffs.front().handoff_id, HandoffResult::done};
  return resolve();
}

/// With a promise of every kind, short ones among them.
inline constexpr std::string_view kStrictPolicy = R"(
calendars: [{id: office, tz: Asia/Shanghai, week: {mon-fri: ["09:00-12:00", "13:30-18:00"]}}]
sla: {P1: {calendar: office, first_response: 15m, next_update: 2h, resolution: 1bd, warn: 75,
           escalate: [{at: 100, to: [lead]}, {at: 150, to: [manager]}]}}
suspension: {pauses: [resolution, next_update, first_response]}
callback:
  zones: [Asia/Shanghai]
  hours: {all: ["09:00-21:00"]}
  late_activity: {after: "22:00", not_before: "11:00"}
  plans: [{id: p, purpose: satisfaction_and_problem, form: {id: f}, delay: 1d, kinds: [service_request, inquiry],
           required_before_close: [inquiry]}]
)";

inline Policy a_strict_policy() { return parse_policy(kStrictPolicy).value(); }

}  // namespace casetrail
