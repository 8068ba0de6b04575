// Totals are counted by the types of the events alone; rows are held against one fold from nothing.
#include "tests/simulation/board_audit.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>
#include <ranges>
#include <set>

#include "tests/support/borrowed_message.h"
#include "tests/support/map_rows.h"

namespace casetrail::simulation {
namespace {

using Ledgers = std::vector<PartitionLedger>;

/// Events of this type, which a total tells, or some add up to: `scored+compared`.
struct Count {
  std::string_view view;
  std::string_view total;
  std::string_view type;
};
constexpr std::array kEvents{Count{"handoff", "handoffs", "casetrail.handoff.accepted"},
                             Count{"handoff", "requested", "casetrail.handoff.requested"},
                             Count{"handoff", "returned", "casetrail.handoff.returned"},
                             Count{"handoff", "expired", "casetrail.handoff.expired"},
                             Count{"handoff", "ruled", "casetrail.handoff.ruled"},
                             Count{"handoff", "completed", "casetrail.handoff.completed"},
                             Count{"follow_up", "scheduled", "casetrail.callback.scheduled"},
                             Count{"follow_up", "rescheduled", "casetrail.callback.rescheduled"},
                             Count{"follow_up", "attempts", "casetrail.callback.attempted"},
                             Count{"follow_up", "completed", "casetrail.callback.completed"},
                             Count{"follow_up", "refused", "casetrail.callback.refused"},
                             Count{"follow_up", "exhausted", "casetrail.callback.exhausted"},
                             Count{"follow_up", "waived", "casetrail.callback.waived"},
                             Count{"follow_up", "went_overdue", "casetrail.callback.overdue"},
                             Count{"review", "assigned", "casetrail.review.assigned"},
                             Count{"review", "scored+compared+calibrated", "casetrail.review.scored"}};
/// Cases with an event of this type.
constexpr std::array kCases{Count{"handoff", "cases", "casetrail.request.registered"},
                            Count{"handoff", "cases_with_handoffs", "casetrail.handoff.accepted"},
                            Count{"handoff", "reopened_cases", "casetrail.case.reopened"},
                            Count{"follow_up", "cases", "casetrail.request.registered"},
                            Count{"review", "cases", "casetrail.request.registered"}};

std::int64_t count_events(const Ledgers& ledgers, std::string_view type) {
  std::int64_t count = 0;
  for (const auto& ledger : ledgers) {
    for (const auto& event : ledger.events) count += event.type == type ? 1 : 0;
  }
  return count;
}

std::int64_t count_cases(const Ledgers& ledgers, std::string_view type) {
  std::set<std::string_view> cases;
  for (const auto& ledger : ledgers) {
    for (const auto& event : ledger.events) {
      if (event.type == type) cases.insert(event.case_id);
    }
  }
  return static_cast<std::int64_t>(cases.size());
}

/// The number of `name` within the board's `totals`; -1 when it is not there.
std::int64_t total_in(std::string_view board, std::string_view name) {
  const auto totals = board.find("\"totals\":{");
  if (totals == std::string_view::npos) return -1;
  const auto field = fmt::format("\"{}\":", name);
  const auto at = board.find(field, totals);
  if (at == std::string_view::npos) return -1;
  const auto digits = board.substr(at + field.size());
  std::int64_t number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

class BoardAudit {
 public:
  BoardAudit(Node& node, const Ledgers& ledgers, Timestamp now, Complaints& into)
      : node_(node), ledgers_(ledgers), now_(now), complaints_(into) {}

  void totals_are_counts() {
    for (const auto* view : {"handoff", "follow_up", "review"}) {
      const auto board = node_.boards().render(view, {.now = now_});
      if (!board) return complain("boards equal plain loops", board.error().sentence);
      for (const auto& count : kEvents) {
        if (count.view == view) expect(board->json, count, count_events(ledgers_, count.type));
      }
      for (const auto& count : kCases) {
        if (count.view == view) expect(board->json, count, count_cases(ledgers_, count.type));
      }
    }
  }

  void histories_are_complete() {
    std::map<std::string, std::int64_t> events;
    for (const auto& ledger : ledgers_) {
      for (const auto& event : ledger.events) ++events[event.case_id];
    }
    for (const auto& [case_id, count] : events) {
      const auto history =
          node_.boards().render("history", {.now = now_, .filters = {{"case", case_id}}}, CaseId{case_id});
      if (!history) return complain("boards equal plain loops", history.error().sentence);
      const auto view = "history of " + case_id;
      expect(history->json, {view, "events", {}}, count);
    }
  }

 private:
  void expect(std::string_view board, const Count& total, std::int64_t count) {
    std::int64_t shown = 0;
    for (const auto name : std::views::split(total.total, '+'))
      shown += total_in(board, std::string_view(name));
    if (shown == count) return;
    complain("boards equal plain loops",
             fmt::format("{} shows {} {}, but the log has {}", total.view, shown, total.total, count));
  }

  void complain(std::string rule, const std::string& what) {
    complaints_.push_back({std::move(rule), node_.name() + ": " + what});
  }

  Node& node_;
  const Ledgers& ledgers_;
  Timestamp now_;
  Complaints& complaints_;
};

using PlainRows = std::map<std::string, std::string, std::less<>>;

PlainRows fold(const projection::ProjectionType& type, std::size_t view_of_type,
               const PartitionLedger& ledger) {
  MapRows rows(type.bounds.cached_rows, type.secret);
  const auto view = type.views[view_of_type]->open(rows);
  CaseEvent event;
  for (const auto& recorded : ledger.events) {
    if (read_event(BorrowedMessage(*recorded.message).view(), event).reading != Reading::ours) continue;
    event.log_offset = recorded.offset;
    view->apply(event);
  }
  rows.take(*view);
  return rows.all();
}

PlainRows rows_in(const MapStore& store, storage::FamilyIndex family) {
  PlainRows rows;
  for (const auto& [key, value] : store.rows()) {
    if (key.first == family) rows.emplace(key.second, value);
  }
  return rows;
}

}  // namespace

Complaints check_boards(const std::vector<std::unique_ptr<Node>>& nodes, const Ledgers& ledgers,
                        Timestamp now) {
  Complaints complaints;
  for (const auto& node : nodes) {
    BoardAudit audit(*node, ledgers, now, complaints);
    audit.totals_are_counts();
    audit.histories_are_complete();
  }
  for (std::size_t partition = 0; partition < ledgers.size(); ++partition) {
    for (std::size_t projection = 0; projection < nodes.front()->projected().size(); ++projection) {
      const auto& type = nodes.front()->projected()[projection].type;
      for (std::size_t i = 0; i < type.views.size(); ++i) {
        const auto expected = fold(type, i, ledgers[partition]);
        for (const auto& node : nodes) {
          auto& copies = node->projected()[projection].copies;
          const auto& store = copies.at(copies.live()->value(), static_cast<log::Partition>(partition)).store;
          if (rows_in(store, projection::kFirstViewFamily + i) == expected) continue;
          complaints.push_back(
              {"rows equal one fold from nothing",
               fmt::format("{}: view {}, partition {}", node->name(), type.views[i]->name, partition)});
        }
      }
    }
  }
  return complaints;
}

}  // namespace casetrail::simulation
