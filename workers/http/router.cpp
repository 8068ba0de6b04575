// Paths are split before they are decoded, so that an encoded slash stays within its segment.
#include "workers/http/router.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "workers/http/problem.h"

namespace casetrail::http {
namespace {

using Words = std::map<std::string, std::string>;
using Query = std::multimap<std::string, std::string>;

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(at);
    if (const auto part = text.substr(0, end); !part.empty()) parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

HttpResponse malformed_target() {
  return problem(400, "malformed_target",
                 "Expected a path and query in percent-encoding, but an escape is malformed.");
}

/// As a form writes it: `+` is a space. One that begins a value, which nobody begins with a space, stands for
/// itself: a telephone number.
std::optional<std::string> decode_form(std::string_view text) {
  std::string spaced(text);
  for (auto& c : std::span(spaced).subspan(std::min<std::size_t>(1, spaced.size())))
    if (c == '+') c = ' ';
  return percent_decode(spaced);
}

std::expected<Query, HttpResponse> read_query(std::string_view text) {
  Query query;
  for (const auto pair : split(text, '&')) {
    const auto equals = pair.find('=');
    auto name = decode_form(pair.substr(0, equals));
    auto value = decode_form(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!name || !value) return std::unexpected(malformed_target());
    query.emplace(*std::move(name), *std::move(value));
  }
  return query;
}

std::optional<std::vector<std::string>> read_path(std::string_view path) {
  std::vector<std::string> segments;
  for (const auto part : split(path, '/')) {
    auto segment = percent_decode(part);
    if (!segment) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

bool is_argument(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

/// The arguments of `path` when it has the form of `pattern`.
std::optional<Words> match(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  Words args;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i].ends_with("*}")) {
      auto& rest = args[pattern[i].substr(1, pattern[i].size() - 3)];
      for (std::size_t j = i; j < path.size(); ++j) rest.append(j == i ? "" : "/").append(path[j]);
      return args;
    }
    if (i == path.size()) return std::nullopt;
    if (is_argument(pattern[i])) {
      args[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  if (path.size() != pattern.size()) return std::nullopt;
  return args;
}

}  // namespace

void Router::add(std::string_view method, std::string_view path, Action action) {
  Route route{{std::string(method), std::string(path)}, {}, std::move(action)};
  for (const auto segment : split(path, '/')) route.segments.emplace_back(segment);
  routes_.push_back(std::move(route));
}

void Router::handle(HttpRequest request, const Reply& reply) const {
  const std::string_view target = request.target;
  const auto question = target.find('?');
  const auto path = read_path(target.substr(0, question));
  auto query = read_query(question == std::string_view::npos ? "" : target.substr(question + 1));
  if (!path) return refuse(malformed_target(), reply);
  if (!query) return refuse(std::move(query).error(), reply);
  const auto method = request.method == "HEAD" ? "GET" : request.method;
  std::set<std::string> allowed;
  for (const auto& route : routes_) {
    auto args = match(route.segments, *path);
    if (!args) continue;
    if (route.name.method == method)
      return route.action({std::move(request), std::move(*args), std::move(*query)},
                          watch_(route.name, reply));
    allowed.insert(route.name.method);
  }
  if (allowed.empty()) {
    return refuse(
        problem(404, "no_such_path",
                "Expected a path of this API, but there is none such. GET /v1/schemas/openapi lists them."),
        reply);
  }
  std::string names;
  for (const auto& name : allowed) names.append(names.empty() ? "" : ", ").append(name);
  auto refusal =
      problem(405, "method_not_allowed", "Expected method " + names + ", but it is " + method + ".");
  refusal.headers.push_back({"Allow", names});
  refuse(std::move(refusal), reply);
}

void Router::refuse(HttpResponse refusal, const Reply& reply) const { watch_({}, reply)(std::move(refusal)); }

}  // namespace casetrail::http
