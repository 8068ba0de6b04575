// Takes the changes from the history, once both moments are known to be there.
#include "workers/api/case_diff.h"

#include <cereal/cereal.hpp>
#include <optional>
#include <vector>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/history/as_of.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"

namespace casetrail::api {
namespace {

using history::MomentFound;

/// Where the case stands at a moment.
struct PlaceOfState {
  std::int64_t seq = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq));
  }
};

struct Change {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::int64_t seq = 0;
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::optional<std::string> command_id;
  std::optional<std::string> rule;
  std::int32_t policy_version = 0;
  std::string line;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(before), CEREAL_NVP(after), CEREAL_NVP(seq),
            CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(actor), CEREAL_NVP(command_id),
            CEREAL_NVP(rule), CEREAL_NVP(policy_version), CEREAL_NVP(line));
  }
};

struct ChangedCase {
  PlaceOfState state;
  history::Kept kept;
  std::vector<Change> changes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(kept), CEREAL_NVP(changes));
  }
};

struct DiffAnswer {
  CaseId case_id;
  std::int64_t from_seq = 0;
  std::int64_t to_seq = 0;
  std::int64_t newest_seq = 0;
  std::vector<Change> changes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(from_seq), CEREAL_NVP(to_seq), CEREAL_NVP(newest_seq),
            CEREAL_NVP(changes));
  }
};

/// Before the first event nothing is known of a case by its time; by a number or a command it is known that
/// there was nothing.
bool is_known(MomentFound found, const CaseMoment& asked) {
  return found == MomentFound::there || (found == MomentFound::before_the_first && !asked.is_time);
}

}  // namespace

http::HttpResponse diff_answer(const std::string& named, const CaseId& id, const CaseSpan& span,
                               DeskAnswer history) {
  if (!history) return answer_of(std::move(history));
  ChangedCase read;
  if (const auto error = from_json(*history, read)) return unreadable_history(error->sentence());
  const auto& kept = read.kept;
  if (kept.events == 0) return no_such_case(named, id);
  if (!is_known(kept.since, span.from))
    return no_such_moment(named, kept.since, kept.first_recorded_at, span.from.not_there);
  if (span.to && !is_known(kept.moment, *span.to))
    return no_such_moment(named, kept.moment, kept.first_recorded_at, span.to->not_there);
  return json_answer(200, to_json(DiffAnswer{.case_id = id,
                                             .from_seq = kept.since_seq,
                                             .to_seq = read.state.seq,
                                             .newest_seq = kept.last_seq,
                                             .changes = std::move(read.changes)}));
}

std::string diff_schema() { return PublishedSchema::of<DiffAnswer>(); }

}  // namespace casetrail::api
