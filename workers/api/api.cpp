// The routes. Commands are appended at once and answered when their outcome is heard; reads go to the
// errands.
#include "workers/api/api.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <expected>

#include "events/case/case_number.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/whole_number.h"
#include "projections/boards.h"
#include "workers/api/api_answers.h"
#include "workers/api/backups.h"
#include "workers/api/board_diff.h"
#include "workers/api/board_shapes.h"
#include "workers/api/case_actions.h"
#include "workers/api/case_answer.h"
#include "workers/api/case_contact.h"
#include "workers/api/case_diff.h"
#include "workers/api/case_held.h"
#include "workers/api/case_moment.h"
#include "workers/api/case_why.h"
#include "workers/api/catalogues.h"
#include "workers/api/command_batch.h"
#include "workers/api/contract.h"
#include "workers/api/dead_letters.h"
#include "workers/api/groups.h"
#include "workers/api/held_totals.h"
#include "workers/api/policies.h"
#include "workers/api/quarantines.h"
#include "workers/api/query_moments.h"
#include "workers/api/reason_texts.h"
#include "workers/api/routes.h"
#include "workers/api/sender.h"
#include "workers/api/submission.h"
#include "workers/api/topics_json.h"
#include "workers/api/wall_clock.h"
#include "workers/api/word_texts.h"
#include "workers/http/problem.h"
#include "workers/identity/credentials.h"
#include "workers/identity/identity.h"
#include "workers/log/partition.h"

namespace casetrail::api {
namespace {

using namespace std::chrono_literals;

constexpr auto kTokenPatience = 10s;
constexpr auto kTokenPause = 3ms;
/// After so long a token that is not covered is looked for in the log itself.
constexpr auto kUnseenPatience = 200ms;
/// For the view to cover what the log holds, before a case that it does not show is said to be missing.
constexpr auto kCasePatience = 1s;
/// A client that sends no more may still read, as one that pipes its request into a socket does.
constexpr auto kGonePatience = 1s;
constexpr auto kHistory = "history";
constexpr auto kCases = "cases";
/// For the views to show a day that was played: what it takes grows with the cases that were asked for.
constexpr auto kDayPatience = 20min;
/// For the outcome of a command that could not be one before.
constexpr auto kRetryPatience = 10s;
/// Between two counts of the dead letters.
constexpr auto kLettersPause = 5s;

/// Why a case is not tied to another one.
struct Objection {
  http::HttpResponse answer;
  bool may_come = false;  ///< the other case is not shown, and may lie where the view has not come yet
};

/// Nothing when nothing speaks against it. What is closed as a duplicate has nobody who works on it: two
/// cases that are duplicates of one another would leave the customer alone.
std::optional<Objection> objection_to(const TiedCase& tied,
                                      const std::expected<CaseState, http::HttpResponse>& other) {
  if (!other && other.error().status == 404) {
    return Objection{http::problem(422, "other_case_unknown",
                                   fmt::format("'{}' names no case: there is no {}. Check how it is spelled.",
                                               tied.field, tied.named)),
                     true};
  }
  if (!other) return Objection{other.error()};
  const auto& links = other->notes.links;
  if (tied.contradiction && std::ranges::find(links, *tied.contradiction) != links.end()) {
    return Objection{http::problem(
        422, "other_case_contradicts",
        fmt::format(
            "{} has the link '{}' to this case already, and both cannot be so. Name another relation, or "
            "take that link away.",
            tied.named, name_of(tied.contradiction->relation)))};
  }
  if (tied.field != "duplicate_of" || other->status != CaseStatus::closed) return std::nullopt;
  const auto original = std::ranges::find(other->notes.links, Relation::duplicate, &CaseLink::relation);
  if (original == other->notes.links.end()) return std::nullopt;
  return Objection{
      http::problem(422, "other_case_duplicate",
                    fmt::format("'{}' names {}, which was closed as a duplicate of {} itself. Name "
                                "the case that is worked on.",
                                tied.field, tied.named, original->other_case_id.value))};
}

/// What of a list of cases tells which case has a number.
struct NumberedCase {
  CaseId id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(cereal::make_nvp("case", id));
  }
};
struct NumberedCases {
  std::vector<NumberedCase> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows));
  }
};

struct Range {
  std::size_t least;
  std::size_t most;
};

/// The whole number in `name` of the query, or `otherwise`. An error is a sentence.
std::expected<std::size_t, std::string> number(const http::Call& call, const std::string& name,
                                               std::size_t otherwise, Range range) {
  const auto found = call.query.find(name);
  if (found == call.query.end()) return otherwise;
  const auto value = whole_number<std::size_t>(found->second);
  if (value && *value >= range.least && *value <= range.most) return *value;
  return std::unexpected("Expected '" + name + "' to be a whole number from " + std::to_string(range.least) +
                         " to " + std::to_string(range.most) + ", but it is '" + found->second + "'.");
}

http::HttpResponse ask_again(http::HttpResponse refusal) {
  refusal.headers.push_back({"Retry-After", "1"});
  return refusal;
}

http::HttpResponse busy() {
  return ask_again(
      http::problem(503, "busy", "More reads wait than this server takes on. Ask again in a second."));
}

/// A number is well formed, and yet there may be no such case.
http::HttpResponse no_such_case(std::string_view asked, std::string_view sentence) {
  if (parse_case_number(asked)) return http::problem(404, "no_such_case", sentence);
  return http::problem(400, "malformed_case", sentence);
}

/// What a list of the cases with this number says.
std::expected<CaseId, std::string> case_numbered(const std::string& number, const std::string& cases) {
  NumberedCases found;
  if (const auto error = from_json(cases, found)) return std::unexpected(error->sentence());
  if (found.rows.empty())
    return std::unexpected("There is no case " + number +
                           " here. Look for it in the list of cases, or give its id or channel:reference.");
  return found.rows.front().id;
}

http::HttpResponse malformed_query(std::string_view sentence) {
  return http::problem(400, "malformed_query", sentence);
}

std::optional<std::string> asked_token(const http::Call& call) {
  if (const auto found = call.query.find("token"); found != call.query.end()) return found->second;
  if (const auto header = call.request.header("x-casetrail-token")) return std::string(*header);
  return std::nullopt;
}

/// Which rows were asked for; an error is a sentence.
std::expected<void, std::string> take_page(const http::Call& call, kit::BoardQuery& query) {
  const auto limit = number(call, "limit", query.limit, {0, kMostRowsOfAPage});
  if (!limit) return std::unexpected(limit.error());
  query.limit = *limit;
  if (const auto after = call.query.find("after"); after != call.query.end()) query.after = after->second;
  return {};
}

