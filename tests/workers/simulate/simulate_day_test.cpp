// The simulated day, decided again from its commands alone.
#include "workers/simulate/simulate_day.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <ranges>
#include <set>
#include <sstream>

#include "events/case/callback.h"
#include "events/case/handoff.h"
#include "events/case/request.h"
#include "tests/support/memory_log.h"
#include "tests/support/traced.h"
#include "workers/simulate/append_day.h"
#include "workers/simulate/rehearsal.h"

namespace casetrail::test {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

const Policy& example_policy() {
  static const Policy kPolicy = [] {
    const std::ifstream file(std::filesystem::path(CASETRAIL_REPOSITORY) / "deploy/policy/example.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    auto policy = parse_policy(text.str());
    if (!policy) throw std::runtime_error(policy.error().sentence);
    return *policy;
  }();
  return kPolicy;
}

simulate::SimulationOptions options(std::string_view until = "2026-11-23T10:00:00Z", std::uint64_t seed = 7) {
  return {.seed = seed, .cases = 320, .until = parse_timestamp(until).value()};
}

std::string bytes_of(const std::vector<simulate::TimedCommand>& day) {
  std::string bytes;
  for (const auto& command : day) {
    const auto message = write_command(command.envelope);
    bytes += message.key + message.value + std::to_string(epoch_ms(message.timestamp));
    bytes += message.headers.packed();
  }
  return bytes;
}

/// What the engine makes of a day.
struct Replay {
  std::map<CaseId, simulate::Rehearsal> cases;
  std::map<std::string_view, int> events;
  std::vector<std::string> surprises;
  int refused = 0;

  Replay(const std::vector<simulate::TimedCommand>& day, Timestamp until) {
    const auto count = [this](const CaseEvent& record) { ++events[codec_of(record.event).type]; };
    for (const auto& [envelope, expectation] : day) {
      auto& one = cases.try_emplace(envelope.case_id, example_policy(), count).first->second;
      const auto taken = one.take(envelope);
      refused += taken ? 0 : 1;
      if (taken.has_value() == (expectation == simulate::Expectation::accepted)) continue;
      surprises.push_back(envelope.id.value + ": " + (taken ? "accepted" : taken.error().sentence));
    }
    for (auto& [id, one] : cases) one.advance(until);
  }

  [[nodiscard]] int event_count() const {
    int sum = 0;
    for (const auto& [type, count] : events) sum += count;
    return sum;
  }
};

std::vector<std::string_view> missing_types(const Replay& replay) {
  std::vector<std::string_view> missing;
  for (const auto* codec : event_codecs()) {
    if (!replay.events.contains(codec->type)) missing.push_back(codec->type);
  }
  return missing;
}

TEST(SimulatedDay, TheSameSeedGivesTheSameBytes) {
  EXPECT_EQ(bytes_of(simulate::simulate_day(options(), example_policy())),
            bytes_of(simulate::simulate_day(options(), example_policy())));
}

TEST(SimulatedDay, AnotherSeedGivesAnotherDay) {
  EXPECT_NE(bytes_of(simulate::simulate_day(options(), example_policy())),
            bytes_of(simulate::simulate_day(options("2026-11-23T10:00:00Z", 8), example_policy())));
}

TEST(SimulatedDay, IsInTheOrderOfItsTimesAndBeforeItsEnd) {
  const auto day = simulate::simulate_day(options(), example_policy());
  EXPECT_TRUE(std::ranges::is_sorted(
      day, {}, [](const simulate::TimedCommand& command) { return command.envelope.occurred_at; }));
  EXPECT_LE(day.back().envelope.occurred_at, options().until);
}

TEST(SimulatedDay, CommandIdsAreUnique) {
  const auto day = simulate::simulate_day(options(), example_policy());
  std::set<CommandId> ids;
  for (const auto& command : day) ids.insert(command.envelope.id);
  EXPECT_EQ(ids.size(), day.size());
}

/// At any hour of the day and any day of the week: who starts the simulator does not choose a good moment.
class AtAnyHour : public testing::TestWithParam<std::string_view> {};

TEST_P(AtAnyHour, EveryEventTypeHappensAndNothingUnexpectedIsRefused) {
  const auto day = simulate::simulate_day(options(GetParam()), example_policy());
  const Replay replay(day, options(GetParam()).until);
  EXPECT_THAT(replay.surprises, IsEmpty());
  EXPECT_THAT(missing_types(replay), IsEmpty());
  EXPECT_GE(replay.cases.size(), 300U);
  EXPECT_GE(replay.event_count(), 3000);
  EXPECT_GE(replay.refused, 5);
}

TEST_P(AtAnyHour, EnoughIsOpenOnEachBoard) {
  const Replay replay(simulate::simulate_day(options(GetParam()), example_policy()),
                      options(GetParam()).until);
  std::size_t handoffs = 0;
  std::size_t callbacks = 0;
  std::size_t reviews = 0;
  for (const auto& [id, one] : replay.cases) {
    const auto& state = one.state();
    handoffs += (state.pending_handoff ? 1U : 0U) + state.accepted_handoffs.size();
    for (const auto& callback : state.callbacks)
      callbacks += callback.phase == CallbackPhase::scheduled ? 1U : 0U;
    for (const auto& review : state.reviews) reviews += review.scored ? 0U : 1U;
  }
  EXPECT_GE(handoffs, 25U);
  EXPECT_GE(callbacks, 25U);
  EXPECT_GE(reviews, 20U);
}

TEST_P(AtAnyHour, PeopleWorkInTheirHours) {
  const auto& policy = example_policy();
  for (const auto& [envelope, expectation] : simulate::simulate_day(options(GetParam()), policy)) {
    if (envelope.actor.kind != ActorKind::agent) continue;
    const auto at = envelope.occurred_at;
    EXPECT_GT(policy.between(policy.sla.front().calendar, at - Duration{1}, at + Duration{1}), Duration{0})
        << to_wire(at);
  }
}

INSTANTIATE_TEST_SUITE_P(Moments, AtAnyHour,
                         testing::Values("2026-11-23T10:00:00Z", "2026-11-22T19:30:00Z",
                                         "2026-11-21T03:00:00Z", "2026-11-27T23:15:00Z",
                                         "2027-02-10T05:00:00Z"));

/// All events of one day.
std::vector<CaseEvent> events_of_a_day() {
  std::vector<CaseEvent> events;
  std::map<CaseId, simulate::Rehearsal> cases;
  const auto keep = [&](const CaseEvent& record) { events.push_back(record); };
  for (const auto& [envelope, expectation] : simulate::simulate_day(options(), example_policy()))
    (void)cases.try_emplace(envelope.case_id, example_policy(), keep).first->second.take(envelope);
  return events;
}

template <class Fact>
std::vector<Fact> all_of(const std::vector<CaseEvent>& events) {
  std::vector<Fact> facts;
  for (const auto& record : events) {
    if (const auto* fact = record.event.get_if<Fact>()) facts.push_back(*fact);
  }
  return facts;
}

TEST(SimulatedDay, AgentsWearBadges) {
  for (const auto& record : events_of_a_day()) {
    EXPECT_TRUE(record.actor.kind != ActorKind::agent || record.actor.badge_no) << record.actor.id;
  }
}

TEST(SimulatedDay, CustomersShopAtNightOnEveryPlatformAndFloodADepartment) {
  std::set<std::string> channels;
  std::map<std::pair<std::string, std::int64_t>, int> of_one_matter;
  auto at_night = 0;
  for (const auto& record : events_of_a_day()) {
    const auto* fact = record.event.get_if<RequestRegistered>();
    if (fact == nullptr) continue;
    channels.emplace(fact->channel.text());
    const auto local = example_policy().zone().to_local(fact->received_at);
    const auto hour =
        std::chrono::floor<std::chrono::hours>(local - std::chrono::floor<std::chrono::days>(local));
    at_night += hour >= 22h || hour < 6h ? 1 : 0;
    ++of_one_matter[{fact->category.value_or(""), epoch_ms(record.occurred_at) / 3'600'000}];
  }
  for (const auto* platform : {"douyin", "jd", "pinduoduo", "wangwang", "wechat"})
    EXPECT_TRUE(channels.contains(platform)) << platform;
  EXPECT_GE(at_night, 5);
  EXPECT_GE(std::ranges::max(of_one_matter | std::views::values), 10) << "in one hour";
}

TEST(SimulatedDay, ManyHandoffsGoByADuty) {
  const auto handoffs = all_of<HandoffRequested>(events_of_a_day());
  const auto by_duty =
      std::ranges::count_if(handoffs, [](const auto& fact) { return fact.duty_id.has_value(); });
  EXPECT_GE(3 * static_cast<std::size_t>(by_duty), handoffs.size());
}

TEST(SimulatedDay, SomeAreReachedOnlyWhenCalledAgain) {
  const auto attempts = all_of<CallbackAttempted>(events_of_a_day());
  EXPECT_GE(std::ranges::count_if(attempts,
                                  [](const auto& fact) {
                                    return fact.attempt_no > 1 && fact.outcome == CallbackOutcome::connected;
                                  }),
            3);
}

/// Each decision of a case is made twice, the second time for somebody who asks why.
class AskedCase {
 public:
  std::size_t advance(Timestamp now) {
    std::size_t decided = 0;
    for (auto due = earliest_due(of_.state()); due && *due <= now; due = earliest_due(of_.state())) {
      expect_same_with_trace(of_.state(), now, example_policy(),
                             fire_earliest_timer(of_.state(), now, example_policy()));
      of_.advance(*due);
      ++decided;
    }
    return decided;
  }
  std::size_t take(const CommandEnvelope& envelope) {
    const auto fired = advance(envelope.occurred_at);
    const auto now = envelope.occurred_at;
    expect_same_with_trace(of_.state(), envelope, now, example_policy(),
                           decide(of_.state(), envelope, now, example_policy()));
    static_cast<void>(of_.take(envelope));
    return fired + 1;
  }

 private:
  simulate::Rehearsal of_{example_policy()};
};

TEST(SimulatedMonth, IsDecidedAlikeForWhoeverAsksWhy) {
  std::size_t decided = 0;
  auto until = parse_timestamp("2026-11-23T10:00:00Z").value();
  for (std::uint64_t day = 1; day <= 30; ++day, until += std::chrono::days{1}) {
    std::map<CaseId, AskedCase> cases;
    for (const auto& command :
         simulate::simulate_day({.seed = day, .cases = 40, .until = until}, example_policy()))
      decided += cases[command.envelope.case_id].take(command.envelope);
    for (auto& [id, one] : cases) decided += one.advance(until + std::chrono::days{30});
  }
  EXPECT_GT(decided, 10'000);
}

TEST(SimulatedDay, IsRefusedByALogWhoseTimeIsBehindItsBeginning) {
  MemoryLog log(8);
  const auto day =
      simulate::simulate_day({.seed = 3, .cases = 70, .until = options().until}, example_policy());
  ASSERT_TRUE(simulate::append_day(log, day, {}));
  const auto again = simulate::append_day(log, day, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().failure, log::LogFailure::refused);
  EXPECT_THAT(again.error().what, testing::HasSubstr("fresh --data folder"));
}

TEST(SimulatedDay, ReachesTheLogWithItsOwnTimes) {
  MemoryLog log(8);
  const auto day =
      simulate::simulate_day({.seed = 3, .cases = 70, .until = options().until}, example_policy());
  ASSERT_TRUE(simulate::append_day(log, day, {}));
  auto reader = log.open_reader(log::Topic::commands);
  for (log::Partition partition = 0; partition < 8; ++partition) ASSERT_TRUE(reader->start(partition, 0));
  std::size_t count = 0;
  for (auto records = reader->read(10'000, Duration{0}); !records->empty();
       records = reader->read(10'000, Duration{0})) {
    for (const auto& record : *records) {
      ++count;
      EXPECT_EQ(read_command(record.message)->occurred_at, record.message.timestamp);
    }
  }
  EXPECT_EQ(count, day.size());
}

}  // namespace
}  // namespace casetrail::test
