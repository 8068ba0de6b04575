// What is new in a row: its differences to the rows of the same case before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/case/event.h"
#include "workers/import/row_values.h"

namespace casetrail::imports {

/// One case of another system, as far as its rows were read: the last that is known of it.
class CaseProgress {
 public:
  /// The facts of the case's next row, in the order in which they make sense. None: the row says nothing new.
  [[nodiscard]] std::vector<Event> take(const Mapping& mapping, const RowValues& row);

 private:
  void register_case(const Mapping& mapping, const RowValues& row);
  void prioritize(const RowValues& row);
  void classify(const Mapping& mapping, const RowValues& row);
  void reopen(const Mapping& mapping, const RowValues& row);
  void assign(const RowValues& row);
  void hand_over(const std::string& from_department, const std::string& to_department,
                 const std::optional<std::string>& to_agent);
  void go_to(CaseStep step);
  /// A new assignee begins anew, and a handoff is work: what the rows say is then stated again.
  void move_open_case(CaseStep to);

  std::vector<Event> facts_;  ///< of the row at hand
  bool registered_ = false;
  CaseStep step_ = CaseStep::registered;  ///< that the facts so far lead to
  CaseStep said_ = CaseStep::registered;  ///< that the rows said last
  std::optional<std::string> department_;
  std::optional<std::string> agent_;
  std::optional<Level> impact_;
  std::optional<Level> urgency_;
  std::optional<Priority> priority_;
  std::optional<std::string> category_;
  std::int32_t reopenings_ = 0;
  std::int32_t handoffs_ = 0;
  std::int32_t assignments_ = 0;
};

}  // namespace casetrail::imports
