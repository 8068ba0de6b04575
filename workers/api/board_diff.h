// What became of a board between two moments: rows that came, that went, and that say something else.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"
#include "projections/kit/view.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

/// The moment that the parameter `name` says, past by some seconds; else a sentence.
[[nodiscard]] std::expected<Timestamp, std::string> settled_moment(std::string_view name,
                                                                   const std::string& text, Timestamp now);

struct BoardSpan {
  Timestamp from{};
  std::optional<Timestamp> to;  ///< absent: the board as it stands
};

/// `from` and `to` of a query; an error is a sentence.
[[nodiscard]] std::expected<BoardSpan, std::string> board_span(
    const std::multimap<std::string, std::string>& query, Timestamp now);

/// Of the rows that the filters of `query` let pass at either moment, `query.limit` of those that differ; its
/// counts are of all. What only goes by the clock (ages, time left) is left aside. 503 `being_made` while a
/// board is made. Asks the log, which has the commands and the policies of both moments.
[[nodiscard]] http::HttpResponse board_diff_answer(const std::string& view, const BoardSpan& span,
                                                   const kit::BoardQuery& query, ViewDesk& desk,
                                                   log::EventLog& log);

[[nodiscard]] std::string board_diff_schema();

}  // namespace casetrail::api
