// One rule for each way in which a record does not continue the chain.
#include "workers/evidence/chain_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casetrail::evidence {
namespace {

std::string word_of(const std::optional<Timestamp>& signed_at) {
  return signed_at ? "signed at " + to_wire(*signed_at) : "kept";
}

}  // namespace

void ChainCheck::expect(std::vector<ExpectedHead> heads) {
  heads_ = std::move(heads);
  std::ranges::stable_sort(heads_, {}, [](const ExpectedHead& head) { return head.link.number; });
  const auto again = std::ranges::unique(heads_);
  heads_.erase(again.begin(), again.end());
  for (const auto& [link, signed_at] : heads_) {
    if (!signed_at) accepted_ = link.number;
  }
}

void ChainCheck::note(log::Offset offset, std::string what) {
  if (breaks_.size() < kMostBreaks) breaks_.push_back({offset, std::move(what)});
}

void ChainCheck::take_unlinked(log::Offset offset) {
  if (head_.number == 0) {
    ++before_;
  } else if (head_.number >= accepted_) {
    ++unlinked_;
    if (!std::exchange(within_unlinked_, true))
      note(offset, "it has no link: it was put in, or written by an older casetrail");
  }
}

void ChainCheck::take(log::Offset offset, const MessageView& record) {
  if (!is_ours(record)) return;
  if (!record.header(kLinkHeader)) return take_unlinked(offset);
  within_unlinked_ = false;
  ++linked_;
  const auto link = link_of(record);
  if (!link) {
    ++broken_;
    is_lost_ = true;
    return note(offset, "its link was changed");
  }
  const bool follows = std::exchange(is_lost_, false) || *link == next_link(head_, record);
  if (!follows) {
    ++broken_;
    if (link->number <= head_.number)
      return note(offset, fmt::format("it was put in: its number {} was there before", link->number));
    const auto missing = link->number - head_.number - 1;
    note(offset, missing > 0 ? fmt::format("{} before it {} missing: behind number {} comes {}",
                                           missing == 1 ? "one record" : fmt::format("{} records", missing),
                                           missing == 1 ? "is" : "are", head_.number, link->number)
                             : "it was changed, or its link was made anew");
  }
  head_ = *link;
  compare_heads(offset);
}

void ChainCheck::compare_heads(log::Offset offset) {
  for (; next_head_ < heads_.size() && heads_[next_head_].link.number <= head_.number; ++next_head_) {
    const auto& [link, signed_at] = heads_[next_head_];
    if (link.number != head_.number) continue;  // it was of a record that is missing, which is told
    if (link == head_) {
      ++met_;
      confirmed_ = link.number;
      within_unmet_ = false;
      continue;
    }
    if (std::exchange(within_unmet_, true)) continue;
    ++broken_;
    note(offset, fmt::format("the chain up to number {} is not the one that was {}: it was made anew behind "
                             "number {}",
                             link.number, word_of(signed_at), confirmed_));
  }
}

void ChainCheck::finish(log::Offset end) {
  if (heads_.empty() || heads_.back().link.number <= head_.number) return;
  ++broken_;
  const auto& [link, signed_at] = heads_.back();
  note(end, fmt::format("the end is missing: the chain was at number {} when it was {}, and ends at {}",
                        link.number, word_of(signed_at), head_.number));
}

}  // namespace casetrail::evidence
