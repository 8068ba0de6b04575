// Reads and writes the commands of complaint.h.
#include "aggregates/case/complaint/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<LodgeComplaint> = "Note a complaint of the customer.";
template <>
constexpr std::string_view kSummary<AcceptComplaint> =
    "Look into the complaint: it meets the criteria of one.";
template <>
constexpr std::string_view kSummary<DetermineCause> = "Say what led to the complaint, with evidence.";
template <>
constexpr std::string_view kSummary<AttributeResponsibility> =
    "Say who is to blame, in shares that sum to 100 percent, with evidence.";
template <>
constexpr std::string_view kSummary<CloseComplaint> = "Settle the complaint.";

constexpr Bound kBoundsOfLodgeComplaint[] = {short_text("about_ref"), short_text("happened_place")};
template <>
constexpr std::span<const Bound> kBounds<LodgeComplaint> = kBoundsOfLodgeComplaint;

constexpr Bound kBoundsOfAcceptComplaint[] = {short_text("criteria.id")};
template <>
constexpr std::span<const Bound> kBounds<AcceptComplaint> = kBoundsOfAcceptComplaint;

constexpr Bound kBoundsOfDetermineCause[] = {{"evidence", 1}};
template <>
constexpr std::span<const Bound> kBounds<DetermineCause> = kBoundsOfDetermineCause;

constexpr Bound kBoundsOfAttributeResponsibility[] = {short_text("shares.ref"), {"evidence", 1}};
template <>
constexpr std::span<const Bound> kBounds<AttributeResponsibility> = kBoundsOfAttributeResponsibility;

template <>
constexpr std::string_view kSummary<DeclineComplaint> =
    "Say that the complaint does not meet the criteria of one; only when the customer was told why.";
template <>
constexpr std::string_view kSummary<WithdrawComplaint> = "Note that the customer takes the complaint back.";

constexpr Bound kBoundsOfDeclineComplaint[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<DeclineComplaint> = kBoundsOfDeclineComplaint;

template struct FamilyCodecs<CommandKind, ComplaintCommands>;

}  // namespace casetrail
