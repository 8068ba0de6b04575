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
#include "workers/export/check.h"
#include "workers/export/part_file.h"

namespace casetrail::cli {
namespace {

volatile std::sig_atomic_t export_stopped = 0;

/// What nobody may have meant.
std::vector<std::string> warnings_of(const exports::ExportReport& report, const verb::Export& asked) {
  if (report.contents.cases > 0) return {};
  std::string given;
  for (const auto& filter : asked.filters) given += " --filter " + filter;
  if (!asked.from.empty()) given += " --from " + asked.from;
  if (!asked.to.empty()) given += " --to " + asked.to;
  if (!asked.as_of.empty()) given += " --as-of " + asked.as_of;
  if (given.empty()) return {"No case was chosen: the log holds none."};
  return {"No case was chosen by" + given + ": look whether it is spelled as `casetrail cases` lists it."};
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
  for (const auto& warning : report.warnings) text += warning + "\n";
  line(report.left_out, "other events of the log were not chosen");
  line(report.implausible, "events of a year that readers do not take are at the time of their recording");
  line(report.damaged, "records are damaged, or stand behind damage in their case, and are not in it");
  return text + (report.persons ? "Persons are shown: keep the file as you keep the log.\n"
                                : "Persons are hidden: --show-persons shows them.\n");
}

/// What `--check` found in a file that somebody brought.
struct CheckReport {
  exports::Format format{};
  std::string file;
  bool sound = false;
  exports::Contents contents;  ///< of a file with faults: what could be read
  std::vector<exports::Fault> faults;
  std::int64_t more_faults = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(format), CEREAL_NVP(file), CEREAL_NVP(sound), CEREAL_NVP(contents), CEREAL_NVP(faults),
            CEREAL_NVP(more_faults));
  }
};

std::string text_of(const CheckReport& report) {
  const auto& contents = report.contents;
  if (report.sound) {
    auto text = fmt::format("{} of {} in {}: sound {}\n", counted(contents.events, "event"),
                            counted(contents.cases, "case"), report.file, name_of(report.format));
    if (contents.objects > 0)
      text += fmt::format("{:>10} objects\n{:>10} relations of events to objects\n", contents.objects,
                          contents.relations);
    return text;
  }
  auto text = fmt::format("{} is not as {} of casetrail should be:\n", report.file, name_of(report.format));
  for (const auto& fault : report.faults) text += fmt::format("  {}: {}\n", fault.where, fault.what);
  if (report.more_faults > 0) text += fmt::format("  and {}\n", counted(report.more_faults, "more fault"));
  return text +
         "Programs that read it may drop what is named, or refuse the file. If it came from casetrail, "
         "it was changed or cut on the way: export or fetch it again. If another program wrote it, mend it "
         "there.\n";
}

int check_export(const CommandLine& line, const verb::Export& asked) {
  CheckReport report;
  report.format = *enum_from<exports::Format>(asked.format);
  report.file = asked.check.string();
  exports::Faults faults;
  try {
    report.contents =
        exports::check_file(report.format, asked.check, faults, [] { return export_stopped != 0; });
  } catch (const exports::Failure& failure) {
    return failure.trouble == exports::Trouble::stopped
               ? fail(kInterrupted, "Stopped: the file was not read to its end.")
               : fail(exit_code_of(failure.trouble), failure.what());
  }
  report.faults = faults.named();
  report.more_faults = faults.all() - static_cast<std::int64_t>(report.faults.size());
  report.sound = faults.all() == 0;
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(report)) + "\n" : text_of(report));
  return report.sound ? kDone : kRefused;
}

}  // namespace

int export_log(const CommandLine& line, const verb::Export& asked) {
  for (const auto signal : {SIGINT, SIGTERM}) (void)std::signal(signal, [](int) { export_stopped = 1; });
  if (!asked.check.empty()) return check_export(line, asked);
  if (asked.out.empty())
    return fail(kUsage,
                "Expected --out and the file to write, or --check and one that is there. `casetrail help "
                "export` explains it.");
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
  std::optional<ProgressBar> bar;
  std::string doing;
  auto report = exports::export_events(
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
  report->warnings = warnings_of(*report, asked);
  fmt::print("{}", line.output == Output::json ? json_for_stdout(to_json(*report)) + "\n" : text_of(*report));
  return kDone;
}

}  // namespace casetrail::cli
