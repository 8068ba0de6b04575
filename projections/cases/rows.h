// What the list of cases stores: a row a case.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/state.h"
#include "events/case/case_event.h"
#include "events/case/timer_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"
#include "projections/kit/histogram.h"

namespace casetrail::cases {

inline constexpr char kCases = 'c';  ///< by case
inline constexpr char kTotals = 't';

/// An SLA target that was breached in this cycle.
struct Breach {
  SlaMetric metric{};
  Timestamp due_at{};
  bool over = false;     ///< what was due has been done since
  bool excused = false;  ///< it is not held against anybody

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(due_at), CEREAL_NVP(over), CEREAL_NVP(excused));
  }
};

/// The SLA target that was or is due first of those that are not met.
struct NextTarget {
  SlaMetric metric{};
  Timestamp due_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(due_at));
  }
};

/// Whom the case was escalated to last in this cycle.
struct Escalation {
  std::int32_t level = 1;
  std::optional<TimerKind> cause;  ///< absent: by hand
  std::vector<std::string> to;     ///< roles
  Timestamp at{};
  std::optional<std::string> acknowledged_by = {};  ///< absent: nobody has seen it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(cause), CEREAL_NVP(to), CEREAL_NVP(at),
            CEREAL_NVP(acknowledged_by));
  }
};

/// What was decided on a case's personal texts.
enum class ErasureMark { held, waiting, erased };
constexpr auto enum_names(ErasureMark) {
  return std::to_array<std::string_view>({"held", "waiting", "erased"});
}

/// Whether an event still says who the customer is.
enum class Person { told, masked };

/// The customer is masked before it is stored.
struct CaseRow {
  CaseState state;
  Timestamp since{};        ///< when it came into its status
  Timestamp cycle_began{};  ///< when it was registered, or reopened the last time
  std::optional<Timestamp> first_response_at;
  std::optional<std::string> number;
  std::optional<Code<Channel>> channel;
  std::optional<std::string> external_ref;
  std::optional<std::string> customer;
  std::optional<std::string> contact;
  std::vector<std::string> contact_keys;  ///< see `kit::contact_key`
  std::optional<std::string> customer_ref;
  std::optional<std::string> product;
  std::optional<std::string> order_ref;
  std::optional<std::string> serial_no;
  std::vector<Breach> breaches;
  std::int32_t escalations = 0;  ///< in this cycle
  std::optional<Escalation> escalation;
  std::optional<Code<SuspendReason>> suspended_because;  ///< present while it is suspended
  std::int64_t handoffs = 0;                             ///< that were accepted
  std::int64_t ping_pongs = 0;                ///< times that it went back to the department it came from
  std::vector<std::string> went_through;      ///< departments that had it, the last ones, in order
  std::optional<Timestamp> unanswered_since;  ///< the customer's first word that nobody answered yet

  /// Takes in the case's next event.
  void take(const CaseEvent& event, Person person = Person::told);

  [[nodiscard]] std::vector<ErasureMark> erasure_marks() const;
  /// Nothing of the customer's name and contacts is left.
  void erase_person();

  [[nodiscard]] bool is_closed() const { return state.status == CaseStatus::closed; }
  /// That has it, or in whose queue it waits; while it is nobody's, the one that had it last.
  [[nodiscard]] std::optional<std::string> department() const;
  [[nodiscard]] std::optional<std::string> queue() const;
  /// Open, and no person is to work on it.
  [[nodiscard]] bool is_unassigned() const;
  /// Whether nobody has decided yet on an approval that was requested.
  [[nodiscard]] bool awaits_approval() const;
  /// Whether a role to which the case was escalated has not seen it yet; with the closing it is over, unless
  /// something is owed beyond it.
  [[nodiscard]] bool has_open_escalation() const { return escalation && state.escalated; }
  /// When what was agreed first is due, or was.
  [[nodiscard]] std::optional<Timestamp> agreement_due() const;
  /// Whether something that was agreed was not done in time, and is not done yet.
  [[nodiscard]] bool has_breached_agreement() const;
  /// Whom it waits for: `customer`, the reason of a suspension, or the department that is asked to take it.
  [[nodiscard]] std::optional<std::string> waiting_for() const;
  /// `channel:reference`, by which every verb and path finds the case.
  [[nodiscard]] std::optional<std::string> reference() const;
  /// Nothing while no target is running, and of closed cases.
  [[nodiscard]] std::optional<NextTarget> next_target() const;
  [[nodiscard]] std::optional<Timestamp> suspended_until() const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(since), CEREAL_NVP(cycle_began), CEREAL_NVP(first_response_at),
            CEREAL_NVP(number), CEREAL_NVP(channel), CEREAL_NVP(external_ref), CEREAL_NVP(customer),
            CEREAL_NVP(contact), CEREAL_NVP(contact_keys), CEREAL_NVP(customer_ref), CEREAL_NVP(product),
            CEREAL_NVP(order_ref), CEREAL_NVP(serial_no), CEREAL_NVP(breaches), CEREAL_NVP(escalations),
            CEREAL_NVP(escalation), CEREAL_NVP(suspended_because), CEREAL_NVP(handoffs),
            CEREAL_NVP(ping_pongs), CEREAL_NVP(went_through), CEREAL_NVP(unanswered_since));
  }
};

/// What happened in a quarter of an hour, by department.
struct PeriodRow {
  std::int64_t registered = 0;
  std::int64_t resolved = 0;
  std::int64_t solved = 0;  ///< of these, by a code that counts as such
  std::int64_t closed = 0;
  std::int64_t reopened = 0;
  std::int64_t targets_met = 0;
  std::int64_t targets_breached = 0;
  std::int64_t targets_excused = 0;  ///< of those breached, at any time
  std::int64_t answered = 0;         ///< callbacks with answers
  std::int64_t satisfied = 0;        ///< of these, by satisfied customers
  kit::Histogram first_response_ms;  ///< registered to the first word to the customer, by every hour
  kit::Histogram resolve_ms;         ///< registered or reopened to resolved, by every hour

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(registered), CEREAL_NVP(resolved), CEREAL_NVP(solved), CEREAL_NVP(closed),
            CEREAL_NVP(reopened), CEREAL_NVP(targets_met), CEREAL_NVP(targets_breached),
            CEREAL_NVP(targets_excused), CEREAL_NVP(answered), CEREAL_NVP(satisfied),
            CEREAL_NVP(first_response_ms), CEREAL_NVP(resolve_ms));
  }
};

/// Counted since the first event.
struct TotalsRow {
  std::int64_t registered = 0;
  std::int64_t reopened = 0;
  std::vector<std::int64_t> targets_met;  ///< by `SlaMetric`
  std::vector<std::int64_t> breaches;     ///< by `SlaMetric` and priority, those without one last
  std::vector<std::int64_t> excused;      ///< of these, by `SlaMetric`

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(registered), CEREAL_NVP(reopened), CEREAL_NVP(targets_met), CEREAL_NVP(breaches),
            CEREAL_NVP(excused));
  }
};

/// Where the breaches of one metric and priority are counted.
[[nodiscard]] std::size_t breach_index(SlaMetric metric, std::optional<Priority> priority);

}  // namespace casetrail::cases
