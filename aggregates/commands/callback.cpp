// Reads and writes the commands of callback.h.
#include "aggregates/commands/callback.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, CallbackCommands>;

}  // namespace casetrail
