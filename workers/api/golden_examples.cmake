# Writes golden_examples.cpp: every golden file is an example in the published schema of its type.
set(rows)
foreach(space IN ITEMS commands:aggregates events:events)
  string(REPLACE ":" ";" space ${space})
  list(GET space 0 name)
  list(GET space 1 folder)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/golden/*.json)
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} json)
    string(STRIP "${json}" json)
    cmake_path(GET file STEM LAST_ONLY type)
    string(APPEND rows "    {\"${name}/${type}\", R\"json(${json})json\"},\n")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/golden_examples.cpp @ONLY CONTENT [[
#include "workers/api/golden_examples.h"

namespace casetrail::api {

std::span<const GoldenExample> golden_examples() {
  static constexpr GoldenExample kAll[] = {
@rows@  };
  return kAll;
}

}  // namespace casetrail::api
]])
