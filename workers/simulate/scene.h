// What somebody in the simulated department sees when it is his turn, and what he may do.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "aggregates/case/command.h"
#include "aggregates/case/state.h"
#include "aggregates/policy/policy.h"
#include "events/case/request_terms.h"
#include "workers/simulate/cast.h"
#include "workers/simulate/phrases.h"
#include "workers/simulate/random.h"

namespace casetrail::simulate {

/// What is known of a case from outside.
struct CaseFile {
  CaseId id;
  std::string reference;
  Code<Channel> channel{};
  Language language{};
  std::string customer_name;
  CustomerRef customer;
  std::string contact;
  std::string product;
  Code<CaseKind> kind{};
  std::string category;
  CaseId earlier;  ///< another case of the day
};

/// One turn. Borrows everything; made anew for each.
struct Scene {
  const CaseState& state;
  Timestamp now;
  const Policy& policy;
  const Cast& cast;
  const CaseFile& file;
  Random& random;

  [[nodiscard]] std::string say(Phrase phrase) const {
    return casetrail::simulate::say(phrase, file.language, random);
  }

  [[nodiscard]] Actor customer() const;
  [[nodiscard]] Actor intake_system() const;
  [[nodiscard]] Actor agent(const Team& team, const Colleague& colleague) const;
  [[nodiscard]] Actor any_of(const Team& team) const { return agent(team, random.pick(team.agents)); }
  [[nodiscard]] Actor lead(const Team& team) const;
  [[nodiscard]] Actor ruler() const;
  [[nodiscard]] Actor person(const AgentId& id) const;
  [[nodiscard]] Actor reviewer(const AgentId& id) const;
  /// Who has the case; somebody of its department when nobody in person has.
  [[nodiscard]] Actor assignee() const;
  /// Who answers for it, or the lead.
  [[nodiscard]] Actor owner() const;
  /// The department that has the case, or that it belongs to.
  [[nodiscard]] const Team& team() const;
};

/// What is done: a command, and by whom.
struct Deed {
  Actor actor;
  Command command;
};

/// Nothing: there is nothing to do in this scene.
using Turn = std::function<std::optional<Deed>(const Scene&)>;

enum class Expectation {
  accepted,
  refused,  ///< on purpose: people err
};

/// A turn and its time: `after` the last one and, when `in_calling_hours`, not before the customer may be
/// called.
struct Cue {
  Turn turn;
  Duration least{};
  Duration most{};
  Expectation expectation = Expectation::accepted;
  enum class Wait { none, for_callback } wait = Wait::none;
};

/// The turns of a case, one after another.
using Script = std::vector<Cue>;

}  // namespace casetrail::simulate
