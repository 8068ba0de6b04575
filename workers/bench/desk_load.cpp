// One life of a case, a command a step; the words are as long as people's are.
#include "workers/bench/desk_load.h"

#include <fmt/format.h>

#include <charconv>

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"

namespace casetrail::bench {
namespace {

constexpr auto kChannel = Channel::online_chat;

RegisterRequest registration(std::size_t number) {
  RegisterRequest command;
  command.kind = CaseKind::service_request;
  command.channel = kChannel;
  command.customer_ref = CustomerRef{fmt::format("cust-{}", number % 90'000 + 10'000)};
  command.product_model = "X3 Pro";
  command.serial_no = fmt::format("SN{:08}", number);
  command.order_ref = fmt::format("D{:06}", number % 1'000'000);
  command.category = "fault/power";
  command.pii.name = "王小明";
  command.pii.contacts = {"138-0000-0042"};
  command.pii.service_need = "充电座插上后没有反应，希望当天给出答复。";
  command.pii.symptom = "The lamp of the dock stays dark, in two rooms and with two cables.";
  return command;
}

RequestHandoff handoff() {
  return {HandoffKind::department, Party{DepartmentId{"tech"}, std::nullopt}, HandoffReason::skill_needed,
          "cable and outlet checked",
          HandoffNote{"王小明", "online chat", "the dock has no output", "an answer today",
                      "test the power module", "first by phone, then send it in"}};
}

Command step(std::size_t step, std::size_t number) {
  switch (step) {
    case 0: return registration(number);
    case 1: return AcknowledgeRequest{kChannel, std::nullopt};
    case 2: return ClassifyRequest{"fault/power", std::nullopt, 2, std::nullopt};
    case 3: return PrioritizeRequest{Level::medium, Level::high, std::nullopt};
    case 4:
      return MakeAssignment{AgentId{"li.wei"}, DepartmentId{"cs"}, "find out what is broken",
                            "calm the customer first", AssignmentBasis::push};
    case 5: return AcceptAssignment{};
    case 6: return StartWork{};
    case 7: return ReceiveMessage{kChannel, {"I tried another outlet as you said, still nothing."}};
    case 8: return ReportProgress{ProgressKind::progress, kChannel, std::nullopt, {"已安排检测，请稍候。"}};
    case 9: return handoff();
    case 10: return AcceptHandoff{HandoffId{"h1"}};
    case 11: return ReportProgress{ProgressKind::progress, kChannel, std::nullopt, {"The module is dead."}};
    case 12: return CompleteHandoff{HandoffId{"h1"}, HandoffResult::done};
    case 13: return ResolveCase{ResolutionCode::repaired, std::nullopt};
    default: return AcceptResolution{kChannel};  // which closes the case
  }
}

Actor actor_of(std::size_t step) {
  Actor actor;
  actor.kind = step == 0 ? ActorKind::system : ActorKind::agent;
  const bool technician = step >= 10 && step <= 13;
  actor.id = step == 0 ? "shop" : technician ? "zhou.min" : "li.wei";
  if (step != 0) actor.department_id = DepartmentId{technician ? "tech" : "cs"};
  return actor;
}

}  // namespace

CommandEnvelope DeskLoad::command(std::size_t number, Timestamp at) const {
  const auto life = number / (open_cases_ * kSteps);
  const auto place = number % open_cases_;
  const auto turn = number / open_cases_ % kSteps;
  CommandEnvelope envelope;
  envelope.id.value = fmt::format("{}/{}", run_, number);
  envelope.case_id.value = fmt::format("{}-{}-{}", run_, life, place);
  envelope.actor = actor_of(turn);
  envelope.occurred_at = at;
  envelope.command = step(turn, life * open_cases_ + place);
  return envelope;
}

std::size_t DeskLoad::number_of(std::string_view command_id) {
  const auto digits = command_id.substr(command_id.find_last_of('/') + 1);
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace casetrail::bench
