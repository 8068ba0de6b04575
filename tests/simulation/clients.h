// Whoever sends to the engine: commands that make sense and others, repeats, and rubbish.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "aggregates/case/state.h"
#include "tests/simulation/dice.h"
#include "tests/support/memory_log.h"

namespace casetrail::simulation {

/// A few cases only, and coarse times, so that conflicts and ties occur. Each call says what it did.
class Clients {
 public:
  explicit Clients(MemoryLog& log) : log_(log) {}

  /// `number` makes a new command id.
  std::string send(Dice& dice, int number, Timestamp now);
  /// The next steps of a story in which every type of command is accepted, if all goes well.
  std::string go_on_with_story(Dice& dice, Timestamp now);
  std::string resend(Dice& dice, Timestamp now);
  std::string send_garbage(Dice& dice, int number, Timestamp now);

 private:
  struct Sent {
    std::string id;
    log::Partition partition;
    Message message;
  };

  void look();
  std::string append(Sent sent);

  MemoryLog& log_;
  std::vector<Sent> sent_;
  std::size_t told_ = 0;  ///< steps of the story
  std::map<log::Partition, log::Offset> seen_;
  std::map<std::string, CaseState> cases_;  ///< as of the events that are committed
};

}  // namespace casetrail::simulation
