// How a case ends: the customer's verdict, the call afterwards, and what may come after that.
#include <algorithm>
#include <array>

#include "aggregates/case/callback/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

/// What was done is what the customer chose.
ResolutionCode code_of(const Scene& scene) {
  static constexpr std::array kWithoutAChoice{ResolutionCode::solved, ResolutionCode::workaround,
                                              ResolutionCode::explained};
  const auto& agreed = scene.state.agreement.agreed_option;
  const auto chosen = agreed ? agreed : scene.state.agreement.selected;
  if (!chosen) return scene.random.pick(kWithoutAChoice);
  if (chosen->value == "repair") return ResolutionCode::repaired;
  return chosen->value == "exchange" ? ResolutionCode::exchanged : ResolutionCode::refunded;
}

std::optional<Deed> resolve(const Scene& scene) {
  ResolveCase command;
  command.resolution_code = code_of(scene);
  command.pii = ResolutionNotes{scene.say(Phrase::resolution)};
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> accept_resolution(const Scene& scene) {
  return Deed{scene.customer(), AcceptResolution{.channel = scene.file.channel}};
}

/// Others say so when they are called.
std::optional<Deed> accept_or_wait(const Scene& scene) {
  return scene.random.percent(50) ? accept_resolution(scene) : std::nullopt;
}

std::optional<Deed> reject_resolution(const Scene& scene) {
  return Deed{scene.customer(),
              RejectResolution{.channel = scene.file.channel, .pii = {scene.say(Phrase::rejection)}}};
}

const CallbackRegion* open_callback(const Scene& scene) {
  const auto& all = scene.state.callbacks;
  const auto found = std::ranges::find(all, CallbackPhase::scheduled, &CallbackRegion::phase);
  return found == all.end() ? nullptr : &*found;
}

/// A call beside those that the policy plans.
std::optional<Deed> schedule(const Scene& scene, CallbackPurpose purpose) {
  ScheduleCallback command;
  command.purpose = purpose;
  if (purpose == CallbackPurpose::agreed_call)
    command.not_before = scene.now + scene.random.between(Duration{10min}, Duration{90min});
  return Deed{scene.owner(), std::move(command)};
}

std::optional<Deed> postpone(const Scene& scene) {
  const auto* callback = open_callback(scene);
  if (callback == nullptr) return std::nullopt;
  return Deed{scene.owner(), RescheduleCallback{.callback_id = callback->callback_id,
                                                .not_before = callback->not_before + 26h,
                                                .reason = RescheduleReason::customer_request}};
}

std::optional<Deed> call(const Scene& scene, CallbackOutcome outcome) {
  const auto* callback = open_callback(scene);
  if (callback == nullptr) return std::nullopt;
  return Deed{
      scene.owner(),
      AttemptCallback{.callback_id = callback->callback_id, .outcome = outcome, .next_not_before = {}}};
}

std::optional<Deed> call_in_vain(const Scene& scene) {
  static constexpr std::array kInVain{CallbackOutcome::no_answer, CallbackOutcome::busy,
                                      CallbackOutcome::voicemail};
  return call(scene, scene.random.pick(kInVain));
}

std::optional<Deed> give_call(const Scene& scene) {
  const auto* callback = open_callback(scene);
  if (callback == nullptr || scene.random.percent(60)) return std::nullopt;
  return Deed{scene.lead(scene.team()),
              AssignCallback{.callback_id = callback->callback_id,
                             .agent_id = scene.random.pick(scene.team().agents).id}};
}

std::optional<Deed> reach(const Scene& scene) { return call(scene, CallbackOutcome::connected); }

std::optional<Deed> complete(const Scene& scene, Phrase mood) {
  const auto* callback = open_callback(scene);
  if (callback == nullptr) return std::nullopt;
  const bool satisfied = mood == Phrase::satisfied;
  CompleteCallback command;
  command.callback_id = callback->callback_id;
  if (callback->purpose != CallbackPurpose::agreed_call) command.answers.satisfied = satisfied;
  command.answers.service_rating =
      static_cast<std::int32_t>(satisfied ? scene.random.between(4, 5) : scene.random.between(1, 2));
  if (!satisfied) command.answers.deliver_to_department = scene.team().department;
  CallbackWords words;
  words.comment = scene.say(mood);
  if (scene.random.percent(70)) words.use_experience = scene.say(Phrase::experience);
  if (scene.random.percent(35)) words.other_needs = scene.say(Phrase::other_need);
  if (!satisfied) words.problem_where = scene.say(Phrase::symptom);
  if (!satisfied && scene.random.percent(80)) words.how_to_satisfy = scene.say(Phrase::wish);
  command.pii = std::move(words);
  return Deed{scene.owner(), std::move(command)};
}

std::optional<Deed> route_feedback(const Scene& scene) {
  const auto& all = scene.state.callbacks;
  const auto found = std::ranges::find_if(all, [](const CallbackRegion& callback) {
    return callback.phase == CallbackPhase::completed && callback.satisfied == false && !callback.routed;
  });
  if (found == all.end()) return std::nullopt;
  return Deed{scene.owner(), RouteCallbackFeedback{.callback_id = found->callback_id,
                                                   .department_id = scene.team().department,
                                                   .route = FeedbackRoute::reopened_case,
                                                   .created_case_id = {}}};
}

std::optional<Deed> refuse_call(const Scene& scene) {
  const auto* callback = open_callback(scene);
  if (callback == nullptr) return std::nullopt;
  return Deed{scene.owner(),
              RefuseCallback{.callback_id = callback->callback_id, .do_not_call = scene.random.percent(50)}};
}

std::optional<Deed> waive(const Scene& scene) {
  if (!may_do(scene, ApprovalSubject::callback_waiver)) return std::nullopt;
  return Deed{
      scene.owner(),
      WaiveCallback{.callback_id = {}, .reason = scene.say(Phrase::satisfied), .approved_by = std::nullopt}};
}

std::optional<Deed> close(const Scene& scene) {
  if (scene.state.status != CaseStatus::resolved) return std::nullopt;
  return Deed{scene.owner(), CloseCase{}};
}

std::optional<Deed> write_again(const Scene& scene) {
  return Deed{scene.customer(),
              ReceiveMessage{.channel = scene.file.channel, .pii = {scene.say(Phrase::rejection)}}};
}

void add_call(Script& script, Turn turn) {
  script.push_back({std::move(turn), 1min, 20min, Expectation::accepted, Cue::Wait::for_callback});
}

/// Some are not reached at first.
void add_reaching_calls(Script& script) {
  script.push_back({give_call, 1min, 20min});
  for (int i = 0; i < 2; ++i) {
    add_call(script, [](const Scene& scene) {
      return scene.random.percent(25) ? call_in_vain(scene) : std::nullopt;
    });
  }
  add_call(script, reach);
}

void add_satisfying_call(Script& script) {
  add_reaching_calls(script);
  script.push_back({[](const Scene& scene) { return complete(scene, Phrase::satisfied); }, 2min, 10min});
}

}  // namespace

