// Who asks over HTTP, and what they may do.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/party.h"
#include "events/wire/reflect.h"

namespace casetrail::identity {

/// `read`: cases and boards, persons masked; `command`: what a desk does; `reveal`: see a customer's
/// contacts, recorded; `review`: quality reviews; `operate`: lag, rebuilds, dead letters, groups, metrics.
enum class Right { read, command, reveal, review, operate };
constexpr auto enum_names(Right) {
  return std::to_array<std::string_view>({"read", "command", "reveal", "review", "operate"});
}

inline constexpr auto kEveryRight =
    std::to_array({Right::read, Right::command, Right::reveal, Right::review, Right::operate});

/// Of the commands of casetrail's own programs, whoever uses them, as CloudEvents means it.
inline constexpr std::string_view kOwnSource = "/casetrail/http";

struct Identity {
  std::string id;  ///< in the identities file, or `issuer subject`; empty: nobody said who they are
  ActorKind kind = ActorKind::system;
  std::string actor{};                       ///< the id of the actor: of an agent, as the policy knows it
  std::optional<DepartmentId> department{};  ///< of the actor
  std::vector<std::string> roles{};          ///< of the actor, as the policy calls them
  std::vector<Right> rights{};
  std::vector<ActorKind> speaks_for{};  ///< whose commands it hands on, beside its own
  std::string source{};                 ///< of its commands, as CloudEvents means it

  /// Ids are unique within a source: nobody sends from another's. Its own and what is below it, and what
  /// casetrail's programs use.
  [[nodiscard]] bool may_send_from(std::string_view from) const;
  /// The actor as events have it: `agent:zhang`.
  [[nodiscard]] std::string actor_text() const { return std::string(name_of(kind)) + ":" + actor; }
  [[nodiscard]] bool is_known() const { return !id.empty(); }
  [[nodiscard]] bool may(Right right) const { return std::ranges::find(rights, right) != rights.end(); }
};

}  // namespace casetrail::identity
