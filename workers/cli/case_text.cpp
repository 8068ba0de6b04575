// A case as people read it: how it stands, then what happened, a line each.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "workers/cli/answer.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const auto& part : parts) {
    if (!part.empty()) text.append(text.empty() ? "" : between).append(part);
  }
  return text;
}

/// `before` and the value; nothing without a value.
std::string clause(std::string_view before, const std::string& value) {
  return value.empty() ? value : std::string(before) + value;
}

std::string moment(const Fields& fields, std::string_view name) { return moment_text(fields.text(name)); }

std::string assignee(const Fields& assignment) {
  const auto who = joined({assignment.text("department_id"), assignment.text("agent_id")}, " / ");
  if (who.empty()) return {};
  if (!assignment.text("offer_id").empty()) return who + " (offered)";
  return assignment.is_true("accepted") ? who : who + " (not accepted yet)";
}

std::string due(const std::vector<Fields>& timers) {
  std::vector<std::string> all;
  for (const auto& timer : timers) {
    const auto left = timer.number("paused_with_ms");
    const auto when = left ? "paused, " + duration_text(*left) + " left" : moment(timer, "due_at");
    all.push_back(words_of(timer.text("kind")) + " " + when);
  }
  return joined(all, ", ");
}

/// `first response breached 2h 10m ago, not met yet`.
std::string breaches(const std::vector<Fields>& all, Timestamp now) {
  std::vector<std::string> told;
  for (const auto& breach : all) {
    const auto due_at = parse_timestamp(breach.text("due_at"));
    const auto ago = due_at ? duration_text((now - *due_at).count()) : "";
    told.push_back(fmt::format("{} breached {} ago{}", words_of(breach.text("metric")), ago,
                               breach.is_true("over") ? "" : ", not met yet"));
  }
  return joined(told, "; ");
}

/// `lead at 2026-11-23 08:00 (next update)`.
std::string escalation(const Fields& one) {
  if (one.empty()) return {};
  return fmt::format("{} at {} ({})", joined(one.strings("to"), ", "), moment(one, "at"),
                     words_of(one.text("cause")));
}

std::string handoff(const Fields& one) {
  return fmt::format("{} from {} to {}, {} since {}", one.text("handoff_id"),
                     one.object("from").text("department_id"), one.object("to").text("department_id"),
                     words_of(one.text("phase")), moment(one, "started_at"));
}

std::string callbacks(const std::vector<Fields>& all) {
  std::vector<std::string> open;
  for (const auto& callback : all) {
    const auto phase = callback.text("phase");
    open.push_back(joined({callback.text("callback_id"), words_of(callback.text("purpose")), words_of(phase),
                           phase == "scheduled" ? clause("from ", moment(callback, "not_before")) : ""},
                          " "));
  }
  return joined(open, ", ");
}

std::string reviews(const std::vector<Fields>& all) {
  std::vector<std::string> parts;
  parts.reserve(all.size());
  for (const auto& review : all) {
    parts.push_back(fmt::format("{} of {} by {}{}", review.text("review_id"), review.text("agent_id"),
                                review.text("reviewer_id"), review.is_true("scored") ? ", scored" : ""));
  }
  return joined(parts, "; ");
}

/// Everything that is known of the case as it stands; what is not known has no line.
std::vector<std::pair<std::string_view, std::string>> head_of(const Fields& answer, const Fields& registered,
                                                              Timestamp now) {
  const auto state = answer.object("state");
  const auto head = answer.object("head");
  const auto person = registered.object("pii");
  const auto reopenings = state.number("cycle_no").value_or(1) - 1;
  const auto status = words_of(answer.text("status"));
  const auto since = status == "closed"      ? moment(state, "closed_at")
                     : status == "suspended" ? moment(state, "suspended_at")
                                             : "";
  std::vector<std::string> handoffs;
  if (const auto asked = state.object("asked"); !asked.empty()) handoffs.push_back(handoff(asked));
  for (const auto& held : state.objects("held")) handoffs.push_back(handoff(held));
  const auto complaint = words_of(state.text("complaint"));
  const auto queued = state.object("assignment").object("queued");
  return {
      {"number", head.text("number")},
      {"reference", joined({registered.text("channel"), registered.text("external_ref")}, ":")},
      {"case id", answer.text("case_id")},
      {"kind", words_of(state.text("kind"))},
      {"status", status + clause(" since ", since)},
      {"priority", state.text("priority")},
      {"category", state.text("category")},
      {"customer", joined({person.text("name"), state.is_true("do_not_call") ? "do not call" : ""}, ", ")},
      {"product", registered.text("product_model")},
      {"case owner", state.text("owner")},
      {"assigned to", assignee(state.object("assignment"))},
      {"queued in", joined({queued.text("queue_id"), queued.text("department_id")}, " of ")},
      {"registered", moment(state, "registered_at")},
      {"due", due(state.objects("timers"))},
      {"breached", breaches(head.objects("breaches"), now)},
      {"escalated to", escalation(head.object("escalation"))},
      {"waiting for", words_of(head.text("waiting_for"))},
      {"reopened", reopenings > 0 ? counted(reopenings, "time") : ""},
      {"handoffs", joined(handoffs, "; ")},
      {"callbacks", callbacks(state.objects("callbacks"))},
      {"complaint", complaint == "none" ? "" : complaint},
      {"reviews", reviews(state.objects("reviews"))}};
}

/// The fact by which the case began.
Fields registration_in(const std::vector<Fields>& events) {
  const auto found =
      std::ranges::find(events, "request.registered", [](const Fields& event) { return event.text("type"); });
  return found == events.end() ? Fields() : found->object("fact");
}

std::string events_text(const std::vector<Fields>& events, std::size_t width) {
  TextTable table(
      {{"seq", 2}, {"when (" + zone_of_times() + ")", 3}, {"event", 5}, {"who", 4}, {"what", 1, 30}});
  for (const auto& event : events) {
    table.add({event.text("seq"), moment(event, "occurred_at"), event.text("type"), event.text("actor"),
               with_short_moments(event.text("line"))});
  }
  return table.text(width);
}

}  // namespace

std::string case_text(const std::string& state, const std::string& history, Timestamp now,
                      std::size_t width) {
  static constexpr std::size_t kIndent = 13;
  const auto events = Fields(history).objects("rows");
  std::string text;
  for (const auto& [label, value] : head_of(Fields(state), registration_in(events), now)) {
    if (value.empty()) continue;
    auto before = label;
    for (const auto& line : wrap(on_one_line(value), width > kIndent ? width - kIndent : 0)) {
      text += fmt::format("{:{}}{}\n", before, kIndent, line);
      before = "";
    }
  }
  return text + "\n" + events_text(events, width);
}

std::string history_text(const std::string& json, std::size_t width) {
  return events_text(Fields(json).objects("rows"), width);
}

}  // namespace casetrail::cli
