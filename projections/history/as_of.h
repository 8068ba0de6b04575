// A case as it stood at a moment, by the order in which its events were recorded: what people saw then, and
// nothing that was entered late.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <variant>

#include "events/wire/ids.h"
#include "events/wire/timestamp.h"
#include "projections/history/case_head.h"
#include "projections/history/case_rows.h"
#include "projections/kit/filters.h"

namespace casetrail::history {

/// Just before the first event that came from the command.
struct BeforeCommand {
  CommandId id;
};
/// Behind the event of this number; 0: before there was any.
struct AtSeq {
  std::int64_t seq = 0;
};
/// A time: behind the last event that was recorded until then.
using Moment = std::variant<AtSeq, Timestamp, BeforeCommand>;

/// `12`, `2026-11-23T08:05:09.120Z` or `before:COMMAND`; nothing when it is none of them.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// How it goes on behind "to be".
inline constexpr std::string_view kCaseMomentExpected =
    "a time such as 2026-11-23T08:05:09.120Z or 2026-11-23, the number of an event, or before:COMMAND";
inline constexpr kit::FilterKind kMomentFilter{
    .objection = [](std::string_view value) -> std::optional<std::string> {
      if (parse_moment(value)) return std::nullopt;
      return std::string(kCaseMomentExpected);
    },
    .schema = [] { return std::string(R"({"type":"string"})"); },
    .once = true,
    .is_moment = true};

/// Where a moment lies; `not_there`: the case has no such event, or none of such a command.
enum class MomentFound { there, before_the_first, not_there };
constexpr auto enum_names(MomentFound) {
  return std::to_array<std::string_view>({"there", "before_the_first", "not_there"});
}

/// What is kept of a case.
struct Kept {
  std::int64_t events = 0;
  std::int64_t last_seq = 0;
  std::optional<Timestamp> first_recorded_at;
  std::optional<Timestamp> last_recorded_at;
  MomentFound moment{};                     ///< of the moment that was asked for
  MomentFound since{};                      ///< of the one before it
  std::int64_t since_seq = 0;               ///< the event behind which that lies
  std::optional<Timestamp> moment_at = {};  ///< when the last event at the moment was recorded
  std::optional<Timestamp> since_at = {};   ///< likewise
  std::optional<Timestamp> erased_at = {};  ///< when the personal texts were, of all events up to then

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(last_seq), CEREAL_NVP(first_recorded_at),
            CEREAL_NVP(last_recorded_at), CEREAL_NVP(moment), CEREAL_NVP(since), CEREAL_NVP(since_seq),
            CEREAL_NVP(moment_at), CEREAL_NVP(since_at), CEREAL_NVP(erased_at));
  }
};
/// The number of the case's last event at the moment; 0: it had none yet. Nothing when the moment is not
/// there.
[[nodiscard]] std::optional<std::int64_t> seq_at(const CaseRows& of, const Moment& moment);

/// A case and the last of the events that made it so.
struct Standing {
  CaseHead head;
  std::int64_t last_seq = 0;
  EventRow last;
};
inline constexpr auto kNewest = std::numeric_limits<std::int64_t>::max();
/// Behind the event `seq`, or behind all of them.
[[nodiscard]] Standing standing_at(const CaseRows& of, std::int64_t seq);

/// `newest` is the case as it stands.
[[nodiscard]] Kept kept_of(const CaseRows& of, const Standing& newest);
[[nodiscard]] std::int64_t count_events(const CaseRows& of);

}  // namespace casetrail::history
