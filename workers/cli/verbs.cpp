// The verbs but `serve`. Answers go to stdout, everything else to stderr.
#include "workers/cli/verbs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cereal/cereal.hpp>
#include <csignal>
#include <cstdio>
#include <limits>
#include <thread>
#include <utility>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "workers/api/contract.h"
#include "workers/api/reference.h"
#include "workers/api/routes.h"
#include "workers/api/topics_json.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/answer.h"
#include "workers/cli/asked_moment.h"
#include "workers/cli/batch_sink.h"
#include "workers/cli/case_page.h"
#include "workers/cli/command_request.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/pages.h"
#include "workers/cli/policy.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/readable.h"
#include "workers/cli/schema_text.h"
#include "workers/cli/session.h"
#include "workers/cli/terminal.h"
#include "workers/export/failure.h"
#include "workers/export/part_file.h"
#include "workers/import/history_reader.h"
#include "workers/import/import_csv.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kTimeout = 60s;
/// A day is made, decided and shown before it is answered: a large one takes minutes.
constexpr auto kDayTimeout = 30min;
/// Who asks for the lag watches: a server that is frozen is an answer, too.
constexpr auto kLagTimeout = 4s;
constexpr std::size_t kRowsOfABoard = 50;

const http::HttpHeader kJson{"content-type", "application/json"};

http::HttpRequest post(std::string target) {
  return {.method = "POST", .target = std::move(target), .headers = {kJson}};
}
http::HttpRequest get(std::string target) { return {.method = "GET", .target = std::move(target)}; }

/// Waits for a board of the past to be made, and shows how far it is. An error is a sentence; what the server
/// refuses is told by the question that follows.
std::expected<void, std::string> until_made(Session& session, const std::string& target) {
  ProgressBar bar("the board as it stood", "records");
  for (;;) {
    const auto answer = session.ask(get(target), kTimeout);
    if (!answer) return std::unexpected(answer.error());
    const Fields progress(answer->body);
    if (answer->status != 503 || progress.text("code") != "being_made") return {};
    bar.show(progress.number("records_done").value_or(0), progress.number("records_total").value_or(0));
  }
}

class Runner {
 public:
  explicit Runner(const CommandLine& line) : line_(line), printer_(line) {}

  int operator()(const verb::Serve& options) const { return serve(line_.place, options); }

  int operator()(const verb::Bench& options) const { return run_bench(line_.place, line_.output, options); }

  int operator()(const verb::Schema& schema) const {
    const auto width = line_.output == Output::wide ? 0 : terminal_width();
    if (schema.name == "reference") {
      fmt::print("{}", api::reference_page());
      return kDone;
    }
    const auto* type = api::find_contract_type(schema.name);
    if (type != nullptr && line_.output != Output::json) {
      fmt::print("{}", schema_text(*type, width));
      return kDone;
    }
    if (const auto document = api::schema_document(schema.name)) {
      fmt::print("{}\n", *document);
      return kDone;
    }
    const auto names = schema.name.empty() ? api::schema_names() : api::schema_names_of(schema.name);
    if (names.empty())
      return fail(kNotFound, "Expected a name that `casetrail schema` lists, but it is '" + schema.name +
                                 "'" + api::schema_hint(schema.name) + ".");
    if (line_.output == Output::json) {
      fmt::print("{}\n", to_json(std::map<std::string, std::vector<std::string>>{{"schemas", names}}));
    } else {
      fmt::print("{}{}", schemas_text(names, width), schema.name.empty() ? "\n" + documents_text(width) : "");
    }
    return kDone;
  }

  int operator()(const verb::Topics& topics) const {
    if (line_.place.server) return show(get("/v1/topics"), topics_text);
    if (!line_.place.brokers.empty()) return topics_of(topics);
    if (topics.task == verb::TopicsTask::check) {
      if (const auto none = no_log_in(line_.place)) return fail(kUsage, *none);
    }
    node::DataFolder folder(line_.place.data);
    const auto lock = folder.lock(10s);
    if (!lock && lock.error().holder) return show(get("/v1/topics"), topics_text);
    if (!lock) return fail(kUnavailable, lock.error().what);
    if (const auto fits = folder.check_served(node::LogKind::embedded); !fits)
      return fail(kUsage, fits.error());
    return topics_of(topics);
  }

