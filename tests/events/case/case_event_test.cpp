// Recorded events on the wire, and what a reader makes of records that are not ours.
#include "events/case/case_event.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "events/case/work.h"
#include "events/wire/cloud_event.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/message_headers.h"

namespace casetrail {
namespace {

CaseEvent sample() {
  CaseEvent event;
  event.case_id.value = "018f0c7e-5b1a-7c22-9d0e-3a5b7c9d1e2f";
  event.seq = 3;
  event.occurred_at = from_epoch_ms(1'000);
  event.recorded_at = from_epoch_ms(2'000);
  event.actor = {ActorKind::agent, "li.wei", DepartmentId{"cs"}, "lead", "1024"};
  event.command_id.value = "cmd-1";
  event.command_digest = "ab12";
  event.command_offset = 42;
  event.policy_version = 2;
  event.correlation_id = event.case_id.value;
  event.event = WorkStarted{AgentId{"li.wei"}};
  return event;
}

ReadEvent read(const Message& message, CaseEvent& into) {
  return read_event(BorrowedMessage(message).view(), into);
}

TEST(CaseEvent, IsReadAsItWasWritten) {
  CaseEvent event;
  ASSERT_EQ(read(write_event(sample()), event).reading, Reading::ours);
  EXPECT_EQ(event.seq, 3);
  EXPECT_EQ(event.occurred_at, from_epoch_ms(1'000));
  EXPECT_EQ(event.recorded_at, from_epoch_ms(2'000));
  EXPECT_EQ(event.actor.department_id, DepartmentId{"cs"});
  EXPECT_EQ(event.actor.badge_no, "1024");
  EXPECT_EQ(event.command_offset, 42);
  EXPECT_EQ(event.event.get_if<WorkStarted>()->agent_id, AgentId{"li.wei"});
}

TEST(CaseEvent, CarriesTheHeadersOfTheContract) {
  const auto message = write_event(sample());
  const BorrowedMessage borrowed(message);
  EXPECT_EQ(borrowed.view().header("ce_id"), "018f0c7e-5b1a-7c22-9d0e-3a5b7c9d1e2f/3");
  EXPECT_EQ(borrowed.view().header("ce_type"), "casetrail.work.started");
  EXPECT_EQ(borrowed.view().header("ce_dataschema"), "urn:casetrail:events:work.started:1");
  EXPECT_EQ(borrowed.view().header("ce_sequence"), "0000000003");
  EXPECT_EQ(borrowed.view().header("ce_actor"), "agent:li.wei");
  EXPECT_EQ(message.key, sample().case_id.value);
}

TEST(CaseEvent, ATimersEventHasNoCommandOffset) {
  auto timer = sample();
  timer.command_offset = -1;
  CaseEvent event;
  ASSERT_EQ(read(write_event(timer), event).reading, Reading::ours);
  EXPECT_EQ(event.command_offset, -1);
}

TEST(CaseEvent, OnlyTheLastOneOfItsCommandEndsIt) {
  auto last = sample();
  last.ends_command = true;
  CaseEvent event;
  ASSERT_EQ(read(write_event(last), event).reading, Reading::ours);
  EXPECT_TRUE(event.ends_command);
  ASSERT_EQ(read(write_event(sample()), event).reading, Reading::ours);
  EXPECT_FALSE(event.ends_command);
}

TEST(CaseEvent, SaysTheStatusOfTheCaseAfterIt) {
  auto started = sample();
  started.status_after = CaseStatus::in_progress;
  const auto message = write_event(started);
  EXPECT_EQ(header_of(message, "ce_casestatus"), "in_progress");
  auto marked = write_event(sample());
  add_status_after(marked, CaseStatus::in_progress);
  EXPECT_EQ(marked.headers, message.headers);
  CaseEvent event;
  ASSERT_EQ(read(message, event).reading, Reading::ours);
  EXPECT_EQ(event.status_after, CaseStatus::in_progress);
}

TEST(CaseEvent, OfAnOlderOrALaterWriterHasNoStatusThatIsKnown) {
  CaseEvent event;
  event.status_after = CaseStatus::closed;
  ASSERT_EQ(read(write_event(sample()), event).reading, Reading::ours);
  EXPECT_FALSE(event.status_after);
  auto later = write_event(sample());
  later.headers.add("ce_casestatus", "archived");
  ASSERT_EQ(read(later, event).reading, Reading::ours);
  EXPECT_FALSE(event.status_after);
}

TEST(CaseEvent, WithoutTheMarkIsForeign) {
  auto message = write_event(sample());
  remove_header(message, kWriterHeader);
  CaseEvent event;
  EXPECT_EQ(read(message, event).reading, Reading::foreign);
}

TEST(CaseEvent, OfALaterVersionAsksForAnUpgrade) {
  for (const auto& [name, value] :
       {HeaderView{"ce_dataschema", "urn:casetrail:events:work.started:2"},
        HeaderView{"ce_type", "casetrail.work.teleported"}, HeaderView{kWriterHeader, "2"}}) {
    auto message = write_event(sample());
    change_header(message, name, value);
    CaseEvent event;
    const auto verdict = read(message, event);
    EXPECT_EQ(verdict.reading, Reading::newer) << name;
    EXPECT_TRUE(verdict.reason.ends_with("Upgrade this binary.")) << verdict.reason;
  }
}

TEST(CaseEvent, WithABrokenAttributeIsDamaged) {
  for (const auto& [name, value] :
       {HeaderView{"ce_sequence", "three"}, HeaderView{"ce_recordedtime", "noon"},
        HeaderView{"ce_actor", "li.wei"}, HeaderView{"ce_type", "handoff"},
        HeaderView{"ce_dataschema", "urn"}, HeaderView{"ce_commandoffset", "x"},
        HeaderView{"ce_sequence", "0"}, HeaderView{"ce_sequence", "-5"},
        HeaderView{"ce_sequence", "10000000000"}, HeaderView{"ce_policyversion", "-1"},
        HeaderView{"ce_commandoffset", "-7"}, HeaderView{"ce_commandoffset", "9223372036854775807"},
        HeaderView{"ce_recordedtime", "9999-12-31T23:59:59-23:59"}}) {
    auto message = write_event(sample());
    change_header(message, name, value);
    CaseEvent event;
    EXPECT_EQ(read(message, event).reading, Reading::damaged) << name;
  }
}

TEST(CaseEvent, WithABrokenPayloadIsDamaged) {
  auto message = write_event(sample());
  message.value = R"({"agent_id":7})";
  CaseEvent event;
  const auto verdict = read(message, event);
  EXPECT_EQ(verdict.reading, Reading::damaged);
  EXPECT_EQ(verdict.reason, "Expected 'agent_id' to be a string.");
}

TEST(Actor, HasAKindAndAnId) {
  EXPECT_EQ(parse_actor("import:servicenow")->kind, ActorKind::import_);
  EXPECT_EQ(parse_actor("agent:a:b")->id, "a:b");
  EXPECT_FALSE(parse_actor("agent:"));
  EXPECT_FALSE(parse_actor("robot:r2"));
  EXPECT_FALSE(parse_actor("li.wei"));
}

}  // namespace
}  // namespace casetrail
