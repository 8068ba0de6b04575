// What the department handoff board stores: cases, open handoffs, department pairs, duties and counts.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/case/handoff_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"
#include "projections/kit/case_facts.h"
#include "projections/kit/histogram.h"

namespace casetrail::handoff {

inline constexpr char kCases = 'c';   ///< by case
inline constexpr char kDuties = 'd';  ///< by duty
inline constexpr char kPairs = 'm';   ///< by giving and receiving department
inline constexpr char kOpen = 'o';    ///< by case and handoff
inline constexpr char kTotals = 't';

struct CaseRow {
  kit::CaseFacts facts;
  bool owner_left = false;  ///< an owner of the case left the company
  std::optional<std::string> department;
  std::optional<std::string> previous_department;
  std::int64_t handoffs = 0;
  std::int64_t ping_pongs = 0;
  std::int64_t reopenings = 0;
  std::int64_t bounces = 0;
  std::optional<Code<ReturnReason>> last_return_reason;
  std::optional<Timestamp> last_progress_at;
  std::optional<std::string> last_progress;
  std::vector<std::string> open_handoffs;
  bool answer_due = false;  ///< a handoff was completed, the owner has not told the customer yet

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(facts), CEREAL_NVP(owner_left), CEREAL_NVP(department),
            CEREAL_NVP(previous_department), CEREAL_NVP(handoffs), CEREAL_NVP(ping_pongs),
            CEREAL_NVP(reopenings), CEREAL_NVP(bounces), CEREAL_NVP(last_return_reason),
            CEREAL_NVP(last_progress_at), CEREAL_NVP(last_progress), CEREAL_NVP(open_handoffs),
            CEREAL_NVP(answer_due));
  }
};

/// `asked`: a question that nobody has answered. `disputed`: returned as often as the policy allows, so that
/// a ruling is at hand. A handoff that is done has left the board.
enum class State { pending, accepted, working, returned, disputed, ruled, asked };
constexpr auto enum_names(State) {
  return std::to_array<std::string_view>(
      {"pending", "accepted", "working", "returned", "disputed", "ruled", "asked"});
}

struct OpenRow {
  State state{};
  HandoffKind kind{};
  Party from;
  Party to;
  Code<HandoffReason> reason{};
  std::optional<std::string> step_reached;
  std::optional<DutyId> duty_id;
  std::optional<HandoffNote> note;  ///< customer and channel masked
  Timestamp waiting_since{};
  std::optional<Timestamp> accept_by;
  std::optional<Timestamp> complete_by;
  bool expired = false;
  HandoffMode mode = HandoffMode::transfer;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(kind), CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(reason),
            CEREAL_NVP(step_reached), CEREAL_NVP(duty_id), CEREAL_NVP(note), CEREAL_NVP(waiting_since),
            CEREAL_NVP(accept_by), CEREAL_NVP(complete_by), CEREAL_NVP(expired), CEREAL_NVP(mode));
  }
};

struct PairRow {
  std::int64_t requested = 0;
  std::int64_t accepted = 0;
  std::int64_t returned = 0;
  std::int64_t in_time = 0;  ///< accepted by their time
  std::int64_t late = 0;     ///< accepted after it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(requested), CEREAL_NVP(accepted), CEREAL_NVP(returned), CEREAL_NVP(in_time),
            CEREAL_NVP(late));
  }
};

struct DutyRow {
  std::int64_t applied = 0;
  std::int64_t cited_in_returns = 0;
  std::int64_t rulings = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(applied), CEREAL_NVP(cited_in_returns), CEREAL_NVP(rulings));
  }
};

/// What happened in a quarter of an hour, by the department that took the handoff or was to.
struct PeriodRow {
  std::int64_t requested = 0;
  std::int64_t accepted = 0;
  std::int64_t in_time = 0;  ///< accepted by their time
  std::int64_t late = 0;     ///< accepted after it
  std::int64_t returned = 0;
  std::int64_t expired = 0;
  std::int64_t ruled = 0;
  std::int64_t completed = 0;
  std::int64_t withdrawn = 0;
  kit::Histogram acceptance_ms;  ///< requested to accepted, imported ones left out

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(requested), CEREAL_NVP(accepted), CEREAL_NVP(in_time), CEREAL_NVP(late),
            CEREAL_NVP(returned), CEREAL_NVP(expired), CEREAL_NVP(ruled), CEREAL_NVP(completed),
            CEREAL_NVP(withdrawn), CEREAL_NVP(acceptance_ms));
  }
};

struct TotalsRow {
  std::int64_t cases = 0;
  std::int64_t handoffs = 0;
  std::int64_t cases_with_handoffs = 0;
  std::int64_t ping_pongs = 0;
  std::int64_t cases_with_ping_pongs = 0;
  std::int64_t reopened_cases = 0;
  std::int64_t requested = 0;
  std::int64_t returned = 0;
  std::int64_t expired = 0;
  std::int64_t ruled = 0;
  std::int64_t completed = 0;
  std::int64_t withdrawn = 0;
  std::int64_t shift_requested = 0;
  std::int64_t shift_incomplete = 0;   ///< shift handoffs returned because the note was incomplete
  std::int64_t answers_due = 0;        ///< completions whose result the customer had to hear
  std::int64_t answered_by_owner = 0;  ///< of these, told by the accountable owner
  std::int64_t questions = 0;          ///< of those requested
  std::int64_t answered = 0;           ///< of the questions
  std::map<std::string, std::int64_t> returns_because;  ///< by code
  kit::Histogram hops;           ///< accepted handoffs of a case; those without any are not in it
  kit::Histogram acceptance_ms;  ///< requested to accepted, imported ones left out

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(handoffs), CEREAL_NVP(cases_with_handoffs), CEREAL_NVP(ping_pongs),
            CEREAL_NVP(cases_with_ping_pongs), CEREAL_NVP(reopened_cases), CEREAL_NVP(requested),
            CEREAL_NVP(returned), CEREAL_NVP(expired), CEREAL_NVP(ruled), CEREAL_NVP(completed),
            CEREAL_NVP(withdrawn), CEREAL_NVP(shift_requested), CEREAL_NVP(shift_incomplete),
            CEREAL_NVP(answers_due), CEREAL_NVP(answered_by_owner), CEREAL_NVP(questions),
            CEREAL_NVP(answered), CEREAL_NVP(returns_because), CEREAL_NVP(hops), CEREAL_NVP(acceptance_ms));
  }
};

}  // namespace casetrail::handoff
