// Rows go from one text into the other as they stand.
#include "workers/cli/pages.h"

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

}  // namespace casetrail::cli
