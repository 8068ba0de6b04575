// The verb `identities`: who has a token, in the file that `serve` reads.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cereal/cereal.hpp>
#include <filesystem>
#include <utility>

#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "events/wire/sha256.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/identity/edit.h"
#include "workers/identity/token.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

namespace fs = std::filesystem;

struct AddedAnswer {
  std::string id;
  std::string token;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(token));
  }
};

struct HolderRow {
  std::string id;
  std::string actor;
  std::optional<DepartmentId> department;
  std::vector<std::string> roles;
  std::vector<identity::Right> rights;
  std::vector<ActorKind> speaks_for;
  std::string source;
  std::optional<Timestamp> expires;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(actor), CEREAL_NVP(department), CEREAL_NVP(roles), CEREAL_NVP(rights),
            CEREAL_NVP(speaks_for), CEREAL_NVP(source), CEREAL_NVP(expires));
  }
};

struct HoldersAnswer {
  std::vector<HolderRow> identities;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(identities));
  }
};

int refuse_file(ExitCode code, const fs::path& file, const std::string& sentence) {
  fmt::print(stderr, "casetrail: {}: {}\n", file.string(), sentence);
  return code;
}

template <NamedEnum E>
std::vector<E> named(const std::vector<std::string>& names) {
  std::vector<E> values;
  for (const auto& name : names) {
    if (const auto value = enum_from<E>(name)) values.push_back(*value);
  }
  return values;
}

template <NamedEnum E>
std::string words_of(const std::vector<E>& values) {
  std::vector<std::string_view> names;
  for (const auto value : values) names.push_back(name_of(value));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// An error is a sentence.
std::expected<identity::TokenHolder, std::string> holder_of(const verb::Identities& asked,
                                                            const std::string& token) {
  identity::TokenHolder holder;
  auto& who = holder.identity;
  const auto colon = asked.actor.find(':');
  const auto kind = enum_from<ActorKind>(asked.actor.substr(0, colon));
  if (!kind || colon == std::string::npos)
    return std::unexpected("Expected --actor as kind:id, such as agent:zhang or system:crm, but it is '" +
                           asked.actor + "'.");
  who.id = asked.id;
  who.kind = *kind;
  who.actor = asked.actor.substr(colon + 1);
  if (!asked.department.empty()) who.department = DepartmentId{asked.department};
  who.roles = asked.roles;
  who.rights = named<identity::Right>(asked.rights);
  who.speaks_for = named<ActorKind>(asked.speaks_for);
  who.source = asked.source;
  holder.token_sha256 = sha256_hex(token);
  if (!asked.expires.empty()) {
    holder.expires = parse_timestamp(asked.expires);
    if (!holder.expires)
      return std::unexpected("Expected --expires as a moment such as 2027-06-30T00:00:00Z, but it is '" +
                             asked.expires + "'.");
  }
  return holder;
}

int add_holder(const verb::Identities& asked, Output output) {
  const auto token = identity::new_token();
  const auto holder = holder_of(asked, token);
  if (!holder) return refuse_file(kUsage, asked.file, holder.error());
  std::error_code failed;
  const auto text = fs::exists(asked.file, failed) ? node::read_file(asked.file) : std::string();
  if (!text) return refuse_file(kUsage, asked.file, "Expected a file that can be read, but it is not.");
  const auto changed = identity::with_holder(*text, *holder);
  if (!changed) return refuse_file(kUsage, asked.file, changed.error());
  if (auto written = node::replace_file(asked.file, *changed); !written)
    return refuse_file(kUnavailable, asked.file, written.error());
  if (output == Output::json) {
    fmt::print("{}\n", json_for_stdout(to_json(AddedAnswer{asked.id, token})));
  } else {
    fmt::print("{} may sign in. The token is shown this once, and the file holds its hash alone:\n\n  {}\n",
               asked.id, token);
  }
  return kDone;
}

int remove_holder(const verb::Identities& asked) {
  const auto text = node::read_file(asked.file);
  if (!text) return refuse_file(kUsage, asked.file, "Expected a file that can be read, but it is not.");
  const auto changed = identity::without_holder(*text, asked.id);
  if (!changed) return refuse_file(kUsage, asked.file, changed.error());
  if (auto written = node::replace_file(asked.file, *changed); !written)
    return refuse_file(kUnavailable, asked.file, written.error());
  fmt::print("{} may not sign in any more.\n", asked.id);
  return kDone;
}

int list_holders(const verb::Identities& asked, Output output) {
  const auto text = node::read_file(asked.file);
  if (!text) return refuse_file(kUsage, asked.file, "Expected a file that can be read, but it is not.");
  const auto identities = identity::parse_identities(*text);
  if (!identities) {
    for (const auto& complaint : identities.error())
      refuse_file(kRefused, asked.file,
                  fmt::format("line {}: {}", complaint.line, on_one_line(complaint.sentence)));
    return kRefused;
  }
  HoldersAnswer answer;
  TextTable table(
      {{"id"}, {"actor"}, {"department", 2}, {"roles", 2}, {"rights"}, {"speaks for", 3}, {"expires", 2}});
  for (const auto& holder : identities->holders) {
    const auto& who = holder.identity;
    const auto actor = who.actor_text();
    answer.identities.push_back(
        {who.id, actor, who.department, who.roles, who.rights, who.speaks_for, who.source, holder.expires});
    table.add({who.id, actor, who.department ? who.department->value : "",
               fmt::format("{}", fmt::join(who.roles, ", ")), words_of(who.rights), words_of(who.speaks_for),
               holder.expires ? to_wire(*holder.expires) : ""});
  }
  if (output == Output::json)
    fmt::print("{}\n", json_for_stdout(to_json(answer)));
  else
    fmt::print("{}", table.text(terminal_width()));
  return kDone;
}

}  // namespace

int edit_identities(const verb::Identities& asked, Output output) {
  switch (asked.task) {
    case verb::IdentitiesTask::add: return add_holder(asked, output);
    case verb::IdentitiesTask::remove: return remove_holder(asked);
    case verb::IdentitiesTask::list: break;
  }
  return list_holders(asked, output);
}

}  // namespace casetrail::cli
