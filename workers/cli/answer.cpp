// Reads the API's JSON loosely: what it does not know it shows as it is.
#include "workers/cli/answer.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "events/json_reader.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/table.h"

namespace casetrail {
namespace {

using Fields = std::map<std::string, RawJson>;

struct Text {
  std::string value;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(value));
  }
};

/// A JSON value as a person reads it: strings without quotes, null as nothing.
std::string plain(const std::string& json) {
  if (json == "null") return "";
  if (!json.starts_with('"')) return json;
  Text text;
  return from_json(R"({"value":)" + json + "}", text) ? json : text.value;
}

std::string plain(const Fields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? "" : plain(found->second.text);
}

/// `3d 4h`, `2h 05m`, `12m`, `40s`, with `-` before what is past.
std::string duration_text(const std::string& milliseconds) {
  if (milliseconds.empty()) return "";
  const auto ms = std::stoll(milliseconds);
  const auto seconds = (ms < 0 ? -ms : ms) / 1000;
  const std::string sign = ms < 0 ? "-" : "";
  if (seconds >= 86'400) return fmt::format("{}{}d {}h", sign, seconds / 86'400, seconds % 86'400 / 3600);
  if (seconds >= 3600) return fmt::format("{}{}h {:02}m", sign, seconds / 3600, seconds % 3600 / 60);
  if (seconds >= 60) return fmt::format("{}{}m", sign, seconds / 60);
  return fmt::format("{}{}s", sign, seconds);
}

/// `2026-11-23 08:05` of the wire form.
std::string moment_text(const std::string& wire) {
  if (wire.size() < 16) return wire;
  return wire.substr(0, 10) + " " + wire.substr(11, 5);
}

std::string field_text(const Fields& fields, const std::string& name) {
  auto value = plain(fields, name);
  if (name.ends_with("_ms")) return duration_text(value);
  if (const auto found = fields.find(name); found != fields.end() && parse_timestamp(value))
    return moment_text(value);
  if (name == "overdue") return value == "true" ? "overdue" : "";
  return value;
}

struct Column {
  std::string_view field;
  std::string_view title;
};

/// What of a board's row fits a terminal; `--json` has the rest.
std::span<const Column> columns_of(std::string_view view) {
  static constexpr Column kHandoff[] = {
      {"case_no", "case"},    {"handoff", "no"},           {"priority", "prio"},
      {"state", "state"},     {"from_department", "from"}, {"to_department", "to"},
      {"to_agent", "agent"},  {"customer", "customer"},    {"please_do", "please do"},
      {"owner", "owner"},     {"waiting_ms", "waiting"},   {"ola_left_ms", "left"},
      {"bounces", "returned"}};
  static constexpr Column kFollowUp[] = {
      {"case_no", "case"},   {"callback", "no"},       {"priority", "prio"},
      {"state", "state"},    {"purpose", "purpose"},   {"customer", "customer"},
      {"agent", "agent"},    {"due", "due (UTC)"},     {"overdue_by_ms", "late by"},
      {"attempts", "tries"}, {"last_outcome", "last"}, {"problem_where", "problem"}};
  static constexpr Column kReview[] = {
      {"case_no", "case"},      {"review", "no"},          {"state", "state"},
      {"kind", "kind"},         {"agent", "agent"},        {"department", "department"},
      {"reviewer", "reviewer"}, {"waiting_ms", "waiting"}, {"total_permille", "permille"},
      {"comment", "comment"}};
  static constexpr Column kHistory[] = {
      {"seq", "seq"}, {"occurred_at", "when (UTC)"}, {"type", "event"}, {"actor", "who"}, {"line", "what"}};
  if (view == "follow_up") return kFollowUp;
  if (view == "review") return kReview;
  if (view == "history") return kHistory;
  return kHandoff;
}

struct Board {
  Fields totals;
  std::vector<Fields> rows;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(totals), CEREAL_NVP(rows));
  }
};

std::string table_of(std::span<const Column> columns, const std::vector<Fields>& rows, std::size_t width) {
  std::vector<std::string> titles;
  for (const auto& column : columns) titles.emplace_back(column.title);
  Table table(std::move(titles));
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : columns) cells.push_back(field_text(row, std::string(column.field)));
    table.add(std::move(cells));
  }
  return table.text(width);
}

struct CaseRoot {
  std::string case_id;
  std::int64_t seq = 0;
  std::string status;
  std::string last_recorded_at;
  std::string last_line;
  Fields state;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(status), CEREAL_NVP(last_recorded_at),
            CEREAL_NVP(last_line), CEREAL_NVP(state));
  }
};

