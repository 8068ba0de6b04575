// One case is checked out of its partition, with the commands that its events name.
#include "workers/evidence/case_check.h"

#include <gmock/gmock.h>

#include "aggregates/case/command.h"
#include "tests/support/event_writer.h"
#include "tests/support/events_of.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "workers/evidence/chained_log.h"
#include "workers/evidence/log_source.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/look.h"

namespace casetrail::evidence {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CaseCheckTest : public testing::Test {
 protected:
  /// Their seqs as given; each is of a command that lies nowhere, unless `command` says where.
  std::vector<CaseEvent> events_of(const std::string& case_id, const std::vector<std::int64_t>& seqs,
                                   log::Offset command = -1) {
    std::vector<CaseEvent> events;
    for (const auto seq : seqs) {
      auto event = history_.at(static_cast<std::size_t>(seq));
      event.case_id = {case_id};
      event.seq = seq;
      event.command_id = {"command-1"};
      event.command_offset = command;
      event.ends_command = false;
      events.push_back(std::move(event));
    }
    return events;
  }

  void commit(const std::vector<CaseEvent>& events) {
    EXPECT_EQ(EventWriter(*chained_).commit(events), log::CommitOutcome::committed);
  }

  [[nodiscard]] CheckedCase check(const std::string& case_id) const {
    LogSource source(*raw_);
    KnownHeads known;
    return must(check_case(source, {case_id}, known, [](auto, auto) {}));
  }

  std::vector<CaseEvent> history_ = random_history(5, 1, 20);
  std::shared_ptr<MemoryLog> raw_ = std::make_shared<MemoryLog>(1);
  std::unique_ptr<log::EventLog> chained_ = chain_log(raw_);
};

TEST_F(CaseCheckTest, TellsTheEventsOfTheCaseAlone) {
  commit(events_of("c1", {1, 2}));
  commit(events_of("c2", {1}));
  commit(events_of("c1", {3}));
  const auto checked = check("c1");
  EXPECT_THAT(checked.problems, IsEmpty());
  ASSERT_THAT(checked.events, SizeIs(3));
  EXPECT_EQ(checked.events.back().seq, 3);
  EXPECT_EQ(checked.events.back().link, 4);
  EXPECT_EQ(checked.events.back().command, CommandFound::none);
  EXPECT_EQ(checked.chain.linked(), 4);
  EXPECT_THAT(check("c3").events, IsEmpty());
}

TEST_F(CaseCheckTest, NamesAGapARepeatAndABreakOfTheChain) {
  commit(events_of("c1", {1, 3}));
  EXPECT_THAT(check("c1").problems, ElementsAre(HasSubstr("The event at offset 1")));
  commit(events_of("c2", {1, 1}));
  EXPECT_THAT(check("c2").problems, SizeIs(1));
  EXPECT_EQ(EventWriter(*raw_).commit(events_of("c3", {1})), log::CommitOutcome::committed);
  EXPECT_EQ(check("c1").chain.unlinked(), 1);
}

TEST_F(CaseCheckTest, FindsTheCommandsThatAreKept) {
  const auto append = [this](const std::string& id) {
    return must(log::append_and_wait(
        *raw_, log::Topic::commands, 0,
        {"c1",
         "{}",
         {{"ce_specversion", "1.0"}, {"ce_id", id}, {"ce_source", "/casetrail"}, {"ce_type", "x"}},
         kMonday}));
  };
  const auto same = append("command-1");
  const auto other = append("command-2");
  commit(events_of("c1", {1, 2}, same));
  EXPECT_THAT(check("c1").problems, IsEmpty());
  EXPECT_EQ(check("c1").events.front().command, CommandFound::same);
  commit(events_of("c1", {3, 4}, other));
  EXPECT_THAT(check("c1").problems,
              ElementsAre(HasSubstr("Event 3 names the command command-1 at offset 1")));
  EXPECT_EQ(check("c1").events.back().command, CommandFound::other);
  raw_->trim(log::Topic::commands, 0, 2);
  EXPECT_THAT(check("c1").problems, IsEmpty());
  EXPECT_EQ(check("c1").events.back().command, CommandFound::gone);
}

TEST(LogLook, ReadsAnEmbeddedLogBesideItsWriter) {
  const TemporaryFolder folder;
  const embedded::EmbeddedLogOptions options{.folder = folder.path() / "log"};
  const auto log = std::move(must(embedded::open_embedded_log(options)).log);
  EXPECT_TRUE(log->create_topics(1));
  EventWriter writer(*log);
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    EXPECT_EQ(writer.commit(random_history(seed, 2, 5)), log::CommitOutcome::committed);
  const auto look = must(embedded::LogLook::open(options.folder, std::size_t{16} << 20U));
  EXPECT_EQ(must(look.partitions()), 1);
  const auto bounds = must(look.bounds(log::Topic::events, 0));
  EXPECT_EQ(bounds.stable, must(log->bounds(log::Topic::events, 0)).stable);
  std::vector<log::Offset> offsets;
  must(look.read(log::Topic::events, 0, 3, 8,
                 [&](log::Offset offset, const MessageView&) { offsets.push_back(offset); }));
  EXPECT_THAT(offsets, ElementsAre(3, 4, 6, 7)) << "each commit takes an offset";
}

}  // namespace
}  // namespace casetrail::evidence
