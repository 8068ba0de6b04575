// What a decision knows beside the state, and the words of a refusal.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/case/decider.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct Context {
  const CommandEnvelope& envelope;
  Timestamp now;
  const Policy& policy;

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

/// `Expected to <intent>, but <fact>.`
[[nodiscard]] inline std::unexpected<Rejection> refuse(std::string_view code, std::string_view intent,
                                                       std::string_view fact) {
  std::string sentence("Expected to ");
  sentence.append(intent).append(", but ").append(fact).append(".");
  return std::unexpected(Rejection{std::string(code), std::move(sentence)});
}

}  // namespace casetrail
