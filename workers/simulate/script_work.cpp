// What happens while somebody works on a case.
#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

std::optional<Deed> report_progress(const Scene& scene) {
  ReportProgress command;
  command.kind = static_cast<ProgressKind>(scene.random.below(2));
  command.channel = scene.file.channel;
  command.pii.text = scene.say(Phrase::progress);
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> ask_customer(const Scene& scene) {
  RequestInfo command;
  if (scene.random.percent(70)) command.answer_by = scene.now + 20h;
  command.pii = WorkText{scene.say(Phrase::question_to_customer)};
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> hear_customer(const Scene& scene) {
  return Deed{scene.customer(),
              ReceiveMessage{.channel = scene.file.channel, .pii = {scene.say(Phrase::customer_message)}}};
}

std::optional<Deed> suspend(const Scene& scene) {
  SuspendWork command;
  command.reason_code = static_cast<SuspendReason>(scene.random.below(4));
  command.review_at = scene.now + scene.random.between(Duration{1h}, Duration{30h});
  command.customer_informed = true;
  command.pii = WorkText{scene.say(Phrase::suspension)};
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> resume(const Scene& scene) {
  if (scene.state.status != CaseStatus::suspended) return std::nullopt;
  return Deed{scene.assignee(), ResumeWork{.trigger = static_cast<ResumeTrigger>(2 + scene.random.below(2))}};
}

std::optional<Deed> ask_for_handoff(const Scene& scene, HandoffKind kind, HandoffReason reason, Party to) {
  RequestHandoff command;
  command.kind = kind;
  command.to = std::move(to);
  command.reason_code = reason;
  command.step_reached = scene.say(Phrase::progress);
  command.pii = {.customer = scene.file.customer_name,
                 .contact_channel = scene.file.contact,
                 .because = scene.say(Phrase::because),
                 .wants = scene.say(Phrase::wants),
                 .please_do = scene.say(Phrase::please_do),
                 .how = scene.say(Phrase::how)};
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> hand_over(const Scene& scene) {
  const auto& from = scene.team().department;
  const auto& routed = scene.cast.team_for(scene.policy, scene.file.category).department;
  const bool by_route = routed != from && scene.random.percent(85);
  const auto& to = by_route ? routed : scene.cast.another(from, scene.random).department;
  const auto* department = scene.policy.find_department(to);
  const bool vendor = department != nullptr && department->external;
  return ask_for_handoff(
      scene, vendor ? HandoffKind::vendor : HandoffKind::department,
      vendor ? HandoffReason::vendor_part : static_cast<HandoffReason>(scene.random.below(2)),
      {.department_id = to, .agent_id = {}});
}

std::optional<Deed> end_shift(const Scene& scene) {
  const auto& team = scene.team();
  const auto& late = team.agents[team.agents.size() / 2 + scene.random.below(team.agents.size() / 2)];
  if (late.id == scene.state.assignment.agent_id) return std::nullopt;
  return ask_for_handoff(scene, HandoffKind::shift, HandoffReason::shift_end,
                         {.department_id = team.department, .agent_id = late.id});
}

std::optional<Deed> take_handoff(const Scene& scene) {
  if (!scene.state.pending_handoff) return std::nullopt;
  const auto& asked = *scene.state.pending_handoff;
  auto actor = asked.to.agent_id ? scene.person(*asked.to.agent_id)
                                 : scene.any_of(scene.cast.team_of(asked.to.department_id));
  return Deed{std::move(actor), AcceptHandoff{.handoff_id = asked.handoff_id}};
}

/// Whose duty it is said to be: that of any other department with a published duty.
std::optional<DutyId> duty_of_others(const Scene& scene, const DepartmentId& own) {
  for (const auto& team : scene.cast.teams()) {
    if (team.department != own && !team.duties.empty()) return scene.random.pick(team.duties);
  }
  return std::nullopt;
}

std::optional<Deed> return_handoff(const Scene& scene, ReturnReason reason) {
  if (!scene.state.pending_handoff) return std::nullopt;
  const auto& asked = *scene.state.pending_handoff;
  ReturnHandoff command;
  command.handoff_id = asked.handoff_id;
  command.reason_code = reason;
  if (disputes_duty(reason)) command.duty_id = duty_of_others(scene, asked.to.department_id);
  command.suggested_department = scene.cast.another(asked.to.department_id, scene.random).department;
  return Deed{scene.any_of(scene.cast.team_of(asked.to.department_id)), std::move(command)};
}

std::optional<Deed> dispute_handoff(const Scene& scene) {
  return return_handoff(
      scene, scene.random.percent(50) ? ReturnReason::not_our_duty : ReturnReason::wrong_department);
}

std::optional<Deed> return_for_any_reason(const Scene& scene) {
  return return_handoff(scene, static_cast<ReturnReason>(scene.random.below(4)));
}

std::optional<Deed> withdraw_handoff(const Scene& scene) {
  if (!scene.state.pending_handoff) return std::nullopt;
  return Deed{scene.assignee(), WithdrawHandoff{.handoff_id = scene.state.pending_handoff->handoff_id,
                                                .reason = scene.say(Phrase::resolution)}};
}

std::optional<Deed> urge(const Scene& scene) {
  return Deed{scene.customer(), ChaseCase{.by = ChasedBy::customer,
                                          .channel = scene.file.channel,
                                          .pii = WorkText{scene.say(Phrase::customer_message)}}};
}

std::optional<Deed> escalate(const Scene& scene) {
  return Deed{scene.owner(),
              RaiseEscalation{
                  .level = {}, .to = std::vector<std::string>{"lead"}, .pii = {scene.say(Phrase::because)}}};
}

std::optional<Deed> give_back(const Scene& scene) {
  return Deed{scene.lead(scene.team()),
              ReleaseAssignment{.reason_code = ReleaseReason::absence, .queue_id = {}, .department_id = {}}};
}

std::optional<Deed> assign(const Scene& scene, AssignmentBasis basis) {
  const auto& team = scene.team();
  return Deed{scene.lead(team), MakeAssignment{.agent_id = scene.random.pick(team.agents).id,
                                               .department_id = team.department,
                                               .requirements = scene.say(Phrase::please_do),
                                               .cautions = scene.say(Phrase::how),
                                               .basis = basis}};
}

std::optional<Deed> start_again(const Scene& scene) {
  if (scene.state.status != CaseStatus::assigned) return std::nullopt;
  return Deed{scene.assignee(), StartWork{}};
}

std::optional<Deed> rule(const Scene& scene) {
  if (!scene.state.pending_handoff) return std::nullopt;
  const auto& team = scene.cast.team_of(scene.state.pending_handoff->to.department_id);
  RuleHandoff command;
  command.handoff_id = scene.state.pending_handoff->handoff_id;
  command.ruling_department = team.department;
  command.duty_id = team.duties.empty() ? DutyId{"general"} : team.duties.front();
  command.reason = scene.say(Phrase::ruling);
  return Deed{scene.ruler(), std::move(command)};
}

std::optional<Deed> complete_handoff(const Scene& scene) {
  if (scene.state.accepted_handoffs.empty()) return std::nullopt;
  const auto& held = scene.state.accepted_handoffs.front();
  return Deed{scene.any_of(scene.cast.team_of(held.to.department_id)),
              CompleteHandoff{.handoff_id = held.handoff_id,
                              .result = static_cast<HandoffResult>(scene.random.below(2))}};
}

/// Who answers to the customer tells him what came of it.
std::optional<Deed> tell_result(const Scene& scene) {
  if (scene.state.pending_handoff || !scene.state.accepted_handoffs.empty()) return std::nullopt;
  return Deed{scene.owner(),
              SendMessage{.channel = scene.file.channel, .pii = {scene.say(Phrase::resolution)}}};
}

std::optional<Deed> change_owner(const Scene& scene) {
  if (!scene.state.owner || !may_do(scene, ApprovalSubject::owner_change)) return std::nullopt;
  const auto& team = scene.team();
  return Deed{scene.owner(), ChangeOwner{.to = scene.random.pick(team.agents).id,
                                         .reason_code = OwnerChangeReason::absence,
                                         .approved_by = std::nullopt}};
}

std::optional<Deed> start_twice(const Scene& scene) { return Deed{scene.assignee(), StartWork{}}; }

std::optional<Deed> close_too_early(const Scene& scene) { return Deed{scene.owner(), CloseCase{}}; }

void add_completion(Script& script, Duration least, Duration most) {
  script.push_back({complete_handoff, least, most});
  script.push_back({tell_result, 5min, 40min});
}

void add_answered_handoff(Script& script, const Turn& request) {
  script.push_back({request, 5min, 40min});
  script.push_back({take_handoff, 10min, 70min});
  script.push_back({report_progress, 10min, 60min});
  add_completion(script, 30min, 3h);
}

}  // namespace

void add_work(Script& script, Work work) {
  switch (work) {
    case Work::plain: script.push_back({report_progress, 10min, 50min}); return;
    case Work::question:
      script.push_back({ask_customer, 5min, 30min});
      script.push_back({hear_customer, 5min, 2h});
      return;
    case Work::suspended:
      script.push_back({report_progress, 5min, 20min});
      script.push_back({suspend, 2min, 20min});
      script.push_back({resume, 30min, 5h});
      return;
    case Work::handed_over: return add_answered_handoff(script, hand_over);
    case Work::returned:
      script.push_back({hand_over, 5min, 30min});
      script.push_back({return_for_any_reason, 5min, 60min});
      return add_answered_handoff(script, hand_over);
    case Work::ruled:
      for (int i = 0; i < 2; ++i) {
        script.push_back({hand_over, 5min, 20min});
        script.push_back({dispute_handoff, 5min, 30min});
      }
      script.push_back({hand_over, 5min, 20min});
      script.push_back({dispute_handoff, 5min, 30min, Expectation::refused});
      script.push_back({rule, 5min, 30min});
      script.push_back({take_handoff, 5min, 30min});
      return add_completion(script, 30min, 2h);
    case Work::silent_handoff:
      script.push_back({hand_over, 5min, 30min});
      script.push_back({take_handoff, 30h, 70h});
      return add_completion(script, 1h, 4h);
    case Work::shift: return add_answered_handoff(script, end_shift);
    case Work::new_owner:
      add_approval(script, ApprovalSubject::owner_change);
      script.push_back({change_owner, 10min, 60min});
      script.push_back({report_progress, 10min, 50min});
      return;
    case Work::urged:
      script.push_back({urge, 30min, 4h});
      script.push_back({escalate, 5min, 30min});
      script.push_back({report_progress, 10min, 50min});
      return;
    case Work::given_back:
      script.push_back({give_back, 10min, 60min});
      script.push_back(
          {[](const Scene& scene) { return assign(scene, AssignmentBasis::push); }, 10min, 60min});
      script.push_back({start_again, 5min, 30min});
      return;
    case Work::reassigned:
      script.push_back(
          {[](const Scene& scene) { return assign(scene, AssignmentBasis::lead); }, 10min, 60min});
      script.push_back({start_again, 5min, 30min});
      return;
    case Work::withdrawn_handoff:
      script.push_back({hand_over, 5min, 30min});
      script.push_back({withdraw_handoff, 10min, 40min});
      return;
    case Work::consulted: return add_question(script);
    case Work::silent_customer:
      script.push_back({ask_customer, 5min, 30min});
      script.push_back({hear_customer, 26h, 60h});
      return;
  }
}

void add_slip(Script& script) {
  script.push_back({script.size() % 2 == 0 ? start_twice : close_too_early, 10s, 2min, Expectation::refused});
}

}  // namespace casetrail::simulate
