// A policy that says what would be so without it.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "aggregates/policy/policy_shape.h"
#include "aggregates/policy/policy_texts.h"
#include "aggregates/policy/shape_words.h"

namespace casetrail {
namespace {

using yaml::Field;
using yaml::Shape;

constexpr std::size_t kWidth = 110;

class ExampleText {
 public:
  [[nodiscard]] std::string take() { return std::move(out_); }

  void comment(std::string_view text, const std::string& indent) {
    auto line = indent + "#";
    while (!text.empty()) {
      const auto word = text.substr(0, text.find(' '));
      if (line.size() + 1 + word.size() > kWidth) {
        out_ += line + "\n";
        line = indent + "#";
      }
      line.append(" ").append(word);
      text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    out_ += line + "\n";
  }

  void add(const Field& field, const std::string& indent) {
    const auto& shape = field.shape;
    comment(sentence_of(field), indent);
    const bool is_said = !shape.value.empty() && !shape.needs_another;
    if (is_said && shape.kind == Shape::Kind::mapping) {
      out_ += indent + field.key + ":\n";
      for (const auto& one : shape.fields) add(one, indent + "  ");
      return;
    }
    out_ += indent + (is_said ? "" : "# ") + field.key + ":";
    out_ += shape.value.empty() ? "\n" : " " + yaml::as_yaml(shape.value) + "\n";
    if (const auto* keys = part_with_keys(shape)) add_elsewhere(*keys, indent);
  }

 private:
  /// The keys of entries that are not there, once for all lists that have the same.
  void add_elsewhere(const Shape& keys, const std::string& indent) {
    std::string all;
    for (const auto& field : keys.fields) all += field.key + " " + field.meaning;
    if (!told_.insert(all).second) return;
    for (const auto& field : keys.fields) {
      const auto* needed = field.is_required ? "needed. " : "";
      comment("`" + field.key + "`: " + needed + sentence_of(field), indent + "#");
      if (const auto* more = part_with_keys(field.shape)) add_elsewhere(*more, indent + "#");
    }
  }

  std::string out_;
  std::set<std::string> told_;
};

}  // namespace

std::string policy_example(const Policy& policy) {
  ExampleText text;
  text.comment(
      "Every key of a policy at its default. A key behind '#' has none, or needs another one beside it.", "");
  text.comment("Leave out what you do not change: what a policy does not say is as here.", "");
  const auto shape = yaml::policy_shape(policy);
  auto page = text.take();
  ExampleText sections;
  for (const auto& section : shape.fields) {
    page += "\n";
    sections.add(section, "");
    page += sections.take();
  }
  return page;
}

}  // namespace casetrail
