// What is promised beside the SLA: answers of other departments, agreements, returns, visits; and who looks
// after it.
#include <algorithm>
#include <array>

#include "aggregates/case/errand/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/timer/commands.h"
#include "aggregates/case/work/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

bool is_worked_on(const Scene& scene) {
  static constexpr std::array kWorkedOn{CaseStatus::in_progress, CaseStatus::awaiting_customer,
                                        CaseStatus::suspended};
  return std::ranges::find(kWorkedOn, scene.state.status) != kWorkedOn.end();
}

std::optional<Deed> ask_department(const Scene& scene) {
  if (!is_worked_on(scene)) return std::nullopt;
  RequestHandoff command;
  command.to = {.department_id = scene.cast.another(scene.team().department, scene.random).department,
                .agent_id = {}};
  command.kind = HandoffKind::department;
  command.reason_code = HandoffReason::skill_needed;
  command.pii.because = scene.say(Phrase::because);
  command.pii.please_do = scene.say(Phrase::please_do);
  command.mode = HandoffMode::question;
  return Deed{scene.assignee(), std::move(command)};
}

/// Some questions are settled before anybody answers, and some are forgotten.
std::optional<Deed> end_question(const Scene& scene) {
  if (scene.state.questions.empty() || scene.random.percent(10)) return std::nullopt;
  const auto& question = scene.state.questions.front();
  const auto& asked = scene.cast.team_of(question.to.department_id);
  if (scene.random.percent(10)) {
    return Deed{scene.any_of(scene.cast.team_of(question.from.department_id)),
                WithdrawHandoff{.handoff_id = question.handoff_id, .reason = scene.say(Phrase::resolution)}};
  }
  return Deed{scene.any_of(asked), CompleteHandoff{.handoff_id = question.handoff_id,
                                                   .result = HandoffResult::done,
                                                   .pii = HandoffAnswer{scene.say(Phrase::progress)}}};
}

std::optional<Deed> phone(const Scene& scene) {
  if (scene.state.do_not_call || scene.random.percent(80)) return std::nullopt;
  if (scene.state.status == CaseStatus::closed) return std::nullopt;
  AttemptCall command;
  command.direction = CallDirection::outbound;
  command.outcome = scene.random.percent(60) ? CallOutcome::connected : CallOutcome::silent;
  if (command.outcome == CallOutcome::silent) {
    command.hung_up_by = HungUpBy::agent;
    command.prompts = 2;
  }
  command.seconds = static_cast<std::int32_t>(scene.random.between(10, 600));
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> acknowledge_escalation(const Scene& scene) {
  if (!scene.state.escalated || scene.random.percent(30)) return std::nullopt;
  return Deed{scene.lead(scene.team()), AcknowledgeEscalation{.pii = WorkText{scene.say(Phrase::progress)}}};
}

std::optional<Deed> excuse(const Scene& scene) {
  const auto& all = scene.state.missed;
  const auto lead = scene.lead(scene.team());
  const auto found = std::ranges::find_if(all, [&](const MissedTarget& missed) {
    return !missed.excused_for && missed.agent_id != AgentId{lead.id};
  });
  if (found == all.end() || scene.random.percent(50)) return std::nullopt;
  return Deed{lead, ExcuseSla{.metric = found->metric,
                              .reason_code = static_cast<ExcuseReason>(scene.random.below(4)),
                              .pii = WorkText{scene.say(Phrase::because)}}};
}

bool chose(const Scene& scene, std::string_view option) {
  const auto& agreed = scene.state.agreement.agreed_option;
  return agreed && agreed->value == option;
}

std::optional<Deed> authorize_return(const Scene& scene) {
  const bool comes_back = chose(scene, "exchange") || chose(scene, "refund");
  if (!comes_back || scene.random.percent(50)) return std::nullopt;
  AuthorizeReturn command;
  command.kind = chose(scene, "refund") ? ReturnKind::refund : ReturnKind::exchange;
  command.items = {{.item = scene.file.product, .quantity = 1}};
  command.rma_no = "RMA" + std::to_string(scene.random.between(100'000, 999'999));
  return Deed{scene.assignee(), std::move(command)};
}

const ReturnRegion* return_in(const Scene& scene, ReturnPhase phase) {
  if (!scene.state.errands) return nullptr;
  const auto& all = scene.state.errands->returns;
  const auto found = std::ranges::find(all, phase, &ReturnRegion::phase);
  return found == all.end() ? nullptr : &*found;
}

std::optional<Deed> receive_return(const Scene& scene) {
  const auto* goods = return_in(scene, ReturnPhase::authorized);
  if (goods == nullptr) return std::nullopt;
  return Deed{scene.assignee(),
              ReceiveReturn{.return_id = goods->return_id,
                            .condition = static_cast<GoodsCondition>(scene.random.below(4))}};
}

std::optional<Deed> inspect_return(const Scene& scene) {
  const auto* goods = return_in(scene, ReturnPhase::received);
  if (goods == nullptr || scene.random.percent(20)) return std::nullopt;
  return Deed{scene.assignee(),
              InspectReturn{.return_id = goods->return_id,
                            .verdict = static_cast<InspectionVerdict>(scene.random.below(3)),
                            .refund_minor = 100 * scene.random.between(10, 300),
                            .pii = WorkText{scene.say(Phrase::progress)}}};
}

std::optional<Deed> send_technician(const Scene& scene) {
  if (!chose(scene, "repair") || scene.random.percent(50)) return std::nullopt;
  const auto& team = scene.team();
  return Deed{scene.assignee(), DispatchWork{.technician_id = scene.random.pick(team.agents).id,
                                             .starts_at = scene.now,
                                             .ends_at = scene.now + 90min}};
}

std::optional<Deed> end_visit(const Scene& scene) {
  if (!scene.state.errands) return std::nullopt;
  const auto& all = scene.state.errands->visits;
  const auto open = std::ranges::find(all, false, &VisitRegion::over);
  if (open == all.end() || scene.random.percent(10)) return std::nullopt;
  return Deed{scene.person(open->technician_id),
              CompleteVisit{.visit_id = open->visit_id,
                            .result = static_cast<VisitResult>(scene.random.below(4)),
                            .parts = {},
                            .pii = WorkText{scene.say(Phrase::resolution)}}};
}

std::optional<Deed> fulfill(const Scene& scene) {
  const auto& open = scene.state.agreement.open;
  if (open.empty() || scene.random.percent(25)) return std::nullopt;
  FulfillAgreement command;
  command.agreement_id = open.front().agreement_id;
  command.witness = static_cast<Witness>(scene.random.below(4));
  command.evidence = "receipt " + std::to_string(scene.random.between(1000, 9999));
  return Deed{scene.owner(), std::move(command)};
}

}  // namespace

void add_question(Script& script) {
  script.push_back({ask_department, 5min, 30min});
  script.push_back({ask_department, 5min, 30min});
  script.push_back({end_question, 20min, 5h});
  script.push_back({end_question, 20min, 5h});
}

void add_phone_call(Script& script) { script.push_back({phone, 1min, 3min}); }

void add_oversight(Script& script) {
  script.push_back({acknowledge_escalation, 1min, 3min});
  script.push_back({excuse, 1min, 3min});
}

void add_errands(Script& script) {
  script.push_back({authorize_return, 1min, 3min});
  script.push_back({send_technician, 1min, 3min});
  script.push_back({receive_return, 1min, 3min});
  script.push_back({inspect_return, 1min, 3min});
  script.push_back({end_visit, 1min, 3min});
}

void add_fulfilment(Script& script) { script.push_back({fulfill, 10min, 20h}); }

}  // namespace casetrail::simulate
