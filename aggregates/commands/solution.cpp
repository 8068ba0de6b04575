// Reads and writes the commands of solution.h.
#include "aggregates/commands/solution.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, SolutionCommands>;

}  // namespace casetrail
