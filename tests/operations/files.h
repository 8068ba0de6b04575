// What deploy/ ships to operators, as it lies there.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace casetrail::operations {

inline const std::filesystem::path kDeploy = CASETRAIL_ROOT "/deploy";

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::set<std::string> matches(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    found.insert((*match)[1]);
  return found;
}

/// The metrics that a PromQL expression asks for, those of a histogram by its name.
inline std::set<std::string> metrics_in(const std::string& expression) {
  static const std::regex kMetric(R"(\b((?:casetrail|process)_\w+?)(?:_bucket|_sum|_count)?\b)");
  return matches(expression, kMetric);
}

}  // namespace casetrail::operations
