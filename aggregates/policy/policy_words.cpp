// Finds a value in the tree of the text, and its lines by where the tree's values stand.
#include "aggregates/policy/policy_words.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "aggregates/policy/yaml.h"

namespace casetrail {
namespace {

/// Lines, from 0.
struct Lines {
  int first;
  int last;
};

void stretch(const YAML::Node& node, int& last) {
  last = std::max(last, node.Mark().line);
  for (const auto& child : node) {
    if (node.IsMap()) {
      stretch(child.first, last);
      stretch(child.second, last);
    } else {
      stretch(child, last);
    }
  }
}

Lines lines_of(int first, const YAML::Node& value) {
  Lines lines{first, first};
  stretch(value, lines.last);
  return lines;
}

/// The next name in `path`, which it is taken from: `sla`, then `P2`; of `[cn_office]` what is in brackets.
std::string_view take_name(std::string_view& path) {
  if (path.starts_with('.') || path.starts_with('[')) path.remove_prefix(1);
  const auto name = path.substr(0, path.find_first_of(".[]"));
  path.remove_prefix(name.size());
  if (path.starts_with(']')) path.remove_prefix(1);
  return name;
}

std::optional<Lines> find_lines(const YAML::Node& node, std::string_view path) {
  const auto name = take_name(path);
  for (const auto& child : node) {
    const bool is_it = node.IsMap() ? child.first.Scalar() == name : yaml::known_by(child) == name;
    if (!is_it) continue;
    const YAML::Node& value = node.IsMap() ? child.second : child;
    const auto first = node.IsMap() ? child.first.Mark().line : child.Mark().line;
    return path.empty() ? lines_of(first, value) : find_lines(value, path);
  }
  return std::nullopt;
}

/// Brackets that close on a line of their own belong to what they close.
bool only_closes(std::string_view line) {
  const auto is_closing = [](char c) { return c == ']' || c == '}' || c == ',' || c == ' ' || c == '\r'; };
  return line.find_first_of("]}") != std::string_view::npos && std::ranges::all_of(line, is_closing);
}

}  // namespace

std::optional<PolicyWords> policy_words(std::string_view yaml, std::string_view path) {
  yaml::Findings findings(yaml::Strictness::lenient);
  const auto root = yaml::document(yaml, findings);
  const auto found = root ? find_lines(*root, path) : std::nullopt;
  if (!found) return std::nullopt;
  PolicyWords words{std::string(path), found->first + 1, {}};
  int number = 0;
  for (const auto part : std::views::split(yaml, '\n')) {
    const std::string_view line(part.begin(), part.end());
    const bool is_in = number >= found->first && number <= found->last;
    if (is_in || (number == found->last + 1 && only_closes(line))) words.text.append(line).append("\n");
    ++number;
  }
  return words;
}

}  // namespace casetrail
