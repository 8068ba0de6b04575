// Rows go from one text into the other as they stand.
#include "workers/cli/pages.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "workers/api/routes.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"

namespace casetrail::cli {
namespace {

void replace(std::string& text, const std::string& part, const std::string& by) {
  if (const auto at = text.find(part); at != std::string::npos) text.replace(at, part.size(), by);
}

std::string next_member(const std::string& next) { return ",\"next\":\"" + next + "\""; }

}  // namespace

std::string next_of(const std::string& json) { return Fields(json).text("next"); }

std::string join_pages(std::span<const std::string> pages) {
  std::string all;
  for (const auto& page : pages) {
    const auto rows = Fields(page).text("rows");
    if (rows == "[]") continue;
    all.append(all.empty() ? "" : ",").append(rows, 1, rows.size() - 2);
  }
  auto json = pages.front();
  const auto next = next_of(pages.back());
  replace(json, next_member(next_of(json)), next.empty() ? "" : next_member(next));
  replace(json, "\"rows\":" + Fields(json).text("rows"), "\"rows\":[" + all + "]");
  return json;
}

std::string query_of(const Parameters& parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) {
    if (!value.empty())
      query += (query.empty() ? "?" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  }
  return query;
}

std::expected<http::HttpResponse, std::string> ask_pages(Session& session, const std::string& path,
                                                         Parameters query, std::size_t limit) {
  std::vector<std::string> pages;
  auto& page_limit = query.emplace("limit", "")->second;
  auto& after = query.emplace("after", "")->second;
  for (std::size_t left = limit;;) {
    const auto rows = std::min(left, api::kMostRowsOfAPage);
    page_limit = std::to_string(rows);
    auto response =
        session.ask({.method = "GET", .target = path + query_of(query)}, std::chrono::seconds(60));
    if (!response || exit_code_of(*response) != kDone) return response;
    pages.push_back(std::move(response->body));
    left -= rows;
    after = next_of(pages.back());
    if (left > 0 && !after.empty()) continue;
    response->body = join_pages(pages);
    return response;
  }
}

}  // namespace casetrail::cli
