// The port to the engine's views: what the API asks of them.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/policy/policy_versions.h"
#include "events/wire/ids.h"
#include "projections/kit/view.h"
#include "workers/api/positions.h"
#include "workers/log/event_log.h"
#include "workers/log/reason.h"

namespace casetrail::api {

/// The place of a command in the log, `partition:offset`. A read with it sees the command's events.
struct Token {
  log::Partition partition = 0;
  log::Offset offset = 0;
};

[[nodiscard]] std::optional<Token> token_from(std::string_view text);
[[nodiscard]] std::string to_text(const Token& token);

enum class Unanswered {
  unknown,      ///< there is no such thing
  malformed,    ///< the question makes no sense
  conflict,     ///< not now: something else is under way
  forbidden,    ///< whoever runs the engine has not allowed it
  unavailable,  ///< asking again later may help
  disk_full,    ///< once there is room on it, asking again helps
};

struct DeskFailure {
  Unanswered kind;
  std::string sentence;
};

/// JSON, as it goes out.
using DeskAnswer = std::expected<std::string, DeskFailure>;

/// A board at one moment, and where it stands.
struct LiveBoard {
  std::string json;           ///< as it goes out
  Positions positions;        ///< of the partitions that it covers
  std::size_t positions_at;   ///< in `json`: what of it says them
  std::size_t positions_end;  ///< behind that

  /// Both say the same, wherever they stand.
  [[nodiscard]] bool shows_as(const LiveBoard& other) const;
};

/// A board of a moment that has passed, or how far it is made.
struct PastBoard {
  bool is_made = false;
  std::string json{};              ///< the board, once it is made
  std::int64_t records_done = 0;   ///< of the log, until then
  std::int64_t records_total = 0;  ///< at most
};

/// A day that is to be played: the same one gives the same commands under the same policy.
struct SimulatedDay {
  std::uint64_t seed = 0;
  std::size_t cases = 0;
  std::optional<Timestamp> until;  ///< its end; absent: now
};

/// A day that lies in the log.
struct Simulated {
  std::string answer;       ///< JSON, as it goes out
  std::vector<Token> last;  ///< the last command of each partition
};

/// Safe for any thread. What asks the log waits for it.
class ViewDesk {
 public:
  virtual ~ViewDesk() = default;

  [[nodiscard]] virtual DeskAnswer board(std::string_view view, const kit::BoardQuery& query) = 0;
  /// The same from the one partition that the case lies in.
  [[nodiscard]] virtual DeskAnswer board_of_case(std::string_view view, const CaseId& id,
                                                 const kit::BoardQuery& query) = 0;

  /// The same two, for who goes on with what changed: of all cases, or of the partition of `only`.
  [[nodiscard]] virtual std::expected<LiveBoard, DeskFailure> live_board(
      std::string_view view, const kit::BoardQuery& query, const std::optional<CaseId>& only) = 0;
  /// The board as it stood when `as_of` had passed. Reads the log for some seconds; where that is not enough,
  /// the next call goes on.
  [[nodiscard]] virtual std::expected<PastBoard, DeskFailure> past_board(std::string_view view,
                                                                         Timestamp as_of,
                                                                         const kit::BoardQuery& query) = 0;
  /// Where such a board stands now; nothing when there is no such view. Never waits.
  [[nodiscard]] virtual std::optional<Positions> positions(std::string_view view,
                                                           const std::optional<CaseId>& only) = 0;

  /// How far the view is from covering the token; nothing when it does. Never waits.
  [[nodiscard]] virtual std::optional<std::string> behind(std::string_view view, const Token& token) = 0;

  /// The same of all tokens and every view: the first one that is behind.
  [[nodiscard]] virtual std::optional<std::string> behind(const std::vector<Token>& tokens) = 0;

  /// How far the view is from covering the events of the partition before `end`; nothing when it does. Never
  /// waits.
  [[nodiscard]] virtual std::optional<std::string> short_of(std::string_view view, log::Partition partition,
                                                            log::Offset end) = 0;

  /// Whose days are counted, as the policy said seconds ago. Never waits.
  [[nodiscard]] virtual Zone zone() = 0;

  /// All that were published. Asks the log.
  [[nodiscard]] virtual std::expected<std::shared_ptr<const PolicyVersions>, DeskFailure> policies() = 0;
  /// The newest of them.
  [[nodiscard]] std::expected<std::shared_ptr<const Policy>, DeskFailure> policy() {
    auto all = policies();
    if (!all) return std::unexpected(std::move(all).error());
    return std::shared_ptr<const Policy>(*all, &(*all)->newest());
  }

  [[nodiscard]] virtual DeskAnswer lag() = 0;
  /// Answers with the status of the run that it asked for, by whose number it is known.
  [[nodiscard]] virtual DeskAnswer start_rebuild(std::string_view view) = 0;
  /// The last run of each worker since the start.
  [[nodiscard]] virtual DeskAnswer rebuilds() = 0;
  /// Of that run, or of the last one.
  [[nodiscard]] virtual DeskAnswer rebuild_status(std::string_view view, std::optional<std::size_t> run) = 0;

  /// Plays a working day of an after-sales department into the log. Waits until it lies there.
  [[nodiscard]] virtual std::expected<Simulated, DeskFailure> simulate(const SimulatedDay& day) = 0;

  /// Begins to back up the log into `directory` of this machine while all goes on. Answers as the next one.
  [[nodiscard]] virtual DeskAnswer start_backup(const std::string& directory) = 0;
  /// A `BackupStatus` of the last one that was begun.
  [[nodiscard]] virtual DeskAnswer backup_status() = 0;

  /// Which threads of the engine stand still, a sentence; nothing: all of them turn. Never waits.
  [[nodiscard]] virtual std::optional<std::string> standing_still() = 0;

  /// What is missing: partitions that cannot take commands, views and commands that are far behind; empty
  /// when the node is ready.
  [[nodiscard]] virtual std::vector<log::Reason> not_ready() = 0;

  /// What an operator has to look at although the node is ready.
  [[nodiscard]] virtual std::vector<log::Reason> attention() = 0;

  /// In Prometheus's text format.
  [[nodiscard]] virtual std::string metrics() = 0;
  /// A `MetricsAnswer` of the same.
  [[nodiscard]] virtual DeskAnswer metrics_answer() = 0;
};

}  // namespace casetrail::api
