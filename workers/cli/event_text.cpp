// The labels are those of the event's schema.
#include "workers/cli/event_text.h"

#include "events/wire/whole_number.h"
#include "workers/api/contract.h"
#include "workers/cli/readable.h"

namespace casetrail::cli {

bool is_clock_event(std::string_view type) {
  return (type.starts_with("timer.") || type.starts_with("sla.")) && type != "sla.target.missed" &&
         type != "sla.target.completed_late";
}

std::string EventTeller::sentence(const Fields& event) {
  const auto type = event.text("type");
  if (display_.language == Language::zh) {
    const auto told = facts(rows_of(type), "", event.object("fact"));
    return told.empty() ? display_.word(type) : display_.word(type) + "：" + told;
  }
  return display_.with_short_moments(event.text("line"));
}

const std::vector<api::FieldRow>& EventTeller::rows_of(const std::string& type) {
  const auto [at, is_new] = rows_.try_emplace(type);
  const auto* known = is_new ? api::find_contract_type("events/" + type) : nullptr;
  if (known != nullptr) at->second = api::field_rows(*known);
  return at->second;
}

std::string EventTeller::facts(const std::vector<api::FieldRow>& rows, const std::string& prefix,
                               const Fields& fact) const {
  std::string told;
  for (const auto& row : rows) {
    if (!row.path.starts_with(prefix)) continue;
    const auto name = row.path.substr(prefix.size());
    if (name.find_first_of(".[") != std::string::npos) continue;
    const auto text = value(rows, row, fact, name);
    if (!text.empty()) told.append(told.empty() ? "" : "；").append(text);
  }
  return told;
}

/// With its label, but for an object: its fields have labels of their own.
std::string EventTeller::value(const std::vector<api::FieldRow>& rows, const api::FieldRow& row,
                               const Fields& fact, const std::string& name) const {
  if (row.type == "object") return facts(rows, row.path + ".", fact.object(name));
  std::string text;
  const auto add = [&](const std::string& one) { text.append(text.empty() ? "" : "、").append(one); };
  if (row.type == "list of object") {
    for (const auto& element : fact.objects(name)) add("（" + facts(rows, row.path + "[].", element) + "）");
  } else if (row.type.starts_with("list of ")) {
    for (const auto& element : fact.strings(name)) add(plain(row, element));
  } else if (const auto one = fact.text(name); !one.empty()) {
    add(plain(row, one));
  }
  return text.empty() ? text : (row.label.empty() ? name : row.label) + "：" + text;
}

std::string EventTeller::plain(const api::FieldRow& row, const std::string& text) const {
  if (row.type == "time") return display_.moment(text);
  if (row.type == "true/false") return text == "true" ? "是" : "否";
  if (row.path.ends_with("_ms")) return display_.duration(whole_number<std::int64_t>(text).value_or(0));
  return row.choices.empty() ? text : display_.word(text);
}

}  // namespace casetrail::cli
