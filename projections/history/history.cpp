// How an event becomes a row of its case's history, and how those rows are read.
#include "projections/history/history.h"

#include <algorithm>
#include <utility>

#include "events/wire/binary.h"
#include "events/wire/whole_number.h"
#include "projections/boards.h"
#include "projections/cases/head.h"
#include "projections/history/case_head.h"
#include "projections/history/sentence.h"
#include "projections/kit/filters.h"
#include "projections/kit/fingerprint.h"
#include "projections/kit/json_object.h"
#include "projections/kit/personal.h"
#include "projections/kit/shape.h"
#include "projections/kit/table.h"

namespace casetrail::history {
namespace {

using kit::Kind;

constexpr kit::FilterType kFilters[] = {
    {"case", kit::filter::text, {"case", "工单"}, "The case whose events are shown, by its id. Required."},
    {"state",
     kit::filter::flag,
     {"state", "现状"},
     "Whether to show the case as it stands, with its last event alone."},
};

/// The event's own fields.
RawJson fields_of(const Event& event) {
  RawJson json;
  event.append_json(json.text);
  return json;
}

bool is_event_of(const CaseId& case_id, std::string_view key) {
  return key.size() == case_id.value.size() + sizeof(std::uint64_t);
}

std::int64_t seq_in(std::string_view key) {
  std::uint64_t seq = 0;
  for (const char byte : key.substr(key.size() - sizeof seq))
    seq = seq << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(seq);
}

struct Shown {
  std::int64_t seq;
  const EventRow& row;
};

constexpr kit::Column<Shown> kColumns[] = {
    {{"seq", Kind::number, {"no", "序号"}, "The event's number within its case, from 1.", {1}},
     [](const Shown& at) { return at.seq; }},
    {{"occurred_at", Kind::moment, {"when (UTC)", "时间 (UTC)"}, "When it happened.", {2}},
     [](const Shown& at) { return at.row.occurred_at; }},
    {{"recorded_at", Kind::moment, {"recorded at", "记录时间"}, "When it was recorded."},
     [](const Shown& at) { return at.row.recorded_at; }},
    {{"type", Kind::text, {"event", "事件"}, "The event's type.", {5}},
     [](const Shown& at) -> const auto& { return at.row.type; }},
    {{"actor", Kind::text, {"who", "操作人"}, "Who did it, kind:id.", {4}},
     [](const Shown& at) -> const auto& { return at.row.actor; }},
    {{"command_id", Kind::text, {"command", "命令"}, "The command that it came from."},
     [](const Shown& at) -> const auto& { return at.row.command_id; }},
    {{"policy_version", Kind::number, {"policy version", "规则版本"}, "The company policy that held."},
     [](const Shown& at) { return at.row.policy_version; }},
    {{"line", Kind::text, {"what", "经过"}, "The event in a sentence.", {.rank = 3, .may_be_cut = true}},
     [](const Shown& at) -> const auto& { return at.row.line; }},
    {{"fact", Kind::record, {"fact", "内容"}, "The event's fields, persons masked."},
     [](const Shown& at) -> const auto& { return at.row.fact; }},
};

constexpr kit::Column<std::int64_t> kTotalColumns[] = {
    {{"events", Kind::count, {"events", "事件"}, "Events of the case."},
     [](std::int64_t events) { return events; }},
};

constexpr kit::Description kCase{
    "case", Kind::text, {"case", "工单"}, "The id of the case, whether there is one or not."};
constexpr kit::Description kState{
    "state", Kind::record, {"state", "现状"}, "The case as it stands, when the filter state asks for it."};

constexpr kit::Description kHead{
    "head", Kind::record, {"head", "概要"}, "What a page says of the case above its events, with its state."};

/// The case's own partition, and its head.
struct Found {
  const kit::Rows* rows = nullptr;
  CaseHead head;
};

Found find(std::span<const kit::Rows* const> partitions, const CaseId& case_id) {
  Found found;
  for (const auto* rows : partitions) {
    rows->scan(case_id.value, [&](std::string_view key, std::string_view) {
      if (is_event_of(case_id, key)) found.rows = rows;
      return found.rows == nullptr;
    });
    if (found.rows == nullptr) continue;
    if (const auto bytes = rows->get(head_key(case_id)))
      found.head = kit::decode_row<CaseHead>(case_id.value, *bytes);
    break;
  }
  return found;
}

/// Calls `on_event(seq, bytes)` for the events behind `after`, until it says false.
template <class OnEvent>
void for_each_event(const kit::Rows& rows, const CaseId& case_id, std::int64_t after, OnEvent&& on_event) {
  rows.scan_from(case_id.value, key_of(case_id, after + 1),
                 [&](std::string_view key, std::string_view bytes) {
                   return !is_event_of(case_id, key) || on_event(seq_in(key), bytes);
                 });
}

template <class OnEvent>
void for_each_event(const Found& found, const CaseId& case_id, std::int64_t after, OnEvent&& on_event) {
  if (found.rows != nullptr) for_each_event(*found.rows, case_id, after, on_event);
}

void open_board(std::int64_t events, kit::JsonObject& board) {
  kit::write_object(kTotalColumns, events, board.member(kit::kTotals.key));
  board.member(kit::kMetrics.key) += "{}";
}

/// The case as it stands, and its last event.
void write_standing(const Found& found, const CaseId& case_id, kit::JsonObject& board) {
  auto standing = found.head;
  std::int64_t last_seq = 0;
  EventRow last;
  // The head's own event is read again for its words.
  for_each_event(found, case_id, std::max<std::int64_t>(0, found.head.state().seq - 1),
                 [&](std::int64_t seq, std::string_view bytes) {
                   last_seq = seq;
                   last = kit::decode_row<EventRow>(case_id.value, bytes);
                   if (seq > found.head.state().seq) standing.take(case_id, seq, last);
                   return true;
                 });
  open_board(standing.events, board);
  {
    kit::JsonArray rows(board.member(kit::kRows.key));
    if (last_seq > 0) kit::write_object(kColumns, Shown{last_seq, last}, rows.element());
  }
  board.add(kState.key, standing.state());
  board.add(kHead.key, cases::head_of(standing.row));
}

struct EventPage {
  std::int64_t after;
  std::size_t limit;
};

void write_events(const Found& found, const CaseId& case_id, EventPage page, kit::JsonObject& board) {
  auto events = found.head.events;
  for_each_event(found, case_id, found.head.state().seq,
                 [&](std::int64_t, std::string_view) { return ++events > 0; });
  open_board(events, board);
  bool more = false;
  {
    kit::JsonArray rows(board.member(kit::kRows.key));
    for_each_event(found, case_id, page.after, [&](std::int64_t seq, std::string_view bytes) {
      more = page.limit == 0;
      if (more) return false;
      --page.limit;
      page.after = seq;
      const auto row = kit::decode_row<EventRow>(case_id.value, bytes);
      kit::write_object(kColumns, Shown{seq, row}, rows.element());
      return true;
    });
  }
  if (more) board.add("next", std::to_string(page.after));
}

std::expected<std::string, std::string> render(std::span<const kit::Rows* const> partitions,
                                               const kit::BoardQuery& query) {
  const auto filters = kit::Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const auto asked = filters->text("case");
  if (!asked) return std::unexpected("Expected the filter 'case' to name a case, but it is missing.");
  const auto after = query.after.empty() ? 0 : whole_number<std::int64_t>(query.after).value_or(-1);
  if (after < 0)
    return std::unexpected("Expected 'after' to be the `next` of the page before, but it is '" + query.after +
                           "'.");
  const CaseId case_id{std::string(*asked)};
  const auto found = find(partitions, case_id);

  std::string out;
  {
    kit::JsonObject board(out);
    board.add(kCase.key, case_id);
    filters->text("state") == "true"
        ? write_standing(found, case_id, board)
        : write_events(found, case_id, {.after = after, .limit = query.limit}, board);
  }
  return out;
}

}  // namespace

std::string key_of(const CaseId& case_id, std::int64_t seq) {
  auto key = case_id.value;
  for (int shift = 56; shift >= 0; shift -= 8)
    key += static_cast<char>(static_cast<std::uint64_t>(seq) >> static_cast<unsigned>(shift));
  return key;
}

void History::apply(const CaseEvent& event) {
  const auto shown = kit::event_without_person(event.event);
  EventRow row{.occurred_at = event.occurred_at,
               .recorded_at = event.recorded_at,
               .type = std::string(codec_of(event.event).type),
               .actor = to_wire(event.actor),
               .command_id = {},
               .policy_version = event.policy_version,
               .line = sentence(shown),
               .fact = fields_of(shown)};
  if (!event.command_id.empty()) row.command_id = event.command_id.value;
  changed_.insert_or_assign(key_of(event.case_id, event.seq), to_binary(row));
  if (event.seq % kHeadEvery == 0) heads_[event.case_id.value] = event.seq;
}

/// The case's stored head, moved on to the event `seq`: by the rows in the store, then by those of this
/// batch.
std::string History::moved_head(const CaseId& case_id, std::int64_t seq) const {
  CaseHead head;
  if (const auto bytes = rows_.get(head_key(case_id)))
    head = kit::decode_row<CaseHead>(case_id.value, *bytes);
  const auto take = [&](std::int64_t at, std::string_view bytes) {
    if (at <= seq) head.take(case_id, at, kit::decode_row<EventRow>(case_id.value, bytes));
    return at < seq;
  };
  for_each_event(rows_, case_id, head.state().seq, take);
  for (auto row = changed_.lower_bound(key_of(case_id, head.state().seq + 1));
       row != changed_.end() && row->first <= key_of(case_id, seq); ++row) {
    if (is_event_of(case_id, row->first)) take(seq_in(row->first), row->second);
  }
  return to_binary(head);
}

void History::write_changes(const kit::RowSink& sink) {
  for (const auto& [id, seq] : heads_) {
    const CaseId case_id{id};
    changed_.insert_or_assign(head_key(case_id), moved_head(case_id, seq));
  }
  heads_.clear();
  for (const auto& [key, bytes] : changed_) sink(key, bytes);
  changed_.clear();
}

kit::ViewType view_type() {
  return {.name = "history",
          .version = 5,
          .worker = "history",
          .fingerprint = kit::fingerprint_of<EventRow, CaseHead>,
          .ignored_events = [] { return std::vector<std::string_view>(); },
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<History>(rows);
          },
          .render = render};
}

const kit::Shape& shape() {
  static const kit::Shape kShape{
      .label = {"history", "经过"},
      .meaning = {"Every event of one case, a sentence and its fields.", "一个工单的全部事件。"},
      .headings = {},
      .members = {kit::ValueOf<std::string>::member(kCase),
                  kit::part(kit::kTotals, kTotalColumns),
                  {.of = kit::kMetrics, .schema = R"({"type":"object"})"},
                  kit::part(kit::kRows, kColumns),
                  kit::ValueOf<RawJson>::member(kState),
                  kit::ValueOf<RawJson>::member(kHead)},
      .filters = kFilters};
  return kShape;
}

}  // namespace casetrail::history
