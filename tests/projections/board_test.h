// Folds events into a view and reads its board, as the projection tests need it.
#pragma once

#include <gtest/gtest.h>
#include <simdjson.h>

#include <memory>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "projections/boards.h"
#include "projections/kit/view.h"
#include "tests/support/events_of.h"
#include "tests/support/map_rows.h"

namespace casetrail {

inline MapRows fold(std::string_view view, const std::vector<CaseEvent>& events) {
  MapRows rows;
  const auto fold = find_view(view)->open(rows);
  for (const auto& event : events) fold->apply(event);
  rows.take(*fold);
  return rows;
}

/// The board of one partition as JSON.
inline std::string board(std::string_view view, const MapRows& rows,
                         const kit::BoardQuery& query = {.now = kMonday}) {
  const kit::Rows* partition = &rows;
  const auto json = find_view(view)->render({&partition, 1}, query);
  EXPECT_TRUE(json) << (json ? "" : json.error());
  return json.value_or("");
}

inline std::string board(std::string_view view, const EventsOf& events,
                         const kit::BoardQuery& query = {.now = kMonday}) {
  return board(view, fold(view, events.events()), query);
}

/// The JSON at a pointer such as `/rows/0/state`; `missing` when there is none.
inline std::string at(const std::string& json, std::string_view pointer) {
  simdjson::dom::parser parser;
  simdjson::dom::element found;
  if (parser.parse(json).at_pointer(pointer).get(found)) return "missing";
  return simdjson::minify(found);
}

}  // namespace casetrail
