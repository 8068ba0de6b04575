// The events lie in the data folder once more while they are read, else where temporary files do.
#include "workers/cli/case_reading.h"

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "workers/cli/progress.h"

namespace casetrail::cli {
namespace {

volatile std::sig_atomic_t reading_stopped = 0;

std::filesystem::path spool_folder(const Place& place) {
  std::error_code failed;
  return std::filesystem::is_directory(place.data, failed) ? place.data
                                                           : std::filesystem::temp_directory_path();
}

}  // namespace

std::expected<exports::CasesRead, exports::ExportError> read_cases_of(LogDoor& door, const Place& place,
                                                                      exports::Selection selection,
                                                                      const exports::TakeCase& take) {
  for (const auto signal : {SIGINT, SIGTERM}) (void)std::signal(signal, [](int) { reading_stopped = 1; });
  std::optional<ProgressBar> bar;
  std::string doing;
  const exports::CasesOptions options{.folder = spool_folder(place),
                                      .selection = std::move(selection),
                                      .on_progress =
                                          [&](std::string_view now, std::int64_t done, std::int64_t total) {
                                            if (doing != now) bar.emplace(doing = now, "events");
                                            bar->show(done, total);
                                          },
                                      .stopped = [] { return reading_stopped != 0; }};
  return exports::read_cases(*door.events, options, take);
}

}  // namespace casetrail::cli
