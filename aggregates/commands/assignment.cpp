// Reads and writes the commands of assignment.h.
#include "aggregates/commands/assignment.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, AssignmentCommands>;

}  // namespace casetrail
