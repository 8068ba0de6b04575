// Counts the time of the intervals that the history tells.
#include "workers/api/case_held.h"

#include <algorithm>
#include <cereal/cereal.hpp>
#include <optional>
#include <vector>

#include "events/case/case_status.h"
#include "events/case/timer_terms.h"
#include "events/wire/csv_line.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/history/as_of.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"

namespace casetrail::api {
namespace {

struct ToldInterval {
  std::int64_t seq = 0;
  Timestamp from{};
  std::optional<Timestamp> to;
  std::optional<std::string> department;
  std::optional<std::string> agent;
  std::optional<std::string> queue;
  CaseStatus status{};
  std::optional<std::string> waiting_for;
  std::int32_t policy_version = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(department), CEREAL_NVP(agent),
            CEREAL_NVP(queue), CEREAL_NVP(status), CEREAL_NVP(waiting_for), CEREAL_NVP(policy_version));
  }
};

struct TargetsOfState {
  std::int64_t seq = 0;
  std::vector<SlaTarget> sla_targets;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(sla_targets));
  }
};

struct HeldCase {
  TargetsOfState state;
  history::Kept kept;
  std::vector<ToldInterval> held;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(state), CEREAL_NVP(kept), CEREAL_NVP(held));
  }
};

struct HeldTime {
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;
};

struct HeldInterval {
  ToldInterval told;
  HeldTime time;

  template <class Archive>
  void serialize(Archive& archive) {
    told.serialize(archive);
    archive(cereal::make_nvp("elapsed_ms", time.elapsed_ms),
            cereal::make_nvp("business_ms", time.business_ms));
  }
};

struct HolderSum {
  std::optional<std::string> department;
  std::optional<std::string> agent;
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department), CEREAL_NVP(agent), CEREAL_NVP(elapsed_ms), CEREAL_NVP(business_ms));
  }
};

struct HeldAnswer {
  CaseId case_id;
  std::int64_t seq = 0;
  std::optional<CalendarId> calendar;
  std::int64_t elapsed_ms = 0;
  std::int64_t business_ms = 0;
  std::vector<HeldInterval> intervals;
  std::vector<HolderSum> holders;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(calendar), CEREAL_NVP(elapsed_ms),
            CEREAL_NVP(business_ms), CEREAL_NVP(intervals), CEREAL_NVP(holders));
  }
};

std::optional<CalendarId> calendar_of(const TargetsOfState& state, const Policy& policy) {
  for (const auto& target : state.sla_targets) {
    if (target.calendar) return target.calendar;
  }
  if (policy.calendars.empty()) return std::nullopt;
  return policy.calendars.front().id();
}

HolderSum& sum_of(const ToldInterval& interval, std::vector<HolderSum>& sums) {
  const auto found = std::ranges::find_if(sums, [&](const HolderSum& sum) {
    return sum.department == interval.department && sum.agent == interval.agent;
  });
  if (found != sums.end()) return *found;
  return sums.emplace_back(HolderSum{.department = interval.department, .agent = interval.agent});
}

HeldAnswer with_times(const CaseId& id, HeldCase read, const PolicyVersions& policies, Timestamp now) {
  HeldAnswer answer{.case_id = id,
                    .seq = read.state.seq,
                    .calendar = calendar_of(read.state, policies.newest()),
                    .intervals = {},
                    .holders = {}};
  for (auto& told : read.held) {
    const auto to = told.to.value_or(std::max(told.from, now));
    const HeldTime time{
        .elapsed_ms = (to - told.from).count(),
        .business_ms = policies.between(told.policy_version, answer.calendar, told.from, to).count()};
    answer.elapsed_ms += time.elapsed_ms;
    answer.business_ms += time.business_ms;
    auto& sum = sum_of(told, answer.holders);
    sum.elapsed_ms += time.elapsed_ms;
    sum.business_ms += time.business_ms;
    answer.intervals.push_back({std::move(told), time});
  }
  return answer;
}

std::string csv_of(const HeldAnswer& answer) {
  std::string out;
  append_csv({"from", "to", "seq", "department", "agent", "queue", "status", "waiting_for", "policy_version",
              "elapsed_ms", "business_ms"},
             out);
  for (const auto& [told, time] : answer.intervals) {
    append_csv({to_wire(told.from), told.to ? to_wire(*told.to) : "", std::to_string(told.seq),
                told.department.value_or(""), told.agent.value_or(""), told.queue.value_or(""),
                std::string(name_of(told.status)), told.waiting_for.value_or(""),
                std::to_string(told.policy_version), std::to_string(time.elapsed_ms),
                std::to_string(time.business_ms)},
               out);
  }
  return out;
}

}  // namespace

http::HttpResponse held_answer(const std::string& named, const CaseId& id, DeskAnswer history,
                               const PolicyVersions& policies, Timestamp now, HeldForm form) {
  if (!history) return answer_of(std::move(history));
  HeldCase read;
  if (const auto error = from_json(*history, read)) return unreadable_history(error->sentence());
  if (read.kept.events == 0) return no_such_case(named, id);
  const auto answer = with_times(id, std::move(read), policies, now);
  if (form == HeldForm::json) return json_answer(200, to_json(answer));
  return {.status = 200, .content_type = std::string(kCsvType), .body = csv_of(answer)};
}

std::string held_schema() { return PublishedSchema::of<HeldAnswer>(); }

}  // namespace casetrail::api
