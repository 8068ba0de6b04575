// One import on both logs.
#pragma once

#include <filesystem>
#include <string>

namespace casetrail::test {

struct Import {
  std::filesystem::path file;
  std::filesystem::path mapping;
  int exit_code = 0;  ///< 1: some rows cannot be mapped
};

/// The boards that `import` leads to are the same to the byte on the embedded log and on Kafka, but for their
/// offsets, and `expected` is in them.
void expect_same_boards(const Import& import, const std::string& expected);

}  // namespace casetrail::test
