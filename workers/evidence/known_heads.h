// The heads that a log's chains are held against: signed ones, and those that somebody kept by hand.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workers/evidence/chain_check.h"
#include "workers/evidence/signed_head.h"

namespace casetrail::evidence {

class KnownHeads {
 public:
  /// With keys, a head counts that one of them signed, and every other one is named. Without, signatures are
  /// not looked at.
  explicit KnownHeads(std::vector<PublicKey> trusted = {}) : trusted_(std::move(trusted)) {}

  /// Lines of signed heads, or of `heads_text`; others are named. An error is a sentence: it has no heads.
  [[nodiscard]] std::expected<void, std::string> take_file(std::string_view text, const std::string& name);

  /// A record of `casetrail.evidence`.
  void take(log::Partition partition, log::Offset offset, const MessageView& record);

  /// That the chain of `partition` stood at `link`, by the word of whoever verified it then.
  void keep(log::Partition partition, Link link);

  [[nodiscard]] std::size_t signed_heads() const { return signed_; }
  /// Whether there is any to hold a chain against, signed or kept.
  [[nodiscard]] bool has_any() const { return !expected_.empty(); }
  [[nodiscard]] bool are_signatures_checked() const { return !trusted_.empty(); }
  /// A sentence each: heads that no trusted key signed, and what is no head where one should be.
  [[nodiscard]] const std::vector<std::string>& false_heads() const { return false_; }

  /// Checks to which the records of a log with so many partitions are to be given, or more where heads are
  /// of others. Of all heads that were taken before.
  [[nodiscard]] std::vector<ChainCheck> checks_for(std::size_t partitions) const;
  /// Of one partition alone.
  [[nodiscard]] ChainCheck check_of(log::Partition partition) const;

 private:
  void take(SignedHead head, const std::string& place);
  /// False: it is no head.
  bool take_line(std::string_view line, const std::string& place);

  std::vector<PublicKey> trusted_;
  std::map<log::Partition, std::vector<ExpectedHead>> expected_;
  std::size_t signed_ = 0;
  std::vector<std::string> false_;
};

/// A line for each partition that has a chain, for who keeps heads by hand: `<partition> <number> <digest>`.
[[nodiscard]] std::string heads_text(const std::vector<ChainCheck>& checks);

}  // namespace casetrail::evidence
