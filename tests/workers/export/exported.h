// A log with events in it, exported to a file of its own.
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "tests/support/memory_log.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "workers/export/export.h"
#include "workers/export/log_events.h"
#include "workers/log/partition.h"

namespace casetrail::exports {

/// The text of a file.
inline std::string text_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Appends `events` where their cases belong.
inline void append(log::EventLog& log, const std::vector<CaseEvent>& events) {
  for (const auto& event : events) {
    auto message = write_event(event);
    const auto home = log::partition_of(message.key, log.partitions());
    (void)must(log::append_and_wait(log, log::Topic::events, home, std::move(message)));
  }
}

class Exported {
  TemporaryFolder folder_;

 public:
  explicit Exported(const std::vector<CaseEvent>& events = {}) { append(log, events); }

  ExportOptions options = {
      .format = Format::ndjson, .file = folder_.path() / "export", .selection = {}, .key = "k"};
  MemoryLog log{4};

  [[nodiscard]] std::expected<ExportReport, ExportError> run() {
    LogEvents source(log);
    return export_events(source, options);
  }
  /// The file, after a run that must do.
  [[nodiscard]] std::string text() {
    auto done = run();
    if (!done) throw std::runtime_error(done.error().what);
    report = *std::move(done);
    return text_in(options.file);
  }
  [[nodiscard]] std::vector<std::string> lines() {
    std::vector<std::string> lines;
    std::istringstream in(text());
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      names.push_back(entry.path().filename().string());
    return names;
  }

  ExportReport report;
};

}  // namespace casetrail::exports
