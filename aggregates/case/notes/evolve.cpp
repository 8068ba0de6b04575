// What notes, tags and links make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/notes.h"

namespace casetrail {

void evolve(CaseState& state, const NoteAdded& event, const CaseEvent&) {
  count_minted(state.minted.notes, event.note_id.value);
}

void evolve(CaseState& state, const CaseTagged& event, const CaseEvent&) {
  auto& tags = state.notes.tags;
  std::erase_if(tags, [&](const std::string& tag) {
    return std::ranges::find(event.removed, tag) != event.removed.end();
  });
  for (const auto& tag : event.added) {
    if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
  }
}

void evolve(CaseState& state, const CaseLinked& event, const CaseEvent&) {
  const CaseLink link{event.other_case_id, event.relation};
  auto& links = state.notes.links;
  if (std::ranges::find(links, link) == links.end()) links.push_back(link);
}

void evolve(CaseState& state, const CaseUnlinked& event, const CaseEvent&) {
  std::erase(state.notes.links, CaseLink{event.other_case_id, event.relation});
}

void evolve(CaseState&, const AccessLogged&, const CaseEvent&) {}

}  // namespace casetrail
