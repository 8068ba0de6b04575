// A pair a partition, in their order.
#include "workers/api/positions.h"

#include <algorithm>

#include "workers/api/view_desk.h"

namespace casetrail::api {

std::string to_text(const Positions& positions) {
  std::string text;
  for (const auto& [partition, next] : positions)
    text.append(text.empty() ? "" : ",").append(to_text(Token{partition, next}));
  return text;
}

std::optional<Positions> positions_from(std::string_view text) {
  Positions positions;
  while (true) {
    const auto comma = text.find(',');
    const auto pair = token_from(text.substr(0, comma));
    if (!pair || !positions.emplace(pair->partition, pair->offset).second) return std::nullopt;
    if (comma == std::string_view::npos) return positions;
    text.remove_prefix(comma + 1);
  }
}

bool same_partitions(const Positions& one, const Positions& other) {
  return std::ranges::equal(one, other, {}, &Positions::value_type::first, &Positions::value_type::first);
}

bool is_ahead(const Positions& one, const Positions& other) {
  return std::ranges::any_of(one, [&](const auto& position) {
    const auto found = other.find(position.first);
    return found != other.end() && position.second > found->second;
  });
}

}  // namespace casetrail::api
