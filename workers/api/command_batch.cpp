// The waiter is asked before the append, so that no outcome passes unheard.
#include "workers/api/command_batch.h"

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/http/problem.h"
#include "workers/log/partition.h"

namespace casetrail::api {
namespace {

/// What the log and the waiter say of one command, each from its own thread: the first to speak is heard.
class Pending {
 public:
  explicit Pending(std::function<void(SubmitResult)> on_result) : on_result_(std::move(on_result)) {}

  void give(SubmitResult result) {
    const std::scoped_lock lock(mutex_);
    if (auto on_result = std::exchange(on_result_, nullptr)) on_result(std::move(result));
  }

 private:
  std::mutex mutex_;
  std::function<void(SubmitResult)> on_result_;
};

/// An outcome that names another place in the log than this command's is the first one of the same command.
CommandResult result_of(log::Partition partition, Heard heard) {
  const bool repeated =
      heard.outcome.first_seq > 0 && heard.outcome.token != to_text({partition, heard.command});
  return {std::move(heard.outcome), repeated};
}

std::string ask_again(const CommandId& id) {
  return " The command may still be taken. Send it again with the same id, " + id.value +
         ", to learn its outcome.";
}

struct DurableAnswer {
  CommandId command_id;
  CaseId case_id;
  std::string token;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(command_id), CEREAL_NVP(case_id), CEREAL_NVP(token));
  }
};

struct Elements {
  std::vector<RawJson> batch;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(batch));
  }
};

/// The outcomes of a batch as they come, from any thread.
class BatchAnswer {
 public:
  BatchAnswer(std::size_t size, http::Reply reply) : results_(size), left_(size), reply_(std::move(reply)) {}

  void give(std::size_t index, std::string json) {
    const std::scoped_lock lock(mutex_);
    results_[index] = std::move(json);
    if (--left_ > 0) return;
    std::string body = R"({"outcomes":[)";
    for (std::size_t i = 0; i < results_.size(); ++i) body.append(i > 0 ? "," : "").append(results_[i]);
    reply_(json_answer(200, body + "]}"));
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> results_;
  std::size_t left_;
  http::Reply reply_;
};

}  // namespace

std::string durable_schema() { return PublishedSchema::of<DurableAnswer>(); }

void submit(log::EventLog& log, OutcomeWaiter& outcomes, Submission submission, Wait wait,
            std::chrono::milliseconds patience, std::function<void(SubmitResult)> on_result) {
  const auto id = submission.command_id;
  const auto case_id = submission.case_id;
  const auto partition = log::partition_of(submission.message.key, log.partitions());
  const auto pending = std::make_shared<Pending>(std::move(on_result));
  std::optional<OutcomeWaiter::Ticket> ticket;
  if (wait == Wait::for_outcome) {
    ticket = outcomes.expect(id, partition, patience, [pending, id, partition](std::optional<Heard> heard) {
      if (heard) return pending->give(result_of(partition, *std::move(heard)));
      pending->give(Unanswerable{id, log::LogFailure::unknown,
                                 "Expected an outcome in time, but none came." + ask_again(id)});
    });
  }
  log.append(log::Topic::commands, partition, std::move(submission.message),
             [&log, pending, id, case_id, partition, ticket](log::LogResult<log::Offset> offset) {
               if (!offset) {
                 auto sentence = offset.error().what;
                 if (offset.error().failure == log::LogFailure::unknown) sentence += ask_again(id);
                 Unanswerable lost{id, offset.error().failure, std::move(sentence)};
                 if (lost.failure == log::LogFailure::unavailable && log.broken()) lost.code = "disk_full";
                 return pending->give(std::move(lost));
               }
               if (!ticket) return pending->give(Durable{id, case_id, {partition, *offset}});
               ticket->appended(*offset);
             });
}

http::HttpResponse answer_of(SubmitResult result) {
  if (const auto* known = std::get_if<CommandResult>(&result)) return answer_of(*known);
  if (const auto* durable = std::get_if<Durable>(&result)) {
    const auto token = to_text(durable->token);
    auto response = json_answer(202, to_json(DurableAnswer{durable->command_id, durable->case_id, token}));
    response.headers.push_back({kTokenHeader, token});
    return response;
  }
  const auto& lost = std::get<Unanswerable>(result);
  return lost.failure == log::LogFailure::unknown ? http::problem(504, "outcome_unknown", lost.sentence)
                                                  : http::problem(503, lost.code, lost.sentence);
}

std::expected<Batch, http::HttpResponse> read_batch(const http::HttpRequest& request,
                                                    const Arrival& arrival) {
  Elements elements;
  const auto wrapped = R"({"batch":)" + request.body + "}";
  auto error = check_json_object(wrapped);
  if (!error) error = from_json_strictly(wrapped, elements);
  if (error) return std::unexpected(http::problem(422, "malformed_command", error->sentence()));
  Batch batch;
  for (const auto& element : elements.batch) {
    const auto place = "Element " + std::to_string(batch.size()) + " of the batch: ";
    batch.push_back(read_structured(element.text, arrival, place));
  }
  return batch;
}

void submit_batch(log::EventLog& log, OutcomeWaiter& outcomes, Batch batch,
                  std::chrono::milliseconds patience, const http::Reply& reply) {
  if (batch.empty()) return reply(json_answer(200, R"({"outcomes":[]})"));
  const auto answer = std::make_shared<BatchAnswer>(batch.size(), reply);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!batch[i]) {
      answer->give(i, std::move(batch[i]).error().body);
      continue;
    }
    submit(log, outcomes, *std::move(batch[i]), Wait::for_outcome, patience,
           [answer, i](SubmitResult result) {
             const auto* known = std::get_if<CommandResult>(&result);
             answer->give(i, known != nullptr ? json_of(*known) : answer_of(std::move(result)).body);
           });
  }
}

}  // namespace casetrail::api
