// The rules of the house, as the owner of the service wrote them down in a YAML file.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/policy/catalogues.h"
#include "aggregates/policy/names.h"
#include "aggregates/policy/promise_rules.h"
#include "aggregates/policy/review_rules.h"
#include "aggregates/time/business_span.h"
#include "aggregates/time/calendar.h"
#include "aggregates/time/calling_hours.h"
#include "events/case/approval_terms.h"
#include "events/case/callback_terms.h"
#include "events/case/complaint_terms.h"
#include "events/case/request_terms.h"
#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct Department {
  DepartmentId id;
  std::string name;
  bool external = false;               ///< a vendor, a carrier
  std::optional<CalendarId> calendar;  ///< its hours: what is handed to it is due in them
  std::vector<DutyId> duties;          ///< published: a handoff may be returned by citing one
};

/// Cases whose category begins with `category` (`fault/*`, or exactly `fault/power`) belong to `to`.
struct Route {
  std::string category;
  DepartmentId to;
  std::optional<DutyId> duty;
};

enum class IntakeField { name, contact, address, product_model, service_need, order_ref };
constexpr auto enum_names(IntakeField) {
  return std::to_array<std::string_view>(
      {"name", "contact", "address", "product_model", "service_need", "order_ref"});
}

/// Roles bind people. Systems and rules answer for what they send.
struct RoleRules {
  std::vector<std::string> lead;      ///< may close cases of others and take over ownership; empty: any
  std::vector<std::string> reviewer;  ///< may review; empty: any
};

struct EscalationStep {
  std::int32_t at_percent = 100;  ///< of the target's business time, 100 or more
  std::vector<std::string> to;    ///< roles
};

/// Since when the clocks of a case count: the customer came, or somebody registered it.
enum class ClockFrom { received_at, registered_at };
constexpr auto enum_names(ClockFrom) {
  return std::to_array<std::string_view>({"received_at", "registered_at"});
}

/// The promises of a priority, in business time of `calendar`; without one every hour counts.
struct SlaRules {
  std::optional<CalendarId> calendar;
  BusinessSpan first_response;
  BusinessSpan next_update;
  BusinessSpan resolution;
  std::optional<std::int32_t> warn_percent;
  std::vector<EscalationStep> escalate;
};

struct AssignmentRules {
  Duration accept_within = std::chrono::minutes{10};
};

enum class FirstOwner { first_contact, designated };
constexpr auto enum_names(FirstOwner) {
  return std::to_array<std::string_view>({"first_contact", "designated"});
}

struct SuspensionRules {
  Duration max = std::chrono::days{14};
  std::vector<TimerKind> pauses = {TimerKind::resolution};
};

/// What comes of a customer who never answers.
enum class AfterSilence { resolve, escalate };
constexpr auto enum_names(AfterSilence) { return std::to_array<std::string_view>({"resolve", "escalate"}); }

/// How long a case waits for the customer's answer.
struct WaitingRules {
  Duration answer_within = std::chrono::days{3};  ///< where the question names no time
  std::int32_t reminders = 2;                     ///< so many, then the end
  Duration remind_every = std::chrono::days{2};
  AfterSilence after_silence = AfterSilence::resolve;
};

struct ComplaintRules {
  std::optional<CalendarId> calendar;
  BusinessSpan accept_within = std::chrono::days{1};
  std::vector<std::string> criteria;                         ///< each must be met
  BusinessSpan appeal_within = std::chrono::days{14};        ///< after the decision was communicated
  BusinessSpan decide_appeal_within = std::chrono::days{7};  ///< until the customer is told the next one
  std::vector<std::string> escalate_to = {"lead"};
};

/// A callback that is due after each resolution of a case of these kinds.
struct CallbackPlan {
  std::string id;
  Code<CallbackPurpose> purpose{};
  CallbackForm form;
  Duration delay{};
  std::vector<Code<CaseKind>> kinds;
  std::vector<Code<CaseKind>> required_before_close;
};

struct CallbackRules {
  std::vector<CallingHours> hours;  ///< one for each zone that customers live in, the usual one first
  std::int32_t max_attempts = 3;
  Duration gap = std::chrono::hours{4};
  CallbackForm form{"callback", 1};  ///< of callbacks without a plan
  std::vector<CallbackPlan> plans;
};

/// Who may approve things of these subjects, and up to which amount.
struct ApprovalRule {
  std::vector<Code<ApprovalSubject>> subjects;
  std::vector<std::string> by;              ///< roles; empty: any
  std::optional<std::int64_t> up_to_minor;  ///< in minor units of the currency; absent: any amount, and none
};

enum class AfterWindow { close, wait };
constexpr auto enum_names(AfterWindow) { return std::to_array<std::string_view>({"close", "wait"}); }

