// Events of a history as sentences.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "workers/api/reference.h"
#include "workers/cli/display.h"
#include "workers/cli/fields.h"

namespace casetrail::cli {

/// A clock that was set, stopped or kept in time: of no weight to who reads what happened. A target that was
/// missed is no small thing.
[[nodiscard]] bool is_clock_event(std::string_view type);

/// Makes sentences in the language of the reader.
class EventTeller {
 public:
  explicit EventTeller(const Display& display) : display_(display) {}

  /// `event` is a row of a history. In English its own sentence; in Chinese what kind of event it was, and
  /// its fields by their labels.
  [[nodiscard]] std::string sentence(const Fields& event);

 private:
  [[nodiscard]] const std::vector<api::FieldRow>& rows_of(const std::string& type);
  [[nodiscard]] std::string facts(const std::vector<api::FieldRow>& rows, const std::string& prefix,
                                  const Fields& fact) const;
  [[nodiscard]] std::string value(const std::vector<api::FieldRow>& rows, const api::FieldRow& row,
                                  const Fields& fact, const std::string& name) const;
  [[nodiscard]] std::string plain(const api::FieldRow& row, const std::string& text) const;

  const Display& display_;
  std::map<std::string, std::vector<api::FieldRow>> rows_;  ///< by the type of an event
};

}  // namespace casetrail::cli
