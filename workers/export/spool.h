// Brings the events of each case together: a log has them in the order of their coming.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "events/case/case_event.h"
#include "workers/export/database.h"

namespace casetrail::exports {

/// Keeps events on the disk, under a bounded memory, and hands them back case by case. One thread.
class Spool {
 public:
  Spool(const std::filesystem::path& folder, Database::Stopped stopped);

  void add(const CaseEvent& event);
  /// What cannot be read lay here in the stream of its case.
  void add_damage(const CaseId& case_id);
  /// An event of the case fulfils the filter.
  void choose(const CaseId& case_id, std::string_view filter);

  /// Cases by their ids, the events of each in the order of their adding. `filters`: so many of them a case
  /// must fulfil. `take` is given null for damage.
  using Take = std::function<void(const CaseId& case_id, const CaseEvent* event)>;
  void for_each(std::size_t filters, const Take& take);

  [[nodiscard]] std::int64_t events() const { return events_; }

 private:
  Database database_;
  Statement insert_;
  Statement choose_;
  std::int64_t events_ = 0;
};

}  // namespace casetrail::exports
