// What a read model is: a fold over case events into rows, and a rendering of those rows.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aggregates/policy/catalogues.h"
#include "aggregates/time/zone.h"
#include "events/case/case_event.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail::kit {

struct Shape;

/// The rows of one view in one partition, at one moment.
class Rows {
 public:
  using OnRow = std::function<bool(std::string_view key, std::string_view value)>;

  virtual ~Rows() = default;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;
  /// Rows whose keys begin with `prefix`, at or behind `from`, in byte order; `on_row` stops it by false.
  virtual void scan_from(std::string_view prefix, std::string_view from, const OnRow& on_row) const = 0;
  void scan(std::string_view prefix, const OnRow& on_row) const { scan_from(prefix, prefix, on_row); }
  /// How many decoded rows of one table may stay in memory after a write.
  [[nodiscard]] virtual std::size_t cached_rows() const = 0;
  /// Of this node: makes keys of what is to be found by who knows it, and not to be read.
  [[nodiscard]] virtual std::string_view secret() const = 0;
};

/// Takes a changed row; no value means erased.
using RowSink = std::function<void(std::string_view key, std::optional<std::string_view> value)>;

/// The fold of one view over one partition. Hot rows stay decoded in it; it belongs to one thread.
/// A stored row that cannot be read throws: the store is to be rebuilt from the log.
class View {
 public:
  virtual ~View() = default;
  /// Takes any event in any order, but `seq` 1 of a case once at most and behind no other event of it: gaps
  /// and repeats of `seq` are for the caller to refuse.
  virtual void apply(const CaseEvent& event) = 0;
  /// Hands over every row that changed since the last call, encoded, each once, in key order. What it handed
  /// over must be readable from the view's rows before the next `apply`.
  virtual void write_changes(const RowSink& sink) = 0;
};

/// By the names that the view documents. A name that comes more than once lets any of its values pass.
using FilterValues = std::multimap<std::string, std::string>;

/// What the company policy says of how boards are shown.
struct BoardSettings {
  Zone zone;                                       ///< whose days are counted
  std::chrono::days closed_for{7};                 ///< so long a closed case is shown without being asked for
  std::string country_code = "86";                 ///< of telephone numbers that name none
  std::shared_ptr<const Catalogues> catalogues{};  ///< whose codes a filter takes; null: any
  /// Business time of a calendar from a moment to a later one. Without a policy every hour counts.
  std::function<Duration(const std::optional<CalendarId>& calendar, Timestamp from, Timestamp to)>
      business_time = [](const auto&, Timestamp from, Timestamp to) { return to - from; };
  /// The same as the policy of a version has it, and without a calendar by its usual one.
  std::function<Duration(std::int32_t version, const std::optional<CalendarId>& calendar, Timestamp from,
                         Timestamp to)>
      business_time_then = [](std::int32_t, const auto&, Timestamp from, Timestamp to) { return to - from; };
};

/// What a person asked of a board.
struct BoardQuery {
  Timestamp now{};             ///< for ages and time left
  bool now_was_asked = false;  ///< it is not the clock's, and must not lie before an event
  FilterValues filters{};
  std::size_t limit = 200;  ///< rows at most; totals always count all
  std::string after{};      ///< `next` of the page before; empty: the first one
  BoardSettings settings{};
  bool of_all_cases = false;  ///< not the board, but what its view adds up over all cases
};

/// A figure of a view for a system that watches it (Prometheus).
struct Sample {
  std::string_view name;  ///< `casetrail_open_cases`; a counter's ends with `_total`
  std::string_view help;  ///< a sentence
  std::vector<std::pair<std::string_view, std::string_view>> labels;
  std::int64_t value = 0;
};

/// A view as the workers and the API know it.
struct ViewType {
  std::string_view name;         ///< as in `board NAME`: `handoff`, `follow_up`, `review`, `history`
  int version;                   ///< raised whenever the fold changes its meaning
  std::string_view worker;       ///< views of one worker move in lockstep: `boards`, `history`
  std::string (*fingerprint)();  ///< what stored rows must have; when it differs, they cannot be read
  std::vector<std::string_view> (*ignored_events)();  ///< the types that the fold passes over
  std::unique_ptr<View> (*open)(const Rows& rows);
  /// A JSON object: `totals`, `metrics`, `rows`, …; over all `partitions`. An error is a sentence about the
  /// query.
  std::expected<std::string, std::string> (*render)(std::span<const Rows* const> partitions,
                                                    const BoardQuery& query);
  const Shape& (*shape)() = nullptr;  ///< what its board consists of
  /// What a view of single cases adds up over all of them, by filters of its own; null: nothing. As `render`.
  std::expected<std::string, std::string> (*add_up)(std::span<const Rows* const> partitions,
                                                    const BoardQuery& query) = nullptr;
  /// Over all `partitions`, those of one name one after the other; null: it has none.
  std::vector<Sample> (*samples)(std::span<const Rows* const> partitions) = nullptr;

  /// The one of `render` and `add_up` that the query is for.
  [[nodiscard]] std::expected<std::string, std::string> answer(std::span<const Rows* const> partitions,
                                                               const BoardQuery& query) const {
    return query.of_all_cases && add_up != nullptr ? add_up(partitions, query) : render(partitions, query);
  }
};

}  // namespace casetrail::kit