  int operator()(const verb::Submit& submit) const {
    auto body = body_of(submit.body);
    if (!body) return fail(kUsage, body.error());
    return show(command_request(submit, *body), outcome_text, Times::none, problem_of_submit);
  }

  int operator()(const verb::Do& asked) const { return do_action(line_, asked); }

  int operator()(const verb::Case& one) const {
    const auto target = "/v1/cases/" + http::percent_encode(one.id);
    const Parameters query{{"token", one.token}};
    const auto session = open_session(line_.place, NoLog::refuse);
    if (!session) return fail(session.error().code, session.error().what);
    const auto history = ask_pages(**session, target + "/history", query, kEveryRow);
    if (!history) return fail(kUnavailable, history.error());
    const auto clocks = one.all ? Clocks::shown : Clocks::folded;
    if (one.aspect == verb::CaseAspect::history) {
      return printer_.print(
          *history,
          [&](const std::string& json, const Display& display) {
            return history_text(json, clocks, display);
          },
          session->get());
    }
    const auto state = (*session)->ask(get(target + query_of(query)), kTimeout);
    if (!state) return fail(kUnavailable, state.error());
    if (one.aspect == verb::CaseAspect::page && state->status == 200)
      return write_page(one, **session, {.state = state->body, .history = history->body, .held = {}});
    const auto numbers =
        line_.output == Output::json ? Display::Names() : numbers_linked_to(state->body, **session);
    return printer_.print(
        *state,
        [&](const std::string& json, Display display) {
          display.cases = numbers;
          return case_text(json, history->body, api::wall_clock(), clocks, display);
        },
        session->get());
  }

  /// The numbers of the cases that this one is linked to, as far as they are shown.
  static Display::Names numbers_linked_to(const std::string& state, Session& session) {
    std::string query;
    for (const auto& link : Fields(state).object("head").objects("links"))
      query += (query.empty() ? "?case=" : "&case=") + http::percent_encode(link.text("other_case_id"));
    Display::Names numbers;
    if (query.empty()) return numbers;
    const auto cases = session.ask(get("/v1/cases" + query), kTimeout);
    if (!cases || cases->status != 200) return numbers;
    for (const auto& row : Fields(cases->body).objects("rows")) {
      if (auto number = row.text("number"); !number.empty())
        numbers.emplace(row.text("case"), std::move(number));
    }
    return numbers;
  }

  int write_page(const verb::Case& one, Session& session, CaseAnswers answers) const {
    if (const auto objection = exports::objection_to_file(one.out); !objection.empty())
      return fail(kUsage, objection);
    const auto held = session.ask(get("/v1/cases/" + http::percent_encode(one.id) + "/held"), kTimeout);
    if (!held) return fail(kUnavailable, held.error());
    if (held->status != 200) return fail(exit_code_of(*held), problem_sentence(held->body));
    answers.held = held->body;
    try {
      exports::PartFile file(one.out);
      file.write(case_page(answers, api::wall_clock(), printer_.display(&session)));
      file.keep();
    } catch (const exports::Failure& failure) {
      return fail(kUnavailable, failure.what());
    }
    const auto events = Fields(answers.history).objects("rows").size();
    if (line_.output == Output::json)
      fmt::print("{}\n", to_json(std::map<std::string, std::string>{{"file", one.out}}));
    else
      fmt::print("{} in {}. Persons are masked.\n", counted(events, "event"), one.out);
    return kDone;
  }

  int operator()(const verb::Replay& asked) const { return replay(line_, asked); }

  int operator()(const verb::Why& asked) const {
    return show(get("/v1/cases/" + http::percent_encode(asked.id) + "/why" +
                    query_of({{"seq", asked.seq},
                              {"command_id", asked.command},
                              {"action", asked.action},
                              {"agent", asked.agent},
                              {"department", asked.department},
                              {"role", asked.role},
                              {"token", asked.token}})),
                why_text, Times::shown);
  }

