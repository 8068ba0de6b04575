// How a partition's cases, timers and remembered commands lie in its store.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/state.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "workers/storage/store_home.h"

namespace casetrail::command {

/// The families of the role `command`, behind `meta`.
namespace family {
inline constexpr storage::FamilyIndex kStates = 1;   ///< case id: its state
inline constexpr storage::FamilyIndex kTimers = 2;   ///< earliest due time and case id: nothing
inline constexpr storage::FamilyIndex kIds = 3;      ///< `memory_key` of a command: what it led to
inline constexpr storage::FamilyIndex kIdAges = 4;   ///< when it was taken and its `memory_key`: nothing
inline constexpr storage::FamilyIndex kDamaged = 5;  ///< case id: why it is closed to commands
}  // namespace family

/// In the order of `family`, as the store is opened with them.
[[nodiscard]] const std::vector<std::string>& command_families();

/// Differs when the rows of another binary mean something else.
[[nodiscard]] const std::string& command_fingerprint();

/// An accepted command that led to events: enough to answer it again.
struct RememberedCommand {
  CaseId case_id;
  std::string digest;
  std::int64_t first_seq = 0;
  std::int64_t last_seq = 0;
  log::Offset offset = -1;
  Timestamp taken_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(digest), CEREAL_NVP(first_seq), CEREAL_NVP(last_seq),
            CEREAL_NVP(offset), CEREAL_NVP(taken_at));
  }
};

/// How far a partition has come, beside its cases.
struct Progress {
  Timestamp time{};              ///< of what was taken last
  log::Offset next_command = 0;  ///< behind the last command that led to events
  std::vector<Timestamp>
      days;                 ///< when the last days began on which something was taken, the present one last
  bool sourceless = false;  ///< a command is remembered whose source its events do not name
  log::Offset commands_end = 0;  ///< behind the highest of all commands that led to events

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(time), CEREAL_NVP(next_command), CEREAL_NVP(days), CEREAL_NVP(sourceless),
            CEREAL_NVP(commands_end));
  }

  bool operator==(const Progress&) const = default;
};

/// Commands are retained for 14 days and may be read again as long; their ids are remembered a day longer.
/// Only days on which something was taken count: a clock that is a year ahead for a moment makes one of them.
inline constexpr std::chrono::days kIdRetention{15};

/// Ids of imports are remembered for ever.
[[nodiscard]] inline bool is_remembered_for_ever(std::string_view id) { return id.starts_with("import:"); }

/// Under which key a command is remembered: its id, and behind a line feed, which no id has, its source. The
/// id of an import names where it comes from, whoever brings it.
[[nodiscard]] std::string memory_key(const CommandId& id, std::string_view source);

/// A moment and a name, in the order of their bytes.
struct TimedKey {
  Timestamp at;
  std::string name;

  auto operator<=>(const TimedKey&) const = default;
};
[[nodiscard]] std::string encode(const TimedKey& key);
[[nodiscard]] std::optional<TimedKey> decode_timed_key(std::string_view bytes);

[[nodiscard]] std::string encode(const CaseState& state);
[[nodiscard]] bool decode(std::string_view bytes, CaseState& into);
[[nodiscard]] std::string encode(const Progress& progress);
[[nodiscard]] bool decode(std::string_view bytes, Progress& into);
[[nodiscard]] std::string encode(const RememberedCommand& command);
[[nodiscard]] bool decode(std::string_view bytes, RememberedCommand& into);

}  // namespace casetrail::command