struct OutcomeRoot {
  std::string command_id;
  std::string case_id;
  std::optional<std::string> status;
  std::int64_t first_seq = 0;
  std::int64_t last_seq = 0;
  std::string token;
  bool repeated = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(command_id), CEREAL_NVP(case_id), CEREAL_NVP(status), CEREAL_NVP(first_seq),
            CEREAL_NVP(last_seq), CEREAL_NVP(token), CEREAL_NVP(repeated));
  }
};

struct Lags {
  std::vector<Fields> partitions;
  std::vector<std::string> problems;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partitions), CEREAL_NVP(problems));
  }
};

struct Letters {
  std::vector<Fields> deadletters;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deadletters));
  }
};

struct Topics {
  std::vector<Fields> topics;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topics));
  }
};

struct ProblemRoot {
  std::string detail;
  std::optional<std::string> code;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(detail), CEREAL_NVP(code));
  }
};

}  // namespace

std::string problem_sentence(const std::string& json) {
  ProblemRoot problem;
  if (from_json(json, problem)) return json;
  return problem.code ? problem.detail + " [" + *problem.code + "]" : problem.detail;
}

int exit_code_of(const HttpResponse& response) {
  if (response.status < 300) return kDone;
  switch (response.status) {
    case 404: return kNotFound;
    case 409: return kRefused;
    case 503: return kUnavailable;
    case 504: return kUnknown;
  }
  return response.status < 500 ? kUsage : kUnavailable;
}

std::string outcome_text(const std::string& json) {
  OutcomeRoot outcome;
  if (from_json(json, outcome)) return json + "\n";
  const auto events = outcome.first_seq == 0 ? std::string("nothing to do")
                      : outcome.repeated
                          ? fmt::format("known already, events {} to {}", outcome.first_seq, outcome.last_seq)
                          : fmt::format("events {} to {}", outcome.first_seq, outcome.last_seq);
  return fmt::format("{}: {}\n  case     {}\n  command  {}\n  token    {}\n",
                     outcome.status.value_or("accepted"), events, outcome.case_id, outcome.command_id,
                     outcome.token);
}

std::string case_text(const std::string& json, std::size_t width) {
  CaseRoot found;
  if (from_json(json, found)) return json + "\n";
  auto text = fmt::format("case {}\n{}, {} events, last {} UTC: {}\n\n", found.case_id, found.status,
                          found.seq, moment_text(found.last_recorded_at), found.last_line);
  Table table({"", ""});
  for (const auto* name :
       {"kind", "category", "priority", "owner", "registered_at", "resolved_at", "closed_at", "cycle_no",
        "assignment", "asked", "held", "callbacks", "reviews", "timers"}) {
    const auto value = field_text(found.state, name);
    if (!value.empty() && value != "[]" && !value.starts_with("1970-")) table.add({name, value});
  }
  return text + table.text(width);
}

std::string history_text(const std::string& json, std::size_t width) {
  Board history;
  if (from_json(json, history)) return json + "\n";
  return table_of(columns_of("history"), history.rows, width);
}

std::string board_text(std::string_view view, const std::string& json, std::size_t width) {
  Board board;
  if (from_json(json, board)) return json + "\n";
  std::string text = fmt::format("{}: ", view);
  std::string totals;
  for (const auto& [name, value] : board.totals)
    totals += fmt::format("{}{} {}", totals.empty() ? "" : ", ", name, value.text);
  text += totals + "\n";
  if (board.rows.empty()) return text + "No open rows.\n";
  return text + "\n" + table_of(columns_of(view), board.rows, width);
}

std::string lag_text(const std::string& json, std::size_t width) {
  Lags lags;
  if (from_json(json, lags)) return json + "\n";
  static constexpr Column kColumns[] = {{"group", "group"},
                                        {"partition", "partition"},
                                        {"current_offset", "current offset"},
                                        {"log_end_offset", "log end offset"},
                                        {"lag", "lag"},
                                        {"lag_seconds", "seconds"},
                                        {"stopped", "stopped"}};
  auto text = table_of(kColumns, lags.partitions, width);
  for (const auto& problem : lags.problems) text += problem + "\n";
  return text;
}

std::string dead_letters_text(const std::string& json, std::size_t width) {
  Letters letters;
  if (from_json(json, letters)) return json + "\n";
  if (letters.deadletters.empty()) return "No dead letters.\n";
  static constexpr Column kColumns[] = {{"at", "when (UTC)"},   {"partition", "partition"},
                                        {"offset", "offset"},   {"key", "key"},
                                        {"headers", "headers"}, {"value", "value"}};
  return table_of(kColumns, letters.deadletters, width);
}

std::string topics_text(const std::string& json, std::size_t width) {
  Topics topics;
  if (from_json(json, topics)) return json + "\n";
  static constexpr Column kColumns[] = {
      {"topic", "topic"}, {"exists", "exists"}, {"partitions", "partitions"}, {"problems", "problems"}};
  return table_of(kColumns, topics.topics, width);
}

}  // namespace casetrail
