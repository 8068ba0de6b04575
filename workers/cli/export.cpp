// The verb `export`: reads the log itself where it may, else a server's events, and writes a file of them.
#include "workers/export/export.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/api/positions.h"
#include "workers/api/routes.h"
#include "workers/cli/answer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/moment_text.h"
#include "workers/cli/pages.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/readable.h"
#include "workers/cli/session.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/export/log_events.h"
#include "workers/export/part_file.h"

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;
using exports::Failure;
using exports::Trouble;

volatile std::sig_atomic_t export_stopped = 0;

/// What a server hands out, in pages.
class ServedEvents final : public exports::EventSource {
 public:
  explicit ServedEvents(Session& session) : session_(session) {}

  [[nodiscard]] bool is_masked() const override { return true; }

  void read(const Take& take, const Progress& progress) override {
    const auto end = api::positions_from(page("end", 1).text("next"));
    if (!end) throw Failure(Trouble::unavailable, "The server does not say how far its events reach.");
    const auto total = sum_of(*end);
    for (std::string from = "start"; !from.empty();) {
      const auto answer = page(from, api::kMostRowsOfAPage);
      for (const auto& event : answer.elements("events")) hand_over(event, take);
      const auto next = answer.text("next");
      const auto positions = api::positions_from(next).value_or(api::Positions());
      progress(std::min(sum_of(positions), total), total);
      const bool is_there = std::ranges::all_of(*end, [&](const auto& of) {
        return positions.contains(of.first) && positions.at(of.first) >= of.second;
      });
      from = answer.is_true("at_end") || is_there || next == from ? std::string() : next;
    }
  }

 private:
  [[nodiscard]] Fields page(const std::string& from, std::size_t limit) {
    const auto answer =
        session_.ask({.method = "GET",
                      .target = "/v1/events" + query_of({{"from", from}, {"limit", std::to_string(limit)}})},
                     60s);
    if (!answer) throw Failure(Trouble::unavailable, answer.error());
    if (exit_code_of(*answer) != kDone) throw Failure(Trouble::unavailable, problem_sentence(answer->body));
    return Fields(answer->body);
  }

  static std::int64_t sum_of(const api::Positions& positions) {
    std::int64_t sum = 0;
    for (const auto& [partition, next] : positions) sum += next;
    return sum;
  }

  /// A CloudEvent in structured mode is a record, too.
  static void hand_over(const std::string& json, const Take& take) {
    const auto subject = Fields(json).text("subject");
    const HeaderView headers[] = {{"content-type", "application/cloudevents+json"},
                                  {"casetrail-writer", "1"}};
    take({.key = subject, .value = json, .headers = headers, .timestamp = {}});
  }

  Session& session_;
};

/// A folder that this process alone has, for stores of keys; gone with it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& data)
      : path_(data / fmt::format("export.{}", ::getpid())) {}
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Who hands the events over, and what that takes.
struct Door {
  std::unique_ptr<node::FolderLock> lock = {};
  std::unique_ptr<ScratchFolder> scratch = {};
  std::unique_ptr<log::EventLog> log = {};
  std::unique_ptr<Session> session = {};
  std::unique_ptr<exports::EventSource> events = {};
};

std::expected<Door, SessionTrouble> served(const Place& place) {
  auto session = open_session(place, NoLog::refuse);
  if (!session) return std::unexpected(std::move(session).error());
  Door door{.session = *std::move(session)};
  door.events = std::make_unique<ServedEvents>(*door.session);
  return door;
}

std::expected<Door, SessionTrouble> own(const Place& place, std::unique_ptr<node::FolderLock> lock) {
  auto plain = open_log(place, Loss::refuse);
  if (!plain) return std::unexpected(SessionTrouble{kUnavailable, std::move(plain).error()});
  // Who serves Kafka from this folder may have its stores open.
  Door door{.lock = std::move(lock), .scratch = std::make_unique<ScratchFolder>(place.data)};
  auto log = sealed(*std::move(plain), place, door.lock ? place.data : door.scratch->path());
  if (!log) return std::unexpected(std::move(log).error());
  door.log = *std::move(log);
  door.events = std::make_unique<exports::LogEvents>(*door.log);
  return door;
}

