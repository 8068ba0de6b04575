// Compares texts value by value: what is not said is not told, whatever the engine does without it.
#include "aggregates/policy/policy_changes.h"

#include <algorithm>
#include <map>

#include "aggregates/policy/yaml.h"

namespace casetrail {
namespace {

using Values = std::map<std::string, std::string>;

bool is_plain_list(const YAML::Node& node) {
  return std::all_of(node.begin(), node.end(), [](const YAML::Node& element) { return element.IsScalar(); });
}

void collect(const YAML::Node& node, const std::string& path, Values& into) {
  if (node.IsMap()) {
    for (const auto& entry : node)
      collect(entry.second, (path.empty() ? "" : path + ".") + entry.first.Scalar(), into);
  } else if (node.IsSequence() && !is_plain_list(node)) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      auto place = path + "[";
      place.append(yaml::known_by(node[i]).value_or(std::to_string(i))).append("]");
      collect(node[i], place, into);
    }
  } else if (node.IsSequence()) {
    std::string all;
    for (const auto& element : node) all += (all.empty() ? "" : ", ") + element.Scalar();
    into.emplace(path, "[" + all + "]");
  } else {
    into.emplace(path, node.Scalar());
  }
}

Values values_of(std::string_view text) {
  Values values;
  const auto root = YAML::Load(std::string(text));
  if (!root.IsNull()) collect(root, "", values);
  return values;
}

}  // namespace

std::vector<PolicyChange> policy_changes(std::string_view before, std::string_view after) {
  const auto old_values = values_of(before);
  auto new_values = values_of(after);
  std::vector<PolicyChange> changes;
  for (const auto& [path, value] : old_values) {
    const auto found = new_values.extract(path);
    if (found.empty()) {
      changes.push_back({path, value, std::nullopt});
    } else if (found.mapped() != value) {
      changes.push_back({path, value, found.mapped()});
    }
  }
  for (const auto& [path, value] : new_values) changes.push_back({path, std::nullopt, value});
  std::ranges::sort(changes, {}, &PolicyChange::path);
  return changes;
}

std::string line_of(const PolicyChange& change) {
  static constexpr auto kNothing = "(not said)";
  return change.path + ": " + change.before.value_or(kNothing) + " -> " + change.after.value_or(kNothing);
}

}  // namespace casetrail
