// The oracle can fail: an engine that breaks a promise is found out.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/simulation/history.h"
#include "tests/support/message_headers.h"
#include "workers/command/case_rows.h"
#include "workers/projection/partition_position.h"

namespace casetrail::simulation {
namespace {

/// Within as many histories each mutant must be found.
constexpr std::uint64_t kHistories = 200;

/// Says yes every `n`th time.
class Every {
 public:
  explicit Every(int n) : n_(n) {}
  bool operator()() { return ++asked_ % n_ == 0; }

 private:
  int n_;
  int asked_ = 0;
};

struct Mutant {
  std::string name;
  std::string rule;  ///< that it breaks
  MakeMutation make;
  Sealing sealing = Sealing::open;
};
void PrintTo(const Mutant& mutant, std::ostream* out) { *out << mutant.name; }

bool is_of(log::Topic topic, const log::Outgoing& record) { return record.topic == topic; }

Mutation loses_an_event() {
  Mutation mutation;
  mutation.records = [now = Every(7)](std::vector<log::Outgoing>& records) mutable {
    const auto event =
        std::ranges::find_if(records, [](const auto& r) { return is_of(log::Topic::events, r); });
    if (event != records.end() && now()) records.erase(event);
  };
  return mutation;
}

Mutation doubles_an_answer() {
  Mutation mutation;
  mutation.records = [now = Every(9)](std::vector<log::Outgoing>& records) mutable {
    if (!records.empty() && records.back().topic == log::Topic::outcomes && now())
      records.push_back(log::Outgoing(records.back()));
  };
  return mutation;
}

Mutation doubles_an_event() {
  Mutation mutation;
  mutation.records = [now = Every(9)](std::vector<log::Outgoing>& records) mutable {
    if (!records.empty() && records.front().topic == log::Topic::events && now())
      records.insert(records.begin(), log::Outgoing(records.front()));
  };
  return mutation;
}

Mutation forgets_a_dead_letter() {
  Mutation mutation;
  mutation.records = [](std::vector<log::Outgoing>& records) {
    std::erase_if(records, [](const auto& record) { return is_of(log::Topic::deadletters, record); });
  };
  return mutation;
}

Mutation forgets_a_key() {
  Mutation mutation;
  mutation.records = [](std::vector<log::Outgoing>& records) {
    std::erase_if(records, [](const auto& record) { return is_of(log::Topic::keys, record); });
  };
  return mutation;
}

Mutation doubles_a_dead_letter() {
  Mutation mutation;
  mutation.records = [](std::vector<log::Outgoing>& records) {
    const auto letter =
        std::ranges::find_if(records, [](const auto& r) { return is_of(log::Topic::deadletters, r); });
    if (letter != records.end()) records.push_back(log::Outgoing(*letter));
  };
  return mutation;
}

/// Changes every record of `topic` before it is sent.
template <class Change>
MakeMutation changes(log::Topic topic, Change change) {
  return [topic, change] {
    Mutation mutation;
    mutation.records = [topic, change](std::vector<log::Outgoing>& records) mutable {
      for (auto& record : records) {
        if (record.topic == topic) change(record.message);
      }
    };
    return mutation;
  };
}

Mutation reverses_a_batch() {
  Mutation mutation;
  mutation.records = [](std::vector<log::Outgoing>& records) { std::ranges::reverse(records); };
  return mutation;
}

Mutation ignores_the_expected_seq() {
  Mutation mutation;
  mutation.hidden_header = "ce_expectedsequence";
  return mutation;
}

Mutation ignores_the_source() {
  Mutation mutation;
  mutation.hidden_header = "ce_source";
  return mutation;
}

Mutation moves_state_before_the_commit() {
  Mutation mutation;
  mutation.answer = [](log::CommitOutcome outcome) {
    return outcome == log::CommitOutcome::aborted ? log::CommitOutcome::committed : outcome;
  };
  return mutation;
}

Mutation takes_an_unknown_commit_for_an_aborted_one() {
  Mutation mutation;
  mutation.retries_unknown = true;
  return mutation;
}

Mutation takes_an_unknown_commit_for_a_committed_one() {
  Mutation mutation;
  mutation.answer = [](log::CommitOutcome outcome) {
    return outcome == log::CommitOutcome::unknown ? log::CommitOutcome::committed : outcome;
  };
  return mutation;
}

Mutation commits_an_input_offset_too_far() {
  Mutation mutation;
  mutation.next_command = [now = Every(9)](log::Offset next) mutable { return now() ? next + 1 : next; };
  return mutation;
}

Mutation commits_no_input_offset() {
  Mutation mutation;
  mutation.next_command = [before = log::Offset{0}](log::Offset next) mutable {
    return std::exchange(before, next);
  };
  return mutation;
}

Mutation skips_a_command() {
  Mutation mutation;
  mutation.skips_record = [now = Every(11)](log::Topic topic) mutable {
    return topic == log::Topic::commands && now();
  };
  return mutation;
}

Mutation skips_an_event() {
  Mutation mutation;
  mutation.skips_record = [now = Every(11)](log::Topic topic) mutable {
    return topic == log::Topic::events && now();
  };
  return mutation;
}

Mutation loses_a_row() {
  Mutation mutation;
  mutation.loses_change = [now = Every(13)](const storage::StoreBatch::Change& change) mutable {
    return change.family >= projection::kFirstViewFamily && now();
  };
  return mutation;
}

Mutation loses_timers() {
  Mutation mutation;
  mutation.loses_change = [](const storage::StoreBatch::Change& change) {
    return change.family == command::family::kTimers && change.value && change.value->empty();
  };
  return mutation;
}

Mutation forgets_command_ids() {
  Mutation mutation;
  mutation.loses_change = [](const storage::StoreBatch::Change& change) {
    return change.family == command::family::kIds && change.key.starts_with('k');
  };
  return mutation;
}

Mutation runs_ahead_of_its_views() {
  Mutation mutation;
  mutation.group_offset = [](log::Offset next) { return next + 1; };
  return mutation;
}

Mutation never_commits_its_views_offset() {
  Mutation mutation;
  mutation.group_offset = [](log::Offset) { return log::Offset{0}; };
  return mutation;
}

class Mutants : public ::testing::TestWithParam<Mutant> {};

TEST_P(Mutants, IsFoundOut) {
  const auto& [name, rule, make, sealing] = GetParam();
  for (std::uint64_t seed = 1; seed <= kHistories; ++seed) {
    const auto history = play(make_plan(seed), make, sealing);
    if (std::ranges::count(history.complaints, rule, &Complaint::rule) == 0) continue;
    std::cout << name << " breaks \"" << rule << "\" in history " << seed << '\n';
    return;
  }
  FAIL() << "Nothing was noticed in " << kHistories << " histories.";
}

const auto kForgetsTheCause =
    changes(log::Topic::events, [](Message& event) { change_header(event, "ce_commandoffset", ""); });
const auto kAnswersAnotherCommand =
    changes(log::Topic::outcomes, [before = std::string()](Message& outcome) mutable {
      auto value = std::exchange(before, outcome.value);
      if (!value.empty()) outcome.value = std::move(value);
    });
const auto kAnswersNobody = changes(
    log::Topic::outcomes, [](Message& outcome) { change_header(outcome, "ce_commandoffset", "4711"); });
const auto kRecordsUnderAnotherKey = changes(log::Topic::events, [](Message& event) { event.key += '?'; });
const auto kTurnsTimeBack = changes(log::Topic::events, [now = Every(3)](Message& event) mutable {
  if (now()) event.timestamp -= std::chrono::hours(5);
});
const auto kRunsAheadOfTheClock = changes(log::Topic::events, [now = Every(3)](Message& event) mutable {
  if (now()) event.timestamp += std::chrono::hours(5);
});

INSTANTIATE_TEST_SUITE_P(
    Engine, Mutants,
    ::testing::Values(
        Mutant{"LosesAnEvent", "events are as answered", loses_an_event},
        Mutant{"DoublesAnEvent", "no gap and no repeat of seq", doubles_an_event},
        Mutant{"LosesAnEventOfACaseThatIsReplayed", "no case is damaged", loses_an_event},
        Mutant{"ForgetsTheCause", "an event has a cause", kForgetsTheCause},
        Mutant{"RecordsUnderAnotherKey", "a case has one partition", kRecordsUnderAnotherKey},
        Mutant{"TurnsTimeBack", "time never goes back", kTurnsTimeBack},
        Mutant{"RunsAheadOfTheClock", "no time is ahead of the clocks", kRunsAheadOfTheClock},
        Mutant{"ReversesABatch", "one writer", reverses_a_batch},
        Mutant{"DoublesAnAnswer", "one answer a command", doubles_an_answer},
        Mutant{"AnswersAnotherCommand", "answer of the command", kAnswersAnotherCommand},
        Mutant{"AnswersNobody", "answer without command", kAnswersNobody},
        Mutant{"ForgetsADeadLetter", "nothing is lost", forgets_a_dead_letter},
        Mutant{"DoublesADeadLetter", "one dead letter a record", doubles_a_dead_letter},
        Mutant{"ForgetsAKey", "what is sealed has its key", forgets_a_key, Sealing::sealed},
        Mutant{"IgnoresTheExpectedSeq", "an expected seq is honoured", ignores_the_expected_seq},
        Mutant{"IgnoresTheSource", "answer of the command", ignores_the_source},
        Mutant{"MovesStateBeforeTheCommit", "nothing is lost", moves_state_before_the_commit},
        Mutant{"TakesAnUnknownCommitForAnAbortedOne", "one answer a command",
               takes_an_unknown_commit_for_an_aborted_one},
        Mutant{"TakesAnUnknownCommitForACommittedOne", "nothing is lost",
               takes_an_unknown_commit_for_a_committed_one},
        Mutant{"CommitsAnInputOffsetTooFar", "nothing is lost", commits_an_input_offset_too_far},
        Mutant{"CommitsNoInputOffset", "the work ends", commits_no_input_offset},
        Mutant{"SkipsACommand", "nothing is lost", skips_a_command},
        Mutant{"SkipsAnEvent", "a token that counts as seen is seen", skips_an_event},
        Mutant{"LosesARow", "boards equal plain loops", loses_a_row},
        Mutant{"LosesARowOfNoTotal", "rows equal one fold from nothing", loses_a_row},
        Mutant{"LosesARowBesideARebuild", "a rebuild is equal", loses_a_row},
        Mutant{"LosesTimers", "the work ends", loses_timers},
        Mutant{"ForgetsCommandIds", "a repeat is answered alike", forgets_command_ids},
        Mutant{"ForgetsIdsThatAreReused", "a reused id is refused", forgets_command_ids},
        Mutant{"RunsAheadOfItsViews", "a group's offset is what its views hold", runs_ahead_of_its_views},
        Mutant{"NeverCommitsItsViewsOffset", "the work ends", never_commits_its_views_offset}),
    [](const auto& mutant) { return mutant.param.name; });

}  // namespace
}  // namespace casetrail::simulation
