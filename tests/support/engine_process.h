// A `casetrail serve` of its own process, that a test may kill and start again on the same data.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "workers/http/server.h"

namespace casetrail {

/// A port that nobody listened on a moment ago.
[[nodiscard]] std::uint16_t free_port();

/// Its log lies in its data folder, as `serve.log`. Killed when this ends, and when it is launched again.
class EngineProcess {
 public:
  /// `options` come behind `serve --data DATA`.
  EngineProcess(std::filesystem::path data, std::vector<std::string> options);

  /// Starts it, and waits until it says that it is ready.
  void start();
  /// Only starts it, after the end of the one before.
  void launch();
  /// The same of another program than the binary, or of the binary in another program's hands: what stands
  /// before `serve`.
  void launch(const std::vector<std::string>& program);
  /// Throws with what it said when it ends, or does not become ready in four minutes.
  void wait_until_ready();
  /// Waits four minutes until it is not ready for a reason that says `what`; returns its last answer.
  [[nodiscard]] std::string not_ready_for(const std::string& what) const;
  /// Its exit code or negative signal once it has ended by itself; nothing: it has not within `patience`.
  [[nodiscard]] std::optional<int> ended_within(std::chrono::milliseconds patience);
  /// SIGKILL, at once.
  void kill() { process_.reset(); }
  /// SIGSTOP or SIGCONT, while it runs.
  void signal(int signal) const { ::kill(process_->pid(), signal); }
  /// SIGTERM; returns its exit code.
  [[nodiscard]] int stop();

  /// Where it listens, the same from start to start.
  [[nodiscard]] const http::HttpAddress& address() const { return address_; }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  /// What it has said since it was started last.
  [[nodiscard]] std::string said() const;

 private:
  std::filesystem::path data_;
  std::vector<std::string> options_;
  http::HttpAddress address_;
  std::uintmax_t said_before_ = 0;  ///< bytes
  std::unique_ptr<test::Background> process_;
};

}  // namespace casetrail
