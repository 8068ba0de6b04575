// What a decision knows beside the state.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/case/decider.h"
#include "aggregates/case/guard.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct Context {
  const CommandEnvelope& envelope;
  Timestamp now;
  const Policy& policy;
  Trace* trace = nullptr;  ///< null: nobody asks why

  /// A guard that refuses with `code`, see `ask`.
  [[nodiscard]] Guard guard(std::string_view code, bool bites) const { return ask(trace, code, bites); }
  template <std::invocable Value>
  [[nodiscard]] Guard guard(std::string_view code, bool bites, const Value& value) const {
    return ask(trace, code, bites, value);
  }
  /// `value()` as in `ask`.
  template <std::invocable Value>
  void chose(std::string_view name, const Value& value) const {
    if (trace != nullptr) trace->chose({std::string(name), std::string(value())});
  }

  [[nodiscard]] const Actor& actor() const { return envelope.actor; }
  /// Guards on roles and departments bind people; systems and rules answer for what they send.
  [[nodiscard]] bool by_person() const {
    return actor().kind == ActorKind::agent || actor().kind == ActorKind::customer;
  }
  [[nodiscard]] bool by_agent() const { return actor().kind == ActorKind::agent; }
  [[nodiscard]] AgentId actor_id() const { return AgentId{actor().id}; }
  /// Whether the actor acts in one of `roles`; where there are none, in any.
  [[nodiscard]] bool in_one_of(const std::vector<std::string>& roles) const {
    return roles.empty() || (actor().role && std::ranges::find(roles, *actor().role) != roles.end());
  }
};

}  // namespace casetrail
