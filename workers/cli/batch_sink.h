// Sends commands through a session in batches: how `import` reaches the engine, wherever it runs.
#pragma once

#include <array>
#include <future>
#include <string>
#include <vector>

#include "workers/cli/session.h"
#include "workers/import/command_sink.h"

namespace casetrail::cli {

/// Sends on several lanes at once, each with one batch under way. A case keeps to its lane, so that its
/// commands keep their order. `session` outlives it.
class BatchSink final : public imports::CommandSink {
 public:
  explicit BatchSink(Session& session) : session_(session) {}

  [[nodiscard]] std::expected<void, std::string> send(Message command, OnAnswer on_answer) override;
  [[nodiscard]] std::expected<void, std::string> finish() override;

 private:
  using Answered = std::expected<http::HttpResponse, std::string>;
  struct Lane {
    std::string body;
    std::vector<OnAnswer> waiting;
    std::future<Answered> under_way;
    std::vector<OnAnswer> sent;  ///< whom `under_way` answers
  };

  /// Takes the answer to what is under way, then sends what has been gathered.
  [[nodiscard]] std::expected<void, std::string> send_batch(Lane& lane);
  [[nodiscard]] static std::expected<void, std::string> take_answer(Lane& lane);

  Session& session_;
  std::array<Lane, 4> lanes_;
};

/// The JSON form of a message in binary mode (CloudEvents JSON format 1.0.2).
[[nodiscard]] std::string structured_form(const Message& message);

}  // namespace casetrail::cli
