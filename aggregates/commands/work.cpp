// Reads and writes the commands of work.h.
#include "aggregates/commands/work.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, WorkCommands>;

}  // namespace casetrail
