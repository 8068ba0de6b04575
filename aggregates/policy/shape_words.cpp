// Puts words, bounds and rules of a shape into one line.
#include "aggregates/policy/shape_words.h"

#include <algorithm>

namespace casetrail::yaml {
namespace {

/// "`a`, `b` or `c`".
std::string choice_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text.append("`").append(words[i]).append("`");
  }
  return text;
}

std::string number_bounds(const Shape& shape) {
  auto text = ", " + std::to_string(shape.least.value_or(0));
  return text.append(shape.most ? " to " + std::to_string(*shape.most) : " or more");
}

std::string base_of(const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::text:
      if (shape.pattern.empty() && !shape.words.empty()) return choice_of(shape.words);
      return shape.takes + (shape.least ? ", more than 0" : "");
    case Shape::Kind::number: return shape.takes + number_bounds(shape);
    case Shape::Kind::list:
      return shape.parts.front().kind == Shape::Kind::mapping
                 ? "a list, each with the keys below"
                 : "a list, each " + takes_of(shape.parts.front());
    case Shape::Kind::mapping: return "the keys below";
    case Shape::Kind::boolean:
    case Shape::Kind::table:
    case Shape::Kind::either: return shape.takes;
  }
  return {};
}

bool needs_no_quotes(std::string_view text) {
  if (text.empty()) return false;
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const bool is_amount = text.front() >= '0' && text.front() <= '9' && text.back() >= 'a';
  const bool is_word = text.front() >= 'a' && text.front() <= 'z' && text.size() > 3;
  const bool is_priority = text.size() == 2 && text.front() == 'P';
  return is_priority || ((is_amount || is_word) && std::ranges::all_of(text, is_plain));
}

}  // namespace

std::string takes_of(const Shape& shape) {
  auto text = base_of(shape);
  for (const auto& rule : shape.rules) text.append("; ").append(rule);
  if (shape.kind != Shape::Kind::list) return text;
  const auto& each = shape.parts.front();
  if (each.kind != Shape::Kind::mapping) return text;
  for (const auto& rule : each.rules) text.append("; ").append(rule);
  return text;
}

std::string sentence_of(const Field& field) {
  const bool is_plain = field.shape.kind != Shape::Kind::mapping || !field.shape.rules.empty();
  return is_plain ? field.meaning + " Takes " + takes_of(field.shape) + "." : field.meaning;
}

std::string as_yaml(std::string_view json) {
  std::string text;
  while (!json.empty()) {
    const auto end = json.front() == '"' ? json.find('"', 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += json.front();
      json.remove_prefix(1);
      continue;
    }
    const auto word = json.substr(1, end - 1);
    const bool is_key = json.substr(end + 1).starts_with(':');
    text += is_key || needs_no_quotes(word) ? word : json.substr(0, end + 1);
    json.remove_prefix(end + 1);
  }
  return text;
}

const Shape* part_with_keys(const Shape& shape) {
  if (shape.kind == Shape::Kind::mapping) return &shape;
  if (shape.kind == Shape::Kind::list) return part_with_keys(shape.parts.front());
  if (shape.kind == Shape::Kind::either) return part_with_keys(shape.parts.back());
  return nullptr;
}

}  // namespace casetrail::yaml
