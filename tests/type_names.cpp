// A walk over braces: what stands before each tells whether it opens a namespace, a type or something else.
#include "tests/type_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace casetrail {
namespace {

using Tokens = std::vector<std::string>;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where `text` goes on behind the next `end`.
std::size_t behind(std::string_view text, std::size_t from, std::string_view end) {
  const auto found = text.find(end, from);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

/// Where `text` goes on behind the literal whose quotation mark is at `from`.
std::size_t behind_literal(std::string_view text, std::size_t from) {
  for (auto at = from + 1; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == text[from])
      return at + 1;
  }
  return text.size();
}

/// Where `text` goes on behind the literal `R"x(…)x"` whose quotation mark is at `from`.
std::size_t behind_raw_literal(std::string_view text, std::size_t from) {
  const auto open = std::min(text.find('(', from), text.size());
  const auto delimiter = text.substr(from + 1, open - from - 1);
  return behind(text, open, ")" + std::string(delimiter) + "\"");
}

/// Where `text` goes on behind a comment, literal, space or preprocessor line at `from`; there, if none is.
std::size_t behind_nothing(std::string_view text, std::size_t from) {
  const auto rest = text.substr(from);
  if (rest.starts_with("//")) return behind(text, from, "\n");
  if (rest.starts_with("/*")) return behind(text, from + 2, "*/");
  if (rest.starts_with("R\"")) return behind_raw_literal(text, from + 1);
  if (rest.starts_with('"') || rest.starts_with('\'')) return behind_literal(text, from);
  if (std::isspace(static_cast<unsigned char>(rest.front())) != 0) return from + 1;
  if (!rest.starts_with('#')) return from;
  auto end = behind(text, from, "\n");
  while (end >= 2 && text[end - 2] == '\\' && end < text.size()) end = behind(text, end, "\n");
  return end;
}

/// Words, `::` and single signs.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto next = behind_nothing(text, at); next != at) {
      at = next;
      continue;
    }
    auto end = at + (text.substr(at).starts_with("::") ? 2U : 1U);
    const bool number = std::isdigit(static_cast<unsigned char>(text[at])) != 0;
    if (is_word(text[at])) {
      while (end < text.size() && (is_word(text[end]) || (number && text[end] == '\''))) ++end;
    }
    tokens.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

/// Behind the bracket that closes the one at `open`.
std::size_t behind(const Tokens& head, std::size_t open, const std::string& opens,
                   const std::string& closes) {
  int depth = 0;
  for (auto at = open; at < head.size(); ++at) {
    if (head[at] == opens) ++depth;
    if (head[at] == closes && --depth == 0) return at + 1;
  }
  return head.size();
}

/// Where the declaration begins, behind access, templates and attributes.
std::size_t declaration_in(const Tokens& head) {
  std::size_t at = 0;
  const auto is = [&](std::string_view word) { return at < head.size() && head[at] == word; };
  while (at < head.size()) {
    if (is("public") || is("private") || is("protected")) {
      at += 2;
    } else if (is("template")) {
      at = behind(head, at + 1, "<", ">");
    } else if (is("requires") || is("alignas")) {
      at = behind(head, at + 1, "(", ")");
    } else if (is("[")) {
      at = behind(head, at, "[", "]");
    } else if (is("inline") || is("static") || is("constexpr")) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

struct Scope {
  enum class Kind { seen, hidden, type } kind;  ///< `hidden`: nobody outside can name what is in it
  std::string name;
  bool specialised = false;
};

/// What a brace opens whose statement is `head`.
Scope scope_of(const Tokens& head) {
  auto at = declaration_in(head);
  if (at == head.size()) return {Scope::Kind::hidden, {}};
  static constexpr std::array<std::string_view, 4> kKeys{"struct", "class", "union", "enum"};
  const bool is_namespace = head[at] == "namespace";
  const bool is_type = std::ranges::find(kKeys, head[at]) != kKeys.end();
  if (!is_namespace && !is_type) return {Scope::Kind::hidden, {}};
  ++at;
  if (head[at - 1] == "enum" && at < head.size() && (head[at] == "class" || head[at] == "struct")) ++at;
  if (at < head.size() && (head[at] == "[" || head[at] == "alignas")) {
    at = head[at] == "[" ? behind(head, at, "[", "]") : behind(head, at + 1, "(", ")");
  }
  const bool is_template = std::ranges::find(head, "template") != head.end();
  Scope scope{is_type ? Scope::Kind::type : Scope::Kind::seen, {}};
  for (; at < head.size() && head[at] != "final" && (is_word(head[at].front()) || head[at] == "::"); ++at)
    scope.name += head[at];
  if (is_template && !scope.name.empty()) scope.name += "<>";
  scope.specialised = at < head.size() && head[at] == "<";
  const bool is_function = at < head.size() && head[at] == "(";
  if (scope.name.empty() || is_function) scope.kind = Scope::Kind::hidden;
  return scope;
}

std::string qualified(const std::vector<Scope>& scopes) {
  std::string name;
  for (const auto& scope : scopes) name += (name.empty() ? "" : "::") + scope.name;
  return name;
}

}  // namespace

std::vector<std::string> type_names_in(std::string_view text) {
  std::vector<std::string> names;
  std::vector<Scope> scopes;
  Tokens head;
  for (auto& token : tokens_of(text)) {
    if (token == "{") {
      scopes.push_back(scope_of(head));
      const bool nameable = std::ranges::none_of(
          scopes, [](const Scope& scope) { return scope.kind == Scope::Kind::hidden || scope.specialised; });
      if (nameable && scopes.back().kind == Scope::Kind::type) names.push_back(qualified(scopes));
    } else if (token == "}" && !scopes.empty()) {
      scopes.pop_back();
    } else if (token != ";" && token != "}") {
      head.push_back(std::move(token));
      continue;
    }
    head.clear();
  }
  return names;
}

}  // namespace casetrail
