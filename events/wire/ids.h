// Strong ids: a case id cannot be passed where an agent id is asked for.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace casetrail {

/// Text that names one thing of kind `Tag`. On the wire it is a JSON string, never empty where it is
/// required.
template <class Tag>
struct Id {
  std::string value;

  auto operator<=>(const Id&) const = default;
  [[nodiscard]] bool empty() const { return value.empty(); }
};

using CaseId = Id<struct CaseTag>;           ///< UUIDv5 of channel and external reference, or UUIDv7
using CommandId = Id<struct CommandTag>;     ///< chosen by the sender, unique for ever
using CustomerRef = Id<struct CustomerTag>;  ///< the customer as the CRM names him; no personal data
using AgentId = Id<struct AgentTag>;
using DepartmentId = Id<struct DepartmentTag>;
using QueueId = Id<struct QueueTag>;
using DutyId = Id<struct DutyTag>;              ///< a published duty of a department
using OfferId = Id<struct OfferTag>;            ///< `o1`, `o2`, … within the case
using AssignmentId = Id<struct AssignmentTag>;  ///< `a1`, `a2`, … within the case
using HandoffId = Id<struct HandoffTag>;        ///< `h1`, `h2`, … within the case
using OptionId = Id<struct OptionTag>;
using AgreementId = Id<struct AgreementTag>;  ///< `g1`, `g2`, … within the case
using CallbackId = Id<struct CallbackTag>;    ///< `c1`, `c2`, … within the case
using ReviewId = Id<struct ReviewTag>;        ///< `r1`, `r2`, … within the case
using NoteId = Id<struct NoteTag>;            ///< `n1`, `n2`, … within the case
using ApprovalId = Id<struct ApprovalTag>;    ///< `p1`, `p2`, … within the case
using ReturnId = Id<struct ReturnTag>;        ///< of goods: `m1`, `m2`, … within the case
using VisitId = Id<struct VisitTag>;          ///< `v1`, `v2`, … within the case
using TimerId = Id<struct TimerTag>;          ///< `<kind>` or `<kind>/<subject>` within the case
using CalendarId = Id<struct CalendarTag>;

}  // namespace casetrail

template <class Tag>
struct std::hash<casetrail::Id<Tag>> {
  std::size_t operator()(const casetrail::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
