// Reads the rows of the history back into events and lets `evolve` say what they make.
#include "workers/http/case_answer.h"

#include <cereal/cereal.hpp>
#include <vector>

#include "aggregates/decider.h"
#include "events/json_reader.h"
#include "events/json_writer.h"
#include "events/published_schema.h"
#include "workers/http/api_answers.h"
#include "workers/http/problem.h"

namespace casetrail {
namespace {

struct HistoryRow {
  std::int64_t seq = 0;
  Timestamp occurred_at{};
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::string line;
  RawJson fact;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(occurred_at), CEREAL_NVP(recorded_at), CEREAL_NVP(type),
            CEREAL_NVP(actor), CEREAL_NVP(line), CEREAL_NVP(fact));
  }
};

struct History {
  std::vector<HistoryRow> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows));
  }
};

/// However many rows were asked for.
struct HistoryLength {
  struct Totals {
    std::int64_t events = 0;

    template <class Archive>
    void serialize(Archive& archive) {
      archive(CEREAL_NVP(events));
    }
  };
  Totals totals;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(totals));
  }
};

struct CaseAnswer {
  CaseId case_id;
  std::int64_t seq = 0;
  CaseStatus status{};
  Timestamp last_recorded_at{};
  std::string last_event;
  std::string last_line;
  CaseState state;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(status), CEREAL_NVP(last_recorded_at),
            CEREAL_NVP(last_event), CEREAL_NVP(last_line), CEREAL_NVP(state));
  }
};

/// An error is a sentence.
std::expected<CaseEvent, std::string> event_of(const CaseId& id, HistoryRow& row) {
  const auto* codec = find_event_codec(row.type);
  if (codec == nullptr)
    return std::unexpected("Expected an event type that this binary knows, but it is '" + row.type + "'.");
  auto event = decode_event(row.type, codec->version, row.fact.text);
  if (!event) return std::unexpected(event.error().sentence());
  CaseEvent recorded;
  recorded.case_id = id;
  recorded.seq = row.seq;
  recorded.occurred_at = row.occurred_at;
  recorded.recorded_at = row.recorded_at;
  if (auto actor = parse_actor(row.actor)) recorded.actor = *std::move(actor);
  recorded.event = *std::move(event);
  return recorded;
}

HttpResponse no_such_case(const CaseId& id) {
  return problem(404, "no_such_case", "Expected a case that has events, but " + id.value + " has none.");
}

HttpResponse unreadable(const std::string& sentence) {
  return problem(500, "unreadable_history", "Expected a history that can be read, but: " + sentence);
}

}  // namespace

std::string case_schema() { return PublishedSchema::of<CaseAnswer>(); }
std::string history_schema() { return PublishedSchema::of<History>(); }

HttpResponse case_answer(const CaseId& id, DeskAnswer history) {
  if (!history) return answer_of(std::move(history));
  History read;
  if (const auto error = from_json(*history, read)) return unreadable(error->sentence());
  if (read.rows.empty()) return no_such_case(id);
  CaseAnswer answer;
  for (auto& row : read.rows) {
    const auto event = event_of(id, row);
    if (!event) return unreadable(event.error());
    evolve(answer.state, *event);
  }
  const auto& last = read.rows.back();
  answer.case_id = id;
  answer.seq = answer.state.seq;
  answer.status = answer.state.status;
  answer.last_recorded_at = last.recorded_at;
  answer.last_event = last.type;
  answer.last_line = last.line;
  return json_answer(200, to_json(answer));
}

HttpResponse history_answer(const CaseId& id, DeskAnswer history) {
  if (history) {
    HistoryLength read;
    if (const auto error = from_json(*history, read)) return unreadable(error->sentence());
    if (read.totals.events == 0) return no_such_case(id);
  }
  return answer_of(std::move(history));
}

}  // namespace casetrail
