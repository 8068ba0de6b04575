// Names and badges, handed out in order.
#include "workers/simulate/cast.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace casetrail::simulate {
namespace {

constexpr std::array<std::string_view, 12> kFamilies{"wang", "li",  "zhang", "liu",   "chen",  "yang",
                                                     "zhao", "sun", "clark", "meyer", "rossi", "patel"};
constexpr std::array<std::string_view, 8> kGiven{"lei", "na", "jie", "min", "tao", "anna", "ben", "eva"};
constexpr std::size_t kAgentsPerTeam = 8;
constexpr std::size_t kReviewers = 3;

class Register {
 public:
  explicit Register(Random& random) : offset_(random.below(kFamilies.size() * kGiven.size())) {}

  /// A name is not given twice before all are given.
  Colleague next() {
    const auto index = (offset_ + count_ * 29) % (kFamilies.size() * kGiven.size());
    const auto round = count_ / (kFamilies.size() * kGiven.size());
    ++count_;
    auto name = fmt::format("{}.{}", kFamilies[index % kFamilies.size()], kGiven[index / kFamilies.size()]);
    if (round > 0) name += std::to_string(round + 1);
    return {.id = {std::move(name)}, .badge_no = fmt::format("B{:04}", 1000 + 7 * count_)};
  }

 private:
  std::size_t offset_;
  std::size_t count_ = 0;
};

}  // namespace

Cast::Cast(const Policy& policy, Random& random) {
  Register people(random);
  const auto hire = [&](DepartmentId department, std::vector<DutyId> duties) {
    auto& team = teams_.emplace_back(Team{std::move(department), std::move(duties), {}, people.next()});
    for (std::size_t i = 0; i < kAgentsPerTeam; ++i) team.agents.push_back(people.next());
  };
  for (const auto& department : policy.departments) hire(department.id, department.duties);
  if (teams_.empty()) hire({"service"}, {{"answer_customers"}});
  for (std::size_t i = 0; i < kReviewers; ++i) reviewers_.push_back(people.next());
}

const Team& Cast::team_of(const DepartmentId& department) const {
  const auto found = std::ranges::find(teams_, department, &Team::department);
  return found == teams_.end() ? teams_.front() : *found;
}

const Team& Cast::team_for(const Policy& policy, const std::string& category) const {
  const auto* route = policy.find_route(category);
  return route == nullptr ? teams_.front() : team_of(route->to);
}

const Team& Cast::another(const DepartmentId& department, Random& random) const {
  if (teams_.size() == 1) return teams_.front();
  const auto* team = &random.pick(teams_);
  while (team->department == department) team = &random.pick(teams_);
  return *team;
}

Cast::Position Cast::find(const AgentId& id) const {
  const auto among = [&](const std::vector<Colleague>& people) {
    const auto found = std::ranges::find(people, id, &Colleague::id);
    return found == people.end() ? nullptr : &*found;
  };
  for (const auto& team : teams_) {
    if (const auto* colleague = team.lead.id == id ? &team.lead : among(team.agents))
      return {.team = &team, .colleague = colleague};
  }
  return {.team = nullptr, .colleague = among(reviewers_)};
}

const Colleague& Cast::second_reviewer(const AgentId& id) const {
  return *std::ranges::find_if(reviewers_, [&](const Colleague& reviewer) { return reviewer.id != id; });
}

}  // namespace casetrail::simulate