/// `as_of` of a query, which has to be past; an error is a sentence.
std::expected<Timestamp, std::string> past_moment(const std::multimap<std::string, std::string>& query,
                                                  Timestamp now) {
  for (const auto* other : {"now", "token"}) {
    if (query.contains(other))
      return std::unexpected("Expected 'as_of' or '" + std::string(other) + "', but there are both.");
  }
  return settled_moment("as_of", query.find("as_of")->second, now);
}

/// What of a board was asked; an error is a sentence.
/// So long before now a simulated day may end: its commands have to outlive their retention.
constexpr auto kOldestDay = std::chrono::days{7};

/// When a simulated day ends; nothing: now.
std::expected<std::optional<Timestamp>, std::string> day_end(
    const std::multimap<std::string, std::string>& query) {
  const auto asked = query.find("until");
  if (asked == query.end() || asked->second.empty()) return std::nullopt;
  const auto until = parse_timestamp(asked->second);
  const auto now = wall_clock();
  if (!until || *until > now || *until < now - kOldestDay) {
    return std::unexpected(
        "Expected 'until' to be a moment of the last 7 days such as 2026-11-30T18:00:00Z, but it is '" +
        asked->second + "'.");
  }
  return until;
}

std::expected<kit::BoardQuery, std::string> board_query(const http::Call& call) {
  kit::BoardQuery query{.now = wall_clock(), .filters = call.query};
  if (auto page = take_page(call, query); !page) return std::unexpected(std::move(page).error());
  if (call.query.contains("at")) {
    return std::unexpected(
        "Expected 'as_of' for the board as it stood, or 'now' for ages and time left of the one that stands, "
        "but it is "
        "called 'at'.");
  }
  if (const auto now = call.query.find("now"); now != call.query.end()) {
    const auto moment = parse_timestamp(now->second);
    if (!moment) {
      return std::unexpected("Expected 'now' to be " + std::string(kMomentExpected) + ", but it is '" +
                             now->second + "'.");
    }
    query.now = *moment;
    query.now_was_asked = true;
  }
  for (const auto* name : {"limit", "after", "now", "token"}) query.filters.erase(name);
  return query;
}

/// Which dead letters were asked for; an error is a sentence.
std::expected<LetterBook::Wanted, std::string> wanted_letters(const http::Call& call) {
  const auto asked = call.query.find("state");
  if (asked == call.query.end()) return LetterBook::Wanted::open;
  if (const auto wanted = enum_from<LetterBook::Wanted>(asked->second)) return *wanted;
  return std::unexpected("Expected 'state' to be one of " + list_names<LetterBook::Wanted>() +
                         ", but it is '" + asked->second + "'.");
}

/// The id of the last frame that a client has; what `EventSource` says by itself counts.
std::optional<std::string> last_event_id(const http::Call& call) {
  if (const auto header = call.request.header("last-event-id")) return std::string(*header);
  const auto found = call.query.find("last_event_id");
  return found == call.query.end() ? std::nullopt : std::optional(found->second);
}

/// What of which board is to go on; an error is the answer.
std::expected<BoardPage, http::HttpResponse> board_page(const http::Call& call, const CaseFinder& find_case) {
  auto query = board_query(call);
  if (!query) return std::unexpected(malformed_query(query.error()));
  for (const std::string name : {"now", "token", "as_of"}) {
    if (!call.query.contains(name)) continue;
    return std::unexpected(
        malformed_query("Expected no '" + name + "': a stream shows the board as it stands, from now on."));
  }
  for (const auto* name : {"last_event_id", "changes"}) query->filters.erase(name);
  BoardPage page{call.args.at("view"), *std::move(query), std::nullopt};
  const auto asked = page.query.filters.find("case");
  if (page.view != kHistory || asked == page.query.filters.end()) return page;
  auto id = find_case(asked->second);
  if (!id) return std::unexpected(no_such_case(asked->second, id.error()));
  asked->second = id->value;
  page.only = *std::move(id);
  return page;
}

/// A sentence on the first parameter that the route does not have.
std::optional<std::string> unknown_parameter(const RouteText& route, const http::Call& call) {
  if (route.rest == RouteText::Rest::filters) return std::nullopt;
  std::string known;
  for (const auto& parameter : route.query_parameters)
    known.append(known.empty() ? "" : ", ").append(parameter.name);
  for (const auto& [name, value] : call.query) {
    const auto has_name = [&](const auto& parameter) { return parameter.name == name; };
    if (std::ranges::any_of(route.query_parameters, has_name)) continue;
    return "Expected a query of " + (known.empty() ? "no parameters" : known) + ", but there is '" + name +
           "'.";
  }
  return std::nullopt;
}

/// What is asked twice; a filter of a board may be.
std::optional<http::HttpResponse> repeated_parameter(const RouteText& route, const http::Call& call) {
  const auto is_own = [&](const std::string& name) {
    return std::ranges::any_of(route.query_parameters,
                               [&](const auto& parameter) { return parameter.name == name; });
  };
  for (const auto& [name, value] : call.query) {
    if (call.query.count(name) == 1) continue;
    if (route.rest == RouteText::Rest::filters && !is_own(name)) continue;
    return http::problem(
        400, "repeated_parameter",
        "Expected each parameter of the query once, but '" + name + "' is there more than once.");
  }
  return std::nullopt;
}

HeldForm held_form(const http::HttpRequest& request) {
  return request.header("accept").value_or("").contains("text/csv") ? HeldForm::csv : HeldForm::json;
}

std::string not_of_this_log(const std::string& said) {
  return "This log has no position " + said +
         ": it is ahead of the end, or of a log with other partitions. What follows begins anew.";
}

/// What who answers has to hold.
std::optional<Role> needed_for(const RouteText& route, const http::Call& call) {
  const auto view = call.args.find("view");
  const bool of_history = view != call.args.end() && view->second == kHistory;
  return route.held == Role::boards && of_history ? Role::history : route.held;
}

/// Where the request names a case that is found by its id alone, by a number that only the boards know;
/// nothing when it does not.
std::string* number_in(const RouteText& route, http::Call& call) {
  const auto by_number = [](std::string& text) { return parse_case_number(text) ? &text : nullptr; };
  if (const auto id = call.args.find("id"); id != call.args.end()) return by_number(id->second);
  const auto asked = call.query.find("case");
  if (asked == call.query.end()) return nullptr;
  return needed_for(route, call) == Role::boards ? nullptr : by_number(asked->second);
}

