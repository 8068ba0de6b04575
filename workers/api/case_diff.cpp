// Takes the changes from the history, once both moments are known to be there.
#include "workers/api/case_diff.h"

#include <cereal/cereal.hpp>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "projections/history/as_of.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"
#include "workers/api/change_event.h"
#include "workers/api/changed_values.h"
#include "workers/api/kept_records.h"
#include "workers/log/partition.h"

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

/// As the history has it.
struct FoundChange : FoundEvent {
  std::string field;
  std::optional<std::string> before;
  std::optional<std::string> after;
  std::optional<std::string> names;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(before), CEREAL_NVP(after), CEREAL_NVP(names));
    FoundEvent::serialize(archive);
  }
};

struct Change : ChangedValue, ChangeEvent {
  template <class Archive>
  void serialize(Archive& archive) {
    ChangedValue::serialize(archive);
    ChangeEvent::serialize(archive);
  }
};

struct ChangedCase {
  PlaceOfState state;
  history::Kept kept;
  std::vector<FoundChange> changes;

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

/// The time of the moment: as it was asked for, or when the last event at it was recorded.
Timestamp time_of(const CaseMoment& asked, const std::optional<Timestamp>& recorded_at) {
  const auto named = asked.is_time ? parse_timestamp(asked.text) : std::nullopt;
  return named.value_or(recorded_at.value_or(Timestamp{}));
}

/// The types of the commands of the changes, by their ids.
std::map<std::string, std::string> commands_of(const std::vector<FoundChange>& changes, const CaseId& id,
                                               log::EventLog& log) {
  std::map<std::string, log::Offset> events;
  for (const auto& change : changes) {
    if (change.command_id && change.offset >= 0) events.emplace(*change.command_id, change.offset);
  }
  std::set<log::Offset> offsets;
  for (const auto& [command, offset] : events) offsets.insert(offset);
  const auto types = command_types(log, log::partition_of(id.value, log.partitions()), offsets);
  std::map<std::string, std::string> by_id;
  for (const auto& [command, offset] : events) {
    if (const auto type = types.find(offset); type != types.end()) by_id.emplace(command, type->second);
  }
  return by_id;
}

/// What both sides of a change are called, each by its policy.
struct CalledBy {
  const Policy& before;
  const Policy& after;
};

Change told(FoundChange found, const CalledBy& policies, const std::map<std::string, std::string>& commands) {
  const auto label = [names = found.names](const std::optional<std::string>& value, const Policy& policy) {
    return value && names ? called(*value, *names, policy) : std::nullopt;
  };
  ChangedValue value{std::move(found.field), std::move(found.before), std::move(found.after)};
  value.before_label = label(value.before, policies.before);
  value.after_label = label(value.after, policies.after);
  Change change{std::move(value), ChangeEvent(std::move(found))};
  const auto type = change.command_id ? commands.find(*change.command_id) : commands.end();
  if (type != commands.end()) change.command_type = type->second;
  return change;
}

}  // namespace

http::HttpResponse diff_answer(const std::string& named, const CaseId& id, const CaseSpan& span,
                               DeskAnswer history, ViewDesk& desk, log::EventLog& log) {
  if (!history) return answer_of(std::move(history));
  ChangedCase read;
  if (const auto error = from_json(*history, read)) return unreadable_history(error->sentence());
  const auto& kept = read.kept;
  if (kept.events == 0) return no_such_case(named, id);
  if (!is_known(kept.since, span.from))
    return no_such_moment(named, kept.since, kept.first_recorded_at, span.from.not_there);
  if (span.to && !is_known(kept.moment, *span.to))
    return no_such_moment(named, kept.moment, kept.first_recorded_at, span.to->not_there);
  auto policies = desk.policies();
  if (!policies) return answer_of(DeskAnswer(std::unexpected(std::move(policies).error())));
  const CalledBy by{
      naming_policy(**policies, time_of(span.from, kept.since_at)),
      span.to ? naming_policy(**policies, time_of(*span.to, kept.moment_at)) : (*policies)->newest()};
  const auto commands = commands_of(read.changes, id, log);
  DiffAnswer answer{.case_id = id,
                    .from_seq = kept.since_seq,
                    .to_seq = read.state.seq,
                    .newest_seq = kept.last_seq,
                    .changes = {}};
  for (auto& found : read.changes) answer.changes.push_back(told(std::move(found), by, commands));
  return json_answer(200, to_json(answer));
}

std::string diff_schema() { return PublishedSchema::of<DiffAnswer>(); }

}  // namespace casetrail::api
