// The same policy changes nothing; another one changes what it is about, and no more.
#include "workers/whatif/whatif.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/work/commands.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/workers/whatif/happened.h"
#include "workers/import/import_csv.h"
#include "workers/simulate/simulate_day.h"

namespace casetrail::whatif {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string text_of_change(const ChangedCase& changed) {
  std::string text = changed.case_id.value;
  for (const auto& one : changed.differences)
    text += "\n  " + one.field + ": " + one.before.value_or("-") + " -> " + one.after.value_or("-");
  for (const auto& fact : changed.refused)
    text += "\n  refused " + std::to_string(fact.seq) + " " + fact.type + ": " + fact.sentence;
  return text;
}

struct Asked {
  Totals totals;
  std::vector<std::string> changes;
};

Asked ask(const Happened& happened, const Policy& then, const Policy& other, Timestamp until) {
  WhatIf question([&](std::int32_t) -> const Policy& { return then; }, other);
  Asked asked;
  for (const auto& [id, events] : happened.events()) {
    if (const auto changed = question.take(events, until)) asked.changes.push_back(text_of_change(*changed));
  }
  asked.totals = question.totals();
  return asked;
}

std::vector<std::string_view> types_never_seen(const std::set<std::string_view>& seen) {
  std::vector<std::string_view> missing;
  for (const auto* codec : event_codecs()) {
    if (!seen.contains(codec->type)) missing.push_back(codec->type);
  }
  return missing;
}

TEST(WhatIf, TheSamePolicyChangesNoCaseOfASimulatedMonth) {
  auto until = parse_timestamp("2026-11-23T10:00:00Z").value();
  std::int64_t decided = 0;
  std::set<std::string_view> seen;
  for (std::uint64_t day = 1; day <= 30; ++day, until += days{1}) {
    Happened happened(example_policy());
    for (const auto& command :
         simulate::simulate_day({.seed = day, .cases = 40, .until = until}, example_policy()))
      happened.take(command.envelope);
    happened.advance(until + days{30});
    const auto asked = ask(happened, example_policy(), example_policy(), until + days{30});
    EXPECT_THAT(asked.changes, IsEmpty());
    EXPECT_EQ(asked.totals.taken_over, 0);
    EXPECT_EQ(asked.totals.cases, static_cast<std::int64_t>(happened.events().size()));
    decided += asked.totals.decided;
    for (const auto& [id, events] : happened.events()) {
      for (const auto& event : events) seen.insert(codec_of(event.event).type);
    }
  }
  EXPECT_GT(decided, 10'000);
  EXPECT_THAT(types_never_seen(seen), IsEmpty());
}

/// Hours that are easily counted by hand.
Policy plain_policy() {
  Policy policy;
  for (auto& rules : policy.sla) {
    rules = SlaRules{};
    rules.first_response = hours{4};
    rules.next_update = days{10};
    rules.resolution = days{20};
    rules.escalate = {{100, {"lead"}}};
  }
  return policy;
}

/// Cases that are told step by step.
class Told {
 public:
  Told() = default;
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;

  Told& in(const std::string& case_id) {
    case_id_.value = case_id;
    return *this;
  }
  Told& by(const std::string& agent, const std::string& department) {
    actor_ = Actor{ActorKind::agent, agent, DepartmentId{department}, {}, {}};
    return *this;
  }
  Told& at(Duration time) {
    now_ = kMonday + time;
    return *this;
  }
  Told& tell(Command command) {
    CommandEnvelope envelope;
    envelope.id.value = "step-" + std::to_string(++steps_);
    envelope.case_id = case_id_;
    envelope.actor = actor_;
    envelope.occurred_at = now_;
    envelope.command = std::move(command);
    commands_.push_back(envelope);
    const auto refused = happened_.take(envelope);
    EXPECT_EQ(refused, "");
    return *this;
  }
  Told& registered() {
    RegisterRequest command;
    command.channel = Channel::phone;
    command.category = "fault/power";
    command.pii.name = "Wang";
    command.pii.contacts = {"13800000000"};
    return tell(command)
        .tell(ClassifyRequest{"fault/power", {}, 2, {}})
        .tell(PrioritizeRequest{Level::medium, Level::high, {}});
  }
  Told& assigned() {
    return tell(MakeAssignment{AgentId{"li.wei"}, DepartmentId{"cs"}, "find it", "stay calm",
                               AssignmentBasis::push})
        .tell(AcceptAssignment{});
  }
  /// What `other` would have changed until this time.
  Asked what_if(const Policy& other) { return what_if(policy_, other); }
  /// The same, where `then` is taken for the policy of the time.
  Asked what_if(const Policy& then, const Policy& other) {
    happened_.advance(now_);
    return ask(happened_, then, other, now_);
  }

  [[nodiscard]] const std::vector<CommandEnvelope>& commands() const { return commands_; }

 private:
  Policy policy_ = plain_policy();
  Happened happened_{policy_};
  CaseId case_id_{"case-1"};
  Actor actor_{ActorKind::agent, "li.wei", DepartmentId{"cs"}, {}, {}};
  Timestamp now_ = kMonday;
  int steps_ = 0;
  std::vector<CommandEnvelope> commands_;
};

/// `sla.first_response breached 1 -> 2`, of what is counted otherwise.
std::vector<std::string> counts_of(const Totals& totals) {
  std::vector<std::string> counts;
  for (const auto& one : totals.counts) {
    if (one.before == one.after) continue;
    counts.push_back(one.field + " " + one.value + " " + std::to_string(one.before) + " -> " +
                     std::to_string(one.after));
  }
  return counts;
}

/// Three cases that are answered after one, three and five hours.
class ThreeAnswers : public Told {
 public:
  ThreeAnswers() {
    for (const auto after : {1, 3, 5}) {
      in("case-" + std::to_string(after)).at(hours{0}).registered().assigned();
      at(hours{after}).tell(SendMessage{Channel::phone, {"we look into it"}});
    }
    at(hours{6});
  }
};

TEST(WhatIf, AShorterPromiseIsBreachedMoreOften) {
  ThreeAnswers told;
  auto other = plain_policy();
  for (auto& rules : other.sla) rules.first_response = hours{2};
  const auto asked = told.what_if(other);
  EXPECT_THAT(counts_of(asked.totals),
              ElementsAre("escalation.first_response level 1 to lead 1 -> 2",
                          "sla.first_response breached 1 -> 2", "sla.first_response met 2 -> 1"));
  EXPECT_EQ(asked.totals.cases, 3);
  EXPECT_EQ(asked.totals.changed, 3) << "every case was due earlier";
  EXPECT_EQ(asked.totals.decided, 19) << "six commands of each case and the timer that ran out";
}

TEST(WhatIf, ALongerPromiseIsBreachedLessOften) {
  ThreeAnswers told;
  auto other = plain_policy();
  for (auto& rules : other.sla) rules.first_response = hours{6};
  EXPECT_THAT(counts_of(told.what_if(other).totals),
              ElementsAre("escalation.first_response level 1 to lead 1 -> 0",
                          "sla.first_response breached 1 -> 0", "sla.first_response met 2 -> 3"));
}

TEST(WhatIf, AStepOfAnEscalationIsAdded) {
  ThreeAnswers told;
  auto other = plain_policy();
  for (auto& rules : other.sla) rules.escalate.push_back({120, {"head"}});
  const auto asked = told.what_if(other);
  EXPECT_THAT(counts_of(asked.totals), ElementsAre("escalation.first_response level 2 to head 0 -> 1"));
  EXPECT_THAT(asked.changes, ElementsAre("case-5\n  escalation.first_response: - -> level 2 to head"));
}

TEST(WhatIf, ACaseClosesWhenItsWindowIsOver) {
  Told told;
  told.registered().assigned().tell(StartWork{}).tell(ResolveCase{ResolutionCode::repaired, {}}).at(days{4});
  auto other = plain_policy();
  other.closing.confirmation_window = days{5};
  EXPECT_THAT(counts_of(told.what_if(other).totals), ElementsAre("closing auto_timeout 1 -> 0"));
}

TEST(WhatIf, AFactThatIsRefusedIsListedAndNothingOfAClosedCaseIsCountedTwice) {
  Told told;
  told.registered().assigned().tell(StartWork{}).tell(ResolveCase{ResolutionCode::repaired, {}});
  told.at(days{2}).tell(AcceptResolution{Channel::phone}).at(days{4});
  auto other = plain_policy();
  other.closing.confirmation_window = days{1};
  const auto asked = told.what_if(other);
  EXPECT_THAT(counts_of(asked.totals),
              ElementsAre("closing auto_timeout 0 -> 1", "closing customer_confirmed 1 -> 0",
                          "refused case_closed 0 -> 1"));
}

RequestHandoff to_tech() {
  return {HandoffKind::department,
          Party{DepartmentId{"tech"}, {}},
          HandoffReason::skill_needed,
          {},
          HandoffNote{"Wang", "phone", "no power", "a repair", "test the unit", "on the bench"}};
}

TEST(WhatIf, ARulingIsAskedForEarlier) {
  Told told;
  told.registered().assigned().tell(to_tech()).by("zhao", "tech");
  told.tell(ReturnHandoff{HandoffId{"h1"}, ReturnReason::not_our_duty, DutyId{"talk"}, {}});
  told.by("li.wei", "cs").tell(to_tech()).by("zhao", "tech");
  told.tell(ReturnHandoff{HandoffId{"h2"}, ReturnReason::not_our_duty, DutyId{"talk"}, {}});
  auto other = plain_policy();
  other.handoff.bounce_limit = 1;
  const auto asked = told.what_if(other);
  // The second return is refused, and kept as it happened.
  EXPECT_THAT(counts_of(asked.totals),
              UnorderedElementsAre("handoff.return takes a ruling 1 -> 2", "handoff.return may go on 1 -> 0",
                                   "refused bounce_limit 0 -> 1"));
}

/// Takes the commands of an import as the engine does.
class IntoHappened final : public imports::CommandSink {
 public:
  explicit IntoHappened(Happened& happened) : happened_(happened) {}

  std::expected<void, std::string> send(Message command, OnAnswer on_answer) override {
    const BorrowedMessage borrowed(command);
    auto view = borrowed.view();
    view.timestamp = kMonday;
    const auto envelope = read_command(view);
    if (!envelope) return std::unexpected(envelope.error().sentence());
    const auto refused = happened_.take(*envelope);
    on_answer({refused.empty() ? imports::Taken::added : imports::Taken::refused, "", refused});
    return {};
  }
  std::expected<void, std::string> finish() override { return {}; }

 private:
  Happened& happened_;
};

TEST(WhatIf, ImportedFactsAreNobodysDecisionHere) {
  const std::filesystem::path root(CASETRAIL_REPOSITORY);
  Happened happened(example_policy());
  IntoHappened sink(happened);
  const auto report = imports::import_csv({.file = root / "tests/workers/import/samples/incidents.csv",
                                           .mapping = root / "deploy/mappings/servicenow-incidents.yaml",
                                           .now = kMonday,
                                           .on_progress = {}},
                                          sink);
  ASSERT_EQ(happened.events().size(), 3U) << report.problem.value_or("");
  auto other = example_policy();
  other.sla = plain_policy().sla;
  for (const auto& policy : {example_policy(), other}) {
    const auto asked = ask(happened, example_policy(), policy, kMonday + days{30});
    EXPECT_THAT(asked.changes, IsEmpty());
    EXPECT_EQ(asked.totals.cases, static_cast<std::int64_t>(happened.events().size()));
    EXPECT_GE(asked.totals.imported, asked.totals.cases);
    EXPECT_EQ(asked.totals.decided + asked.totals.taken_over, 0);
  }
}

/// As an engine that was away records them: commands, while timers that are due wait.
std::vector<CaseEvent> decided_before_timers(const std::vector<CommandEnvelope>& commands) {
  const auto policy = plain_policy();
  CaseState state;
  std::vector<CaseEvent> events;
  for (const auto& envelope : commands) {
    const auto decision = decide(state, envelope, envelope.occurred_at, policy);
    for (const auto& event : *decision) {
      CaseEvent record;
      record.case_id = envelope.case_id;
      record.seq = state.seq + 1;
      record.occurred_at = record.recorded_at = envelope.occurred_at;
      record.actor = envelope.actor;
      record.command_id = envelope.id;
      record.event = event;
      evolve(state, record);
      events.push_back(std::move(record));
    }
  }
  return events;
}

TEST(WhatIf, ATimerThatWasLateIsLateAgain) {
  Told told;
  told.registered().assigned().at(hours{5}).tell(SendMessage{Channel::phone, {"we look into it"}});
  const auto policy = plain_policy();
  WhatIf question([&](std::int32_t) -> const Policy& { return policy; }, policy);
  EXPECT_FALSE(question.take(decided_before_timers(told.commands()), kMonday + hours{6}));
  EXPECT_EQ(question.totals().decided, 6);
}

TEST(WhatIf, ADecisionThatIsNotMadeAgainIsTakenOverAsItHappened) {
  auto then = plain_policy();
  for (auto& rules : then.sla) rules.first_response = hours{3};
  const auto asked = ThreeAnswers().what_if(then, then);
  EXPECT_THAT(asked.changes, IsEmpty());
  EXPECT_GT(asked.totals.taken_over, 0);
}

}  // namespace
}  // namespace casetrail::whatif