/// The target that comes to the route with these arguments.
std::string target_of(const RouteText& route, const http::Call& call) {
  std::string target(route.path);
  for (const auto& [name, value] : call.args) {
    const auto place = "{" + name + "}";
    target.replace(target.find(place), place.size(), http::percent_encode(value));
  }
  auto before = '?';
  for (const auto& [name, value] : call.query) {
    target.append(1, std::exchange(before, '&'))
        .append(http::percent_encode(name))
        .append(1, '=')
        .append(http::percent_encode(value));
  }
  return target;
}

http::HttpResponse not_held_here(Role role) {
  return ask_again(http::problem(503, "not_held_here",
                                 "This node does not hold " + std::string(name_of(role)) +
                                     ". Ask one that does: GET /v1/node of each says what it holds."));
}

/// Where the events end now.
log::LogResult<Positions> event_ends(log::EventLog& log) {
  const auto bounds = log.bounds(log::Topic::events);
  if (!bounds) return std::unexpected(bounds.error());
  Positions ends;
  for (std::size_t i = 0; i < bounds->size(); ++i) ends[static_cast<log::Partition>(i)] = bounds->at(i).high;
  return ends;
}

constexpr std::string_view kBatchType = "application/cloudevents-batch+json";

/// Refuses what is posted without saying that it is JSON, be its body empty: of the types that a page may
/// send to another site without asking it first, none is JSON, and of the methods POST alone changes
/// something.
std::optional<http::HttpResponse> undeclared(const http::HttpRequest& request) {
  if (request.method != "POST") return std::nullopt;
  const auto type = request.media_type();
  if (type == "application/json" || type == "application/cloudevents+json" || type == kBatchType)
    return std::nullopt;
  return http::problem(
      415, "unsupported_media_type",
      "Expected Content-Type to be application/json or a CloudEvents type in JSON, but it is '" + type +
          "'.");
}

/// Why who asks may not use the route; nothing when they may, or nobody looks.
std::optional<http::HttpResponse> denial(const RouteText& route, const http::HttpRequest& request) {
  const auto* who = request.identity.get();
  const auto has = [&](identity::Right right) { return who->may(right); };
  if (who == nullptr || route.rights.empty() || std::ranges::any_of(route.rights, has)) return std::nullopt;
  std::string rights;
  for (const auto right : route.rights)
    rights.append(rights.empty() ? "'" : ", '").append(name_of(right)).append("'");
  return denied(*who, "forbidden",
                std::string(route.method) + " " + std::string(route.path) + " needs the right " + rights +
                    ". Whoever keeps the identities file gives it.");
}

/// A cookie for the browser that has shown a token.
http::HttpResponse signed_in(const http::HttpRequest& request) {
  const auto* who = request.identity.get();
  if (who == nullptr)
    return http::problem(404, "no_identities", "This server knows no identities: nobody signs in.");
  const auto shown = identity::credentials_of(request);
  if (!who->is_known() || !shown || shown->in_cookie) {
    spdlog::warn("denied: code=unauthenticated identity={} why=\"signs in without a token\"",
                 who->is_known() ? who->id : "nobody");
    return identity::unauthenticated("unauthenticated",
                                     "Expected a token in 'Authorization: Bearer …', but there is none.");
  }
  auto answer = me_answer(who);
  answer.headers.push_back(identity::session_cookie(request, shown->token));
  return answer;
}

http::HttpResponse signed_out(const http::HttpRequest& request) {
  static const identity::Identity kNobody;
  auto answer = me_answer(request.identity ? &kNobody : nullptr);
  answer.headers.push_back(identity::ended_session_cookie());
  return answer;
}

http::HttpResponse shape_answer(const std::string& view) {
  if (auto document = shape_document(view)) return json_answer(200, *std::move(document));
  return http::problem(404, "not_found", unknown_view(view, view_names()));
}

http::HttpResponse schema_answer(const std::string& name) {
  if (name.empty())
    return json_answer(200,
                       to_json(std::map<std::string, std::vector<std::string>>{{"schemas", schema_names()}}));
  if (auto document = schema_document(name)) return json_answer(200, *std::move(document));
  return http::problem(404, "not_found",
                       "Expected a name of /v1/schemas, but it is '" + name + "'" + schema_hint(name) + ".");
}

}  // namespace

Api::Api(log::EventLog& log, OutcomeWaiter* outcomes, ViewDesk& desk, Node node)
    : log_(log), outcomes_(outcomes), desk_(desk), node_(std::move(node)) {
  add_commands();
  add_reads();
  add_events();
  add_rebuilds();
  add_operations();
  add_letters();
  add_health();
}

/// Errands hand over to each other: all have stopped before the first one goes.
Api::~Api() {
  for (auto* errands :
       {&errands_, &cases_, &boards_, &asking_, &simulating_, &reading_, &recalling_, &letters_})
    errands->stop();
  board_streams_.stop();
  event_streams_.stop();
}

void Api::add(std::string_view method, std::string_view path, http::Router::Action action) {
  const auto route = std::ranges::find_if(
      route_texts(), [&](const RouteText& text) { return text.method == method && text.path == path; });
  router_.add(method, path,
              [this, action = std::move(action), route](http::Call call, const http::Reply& reply) {
                if (auto refusal = denial(*route, call.request)) return reply(*std::move(refusal));
                if (auto refusal = undeclared(call.request)) return reply(*std::move(refusal));
                if (auto refusal = repeated_parameter(*route, call)) return reply(*std::move(refusal));
                if (auto unknown = unknown_parameter(*route, call)) return reply(malformed_query(*unknown));
                write_moments(*route, call, desk_);
                take(*route, action, std::move(call), reply);
              });
}

bool Api::may_ask_others(const http::HttpRequest& request) const {
  return node_.elsewhere != nullptr && !request.header(kForwardedHeader);
}

