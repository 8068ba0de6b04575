// Goes on at the end of the topic where it stopped before.
#include "workers/node/published_policies.h"

#include <utility>

#include "events/wire/quarantine.h"

namespace casetrail::node {

log::LogResult<std::shared_ptr<const PolicyVersions>> PublishedPolicies::read() {
  const std::scoped_lock lock(mutex_);
  std::shared_ptr<PolicyVersions> more;
  const auto read = tail_.read_on([&](std::int32_t version, const MessageView& message) {
    if (is_quarantine(message)) return;
    auto policy = parse_policy(message.value);
    if (!policy) return;  // whoever decides tells of it
    if (!more) more = std::make_shared<PolicyVersions>(*all_);
    more->add(version, message.timestamp, *std::move(policy));
  });
  if (more) all_ = std::move(more);
  if (!read) return std::unexpected(read.error());
  return all_;
}

}  // namespace casetrail::node
