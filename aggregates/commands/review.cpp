// Reads and writes the commands of review.h.
#include "aggregates/commands/review.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template struct FamilyCodecs<CommandKind, ReviewCommands>;

}  // namespace casetrail
