// What `GET /v1/schemas/openapi` says.
#include "workers/api/routes.h"

#include "projections/boards.h"

namespace casetrail::api {
namespace {

using Parameter = RouteText::Parameter;
using identity::Right;

const Parameter kCase{"id", "its number (CT-2611-000123), its id, or channel:reference"};
/// `handoff, follow_up, …`
std::string_view list_of_views() {
  static const std::string kList = [] {
    std::string list;
    for (const auto name : view_names()) list.append(list.empty() ? "" : ", ").append(name);
    return list;
  }();
  return kList;
}

const Parameter kView{"view", list_of_views()};
const Parameter kLetter{"letter", "its place, partition:offset of casetrail.deadletters"};
const Parameter kAfter{"after", "the `next` of an answer: the page behind it"};
const Parameter kLastEventId{"last_event_id",
                             "as the header Last-Event-ID, which counts where both are: the id of the last "
                             "frame that the client has"};
const Parameter kToken{"token", "partition:offset of a command: the answer covers its events, or is 503"};

const Parameter kLimit{"limit", "rows at most, 1000 at the outside; totals count all",
                       R"({"type":"integer","minimum":0,"maximum":1000})"};

const std::vector<Parameter> kBoardParameters{
    kLimit,
    kAfter,
    {"as_of",
     "a moment that is past by some seconds: the board as it stood when it had passed, by when things were "
     "recorded; ages and time "
     "left are counted by it. Not beside now and token",
     kMomentSchema},
    {"now", "the moment for ages and time left, not before the newest event; the rows are as they stand",
     kMomentSchema},
    kToken};

}  // namespace

std::span<const RouteText> route_texts() {
  static const std::vector<RouteText> kRoutes{
      {.method = "POST",
       .path = "/v1/commands",
       .operation = "sendCommand",
       .summary = "Takes a command and waits for its outcome. A list of CloudEvents is answered with one "
                  "result for each element, in its "
                  "order: its outcome, or the problem that keeps it from being one.",
       .query_parameters = {{"wait", "0: answer 202 as soon as the command is durable",
                             R"({"type":"integer","enum":[0,1]})"},
                            {"timeout", "seconds to wait, 10 by default",
                             R"({"type":"integer","minimum":0,"maximum":600})"}},
       .answers = {{200,
                    "accepted, and there was nothing to do or it was done before; or the results of a list",
                    "OutcomeOrList"},
                   {201, "accepted, with new events", "Outcome"},
                   {202, "durable; its outcome was not waited for", "Durable"},
                   {409, "refused by a rule", "Refusal"}},
       .problems = {422, 503, 504},
       .rights = {Right::command, Right::reveal, Right::review, Right::operate},
       .held = Role::api,
       .of_this_node = true},
      {.method = "GET",
       .path = "/v1/cases",
       .operation = "getCases",
       .summary = "Open cases and those closed lately, what needs attention first: the board cases.",
       .query_parameters = kBoardParameters,
       .answers = {{200, "the board", "BoardCases"},
                   {503, "behind; or with as_of `being_made`, with how far it is: ask again", "BeingMade"}},
       .rights = {Right::read},
       .held = Role::boards,
       .rest = RouteText::Rest::filters},
      {.method = "GET",
       .path = "/v1/cases/{id}",
       .operation = "getCase",
       .summary =
           "A case as it stands, or as it stood at a moment: by the order in which its events were recorded, "
           "so that what was entered late is not there yet. A moment before its first event is 404 "
           "`before_first_event`.",
       .path_parameters = {kCase},
       .query_parameters = {{"as_of", "a time that is past: what was recorded until then", kMomentSchema},
                            {"seq", "behind the event of this number", R"({"type":"integer","minimum":1})"},
                            {"before_command", "the id of a command: just before its first event"},
                            kToken},
       .answers = {{200,
                    "the case; `seq` is the event that it stands at, `newest_seq` its last one, "
                    "`policy_version` the policy that decided that event",
                    "Case"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/history",
       .operation = "getHistory",
       .summary = "Every event of a case, in order.",
       .path_parameters = {kCase},
       .query_parameters = {{"limit", "rows at most, 1000 when there is none",
                             R"({"type":"integer","minimum":0,"maximum":1000})"},
                            kAfter,
                            kToken},
       .answers = {{200, "its events", "History"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/diff",
       .operation = "getDiff",
       .summary =
           "What became of a case between two moments: each field that differs, its value before and after, "
           "and the event that did it with its actor, its command and the policy that held. A moment is a "
           "time, the number of an event, or before:COMMAND.",
       .path_parameters = {kCase},
       .query_parameters =
           {{"from", "the moment before; 0 is before the first event. Required", kCaseMomentSchema},
            {"to",
             "the moment after; without it, the case as it stands. Before `from`, what has to be "
             "taken back",
             kCaseMomentSchema},
            {"every", "true: each change of each field, and not only what differs in the end",
             R"({"type":"boolean"})"},
            kToken},
       .answers = {{200, "the fields that differ, in the order of events", "Diff"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/held",
       .operation = "getHeldBy",
       .summary =
           "Who had a case, one after the other without a gap, from its first event until it was closed or "
           "now: department, agent, status, whom it waited for, in elapsed and business time. Business time "
           "is that of one calendar of the policy in force, so that the parts add up to the whole: the one "
           "of "
           "the case's SLA targets, else the policy's first. With `Accept: text/csv`, the intervals as a "
           "file.",
       .path_parameters = {kCase},
       .query_parameters = {kToken},
       .answers = {{200, "the intervals, their sums by holder, and the whole", "HeldBy"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/held",
       .operation = "getHeldTotals",
       .summary =
           "How long each person in each department, or each department, had cases, added up over all of "
           "them, in elapsed and business time, and how many: who had them longest first. It reads every "
           "event. With `Accept: text/csv`, as a file.",
       .query_parameters = {{"by", "a row for each person, or for each department: people without it",
                             R"({"type":"string","enum":["people","departments"]})"},
                            {"from", "the time from then on alone", kMomentSchema},
                            {"to", "the time before that alone; without it, until now", kMomentSchema},
                            {"kind", "cases of this kind alone"},
                            {"category", "cases that were classified as this alone"},
                            {"priority", "cases with this priority alone",
                             R"({"type":"string","enum":["P1","P2","P3","P4"]})"}},
       .answers = {{200, "the rows, what they consist of, and the whole", "HeldTotals"}},
       .problems = {503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/contact",
       .operation = "getContact",
       .summary = "The customer's name, contacts and address, whole, as they were registered and corrected, "
                  "for who has "
                  "recorded why they are needed: send the command `contact.reveal` first. They are shown for "
                  "15 minutes.",
       .path_parameters = {kCase},
       .query_parameters = {{"access", "the number of its event `privacy.access.logged`; required",
                             R"({"type":"integer","minimum":1})"},
                            kToken},
       .answers = {{200, "the person of the case", "Contact"}},
       .problems = {403, 404, 503},
       .rights = {Right::reveal},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/actions",
       .operation = "getActions",
       .summary =
           "What the case allows now: each command with `allowed`, and else the code and sentence of the "
           "refusal that it meets whatever its fields say. One that is allowed may still be refused for "
           "its fields.",
       .path_parameters = {kCase},
       .query_parameters = {{"agent", "who would do it; without it, whoever may"},
                            {"department", "of the agent"},
                            {"role", "of the agent"},
                            kToken},
       .answers = {{200, "a row a command", "Actions"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/cases/{id}/why",
       .operation = "getWhy",
       .summary =
           "Why a case is as it is. The decision behind an event is made again, on the case before it and by "
           "the policy of then: what decided and who sent it, each guard with what it looked at, what was "
           "chosen, how due times came about day by day, who was weighed for an assignment, and the policy's "
           "own lines. Without a parameter: the last event, and what stands in the way of closing the case.",
       .path_parameters = {kCase},
       .query_parameters =
           {{"seq", "the number of an event; with `action`, that behind which it is asked",
             R"({"type":"integer","minimum":1})"},
            {"command_id",
             "the id of a command: the event that it led to, or why it was refused, as long as its outcome "
             "is kept"},
            {"action",
             "a command of GET /v1/cases/{id}/actions: what stands in its way now, or stood behind the event "
             "`seq`"},
            {"agent", "who would do the action; without it, whoever may"},
            {"department", "of the agent"},
            {"role", "of the agent"},
            kToken},
       .answers = {{200,
                    "`decision.remade` says whether deciding again led to the `same`; `not_kept`: the "
                    "command is gone, and only the events tell of it",
                    "Why"}},
       .problems = {404, 503},
       .rights = {Right::read},
       .held = Role::history},
      {.method = "GET",
       .path = "/v1/boards",
       .operation = "getBoards",
       .summary = "The boards, with what they are called and what they show.",
       .answers = {{200, "a row a board", "Boards"}},
       .rights = {Right::read}},
      {.method = "GET",
       .path = "/v1/boards/{view}/shape",
       .operation = "getShape",
       .summary = "What a board consists of: every column, total, measure and filter, with what it means.",
       .path_parameters = {kView},
       .answers = {{200,
                    "the shape; `rank` and `heading` say where a screen of text shows a member, `part` "
                    "and `of` what a share is a share of",
                    "Shape"}},
       .problems = {404},
       .rights = {Right::read}},
      {.method = "GET",
       .path = "/v1/boards/{view}",
       .operation = "getBoard",
       .summary =
           "A board: totals, metrics and open rows. Every other query parameter is a filter of the board.",
       .path_parameters = {kView},
       .query_parameters = kBoardParameters,
       .answers = {{200, "the board", "Board"},
                   {503, "behind; or with as_of `being_made`, with how far it is: ask again", "BeingMade"}},
       .problems = {404},
       .rights = {Right::read},
       .held = Role::boards,
       .rest = RouteText::Rest::filters},
      {.method = "GET",
       .path = "/v1/boards/{view}/diff",
       .operation = "getBoardDiff",
       .summary =
           "What became of a board between two moments: rows that came, that went, and that say something "
           "else, with each value before and after and the last event of the case in between. What only goes "
           "by the clock is left aside. Every other query parameter is a filter of the board.",
       .path_parameters = {kView},
       .query_parameters = {{"from", "the moment before, past by some seconds. Required", kMomentSchema},
                            {"to", "the moment after; without it, the board as it stands", kMomentSchema},
                            {"limit", "rows at most, 1000 at the outside; the counts are of all",
                             R"({"type":"integer","minimum":0,"maximum":1000})"}},
       .answers = {{200, "what differs", "BoardDiff"},
                   {503, "`being_made`, with how far a board is: ask again", "BeingMade"}},
       .problems = {404},
       .rights = {Right::read},
       .held = Role::boards,
       .rest = RouteText::Rest::filters},
      {.method = "GET",
       .path = "/v1/boards/{view}/stream",
       .operation = "streamBoard",
       .summary =
           "A board that stays, as server-sent events: `board` with what GET of the board answers and "
           "`frame`, its number, at once and whenever the view has come further, its id where the board "
           "stands; `position` every 5 s with the positions of the view, its id that of the last `board` or "
           "`change`: who stands behind that in a partition has missed a frame and asks for the board. "
           "`resync` when the position that it was to go on from is "
           "none of this log. Every other query parameter is a filter of the board.",
       .path_parameters = {kView},
       .query_parameters =
           {kLimit,
            kAfter,
            kLastEventId,
            {"changes",
             "1: a `change` instead of a `board` where only some of the page is other than in "
             "the frame before: `members` that are new, those that are gone (`without`), and "
             "`rows` in their order, each a row or [from, count] of the rows before. It "
             "follows the frame whose number is one less than its `frame`",
             R"({"type":"integer","enum":[0,1]})"}},
       .answers = {{200, "frames without end", "EventStream"}},
       .problems = {404, 503},
       .answer_type = "text/event-stream",
       .rights = {Right::read},
       .held = Role::boards,
       .rest = RouteText::Rest::filters},
      {.method = "GET",
       .path = "/v1/events",
       .operation = "getEvents",
       .summary =
           "Events of all cases, each partition in its order, as CloudEvents in JSON with the attributes "
           "that "
           "they have on Kafka; persons are masked as in a history. A page holds `events`, `next` (the "
           "`from` "
           "of the page behind it) and `at_end`; it may hold fewer than `limit`, and none, before the end. "
           "With `Accept: text/event-stream` it never ends: an `event` for each, whose id is where to go on "
           "behind it, and a `position` every 5 s with such an id. `resync` says that the position that was "
           "asked for is no longer kept, or none of this log: what follows begins with the first event that "
           "is kept.",
       .query_parameters =
           {{"from", "start (without it), end, or positions such as 0:12,1:40: the `next` of a page"},
            {"type",
             "types such as handoff.requested, or beginnings of some such as handoff., separated by commas"},
            {"case", "of this case alone: its id, or channel:reference"},
            {"department", "whose actor is of it, or that name it in a field that is called so"},
            {"since", "that happened at this moment or after", kMomentSchema},
            {"until", "that happened before this moment", kMomentSchema},
            {"recorded_since", "that were recorded at this moment or after; what was imported, happened",
             kMomentSchema},
            {"recorded_until", "that were recorded before this moment; what was imported, happened",
             kMomentSchema},
            {"where",
             "whose data show these values, as reason_code=not_our_duty or answers.satisfied=false, "
             "separated "
             "by commas"},
            {"limit", "events of a page at most, 200 when there is none",
             R"({"type":"integer","minimum":1,"maximum":1000})"},
            kLastEventId},
       .answers = {{200, "a page, or events without end", "EventsPage"}},
       .problems = {503},
       .rights = {Right::read},
       .streams = true},
      {.method = "GET",
       .path = "/v1/lag",
       .operation = "getLag",
       .summary =
           "How far the commands' group and each view are behind the log; what is not known is absent. "
           "Names the node that answers, and its log.",
       .answers = {{200, "a row a partition", "LagAnswer"}},
       .problems = {503},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/metrics",
       .operation = "getMetricValues",
       .summary = "The counters and gauges of /metrics, as JSON.",
       .answers = {{200, "a metric each, with its samples", "MetricsAnswer"}},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/groups",
       .operation = "getGroups",
       .summary =
           "The consumer groups on the log, those of nodes that are gone too: members, and records behind.",
       .answers = {{200, "a row a group", "Groups"}},
       .problems = {503},
       .rights = {Right::operate}},
      {.method = "DELETE",
       .path = "/v1/groups/{group}",
       .operation = "retireGroup",
       .summary = "Removes the consumer group of a node that is gone for good; 409 while it has members.",
       .path_parameters = {{"group", "its name, of /v1/groups"}},
       .answers = {{200, "the group as it was", "Group"}},
       .problems = {404, 409, 503},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/policies",
       .operation = "getPolicies",
       .summary = "The policies that were published, the newest one first: an event names the version that "
                  "decided it.",
       .answers = {{200, "a row a version", "Policies"}},
       .problems = {503},
       .rights = {Right::read}},
      {.method = "GET",
       .path = "/v1/policies/{version}",
       .operation = "getPolicy",
       .summary = "A policy with its YAML text.",
       .path_parameters = {{"version", "a number of /v1/policies, or current"}},
       .answers = {{200, "the policy", "PolicyVersion"}},
       .problems = {404, 503},
       .rights = {Right::read}},
      {.method = "GET",
       .path = "/v1/quarantines",
       .operation = "getQuarantines",
       .summary = "The records of casetrail.events that every reader passes over, with the reasons.",
       .answers = {{200, "a row a record", "Quarantines"}},
       .problems = {503},
       .rights = {Right::operate}},
      {.method = "POST",
       .path = "/v1/quarantines",
       .operation = "quarantine",
       .summary = "Takes {partition, offset, reason}: every reader passes over that record, which stops its "
                  "partition. 409 when it stops nobody.",
       .answers = {{200, "it was known", "Quarantine"}, {201, "every reader passes over it", "Quarantine"}},
       .problems = {404, 409, 422, 503},
       .body = "QuarantineRequest",
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/deadletters",
       .operation = "getDeadLetters",
       .summary =
           "Records that cannot be commands, with their reasons, size and SHA-256, and what became of them; "
           "persons masked, what is no JSON withheld. `open` counts those that nobody has retried or dropped "
           "yet; where `counts_all` is false there are older ones beside them.",
       .query_parameters = {{"limit", "records at most", R"({"type":"integer","minimum":1,"maximum":10000})"},
                            {"state", "open (without it), retried, dropped or all",
                             R"({"type":"string","enum":["all","open","retried","dropped"]})"}},
       .answers = {{200, "the newest first", "DeadLetters"}},
       .problems = {503},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/deadletters/{letter}",
       .operation = "getDeadLetter",
       .summary = "One of them.",
       .path_parameters = {kLetter},
       .answers = {{200, "the letter", "DeadLetter"}},
       .problems = {404, 503},
       .rights = {Right::operate}},
      {.method = "POST",
       .path = "/v1/deadletters/{letter}/retry",
       .operation = "retryDeadLetter",
       .summary =
           "Takes {data?} and sends the command again, by its own id and actor: what this version "
           "understands is taken, and what was taken before is not done twice. With data, in the place "
           "of its own: then the right that such a command needs is needed, too. 409 with the outcome "
           "when it is refused, 422 when it is still no command: the letter stays open.",
       .path_parameters = {kLetter},
       .answers = {{200, "it was taken before", "DeadLetter"}, {201, "it was taken", "DeadLetter"}},
       .problems = {404, 409, 422, 503, 504},
       .body = "RetryRequest",
       .rights = {Right::operate},
       .held = Role::api,
       .of_this_node = true},
      {.method = "POST",
       .path = "/v1/deadletters/{letter}/drop",
       .operation = "dropDeadLetter",
       .summary = "Takes {reason}: nothing is done about the letter. 409 when it was taken as a command.",
       .path_parameters = {kLetter},
       .answers = {{200, "it was dropped before", "DeadLetter"}, {201, "it is dropped", "DeadLetter"}},
       .problems = {404, 409, 422, 503},
       .body = "DropRequest",
       .rights = {Right::operate}},
      {.method = "POST",
       .path = "/v1/backups",
       .operation = "startBackup",
       .summary = "Takes {directory}, a folder of the server's machine that is not there yet, and begins to "
                  "back up the embedded log into it while all goes on. 409 while another backup is made, and "
                  "where Kafka keeps the log.",
       .answers = {{202, "it has begun", "BackupStatus"}},
       .problems = {409, 422},
       .body = "BackupRequest",
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/backups",
       .operation = "getBackup",
       .summary = "How far the last backup since the start of the server is, or how it ended.",
       .answers = {{200, "that backup", "BackupStatus"}},
       .problems = {404},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/topics",
       .operation = "getTopics",
       .summary = "How the topics stand against what the engine needs.",
       .answers = {{200, "a row a topic", "TopicRows"}},
       .problems = {503},
       .rights = {Right::operate}},
      {.method = "POST",
       .path = "/v1/simulations",
       .operation = "simulate",
       .summary = "Plays a working day of an after-sales department into a log without commands, where the "
                  "server was started with --allow-simulation.",
       .query_parameters = {{"seed", "which day it is",
                             R"({"type":"integer","minimum":0,"maximum":1000000000})"},
                            {"cases", "about so many", R"({"type":"integer","minimum":1,"maximum":1000000})"},
                            {"until",
                             "the end of the day, in the last 7 days; absent: now. The same seed, cases and "
                             "end give the same commands",
                             R"({"type":"string","format":"date-time"})"}},
       .answers = {{200, "it lies in the log", "Simulation"}},
       .problems = {403, 409, 503},
       .rights = {Right::operate},
       .held = Role::boards,
       .of_this_node = true},
      {.method = "POST",
       .path = "/v1/rebuilds/{view}",
       .operation = "startRebuild",
       .summary = "Begins to rebuild the view beside its live copy.",
       .path_parameters = {kView},
       .answers = {{202, "it has begun", "RebuildStatus"}},
       .problems = {404, 409, 503},
       .rights = {Right::operate},
       .held = Role::boards,
       .of_this_node = true},
      {.method = "GET",
       .path = "/v1/rebuilds",
       .operation = "getRebuilds",
       .summary = "The last rebuild of each worker since the start, those that others began, too.",
       .answers = {{200, "those that run, and how the last ones ended", "Rebuilds"}},
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/v1/rebuilds/{view}",
       .operation = "getRebuild",
       .summary = "How far the rebuild is.",
       .path_parameters = {kView},
       .query_parameters = {{"run", "of the answer that began it; the last one by default",
                             R"({"type":"integer","minimum":1})"}},
       .answers = {{200, "that run, or the last one since the start", "RebuildStatus"}},
       .problems = {404},
       .rights = {Right::operate},
       .held = Role::boards,
       .of_this_node = true},
      {.method = "GET",
       .path = "/v1/schemas",
       .operation = "getSchemas",
       .summary = "The names of all types.",
       .answers = {{200, "commands, events and outcomes", "SchemaNames"}}},
      {.method = "GET",
       .path = "/v1/schemas/{name*}",
       .operation = "getSchema",
       .summary = "JSON Schema of a type, or the documents asyncapi and openapi.",
       .path_parameters = {{"name*", "of /v1/schemas; its slash may stand as %2F"}},
       .answers = {{200, "a JSON document", "Document"}},
       .problems = {404}},
      {.method = "GET",
       .path = "/v1/catalogues",
       .operation = "listCatalogues",
       .summary = "The codes that the policy in force knows, by catalogue, with their labels: what a field "
                  "or filter takes whose schema has `x-catalogue`.",
       .answers = {{200, "the catalogues", "Catalogues"}},
       .rights = {Right::read}},
      {.method = "GET",
       .path = "/v1/words",
       .operation = "getWords",
       .summary =
           "What codes, values of enumerations and types are called, and the sentence of each code with "
           "which something is refused, in English and Chinese; and the names of departments, agents and "
           "roles.",
       .query_parameters = {{"as_of", "by the policy that had been published by then", kMomentSchema}},
       .answers = {{200, "by the word on the wire", "WordLabels"}}},
      {.method = "GET",
       .path = "/v1/me",
       .operation = "getMe",
       .summary = "Who asks, and what they may do. `checked` is false where no identities are known: then "
                  "nobody is asked who "
                  "they are, and everybody may do everything.",
       .answers = {{200, "the identity; without `id`, nobody has signed in", "Me"}}},
      {.method = "POST",
       .path = "/v1/session",
       .operation = "signIn",
       .summary =
           "Gives the browser that shows a token in `Authorization` a cookie that carries it, for 12 hours.",
       .answers = {{200, "who has signed in", "Me"}},
       .problems = {401, 404}},
      {.method = "DELETE",
       .path = "/v1/session",
       .operation = "signOut",
       .summary = "Ends the cookie.",
       .answers = {{200, "nobody is signed in any more", "Me"}}},
      {.method = "GET",
       .path = "/v1/node",
       .operation = "getNode",
       .summary = "Which node of which log answers, what it does of all that an engine does, and what is "
                  "missing before it is ready: how nodes find each other.",
       .answers = {{200, "the node", "NodeAnswer"}}},
      {.method = "GET",
       .path = "/metrics",
       .operation = "getMetrics",
       .summary = "For Prometheus.",
       .answers = {{200, "its text format", "Text"}},
       .answer_type = "text/plain",
       .rights = {Right::operate}},
      {.method = "GET",
       .path = "/healthz",
       .operation = "getHealth",
       .summary = "200 as long as the process answers.",
       .answers = {{200, "it answers", "Standing"}}},
      {.method = "GET",
       .path = "/livez",
       .operation = "getLiveness",
       .summary = "200 while every thread of the engine goes on; 503 names those that have hung for ten "
                  "minutes: only a restart helps.",
       .answers = {{200, "they go on", "Standing"}},
       .problems = {503}},
      {.method = "GET",
       .path = "/startupz",
       .operation = "getStartup",
       .summary = "503 until the node was ready for the first time since its start, with what it waits for; "
                  "200 from then on.",
       .answers = {{200, "it has started", "Standing"}, {503, "what it waits for", "Waiting"}}},
      {.method = "GET",
       .path = "/readyz",
       .operation = "getReadiness",
       .summary =
           "200 while commands are taken and nothing is far behind (2,000 commands, 5 s of a view) that "
           "does not go on; after a start, until nothing is far behind. 503 names what is, by partition, "
           "with how far it is and about how long it takes.",
       .answers = {{200,
                    "it is ready; `reasons` say what somebody has to look at, and what is late and goes on",
                    "Readiness"},
                   {503, "what it waits for", "Waiting"}}},
  };
  return kRoutes;
}

}  // namespace casetrail::api
