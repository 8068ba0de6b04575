// A second person is asked, and answers.
#include <algorithm>

#include "aggregates/case/approval/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

std::optional<Deed> ask_approval(const Scene& scene, ApprovalSubject subject) {
  if (!scene.policy.needs_approval(subject)) return std::nullopt;
  RequestApproval command;
  command.subject = subject;
  command.pii.text = scene.say(Phrase::progress);
  return Deed{scene.owner(), std::move(command)};
}

/// By the lead of the case's team, or by who rules where that one asked.
std::optional<Deed> decide_approval(const Scene& scene) {
  const auto& all = scene.state.approvals;
  const auto asked =
      std::ranges::find_if(all, [](const ApprovalRegion& approval) { return !approval.granted; });
  if (asked == all.end()) return std::nullopt;
  DecideApproval command;
  command.approval_id = asked->approval_id;
  command.granted = scene.random.percent(90);
  auto lead = scene.lead(scene.team());
  return Deed{AgentId{lead.id} == asked->requested_by ? scene.ruler() : std::move(lead), std::move(command)};
}

}  // namespace

bool is_approved(const Scene& scene, ApprovalSubject subject) {
  return std::ranges::any_of(scene.state.approvals, [&](const ApprovalRegion& approval) {
    return approval.subject == subject && approval.granted == true && !approval.used;
  });
}

bool may_do(const Scene& scene, ApprovalSubject subject) {
  return !scene.policy.needs_approval(subject) || is_approved(scene, subject);
}

void add_approval(Script& script, ApprovalSubject subject) {
  script.push_back({[subject](const Scene& scene) { return ask_approval(scene, subject); }, 1min, 10min});
  script.push_back({decide_approval, 2min, 30min});
}

}  // namespace casetrail::simulate
