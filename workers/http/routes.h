// The routes of the API in words: one table for the router, the OpenAPI document and the reader.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casetrail {

struct RouteText {
  using Parameters = std::vector<std::pair<std::string_view, std::string_view>>;  ///< name, what it means

  std::string_view method;
  std::string_view path;
  std::string_view summary;
  Parameters path_parameters{};
  Parameters query_parameters{};
  std::string_view answer_type = "application/json";
  /// What becomes of a query parameter that is not in the list.
  enum class Rest { refused, filters } rest = Rest::refused;
};

[[nodiscard]] std::span<const RouteText> route_texts();

/// JSON Schema of the plain form of a command.
[[nodiscard]] std::string plain_command_schema();

}  // namespace casetrail
