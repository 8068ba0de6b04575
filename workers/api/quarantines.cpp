// The fact goes to casetrail.policy, which every reader reads before its first event.
#include "workers/api/quarantines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <expected>

#include "events/case/case_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/api/api_answers.h"
#include "workers/http/problem.h"
#include "workers/log/policy_tail.h"

namespace casetrail::api {
namespace {

constexpr std::size_t kLongestReason = 500;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{1'000};

struct Asked {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(reason));
  }
};

struct Quarantines {
  std::vector<Quarantine> quarantines;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(quarantines));
  }
};

http::HttpResponse unavailable(const log::LogError& error) {
  return http::problem(503, "unavailable", error.what);
}

/// Why the record may not be passed over; nothing when it stops every reader of this version.
std::optional<http::HttpResponse> objection(log::EventLog& log, const Asked& asked) {
  const auto reader = log.open_reader(log::Topic::events);
  if (auto started = reader->start(asked.partition, asked.offset); !started)
    return http::problem(404, "no_such_record", started.error().what);
  const auto records = reader->read(1, kRecordWait);
  if (!records && records.error().failure != log::LogFailure::out_of_range)
    return unavailable(records.error());
  if (!records || records->empty() || records->front().offset != asked.offset) {
    return http::problem(
        404, "no_such_record",
        fmt::format("There is no record at offset {} of casetrail.events/{}. `casetrail lag` names the "
                    "one that a partition waits at.",
                    asked.offset, asked.partition));
  }
  CaseEvent event;
  if (read_event(records->front().message, event).reading == Reading::newer) return std::nullopt;
  return http::problem(
      409, "stops_nobody",
      fmt::format("Cannot quarantine offset {} of casetrail.events/{}: this binary reads it, so that it "
                  "stops no partition, and what was applied cannot be taken back. If another node waits "
                  "at it, upgrade that one.",
                  asked.offset, asked.partition));
}

}  // namespace

std::string quarantines_schema() { return PublishedSchema::of<Quarantines>(); }
std::string quarantine_request_schema() { return PublishedSchema::of<Asked>(); }

http::HttpResponse list_quarantines(log::EventLog& log) {
  auto known = log::read_quarantines(log);
  if (!known) return unavailable(known.error());
  return json_answer(200, to_json(Quarantines{*std::move(known)}));
}

http::HttpResponse quarantine(log::EventLog& log, const std::string& body, Timestamp now) {
  Asked asked;
  if (const auto error = from_json(body, asked))
    return http::problem(422, "malformed_quarantine", error->sentence());
  if (asked.partition < 0 || asked.partition >= log.partitions() || asked.offset < 0) {
    return http::problem(404, "no_such_record",
                         fmt::format("There is no partition {} of casetrail.events, or no offset {} in it.",
                                     asked.partition, asked.offset));
  }
  if (asked.reason.empty() || asked.reason.size() > kLongestReason) {
    return http::problem(
        422, "malformed_quarantine",
        fmt::format("Expected a reason of 1 to {} bytes: it is all that will be known of why.",
                    kLongestReason));
  }
  const auto known = log::read_quarantines(log);
  if (!known) return unavailable(known.error());
  const auto before = std::ranges::find_if(*known, [&](const Quarantine& one) {
    return one.partition == asked.partition && one.offset == asked.offset;
  });
  if (before != known->end()) return json_answer(200, to_json(*before));
  if (auto refused = objection(log, asked)) return *std::move(refused);
  const Quarantine fact{asked.partition, asked.offset, asked.reason, now};
  if (const auto appended = log::append_and_wait(log, log::Topic::policy, 0, write_quarantine(fact));
      !appended)
    return unavailable(appended.error());
  return json_answer(201, to_json(fact));
}

}  // namespace casetrail::api
