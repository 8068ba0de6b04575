// Reads and writes the commands of import.h.
#include "aggregates/case/import/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<ImportFacts> =
    "Bring facts from another system: no rule is asked about them and they start no timer.";

constexpr Bound kBoundsOfImportFacts[] = {short_text("source"), short_text("facts.type")};
template <>
constexpr std::span<const Bound> kBounds<ImportFacts> = kBoundsOfImportFacts;

template struct FamilyCodecs<CommandKind, ImportCommands>;

}  // namespace casetrail
