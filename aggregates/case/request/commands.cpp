// Reads and writes the commands of request.h.
#include "aggregates/case/request/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<RegisterRequest> =
    "Take a request in: the first command of every case. With an external_ref, the case id is that of "
    "channel and reference.";
template <>
constexpr std::string_view kSummary<AcknowledgeRequest> =
    "Note that the customer was told that the request has come.";
template <>
constexpr std::string_view kSummary<ClassifyRequest> =
    "Say what the request is about, and how difficult it is.";
template <>
constexpr std::string_view kSummary<PrioritizeRequest> =
    "Say how urgent it is; the policy makes the priority of impact and urgency.";

constexpr Bound kBoundsOfRegisterRequest[] = {short_text("product_model"), short_text("serial_no"),
                                              short_text("order_ref"),     short_text("category"),
                                              short_text("pii.name"),      short_text("pii.contacts")};
template <>
constexpr std::span<const Bound> kBounds<RegisterRequest> = kBoundsOfRegisterRequest;

constexpr Bound kBoundsOfClassifyRequest[] = {short_text("category", 1),
                                              short_text("service_type"),
                                              {"difficulty", 1, 5},
                                              short_text("required_skills")};
template <>
constexpr std::span<const Bound> kBounds<ClassifyRequest> = kBoundsOfClassifyRequest;

template struct FamilyCodecs<CommandKind, RequestCommands>;

}  // namespace casetrail
