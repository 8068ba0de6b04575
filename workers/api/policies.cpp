// Read from the topic each time: policies are few, and asked for seldom.
#include "workers/api/policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <expected>
#include <optional>
#include <vector>

#include "aggregates/policy/policy.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/quarantine.h"
#include "events/wire/utf8.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"
#include "workers/log/policy_tail.h"

namespace casetrail::api {
namespace {

struct PolicyVersion {
  std::int32_t version = 0;
  std::optional<Timestamp> published_at;
  bool in_force = false;
  bool readable = false;  ///< by this binary; one that is not decides nothing
  std::string tz;         ///< in which its people read times and count days

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(version), CEREAL_NVP(published_at), CEREAL_NVP(in_force), CEREAL_NVP(readable),
            CEREAL_NVP(tz));
  }
};

struct PolicyText : PolicyVersion {
  std::string text;  ///< YAML

  template <class Archive>
  void serialize(Archive& archive) {
    PolicyVersion::serialize(archive);
    archive(CEREAL_NVP(text));
  }
};

struct Policies {
  std::vector<PolicyVersion> policies;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(policies));
  }
};

/// In the order of their versions.
log::LogResult<std::vector<PolicyText>> read_policies(log::EventLog& log) {
  const auto published = published_policies(log);
  if (!published) return std::unexpected(published.error());
  std::vector<PolicyText> all;
  for (const auto& policy : *published) {
    auto& one = all.emplace_back();
    one.version = policy.version;
    one.published_at = policy.published_at;
    one.text = as_utf8(policy.text);
    if (const auto read = parse_policy(policy.text)) {
      one.readable = true;
      one.tz = read->zone().name();
    }
  }
  const auto newest = std::ranges::find_if(all.rbegin(), all.rend(), &PolicyText::readable);
  if (newest != all.rend()) newest->in_force = true;
  return all;
}

http::HttpResponse log_is_away(const log::LogError& error) {
  return http::problem(503, "unavailable", error.what);
}

}  // namespace

log::LogResult<std::vector<PublishedPolicy>> published_policies(log::EventLog& log) {
  std::vector<PublishedPolicy> all;
  log::PolicyTail tail(log);
  auto read = tail.read_on([&](std::int32_t version, const MessageView& message) {
    if (is_quarantine(message)) return;
    auto& one = all.emplace_back();
    one.version = version;
    if (message.timestamp > Timestamp{}) one.published_at = message.timestamp;
    one.text = std::string(message.value);
  });
  if (!read) return std::unexpected(std::move(read).error());
  return all;
}

std::string policies_schema() { return PublishedSchema::of<Policies>(); }
std::string policy_version_schema() { return PublishedSchema::of<PolicyText>(); }

http::HttpResponse list_policies(log::EventLog& log) {
  const auto all = read_policies(log);
  if (!all) return log_is_away(all.error());
  return json_answer(200, to_json(Policies{{all->rbegin(), all->rend()}}));
}

http::HttpResponse policy_answer(log::EventLog& log, const std::string& version) {
  const auto all = read_policies(log);
  if (!all) return log_is_away(all.error());
  const auto found = std::ranges::find_if(*all, [&](const PolicyText& one) {
    return version == "current" ? one.in_force : version == std::to_string(one.version);
  });
  if (found != all->end()) return json_answer(200, to_json(*found));
  return http::problem(
      404, "no_such_policy",
      version == "current"
          ? "No policy was published. `casetrail serve --policy FILE` publishes one."
          : fmt::format("There is no policy version '{}'. `casetrail policy versions` lists those "
                        "that there are.",
                        version));
}

}  // namespace casetrail::api
