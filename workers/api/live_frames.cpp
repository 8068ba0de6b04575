// Their data are JSON objects.
#include "workers/api/live_frames.h"

#include <utility>

#include "events/wire/json_writer.h"

namespace casetrail::api {

http::HttpResponse event_stream(std::shared_ptr<http::AnswerStream> stream) {
  return {.content_type = std::string(http::kEventStreamType),
          .headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}},
          .stream = std::move(stream)};
}

http::Frame resync_frame(const std::string& why) {
  std::string data = "{\"detail\":";
  append_json_string(why, data);
  data += '}';
  return http::event_frame({.name = "resync", .data = data});
}

http::Frame position_frame(const std::string& id, const Positions& positions) {
  std::string data = "{\"positions\":";
  append_json_string(to_text(positions), data);
  data += '}';
  return http::event_frame({.name = "position", .id = id, .data = data});
}

}  // namespace casetrail::api
