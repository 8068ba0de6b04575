// Outcomes and desk answers as responses.
#include "workers/api/api_answers.h"

#include <cereal/cereal.hpp>
#include <optional>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/whole_number.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

/// A problem that is an outcome too.
struct RefusedCommand {
  std::string type;
  std::string title = "Conflict";
  int status = 409;
  std::string detail;
  std::string code;
  CommandId command_id;
  CaseId case_id;
  std::int64_t case_seq = 0;
  std::string token;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(title), CEREAL_NVP(status), CEREAL_NVP(detail), CEREAL_NVP(code),
            CEREAL_NVP(command_id), CEREAL_NVP(case_id), CEREAL_NVP(case_seq), CEREAL_NVP(token));
  }
};

/// A problem that passes by itself, and may say when.
struct BeingMade {
  std::string type = "urn:casetrail:problem:being_made";
  std::string title = "Service Unavailable";
  int status = 503;
  std::string detail;
  std::string code = "being_made";
  std::optional<std::int64_t> records_done;
  std::optional<std::int64_t> records_total;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(title), CEREAL_NVP(status), CEREAL_NVP(detail), CEREAL_NVP(code),
            CEREAL_NVP(records_done), CEREAL_NVP(records_total));
  }
};

struct OutcomeAndRepeat {
  Outcome outcome;
  bool repeated = false;

  template <class Archive>
  void serialize(Archive& archive) {
    outcome.serialize(archive);
    archive(CEREAL_NVP(repeated));
  }
};

http::HttpResponse refusal_of(const Outcome& outcome) {
  const auto code = outcome.code.value_or("rejected");
  const RefusedCommand refused{.type = "urn:casetrail:problem:" + code,
                               .detail = outcome.message.value_or(""),
                               .code = code,
                               .command_id = outcome.command_id,
                               .case_id = outcome.case_id,
                               .case_seq = outcome.case_seq,
                               .token = outcome.token};
  return {.status = 409, .content_type = http::kProblemType, .body = to_json(refused)};
}

}  // namespace

std::string outcome_schema() { return PublishedSchema::of<OutcomeAndRepeat>(); }
std::string refusal_schema() { return PublishedSchema::of<RefusedCommand>(); }
std::string being_made_schema() { return PublishedSchema::of<BeingMade>(); }

std::string json_of(const CommandResult& result) {
  return to_json(OutcomeAndRepeat{result.outcome, result.repeated});
}

http::HttpResponse answer_of(const CommandResult& result) {
  const auto& outcome = result.outcome;
  const bool made_events = outcome.first_seq > 0 && !result.repeated;
  auto response = outcome.status == OutcomeStatus::rejected
                      ? refusal_of(outcome)
                      : json_answer(made_events ? 201 : 200, json_of(result));
  response.headers.push_back({kTokenHeader, outcome.token});
  return response;
}

http::HttpResponse json_answer(int status, std::string body) {
  return {.status = status, .body = std::move(body)};
}

http::HttpResponse answer_of(PastBoard board) {
  if (board.is_made) return json_answer(200, std::move(board.json));
  BeingMade problem;
  problem.detail = "The board of this moment is being made: " + std::to_string(board.records_done) +
                   " of at most " + std::to_string(board.records_total) + " records are read. Ask again.";
  problem.records_done = board.records_done;
  problem.records_total = board.records_total;
  return {.status = 503,
          .content_type = http::kProblemType,
          .body = to_json(problem),
          .headers = {{"Retry-After", "1"}}};
}

http::HttpResponse answer_of(DeskAnswer answer) {
  if (answer) return json_answer(200, *std::move(answer));
  auto sentence = std::move(answer.error().sentence);
  switch (answer.error().kind) {
    case Unanswered::unknown: return http::problem(404, "not_found", std::move(sentence));
    case Unanswered::malformed: return http::problem(400, "malformed_query", std::move(sentence));
    case Unanswered::conflict: return http::problem(409, "conflict", std::move(sentence));
    case Unanswered::forbidden: return http::problem(403, "forbidden", std::move(sentence));
    case Unanswered::disk_full: return http::problem(503, "disk_full", std::move(sentence));
    case Unanswered::unavailable: return http::problem(503, "unavailable", std::move(sentence));
  }
  return http::problem(500, "no_answer", std::move(sentence));
}

bool LiveBoard::shows_as(const LiveBoard& other) const {
  const std::string_view mine = json;
  const std::string_view others = other.json;
  return mine.substr(0, positions_at) == others.substr(0, other.positions_at) &&
         mine.substr(positions_end) == others.substr(other.positions_end);
}

std::optional<Token> token_from(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto partition = whole_number<log::Partition>(text.substr(0, colon));
  const auto offset = whole_number<log::Offset>(text.substr(colon + 1));
  if (!partition || !offset || *partition < 0 || *offset < 0) return std::nullopt;
  return Token{*partition, *offset};
}

std::string to_text(const Token& token) {
  return std::to_string(token.partition) + ":" + std::to_string(token.offset);
}

}  // namespace casetrail::api
