// One rule for each way in which a record does not continue the chain.
#include "workers/evidence/chain_check.h"

#include <fmt/format.h>

#include <utility>

namespace casetrail::evidence {

void ChainCheck::note(log::Offset offset, std::string what) {
  ++broken_;
  if (breaks_.size() < kMostBreaks) breaks_.push_back({offset, std::move(what)});
}

void ChainCheck::take(log::Offset offset, const MessageView& record) {
  if (!is_ours(record)) return;
  const auto link = link_of(record);
  if (!link && !record.header(kLinkHeader)) {
    if (head_.number == 0)
      ++before_;
    else if (!std::exchange(unlinked_, true))
      note(offset, "it has no link: it was put in, or written by a casetrail that made none");
    return;
  }
  ++linked_;
  const bool begins_anew = std::exchange(unlinked_, false) && link == next_link({}, record);
  if (begins_anew || link == next_link(head_, record)) {
    head_ = *link;
  } else if (!link) {
    note(offset, "its link was changed");
    ++head_.number;
  } else if (link->number <= head_.number) {
    note(offset, fmt::format("it was put in: its number {} was there before", link->number));
  } else if (link->number > head_.number + 1) {
    note(offset, fmt::format("the {} records before it are missing: behind number {} comes {}",
                             link->number - head_.number - 1, head_.number, link->number));
    head_ = *link;
  } else {
    note(offset, "it was changed, or its link was made anew");
    head_ = *link;
  }
  if (link == head_ && head_.number == kept_.number && head_ != kept_)
    note(offset, fmt::format("the chain up to number {} is not the one that was kept: it was made anew",
                             kept_.number));
}

void ChainCheck::finish(log::Offset end) {
  if (head_.number >= kept_.number) return;
  note(end, fmt::format("the end is missing: the chain was at number {} once, and ends at {}", kept_.number,
                        head_.number));
}

}  // namespace casetrail::evidence
