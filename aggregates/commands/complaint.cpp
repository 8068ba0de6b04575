// Reads and writes the commands of complaint.h.
#include "aggregates/commands/complaint.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, ComplaintCommands>;

}  // namespace casetrail
