// The release binary as a server of its own process, that a row starts, asks, watches and kills.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "workers/bench/desk_load.h"
#include "workers/http/client.h"

namespace casetrail::bench {

class Serving {
 public:
  /// `options` come behind `serve --data DATA`. Its facts go to `DATA.serve.log`.
  Serving(std::filesystem::path data, std::vector<std::string> options);

  /// Begins it; it may take a while until it answers.
  void start();
  /// Returns when it is ready. Throws when that takes longer than `patience`.
  void wait_until_ready(std::chrono::seconds patience) const;
  /// The same, until its views have every record of the log.
  void wait_until_caught_up(std::chrono::seconds patience) const;
  void kill() { process_.reset(); }
  void stop();

  [[nodiscard]] const http::HttpAddress& address() const { return address_; }
  /// The most memory that it has held so far, in MiB.
  [[nodiscard]] double peak_mib() const;
  /// The processor time that all of its threads have taken so far, in seconds.
  [[nodiscard]] double cpu_seconds() const;

 private:
  std::filesystem::path data_;
  std::vector<std::string> options_;
  http::HttpAddress address_;
  std::unique_ptr<test::Background> process_;
};

/// `envelope` as the plain form of `POST /v1/commands`.
[[nodiscard]] http::HttpRequest post_of(const CommandEnvelope& envelope);

}  // namespace casetrail::bench
