// From the log into the spool, from the spool into the file.
#include "workers/export/export.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "events/case/assignment.h"
#include "events/case/case_order.h"
#include "events/case/handoff.h"
#include "workers/export/anonymous.h"
#include "workers/export/check.h"
#include "workers/export/ocel.h"
#include "workers/export/part_file.h"
#include "workers/export/spool.h"
#include "workers/export/writer.h"

namespace casetrail::exports {
namespace {

using namespace std::chrono;

constexpr std::int64_t kEventsBetweenTellings = 256;

std::unique_ptr<Writer> writer_of(Format format, PartFile& file, const Database::Stopped& stopped) {
  switch (format) {
    case Format::xes: return xes_writer(file);
    case Format::ocel_json: return ocel_writer(ocel_json_form(file, stopped), file, stopped);
    case Format::ocel_sqlite: return ocel_writer(ocel_sqlite_form(file, stopped), file, stopped);
    case Format::csv: return csv_writer(file);
    case Format::ndjson: return ndjson_writer(file);
  }
  return nullptr;
}

/// How a case goes on from event to event.
struct CaseOnItsWay {
  CaseId id;
  CaseOrder order;
  std::string holder;
  bool has_written = false;

  void move(const CaseEvent& event) {
    if (const auto* made = event.event.get_if<AssignmentMade>()) holder = made->department_id.value;
    if (const auto* accepted = event.event.get_if<HandoffAccepted>())
      holder = accepted->by.department_id.value;
  }
};

class Export {
 public:
  Export(EventSource& source, const ExportOptions& options)
      : source_(source),
        options_(options),
        pseudonyms_(options.key),
        file_(options.file),
        spool_(file_.folder(), options.stopped) {}

  ExportReport run() {
    source_.read([this](const MessageView& record) { take(record); },
                 [this](std::int64_t done, std::int64_t total) { tell("reading", done, total); });
    const auto writer = writer_of(options_.format, file_, options_.stopped);
    spool_.for_each(options_.selection.cases.size(),
                    [&](const CaseId& case_id, const CaseEvent* event) { pass_on(case_id, event, *writer); });
    writer->finish();
    file_.flush();
    count(writer->contents());
    check();
    report_.format = options_.format;
    report_.file = options_.file.string();
    report_.persons = options_.persons == Persons::shown;
    report_.left_out = report_.read - report_.contents.events - cut_;
    report_.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file_.path()));
    file_.keep();
    return report_;
  }

 private:
  void tell(std::string_view doing, std::int64_t done, std::int64_t total) const {
    if (options_.stopped()) throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
    options_.on_progress(doing, done, total);
  }

  void count(Contents contents) {
    contents.events = report_.contents.events;
    contents.cases = report_.contents.cases;
    report_.contents = contents;
  }

  void check() {
    Faults faults;
    const auto contents = check_file(options_.format, file_.path(), faults, options_.stopped);
    if (faults.all() > 0) {
      const auto& [where, what] = faults.named().front();
      throw Failure(Trouble::wrong, "The export is not as it should be: " + what + " (" + where +
                                        "). Export again; if it comes again, tell the makers of casetrail.");
    }
    if (contents != report_.contents)
      throw Failure(Trouble::wrong,
                    "What was read back is not as much as was written. Look at the disk, and export again.");
  }

  void take(const MessageView& record) {
    const auto read = read_event(record, event_);
    if (read.reading == Reading::foreign) return;
    if (read.reading == Reading::newer) throw Failure(Trouble::unavailable, read.reason);
    if (read.reading == Reading::damaged) {
      ++report_.damaged;
      if (const auto closed = closed_by(record); !closed.empty()) spool_.add_damage(closed);
      return;
    }
    if (begins_nothing(step_of(event_))) return;
    ++report_.read;
    const auto& selection = options_.selection;
    if (selection.as_of && event_.recorded_at > *selection.as_of) return;
    for (const auto filter : selection.fulfilled_by(event_)) spool_.choose(event_.case_id, filter);
    const auto masks = source_.is_masked() ? Masks::done : Masks::due;
    if (options_.persons == Persons::hidden) event_ = without_persons(std::move(event_), pseudonyms_, masks);
    spool_.add(event_);
  }

  void pass_on(const CaseId& case_id, const CaseEvent* event, Writer& writer) {
    if (on_its_way_.id != case_id) on_its_way_ = {.id = case_id, .order = {}, .holder = {}};
    if (++passed_ % kEventsBetweenTellings == 0) tell("writing", passed_, spool_.events());
    const auto turn = take_turn(on_its_way_.order, event == nullptr ? CaseStep() : step_of(*event));
    if (turn != CaseTurn::next) {
      if (turn == CaseTurn::closes) ++report_.damaged_cases;
      if (event != nullptr) {
        ++report_.damaged;
        ++cut_;
      }
      return;
    }
    on_its_way_.move(*event);
    const bool plausible = is_plausible(event->occurred_at);
    const auto at = plausible ? event->occurred_at : event->recorded_at;
    if (!options_.selection.takes_type(event->event.codec().type) || !options_.selection.takes_time(at))
      return;
    if (!plausible) ++report_.implausible;
    writer.write({.event = *event, .holder = on_its_way_.holder, .at = at});
    ++report_.contents.events;
    if (!std::exchange(on_its_way_.has_written, true)) ++report_.contents.cases;
    report_.first_at = std::min(report_.first_at.value_or(at), at);
    report_.last_at = std::max(report_.last_at.value_or(at), at);
  }

  EventSource& source_;
  const ExportOptions& options_;
  Pseudonyms pseudonyms_;
  PartFile file_;
  Spool spool_;
  ExportReport report_;
  CaseEvent event_;
  CaseOnItsWay on_its_way_;
  std::int64_t passed_ = 0;
  std::int64_t cut_ = 0;  ///< events behind the damage of their case
};

}  // namespace

bool is_plausible(Timestamp at) {
  return at >= Timestamp(sys_days{1900y / January / 1}) && at < Timestamp(sys_days{2100y / January / 1});
}

std::expected<ExportReport, ExportError> export_events(EventSource& source, const ExportOptions& options) {
  try {
    return Export(source, options).run();
  } catch (const Failure& failure) {
    return std::unexpected(ExportError{failure.trouble, failure.what()});
  }
}

}  // namespace casetrail::exports
