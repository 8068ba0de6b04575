// Reads and writes the commands of complaint.h.
#include "aggregates/commands/complaint.h"

#include "aggregates/command.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, ComplaintCommands>;

}  // namespace casetrail