  int operator()(const verb::Board& board) const {
    auto parameters = board.filters;
    const auto path = "/v1/boards/" + http::percent_encode(board.view);
    if (!board.diff.empty()) return compare(path, std::move(parameters), board);
    const auto as_of = asked_moment(board.as_of, line_.zone);
    parameters.emplace("as_of", as_of);
    parameters.emplace("now", asked_moment(board.now, line_.zone));
    parameters.emplace("token", board.token);
    const auto session = open_session(line_.place, NoLog::refuse);
    if (!session) return fail(session.error().code, session.error().what);
    if (!as_of.empty()) {
      const auto target = path + query_of({{"as_of", as_of}, {"limit", "0"}});
      if (auto made = until_made(**session, target); !made) return fail(kUnavailable, made.error());
    }
    const auto limit = board.limit.value_or(board.csv ? kEveryRow : kRowsOfABoard);
    const auto answer = ask_pages(**session, path, std::move(parameters), limit);
    if (!answer) return fail(kUnavailable, answer.error());
    const auto columns = line_.output == Output::wide ? BoardColumns::all : BoardColumns::shown;
    const auto table = board.filters.contains("period") ? BoardTable::periods : BoardTable::rows;
    return Printer(line_, as_of)
        .print(
            *answer,
            [&](const std::string& json, const Display& display) {
              return board.csv ? board_csv(board.view, json, table, columns, display)
                               : board_text(board.view, json, display);
            },
            session->get());
  }

  int operator()(const verb::Lag& lag) const {
    if (lag.all_groups) return show(get("/v1/groups"), groups_text);
    const auto session = open_session(line_.place, NoLog::refuse);
    if (!session) return fail(session.error().code, session.error().what);
    const auto response = (*session)->ask(get("/v1/lag"), kLagTimeout);
    if (!response) {
      return fail(kUnavailable,
                  response.error() +
                      " Whether it is behind is not known: look whether the server is stopped or "
                      "overloaded.");
    }
    (void)printer_.print(*response, lag_text);
    return exit_code_of_lag(*response);
  }

  int operator()(const verb::Quarantine& asked) const { return quarantine(line_, asked); }

  int operator()(const verb::RetireGroup& retire) const {
    return show({.method = "DELETE",
                 .target = "/v1/groups/" + http::percent_encode(retire.group),
                 .headers = {kJson}},
                [](const std::string& json, const Display&) {
                  return Fields(json).text("group") + " is gone from the log.\n";
                });
  }

  int operator()(const verb::Export& asked) const { return export_log(line_, asked); }
  int operator()(const verb::HeldTimes& asked) const { return held_times(line_, asked); }
  int operator()(const verb::WhatIf& asked) const { return what_if(line_, asked); }

  int operator()(const verb::Verify& asked) const { return verify(line_.place, asked, line_.output); }

  int operator()(const verb::Identities& asked) const { return edit_identities(asked, line_.output); }
  int operator()(const verb::EvidenceKey& asked) const { return make_evidence_key(asked, line_.output); }
  int operator()(const verb::Keys& asked) const { return work_with_keys(line_.place, asked, line_.output); }
  int operator()(const verb::Doctor&) const { return doctor(line_); }
  int operator()(const verb::Backup& asked) const { return back_up(line_, asked); }
  int operator()(const verb::Restore& asked) const { return restore(line_, asked); }
  int operator()(const verb::Seal& asked) const { return seal(line_, asked); }

  int operator()(const verb::PolicyCheck& check) const { return check_policy(check, line_.output); }
  int operator()(const verb::PolicyDiff& diff) const {
    const auto before = policy_called(diff.before);
    if (!before) return before.error();
    const auto after = policy_called(diff.after);
    return after ? diff_policies(*before, *after, line_.output) : after.error();
  }
  int operator()(const verb::PolicyText& asked) const { return print_policy_page(asked); }
  int operator()(const verb::PolicyShow& asked) const {
    return show(get("/v1/policies/" + http::percent_encode(asked.version)),
                [](const std::string& json, const Display&) { return Fields(json).text("text"); });
  }
  int operator()(const verb::PolicyVersions&) const {
    return show(get("/v1/policies"), policies_text, Times::shown);
  }

  int operator()(const verb::PolicyCodes& asked) const {
    return show(get("/v1/catalogues"), [&](const std::string& json, const Display& display) {
      return codes_text(json, asked.catalogue, display);
    });
  }

  int operator()(const verb::Erase& asked) const { return erase(line_, asked); }
  int operator()(const verb::DeadLetters& asked) const { return dead_letters(line_, asked); }

  int operator()(const verb::Simulate& simulate) const;
  int operator()(const verb::Rebuild& rebuild) const;
  int operator()(const verb::ImportCsv& import) const;

 private:
  enum class Times { none, shown };

