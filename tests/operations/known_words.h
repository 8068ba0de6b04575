// What the binary says of itself: the options and variables of its help, its routes, its version.
#pragma once

#include <string>
#include <vector>

#include "tests/support/program.h"

namespace casetrail::operations {

inline std::string says(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), CASETRAIL_BINARY);
  return test::run_program(arguments).out;
}

inline const std::string& help_texts() {
  static const auto all = says({"help"}) + says({"help", "serve"}) + says({"help", "topics", "create"});
  return all;
}
inline bool knows_option(const std::string& option) {
  return help_texts().find("  " + option + " ") != std::string::npos;
}
inline bool knows_variable(const std::string& name) {
  return help_texts().find("(Env:" + name + ")") != std::string::npos;
}
inline bool knows_route(const std::string& path) {
  static const auto document = says({"schema", "openapi"});
  return document.find('"' + path + "\":") != std::string::npos;
}
/// `casetrail 0.1.0`
inline std::string version() {
  auto text = says({"--version"});
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

}  // namespace casetrail::operations
