// The frames that every stream of the API has, beside its own.
#pragma once

#include <memory>
#include <string>

#include "workers/api/positions.h"
#include "workers/http/exchange.h"
#include "workers/http/stream.h"

namespace casetrail::api {

/// An answer that goes on with server-sent events.
[[nodiscard]] http::HttpResponse event_stream(std::shared_ptr<http::AnswerStream> stream);

/// A client cannot go on from where it was: why, in a sentence.
[[nodiscard]] http::Frame resync_frame(const std::string& why);
/// Where the source stands, for a client that stands at `id` when it has missed nothing.
[[nodiscard]] http::Frame position_frame(const std::string& id, const Positions& positions);

}  // namespace casetrail::api
