// What is wrong with who may ask a server. No token is in the file, but who may write it gives themselves
// every right.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <system_error>

#include "workers/cli/doctor.h"
#include "workers/cli/readable.h"
#include "workers/identity/identities.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

namespace fs = std::filesystem;

/// A token is made anew before its holder is shut out.
constexpr auto kTokenLeft = std::chrono::days{14};

bool is_over(const identity::TokenHolder& holder, Timestamp at) {
  return holder.expires && *holder.expires <= at;
}

Finding rights_of_file(const fs::path& file) {
  constexpr auto kId = "identities_open_to_others";
  std::error_code failed;
  const auto rights = fs::status(file, failed).permissions();
  if (failed || (rights & (fs::perms::group_write | fs::perms::others_all)) == fs::perms::none)
    return {kId, Severity::ok, "Nobody else may read or write " + file.string() + "."};
  const bool may_write = (rights & (fs::perms::group_write | fs::perms::others_write)) != fs::perms::none;
  return {kId, may_write ? Severity::error : Severity::warning,
          fmt::format("Others may {} {}.", may_write ? "write" : "read", file.string()),
          "chmod g-w,o= " + file.string()};
}

Finding operators_in(const identity::Identities& all, Timestamp now) {
  constexpr auto kId = "identities_no_operator";
  const bool has_holder = std::ranges::any_of(all.holders, [&](const auto& holder) {
    return holder.identity.may(identity::Right::operate) && !is_over(holder, now);
  });
  const bool has_role = std::ranges::any_of(all.providers, [](const auto& provider) {
    return std::ranges::any_of(provider.rights, [](const auto& role) {
      return std::ranges::find(role.rights, identity::Right::operate) != role.rights.end();
    });
  });
  if (has_holder || has_role) return {kId, Severity::ok, "Somebody has the right operate."};
  return {kId, Severity::error,
          "Nobody has the right operate: rebuilds, dead letters and lag are out of reach.",
          "`casetrail identities add NAME --rights read,operate …` gives it."};
}

Finding tokens_in(const identity::Identities& all, Timestamp now) {
  constexpr auto kId = "identities_expired";
  std::vector<std::string> ends;
  for (const auto& holder : all.holders) {
    if (is_over(holder, now + kTokenLeft))
      ends.push_back(fmt::format("{} ({})", holder.identity.id, to_wire(*holder.expires)));
  }
  if (ends.empty()) return {kId, Severity::ok, "No token ends within two weeks."};
  return {kId, Severity::warning,
          fmt::format("Tokens have ended, or end within two weeks: {}.", fmt::join(ends, ", ")),
          "`casetrail identities remove` and `add` make a new one."};
}

}  // namespace

Findings look_at_identities(const fs::path& file, Timestamp now) {
  Findings findings{rights_of_file(file)};
  const auto unreadable = [&](const std::string& sentence) {
    findings.push_back(
        {"identities_unreadable", Severity::error, sentence,
         "Correct it: a server that reads it keeps what was in force, and does not start with it."});
    return findings;
  };
  const auto text = node::read_file(file);
  if (!text) return unreadable("The identities file " + file.string() + " cannot be read.");
  const auto all = identity::parse_identities(*text);
  if (!all) {
    const auto& first = all.error().front();
    return unreadable(fmt::format("{}, line {}: {}", file.string(), first.line, first.sentence));
  }
  for (const auto& provider : all->providers) {
    const auto keys = file.parent_path() / provider.jwks;
    if (!node::read_file(keys))
      return unreadable("The keys of " + provider.issuer + ", " + keys.string() + ", cannot be read.");
  }
  findings.push_back(
      {"identities_unreadable", Severity::ok,
       fmt::format("{} names {} and {}.", file.string(), counted(std::ssize(all->holders), "holder"),
                   counted(std::ssize(all->providers), "provider"))});
  findings.push_back(operators_in(*all, now));
  findings.push_back(tokens_in(*all, now));
  return findings;
}

}  // namespace casetrail::cli
