// The verb `export`: reads the log itself where it may, else a server's events, and writes a file of them.
#include "workers/export/export.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <utility>

#include "events/wire/json_writer.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/log_door.h"
#include "workers/cli/printer.h"
#include "workers/cli/progress.h"
#include "workers/cli/published.h"
#include "workers/cli/readable.h"
#include "workers/cli/selection.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/export/part_file.h"

namespace casetrail::cli {
namespace {

volatile std::sig_atomic_t export_stopped = 0;

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
  if (report.contents.cases == 0)
    text += "No case was chosen: look at --filter, --from and --to, and at what `casetrail cases` lists.\n";
  line(report.left_out, "other events of the log were not chosen");
  line(report.implausible, "events of a year that readers do not take are at the time of their recording");
  line(report.damaged, "records are damaged, or stand behind damage in their case, and are not in it");
  return text + (report.persons ? "Persons are shown: keep the file as you keep the log.\n"
                                : "Persons are hidden: --show-persons shows them.\n");
}

}  // namespace

int export_log(const CommandLine& line, const verb::Export& asked) {
  if (const auto objection = exports::objection_to_file(asked.out); !objection.empty())
    return fail(kUsage, objection);
  const auto door = open_log_door(line.place);
  if (!door) return fail(door.error().code, door.error().what);
  if (asked.show_persons && door->session)
    return fail(kUsage,
                "A server hands out events without persons. Leave --show-persons out; or stop the server and "
                "export from its folder, or name its Kafka with --brokers.");
  auto published = PublishedPolicies::of(*door);
  if (!published) return fail(published.error().code, published.error().what);
  auto selection =
      selection_of({asked.from, asked.to, asked.as_of, asked.filters}, line.zone.value_or(published->zone()));
  if (!selection) return fail(kUsage, selection.error());
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
  if (!report) return fail(exit_code_of(report.error().trouble), report.error().what);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*report)) + "\n" : text_of(*report));
  return kDone;
}

}  // namespace casetrail::cli
