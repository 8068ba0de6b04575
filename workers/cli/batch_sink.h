// Sends commands through a session in batches: how `import` reaches the engine, wherever it runs.
#pragma once

#include <string>
#include <vector>

#include "workers/cli/session.h"
#include "workers/import/command_sink.h"

namespace casetrail {

/// Uses the session's thread; `session` outlives it.
class BatchSink final : public CommandSink {
 public:
  explicit BatchSink(Session& session) : session_(session) {}

  [[nodiscard]] std::expected<void, std::string> send(Message command, OnAnswer on_answer) override;
  [[nodiscard]] std::expected<void, std::string> finish() override;

 private:
  Session& session_;
  std::string body_;
  std::vector<OnAnswer> waiting_;
};

/// The JSON form of a message in binary mode (CloudEvents JSON format 1.0.2).
[[nodiscard]] std::string structured_form(const Message& message);

}  // namespace casetrail
