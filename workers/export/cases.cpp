// From the log into the spool, from the spool case by case.
#include "workers/export/cases.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "events/case/case_order.h"
#include "workers/export/failure.h"
#include "workers/export/spool.h"

namespace casetrail::exports {
namespace {

constexpr std::int64_t kCaseEventsBetweenTellings = 256;

class Cases {
 public:
  Cases(EventSource& source, const CasesOptions& options, const TakeCase& take)
      : source_(source), options_(options), take_(take), spool_(options.folder, options.stopped) {}

  CasesRead run() {
    source_.read([this](const MessageView& record) { keep(record); },
                 [this](std::int64_t done, std::int64_t total) { tell("reading", done, total); });
    spool_.for_each(options_.selection.cases.size(), [this](const CaseId& case_id, const CaseEvent* event) {
      if (++passed_ % kCaseEventsBetweenTellings == 0)
        tell("going through the cases", passed_, spool_.events());
      if (case_id != case_id_) hand_over();
      case_id_ = case_id;
      if (take_turn(order_, event == nullptr ? CaseStep() : step_of(*event)) == CaseTurn::next)
        events_.push_back(*event);
    });
    hand_over();
    return read_;
  }

 private:
  void tell(std::string_view doing, std::int64_t done, std::int64_t total) const {
    if (options_.stopped()) throw Failure(Trouble::stopped, "It was stopped before it came to its end.");
    options_.on_progress(doing, done, total);
  }

  void keep(const MessageView& record) {
    const auto read = read_event(record, event_);
    if (read.reading == Reading::foreign) return;
    if (read.reading == Reading::newer) throw Failure(Trouble::unavailable, read.reason);
    if (read.reading == Reading::damaged) {
      if (const auto closed = closed_by(record); !closed.empty()) spool_.add_damage(closed);
      return;
    }
    if (begins_nothing(step_of(event_))) return;
    const auto& selection = options_.selection;
    end_ = std::max(end_, event_.recorded_at);
    if (selection.as_of && event_.recorded_at > *selection.as_of) return;
    for (const auto filter : selection.fulfilled_by(event_)) spool_.choose(event_.case_id, filter);
    spool_.add(event_);
  }

  void hand_over() {
    const auto order = std::exchange(order_, {});
    const auto events = std::exchange(events_, {});
    if (order.closed) ++read_.damaged_cases;
    if (order.closed || events.empty() || !options_.selection.takes_time(events.front().occurred_at)) return;
    ++read_.cases;
    take_(events, std::min(options_.selection.as_of.value_or(end_), end_));
  }

  EventSource& source_;
  const CasesOptions& options_;
  const TakeCase& take_;
  Spool spool_;
  CaseEvent event_;
  Timestamp end_{};
  CaseId case_id_;
  CaseOrder order_;
  std::vector<CaseEvent> events_;
  std::int64_t passed_ = 0;
  CasesRead read_;
};

}  // namespace

std::expected<CasesRead, ExportError> read_cases(EventSource& source, const CasesOptions& options,
                                                 const TakeCase& take) {
  try {
    return Cases(source, options, take).run();
  } catch (const Failure& failure) {
    return std::unexpected(ExportError{failure.trouble, failure.what()});
  }
}

}  // namespace casetrail::exports