void add_ending(Script& script, Ending ending) {
  script.push_back({resolve, 5min, 60min});
  switch (ending) {
    case Ending::confirmed:
      script.push_back({accept_or_wait, 5min, 90min});
      add_satisfying_call(script);
      break;
    case Ending::rejected:
      script.push_back({reject_resolution, 10min, 2h});
      script.push_back({resolve, 30min, 3h});
      script.push_back({accept_or_wait, 5min, 90min});
      add_satisfying_call(script);
      break;
    case Ending::dissatisfied:
      script.push_back(
          {[](const Scene& scene) { return schedule(scene, CallbackPurpose::use_experience); }, 2min, 10min});
      add_reaching_calls(script);
      script.push_back(
          {[](const Scene& scene) { return complete(scene, Phrase::unsatisfied); }, 2min, 10min});
      script.push_back({route_feedback, 5min, 30min});
      script.push_back({reject_resolution, 2min, 20min});
      script.push_back({resolve, 30min, 4h});
      script.push_back({accept_resolution, 5min, 60min});
      break;
    case Ending::unreachable:
      script.push_back(
          {[](const Scene& scene) { return schedule(scene, CallbackPurpose::agreed_call); }, 2min, 10min});
      for (int i = 0; i < 6; ++i) add_call(script, call_in_vain);
      break;
    case Ending::refused:
      add_call(script, reach);
      script.push_back({refuse_call, 1min, 5min});
      script.push_back({accept_resolution, 5min, 60min});
      break;
    case Ending::waived:
      script.push_back({accept_resolution, 5min, 60min});
      add_approval(script, ApprovalSubject::callback_waiver);
      script.push_back({waive, 5min, 30min});
      break;
    case Ending::postponed: script.push_back({postpone, 5min, 40min}); return;
    case Ending::comes_back:
      script.push_back({accept_resolution, 5min, 60min});
      add_approval(script, ApprovalSubject::callback_waiver);
      script.push_back({waive, 5min, 30min});
      script.push_back({close, 5min, 30min});
      script.push_back({write_again, 30min, 5h});
      return;
    case Ending::overdue: return;
  }
  script.push_back({close, 5min, 60min});
}

}  // namespace casetrail::simulate