void Api::take(const RouteText& route, const http::Router::Action& action, http::Call call,
               const http::Reply& reply) {
  const bool asks_others = may_ask_others(call.request);
  if (call.request.header(kForwardedHeader) && route.held && !was_ready_)
    return reply(ask_again(http::problem(503, "starting", "This node has not been ready yet.")));
  const auto needed = needed_for(route, call);
  const bool is_held = !needed || holds(*needed);
  if (const auto* number = number_in(route, call); number && !(is_held && holds(Role::boards))) {
    if (!asks_others) return reply(not_held_here(is_held ? Role::boards : *needed));
    const auto go_on = [this, &route, action, call, reply](std::expected<CaseId, std::string> id) mutable {
      auto& named = *number_in(route, call);
      if (!id) return reply(no_such_case(named, id.error()));
      named = id->value;
      call.request.target = target_of(route, call);
      take(route, action, std::move(call), reply);
    };
    if (holds(Role::boards)) return OnCase(go_on)(find_case(*number));
    return find_elsewhere(*number, call, reply, go_on);
  }
  if (is_held) return action(std::move(call), reply);
  if (!asks_others || route.of_this_node) return reply(not_held_here(*needed));
  node_.elsewhere->ask(*needed, std::move(call.request), reply);
}

void Api::find_elsewhere(const std::string& number, const http::Call& call, const http::Reply& reply,
                         OnCase found) {
  auto request = call.request;
  request.target = "/v1/cases?limit=1&case=" + http::percent_encode(number);
  if (const auto token = asked_token(call)) request.target += "&token=" + http::percent_encode(*token);
  request.body.clear();
  const auto take_answer = [number, reply, found = std::move(found)](http::HttpResponse answer) {
    if (answer.status != 200) return reply(std::move(answer));
    found(case_numbered(number, answer.body));
  };
  node_.elsewhere->ask(Role::boards, std::move(request), take_answer);
}

/// Short: of one partition, a place in a list and the row there.
std::expected<CaseId, std::string> Api::find_case(std::string_view text) const {
  const auto number = parse_case_number(text);
  if (!number) return find_case_id(text);
  const auto answer = desk_.board(kCases, {.now = wall_clock(), .filters = {{"case", *number}}, .limit = 1});
  if (!answer) return std::unexpected(answer.error().sentence);
  return case_numbered(*number, *answer);
}

Arrival Api::arrival(const http::HttpRequest& request) const {
  return {.at = wall_clock(),
          .find_case = [this](std::string_view text) { return find_case(text); },
          .sender = request.identity.get()};
}

Arrival Api::arrival(const http::HttpRequest& request, Numbers& numbers) const {
  auto all = arrival(request);
  if (holds(Role::boards) || !may_ask_others(request)) return all;
  all.find_case = [&numbers](std::string_view text) -> std::expected<CaseId, std::string> {
    const auto number = parse_case_number(text);
    if (!number) return find_case_id(text);
    if (const auto known = numbers.known.find(*number); known != numbers.known.end()) return known->second;
    numbers.missing = *number;
    return std::unexpected("It is asked for.");
  };
  return all;
}

void Api::find_missing(const http::Call& call, const http::Reply& reply,
                       const std::shared_ptr<Numbers>& numbers, std::function<void()> again) {
  const auto number = *std::exchange(numbers->missing, std::nullopt);
  find_elsewhere(number, call, reply, [numbers, number, again = std::move(again)](auto id) {
    numbers->known.emplace(number, std::move(id));
    again();
  });
}

void Api::add_commands() {
  add("POST", "/v1/commands", [this](const http::Call& call, const http::Reply& reply) {
    const auto numbers = std::make_shared<Numbers>();
    call.request.media_type() == kBatchType ? take_batch(call, reply, numbers)
                                            : take_command(call, reply, numbers);
  });
}

void Api::take_command(const http::Call& call, const http::Reply& reply,
                       const std::shared_ptr<Numbers>& numbers) {
  const auto seconds = number(call, "timeout", 10, {0, 600});
  if (!seconds) return reply(malformed_query(seconds.error()));
  auto submission = read_submission(call.request, arrival(call.request, *numbers));
  if (numbers->missing) {
    return find_missing(call, reply, numbers,
                        [this, call, reply, numbers] { take_command(call, reply, numbers); });
  }
  if (!submission) return reply(std::move(submission).error());
  const auto wait = call.query.find("wait");
  const bool at_once = wait != call.query.end() && wait->second == "0";
  const auto send = [this, reply, submission, at_once, patience = std::chrono::seconds(*seconds)] {
    submit(log_, *outcomes_, *submission, at_once ? Wait::until_durable : Wait::for_outcome, patience,
           [reply](SubmitResult result) { reply(answer_of(std::move(result))); });
  };
  // Who does not wait may have sent the other case a moment ago, and nobody has decided on it yet.
  if (at_once || !submission->tied || !holds(Role::history)) return send();
  when_there({call, reply}, *submission->tied, send);
}

void Api::when_there(const Client& client, const TiedCase& tied, const std::function<void()>& there) {
  const auto objection = [this, tied] {
    const kit::BoardQuery standing{.now = wall_clock(),
                                   .filters = {{"case", tied.id.value}, {"state", "true"}}};
    return objection_to(tied,
                        standing_case(tied.named, tied.id, desk_.board_of_case(kHistory, tied.id, standing)));
  };
  const auto answer = [client, there](const std::optional<Objection>& objected) {
    objected ? client.reply(objected->answer) : there();
  };
  offer(cases_, client, [this, client, tied, objection, answer] {
    const auto objected = objection();
    if (!objected || !objected->may_come) return answer(objected);
    offer(asking_, client, [this, client, tied, objection, answer] {
      once_covered(client, tied.id, [this, client, objection, answer] {
        offer(cases_, client, [objection, answer] { answer(objection()); });
      });
    });
  });
}

void Api::take_batch(const http::Call& call, const http::Reply& reply,
                     const std::shared_ptr<Numbers>& numbers) {
  const auto seconds = number(call, "timeout", 60, {0, 600});
  if (!seconds) return reply(malformed_query(seconds.error()));
  auto batch = read_batch(call.request, arrival(call.request, *numbers));
  if (numbers->missing) {
    return find_missing(call, reply, numbers,
                        [this, call, reply, numbers] { take_batch(call, reply, numbers); });
  }
  if (!batch) return reply(std::move(batch).error());
  submit_batch(log_, *outcomes_, *std::move(batch), std::chrono::seconds(*seconds), reply);
}

bool Api::Client::has_left() const { return gone && Errands::Clock::now() - since > kGonePatience && gone(); }

void Api::offer(Errands& where, const Client& client, Errands::Errand errand) {
  const bool taken = where.offer([client, errand = std::move(errand)] {
    if (client.has_left()) return client.reply(busy());
    errand();
  });
  if (!taken) client.reply(busy());
}

void Api::answer_on(Errands& where, const Client& client, Work work) {
  offer(where, client, [client, work = std::move(work)] { client.reply(work()); });
}

