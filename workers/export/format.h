// The formats of files.
#pragma once

#include <array>
#include <string_view>

namespace casetrail::exports {

enum class Format { xes, ocel_json, ocel_sqlite, csv, ndjson };
constexpr auto enum_names(Format) {
  return std::to_array<std::string_view>({"xes", "ocel-json", "ocel-sqlite", "csv", "ndjson"});
}

}  // namespace casetrail::exports
