// Cases in the states that the tests of the heart begin from, and the commands that lead there.
#pragma once

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/case/assignment_terms.h"
#include "events/case/handoff_terms.h"
#include "events/case/request_terms.h"
#include "events/case/resolution_terms.h"
#include "events/case/work_terms.h"
#include "tests/support/given.h"

namespace casetrail {

inline RegisterRequest register_request(const Code<CaseKind>& kind = CaseKind::service_request) {
  RegisterRequest command;
  command.kind = kind;
  command.channel = Channel::phone;
  command.category = "fault/power";
  command.pii.name = "王芳";
  command.pii.contacts = {"13800000000"};
  command.pii.service_need = "无法开机";
  return command;
}

inline ClassifyRequest classify() { return {"fault/power", std::nullopt, 2, std::nullopt}; }
inline PrioritizeRequest prioritize() { return {Level::medium, Level::high, std::nullopt}; }

inline MakeAssignment assign(const std::string& agent_id = "li.wei") {
  return {AgentId{agent_id}, DepartmentId{"cs"}, "find out what is broken", "calm the customer first",
          AssignmentBasis::push};
}

inline OfferAssignment offer(const std::string& agent_id = "li.wei") {
  return {AgentId{agent_id}, DepartmentId{"cs"}, std::nullopt, "find out what is broken",
          "calm the customer first"};
}

inline RequestHandoff hand_off(const std::string& department = "tech") {
  return {HandoffKind::department, Party{DepartmentId{department}, std::nullopt}, HandoffReason::skill_needed,
          "step 2", HandoffNote{"王芳", "phone", "no power", "a repair", "test the unit", "on the bench"}};
}

inline ReportProgress report() { return {ProgressKind::progress, Channel::phone, std::nullopt, {"on it"}}; }
inline SuspendWork suspend(Timestamp review_at) {
  return {SuspendReason::waiting_parts, review_at, true, WorkText{"a part is on its way"}};
}
inline ResolveCase resolve() { return {ResolutionCode::repaired, std::nullopt}; }

inline Given a_new_case(const Code<CaseKind>& kind = CaseKind::service_request, Policy policy = {}) {
  Given story(std::move(policy));
  story.and_given(register_request(kind));
  return story;
}

inline Given a_triaged_case(const Code<CaseKind>& kind = CaseKind::service_request, Policy policy = {}) {
  auto story = a_new_case(kind, std::move(policy));
  story.and_given(classify()).and_given(prioritize());
  return story;
}

inline Given an_assigned_case(Policy policy = {}) {
  auto story = a_triaged_case(CaseKind::service_request, std::move(policy));
  story.and_given(assign());
  return story;
}

inline Given a_case_in_progress(const Code<CaseKind>& kind = CaseKind::service_request, Policy policy = {}) {
  auto story = a_triaged_case(kind, std::move(policy));
  story.and_given(assign()).and_given(AcceptAssignment{}).and_given(StartWork{});
  return story;
}

inline Given a_resolved_case(Policy policy = {}) {
  auto story = a_case_in_progress(CaseKind::service_request, std::move(policy));
  story.and_given(resolve());
  return story;
}

inline Given a_closed_case(Policy policy = {}) {
  auto story = a_resolved_case(std::move(policy));
  story.and_given(AcceptResolution{Channel::phone});
  return story;
}

}  // namespace casetrail
