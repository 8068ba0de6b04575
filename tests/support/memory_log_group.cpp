// The scripted log's consumer groups.
#include <algorithm>
#include <cassert>

#include "tests/support/memory_log_state.h"

namespace casetrail {

namespace {

class MemoryMembership final : public log::Membership {
 public:
  MemoryMembership(MemoryLog::State& state, std::string group, std::string name)
      : state_(state), group_(std::move(group)), name_(std::move(name)), instance_(member().instance) {
    refresh();
  }

  ~MemoryMembership() override {
    if (Member* mine = current()) {
      mine->instance = 0;
      mine->standing.reset();
      state_.groups.at(group_).settle();
    }
  }

  log::LogResult<std::optional<Change>> poll(Duration /*wait*/) override {
    if (auto ok = state_.scripted(MemoryLog::Call::poll); !ok) return std::unexpected(ok.error());
    Member& mine = member();
    if (mine.instance != instance_ && mine.instance != 0) {
      return std::unexpected(
          log::LogError{log::LogFailure::fenced, "Another process joined as this member; stop this one."});
    }
    const bool moving = mine.standing && mine.standing->kind != ChangeKind::assigned;
    if (!moving) refresh();
    return mine.standing;
  }

  void acknowledge(const Change& change) override {
    Member& mine = member();
    if (!mine.standing || mine.standing->kind != change.kind) return;
    mine.standing.reset();
    if (change.kind == ChangeKind::assigned) return;
    mine.owned.clear();
    if (change.kind == ChangeKind::lost) instance_ = mine.instance = ++state_.last_instance;
    state_.groups.at(group_).settle();
  }

  log::LogResult<void> rejoin() override {
    Group& group = state_.groups.at(group_);
    if (group.plan) return {};  // it is deciding already
    MemoryLog::Plan plan;
    for (const auto& [name, member] : group.members) plan[name] = member.owned;
    group.hand_out(std::move(plan));
    return {};
  }

  std::shared_ptr<const log::Generation> generation() const override { return generation_; }

  log::LogResult<std::optional<log::Offset>> committed(log::Partition partition) override {
    if (auto ok = state_.scripted(MemoryLog::Call::committed); !ok) return std::unexpected(ok.error());
    if (group_ == log::kCommandGroup && state_.pending(partition)) {
      return std::unexpected(
          log::LogError{log::LogFailure::unavailable, "A transaction is open; fence the partition."});
    }
    const auto& offsets = state_.groups.at(group_).offsets;
    const auto it = offsets.find(partition);
    return it == offsets.end() ? std::nullopt : std::optional(it->second);
  }

  log::LogResult<void> commit(std::span<const Position> positions) override {
    if (auto ok = state_.scripted(MemoryLog::Call::commit_positions); !ok) return ok;
    if (!generation_->stands(state_)) {
      return std::unexpected(
          log::LogError{log::LogFailure::fenced, "The group has moved on; drop the partitions."});
    }
    for (const auto& [partition, next] : positions) state_.groups.at(group_).offsets[partition] = next;
    return {};
  }

 private:
  Member& member() const { return state_.groups.at(group_).members.at(name_); }
  Member* current() const { return member().instance == instance_ ? &member() : nullptr; }

  void refresh() {
    generation_ =
        std::make_shared<MemoryGeneration>(group_, name_, instance_, state_.groups.at(group_).generation);
  }

  MemoryLog::State& state_;
  std::string group_;
  std::string name_;
  std::uint64_t instance_;
  std::shared_ptr<const MemoryGeneration> generation_;
};

}  // namespace

void Group::settle() {
  if (!plan) return;
  for (const auto& [name, member] : members) {
    if (member.instance != 0 && member.standing &&
        member.standing->kind == log::Membership::ChangeKind::revoked)
      return;
  }
  ++generation;
  for (auto& [name, member] : members) {
    const auto it = plan->find(name);
    if (member.instance == 0) {
      if (!member.standing) member.owned.clear();
      continue;
    }
    member.owned = it == plan->end() ? std::vector<log::Partition>{} : it->second;
    if (!member.owned.empty()) member.standing = {log::Membership::ChangeKind::assigned, member.owned};
  }
  plan.reset();
}

void Group::hand_out(MemoryLog::Plan next) {
  plan = std::move(next);
  for (auto& [name, member] : members) {
    if (member.instance == 0 || member.owned.empty()) continue;
    member.standing = {log::Membership::ChangeKind::revoked, member.owned};
  }
  settle();
}

bool MemoryGeneration::stands(const MemoryLog::State& state) const {
  const auto group = state.groups.find(group_);
  if (group == state.groups.end() || group->second.generation != number_) return false;
  const auto member = group->second.members.find(member_);
  return member != group->second.members.end() && member->second.instance == instance_;
}

std::unique_ptr<log::Membership> make_membership(MemoryLog::State& state, const std::string& group,
                                                 const std::string& member) {
  return std::make_unique<MemoryMembership>(state, group, member);
}

log::LogResult<std::unique_ptr<log::Membership>> MemoryLog::join(const std::string& group, log::Topic topic,
                                                                 const std::optional<std::string>& name) {
  if (state_->topics.empty()) {
    return std::unexpected(log::LogError{log::LogFailure::refused, "The topics are missing; create them."});
  }
  const auto [it, first] = state_->groups.try_emplace(group);
  Group& joined = it->second;
  joined.topic = topic;
  const auto member = name.value_or("");
  const bool alone = joined.members.empty();
  Member& mine = joined.members[member];
  mine.instance = ++state_->last_instance;
  if (alone) {
    ++joined.generation;
    for (log::Partition p = 0; p < static_cast<log::Partition>(state_->topics[topic].size()); ++p)
      mine.owned.push_back(p);
  }
  mine.standing.reset();
  if (!mine.owned.empty()) mine.standing = {log::Membership::ChangeKind::assigned, mine.owned};
  joined.settle();
  return make_membership(*state_, group, member);
}

log::LogResult<std::vector<log::GroupReport>> MemoryLog::groups() {
  std::vector<log::GroupReport> reports;
  for (const auto& [name, group] : state_->groups) {
    const auto members =
        std::ranges::count_if(group.members, [](const auto& member) { return member.second.instance != 0; });
    if (members > 0 || !group.offsets.empty()) reports.push_back({name, static_cast<std::size_t>(members)});
  }
  return reports;
}

log::LogResult<void> MemoryLog::forget_group(const std::string& group, log::Topic /*topic*/) {
  const auto forgotten = state_->groups.find(group);
  if (forgotten == state_->groups.end()) return {};
  for (const auto& [name, member] : forgotten->second.members) {
    if (member.instance == 0) continue;
    return std::unexpected(
        log::LogError{log::LogFailure::unavailable, "The group has members; forget it when they have left."});
  }
  forgotten->second.offsets.clear();
  return {};
}

void MemoryLog::rebalance(const std::string& group, Plan plan) {
  state_->groups.at(group).hand_out(std::move(plan));
}

void MemoryLog::expel(const std::string& group, const std::string& member) {
  Member& gone = state_->groups.at(group).members.at(member);
  gone.instance = 0;
  gone.standing = {log::Membership::ChangeKind::lost, gone.owned};
  state_->groups.at(group).settle();
}

bool MemoryLog::has_member(const std::string& group, const std::string& member) const {
  const auto found = state_->groups.find(group);
  if (found == state_->groups.end()) return false;
  const auto of_name = found->second.members.find(member);
  return of_name != found->second.members.end() && of_name->second.instance != 0;
}

}  // namespace casetrail
