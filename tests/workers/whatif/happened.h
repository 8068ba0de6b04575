// What happened by a policy: the events of each case, as the engine would have recorded them.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "aggregates/policy/policy.h"
#include "workers/simulate/rehearsal.h"

namespace casetrail::whatif {

inline const Policy& example_policy() {
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

class Happened {
 public:
  /// `policy` outlives it.
  explicit Happened(const Policy& policy) : policy_(policy) {}

  /// The sentence of a refusal; empty: it was accepted.
  std::string take(const CommandEnvelope& envelope) {
    const auto taken = of(envelope.case_id).take(envelope);
    return taken ? std::string() : taken.error().sentence;
  }
  void advance(Timestamp until) {
    for (auto& [id, one] : cases_) one.advance(until);
  }

  [[nodiscard]] const std::map<CaseId, std::vector<CaseEvent>>& events() const { return events_; }

 private:
  simulate::Rehearsal& of(const CaseId& id) {
    const auto keep = [this, id](CaseEvent record) {
      record.case_id = id;
      events_[id].push_back(std::move(record));
    };
    return cases_.try_emplace(id, policy_, keep).first->second;
  }

  const Policy& policy_;
  std::map<CaseId, simulate::Rehearsal> cases_;
  std::map<CaseId, std::vector<CaseEvent>> events_;
};

}  // namespace casetrail::whatif
