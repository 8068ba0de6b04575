// Threads that do one step after the other until they are told to stop.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace casetrail::node {

/// A set of such threads, ended together.
class Loops {
 public:
  using Step = std::function<std::expected<void, std::string>()>;

  Loops() = default;
  Loops(const Loops&) = delete;
  Loops& operator=(const Loops&) = delete;
  /// Returns when the steps under way have ended.
  ~Loops();

  /// Calls `step` again and again on a thread of this name. An error is a sentence: it is logged when it is
  /// new, and the next step waits a little.
  void add(std::string name, Step step);

 private:
  std::vector<std::jthread> threads_;
};

}  // namespace casetrail::node