enum class MessageOnClosed { reopen, reject };
constexpr auto enum_names(MessageOnClosed) { return std::to_array<std::string_view>({"reopen", "reject"}); }

/// What a message of the customer makes of a resolved case: it waits for an answer, or the work goes on.
enum class MessageOnResolved { wait, reject_resolution };
constexpr auto enum_names(MessageOnResolved) {
  return std::to_array<std::string_view>({"wait", "reject_resolution"});
}

struct ClosingRules {
  Duration confirmation_window = std::chrono::days{3};
  AfterWindow after_window = AfterWindow::close;
  Duration reopen_window = std::chrono::days{30};
  MessageOnClosed message_on_closed = MessageOnClosed::reopen;
  MessageOnResolved message_on_resolved = MessageOnResolved::wait;
};

struct PrivacyRules {
  Duration erasure_due = std::chrono::days{30};  ///< so long after its request an erasure has to be done
};

struct BoardRules {
  std::optional<Zone> zone;                          ///< whose days, weeks and months are counted
  Duration closed_cases_for = std::chrono::days{7};  ///< so long a closed case stays in the list of cases
  std::string country_code = "86";  ///< of telephone numbers that name none, for who looks for one
};

/// A default-made policy is what an engine without a policy file decides by: no departments or roles are
/// known, so any may act; every hour counts; no callback is planned.
struct Policy {
  Policy();

  Catalogues catalogues;
  std::vector<Department> departments;  ///< empty: any
  std::vector<Route> routing;           ///< the first that matches
  std::vector<Calendar> calendars;
  std::map<std::string, std::vector<IntakeField>, std::less<>> intake;  ///< required, by kind of case
  std::array<std::array<Priority, 3>, 3> priority_matrix{};             ///< [impact][urgency]
  std::array<SlaRules, 4> sla;                                          ///< by Priority
  ClockFrom clock_from = ClockFrom::received_at;
  RoleRules roles;
  HandoffRules handoff;
  AgreementRules agreement;
  ReturnRules returns;
  VisitRules visit;
  AssignmentRules assignment;
  FirstOwner owner = FirstOwner::first_contact;
  SuspensionRules suspension;
  WaitingRules waiting;
  ComplaintRules complaint;
  CallbackRules callback;
  ReviewRules review;
  std::vector<ApprovalRule> approvals;  ///< what has none here needs no approval
  ClosingRules closing;
  PrivacyRules privacy;
  BoardRules boards;
  Names names;

  /// In which people read times and count days: that of the boards, else of the first calendar, else UTC.
  [[nodiscard]] const Zone& zone() const;
  [[nodiscard]] const Department* find_department(const DepartmentId& id) const;
  [[nodiscard]] bool knows(const DepartmentId& id) const {
    return departments.empty() || find_department(id);
  }
  [[nodiscard]] const Route* find_route(std::string_view category) const;
  /// What has to be known of every request of this kind.
  [[nodiscard]] std::span<const IntakeField> required_of(const Code<CaseKind>& kind) const;

  /// Business time; without a calendar, or with one that this policy no longer has, every hour counts.
  [[nodiscard]] Timestamp add(const std::optional<CalendarId>& calendar, Timestamp at,
                              const BusinessSpan& amount) const;
  [[nodiscard]] Duration between(const std::optional<CalendarId>& calendar, Timestamp from,
                                 Timestamp to) const;

  /// How much business time `amount` is from `at` on.
  [[nodiscard]] Duration length(const std::optional<CalendarId>& calendar, Timestamp at,
                                const BusinessSpan& amount) const;

  [[nodiscard]] bool needs_approval(const Code<ApprovalSubject>& subject) const;
  /// Whether somebody in `role` may approve `subject`; what no rule is about may be approved by anybody.
  [[nodiscard]] bool may_approve(const Code<ApprovalSubject>& subject,
                                 std::optional<std::int64_t> amount_minor,
                                 const std::optional<std::string>& role) const;

  /// In whose hours something is due that was handed to a department: its own, else those of handoffs.
  [[nodiscard]] const std::optional<CalendarId>& hours_of(const DepartmentId& id) const;

  /// Null where every hour counts.
  [[nodiscard]] const Calendar* find_calendar(const std::optional<CalendarId>& id) const;
};

/// Sentences about what will be wrong with a policy soon: holidays that are not known beyond `now`.
[[nodiscard]] std::vector<std::string> warnings_of(const Policy& policy, Timestamp now);

/// Why a policy could not be read.
struct PolicyError {
  int line = 0;          ///< 1 is the first; 0: the whole file
  std::string sentence;  ///< "Expected X, but Y."
};

/// Reads a policy; what its text leaves out is as in `Policy{}`. Unknown keys are errors.
[[nodiscard]] std::expected<Policy, PolicyError> parse_policy(std::string_view yaml);

}  // namespace casetrail
