// A `casetrail serve` of its own process, that a test may kill and start again on the same data.
#pragma once

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "workers/http/server.h"

namespace casetrail {

/// Its log lies in its data folder, as `serve.log`. Killed when this ends.
class EngineProcess {
 public:
  /// `options` come behind `serve --data DATA`.
  EngineProcess(std::filesystem::path data, std::vector<std::string> options);

  /// Starts it, and waits until it says that it is ready. Throws with the end of its log when it does not.
  void start();
  /// SIGKILL, at once.
  void kill() { process_.reset(); }
  /// SIGSTOP or SIGCONT, while it runs.
  void signal(int signal) const { ::kill(process_->pid(), signal); }
  /// SIGTERM; returns its exit code.
  [[nodiscard]] int stop();

  /// Where it listens, the same from start to start.
  [[nodiscard]] const HttpAddress& address() const { return address_; }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }

 private:
  [[nodiscard]] std::string log_tail() const;

  std::filesystem::path data_;
  std::vector<std::string> options_;
  HttpAddress address_;
  std::unique_ptr<test::Background> process_;
};

}  // namespace casetrail
