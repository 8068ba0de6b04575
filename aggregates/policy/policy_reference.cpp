// The description of a policy as a page for people.
#include <map>
#include <string>

#include "aggregates/policy/policy_shape.h"
#include "aggregates/policy/policy_texts.h"
#include "aggregates/policy/shape_words.h"

namespace casetrail {
namespace {

using yaml::Field;
using yaml::Shape;

class PageRows {
 public:
  /// A row for each key of `shape`, those within it behind it.
  void add_keys(const Shape& shape, const std::string& path) {
    for (const auto& field : shape.fields) add(field, path + "." + field.key);
  }

  [[nodiscard]] std::string take() { return std::move(rows_); }

 private:
  static std::string default_of(const Field& field) {
    if (field.is_required) return "needed";
    if (field.shape.value.empty()) return "none";
    if (field.shape.kind == Shape::Kind::mapping) return "";
    return "`" + yaml::as_yaml(field.shape.value) + "`";
  }

  void add(const Field& field, const std::string& path) {
    const auto& shape = field.shape;
    const auto* keys = part_with_keys(shape);
    // Keys that were told of another list are not told again.
    const auto below =
        keys == nullptr || shape.kind == Shape::Kind::mapping ? std::string() : rows_below(*keys);
    const auto [first, is_new] = told_.emplace(below, path);
    const bool as_first = !below.empty() && !is_new;
    rows_.append("| `").append(path).append("` | ");
    rows_ += as_first ? "a list, each with the keys of `" + first->second + "`" : takes_of(shape);
    rows_.append(" | ").append(default_of(field)).append(" | ").append(field.meaning).append(" |\n");
    if (keys != nullptr && !as_first) add_keys(*keys, keys == &shape ? path : path + "[]");
  }

  static std::string rows_below(const Shape& keys) {
    PageRows rows;
    rows.add_keys(keys, "");
    return rows.take();
  }

  std::string rows_;
  std::map<std::string, std::string> told_;  ///< the key of a list, by the rows of its elements
};

std::string section_text(const Field& section) {
  const auto& shape = section.shape;
  auto text = "\n## " + section.key + "\n\n" + section.meaning;
  if (shape.kind != Shape::Kind::mapping) text += " It takes " + takes_of(shape) + ".";
  text += "\n\n| key | takes | default | meaning |\n|---|---|---|---|\n";
  PageRows rows;
  const auto* keys = part_with_keys(shape);
  if (keys != nullptr) rows.add_keys(*keys, section.key + (keys == &shape ? "" : "[]"));
  return text + rows.take();
}

}  // namespace

std::string policy_reference() {
  std::string page =
      "# The company policy\n\n"
      "Made from the code by `casetrail policy reference > deploy/policy/REFERENCE.md`; a test keeps it "
      "true.\n\n"
      "A policy is one document of YAML. What it leaves out is as the column *default* says; what is "
      "*needed* has "
      "to be there whenever its entry is. Keys are named as `casetrail policy check` names them: "
      "`plans[].id` is the key `id` of each entry of `plans`. A key that is not here is refused.\n\n"
      "- `casetrail policy example` prints every key at its default, with its meaning above it; "
      "[example.yaml](example.yaml) is the policy of a made-up company.\n"
      "- `casetrail policy schema > policy.schema.json` makes a JSON Schema. With `# yaml-language-server: "
      "$schema=policy.schema.json` in the first line of a policy, editors complete and check it.\n"
      "- `casetrail policy check FILE` names all that is wrong, also what no schema can tell.\n";
  const auto policy = yaml::policy_shape();
  for (const auto& section : policy.fields) page += section_text(section);
  return page;
}

}  // namespace casetrail
