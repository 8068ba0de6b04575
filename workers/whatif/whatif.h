// What another policy would have changed: case by case, and counted.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "workers/whatif/consequences.h"
#include "workers/whatif/courses.h"

namespace casetrail::whatif {

struct ChangedCase {
  CaseId case_id;
  std::optional<std::string> number;  ///< older cases have none
  std::vector<Difference> differences;
  std::vector<RefusedFact> refused;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(number), CEREAL_NVP(differences), CEREAL_NVP(refused));
  }
};

/// How often something came. `refused` has a row for each code.
struct CountOfField {
  std::string field;
  std::string value;
  std::int64_t before = 0;
  std::int64_t after = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(value), CEREAL_NVP(before), CEREAL_NVP(after));
  }
};

struct Totals {
  std::int64_t cases = 0;
  std::int64_t changed = 0;     ///< of the cases
  std::int64_t decided = 0;     ///< decisions that were made again
  std::int64_t taken_over = 0;  ///< that this version does not make again
  std::int64_t imported = 0;    ///< facts from elsewhere
  std::vector<CountOfField> counts;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(changed), CEREAL_NVP(decided), CEREAL_NVP(taken_over),
            CEREAL_NVP(imported), CEREAL_NVP(counts));
  }
};

/// Keeps counts alone, however many cases it is given. One thread.
class WhatIf {
 public:
  /// `policy_of` throws what it likes of a version that it does not have.
  WhatIf(PolicyOf policy_of, Policy other) : policy_of_(std::move(policy_of)), other_(std::move(other)) {}

  /// All events of one case, in their order, of a log that ends at `until`. Nothing when none changes.
  [[nodiscard]] std::optional<ChangedCase> take(std::span<const CaseEvent> events, Timestamp until);

  [[nodiscard]] Totals totals() const;

 private:
  PolicyOf policy_of_;
  Policy other_;
  CommandsAgain commands_;
  Totals totals_;
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> counts_;
};

}  // namespace casetrail::whatif
