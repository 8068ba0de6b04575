// The whole engine in one process: workers, controls and threads around one log and one data folder.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/api/api.h"
#include "workers/api/elsewhere.h"
#include "workers/api/view_desk.h"
#include "workers/evidence/head_keeper.h"
#include "workers/log/event_log.h"
#include "workers/node/memory_plan.h"
#include "workers/node/peers.h"
#include "workers/node/port_wraps.h"

namespace casetrail::node {

/// Whether a day may be played into the log.
enum class Simulation { refused, allowed };

struct EngineOptions {
  std::filesystem::path data;  ///< its lock is held by this process
  std::string node;            ///< as the folder names it
  MemoryPlan memory;
  std::uint64_t disk_reserve = 0;  ///< bytes that the log leaves free
  /// Disk for copies of the boards that those of the past begin with; 0: they begin at the first record.
  std::uint64_t keep_boards = 0;
  PortWraps wraps = {};  ///< of its stores; its log is given as it is
  Simulation simulation = Simulation::refused;
  std::shared_ptr<const evidence::HeadFigures> heads = {};  ///< that the log signs; nothing: it signs none
  api::Roles roles = api::kEveryRole;                       ///< what it begins nothing of is left out
  PeerOptions peers = {};                                   ///< who hold the rest
  /// Of the server before it, for its metrics.
  std::function<std::optional<Timestamp>()> certificate_end = [] { return std::nullopt; };
};

/// How much there is still to take before all is decided and shown.
struct Backlog {
  std::int64_t commands = 0;
  std::int64_t events = 0;  ///< of the view that is farthest behind
  std::string waiting_for;  ///< a sentence; empty: nothing, all is decided and shown
};

/// Does what its roles say until it is destroyed: decides commands, keeps views, answers; then everything is
/// flushed, so that the next start replays nothing. `log` outlives it.
class Engine : public api::ViewDesk {
 public:
  /// The topics must be as `check_topics` wants them. An error is a sentence with its remedy.
  [[nodiscard]] static std::expected<std::unique_ptr<Engine>, std::string> start(
      log::EventLog& log, const EngineOptions& options);

  /// Any thread.
  [[nodiscard]] virtual api::Api& api() = 0;
  [[nodiscard]] virtual Backlog backlog() = 0;
  /// Why it works no more and the process has to end; a sentence with the remedy.
  [[nodiscard]] virtual std::optional<std::string> over() = 0;
};

}  // namespace casetrail::node
