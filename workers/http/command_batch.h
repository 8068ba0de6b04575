// Appends commands and hears what became of them, one or many at a time.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <variant>
#include <vector>

#include "workers/http/api_answers.h"
#include "workers/http/exchange.h"
#include "workers/http/outcome_waiter.h"
#include "workers/http/submission.h"
#include "workers/log/event_log.h"

namespace casetrail {

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
  LogFailure failure;
  std::string sentence;
};

using SubmitResult = std::variant<CommandResult, Durable, Unanswerable>;

/// Never waits; `on_result` is called once, on any thread.
void submit(EventLog& log, OutcomeWaiter& outcomes, Submission submission, Wait wait,
            std::chrono::milliseconds patience, std::function<void(SubmitResult)> on_result);

[[nodiscard]] HttpResponse answer_of(SubmitResult result);

/// Reads `application/cloudevents-batch+json`. The error names the element that is no command; then none is
/// taken.
[[nodiscard]] std::expected<std::vector<Submission>, HttpResponse> read_batch(const HttpRequest& request,
                                                                              Timestamp now);

/// Answers 200 with `{"outcomes":[…]}` in the order of the batch; an outcome that did not come in time is a
/// problem.
void submit_batch(EventLog& log, OutcomeWaiter& outcomes, std::vector<Submission> submissions,
                  std::chrono::milliseconds patience, const Reply& reply);

}  // namespace casetrail
