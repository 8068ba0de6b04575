// A log is asked as the API asks it; a server answers the same.
#include "workers/cli/published.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "workers/api/policies.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"

namespace casetrail::cli {
namespace {

std::expected<Fields, SessionTrouble> policies_at(Session& session, const std::string& target) {
  const auto answer = session.ask({.method = "GET", .target = target}, std::chrono::seconds(60));
  if (!answer) return std::unexpected(SessionTrouble{kUnavailable, answer.error()});
  if (const auto code = exit_code_of(*answer); code != kDone)
    return std::unexpected(SessionTrouble{static_cast<ExitCode>(code), problem_sentence(answer->body)});
  return Fields(answer->body);
}

}  // namespace

std::expected<PublishedPolicies, SessionTrouble> PublishedPolicies::of(const LogDoor& door) {
  PublishedPolicies all;
  if (door.log) {
    const auto published = api::published_policies(*door.log);
    if (!published) return std::unexpected(SessionTrouble{kUnavailable, published.error().what});
    for (const auto& one : *published) all.texts_.emplace(one.version, one.text);
    return all;
  }
  const auto list = policies_at(*door.session, "/v1/policies");
  if (!list) return std::unexpected(list.error());
  for (const auto& one : list->objects("policies")) {
    const auto version = one.number("version").value_or(0);
    const auto policy = policies_at(*door.session, fmt::format("/v1/policies/{}", version));
    if (!policy) return std::unexpected(policy.error());
    all.texts_.emplace(static_cast<std::int32_t>(version), policy->text("text"));
  }
  return all;
}

const Policy* PublishedPolicies::called(const std::string& name) {
  for (auto one = texts_.rbegin(); one != texts_.rend(); ++one) {
    if (name != "current" && name != std::to_string(one->first)) continue;
    if (const auto* policy = find(one->first)) return policy;
  }
  return name == "current" || name == "0" ? find(0) : nullptr;
}

const Policy* PublishedPolicies::find(std::int32_t version) {
  auto& policy = read_[version];
  if (policy) return policy.get();
  const auto text = texts_.find(version);
  if (version == 0) {
    policy = std::make_unique<Policy>();
  } else if (text != texts_.end()) {
    if (auto parsed = parse_policy(text->second)) policy = std::make_unique<Policy>(*std::move(parsed));
  }
  return policy.get();
}

PolicyVersions PublishedPolicies::versions() const {
  PolicyVersions all;
  for (const auto& [version, text] : texts_) {
    if (auto policy = parse_policy(text)) all.add(version, Timestamp{}, *std::move(policy));
  }
  return all;
}

}  // namespace casetrail::cli
