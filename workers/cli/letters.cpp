// The verb `deadletters`: what could not be a command, and its end.
#include <cereal/cereal.hpp>
#include <chrono>
#include <map>

#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/cli/command_request.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/printer.h"
#include "workers/cli/session.h"
#include "workers/cli/verbs.h"
#include "workers/http/exchange.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using verb::LettersTask;

constexpr auto kLetters = "/v1/deadletters";

/// A change of one letter, with the fields that it takes.
http::HttpRequest change_of(const verb::DeadLetters& asked, const char* change,
                            const std::map<std::string, RawJson>& fields) {
  return {.method = "POST",
          .target = std::string(kLetters) + "/" + http::percent_encode(asked.letter) + "/" + change,
          .headers = {{"content-type", "application/json"}},
          .body = to_json(fields)};
}

/// An error is a sentence.
std::expected<http::HttpRequest, std::string> letters_request(const verb::DeadLetters& asked) {
  const auto get = [](const std::string& target) {
    return http::HttpRequest{.method = "GET", .target = target};
  };
  switch (asked.task) {
    case LettersTask::list:
      return get(std::string(kLetters) + "?limit=" + std::to_string(asked.limit) +
                 (asked.all ? "&state=all" : ""));
    case LettersTask::show: return get(std::string(kLetters) + "/" + http::percent_encode(asked.letter));
    case LettersTask::drop: {
      RawJson reason;
      append_json_string(asked.reason, reason.text);
      return change_of(asked, "drop", {{"reason", reason}});
    }
    case LettersTask::retry: {
      if (asked.body.empty()) return change_of(asked, "retry", {});
      auto data = body_of(asked.body);
      if (!data) return std::unexpected(std::move(data).error());
      return change_of(asked, "retry", {{"data", {*std::move(data)}}});
    }
  }
  return std::unexpected("There is no such task.");
}

}  // namespace

int dead_letters(const CommandLine& line, const verb::DeadLetters& asked) {
  const auto request = letters_request(asked);
  if (!request) return fail(kUsage, request.error());
  const auto session = open_session(line.place, NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  const auto answer = (*session)->ask(*request, 60s);
  if (!answer) return fail(request->method == "GET" ? kUnavailable : kUnknown, answer.error());
  const auto& text = asked.task == LettersTask::list   ? dead_letters_text
                     : asked.task == LettersTask::show ? dead_letter_text
                                                       : letter_end_text;
  return Printer(line).print(*answer, text, session->get());
}

}  // namespace casetrail::cli
