// Heads that are signed now and then name what a chain alone cannot show; forged ones are named themselves.
#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/support/event_writer.h"
#include "tests/support/events_of.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/evidence/checked_log.h"
#include "workers/evidence/chained_log.h"

namespace casetrail::evidence {
namespace {

using namespace std::chrono_literals;
using log::CommitOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Duration kNeverInATest = std::chrono::hours{1};

class HeadsTest : public testing::Test {
 protected:
  [[nodiscard]] HeadSigning signing(Duration every = kNeverInATest) const {
    return {.key = key_, .file = file_, .every = every, .now = [] { return kMonday; }};
  }

  /// What one process commits, which signs when it ends.
  void commit(std::uint64_t seed, std::size_t count = 10) {
    const auto log = chain_log(raw_, signing());
    EXPECT_EQ(EventWriter(*log).commit(random_history(seed, 2, count)), CommitOutcome::committed);
  }

  [[nodiscard]] std::string heads_file() const {
    std::ifstream in(file_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  [[nodiscard]] std::vector<SignedHead> heads_in_log() const {
    std::vector<SignedHead> heads;
    raw_->visit(log::Topic::evidence, 0, 0, [&](log::Offset, const Message& message) {
      heads.push_back(parse_head(message.value).value());
    });
    return heads;
  }

  void append_head(const SignedHead& head) {
    must(log::append_and_wait(*raw_, log::Topic::evidence, 0, head_record(head)));
  }

  /// Of `raw_`, with those that lie in it and in the file.
  [[nodiscard]] KnownHeads trusting() const {
    KnownHeads known({key_.public_key()});
    EXPECT_TRUE(known.take_file(heads_file(), "heads.ndjson"));
    return known;
  }

  [[nodiscard]] static ChainCheck check(log::EventLog& log, KnownHeads& known) {
    return checked_log(log, known).front();
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "heads.ndjson";
  SigningKey key_ = SigningKey::random();
  std::shared_ptr<MemoryLog> raw_ = std::make_shared<MemoryLog>(1);
};

TEST_F(HeadsTest, AreSignedAtTheEndOfAProcessInTheLogAndInTheFile) {
  commit(1);
  commit(2);
  const auto heads = heads_in_log();
  ASSERT_THAT(heads, SizeIs(2));
  EXPECT_EQ(heads[0].number, 10);
  EXPECT_EQ(heads[1].number, 20);
  EXPECT_EQ(heads[1].offset, 20) << "a commit takes an offset";
  EXPECT_EQ(heads[1].at, kMonday);
  EXPECT_TRUE(key_.public_key().confirms(signed_text(heads[1]), heads[1].signature));
  KnownHeads known({key_.public_key()});
  ASSERT_TRUE(known.take_file(heads_file(), "heads.ndjson"));
  EXPECT_EQ(known.signed_heads(), 2U);
  EXPECT_EQ(check(*raw_, known).heads_met(), 2) << "those in the log are the same";
  EXPECT_THAT(known.false_heads(), IsEmpty());
}

TEST_F(HeadsTest, AreSignedNowAndThenAndOnlyWhenSomethingWasCommitted) {
  const auto log = chain_log(raw_, signing(50ms));
  EventWriter writer(*log);
  EXPECT_EQ(writer.commit(random_history(1, 2, 3)), CommitOutcome::committed);
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (heads_in_log().empty() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(20ms);
  std::this_thread::sleep_for(200ms);
  EXPECT_THAT(heads_in_log(), SizeIs(1));
}

TEST_F(HeadsTest, ThatCannotBeWrittenAreWrittenLater) {
  file_ = folder_.path() / "none" / "heads.ndjson";
  commit(1);
  file_ = folder_.path() / "heads.ndjson";
  commit(2);
  EXPECT_THAT(heads_file(), HasSubstr(R"("number":20)"));
}

TEST_F(HeadsTest, NameAnEndThatWasCut) {
  commit(1);
  commit(2);
  MemoryLog cut(1);
  const auto again = chain_log(std::shared_ptr<log::EventLog>(&cut, [](auto*) {}));
  EXPECT_EQ(EventWriter(*again).commit(random_history(1, 2, 10)), CommitOutcome::committed);
  auto known = trusting();
  const auto found = check(cut, known);
  EXPECT_EQ(found.heads_met(), 1);
  ASSERT_THAT(found.breaks(), SizeIs(1));
  EXPECT_THAT(found.breaks().front().what,
              HasSubstr("the end is missing: the chain was at number 20 when it was signed at "
                        "2025-11-24T00:00:00.000Z, and ends at 10"));
}

TEST_F(HeadsTest, NameFromWhereAChainWasMadeAnew) {
  commit(1);
  commit(2);
  commit(3);
  MemoryLog anew(1);
  const auto forged = chain_log(std::shared_ptr<log::EventLog>(&anew, [](auto*) {}));
  for (const std::uint64_t seed : {1, 9, 3})
    EXPECT_EQ(EventWriter(*forged).commit(random_history(seed, 2, 10)), CommitOutcome::committed);
  auto known = trusting();
  const auto found = check(anew, known);
  ASSERT_THAT(found.breaks(), SizeIs(1)) << "the first one is named, those behind it say the same";
  EXPECT_THAT(found.breaks().front().what,
              HasSubstr("the chain up to number 20 is not the one that was signed at "
                        "2025-11-24T00:00:00.000Z: it was made anew behind number 10"));
}

TEST_F(HeadsTest, OfAnUnknownKeyAreNamedAndNotBelieved) {
  commit(1);
  append_head(sign_head(SigningKey::random(), 0, {10, std::string(32, 'a')}, 9, kMonday));
  auto known = trusting();
  EXPECT_THAT(check(*raw_, known).breaks(), IsEmpty());
  EXPECT_THAT(known.false_heads(), ElementsAre(HasSubstr("casetrail.evidence/0, offset 1: a head is signed "
                                                         "with the key")));
}

TEST_F(HeadsTest, ThatWereChangedAreNamedAndNotBelieved) {
  commit(1);
  auto forged = heads_in_log().front();
  forged.number = 9;
  append_head(forged);
  must(log::append_and_wait(*raw_, log::Topic::evidence, 0, {"head", "{}", {}, kMonday}));
  auto known = trusting();
  EXPECT_THAT(check(*raw_, known).breaks(), IsEmpty());
  EXPECT_THAT(known.false_heads(),
              ElementsAre(HasSubstr("offset 1: the signature of a head is false"), HasSubstr("is no head")));
}

TEST_F(HeadsTest, WithoutAKeyToCheckThemAreHeldAgainstTheChain) {
  commit(1);
  append_head(sign_head(SigningKey::random(), 0, {10, std::string(32, 'a')}, 9, kMonday));
  KnownHeads known;
  EXPECT_THAT(check(*raw_, known).breaks(), SizeIs(1));
  EXPECT_FALSE(known.are_signatures_checked());
}

TEST_F(HeadsTest, DoNotAcceptRecordsWithoutLinksAsThoseThatWereKeptDo) {
  commit(1);
  EXPECT_EQ(EventWriter(*raw_).commit(random_history(2, 2, 1)), CommitOutcome::committed);
  commit(3);
  auto known = trusting();
  EXPECT_EQ(check(*raw_, known).unlinked(), 1);
}

TEST_F(HeadsTest, GoOnBehindOneWhoseWritingWasCutOff) {
  commit(1);
  std::ofstream(file_, std::ios::app) << R"({"partition":0,"num)";
  commit(2);
  auto known = trusting();
  EXPECT_EQ(check(*raw_, known).heads_met(), 2);
  EXPECT_THAT(known.false_heads(), ElementsAre(HasSubstr("heads.ndjson, line 2: it is no head")));
}

TEST(Heads, InAFileThatAreNoneAreNamedAndAFileWithoutAnyIsRefused) {
  for (const auto* text : {"x", "0", "0 1", "-1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0 1 a", "{}",
                           "999999999 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    KnownHeads known;
    EXPECT_THAT(known.take_file(text, "heads").error(), HasSubstr("it has none")) << text;
    EXPECT_TRUE(known.take_file("0 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n" + std::string(text), "heads"));
    EXPECT_THAT(known.false_heads(), ElementsAre(HasSubstr("heads, line 2"))) << text;
  }
  EXPECT_FALSE(KnownHeads().take_file("", "heads"));
}

}  // namespace
}  // namespace casetrail::evidence
