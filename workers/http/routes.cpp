// What `GET /v1/schemas/openapi` says.
#include "workers/http/routes.h"

namespace casetrail {
namespace {

constexpr std::string_view kCase = "its id, or channel:reference";
constexpr std::string_view kToken = "partition:offset of a command: the answer covers its events, or is 503";
constexpr std::string_view kView = "handoff, follow_up or review";

}  // namespace

std::span<const RouteText> route_texts() {
  static const std::vector<RouteText> kRoutes{
      {"POST",
       "/v1/commands",
       "Takes a command and waits for its outcome: 201 when it led to events, 200 when there was nothing to "
       "do, 409 when "
       "it was refused, 504 when the outcome is not known yet. A list of CloudEvents "
       "(application/cloudevents-batch+json) is answered 200 with one result for each element, in its order: "
       "its outcome, or the problem that keeps it from being one.",
       {},
       {{"wait", "0: answer 202 as soon as the command is durable"},
        {"timeout", "seconds to wait, 10 by default"}}},
      {"GET", "/v1/cases/{id}", "A case as it stands.", {{"id", kCase}}, {{"token", kToken}}},
      {"GET",
       "/v1/cases/{id}/history",
       "Every event of a case, in order.",
       {{"id", kCase}},
       {{"token", kToken}}},
      {"GET",
       "/v1/boards/{view}",
       "A board: totals, metrics and open rows. Every other query parameter is a filter of the board.",
       {{"view", kView}},
       {{"limit", "rows at most; totals count all"},
        {"now", "the moment for ages and time left, not before the newest event; the rows are as they stand"},
        {"token", kToken}},
       "application/json",
       RouteText::Rest::filters},
      {"GET", "/v1/lag",
       "How far the commands' group and each view are behind the log, a row a partition; what is not known "
       "is "
       "absent."},
      {"GET", "/v1/groups",
       "The consumer groups on the log, those of nodes that are gone too: members, and records behind."},
      {"DELETE",
       "/v1/groups/{group}",
       "Removes the consumer group of a node that is gone for good; 409 while it has members.",
       {{"group", "its name, of /v1/groups"}}},
      {"GET", "/v1/quarantines",
       "The records of casetrail.events that every reader passes over, with the reasons."},
      {"POST", "/v1/quarantines",
       "Takes {partition, offset, reason}: every reader passes over that record, which stops its partition. "
       "409 when "
       "it stops nobody."},
      {"GET",
       "/v1/deadletters",
       "Records that cannot be commands, with their reasons, size and SHA-256; persons masked, what is no "
       "JSON withheld.",
       {},
       {{"limit", "records at most"}}},
      {"GET", "/v1/topics", "How the topics stand against what the engine needs."},
      {"POST",
       "/v1/simulations",
       "Plays a working day of an after-sales department into a log without commands, where the server was "
       "started "
       "with --allow-simulation.",
       {},
       {{"seed", "the same seed, the same day"}, {"cases", "about so many"}}},
      {"POST", "/v1/rebuilds/{view}", "Begins to rebuild the view beside its live copy.", {{"view", kView}}},
      {"GET",
       "/v1/rebuilds/{view}",
       "How far the rebuild is.",
       {{"view", kView}},
       {{"run", "of the answer that began it; the last one by default"}}},
      {"GET", "/v1/schemas", "The names of all types."},
      {"GET",
       "/v1/schemas/{name*}",
       "JSON Schema of a type, or the documents asyncapi and openapi.",
       {{"name*", "of /v1/schemas"}}},
      {"GET", "/metrics", "For Prometheus.", {}, {}, "text/plain"},
      {"GET", "/healthz", "200 as long as the process answers."},
      {"GET", "/readyz",
       "200 while commands are taken and nothing is far behind (2,000 commands, 5 s of a view); 503 names "
       "what is."},
  };
  return kRoutes;
}

}  // namespace casetrail
