// Parts of a list are called one by one.
#include "workers/api/changed_values.h"

#include <algorithm>
#include <vector>

#include "events/wire/json_value.h"
#include "workers/api/catalogues.h"
#include "workers/api/word_texts.h"

namespace casetrail::api {
namespace {

constexpr std::string_view kBetween = ", ";

Saying in_both(const kit::Words& words) { return {std::string(words.en), std::string(words.zh)}; }

std::optional<Saying> named_in(const Catalogue& catalogue, const std::string& code) {
  const auto* entry = catalogue.find(code);
  if (entry == nullptr) return std::nullopt;
  const auto label = label_of(*entry);
  return label.en == code ? std::nullopt : std::optional(in_both(label));
}

/// A word of casetrail's own, or a code of whichever catalogue has it.
std::optional<Saying> word_called(const std::string& word, const Policy& policy) {
  if (const auto* known = find_word(word)) return in_both(*known);
  for (const auto& catalogue : policy.catalogues.all()) {
    if (auto found = named_in(catalogue, word)) return found;
  }
  return std::nullopt;
}

std::optional<Saying> one_called(const std::string& id, std::string_view names, const Policy& policy) {
  if (names == "department") {
    const auto* found = policy.find_department(DepartmentId{id});
    return found == nullptr || found->name.empty() ? std::nullopt
                                                   : std::optional(Saying{found->name, found->name});
  }
  if (names == "agent") {
    const auto found = std::ranges::find(policy.names.agents, AgentId{id}, &AgentName::id);
    return found == policy.names.agents.end() ? std::nullopt
                                              : std::optional(Saying{found->name, found->name});
  }
  if (names == "role") {
    const auto found = std::ranges::find(policy.names.roles, id, &RoleName::id);
    return found == policy.names.roles.end() ? std::nullopt : std::optional(in_both(label_of(*found)));
  }
  if (const auto* catalogue = policy.catalogues.find(names)) {
    if (auto found = named_in(*catalogue, id)) return found;
  }
  return names.empty() ? std::nullopt : word_called(id, policy);
}

std::vector<std::string> parts_of(const std::string& value) {
  if (value.starts_with('['))
    return value_from_json<std::vector<std::string>>(value).value_or(std::vector<std::string>{});
  std::vector<std::string> parts;
  std::string_view rest = value;
  for (auto end = rest.find(kBetween); end != std::string_view::npos; end = rest.find(kBetween)) {
    parts.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + kBetween.size());
  }
  parts.emplace_back(rest);
  return parts;
}

}  // namespace

std::optional<Saying> called(const std::string& value, std::string_view names, const Policy& policy) {
  Saying all;
  bool has_name = false;
  for (const auto& part : parts_of(value)) {
    const auto name = one_called(part, names, policy);
    has_name = has_name || name;
    all.en.append(all.en.empty() ? "" : kBetween).append(name ? name->en : part);
    all.zh.append(all.zh.empty() ? "" : kBetween).append(name ? name->zh : part);
  }
  return has_name ? std::optional(std::move(all)) : std::nullopt;
}

const Policy& naming_policy(const PolicyVersions& policies, Timestamp then) {
  const auto& built_in = policies.of(0);
  const auto& found = policies.at(then);
  return &found == &built_in ? policies.of(1) : found;
}

std::string_view names_in(kit::Kind column) {
  switch (column) {
    case kit::Kind::department:
    case kit::Kind::departments: return "department";
    case kit::Kind::agent:
    case kit::Kind::agents: return "agent";
    case kit::Kind::roles: return "role";
    case kit::Kind::word: return "word";
    case kit::Kind::text:
    case kit::Kind::texts:
    case kit::Kind::number:
    case kit::Kind::count:
    case kit::Kind::counts:
    case kit::Kind::duration:
    case kit::Kind::duration_at_most:
    case kit::Kind::share:
    case kit::Kind::shares:
    case kit::Kind::points:
    case kit::Kind::ratio:
    case kit::Kind::moment:
    case kit::Kind::flag:
    case kit::Kind::object:
    case kit::Kind::table:
    case kit::Kind::record: return {};
  }
  return {};
}

}  // namespace casetrail::api
