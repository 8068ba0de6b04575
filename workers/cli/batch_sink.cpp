// One request a batch, one answer a command.
#include "workers/cli/batch_sink.h"

#include <cereal/cereal.hpp>
#include <utility>

#include "events/json_reader.h"
#include "events/json_writer.h"
#include "events/outcome.h"
#include "workers/cli/answer.h"

namespace casetrail {
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

/// An error: the outcome is not known.
std::expected<CommandAnswer, std::string> answer_of(const std::string& json) {
  Outcome outcome;
  Repeat repeat;
  if (from_json(json, outcome) || from_json(json, repeat)) return std::unexpected(problem_sentence(json));
  if (outcome.status == OutcomeStatus::rejected) {
    return CommandAnswer{Taken::refused, outcome.code.value_or(""), outcome.message.value_or("")};
  }
  return CommandAnswer{repeat.repeated ? Taken::known : Taken::added, {}, {}};
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
  const auto element = structured_form(command);
  if (!waiting_.empty() && body_.size() + element.size() + 2 > kBatchBytes) {
    if (auto sent = finish(); !sent) return sent;
  }
  body_.append(body_.empty() ? "[" : ",").append(element);
  waiting_.push_back(std::move(on_answer));
  return waiting_.size() < kBatchCommands ? std::expected<void, std::string>() : finish();
}

// The batch is given away before it is sent: after an error nothing of it is sent or told a second time.
std::expected<void, std::string> BatchSink::finish() {
  if (waiting_.empty()) return {};
  const auto waiting = std::exchange(waiting_, {});
  const auto response = session_.ask({.method = "POST",
                                      .target = "/v1/commands?timeout=120",
                                      .headers = {{"content-type", "application/cloudevents-batch+json"}},
                                      .body = std::exchange(body_, {}) + "]"},
                                     150s);
  if (!response) return std::unexpected(response.error());
  if (response->status != 200) return std::unexpected(problem_sentence(response->body));
  Answers answers;
  if (const auto error = from_json(response->body, answers)) return std::unexpected(error->sentence());
  if (answers.outcomes.size() != waiting.size())
    return std::unexpected("Expected an outcome for each command of a batch.");
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const auto answer = answer_of(answers.outcomes[i].text);
    if (!answer) return std::unexpected(answer.error());
    waiting[i](*answer);
  }
  return {};
}

}  // namespace casetrail
