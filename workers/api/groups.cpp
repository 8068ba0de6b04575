// A node that is gone for good leaves its groups behind: tools show their lag for ever.
#include "workers/api/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <optional>
#include <vector>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

struct GroupAnswer {
  std::string group;
  std::int64_t members = 0;
  std::optional<std::int64_t> lag;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(group), CEREAL_NVP(members), CEREAL_NVP(lag));
  }
};

struct GroupsAnswer {
  std::vector<GroupAnswer> groups;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(groups));
  }
};

/// The commands are shared by one group; every other one follows the events.
log::Topic topic_of(const std::string& group) {
  return group == log::kCommandGroup ? log::Topic::commands : log::Topic::events;
}

log::LogResult<std::optional<std::int64_t>> lag_of(log::EventLog& log, const std::string& group) {
  const auto positions = log.group_positions(group, topic_of(group));
  if (!positions) return std::unexpected(positions.error());
  const auto ends = log.bounds(topic_of(group));
  if (!ends) return std::unexpected(ends.error());
  std::optional<std::int64_t> lag;
  for (const auto& [partition, committed] : *positions) {
    if (!committed) continue;
    lag = lag.value_or(0) +
          std::max<log::Offset>(0, ends->at(static_cast<std::size_t>(partition)).high - *committed);
  }
  return lag;
}

}  // namespace

std::string group_schema() { return PublishedSchema::of<GroupAnswer>(); }
std::string groups_schema() { return PublishedSchema::of<GroupsAnswer>(); }

log::LogResult<std::string> read_groups(log::EventLog& log) {
  const auto found = log.groups();
  if (!found) return std::unexpected(found.error());
  GroupsAnswer answer;
  for (const auto& [group, members] : *found) {
    const auto lag = lag_of(log, group);
    if (!lag) return std::unexpected(lag.error());
    answer.groups.push_back({group, static_cast<std::int64_t>(members), *lag});
  }
  return to_json(answer);
}

http::HttpResponse retire_group(log::EventLog& log, const std::string& group) {
  const auto all = log.groups();
  if (!all) return http::problem(503, "unavailable", all.error().what);
  const auto known = std::ranges::find(*all, group, &log::GroupReport::group);
  if (known == all->end()) {
    return http::problem(
        404, "not_found",
        "There is no group '" + group + "'. `casetrail lag --all-groups` lists those that are there.");
  }
  if (known->members > 0) {
    return http::problem(
        409, "group_has_members",
        fmt::format("Cannot retire group {}: it has {} members. Stop the node that it belongs to, wait "
                    "until its session has ended, and ask again.",
                    group, known->members));
  }
  const auto lag = lag_of(log, group);
  if (!lag) return http::problem(503, "unavailable", lag.error().what);
  if (auto gone = log.forget_group(group, topic_of(group)); !gone)
    return http::problem(503, "unavailable", gone.error().what);
  return json_answer(200, to_json(GroupAnswer{group, 0, *lag}));
}

}  // namespace casetrail::api
