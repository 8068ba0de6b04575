// Commands through the log, answered by outcomes that may come in any order.
#include "workers/import/log_command_sink.h"

#include <gmock/gmock.h>

#include "aggregates/command.h"
#include "tests/support/memory_log.h"

namespace casetrail::test {
namespace {

using testing::HasSubstr;

class Sink : public testing::Test {
 protected:
  void SetUp() override {
    auto sink = LogCommandSink::open(log_, [this] { return now_ += Duration{100}; });
    ASSERT_TRUE(sink) << sink.error();
    sink_ = std::move(*sink);
  }

  void send(const std::string& id) {
    CommandEnvelope envelope;
    envelope.id = {id};
    envelope.case_id = {"case"};
    envelope.actor = {
        .kind = ActorKind::import_, .id = "test", .department_id = {}, .role = {}, .badge_no = {}};
    envelope.command = ImportFacts{.source = "test", .facts = {}};
    ASSERT_TRUE(sink_->send(write_command(envelope),
                            [this](const CommandAnswer& answer) { answers_.push_back(answer); }));
  }

  void answer(const std::string& id, OutcomeStatus status, const std::string& token) {
    Outcome outcome;
    outcome.command_id = {id};
    outcome.case_id = {"case"};
    outcome.status = status;
    if (status == OutcomeStatus::rejected) outcome.code = "case_lives_here";
    outcome.token = token;
    ASSERT_TRUE(append_and_wait(log_, Topic::outcomes, 0, write_outcome(outcome, now_)));
  }

  Timestamp now_ = from_epoch_ms(1'800'000'000'000);
  MemoryLog log_{1};
  std::unique_ptr<LogCommandSink> sink_;
  std::vector<CommandAnswer> answers_;
};

TEST_F(Sink, ATokenOfItsOwnPlaceSaysThatItWasAdded) {
  send("x");
  answer("x", OutcomeStatus::accepted, "0:0");
  ASSERT_TRUE(sink_->finish());
  EXPECT_EQ(answers_.at(0).taken, Taken::added);
}

TEST_F(Sink, AnEarlierTokenSaysThatItWasKnown) {
  send("w");
  send("x");
  answer("w", OutcomeStatus::accepted, "0:0");
  answer("x", OutcomeStatus::accepted, "0:0");
  ASSERT_TRUE(sink_->finish());
  EXPECT_EQ(answers_.at(1).taken, Taken::known);
}

TEST_F(Sink, ARejectionCarriesItsCode) {
  send("x");
  answer("x", OutcomeStatus::rejected, "0:0");
  ASSERT_TRUE(sink_->finish());
  EXPECT_EQ(answers_.at(0).taken, Taken::refused);
  EXPECT_EQ(answers_.at(0).code, "case_lives_here");
}

TEST_F(Sink, AnAppendThatFailsEndsTheSending) {
  log_.fault_append(MemoryLog::AppendFault::unavailable);
  send("x");
  EXPECT_FALSE(sink_->finish());
}

TEST_F(Sink, AnEngineThatIsSilentIsNotWaitedForEver) {
  send("x");
  EXPECT_THAT(sink_->finish().error(), HasSubstr("start `casetrail serve`"));
}

}  // namespace
}  // namespace casetrail::test
