// Reads and writes the commands of request.h.
#include "aggregates/commands/request.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, RequestCommands>;

}  // namespace casetrail
