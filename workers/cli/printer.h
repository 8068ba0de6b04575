// Shows an answer the way the command line asks for.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "workers/cli/answer.h"
#include "workers/cli/command_line.h"
#include "workers/cli/session.h"

namespace casetrail::cli {

/// Says `sentence` on stderr and returns `code`.
int fail(int code, const std::string& sentence);

/// Answers go to stdout: the JSON as it is, or a text for people.
class Printer {
 public:
  /// The line must outlive it. People and departments are called what they were called at the moment; without
  /// one, what they are called now.
  explicit Printer(const CommandLine& line, std::string as_of = {}) : line_(line), as_of_(std::move(as_of)) {}

  using Render = std::function<std::string(const std::string& json, const Display& display)>;
  /// Makes a sentence of a problem document.
  using Complaint = std::string (*)(const std::string& json);

  /// `session` is asked for the company policy, in whose zone times are and which names the departments; null
  /// where the text has neither.
  int print(const http::HttpResponse& response, const Render& render, Session* session = nullptr,
            Complaint complaint = problem_sentence) const;

  [[nodiscard]] Display display(Session* session) const;

 private:
  const CommandLine& line_;
  std::string as_of_;
};

}  // namespace casetrail::cli
