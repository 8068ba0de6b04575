// The commands of an ordinary desk, without end: cases are registered, worked on, handed over and closed.
#pragma once

#include <cstddef>
#include <string>

#include "aggregates/case/command.h"

namespace casetrail::bench {

/// Command `number` is the same in every run of one name but for its time. Taken in the order of their
/// numbers, every one of them is accepted by the built-in policy.
class DeskLoad {
 public:
  /// `open_cases` are worked on at a time, in turn; when they are closed, as many new ones begin.
  DeskLoad(std::string run, std::size_t open_cases) : run_(std::move(run)), open_cases_(open_cases) {}

  /// How many commands a case takes from its registration to its end.
  static constexpr std::size_t kSteps = 15;

  [[nodiscard]] CommandEnvelope command(std::size_t number, Timestamp at) const;

  /// The number in the id of one of its commands.
  [[nodiscard]] static std::size_t number_of(std::string_view command_id);

 private:
  std::string run_;
  std::size_t open_cases_;
};

}  // namespace casetrail::bench
