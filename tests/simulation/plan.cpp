// Which acts, how often.
#include "tests/simulation/plan.h"

#include "tests/simulation/dice.h"

namespace casetrail::simulation {
namespace {

constexpr std::size_t kFewestActs = 24;
constexpr std::size_t kMoreActs = 24;

struct Share {
  ActKind kind;
  std::size_t weight;
};

/// In every plan.
constexpr std::array kAlways{Share{ActKind::send, 40}, Share{ActKind::story, 6}, Share{ActKind::resend, 6},
                             Share{ActKind::work, 14}, Share{ActKind::time, 8}};

/// In half of the plans each.
constexpr std::array kSometimes{
    Share{ActKind::garbage, 5},        Share{ActKind::clock, 4},        Share{ActKind::policy, 2},
    Share{ActKind::foreign_record, 2}, Share{ActKind::foreign_open, 3}, Share{ActKind::foreign_end, 3},
    Share{ActKind::commit_fault, 8},   Share{ActKind::append_fault, 4}, Share{ActKind::failing_call, 6},
    Share{ActKind::short_reads, 2},    Share{ActKind::store_fault, 5},  Share{ActKind::late_records, 2},
    Share{ActKind::kill, 6},           Share{ActKind::start, 6},        Share{ActKind::stop, 2},
    Share{ActKind::pause, 4},          Share{ActKind::wake, 4},         Share{ActKind::interruption, 6},
    Share{ActKind::rebalance, 4},      Share{ActKind::rebuild, 4}};

/// Ends the partition that it hits, so it is in few plans.
constexpr std::size_t kPlansPerNewerRecord = 25;

}  // namespace

Plan make_plan(std::uint64_t seed) {
  Dice dice(seed);
  std::vector<Share> shares(kAlways.begin(), kAlways.end());
  for (const auto& share : kSometimes) {
    if (dice.one_in(2)) shares.push_back(share);
  }
  if (dice.one_in(kPlansPerNewerRecord)) shares.push_back({ActKind::newer_record, 4});
  std::vector<ActKind> urn;
  for (const auto& share : shares) urn.insert(urn.end(), share.weight, share.kind);

  Plan plan;
  const auto acts = kFewestActs + dice.below(kMoreActs);
  for (std::size_t i = 0; i < acts; ++i) {
    plan.push_back({static_cast<int>(i), urn[dice.below(urn.size())], dice.generator()()});
  }
  return plan;
}

}  // namespace casetrail::simulation
