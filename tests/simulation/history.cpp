// Plays, judges, shrinks and prints.
#include "tests/simulation/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>

#include "events/wire/reflect.h"
#include "tests/simulation/board_audit.h"
#include "tests/simulation/bookkeeping.h"
#include "tests/simulation/world.h"

namespace casetrail::simulation {
namespace {

/// More complaints about one history say nothing new.
constexpr std::size_t kComplaintsPrinted = 12;

void append(Complaints& to, Complaints from) { std::ranges::move(from, std::back_inserter(to)); }

void live_through(World& world, const Plan& plan, Complaints& complaints) {
  try {
    for (const auto& act : plan) world.perform(act);
    world.settle();
  } catch (const std::exception& error) {
    complaints.push_back({"the engine goes on", error.what()});
  }
}

void take_stock(const World& world, const std::vector<PartitionLedger>& ledgers, History& history) {
  auto& seen = history.seen;
  for (const auto& ledger : ledgers) {
    for (const auto& event : ledger.events) ++seen[event.type];
    for (const auto& answer : ledger.answers) ++seen[answer.outcome.code.value_or("accepted")];
    seen["dead letter"] += ledger.letters.size();
  }
  for (const auto& node : world.nodes()) {
    const auto& metrics = node->metrics();
    seen["answered again"] += metrics.repeated.value();
    seen["timer fired"] += metrics.timers_fired.value();
    seen["aborted commit"] += metrics.aborts.value();
    seen["unknown commit"] += metrics.unknown_commits.value();
    seen["fenced commit"] += metrics.fenced_commits.value();
    for (std::size_t reason = 0; reason < metrics.snapshot_fallbacks.size(); ++reason) {
      seen[fmt::format("store discarded: {}", name_of(static_cast<storage::DiscardReason>(reason)))] +=
          metrics.snapshot_fallbacks[reason].value();
    }
  }
  for (const auto& [what, times] : world.happened()) seen[what] += times;
}

bool breaks(const Plan& plan, const std::string& rule, const MakeMutation& make_mutation, Sealing sealing) {
  const auto history = play(plan, make_mutation, sealing);
  return std::ranges::any_of(history.complaints,
                             [&](const Complaint& complaint) { return complaint.rule == rule; });
}

Plan without(const Plan& plan, std::size_t first, std::size_t count) {
  Plan rest(plan.begin(), plan.begin() + static_cast<std::ptrdiff_t>(first));
  const auto last = std::min(first + count, plan.size());
  rest.insert(rest.end(), plan.begin() + static_cast<std::ptrdiff_t>(last), plan.end());
  return rest;
}

}  // namespace

History play(const Plan& plan, const MakeMutation& make_mutation, Sealing sealing) {
  History history;
  World world(make_mutation(), sealing);
  live_through(world, plan, history.complaints);
  append(history.complaints, world.complaints());
  const auto open_log = world.open_log();
  const auto ledgers = read_ledger(world.log(), *open_log);
  take_stock(world, ledgers, history);
  append(history.complaints, check_bookkeeping(ledgers));
  append(history.complaints, check_keys(world.log()));
  // Boards that nobody could finish are no news.
  if (history.complaints.empty())
    append(history.complaints, check_boards(world.nodes(), ledgers, world.now()));
  if (!history.complaints.empty()) {
    history.story = fmt::format("{}", fmt::join(world.story(), "\n"));
    history.log = world.log().dump();
  }
  return history;
}

Plan shrink(Plan plan, const MakeMutation& make_mutation, Sealing sealing) {
  const auto first = play(plan, make_mutation, sealing);
  if (first.complaints.empty()) return plan;
  const auto rule = first.complaints.front().rule;
  for (auto count = plan.size(); count > 0; count /= 2) {
    for (std::size_t from = 0; from < plan.size();) {
      auto rest = without(plan, from, count);
      if (breaks(rest, rule, make_mutation, sealing)) {
        plan = std::move(rest);
      } else {
        from += count;
      }
    }
  }
  return plan;
}

std::string report(std::uint64_t seed, const Plan& plan, const History& history) {
  std::string text = fmt::format("Seed {}, shrunk to {} acts:", seed, plan.size());
  for (std::size_t i = 0; i < std::min(history.complaints.size(), kComplaintsPrinted); ++i) {
    text += fmt::format("\n  {}: {}", history.complaints[i].rule, history.complaints[i].what);
  }
  return text + fmt::format(
                    "\nWhat happened:\n{}\nThe log:\n{}"
                    "Again, this one alone: CASETRAIL_SEED={} simulation_test --gtest_filter=*ThisSeed*\n",
                    history.story, history.log, seed);
}

}  // namespace casetrail::simulation
