// Runs a program as a user would, and shows what it said.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace casetrail::test {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `arguments` (the first one is the program) to its end.
[[nodiscard]] Ran run_program(const std::vector<std::string>& arguments, const std::string& input = {});

/// A program in the background, killed when this ends. Its stderr goes to a file of the caller's.
class Background {
 public:
  Background(const std::vector<std::string>& arguments, const std::string& log_file);
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Sends `signal` and waits for the end; returns the exit code, or the negative number of the signal that
  /// ended it.
  int end(int signal);
  /// The same of one that ends by itself; nothing: it has not within `patience`.
  [[nodiscard]] std::optional<int> ended_within(std::chrono::milliseconds patience);

 private:
  pid_t pid_;
};

}  // namespace casetrail::test