/// The board as it stood.
void Api::show_past(const std::string& view, const http::Call& call, const http::Reply& reply) {
  if (view == kHistory)
    return reply(
        malformed_query("Expected no 'as_of' here: a case as it stood is GET /v1/cases/{id}?as_of=…"));
  auto query = board_query(call);
  if (!query) return reply(malformed_query(query.error()));
  const auto as_of = past_moment(call.query, query->now);
  if (!as_of) return reply(malformed_query(as_of.error()));
  query->filters.erase("as_of");
  const Client client(call, reply);
  offer(recalling_, client, [this, client, view, as_of = *as_of, query = *std::move(query)] {
    auto board = desk_.past_board(view, as_of, query);
    if (!board) return client.reply(answer_of(DeskAnswer(std::unexpected(std::move(board).error()))));
    client.reply(answer_of(*std::move(board)));
  });
}

void Api::show_board_diff(const http::Call& call, const http::Reply& reply) {
  const auto& view = call.args.at("view");
  if (find_shape(view) == nullptr)
    return reply(http::problem(404, "not_found", unknown_view(view, view_names())));
  if (view == kHistory)
    return reply(malformed_query(
        "Expected a board of cases: what became of one case is GET /v1/cases/{id}/diff?from=…&to=…"));
  auto query = board_query(call);
  if (!query) return reply(malformed_query(query.error()));
  const auto span = board_span(call.query, query->now);
  if (!span) return reply(malformed_query(span.error()));
  for (const auto* name : {"from", "to"}) query->filters.erase(name);
  const Client client(call, reply);
  answer_on(recalling_, client, [this, view, span = *span, query = *std::move(query)] {
    return board_diff_answer(view, span, query, desk_, log_);
  });
}

void Api::show_board(const std::string& view, const http::Call& call, const http::Reply& reply) {
  if (call.query.contains("as_of")) return show_past(view, call, reply);
  auto query = board_query(call);
  if (!query) return reply(malformed_query(query.error()));
  const Client client(call, reply);
  when_covered(call, view, client, [this, client, view, query = *std::move(query)] {
    answer_on(boards_, client, [this, view, query] { return answer_of(desk_.board(view, query)); });
  });
}

/// The history as a board: of the one case that its filter names.
void Api::show_history(const http::Call& call, const http::Reply& reply) {
  auto query = board_query(call);
  if (!query) return reply(malformed_query(query.error()));
  const auto asked = query->filters.find("case");
  auto id = find_case(asked->second);
  if (!id) return reply(no_such_case(asked->second, id.error()));
  const auto named = std::exchange(asked->second, id->value);
  const Client client(call, reply);
  when_covered(call, kHistory, client, [this, client, named, id = *id, query = *std::move(query)] {
    show_case(client, id, [this, named, id, query] {
      return history_answer(named, id, desk_.board_of_case(kHistory, id, query));
    });
  });
}

void Api::add_reads() {
  add("GET", "/v1/cases",
      [this](const http::Call& call, const http::Reply& reply) { show_board(kCases, call, reply); });
  add("GET", "/v1/boards/{view}", [this](const http::Call& call, const http::Reply& reply) {
    const auto& view = call.args.at("view");
    if (view == kHistory && call.query.contains("case")) return show_history(call, reply);
    show_board(view, call, reply);
  });
  add("GET", "/v1/boards/{view}/diff",
      [this](const http::Call& call, const http::Reply& reply) { show_board_diff(call, reply); });
  add("GET", "/v1/boards/{view}/stream",
      [this](const http::Call& call, const http::Reply& reply) { open_board(call, reply); });
  add("GET", "/v1/cases/{id}",
      [this](const http::Call& call, const http::Reply& reply) { show_standing(call, reply); });
  add("GET", "/v1/cases/{id}/history",
      [this](const http::Call& call, const http::Reply& reply) { show_events(call, reply); });
  add("GET", "/v1/cases/{id}/diff",
      [this](const http::Call& call, const http::Reply& reply) { show_diff(call, reply); });
  add("GET", "/v1/cases/{id}/held",
      [this](const http::Call& call, const http::Reply& reply) { show_held(call, reply); });
  add("GET", "/v1/held", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(recalling_, {call, reply}, [this, filters = call.query, form = held_form(call.request)] {
      return held_totals_answer(
          desk_.board(kHistory, {.now = wall_clock(), .filters = filters, .of_all_cases = true}), form);
    });
  });
  add("GET", "/v1/cases/{id}/contact",
      [this](const http::Call& call, const http::Reply& reply) { show_contact(call, reply); });
  add("GET", "/v1/cases/{id}/actions",
      [this](const http::Call& call, const http::Reply& reply) { show_actions(call, reply); });
  add("GET", "/v1/cases/{id}/why",
      [this](const http::Call& call, const http::Reply& reply) { show_why(call, reply); });
}

/// The case that the path names; without one the client is answered.
std::optional<CaseId> Api::case_in(const http::Call& call, const http::Reply& reply) const {
  const auto& named = call.args.at("id");
  auto id = find_case(named);
  if (id) return *std::move(id);
  reply(no_such_case(named, id.error()));
  return std::nullopt;
}

void Api::show_events(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  kit::BoardQuery query{.now = wall_clock(), .filters = {{"case", id->value}}, .limit = kMostRowsOfAPage};
  if (auto page = take_page(call, query); !page) return reply(malformed_query(page.error()));
  when_told(call, *id, false, reply, [this, named = call.args.at("id"), id = *id, query = std::move(query)] {
    return history_answer(named, id, desk_.board_of_case(kHistory, id, query));
  });
}

void Api::show_standing(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  kit::BoardQuery query{.now = wall_clock(), .filters = {{"case", id->value}, {"state", "true"}}};
  const auto moment = case_moment(call.query, query.now);
  if (!moment) return reply(malformed_query(moment.error()));
  const auto asked = moment->value_or(CaseMoment{});
  if (*moment) query.filters.emplace("as_of", asked.text);
  when_told(call, *id, asked.is_time, reply,
            [this, named = call.args.at("id"), id = *id, query = std::move(query), asked] {
              return case_answer(named, id, asked.not_there, desk_.board_of_case(kHistory, id, query));
            });
}

