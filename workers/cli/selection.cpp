// Each time is read alone; filters are the export's.
#include "workers/cli/selection.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <tuple>

#include "aggregates/time/moment.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/exit_code.h"

namespace casetrail::cli {

using exports::Trouble;

std::expected<exports::Selection, std::string> selection_of(const AskedSelection& asked, const Zone& zone) {
  exports::Selection selection;
  const std::tuple<std::string_view, const std::string&, std::optional<Timestamp>&> moments[] = {
      {"--from", asked.from, selection.from},
      {"--to", asked.to, selection.to},
      {"--as-of", asked.as_of, selection.as_of}};
  for (const auto& [option, text, into] : moments) {
    if (text.empty()) continue;
    into = moment_of(text, zone);
    if (!into)
      return std::unexpected(
          fmt::format("Expected {} to be a time such as 2026-11-30, 2026-11-30 09:00 or "
                      "2026-11-30T01:00:00Z, but it is '{}'.",
                      option, text));
  }
  if (selection.as_of && *selection.as_of > api::wall_clock())
    return std::unexpected(
        fmt::format("Expected --as-of to be a moment that has passed, but it is '{}'.", asked.as_of));
  if (selection.from && selection.to && *selection.from >= *selection.to)
    return std::unexpected("Expected --from to be before --to.");
  for (const auto& filter : asked.filters) {
    if (auto added = selection.add_filter(filter); !added) return std::unexpected(std::move(added).error());
  }
  return selection;
}

int exit_code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::unusable: return kUsage;
    case Trouble::unavailable: return kUnavailable;
    case Trouble::wrong: return kRefused;
    case Trouble::stopped: return kInterrupted;
  }
  return kUnavailable;
}

}  // namespace casetrail::cli
