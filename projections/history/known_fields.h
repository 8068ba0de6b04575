// What is known of a case, a field a line, so that two moments of it can be compared.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <string_view>

#include "projections/history/case_head.h"

namespace casetrail::history {

struct KnownValue {
  std::string text;  ///< as a person reads it
  /// Whose name it is: `department`, `agent`, a catalogue of which it is a code, or `word`; empty: its own.
  std::string_view names;

  auto operator<=>(const KnownValue&) const = default;
};

/// By the field's path, such as `assignment.agent_id`; an element of a list goes by the id that it has:
/// `callbacks.c1.phase`. What is not known or not so (false, 0, none) has no line.
using KnownFields = std::map<std::string, KnownValue, std::less<>>;

/// Of the case's state and the head of its page; nothing before its first event. What counts events or ids is
/// left out, and what the head says again in other words.
[[nodiscard]] KnownFields known_fields(const CaseHead& of);

}  // namespace casetrail::history
