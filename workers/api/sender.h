// What the identity of a request lets it do and say.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/cloud_event.h"
#include "events/wire/party.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"

namespace casetrail::api {

/// The right that a command of `type` needs, such as `reveal` of `contact.reveal`.
[[nodiscard]] identity::Right right_of(std::string_view type);

/// What a command says of its sender, whole.
struct Claims {
  std::string actor;  ///< `agent:zhang`
  std::string department;
  std::string role;
  std::string source;
};

/// What `cloud` says of its sender, filled up from who sends it. The error is 403 with a stable code, and
/// logged: a right is missing (`forbidden`), or the command claims another actor (`another_actor`) or source
/// (`another_source`) than the sender's.
[[nodiscard]] std::expected<Claims, http::HttpResponse> claims_of(const CloudEvent& cloud,
                                                                  std::string_view type,
                                                                  const identity::Identity& sender);

/// The actor that who asks is, for what the query says: the agent that it names, where it may be named. The
/// errors are as of `claims_of`.
[[nodiscard]] std::expected<std::optional<Actor>, http::HttpResponse> asking_actor(
    std::optional<Actor> named, const identity::Identity& who);

/// 403, or 401 where nobody has said who they are; logged. A null pointer: nobody
/// is asked.
[[nodiscard]] http::HttpResponse denied(const identity::Identity* who, std::string_view code,
                                        std::string_view sentence);
[[nodiscard]] inline http::HttpResponse denied(const identity::Identity& who, std::string_view code,
                                               std::string_view sentence) {
  return denied(&who, code, sentence);
}

/// Who asks and what they may do, for who draws screens: `GET /v1/me`. `nobody` looks when it is a null
/// pointer.
[[nodiscard]] http::HttpResponse me_answer(const identity::Identity* who);
[[nodiscard]] std::string me_schema();

}  // namespace casetrail::api