  /// Asks, and prints what came.
  int show(const http::HttpRequest& request, const Printer::Render& render, Times times = Times::none,
           Printer::Complaint complaint = problem_sentence) const {
    const auto session = open_session(line_.place, request.method == "POST" ? NoLog::begin : NoLog::refuse);
    if (!session) return fail(session.error().code, session.error().what);
    const auto response = (*session)->ask(request, kTimeout);
    if (!response) return fail(request.method == "GET" ? kUnavailable : kUnknown, response.error());
    return printer_.print(*response, render, times == Times::shown ? session->get() : nullptr, complaint);
  }

  /// Two moments of a board.
  int compare(const std::string& path, Parameters parameters, const verb::Board& board) const {
    parameters.emplace("from", asked_moment(board.diff.front(), line_.zone));
    if (board.diff.size() > 1) parameters.emplace("to", asked_moment(board.diff.back(), line_.zone));
    parameters.emplace("limit",
                       std::to_string(std::min(board.limit.value_or(kRowsOfABoard), api::kMostRowsOfAPage)));
    const auto session = open_session(line_.place, NoLog::refuse);
    if (!session) return fail(session.error().code, session.error().what);
    const auto target = path + "/diff" + query_of(parameters);
    if (auto made = until_made(**session, target); !made) return fail(kUnavailable, made.error());
    const auto answer = (*session)->ask(get(target), kTimeout);
    if (!answer) return fail(kUnavailable, answer.error());
    return printer_.print(*answer, board_diff_text, session->get());
  }

  /// Of a file, else of a version that was published; or the exit code after a sentence.
  [[nodiscard]] std::expected<std::string, int> policy_called(const std::string& which) const;
  int topics_of(const verb::Topics& topics) const;

  const CommandLine& line_;
  Printer printer_;
};

std::expected<std::string, int> Runner::policy_called(const std::string& which) const {
  const bool is_version =
      which == "current" || (!which.empty() && which.find_first_not_of("0123456789") == std::string::npos);
  if (!is_version || std::filesystem::exists(which)) {
    auto text = readable_policy(which);
    if (!text) return std::unexpected(fail(kUsage, text.error()));
    return *std::move(text);
  }
  const auto session = open_session(line_.place, NoLog::refuse);
  if (!session) return std::unexpected(fail(session.error().code, session.error().what));
  const auto answer = (*session)->ask(get("/v1/policies/" + which), kTimeout);
  if (!answer) return std::unexpected(fail(kUnavailable, answer.error()));
  if (const auto code = exit_code_of(*answer); code != kDone)
    return std::unexpected(fail(code, problem_sentence(answer->body)));
  return Fields(answer->body).text("text");
}

int Runner::topics_of(const verb::Topics& topics) const {
  const auto log = open_log(line_.place, Loss::refuse);
  if (!log) return fail(kUnavailable, log.error());
  const auto reports = topics.task == verb::TopicsTask::create ? (*log)->create_topics(topics.partitions)
                                                               : (*log)->check_topics();
  if (!reports) return fail(kUnavailable, reports.error().what);
  bool sound = true;
  for (const auto& report : *reports) sound = sound && report.problems.empty();
  const auto code = printer_.print(api::json_of(*reports), topics_text);
  return sound ? code : kRefused;
}

int Runner::operator()(const verb::Simulate& simulate) const {
  const auto session = open_session(line_.place, NoLog::begin);
  if (!session) return fail(session.error().code, session.error().what);
  const auto query = query_of({{"seed", std::to_string(simulate.seed)},
                               {"cases", std::to_string(simulate.cases)},
                               {"until", simulate.until}});
  const auto laid = (*session)->ask(post("/v1/simulations" + query), kDayTimeout);
  if (!laid) return fail(kUnknown, laid.error());
  return printer_.print(*laid, [&](const std::string& json, const Display&) {
    return fmt::format(
        "A working day was played: seed {}, {}. `casetrail board handoff` shows what is open.\n",
        simulate.seed, counted(Fields(json).number("commands").value_or(0), "command"));
  });
}

struct RebuildAnswer {
  std::int64_t run = 0;
  std::string stage;
  std::int64_t events_done = 0;
  std::int64_t events_total = 0;
  std::string sentence;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(run), CEREAL_NVP(stage), CEREAL_NVP(events_done), CEREAL_NVP(events_total),
            CEREAL_NVP(sentence));
  }

  [[nodiscard]] bool is_over() const {
    return stage == "switched" || stage == "differs" || stage == "failed";
  }
};

