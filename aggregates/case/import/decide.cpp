// Takes facts as they are: no guard asks about what has happened elsewhere, but for the beginning.
#include "aggregates/case/decide.h"

#include "aggregates/case/import/commands.h"
#include "events/case/approval.h"
#include "events/case/case_number.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/wire/member_check.h"

namespace casetrail {
namespace {

/// An event is read leniently. What says a thing twice says nothing.
std::expected<Event, DecodeError> read_fact(const Fact& fact) {
  if (auto doubled = check_once(fact.data.text)) return std::unexpected(*std::move(doubled));
  return decode_event(fact.type, fact.version, fact.data.text);
}

/// What is decided here alone: a word of a second person, and whose texts go or stay.
bool is_decided_here(const Event& event) {
  return event.get_if<ApprovalRequested>() || event.get_if<ApprovalDecided>() ||
         event.get_if<ErasureRequested>() || event.get_if<CustomerErased>() || event.get_if<HoldPlaced>() ||
         event.get_if<HoldReleased>();
}

/// A number from elsewhere is that system's: `external_ref` has it.
RequestRegistered numbered(RequestRegistered event, const Context& context) {
  event.number.reset();
  if (context.envelope.place >= 0) event.number = case_number(context.now, context.envelope.place);
  return event;
}

}  // namespace

Decision decide(const CaseState& state, const ImportFacts& command, const Context& context) {
  static constexpr auto kIntent = "import the facts";
  if (const auto guard =
          context.guard("case_lives_here", state.lives_here, [&] { return std::to_string(state.seq); }))
    return guard.refuse(kIntent, "the case has a history of its own here already");
  std::vector<Event> events;
  events.reserve(command.facts.size());
  for (std::size_t i = 0; i < command.facts.size(); ++i) {
    const auto& fact = command.facts[i];
    auto event = read_fact(fact);
    if (!event) {
      auto sentence = "facts[" + std::to_string(i) + "] is not readable: " + event.error().sentence();
      sentence.pop_back();
      return refuse("fact_malformed", kIntent, sentence);
    }
    if (is_decided_here(*event)) {
      return refuse("fact_malformed", kIntent,
                    "facts[" + std::to_string(i) + "] is of a type that is decided here alone; leave it out");
    }
    if (const auto* registered = event->get_if<RequestRegistered>()) {
      if (const auto guard = context.guard("out_of_order", state.registered_at.has_value(), [&] {
            return state.registered_at ? to_wire(*state.registered_at) : std::string("not registered");
          })) {
        return guard.refuse(
            kIntent, "facts[" + std::to_string(i) + "] registers the case, which is registered already");
      }
      event = numbered(*registered, context);
    }
    events.push_back(std::move(*event));
  }
  return events;
}

}  // namespace casetrail
