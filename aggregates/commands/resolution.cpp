// Reads and writes the commands of resolution.h.
#include "aggregates/commands/resolution.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, ResolutionCommands>;

}  // namespace casetrail
