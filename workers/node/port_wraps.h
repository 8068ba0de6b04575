// What stands between the engine and its ports: nothing, unless a test puts something there.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "workers/log/event_log.h"
#include "workers/projection/copy_storage.h"
#include "workers/storage/store_home.h"

namespace casetrail::node {

/// Takes a port as `serve` opens it and returns the one that the engine works with. Empty: the same one.
template <class Port>
using PortWrap = std::function<std::unique_ptr<Port>(std::unique_ptr<Port>)>;

struct PortWraps {
  PortWrap<log::EventLog> log;
  PortWrap<storage::StoreHome> command_home;  ///< of each partition
  PortWrap<projection::CopyStorage> copies;   ///< of each projection
};

template <class Port>
[[nodiscard]] std::unique_ptr<Port> wrapped(std::unique_ptr<Port> port, const PortWrap<Port>& wrap) {
  return wrap ? wrap(std::move(port)) : std::move(port);
}

}  // namespace casetrail::node
