// The part of the oracle that must look while things happen: what the nodes say of themselves.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/complaint.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/node.h"

namespace casetrail::simulation {

/// A group's offset is never beyond what its views hold, a token that counts as seen is seen, a rebuild is
/// equal to what it takes the place of, and events are recorded by the clocks that a process began with.
class Watch {
 public:
  /// A process begins: what its groups have now is of its forerunner.
  void begin(Node& node, MemoryLog& log);

  /// Nodes that are down, or in the middle of something, are passed over.
  void look(const std::vector<std::unique_ptr<Node>>& nodes, MemoryLog& log, Timestamp now, Complaints& into);

 private:
  struct Promise {
    std::string case_id;
    std::int64_t last_seq;
    std::string token;
  };

  /// How far the clocks that time may be taken from are ahead of the world's.
  struct Clocks {
    Duration slowest{0};
    Duration fastest{0};
  };

  void hear(MemoryLog& log);
  void check_times(const std::vector<std::unique_ptr<Node>>& nodes, MemoryLog& log, Timestamp now,
                   Complaints& into);
  void check_groups(Node& node, MemoryLog& log, Complaints& into) const;
  void check_tokens(Node& node, Complaints& into) const;
  static void check_rebuilds(const Node& node, Complaints& into);

  std::map<std::pair<std::string, log::Partition>, log::Offset> inherited_;  ///< by group
  std::map<log::Partition, log::Offset> heard_;
  std::vector<Promise> promises_;
  std::map<log::Partition, log::Offset> timed_;
  std::map<log::Partition, Timestamp> times_;  ///< of the last event
  Clocks clocks_;                              ///< since nothing was under way
  Timestamp at_rest_{};                        ///< the last look at which nothing was
};

}  // namespace casetrail::simulation
