// Who sends a command speaks for themselves, or for kinds of actors that the identities file names.
#include "workers/api/sender.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <vector>

#include "aggregates/case/notes/commands.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/reflect.h"
#include "events/wire/unicode.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"
#include "workers/identity/credentials.h"

namespace casetrail::api {
namespace {

using identity::Identity;
using identity::Right;

/// The answer of `GET /v1/me`.
struct Me {
  bool checked = false;
  std::optional<std::string> id;
  std::optional<std::string> actor;
  std::optional<DepartmentId> department_id;
  std::vector<std::string> roles;
  std::vector<Right> rights;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(checked), CEREAL_NVP(id), CEREAL_NVP(actor), CEREAL_NVP(department_id),
            CEREAL_NVP(roles), CEREAL_NVP(rights));
  }
};

bool speaks_for(const Identity& who, std::string_view actor) {
  return std::ranges::any_of(
      who.speaks_for, [&](ActorKind kind) { return actor.starts_with(std::string(name_of(kind)) + ":"); });
}

http::HttpResponse another_actor(const Identity& sender, std::string_view field, std::string_view said) {
  return denied(
      sender, "another_actor",
      fmt::format("This token is of {}, but '{}' says '{}'. Leave it out. Who hands on what others do needs "
                  "'speaks_for' in the identities file.",
                  sender.actor_text(), field, said));
}

/// Of a command of the sender's own.
std::expected<Claims, http::HttpResponse> own_claims(const CloudEvent& cloud, const Identity& sender) {
  const auto department = sender.department ? sender.department->value : std::string();
  if (!cloud.actordepartment.empty() && cloud.actordepartment != department)
    return std::unexpected(another_actor(sender, "department_id", cloud.actordepartment));
  const bool has_role = std::ranges::find(sender.roles, cloud.actorrole) != sender.roles.end();
  if (!cloud.actorrole.empty() && !has_role)
    return std::unexpected(another_actor(sender, "role", cloud.actorrole));
  const auto only_role = sender.roles.size() == 1 ? sender.roles.front() : std::string();
  return Claims{.actor = sender.actor_text(),
                .department = department,
                .role = cloud.actorrole.empty() ? only_role : std::string(cloud.actorrole),
                .source = {}};
}

}  // namespace

Right right_of(std::string_view type) {
  if (type == RevealContact::kType) return Right::reveal;
  if (type.starts_with("privacy.")) return Right::operate;
  return type.starts_with("review.") ? Right::review : Right::command;
}

http::HttpResponse denied(const Identity* who, std::string_view code, std::string_view sentence) {
  const bool is_known = who == nullptr || who->is_known();
  spdlog::warn("denied: code={} identity={} why=\"{}\"", is_known ? code : "unauthenticated",
               who == nullptr ? "unchecked"
               : is_known     ? who->id
                              : "nobody",
               without_hidden(sentence));
  if (is_known) return http::problem(403, code, sentence);
  return identity::unauthenticated(
      "unauthenticated",
      "This server asks who you are. Show a token that it knows: casetrail with --token-file FILE, "
      "programs in the header 'Authorization: Bearer …', people at its page.");
}

std::expected<Claims, http::HttpResponse> claims_of(const CloudEvent& cloud, std::string_view type,
                                                    const Identity& sender) {
  if (const auto right = right_of(type); !sender.may(right)) {
    return std::unexpected(denied(
        sender, "forbidden",
        fmt::format("'{}' needs the right '{}', which {} does not have.", type, name_of(right), sender.id)));
  }
  if (!cloud.source.empty() && !sender.may_send_from(cloud.source)) {
    return std::unexpected(
        denied(sender, "another_source",
               fmt::format("The source of {} is '{}' and what is below it, but the command says '{}'.",
                           sender.id, sender.source, cloud.source)));
  }
  const bool is_own = cloud.actor.empty() || cloud.actor == sender.actor_text();
  if (!is_own && !speaks_for(sender, cloud.actor))
    return std::unexpected(another_actor(sender, "actor", cloud.actor));
  auto claims = is_own ? own_claims(cloud, sender)
                       : Claims{.actor = std::string(cloud.actor),
                                .department = std::string(cloud.actordepartment),
                                .role = std::string(cloud.actorrole),
                                .source = {}};
  if (claims) claims->source = cloud.source.empty() ? sender.source : std::string(cloud.source);
  return claims;
}

std::expected<std::optional<Actor>, http::HttpResponse> asking_actor(std::optional<Actor> named,
                                                                     const Identity& who) {
  if (named) {
    const bool is_own = who.kind == ActorKind::agent && named->id == who.actor;
    if (is_own || speaks_for(who, "agent:")) return named;
    return std::unexpected(another_actor(who, "agent", named->id));
  }
  if (who.kind != ActorKind::agent) return std::nullopt;
  Actor own{
      .kind = ActorKind::agent, .id = who.actor, .department_id = who.department, .role = {}, .badge_no = {}};
  if (who.roles.size() == 1) own.role = who.roles.front();
  return own;
}

http::HttpResponse me_answer(const Identity* who) {
  Me me;
  if (who == nullptr) {
    me.rights.assign(identity::kEveryRight.begin(), identity::kEveryRight.end());
  } else {
    me.checked = true;
    if (who->is_known()) {
      me.id = who->id;
      me.actor = who->actor_text();
    }
    me.department_id = who->department;
    me.roles = who->roles;
    me.rights = who->rights;
  }
  auto answer = json_answer(200, to_json(me));
  answer.headers.push_back({"Cache-Control", "no-store"});
  return answer;
}

std::string me_schema() { return PublishedSchema::of<Me>(); }

}  // namespace casetrail::api
