// A missing value says nothing, so every comparison is with the last value that was known.
#include "workers/import/case_progress.h"

#include <fmt/format.h>

#include <utility>

#include "events/case/assignment.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/work.h"

namespace casetrail::imports {
namespace {

std::optional<AgentId> agent_id(const std::optional<std::string>& agent) {
  if (!agent) return std::nullopt;
  return AgentId{*agent};
}

Party party(const std::string& department, const std::optional<std::string>& agent) {
  return {.department_id = {department}, .agent_id = agent_id(agent)};
}

/// Takes `value` over where it is known. True: something changed.
template <class T>
bool learn(std::optional<T>& known, const std::optional<T>& value) {
  if (!value || known == value) return false;
  known = value;
  return true;
}

}  // namespace

std::vector<Event> CaseProgress::take(const Mapping& mapping, const RowValues& row) {
  facts_.clear();
  if (!registered_) {
    register_case(mapping, row);
  } else {
    classify(mapping, row);
  }
  prioritize(row);
  reopen(mapping, row);
  assign(row);
  const bool said_now = row.step && *row.step != CaseStep::registered && *row.step != said_;
  if (said_now) said_ = *row.step;
  if (said_now || step_ != said_) go_to(said_);
  return std::exchange(facts_, {});
}

void CaseProgress::register_case(const Mapping& mapping, const RowValues& row) {
  registered_ = true;
  category_ = row.category;
  RequestRegistered fact;
  fact.kind = row.kind;
  fact.channel = mapping.channel;
  fact.external_ref = mapping.source + ":" + row.case_number;
  fact.received_at = row.received_at.value_or(row.at);
  if (row.customer) fact.customer_ref = CustomerRef{*row.customer};
  fact.product_model = row.product;
  fact.category = row.category;
  facts_.emplace_back(std::move(fact));
}

void CaseProgress::classify(const Mapping& mapping, const RowValues& row) {
  if (!row.category || !mapping.category || !learn(category_, row.category)) return;
  facts_.emplace_back(RequestClassified{.category = *row.category,
                                        .service_type = {},
                                        .difficulty = mapping.category->difficulty,
                                        .required_skills = {},
                                        .by = ClassifiedBy::agent});
}

void CaseProgress::prioritize(const RowValues& row) {
  const bool impact = learn(impact_, row.impact);
  const bool urgency = learn(urgency_, row.urgency);
  const bool priority = learn(priority_, row.priority);
  if (!(impact || urgency || priority) || !impact_ || !urgency_ || !priority_) return;
  facts_.emplace_back(
      RequestPrioritized{.impact = *impact_, .urgency = *urgency_, .priority = *priority_, .reason = {}});
}

void CaseProgress::reopen(const Mapping& mapping, const RowValues& row) {
  std::int32_t now = reopenings_;
  if (row.reopen_count) now = *row.reopen_count;
  if (const auto* leaving = std::get_if<ReopenLeaving>(&mapping.reopen)) {
    if (row.step && leaving->steps.contains(step_) && *row.step < step_) ++now;
  }
  while (reopenings_ < now) {
    ++reopenings_;
    facts_.emplace_back(
        CaseReopened{.reason_code = ReopenReason::imported, .cycle_no = reopenings_ + 1, .pii = {}});
    step_ = CaseStep::in_progress;
    said_ = CaseStep::in_progress;
  }
}

void CaseProgress::move_open_case(CaseStep to) {
  if (step_ != CaseStep::resolved && step_ != CaseStep::closed) step_ = to;
}

void CaseProgress::assign(const RowValues& row) {
  if (department_ && row.department && *department_ != *row.department) {
    hand_over(*department_, *row.department, row.agent);
    return;
  }
  const bool department = learn(department_, row.department);
  const bool agent = learn(agent_, row.agent);
  if (!(department || agent) || !department_) return;
  facts_.emplace_back(AssignmentMade{.assignment_id = {fmt::format("a{}", ++assignments_)},
                                     .agent_id = agent_id(agent_),
                                     .department_id = {*department_},
                                     .requirements = {},
                                     .cautions = {},
                                     .basis = AssignmentBasis::imported,
                                     .still_waiting = {}});
  move_open_case(CaseStep::registered);
}

void CaseProgress::hand_over(const std::string& from_department, const std::string& to_department,
                             const std::optional<std::string>& to_agent) {
  const HandoffId id{fmt::format("h{}", ++handoffs_)};
  const auto from = party(from_department, agent_);
  const auto to = party(to_department, to_agent);
  facts_.emplace_back(HandoffRequested{.handoff_id = id,
                                       .kind = HandoffKind::department,
                                       .from = from,
                                       .to = to,
                                       .reason_code = HandoffReason::imported,
                                       .step_reached = {},
                                       .duty_id = {},
                                       .accept_by = {},
                                       .pii = {}});
  facts_.emplace_back(HandoffAccepted{.handoff_id = id, .by = to, .complete_by = {}, .still_waiting = {}});
  department_ = to.department_id.value;
  agent_ = to_agent;
  move_open_case(CaseStep::in_progress);
}

void CaseProgress::go_to(CaseStep step) {
  const CaseStep from = std::exchange(step_, step);
  if (from == CaseStep::suspended || (from == CaseStep::awaiting_customer && step == CaseStep::in_progress)) {
    facts_.emplace_back(WorkResumed{.trigger = ResumeTrigger::manual, .suspended_business_ms = 0});
  }
  switch (step) {
    case CaseStep::registered: return;
    case CaseStep::in_progress:
      if (from == CaseStep::suspended || from == CaseStep::awaiting_customer) return;
      facts_.emplace_back(WorkStarted{.agent_id = agent_id(agent_)});
      return;
    case CaseStep::awaiting_customer: facts_.emplace_back(InfoRequested{}); return;
    case CaseStep::suspended:
      facts_.emplace_back(WorkSuspended{
          .reason_code = SuspendReason::imported, .review_at = {}, .customer_informed = false, .pii = {}});
      return;
    case CaseStep::resolved: {
      CaseResolved fact;
      fact.resolution_code = ResolutionCode::imported;
      if (agent_) fact.attributed.agents.push_back({*agent_});
      if (department_) fact.attributed.departments.push_back({*department_});
      facts_.emplace_back(std::move(fact));
      return;
    }
    case CaseStep::closed:
      facts_.emplace_back(CaseClosed{.basis = ClosureBasis::imported, .closed_by = {}});
      return;
  }
}

}  // namespace casetrail::imports
