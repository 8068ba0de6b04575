// How a decision asks its guards: each has a name, refuses in its own words, and is noted where somebody asks
// why.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "aggregates/case/trace.h"

namespace casetrail {

/// `Expected to <intent>, but <fact>.`
[[nodiscard]] inline std::unexpected<Rejection> refuse(std::string_view code, std::string_view intent,
                                                       std::string_view fact) {
  std::string sentence("Expected to ");
  sentence.append(intent).append(", but ").append(fact).append(".");
  return std::unexpected(Rejection{std::string(code), std::move(sentence)});
}

/// The answer of a guard: true when it bites.
class Guard {
 public:
  Guard(std::string_view code, bool bites) : code_(code), bites_(bites) {}

  explicit operator bool() const { return bites_; }
  [[nodiscard]] std::unexpected<Rejection> refuse(std::string_view intent, std::string_view fact) const {
    return casetrail::refuse(code_, intent, fact);
  }

 private:
  std::string_view code_;
  bool bites_;
};

/// `trace`: null where nobody asks. `value()` is what it looked at, and called for a trace alone.
template <std::invocable Value>
[[nodiscard]] Guard ask(Trace* trace, std::string_view code, bool bites, const Value& value) {
  if (trace != nullptr) trace->asked({std::string(code), bites, std::string(value())});
  return {code, bites};
}
[[nodiscard]] inline Guard ask(Trace* trace, std::string_view code, bool bites) {
  return ask(trace, code, bites, [] { return std::string_view(); });
}

/// Guards that do not depend on each other: whoever asks why is told the answers of all, where a decision
/// looks for the first that bites.
class Guards {
 public:
  Guards(Trace* trace, std::string_view intent) : trace_(trace), intent_(intent) {}

  /// What was asked already; it counts when no guard before it bites.
  void take(std::optional<Rejection> refusal) {
    if (!first_) first_ = std::move(refusal);
  }
  template <std::invocable Value>
  void ask(std::string_view code, bool bites, std::string_view fact, const Value& value) {
    const auto guard = casetrail::ask(trace_, code, bites, value);
    if (guard && !first_) first_ = guard.refuse(intent_, fact).error();
  }

  /// The refusal of the first that bites; nothing when none does.
  [[nodiscard]] std::optional<Rejection> first() && { return std::move(first_); }

 private:
  Trace* trace_;
  std::string_view intent_;
  std::optional<Rejection> first_;
};

}  // namespace casetrail