std::expected<Door, SessionTrouble> open_door(const Place& place) {
  if (place.server) return served(place);
  if (kind_of(place) == node::LogKind::kafka) return own(place, nullptr);
  if (auto none = no_log_in(place)) return std::unexpected(SessionTrouble{kUsage, *std::move(none)});
  node::DataFolder folder(place.data);
  auto lock = folder.lock(10s);
  if (!lock && lock.error().holder) return served(place);
  if (!lock) return std::unexpected(SessionTrouble{kUnavailable, std::move(lock).error().what});
  if (auto fits = folder.check_served(node::LogKind::embedded); !fits)
    return std::unexpected(SessionTrouble{kUsage, std::move(fits).error()});
  return own(place, *std::move(lock));
}

/// An error is a sentence.
std::expected<exports::Selection, std::string> selection_of(const verb::Export& asked, const Zone& zone) {
  exports::Selection selection;
  const std::tuple<std::string_view, const std::string&, std::optional<Timestamp>&> moments[] = {
      {"--from", asked.from, selection.from},
      {"--to", asked.to, selection.to},
      {"--as-of", asked.as_of, selection.as_of}};
  for (const auto& [option, text, into] : moments) {
    if (text.empty()) continue;
    into = moment_from(text, zone);
    if (!into)
      return std::unexpected(
          fmt::format("Expected {} to be a time such as 2026-11-30, 2026-11-30 09:00 or "
                      "2026-11-30T01:00:00Z, but it is '{}'.",
                      option, text));
  }
  if (selection.from && selection.to && *selection.from >= *selection.to)
    return std::unexpected("Expected --from to be before --to.");
  for (const auto& filter : asked.filters) {
    if (auto added = selection.add_filter(filter); !added) return std::unexpected(std::move(added).error());
  }
  return selection;
}

int code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::unusable: return kUsage;
    case Trouble::unavailable: return kUnavailable;
    case Trouble::wrong: return kRefused;
    case Trouble::stopped: return kInterrupted;
  }
  return kUnavailable;
}

std::string text_of(const exports::ExportReport& report) {
  auto text =
      fmt::format("{} of {} in {} ({} bytes, {})\n", counted(report.contents.events, "event"),
                  counted(report.contents.cases, "case"), report.file, report.bytes, name_of(report.format));
  const auto line = [&](std::int64_t count, std::string_view what) {
    if (count > 0) text += fmt::format("{:>10} {}\n", count, what);
  };
  if (report.first_at && report.last_at)
    text += fmt::format("from {} to {}\n", to_wire(*report.first_at), to_wire(*report.last_at));
  line(report.contents.objects, "objects");
  line(report.contents.relations, "relations of events to objects");
  line(report.left_out, "other events of the log were not chosen");
  line(report.implausible, "events of a year that readers do not take are at the time of their recording");
  line(report.damaged, "records are damaged, or stand behind damage in their case, and are not in it");
  return text + (report.persons ? "Persons are shown: keep the file as you keep the log.\n"
                                : "Persons are hidden: --show-persons shows them.\n");
}

}  // namespace

int export_log(const CommandLine& line, const verb::Export& asked) {
  auto selection = selection_of(asked, line.zone.value_or(Zone()));
  if (!selection) return fail(kUsage, selection.error());
  if (const auto objection = exports::objection_to_file(asked.out); !objection.empty())
    return fail(kUsage, objection);
  const auto door = open_door(line.place);
  if (!door) return fail(door.error().code, door.error().what);
  if (asked.show_persons && door->session)
    return fail(kUsage,
                "A server hands out events without persons. Leave --show-persons out; or stop the server and "
                "export from its folder, or name its Kafka with --brokers.");
  auto key = node::DataFolder(line.place.data).contact_secret();
  if (!key) return fail(kUnavailable, key.error());
  for (const auto signal : {SIGINT, SIGTERM}) (void)std::signal(signal, [](int) { export_stopped = 1; });
  std::optional<ProgressBar> bar;
  std::string doing;
  const auto report = exports::export_events(
      *door->events, {.format = *enum_from<exports::Format>(asked.format),
                      .file = asked.out,
                      .selection = *std::move(selection),
                      .persons = asked.show_persons ? exports::Persons::shown : exports::Persons::hidden,
                      .key = *std::move(key),
                      .on_progress =
                          [&](std::string_view now, std::int64_t done, std::int64_t total) {
                            if (doing != now) bar.emplace(doing = now, "events");
                            bar->show(done, total);
                          },
                      .stopped = [] { return export_stopped != 0; }});
  bar.reset();
  if (!report) return fail(code_of(report.error().trouble), report.error().what);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*report)) + "\n" : text_of(*report));
  return kDone;
}

}  // namespace casetrail::cli
