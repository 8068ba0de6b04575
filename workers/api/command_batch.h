// Appends commands and hears what became of them, one or many at a time.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workers/api/api_answers.h"
#include "workers/api/outcome_waiter.h"
#include "workers/api/submission.h"
#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

enum class Wait { for_outcome, until_durable };

/// The command is in the log; its outcome was not asked for.
struct Durable {
  CommandId command_id;
  CaseId case_id;
  Token token;
};

/// It is not known what became of the command: it may still be taken.
struct Unanswerable {
  CommandId command_id;
  log::LogFailure failure;
  std::string sentence;
  std::string_view code = "log_unavailable";  ///< of the problem, unless it is unknown
};

using SubmitResult = std::variant<CommandResult, Durable, Unanswerable>;

/// Never waits; `on_result` is called once, on any thread.
void submit(log::EventLog& log, OutcomeWaiter& outcomes, Submission submission, Wait wait,
            std::chrono::milliseconds patience, std::function<void(SubmitResult)> on_result);

[[nodiscard]] http::HttpResponse answer_of(SubmitResult result);
/// JSON Schema of the answer to a command that is only durable.
[[nodiscard]] std::string durable_schema();

/// An element that is no command is the problem to answer it with.
using Batch = std::vector<std::expected<Submission, http::HttpResponse>>;

/// Reads `application/cloudevents-batch+json`. The error: it is no list at all.
[[nodiscard]] std::expected<Batch, http::HttpResponse> read_batch(const http::HttpRequest& request,
                                                                  const Arrival& arrival);

/// Answers 200 with `{"outcomes":[…]}`, one result for each element, in the order of the batch: an outcome,
/// or a problem with the status that the element alone would have been answered with. One that is no command
/// keeps no other from being taken.
void submit_batch(log::EventLog& log, OutcomeWaiter& outcomes, Batch batch,
                  std::chrono::milliseconds patience, const http::Reply& reply);

}  // namespace casetrail::api
