// The API's answers as text for people. Programs get the JSON as it is.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "events/wire/timestamp.h"
#include "workers/cli/display.h"
#include "workers/cli/fields.h"
#include "workers/http/exchange.h"

namespace casetrail::cli {

/// The sentence of a problem document; the text itself when it is none.
[[nodiscard]] std::string problem_sentence(const std::string& json);
/// The same with the fields of a command called as the flags of `submit` are.
[[nodiscard]] std::string problem_of_submit(const std::string& json);
/// The same where each field of the data has a flag of its own, which `flag_of` names by its path.
[[nodiscard]] std::string problem_of_action(
    const std::string& json, const std::function<std::string(const std::string& path)>& flag_of);

/// In Chinese, what the code of the problem means goes before its `sentence`, which alone names ids and
/// numbers.
[[nodiscard]] std::string in_language(Language language, const std::string& json,
                                      const std::string& sentence);

/// The exit code that tells a script what `response` says.
[[nodiscard]] int exit_code_of(const http::HttpResponse& response);

/// The same of `GET /v1/lag`: refused when a partition takes no more records or its lag is not known.
[[nodiscard]] int exit_code_of_lag(const http::HttpResponse& response);

// Each makes the text of one kind of answer.
[[nodiscard]] std::string outcome_text(const std::string& json, const Display& display);
/// Events of clocks: told with their count, or one by one.
enum class Clocks { folded, shown };
/// `state` and `history` are the answers of the case's two routes.
[[nodiscard]] std::string case_text(const std::string& state, const std::string& history, Timestamp now,
                                    Clocks clocks, const Display& display);
/// The lines of it above its events.
[[nodiscard]] std::string case_head_text(const std::string& state, const std::string& history, Timestamp now,
                                         const Display& display);
/// At which event a case of `GET /v1/cases/{id}` stands, of how many.
[[nodiscard]] std::string moment_text(const std::string& state, const Display& display);
/// What `GET /v1/cases/{id}/diff` names, by the events that did it.
[[nodiscard]] std::string changes_text(const std::string& diff, const Display& display);
/// What `GET /v1/boards/{view}/diff` names: rows that came, went and changed.
[[nodiscard]] std::string board_diff_text(const std::string& diff, const Display& display);
/// The intervals of `GET /v1/cases/{id}/held`, and what each holder's add up to.
[[nodiscard]] std::string held_text(const std::string& held, const Display& display);
/// The decision and the actions that `GET /v1/cases/{id}/why` explains.
[[nodiscard]] std::string why_text(const std::string& why, const Display& display);
/// One event of a history, and what it changed; `diff` has every change.
[[nodiscard]] std::string step_text(const Fields& event, const std::string& diff, const Display& display);
[[nodiscard]] std::string steps_text(const std::string& history, const std::string& diff,
                                     const Display& display);
[[nodiscard]] std::string history_text(const std::string& json, Clocks clocks, const Display& display);
[[nodiscard]] std::string board_text(std::string_view view, const std::string& json, const Display& display);
/// Those that a screen shows, or all.
enum class BoardColumns { shown, all };
/// What of a board a file holds: where periods were asked for, those, and be there none.
enum class BoardTable { rows, periods };
/// One table alone: words and names as people read them, moments in UTC, durations in hours, other numbers as
/// the API has them.
[[nodiscard]] std::string board_csv(std::string_view view, const std::string& json, BoardTable table,
                                    BoardColumns columns, const Display& display);
[[nodiscard]] std::string lag_text(const std::string& json, const Display& display);
[[nodiscard]] std::string quarantines_text(const std::string& json, const Display& display);
/// A table of the codes of `catalogue`; empty: of all.
[[nodiscard]] std::string codes_text(const std::string& json, const std::string& catalogue,
                                     const Display& display);
[[nodiscard]] std::string policies_text(const std::string& json, const Display& display);
[[nodiscard]] std::string groups_text(const std::string& json, const Display& display);
[[nodiscard]] std::string dead_letters_text(const std::string& json, const Display& display);
[[nodiscard]] std::string dead_letter_text(const std::string& json, const Display& display);
/// What became of a letter that was retried or dropped.
[[nodiscard]] std::string letter_end_text(const std::string& json, const Display& display);
[[nodiscard]] std::string topics_text(const std::string& json, const Display& display);

}  // namespace casetrail::cli
