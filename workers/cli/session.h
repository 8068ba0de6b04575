// How a verb reaches the engine: the server that holds the data folder, or the engine itself in this process.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/cli/command_line.h"
#include "workers/cli/exit_code.h"
#include "workers/evidence/head_keeper.h"
#include "workers/http/exchange.h"
#include "workers/log/event_log.h"
#include "workers/log/kafka/cluster.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {

/// Somebody who answers requests of the API. Any thread may ask.
class Session {
 public:
  virtual ~Session() = default;

  /// An error is a sentence: the request may have been taken or not.
  [[nodiscard]] virtual std::expected<http::HttpResponse, std::string> ask(
      http::HttpRequest request, std::chrono::milliseconds timeout) = 0;
};

/// Why there is no session.
struct SessionTrouble {
  ExitCode code;
  std::string what;  ///< a sentence with the remedy
};

[[nodiscard]] inline node::LogKind kind_of(const Place& place) {
  return place.brokers.empty() ? node::LogKind::embedded : node::LogKind::kafka;
}

/// What to do where no log was ever kept: who only asks has named the wrong folder.
enum class NoLog { refuse, begin };

/// Nothing; or, for a folder without a log of its own and no brokers beside it, a sentence with the remedy.
[[nodiscard]] std::optional<std::string> no_log_in(const Place& place);

/// Asks the server that the place names, else the holder of the data folder where there is one; else takes
/// the lock, runs the engine here and waits until it has caught up.
[[nodiscard]] std::expected<std::unique_ptr<Session>, SessionTrouble> open_session(const Place& place,
                                                                                   NoLog no_log);

/// What the place names as a token; empty: none. An error is a sentence.
[[nodiscard]] std::expected<std::string, std::string> token_of(const Place& place);

enum class Loss { refuse, accept };

/// Opens Kafka or the embedded log in the data folder. The folder's lock is held for the latter, which leaves
/// `disk_reserve` bytes of its disk free. With `signing` it signs how far its chains go.
[[nodiscard]] std::expected<std::unique_ptr<log::EventLog>, std::string> open_log(
    const Place& place, Loss loss, const node::MemoryPlan& memory = node::default_memory(),
    std::uint64_t disk_reserve = 0, std::optional<evidence::HeadSigning> signing = std::nullopt);

/// Who answers at the brokers of `place`, which names some.
[[nodiscard]] std::expected<kafka::ClusterReport, std::string> cluster_of(const Place& place);

/// `log` as whoever reads its events or sends commands takes it: sealed where the place names a master key,
/// and with the ledger of erasures that the place's data folder names. Nobody else has the stores below
/// `folder` open. Requires: its topics are there.
[[nodiscard]] std::expected<std::unique_ptr<log::EventLog>, SessionTrouble> sealed(
    std::unique_ptr<log::EventLog> log, const Place& place, const std::filesystem::path& folder,
    const node::MemoryPlan& memory = node::default_memory());

/// Removes the topics of a trial on Kafka: those of a place with a prefix.
[[nodiscard]] std::expected<void, std::string> delete_topics(const Place& place);

/// Has the commands of `log`, which is new and of Kafka, begin at `beginnings`, an offset a partition.
[[nodiscard]] std::expected<void, std::string> begin_commands(const Place& place, log::EventLog& log,
                                                              const std::vector<log::Offset>& beginnings);

/// Creates the topics of an embedded log that is new, then checks them; an error names all that is wrong.
[[nodiscard]] std::expected<void, std::string> prepare_topics(log::EventLog& log, const Place& place);

}  // namespace casetrail::cli
