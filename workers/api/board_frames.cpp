// Equal rows are found by their text: a view need not say what makes a row the same one.
#include "workers/api/board_frames.h"

#include <fmt/format.h>

#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "events/wire/json_value.h"

namespace casetrail::api {
namespace {

constexpr auto kRows = "rows";

template <class T>
T read(std::string_view json) {
  auto read = value_from_json<T>(json);
  if (!read) throw std::logic_error("Expected a board to be a JSON object, and its rows an array.");
  return *std::move(read);
}

std::string rows_since(const std::vector<RawJson>& before, const std::vector<RawJson>& now) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < before.size(); ++i) places.emplace(before[i].text, i);
  std::string parts;
  std::size_t from = 0;
  std::size_t count = 0;
  const auto add = [&](std::string_view part) { parts.append(parts.empty() ? "" : ",").append(part); };
  const auto add_kept = [&] {
    if (count > 0) add(fmt::format("[{},{}]", from, count));
    count = 0;
  };
  for (const auto& row : now) {
    const auto place = places.find(row.text);
    if (place != places.end() && count > 0 && place->second == from + count) {
      ++count;
      continue;
    }
    add_kept();
    if (place == places.end()) {
      add(row.text);
    } else {
      from = place->second;
      count = 1;
    }
  }
  add_kept();
  return '[' + parts + ']';
}

}  // namespace

PageParts parts_of(std::string_view board) {
  PageParts parts{.members = read<std::map<std::string, RawJson>>(board), .rows = {}};
  if (const auto rows = parts.members.extract(kRows))
    parts.rows = read<std::vector<RawJson>>(rows.mapped().text);
  return parts;
}

http::Frame board_frame(std::string_view board, std::uint64_t frame, std::string_view id) {
  const auto members = board.substr(1);
  const auto data = fmt::format(R"({{"frame":{}{}{})", frame, members == "}" ? "" : ",", members);
  return http::event_frame({.name = "board", .id = id, .data = data});
}

http::Frame change_frame(const PageParts& before, const PageParts& now, std::uint64_t frame,
                         std::string_view id) {
  std::map<std::string, RawJson> members;
  for (const auto& [name, value] : now.members) {
    const auto was = before.members.find(name);
    if (was == before.members.end() || was->second.text != value.text) members.emplace(name, value);
  }
  std::vector<std::string> without;
  for (const auto& [name, value] : before.members) {
    if (!now.members.contains(name)) without.push_back(name);
  }
  const auto data = fmt::format(R"({{"frame":{},"members":{},"without":{},"rows":{}}})", frame,
                                to_json(members), to_json(without), rows_since(before.rows, now.rows));
  return http::event_frame({.name = "change", .id = id, .data = data});
}

}  // namespace casetrail::api