void Api::show_diff(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  kit::BoardQuery query{.now = wall_clock(), .filters = {{"case", id->value}, {"state", "true"}}};
  const auto span = case_span(call.query, query.now);
  if (!span) return reply(malformed_query(span.error()));
  query.filters.emplace("since", span->from.text);
  if (span->to) query.filters.emplace("as_of", span->to->text);
  if (const auto every = call.query.find("every"); every != call.query.end()) query.filters.insert(*every);
  const Client client(call, reply);
  const Work show = [this, named = call.args.at("id"), id = *id, query = std::move(query), span = *span] {
    return diff_answer(named, id, span, desk_.board_of_case(kHistory, id, query), desk_, log_);
  };
  when_covered(call, kHistory, client, [this, client, id = *id, show, is_time = span->has_time()] {
    show_from_log(client, id, is_time, show);
  });
}

void Api::show_held(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  const auto form = held_form(call.request);
  const Client client(call, reply);
  const auto ask = [this, client, named = call.args.at("id"), id = *id, form] {
    auto policies = desk_.policies();
    if (!policies) return client.reply(answer_of(DeskAnswer(std::unexpected(std::move(policies).error()))));
    show_case(client, id, [this, named, id, form, policies = *std::move(policies)] {
      const auto now = wall_clock();
      const kit::BoardQuery query{.now = now,
                                  .filters = {{"case", id.value}, {"state", "true"}, {"held", "true"}}};
      return held_answer(named, id, desk_.board_of_case(kHistory, id, query), *policies, now, form);
    });
  };
  when_covered(call, kHistory, client, [this, client, ask] { offer(asking_, client, ask); });
}

void Api::show_contact(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  const auto access = number(call, "access", 0, {0, std::numeric_limits<std::int64_t>::max()});
  if (!access) return reply(malformed_query(access.error()));
  const ContactAsked asked{.named = call.args.at("id"),
                           .id = *id,
                           .access = static_cast<std::int64_t>(*access),
                           .now = wall_clock(),
                           .who = call.request.identity};
  const Client client(call, reply);
  when_covered(call, kHistory, client, [this, client, asked] {
    answer_on(asking_, client, [this, asked] { return contact_answer(asked, desk_, log_); });
  });
}

/// What was recorded until a time is told once the view has all of it.
void Api::when_told(const http::Call& call, const CaseId& id, bool is_time, const http::Reply& reply,
                    const Work& show) {
  const Client client(call, reply);
  when_covered(call, kHistory, client, [this, client, id, show, is_time] {
    if (!is_time) return show_case(client, id, show);
    offer(asking_, client, [this, client, id, show] { show_once_covered(cases_, client, id, show); });
  });
}

std::expected<std::optional<Actor>, http::HttpResponse> Api::actor_in(const http::Call& call) {
  auto named_agent = asking_agent(call.query);
  if (!named_agent) return std::unexpected(malformed_query(named_agent.error()));
  if (!call.request.identity) return *std::move(named_agent);
  return asking_actor(*std::move(named_agent), *call.request.identity);
}

void Api::show_why(const http::Call& call, const http::Reply& reply) {
  const auto id = case_in(call, reply);
  if (!id) return;
  auto asked = why_asked(call.query);
  if (!asked) return reply(malformed_query(asked.error()));
  auto actor = actor_in(call);
  if (!actor) return reply(std::move(actor).error());
  asked->named = call.args.at("id");
  asked->id = *id;
  asked->actor = *std::move(actor);
  asked->now = wall_clock();
  const Client client(call, reply);
  when_covered(call, kHistory, client, [this, client, asked = *std::move(asked)] {
    show_from_log(client, asked.id, false, [this, asked] { return why_answer(asked, desk_, log_); });
  });
}

void Api::show_actions(const http::Call& call, const http::Reply& reply) {
  const auto named = call.args.at("id");
  const auto id = case_in(call, reply);
  if (!id) return;
  auto actor = actor_in(call);
  if (!actor) return reply(std::move(actor).error());
  const auto who = call.request.identity;
  const Client client(call, reply);
  const auto ask = [this, client, named, id = *id, who, actor = *std::move(actor)] {
    auto policy = desk_.policy();
    if (!policy) return client.reply(answer_of(DeskAnswer(std::unexpected(std::move(policy).error()))));
    show_case(client, id, [this, named, id, who, actor, policy = *std::move(policy)] {
      kit::BoardQuery query{.now = wall_clock(), .filters = {{"state", "true"}, {"case", id.value}}};
      return actions_answer(named, id, desk_.board_of_case(kHistory, id, query), {actor, who.get()},
                            query.now, *policy);
    });
  };
  when_covered(call, kHistory, client, [this, client, ask] { offer(asking_, client, ask); });
}

void Api::open_board(const http::Call& call, const http::Reply& reply) {
  auto page = board_page(call, arrival(call.request).find_case);
  if (!page) return reply(std::move(page).error());
  const auto changes = number(call, "changes", 0, {0, 1});
  if (!changes) return reply(malformed_query(changes.error()));
  BoardStreams::Since since{.takes_changes = *changes == 1};
  const auto said = last_event_id(call);
  const auto stands = desk_.positions(page->view, page->only);
  if (!said || !stands) return board_streams_.open(*std::move(page), std::move(since), reply);
  since.has = positions_from(*said);
  if (!since.has || !same_partitions(*since.has, *stands)) {
    since.has.reset();
    since.resync = not_of_this_log(*said);
  }
  if (!since.has || !is_ahead(*since.has, *stands))
    return board_streams_.open(*std::move(page), std::move(since), reply);
  // What the view has not come to may still lie in the log.
  offer(asking_, {call, reply}, [this, page = *std::move(page), since, said = *said, reply]() mutable {
    const auto ends = event_ends(log_);
    if (!ends) return reply(http::problem(503, "unavailable", ends.error().what));
    if (is_ahead(*since.has, *ends)) {
      since.has.reset();
      since.resync = not_of_this_log(said);
    }
    board_streams_.open(std::move(page), std::move(since), reply);
  });
}

void Api::add_events() {
  add("GET", "/v1/events", [this](const http::Call& call, const http::Reply& reply) {
    const auto limit = number(call, "limit", 200, {1, kMostRowsOfAPage});
    if (!limit) return reply(malformed_query(limit.error()));
    auto filter = event_filter(call.query, arrival(call.request).find_case);
    if (!filter) return reply(malformed_query(filter.error()));
    const auto said = last_event_id(call);
    const auto asked = call.query.find("from");
    auto from = events_from(said ? *said : asked == call.query.end() ? "start" : asked->second);
    if (!from) return reply(malformed_query(from.error()));
    if (call.request.header("accept").value_or("").contains(http::kEventStreamType))
      return event_streams_.open(*std::move(from), *std::move(filter), reply);
    answer_on(reading_, {call, reply},
              [this, from = *std::move(from), filter = *std::move(filter), limit = *limit] {
                auto page = event_pages_.page(from, filter, limit);
                return page ? json_answer(200, *std::move(page))
                            : http::problem(503, "unavailable", page.error().what);
              });
  });
}

