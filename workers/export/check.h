// Reads an export again by the rules of its format, as those will who get it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "events/wire/ids.h"
#include "workers/export/database.h"
#include "workers/export/format.h"
#include "workers/export/writer.h"

namespace casetrail::exports {

/// What lies in the file; the first rule that it breaks is thrown as a `Failure`, with the place. Memory is
/// bounded, and the file's folder holds the names of the objects meanwhile.
[[nodiscard]] Contents check_file(Format format, const std::filesystem::path& file,
                                  const Database::Stopped& stopped);

/// Throws that `what` is wrong with the export at `place`.
[[noreturn]] void throw_wrong(std::string_view what, std::string_view place);

/// What all formats have: cases one after the other, each with its events in order.
class CaseByCase {
 public:
  /// Throws where the event stands in a second place, or before one that came earlier.
  void take(std::string_view case_id, std::int64_t seq);

  [[nodiscard]] Contents contents() const { return {.events = events_, .cases = cases_}; }

 private:
  std::string case_;
  std::int64_t seq_ = 0;
  std::int64_t events_ = 0;
  std::int64_t cases_ = 0;
};

/// Throws unless it is a moment as all of an export are, `2026-11-23T08:05:09.120Z`.
void check_moment(std::string_view text, std::string_view place);

[[nodiscard]] Contents check_csv(const std::filesystem::path& file, const Database::Stopped& stopped);
[[nodiscard]] Contents check_xes(const std::filesystem::path& file, const Database::Stopped& stopped);
[[nodiscard]] Contents check_ocel_json(const std::filesystem::path& file, const Database::Stopped& stopped);
[[nodiscard]] Contents check_ocel_sqlite(const std::filesystem::path& file, const Database::Stopped& stopped);

}  // namespace casetrail::exports
