// Who may be forgotten, and what stands against it. That the log can forget is for its keeper to say.
#include "aggregates/case/decide.h"

#include "aggregates/case/matrix.h"
#include "aggregates/case/privacy/commands.h"
#include "events/case/privacy.h"

namespace casetrail {
namespace {

PrivacyRegion region_of(const CaseState& state) { return state.privacy.value_or(PrivacyRegion{}); }

}  // namespace

Decision decide(const CaseState& state, const RequestErasure& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto privacy = region_of(state);
  const bool is_erased = privacy.erased && privacy.erased->at_event == state.seq;
  if (is_erased || privacy.waiting) return {};
  std::vector<Event> events{ErasureRequested{command.legal_basis, command.reason,
                                             context.now + context.policy.privacy.erasure_due}};
  if (!privacy.hold) events.emplace_back(CustomerErased{command.legal_basis, command.reason, context.now});
  return events;
}

Decision decide(const CaseState& state, const PlaceHold& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (region_of(state).hold) return {};
  return std::vector<Event>{HoldPlaced{command.reason}};
}

Decision decide(const CaseState& state, const ReleaseHold& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto privacy = region_of(state);
  if (!privacy.hold) return {};
  std::vector<Event> events{HoldReleased{command.reason}};
  if (const auto& waiting = privacy.waiting)
    events.emplace_back(CustomerErased{waiting->legal_basis, waiting->reason, waiting->requested_at});
  return events;
}

}  // namespace casetrail
