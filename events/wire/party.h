// Who acts and where: the values that events of every family share.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/code.h"
#include "events/wire/ids.h"

namespace casetrail {

/// `import`: a fact brought from elsewhere; `system`: another company system
enum class ActorKind { agent, customer, rule, timer, import_, system };
constexpr auto enum_names(ActorKind) {
  return std::to_array<std::string_view>({"agent", "customer", "rule", "timer", "import", "system"});
}

/// A021, A022
enum class Channel {
  phone,
  online_chat,
  email,
  fax,
  self_service,
  post,
  walk_in,
  wangwang,
  qq,
  wechat,
  api,
  douyin,
  jd,
  pinduoduo,
  xiaohongshu,
  kuaishou,
  weibo,
  sms,
  app,
  mini_program,
  video,
  whatsapp,
  line,
  telegram,
  messenger
};
constexpr auto enum_names(Channel) {
  return std::to_array<std::string_view>({"phone",    "online_chat", "email",    "fax",       "self_service",
                                          "post",     "walk_in",     "wangwang", "qq",        "wechat",
                                          "api",      "douyin",      "jd",       "pinduoduo", "xiaohongshu",
                                          "kuaishou", "weibo",       "sms",      "app",       "mini_program",
                                          "video",    "whatsapp",    "line",     "telegram",  "messenger"});
}
constexpr std::string_view catalogue_name(Channel) { return "channel"; }

/// P1 is the most urgent; impact x urgency by the policy's matrix (ITIL)
enum class Priority { P1, P2, P3, P4 };
constexpr auto enum_names(Priority) { return std::to_array<std::string_view>({"P1", "P2", "P3", "P4"}); }

/// of impact, urgency, severity and complexity
enum class Level { low, medium, high };
constexpr auto enum_names(Level) { return std::to_array<std::string_view>({"low", "medium", "high"}); }

/// Who did it, as far as the sender said. `ce_actor` is `kind:id`, the rest are headers of their own.
struct Actor {
  ActorKind kind{};
  std::string id;                             ///< never empty
  std::optional<DepartmentId> department_id;  ///< at the time of the act
  std::optional<std::string> role;            ///< such as `agent`, `lead`, `rating_specialist`
  std::optional<std::string> badge_no;        ///< A009

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(id), CEREAL_NVP(department_id), CEREAL_NVP(role),
            CEREAL_NVP(badge_no));
  }
};

/// A department and, where it is known, a person in it.
struct Party {
  DepartmentId department_id;
  std::optional<AgentId> agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department_id), CEREAL_NVP(agent_id));
  }
};

/// What the customer said. Personal.
struct CustomerWords {
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(text));
  }
};

}  // namespace casetrail
