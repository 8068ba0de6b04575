// Reads and writes the commands of work.h.
#include "aggregates/commands/work.h"

#include "aggregates/command.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, WorkCommands>;

}  // namespace casetrail
