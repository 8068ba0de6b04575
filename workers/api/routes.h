// The routes of the API in words: one table for the router, the OpenAPI document and the reader.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workers/api/elsewhere.h"
#include "workers/identity/identity.h"

namespace casetrail::api {

/// More than this one answer does not hold: the rest is asked for with its `next`.
inline constexpr std::size_t kMostRowsOfAPage = 1000;

/// Of a parameter that is a moment, and of one that may be an event of a case instead.
inline constexpr std::string_view kMomentSchema = R"({"type":"string","format":"date-time"})";
inline constexpr std::string_view kCaseMomentSchema =
    R"({"type":"string","description":"a time, the number of an event, or before:COMMAND"})";

struct RouteText {
  struct Parameter {
    std::string_view name;
    std::string_view meaning;
    std::string_view schema = R"({"type":"string"})";  ///< JSON Schema of its value
  };
  using Parameters = std::vector<Parameter>;

  /// An answer that is no problem.
  struct Answer {
    int status;
    std::string_view meaning;
    std::string schema;  ///< of /v1/schemas/openapi, by its name; of a board, the view's stands behind it
  };

  std::string_view method;
  std::string_view path;
  std::string_view operation;  ///< what a generated client calls it
  std::string_view summary;
  Parameters path_parameters{};
  Parameters query_parameters{};
  std::vector<Answer> answers{};
  std::vector<int> problems{};  ///< statuses of its own; 400 and 5xx come with every route
  std::string_view body{};      ///< schema of what a POST takes; empty: nothing but its declaration as JSON
  std::string_view answer_type = "application/json";
  std::vector<identity::Right> rights{};  ///< where identities are known: one of them is needed; empty: none
  bool streams = false;                   ///< who asks for server-sent events gets them instead
  /// Who answers has to hold it; of a route that names a view, `boards` stands for whoever holds that view.
  std::optional<Role> held{};
  bool of_this_node = false;  ///< another node would answer for itself alone: none is asked
  /// What becomes of a query parameter that is not in the list.
  enum class Rest { refused, filters } rest = Rest::refused;
};

[[nodiscard]] std::span<const RouteText> route_texts();

}  // namespace casetrail::api
