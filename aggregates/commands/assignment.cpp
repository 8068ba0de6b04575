// Reads and writes the commands of assignment.h.
#include "aggregates/commands/assignment.h"

#include "aggregates/command.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, AssignmentCommands>;

}  // namespace casetrail
