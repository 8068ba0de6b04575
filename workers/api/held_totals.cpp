// The answer says what its columns are called, so that whoever shows it need not know them.
#include "workers/api/held_totals.h"

#include <cereal/cereal.hpp>
#include <cstdint>
#include <vector>

#include "events/wire/csv_line.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/history/held_board.h"
#include "projections/history/held_totals.h"
#include "workers/api/api_answers.h"
#include "workers/api/board_shapes.h"
#include "workers/api/case_answer.h"

namespace casetrail::api {
namespace {

/// What of the view's answer is passed on.
struct HeldOfAll {
  std::int64_t cases = 0;
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;
  std::vector<history::HolderTotal> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cases), CEREAL_NVP(elapsed_ms), CEREAL_NVP(business_ms), CEREAL_NVP(rows));
  }
};

struct HeldTotalsAnswer {
  HeldOfAll held;
  std::vector<RawJson> members;

  template <class Archive>
  void serialize(Archive& archive) {
    held.serialize(archive);
    archive(CEREAL_NVP(members));
  }
};

std::string csv_of(const HeldOfAll& held) {
  std::string out;
  append_csv({"department", "agent", "cases", "elapsed_ms", "business_ms"}, out);
  for (const auto& one : held.rows)
    append_csv({one.department.value_or(""), one.agent.value_or(""), std::to_string(one.cases),
                std::to_string(one.elapsed_ms), std::to_string(one.business_ms)},
               out);
  return out;
}

}  // namespace

http::HttpResponse held_totals_answer(DeskAnswer history, HeldForm form) {
  if (!history) return answer_of(std::move(history));
  HeldTotalsAnswer answer;
  if (const auto error = from_json(*history, answer.held)) return unreadable_history(error->sentence());
  if (form == HeldForm::csv)
    return {.status = 200, .content_type = std::string(kCsvType), .body = csv_of(answer.held)};
  answer.members = member_documents(history::holder_members());
  return json_answer(200, to_json(answer));
}

std::string held_totals_schema() { return PublishedSchema::of<HeldTotalsAnswer>(); }

}  // namespace casetrail::api