void Api::show_case(const Client& client, const CaseId& id, const Work& show) {
  offer(cases_, client, [this, client, id, show] {
    auto shown = show();
    if (shown.status != 404) return client.reply(std::move(shown));
    offer(asking_, client, [this, client, id, show] { show_once_covered(cases_, client, id, show); });
  });
}

void Api::show_from_log(const Client& client, const CaseId& id, bool is_time, const Work& show) {
  offer(asking_, client, [this, client, id, is_time, show] {
    if (!is_time) {
      auto told = show();
      if (told.status != 404) return client.reply(std::move(told));
    }
    show_once_covered(asking_, client, id, show);
  });
}

void Api::show_once_covered(Errands& where, const Client& client, const CaseId& id, const Work& show) {
  once_covered(client, id, [client, show, &where] { answer_on(where, client, show); });
}

/// A case that is not shown may lie in the log, where the view has not come yet: then it is not missing.
void Api::once_covered(const Client& client, const CaseId& id, const std::function<void()>& covered) {
  const auto partition = log::partition_of(id.value, log_.partitions());
  const auto bounds = log_.bounds(log::Topic::events, partition);
  if (!bounds) return client.reply(http::problem(503, "unavailable", bounds.error().what));
  look(std::make_shared<Waiting>(Waiting{
      .client = client,
      .behind = [this, partition, end = bounds->stable] { return desk_.short_of(kHistory, partition, end); },
      .until = Errands::Clock::now() + kCasePatience,
      .covered = covered}));
}

void Api::when_covered(const http::Call& call, const std::string& view, const Client& client,
                       const std::function<void()>& covered) {
  const auto text = asked_token(call);
  if (!text) return covered();
  const auto token = token_from(*text);
  if (!token || token->partition >= log_.partitions()) {
    return client.reply(http::problem(
        400, "malformed_token", "Expected a token as X-Casetrail-Token gave it, but it is '" + *text + "'."));
  }
  const auto waiting = std::make_shared<Waiting>(
      Waiting{.client = client,
              .behind = [this, view, token = *token] { return desk_.behind(view, token); },
              .until = Errands::Clock::now() + kTokenPatience,
              .covered = covered,
              .unseen = token});
  offer(errands_, client, [this, waiting] { look(waiting); });
}

void Api::look(const std::shared_ptr<Waiting>& waiting) {
  const auto behind = waiting->behind();
  if (!behind) return waiting->covered();
  const auto now = Errands::Clock::now();
  if (now >= waiting->until || waiting->client.has_left())
    return waiting->client.reply(ask_again(http::problem(503, "behind", *behind)));
  if (waiting->unseen && now - waiting->client.since > kUnseenPatience) {
    const auto token = *std::exchange(waiting->unseen, std::nullopt);
    return offer(asking_, waiting->client, [this, token, waiting] { find_or_look(token, waiting); });
  }
  errands_.add([this, waiting] { look(waiting); }, now + kTokenPause);
}

/// No view will ever show what the log does not hold.
void Api::find_or_look(Token token, const std::shared_ptr<Waiting>& waiting) {
  const auto bounds = log_.bounds(log::Topic::commands, token.partition);
  if (!bounds || token.offset < bounds->high) return errands_.add([this, waiting] { look(waiting); }, {});
  waiting->client.reply(http::problem(400, "token_ahead",
                                      "Token " + to_text(token) + " is ahead of this log, which ends at " +
                                          to_text({token.partition, bounds->high}) +
                                          " there. Read with a token of an answer of this server."));
}

void Api::simulate(const SimulatedDay& day, const Client& client) {
  auto simulated = desk_.simulate(day);
  if (!simulated) return client.reply(answer_of(DeskAnswer(std::unexpected(std::move(simulated).error()))));
  look(std::make_shared<Waiting>(Waiting{
      .client = client,
      .behind = [this, last = std::move(simulated->last)] { return desk_.behind(last); },
      .until = Errands::Clock::now() + kDayPatience,
      .covered = [client,
                  answer = std::move(simulated->answer)] { client.reply(json_answer(200, answer)); }}));
}

