// The events of notes.h.
#include "events/case/notes.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<NotesEvents>;

}  // namespace casetrail
