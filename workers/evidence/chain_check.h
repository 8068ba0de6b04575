// Reads the chain of one partition anew and names where it breaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/evidence/chain.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// Where the records are not those that were written, in their order.
struct ChainBreak {
  log::Offset offset;
  std::string what;  ///< a clause: "it was changed, …"
};

/// Where the chain was once, by somebody's word.
struct ExpectedHead {
  Link link;
  std::optional<Timestamp> signed_at = {};  ///< absent: kept by hand, by who accepted all before it

  bool operator==(const ExpectedHead&) const = default;
};

/// Of all records of a partition of the events topic, in their order. Those of a log from before there were
/// links begin without: they are counted, and not checked.
class ChainCheck {
 public:
  /// A partition that is broken everywhere is told so by its first breaks.
  static constexpr std::size_t kMostBreaks = 20;

  /// Heads that are to be met; one that comes again counts once. Before the first record.
  void expect(std::vector<ExpectedHead> heads);

  void take(log::Offset offset, const MessageView& record);

  /// After the last record, which lay before `end`: whether the chain reaches every head.
  void finish(log::Offset end);

  [[nodiscard]] std::int64_t linked() const { return linked_; }  ///< records in the chain
  [[nodiscard]] std::int64_t before_the_chain() const {
    return before_;
  }  ///< records of ours before it began
  /// Records of ours within the chain that have no link: put in, or written by an older casetrail.
  [[nodiscard]] std::int64_t unlinked() const { return unlinked_; }
  [[nodiscard]] std::int64_t heads_met() const { return met_; }
  [[nodiscard]] std::int64_t broken() const { return broken_; }  ///< breaks, those that are not kept too
  [[nodiscard]] const std::vector<ChainBreak>& breaks() const { return breaks_; }
  [[nodiscard]] const Link& head() const { return head_; }

 private:
  void take_unlinked(log::Offset offset);
  void compare_heads(log::Offset offset);
  void note(log::Offset offset, std::string what);

  Link head_;
  std::vector<ExpectedHead> heads_;  ///< in the order of their numbers
  std::size_t next_head_ = 0;
  std::int64_t accepted_ = 0;   ///< the last number of a head that was kept by hand
  std::int64_t confirmed_ = 0;  ///< the last number of a head that was met
  std::int64_t met_ = 0;
  bool within_unmet_ = false;     ///< the last head was not met
  bool is_lost_ = false;          ///< the link before could not be read
  bool within_unlinked_ = false;  ///< the last record of ours had no link
  std::int64_t linked_ = 0;
  std::int64_t before_ = 0;
  std::int64_t unlinked_ = 0;
  std::int64_t broken_ = 0;
  std::vector<ChainBreak> breaks_;
};

}  // namespace casetrail::evidence
