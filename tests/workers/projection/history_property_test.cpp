// Random histories with kills, restarts and rebuilds: what is live always equals what is built from nothing,
// byte for byte, and its boards count what plain loops over the committed log count.
#include <simdjson.h>

#include <array>
#include <map>
#include <random>
#include <set>

#include "projections/boards.h"
#include "projections/kit/view.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/number_from.h"
#include "tests/support/plain_count.h"
#include "tests/support/random_event.h"
#include "tests/workers/projection/projection_rig.h"

namespace casetrail::projection {
namespace {

constexpr std::uint64_t kHistories = 1'000;  ///< unless CASETRAIL_HISTORIES says otherwise
constexpr int kActions = 40;

class History final : public ProjectionTest {
 public:
  explicit History(std::uint64_t seed) : random_(seed) {}

  void play() {
    process_ = start(views(), 2);
    for (int i = 0; i < kActions; ++i) act();
    process_->steps(12);
    const auto status = process_->projection->rebuild_status();
    EXPECT_TRUE(!status || status->stage == RebuildStage::switched) << status->sentence;
  }

  void expect_equal_to_built_from_nothing() {
    MapCopies fresh;
    ProjectionProcess rebuilt(log, fresh, views());
    rebuilt.step();
    EXPECT_EQ(copies.rows(copies.live()->value()), fresh.rows(1));
    for (const log::Partition partition : {0, 1})
      EXPECT_EQ(process_->progress(partition).position, rebuilt.progress(partition).position);
  }

  void expect_boards_to_count_the_log() {
    const auto events = events_that_count();
    for (const auto* view : {"handoff", "follow_up", "review"}) {
      const auto json = process_->boards->render(view, {.now = kMonday});
      ASSERT_TRUE(json) << json.error().sentence;
      simdjson::dom::parser parser;
      const auto board = parser.parse(json->json);
      for (const auto& [pointer, expected] : plain_counts(view, events)) {
        std::int64_t counted = -1;
        EXPECT_FALSE(board.at_pointer(pointer).get(counted)) << pointer;
        EXPECT_EQ(counted, expected) << view << ' ' << pointer;
      }
    }
  }

  [[nodiscard]] std::string dump() const { return log.dump(); }

 private:
  void TestBody() override {}

  static std::vector<const kit::ViewType*> views() {
    std::vector<const kit::ViewType*> all{&kTally};
    for (const auto& view : view_types()) all.push_back(&view);
    return all;
  }

  int pick(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  void happen_next() {
    const auto number = static_cast<std::size_t>(pick(6));
    auto fact = event("case-" + std::to_string(number), ++seqs_[number], pick(40));
    fact.event = random_event(random_);
    // A break closes its case: more of them would leave little to count.
    if (pick(60) == 0) fact.seq = ++seqs_[number];
    if (pick(60) == 0) fact.seq = 1;
    append(fact);
  }

  void act() {
    switch (pick(14)) {
      case 0:
        process_.reset();
        copies.crash();
        process_ = start(views(), 2);
        return;
      case 1:
        process_.reset();
        process_ = start(views(), 2);
        return;
      case 2: std::ignore = process_->projection->rebuild(); return;
      case 3: process_->now += std::chrono::seconds(61); return;
      case 4: process_->feed(); return;
      case 5:
      case 6: process_->step(); return;
      default: happen_next();
    }
  }

  /// All that lies in the log up to where its case breaks, in any order of the partitions.
  std::vector<CaseEvent> events_that_count() {
    std::vector<CaseEvent> events;
    std::map<std::string, std::int64_t> last;
    std::set<std::string> broken;
    for (const log::Partition partition : {0, 1}) {
      const auto reader = log.open_reader(log::Topic::events);
      EXPECT_TRUE(reader->start(partition, 0));
      const auto records = reader->read(1'000, Duration{0}).value();
      for (const auto& record : records) {
        CaseEvent fact;
        EXPECT_EQ(read_event(record.message, fact).reading, Reading::ours);
        if (fact.seq != ++last[fact.case_id.value]) broken.insert(fact.case_id.value);
        if (!broken.contains(fact.case_id.value)) events.push_back(std::move(fact));
      }
    }
    return events;
  }

  std::mt19937_64 random_;
  std::array<std::int64_t, 6> seqs_{};
  std::unique_ptr<ProjectionProcess> process_;
};

TEST(ProjectionHistory, LiveRowsEqualRowsBuiltFromNothingAndCountTheLog) {
  const auto first = std::random_device{}();
  const auto histories = number_from("CASETRAIL_HISTORIES").value_or(kHistories);
  for (std::uint64_t seed = first; seed < first + histories; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    history.play();
    history.expect_equal_to_built_from_nothing();
    history.expect_boards_to_count_the_log();
    if (!testing::Test::HasFailure()) continue;
    ADD_FAILURE() << history.dump();
    return;
  }
}

}  // namespace
}  // namespace casetrail::projection
