// Reads and writes the commands of handoff.h.
#include "aggregates/commands/handoff.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, HandoffCommands>;

}  // namespace casetrail
