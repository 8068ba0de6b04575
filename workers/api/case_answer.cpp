// Takes from the history what the routes of a case tell.
#include "workers/api/case_answer.h"

#include <cereal/cereal.hpp>
#include <vector>

#include "aggregates/case/state.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/cases/head.h"
#include "projections/history/as_of.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

struct LastEvent {
  Timestamp recorded_at{};
  std::string type;
  std::int32_t policy_version = 0;
  std::string line;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(policy_version), CEREAL_NVP(line));
  }
};

struct StandingCase {
  std::vector<LastEvent> rows;
  RawJson state;
  RawJson head;
  history::Kept kept;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows), CEREAL_NVP(state), CEREAL_NVP(head), CEREAL_NVP(kept));
  }
};

/// What of the state is told beside it.
struct Standing {
  std::int64_t seq = 0;
  CaseStatus status{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(status));
  }
};

struct HistoryTotals {
  std::int64_t events = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events));
  }
};

/// However many rows were asked for.
struct HistoryLength {
  HistoryTotals totals;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(totals));
  }
};

/// What the view writes, for the published schema: a timer's row has no command, so that its id is null.
struct HistoryRow {
  std::int64_t seq = 0;
  Timestamp occurred_at{};
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::int32_t policy_version = 0;
  std::string line;
  RawJson fact;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(occurred_at), CEREAL_NVP(recorded_at), CEREAL_NVP(type),
            CEREAL_NVP(actor), CEREAL_NVP(policy_version), CEREAL_NVP(line), CEREAL_NVP(fact));
  }
};

struct HistoryAnswer {
  CaseId case_id;
  HistoryTotals totals;
  std::vector<HistoryRow> rows;
  std::optional<std::string> next;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("case", case_id), CEREAL_NVP(totals), CEREAL_NVP(rows), CEREAL_NVP(next));
  }
};

/// `State` and `Head` are the JSON that the view keeps, or, for the published schema, what it is made of.
template <class State, class Head>
struct CaseAnswer {
  CaseId case_id;
  std::int64_t seq = 0;
  CaseStatus status{};
  Timestamp last_recorded_at{};
  std::string last_event;
  std::string last_line;
  std::int32_t policy_version = 0;
  std::int64_t newest_seq = 0;
  std::optional<Timestamp> erased_at;  ///< present: why the customer's texts are not there, also of then
  Head head;
  State state;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(status), CEREAL_NVP(last_recorded_at),
            CEREAL_NVP(last_event), CEREAL_NVP(last_line), CEREAL_NVP(policy_version), CEREAL_NVP(newest_seq),
            CEREAL_NVP(erased_at), CEREAL_NVP(head), CEREAL_NVP(state));
  }
};

std::string names_of(const std::string& named, const CaseId& id) {
  return named == id.value ? named : named + " (its id would be " + id.value + ")";
}

}  // namespace

http::HttpResponse no_such_case(const std::string& named, const CaseId& id) {
  return http::problem(
      404, "no_such_case",
      "There is no case " + names_of(named, id) + ". Check how it is spelled, and in which log it lies.");
}

http::HttpResponse unreadable_history(const std::string& sentence) {
  return http::problem(500, "unreadable_history", "Expected a history that can be read, but: " + sentence);
}

http::HttpResponse no_such_moment(const std::string& named, history::MomentFound found,
                                  std::optional<Timestamp> first_recorded_at, const std::string& not_there) {
  if (found == history::MomentFound::not_there)
    return http::problem(404, "no_such_event", "Case " + named + " " + not_there);
  return http::problem(404, "before_first_event",
                       "Case " + named + " was not there yet: its first event was recorded at " +
                           to_wire(first_recorded_at.value_or(Timestamp{})) +
                           ". Ask for a moment from then on.");
}

std::string case_schema() { return PublishedSchema::of<CaseAnswer<CaseState, cases::Head>>(); }
std::string history_schema() { return PublishedSchema::of<HistoryAnswer>(); }

http::HttpResponse case_answer(const std::string& named, const CaseId& id, const std::string& not_there,
                               DeskAnswer history) {
  if (!history) return answer_of(std::move(history));
  StandingCase read;
  if (const auto error = from_json(*history, read)) return unreadable_history(error->sentence());
  if (read.kept.events == 0) return no_such_case(named, id);
  if (read.rows.empty())
    return no_such_moment(named, read.kept.moment, read.kept.first_recorded_at, not_there);
  Standing standing;
  if (const auto error = from_json(read.state.text, standing)) return unreadable_history(error->sentence());
  const auto& last = read.rows.back();
  return json_answer(200, to_json(CaseAnswer<RawJson, RawJson>{.case_id = id,
                                                               .seq = standing.seq,
                                                               .status = standing.status,
                                                               .last_recorded_at = last.recorded_at,
                                                               .last_event = last.type,
                                                               .last_line = last.line,
                                                               .policy_version = last.policy_version,
                                                               .newest_seq = read.kept.last_seq,
                                                               .erased_at = read.kept.erased_at,
                                                               .head = std::move(read.head),
                                                               .state = std::move(read.state)}));
}

std::expected<CaseState, http::HttpResponse> standing_case(const std::string& named, const CaseId& id,
                                                           DeskAnswer history) {
  if (!history) return std::unexpected(answer_of(std::move(history)));
  StandingCase read;
  if (const auto error = from_json(*history, read))
    return std::unexpected(unreadable_history(error->sentence()));
  if (read.rows.empty()) return std::unexpected(no_such_case(named, id));
  CaseState state;
  if (const auto error = from_json(read.state.text, state))
    return std::unexpected(unreadable_history(error->sentence()));
  return state;
}

http::HttpResponse history_answer(const std::string& named, const CaseId& id, DeskAnswer history) {
  if (history) {
    HistoryLength read;
    if (const auto error = from_json(*history, read)) return unreadable_history(error->sentence());
    if (read.totals.events == 0) return no_such_case(named, id);
  }
  return answer_of(std::move(history));
}

}  // namespace casetrail::api
