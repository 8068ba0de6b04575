// The one file of the test kit that names every family.
#include "tests/support/random_event.h"

#include <stdexcept>

#include "events/case/all_events.h"
#include "tests/support/events_of.h"
#include "tests/support/trials/trials.h"

namespace casetrail {
namespace {

const Trials* const kFamilies[] = {
    &TrialsOf<RequestEvents>::value,   &TrialsOf<AssignmentEvents>::value, &TrialsOf<WorkEvents>::value,
    &TrialsOf<HandoffEvents>::value,   &TrialsOf<SolutionEvents>::value,   &TrialsOf<CallbackEvents>::value,
    &TrialsOf<ComplaintEvents>::value, &TrialsOf<ReviewEvents>::value,     &TrialsOf<ResolutionEvents>::value,
    &TrialsOf<TimerEvents>::value,     &TrialsOf<NotesEvents>::value,      &TrialsOf<ApprovalEvents>::value,
    &TrialsOf<PrivacyEvents>::value,   &TrialsOf<ErrandEvents>::value};

}  // namespace

Event random_event(std::mt19937_64& random) {
  auto type = random() % event_codecs().size();
  for (const auto* family : kFamilies) {
    if (type < family->types) return family->random(type, random);
    type -= family->types;
  }
  throw std::logic_error("Expected every family of AllEvents among those of this file, but one is missing.");
}

std::optional<Event> through_bytes(const Event& event) {
  for (const auto* family : kFamilies) {
    if (auto read = family->through_bytes(event)) return read;
  }
  return std::nullopt;
}

namespace {

/// An excuse is one of the case's last miss, where there is one.
Event of_last_miss(Event event, const std::vector<CaseEvent>& before) {
  const auto* excused = event.get_if<SlaExcused>();
  if (excused == nullptr) return event;
  auto fact = *excused;
  for (const auto& earlier : before) {
    const auto* missed = earlier.event.get_if<SlaTargetMissed>();
    if (missed == nullptr) continue;
    fact.metric = missed->metric;
    fact.due_at = missed->due_at;
  }
  return fact;
}

}  // namespace

std::vector<CaseEvent> random_history(std::uint64_t seed, std::size_t cases, std::size_t events) {
  std::mt19937_64 random(seed);
  std::vector<EventsOf> streams;
  streams.reserve(cases);
  for (std::size_t i = 0; i < cases; ++i) streams.emplace_back("case-" + std::to_string(i));
  std::vector<CaseEvent> history;
  for (std::size_t i = 0; i < events; ++i) {
    auto& stream = streams[random() % cases];
    stream.by(static_cast<ActorKind>(random() % enum_names(ActorKind{}).size()), "a");
    stream.after(std::chrono::seconds(random() % 1000))
        .add(of_last_miss(random_event(random), stream.events()));
    history.push_back(stream.events().back());
  }
  return history;
}

}  // namespace casetrail
