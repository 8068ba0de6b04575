// What a process does of all that an engine does, and whom it asks for the rest.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "workers/http/exchange.h"

namespace casetrail::api {

/// `commands`: takes partitions and decides; `boards`: folds every board; `history`: keeps every case's
/// events; `api`: takes what clients ask and send, and asks other nodes for what it does not hold.
enum class Role { commands, boards, history, api };
constexpr auto enum_names(Role) {
  return std::to_array<std::string_view>({"commands", "boards", "history", "api"});
}

using Roles = std::set<Role>;
inline const Roles kEveryRole{Role::commands, Role::boards, Role::history, Role::api};

/// With what one node asks another: who is asked so asks nobody else, and answers only once it has been
/// ready.
inline constexpr auto kForwardedHeader = "casetrail-forwarded";

/// The other nodes of this log. Safe for any thread.
class Elsewhere {
 public:
  virtual ~Elsewhere() = default;
  /// Gives the reply what a node that holds `role` answers to a GET of the request's target; 503 where none
  /// is ready. Never waits.
  virtual void ask(Role role, http::HttpRequest request, const http::Reply& reply) = 0;
};

/// What the node of an API is.
struct Node {
  Roles roles = kEveryRole;
  Elsewhere* elsewhere = nullptr;  ///< outlives the API; nothing: nobody is asked
  std::string name = {};           ///< as its data folder says it
  std::string log = {};            ///< see `EventLog::identity`
};

/// The answer of `GET /v1/node`.
struct NodeAnswer {
  std::string node;
  std::string log;
  std::vector<Role> roles;
  std::string missing;  ///< before it is ready, a sentence; empty: it is

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(node), CEREAL_NVP(log), CEREAL_NVP(roles), CEREAL_NVP(missing));
  }
};

}  // namespace casetrail::api
