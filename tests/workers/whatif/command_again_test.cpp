// Every command is found again by what it led to.
#include "workers/whatif/command_again.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "projections/kit/personal.h"
#include "tests/support/events_of.h"
#include "tests/support/every_command.h"

namespace casetrail::whatif {
namespace {

/// Takes the story of every command; `seen` is what is left of an event by then.
template <class Seen>
void expect_all_again(const Seen& seen) {
  CommandsAgain commands;
  const Policy policy;
  std::map<CaseId, CaseState> cases;
  std::set<std::string_view> found;
  for (const auto& envelope : story_of_every_command(kMonday)) {
    auto& state = cases[envelope.case_id];
    const auto before = state;
    const auto events = decide(state, envelope, kMonday, policy);
    ASSERT_TRUE(events) << events.error().sentence;
    std::vector<CaseEvent> decision;
    for (const auto& event : *events) {
      CaseEvent record;
      record.case_id = envelope.case_id;
      record.seq = state.seq + 1;
      record.occurred_at = record.recorded_at = kMonday;
      record.actor = envelope.actor;
      record.command_id = envelope.id;
      record.event = event;
      evolve(state, record);
      record.event = seen(event);
      decision.push_back(std::move(record));
    }
    if (envelope.actor.kind == ActorKind::import_) continue;
    const auto again = commands.make(decision, before, policy);
    const auto type = codec_of(envelope.command).type;
    ASSERT_TRUE(again) << type;
    EXPECT_EQ(codec_of(again->command).type, type);
    found.insert(type);
  }
  EXPECT_EQ(found.size() + 1, command_codecs().size()) << "all but the import of facts";
}

TEST(CommandAgain, EveryCommandIsFoundByItsEvents) {
  expect_all_again([](const Event& event) { return event; });
}

TEST(CommandAgain, WhatIsMaskedOrErasedStandsInNoWay) {
  expect_all_again(kit::event_without_person);
  expect_all_again(kit::event_without_texts);
}

}  // namespace
}  // namespace casetrail::whatif
