// One request a batch, one answer a command.
#include "workers/cli/batch_sink.h"

#include <cereal/cereal.hpp>
#include <functional>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/outcome.h"
#include "workers/cli/answer.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBatchCommands = 1000;
/// Well below what the server takes as one body; a command that is longer goes alone.
constexpr std::size_t kBatchBytes = 700 << 10;

struct Answers {
  std::vector<RawJson> outcomes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(outcomes));
  }
};

struct Repeat {
  bool repeated = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(repeated));
  }
};

struct Problem {
  int status = 0;
  std::string code;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(status), CEREAL_NVP(code));
  }
};

/// What is no command was refused, and nothing of it is in the log.
constexpr int kNoCommand = 422;

/// An error: the outcome is not known.
std::expected<imports::CommandAnswer, std::string> answer_of(const std::string& json) {
  Outcome outcome;
  Repeat repeat;
  Problem problem;
  if (from_json(json, outcome) || from_json(json, repeat)) {
    if (from_json(json, problem) || problem.status != kNoCommand)
      return std::unexpected(problem_sentence(json));
    return imports::CommandAnswer{imports::Taken::refused, problem.code, problem_sentence(json)};
  }
  if (outcome.status == OutcomeStatus::rejected) {
    return imports::CommandAnswer{imports::Taken::refused, outcome.code.value_or(""),
                                  outcome.message.value_or("")};
  }
  return imports::CommandAnswer{repeat.repeated ? imports::Taken::known : imports::Taken::added, {}, {}};
}

}  // namespace

std::string structured_form(const Message& message) {
  std::string json = R"({"datacontenttype":"application/json")";
  for (const auto& header : message.headers) {
    if (!header.name.starts_with("ce_")) continue;
    json += ',';
    append_json_string(std::string_view(header.name).substr(3), json);
    json += ':';
    append_json_string(header.value, json);
  }
  return json.append(R"(,"data":)").append(message.value).append("}");
}

std::expected<void, std::string> BatchSink::send(Message command, OnAnswer on_answer) {
  auto& lane = lanes_[std::hash<std::string>{}(command.key) % lanes_.size()];
  const auto element = structured_form(command);
  if (!lane.waiting.empty() && lane.body.size() + element.size() + 2 > kBatchBytes) {
    if (auto sent = send_batch(lane); !sent) return sent;
  }
  lane.body.append(lane.body.empty() ? "[" : ",").append(element);
  lane.waiting.push_back(std::move(on_answer));
  return lane.waiting.size() < kBatchCommands ? std::expected<void, std::string>() : send_batch(lane);
}

/// All lanes end, whatever one of them meets; the first problem is the one that is told.
std::expected<void, std::string> BatchSink::finish() {
  std::expected<void, std::string> finished;
  const auto note = [&](std::expected<void, std::string> done) {
    if (!done && finished) finished = std::move(done);
  };
  for (auto& lane : lanes_) note(send_batch(lane));
  for (auto& lane : lanes_) note(take_answer(lane));
  return finished;
}

std::expected<void, std::string> BatchSink::send_batch(Lane& lane) {
  if (auto answered = take_answer(lane); !answered) return answered;
  if (lane.waiting.empty()) return {};
  lane.sent = std::exchange(lane.waiting, {});
  http::HttpRequest request{.method = "POST",
                            .target = "/v1/commands?timeout=120",
                            .headers = {{"content-type", "application/cloudevents-batch+json"}},
                            .body = std::exchange(lane.body, {}) + "]"};
  lane.under_way = std::async(std::launch::async, [this, request = std::move(request)]() mutable {
    return session_.ask(std::move(request), 150s);
  });
  return {};
}

// The batch is given away first: after an error nothing of it is told a second time.
std::expected<void, std::string> BatchSink::take_answer(Lane& lane) {
  if (!lane.under_way.valid()) return {};
  const auto sent = std::exchange(lane.sent, {});
  const auto response = lane.under_way.get();
  if (!response) return std::unexpected(response.error());
  if (response->status != 200) return std::unexpected(problem_sentence(response->body));
  Answers answers;
  if (const auto error = from_json(response->body, answers)) return std::unexpected(error->sentence());
  if (answers.outcomes.size() != sent.size())
    return std::unexpected("Expected an outcome for each command of a batch.");
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const auto answer = answer_of(answers.outcomes[i].text);
    if (!answer) return std::unexpected(answer.error());
    sent[i](*answer);
  }
  return {};
}

}  // namespace casetrail::cli