int Runner::operator()(const verb::Rebuild& rebuild) const {
  const auto session = open_session(line_.place, NoLog::refuse);
  if (!session) return fail(session.error().code, session.error().what);
  const auto target = "/v1/rebuilds/" + http::percent_encode(rebuild.view);
  auto status = (*session)->ask(post(target), kTimeout);
  ProgressBar bar("rebuilding " + rebuild.view, "events");
  while (true) {
    if (!status) return fail(kUnavailable, status.error());
    if (status->status >= 300) return fail(exit_code_of(*status), problem_sentence(status->body));
    RebuildAnswer answer;
    if (const auto error = from_json(status->body, answer)) return fail(kUnavailable, error->sentence());
    bar.show(answer.events_done, answer.events_total);
    if (answer.is_over()) {
      const auto code =
          printer_.print(*status, [&](const std::string&, const Display&) { return answer.sentence + "\n"; });
      return answer.stage == "switched" ? code : kRefused;
    }
    std::this_thread::sleep_for(50ms);
    status = (*session)->ask(get(target + "?run=" + std::to_string(answer.run)), kTimeout);
  }
}

std::string import_text(const imports::ImportReport& report) {
  auto text = fmt::format("{} of {}\n", counted(report.rows, "row"), counted(report.cases, "case"));
  const auto line = [&](auto count, std::string_view one, std::string_view many) {
    text += fmt::format("{:>10} {}\n", count, count == 1 ? one : many);
  };
  line(report.added, "command added", "commands added");
  line(report.known, "command known from an earlier import", "commands known from an earlier import");
  line(report.unchanged, "row that says nothing new of its case", "rows that say nothing new of their case");
  line(report.refused.size(), "row refused", "rows refused");
  line(report.unmapped.size(), "row that the mapping does not explain",
       "rows that the mapping does not explain");
  for (const auto& warning : report.warnings) text += "Warning: " + warning + "\n";
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < std::min(report.unmapped.size(), kShown); ++i) {
    text += fmt::format("line {}: {}\n", report.unmapped[i].line, on_one_line(report.unmapped[i].reason));
  }
  for (std::size_t i = 0; i < std::min(report.refused.size(), kShown); ++i) {
    const auto& row = report.refused[i];
    text += fmt::format("line {}, case {}: {} [{}]\n", row.line, on_one_line(row.case_number),
                        on_one_line(row.reason), row.code);
  }
  if (report.unmapped.size() > kShown || report.refused.size() > kShown)
    text += "… --json lists all of them.\n";
  return text;
}

volatile std::sig_atomic_t interrupted = 0;

int Runner::operator()(const verb::ImportCsv& import) const {
  const auto now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
  if (const auto readable = imports::HistoryReader::open(import.file, import.mapping, now); !readable)
    return fail(kUsage, readable.error());
  const auto session = open_session(line_.place, NoLog::begin);
  if (!session) return fail(session.error().code, session.error().what);
  (void)std::signal(SIGINT, [](int) { interrupted = 1; });
  BatchSink sink(**session);
  ProgressBar bar("importing", "permille of the file");
  const auto report =
      imports::import_csv({.file = import.file,
                           .mapping = import.mapping,
                           .now = now,
                           .on_progress =
                               [&](const imports::ImportProgress& progress) {
                                 bar.show(static_cast<std::int64_t>(progress.fraction * 1000), 1000);
                                 return interrupted != 0 ? imports::Go::stop : imports::Go::on;
                               }},
                          sink);
  fmt::print("{}",
             line_.output == Output::json ? json_for_stdout(to_json(report)) + "\n" : import_text(report));
  if (report.ending == imports::ImportEnding::failed)
    return fail(kUnavailable, report.problem.value_or("The import failed."));
  if (report.ending == imports::ImportEnding::stopped)
    return fail(kUnknown, "The import was stopped. Start it again to go on.");
  if (report.rows == 0)
    return fail(kRefused,
                "The file has a header and no rows. Check that it is whole and that rows end in line ends.");
  return report.refused.empty() && report.unmapped.empty() ? kDone : kRefused;
}

}  // namespace

int run(const CommandLine& line) { return std::visit(Runner(line), line.verb); }

}  // namespace casetrail::cli
