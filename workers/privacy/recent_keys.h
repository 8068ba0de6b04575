// Open keys of the cases that are at work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// Holds at least the last `kHeld` that were used, and at most twice as many.
class RecentKeys {
 public:
  static constexpr std::size_t kHeld = 4096;

  /// Valid until the next call.
  [[nodiscard]] const Secret* find(std::string_view case_id) {
    if (const auto found = young_.find(case_id); found != young_.end()) return &found->second;
    const auto found = old_.find(case_id);
    if (found == old_.end()) return nullptr;
    auto key = std::move(found->second);
    old_.erase(found);
    return put(std::string(case_id), std::move(key));
  }

  const Secret* put(std::string case_id, Secret key) {
    if (young_.size() >= kHeld) old_ = std::exchange(young_, {});
    return &young_.insert_or_assign(std::move(case_id), std::move(key)).first->second;
  }

  void erase(std::string_view case_id) {
    for (auto* keys : {&young_, &old_}) {
      if (const auto found = keys->find(case_id); found != keys->end()) keys->erase(found);
    }
  }

  void clear() {
    young_.clear();
    old_.clear();
  }

 private:
  using Keys = std::map<std::string, Secret, std::less<>>;

  Keys young_;
  Keys old_;
};

}  // namespace casetrail::privacy