void Api::add_rebuilds() {
  add("POST", "/v1/rebuilds/{view}", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this, view = call.args.at("view")] {
      auto response = answer_of(desk_.start_rebuild(view));
      if (response.status == 200) response.status = 202;
      return response;
    });
  });
  add("GET", "/v1/rebuilds", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this] { return answer_of(desk_.rebuilds()); });
  });
  add("GET", "/v1/rebuilds/{view}", [this](const http::Call& call, const http::Reply& reply) {
    const auto run = number(call, "run", 0, {1, 1'000'000'000});
    if (!run) return reply(malformed_query(run.error()));
    answer_on(errands_, {call, reply}, [this, view = call.args.at("view"), run = *run] {
      return answer_of(desk_.rebuild_status(view, run == 0 ? std::nullopt : std::optional(run)));
    });
  });
}

void Api::add_operations() {
  add("GET", "/v1/lag", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this] { return answer_of(desk_.lag()); });
  });
  add("GET", "/v1/groups", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] {
      auto groups = read_groups(log_);
      return groups ? json_answer(200, *std::move(groups))
                    : http::problem(503, "unavailable", groups.error().what);
    });
  });
  add("DELETE", "/v1/groups/{group}", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply},
              [this, group = call.args.at("group")] { return retire_group(log_, group); });
  });
  add("GET", "/v1/policies", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] { return list_policies(log_); });
  });
  add("GET", "/v1/policies/{version}", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply},
              [this, version = call.args.at("version")] { return policy_answer(log_, version); });
  });
  add("GET", "/v1/quarantines", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] { return list_quarantines(log_); });
  });
  add("POST", "/v1/quarantines", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply},
              [this, body = call.request.body] { return quarantine(log_, body, wall_clock()); });
  });
  add("POST", "/v1/backups", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this, body = call.request.body] { return start_backup(desk_, body); });
  });
  add("GET", "/v1/backups", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this] { return answer_of(desk_.backup_status()); });
  });
  add("GET", "/v1/topics", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] {
      const auto reports = log_.check_topics();
      return reports ? json_of(*reports) : http::problem(503, "unavailable", reports.error().what);
    });
  });
  add("POST", "/v1/simulations", [this](const http::Call& call, const http::Reply& reply) {
    const auto seed = number(call, "seed", 7, {0, 1'000'000'000});
    const auto cases = number(call, "cases", 320, {1, 1'000'000});
    const auto until = day_end(call.query);
    if (!seed) return reply(malformed_query(seed.error()));
    if (!cases) return reply(malformed_query(cases.error()));
    if (!until) return reply(malformed_query(until.error()));
    const Client client(call, reply);
    offer(simulating_, client,
          [this, day = SimulatedDay{*seed, *cases, *until}, client] { simulate(day, client); });
  });
  add("GET", "/v1/boards",
      [](const http::Call&, const http::Reply& reply) { reply(json_answer(200, boards_document())); });
  add("GET", "/v1/boards/{view}/shape",
      [](const http::Call& call, const http::Reply& reply) { reply(shape_answer(call.args.at("view"))); });
  add("GET", "/v1/schemas", [](const http::Call&, const http::Reply& reply) { reply(schema_answer("")); });
  add("GET", "/v1/schemas/{name*}",
      [](const http::Call& call, const http::Reply& reply) { reply(schema_answer(call.args.at("name"))); });
  add("GET", "/v1/words", [this](const http::Call& call, const http::Reply& reply) {
    const auto text = call.query.find("as_of");
    const auto as_of = text == call.query.end() ? std::nullopt : parse_timestamp(text->second);
    if (text != call.query.end() && !as_of)
      return reply(malformed_query("Expected 'as_of' to be " + std::string(kMomentExpected) +
                                   ", but it is '" + text->second + "'."));
    answer_on(asking_, {call, reply}, [this, as_of] {
      const auto policies = desk_.policies();
      if (!policies) return json_answer(200, words_document(Policy()));
      return json_answer(200, words_document(as_of ? (*policies)->at(*as_of) : (*policies)->newest()));
    });
  });
  add("GET", "/v1/catalogues", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] {
      auto policy = desk_.policy();
      if (!policy) return answer_of(DeskAnswer(std::unexpected(std::move(policy).error())));
      return json_answer(200, catalogues_document(**policy));
    });
  });
  add("GET", "/v1/node", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] {
      return json_answer(
          200, to_json(NodeAnswer{
                   node_.name, node_.log, {node_.roles.begin(), node_.roles.end()}, in_one(missing())}));
    });
  });
  add("GET", "/v1/me", [](const http::Call& call, const http::Reply& reply) {
    reply(me_answer(call.request.identity.get()));
  });
  add("POST", "/v1/session",
      [](const http::Call& call, const http::Reply& reply) { reply(signed_in(call.request)); });
  add("DELETE", "/v1/session",
      [](const http::Call& call, const http::Reply& reply) { reply(signed_out(call.request)); });
  add("GET", "/v1/metrics", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this] { return answer_of(desk_.metrics_answer()); });
  });
  add("GET", "/metrics", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(errands_, {call, reply}, [this] {
      return http::HttpResponse{
          .status = 200, .content_type = "text/plain; version=0.0.4; charset=utf-8", .body = desk_.metrics()};
    });
  });
}

void Api::add_letters() {
  add("GET", "/v1/deadletters", [this](const http::Call& call, const http::Reply& reply) {
    const auto limit = number(call, "limit", 100, {1, 10'000});
    if (!limit) return reply(malformed_query(limit.error()));
    const auto wanted = wanted_letters(call);
    if (!wanted) return reply(malformed_query(wanted.error()));
    answer_on(letters_, {call, reply},
              [this, limit = *limit, wanted = *wanted] { return letter_desk_.list(wanted, limit); });
  });
  add("GET", "/v1/deadletters/{letter}", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(letters_, {call, reply},
              [this, place = call.args.at("letter")] { return letter_desk_.show(place); });
  });
  add("POST", "/v1/deadletters/{letter}/drop", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(letters_, {call, reply}, [this, place = call.args.at("letter"), request = call.request] {
      return letter_desk_.drop(place, request.body, {request.identity.get(), wall_clock()});
    });
  });
  add("POST", "/v1/deadletters/{letter}/retry", [this](const http::Call& call, const http::Reply& reply) {
    const Client client(call, reply);
    offer(letters_, client, [this, place = call.args.at("letter"), request = call.request, client] {
      letter_desk_.retry(place, request.body, {request.identity.get(), wall_clock()}, *outcomes_,
                         kRetryPatience, client.reply);
    });
  });
  if (holds(Role::api)) letters_.add([this] { count_letters(); }, {});
}

/// Again and again, so that nobody has to ask for the letters before they are told.
void Api::count_letters() {
  auto counts = letter_desk_.counts();
  {
    const std::scoped_lock lock(letter_counts_mutex_);
    letter_counts_ = counts;
  }
  letters_.add([this] { count_letters(); }, Errands::Clock::now() + kLettersPause);
}

std::optional<LetterCounts> Api::letter_counts() const {
  const std::scoped_lock lock(letter_counts_mutex_);
  return letter_counts_;
}

std::vector<log::Reason> Api::missing() {
  auto what = desk_.not_ready();
  if (what.empty()) was_ready_ = true;
  return what;
}

http::HttpResponse Api::readiness() {
  if (auto what = missing(); !what.empty()) return waiting_answer("not_ready", std::move(what));
  return ready_answer(desk_.attention());
}

http::HttpResponse Api::startup() {
  if (!was_ready_) {
    if (auto what = missing(); !what.empty()) return waiting_answer("starting", std::move(what));
  }
  return json_answer(200, R"({"status":"started"})");
}

void Api::add_health() {
  add("GET", "/healthz",
      [](const http::Call&, const http::Reply& reply) { reply(json_answer(200, R"({"status":"ok"})")); });
  // On the server's thread: it is told even when those of the API hang.
  add("GET", "/livez", [this](const http::Call&, const http::Reply& reply) {
    auto hangs = desk_.standing_still();
    reply(hangs ? http::problem(503, "hangs", *hangs) : json_answer(200, R"({"status":"alive"})"));
  });
  add("GET", "/startupz", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] { return startup(); });
  });
  add("GET", "/readyz", [this](const http::Call& call, const http::Reply& reply) {
    answer_on(asking_, {call, reply}, [this] { return readiness(); });
  });
}

}  // namespace casetrail::api
