// Whose outcome is whose, whatever comes first.
#include "workers/api/outcome_waiter.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;

class Waiter : public testing::Test {
 protected:
  using Heard = std::optional<casetrail::api::Heard>;
  struct Asked {
    std::future<Heard> heard;
    OutcomeWaiter::Ticket ticket;
  };

  void SetUp() override {
    log_ = std::move(embedded::open_embedded_log({.folder = folder_.path() / "log"})->log);
    ASSERT_TRUE(log_->create_topics(2));
    waiter_ = *OutcomeWaiter::start(*log_);
  }

  Asked ask(std::string id, std::chrono::milliseconds patience = 20s) {
    const auto promise = std::make_shared<std::promise<Heard>>();
    return {promise->get_future(), waiter_->expect({std::move(id)}, 0, patience, [promise](Heard heard) {
              promise->set_value(std::move(heard));
            })};
  }

  void answer(std::string id, log::Offset command, std::string code, log::Partition partition = 0) {
    Outcome outcome;
    outcome.command_id.value = std::move(id);
    outcome.case_id.value = "case-1";
    outcome.code = std::move(code);
    ASSERT_TRUE(log::append_and_wait(*log_, log::Topic::outcomes, partition,
                                     write_outcome(outcome, command, from_epoch_ms(1'000))));
  }

  /// Returns when the waiter has heard all answers until now.
  void settle() {
    auto last = ask("last");
    last.ticket.appended(99);
    answer("last", 99, "");
    last.heard.wait();
  }

  TemporaryFolder folder_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<OutcomeWaiter> waiter_;
};

TEST_F(Waiter, TheSameCommandIdTwiceIsTwoOutcomes) {
  auto first = ask("c-1");
  auto second = ask("c-1");
  first.ticket.appended(5);
  second.ticket.appended(6);
  answer("c-1", 5, "first");
  answer("c-1", 6, "second");
  EXPECT_EQ(first.heard.get()->outcome.code, "first");
  EXPECT_EQ(second.heard.get()->outcome.code, "second");
}

TEST_F(Waiter, AnOutcomeMayComeBeforeTheAnswerToTheAppend) {
  auto first = ask("c-1");
  answer("c-1", 4, "another's");
  answer("c-1", 5, "first");
  settle();
  EXPECT_EQ(first.heard.wait_for(0s), std::future_status::timeout);
  first.ticket.appended(5);
  EXPECT_EQ(first.heard.get()->outcome.code, "first");
}

TEST_F(Waiter, TheSameOffsetOfAnotherPartitionIsAnotherCommand) {
  auto first = ask("c-1");
  first.ticket.appended(5);
  answer("c-1", 5, "another's", 1);
  settle();
  answer("c-1", 5, "first");
  EXPECT_EQ(first.heard.get()->outcome.code, "first");
}

TEST_F(Waiter, WhoWaitedInVainIsTold) { EXPECT_FALSE(ask("c-1", 0s).heard.get()); }

TEST_F(Waiter, AnAppendThatIsAnsweredTooLateIsNobodysConcern) {
  auto late = ask("c-1");
  waiter_.reset();
  EXPECT_FALSE(late.heard.get());
  late.ticket.appended(5);
}

}  // namespace
}  // namespace casetrail::api
