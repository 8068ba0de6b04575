// A case that one call solves, by the same rules as one that takes a week.
#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/decide.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"

namespace casetrail {
namespace {

constexpr std::string_view kAtOnce = "solved at the first contact";

/// Decides commands one after another, each on what those before it made of the case. The first refusal is
/// that of them all.
class OneByOne {
 public:
  OneByOne(const CaseState& state, const Context& context) : state_(state), context_(context) {}

  template <class Command>
  OneByOne& then(const Command& command) {
    if (!events_) return *this;
    auto decision = decide(state_, command, context_);
    if (!decision) {
      events_ = std::move(decision);
      return *this;
    }
    take_in(state_, *decision, context_.envelope, context_.now);
    for (auto& event : *decision) events_->push_back(std::move(event));
    return *this;
  }

  [[nodiscard]] Decision take() { return std::move(events_); }

 private:
  CaseState state_;
  const Context& context_;
  Decision events_ = std::vector<Event>{};
};

RegisterRequest request_of(const ResolveAtFirstContact& command) {
  const auto& person = command.pii;
  RegisterRequest request;
  request.kind = command.kind;
  request.channel = command.channel;
  request.external_ref = command.external_ref;
  request.customer_ref = command.customer_ref;
  request.product_model = command.product_model;
  request.serial_no = command.serial_no;
  request.order_ref = command.order_ref;
  request.category = command.category;
  request.pii = {person.name, person.contacts, person.address, person.service_need, person.symptom};
  return request;
}

}  // namespace

Decision decide(const CaseState& state, const ResolveAtFirstContact& command, const Context& context) {
  static constexpr auto kIntent = "resolve at the first contact";
  if (state.status != CaseStatus::none)
    return refuse("already_registered", kIntent, "this case is registered already");
  const auto& department = context.actor().department_id;
  if (!context.by_agent() || !department)
    return refuse("field_missing", kIntent, "the actor is no agent whose department is named");
  const auto& done = command.pii.resolution;
  return OneByOne(state, context)
      .then(request_of(command))
      .then(ClassifyRequest{command.category, {}, {}, {}})
      .then(PrioritizeRequest{command.impact.value_or(Level::low), command.urgency.value_or(Level::low), {}})
      .then(MakeAssignment{context.actor_id(), *department, std::string(kAtOnce), std::string(kAtOnce),
                           AssignmentBasis::pull})
      .then(StartWork{})
      .then(ResolveCase{command.resolution_code, done ? std::optional(ResolutionNotes{*done}) : std::nullopt})
      .take();
}

}  // namespace casetrail
