// One rule for each way in which a record does not continue the chain.
#include "workers/evidence/chain_check.h"

#include <fmt/format.h>

#include <utility>

namespace casetrail::evidence {

void ChainCheck::note(log::Offset offset, std::string what) {
  if (breaks_.size() < kMostBreaks) breaks_.push_back({offset, std::move(what)});
}

void ChainCheck::take_unlinked(log::Offset offset) {
  if (head_.number == 0) {
    ++before_;
  } else if (head_.number >= kept_.number) {
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
  if (head_.number == kept_.number && head_ != kept_) {
    ++broken_;
    note(offset, fmt::format("the chain up to number {} is not the one that was kept: it was made anew",
                             kept_.number));
  }
}

void ChainCheck::finish(log::Offset end) {
  if (head_.number >= kept_.number) return;
  ++broken_;
  note(end, fmt::format("the end is missing: the chain was at number {} once, and ends at {}", kept_.number,
                        head_.number));
}

}  // namespace casetrail::evidence
