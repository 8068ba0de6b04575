// Reads and writes the commands of import.h.
#include "aggregates/commands/import.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, ImportCommands>;

}  // namespace casetrail
