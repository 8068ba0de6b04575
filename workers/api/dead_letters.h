// Records that could not be commands: what they hold, what became of them, and their end.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "workers/api/letter_book.h"
#include "workers/api/outcome_waiter.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// Who ends a letter, and when.
struct LetterClerk {
  const identity::Identity* who = nullptr;  ///< null where nobody looks who asks
  Timestamp at{};
};

/// Belongs to one thread; waits for the log. Values are masked, and those that are no JSON withheld: the
/// record itself is read from the topic. A letter is named by its place, `partition:offset`; 404 without it.
class LetterDesk {
 public:
  explicit LetterDesk(log::EventLog& log) : log_(log), book_(log) {}

  /// `{"deadletters":[…],"open":…}`, the newest first, at most `limit`.
  [[nodiscard]] http::HttpResponse list(LetterBook::Wanted wanted, std::size_t limit);
  [[nodiscard]] http::HttpResponse show(std::string_view place);

  /// Takes `{reason}`: 201 when it is a fact in the log, 200 when it was one before, 409 when the letter was
  /// taken as a command.
  [[nodiscard]] http::HttpResponse drop(std::string_view place, const std::string& body,
                                        const LetterClerk& clerk);

  /// Takes `{data?}`: sends the command again, by its own id, with other data where there are some. Answers
  /// on any thread: 201 when it was accepted and that is a fact in the log, 200 when it was one before, 409
  /// when it was refused, dropped before or not kept whole, 422 when it is still no command. Does not wait
  /// for the outcome, for which `patience` is had.
  void retry(std::string_view place, const std::string& body, const LetterClerk& clerk,
             OutcomeWaiter& outcomes, std::chrono::milliseconds patience, const http::Reply& reply);

  /// Nothing: the log does not say.
  [[nodiscard]] std::optional<LetterCounts> counts();

 private:
  struct Found;
  [[nodiscard]] std::expected<Found, http::HttpResponse> find(std::string_view place);

  log::EventLog& log_;
  LetterBook book_;
};

// JSON Schema of what is answered and taken.
[[nodiscard]] std::string dead_letters_schema();
[[nodiscard]] std::string dead_letter_schema();
[[nodiscard]] std::string drop_request_schema();

}  // namespace casetrail::api
