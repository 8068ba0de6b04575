// How an event becomes a row of its case's history, and how those rows are read.
#include "projections/history/history.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/case/privacy.h"
#include "events/wire/binary.h"
#include "events/wire/whole_number.h"
#include "projections/boards.h"
#include "projections/history/as_of.h"
#include "projections/history/case_head.h"
#include "projections/history/case_rows.h"
#include "projections/history/changes.h"
#include "projections/history/held.h"
#include "projections/history/held_board.h"
#include "projections/history/row_changes.h"
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
    {"case",
     kit::filter::single(kit::filter::text),
     {"case", "工单"},
     "The case whose events are shown, by its id. Required."},
    {"state",
     kit::filter::flag,
     {"state", "现状"},
     "Whether to show the case as it stands, with its last event alone."},
    {"as_of",
     kMomentFilter,
     {"as of", "截至"},
     "With state: the case as it stood at a moment, by the order in which its events were recorded: what "
     "came "
     "late is not there yet. A time, the number of an event, or before:COMMAND."},
    {"since",
     kMomentFilter,
     {"since", "起自"},
     "With state: what changed since another moment; 0 is before the first event."},
    {"every",
     kit::filter::flag,
     {"every change", "每次变化"},
     "With since: each change of each field, and not only what differs in the end."},
    {"row",
     kRowFilter,
     {"row of a board", "看板行"},
     "With since: what changed of the case's row on a board, cases or handoff/h1, each change of each cell."},
    {"held",
     kit::filter::flag,
     {"held by", "经手"},
     "With state: who had the case, one after the other, from its first event to its last."},
};

/// The event's own fields.
RawJson fields_of(const Event& event) {
  RawJson json;
  event.append_json(json.text);
  return json;
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
    {{"offset", Kind::number, {"offset", "偏移量"}, "Where it lies in its partition of casetrail.events."},
     [](const Shown& at) { return at.row.log_offset; }},
    {{"line", Kind::text, {"what", "经过"}, "The event in a sentence.", {.rank = 3, .may_be_cut = true}},
     [](const Shown& at) -> const auto& { return at.row.line; }},
    {{"fact", Kind::record, {"fact", "内容"}, "The event's fields, persons masked."},
     [](const Shown& at) -> const auto& { return at.row.fact; }},
};

constexpr kit::Column<Change> kChangeColumns[] = {
    {{"field", Kind::text, {"field", "字段"}, "What changed; an element of a list goes by its id.", {1}},
     [](const Change& change) -> const auto& { return change.field; }},
    {{"before", Kind::text, {"before", "之前"}, "Its value before; null: not known.", {2}},
     [](const Change& change) -> const auto& { return change.before; }},
    {{"after", Kind::text, {"after", "之后"}, "Its value after; null: not known any more.", {2}},
     [](const Change& change) -> const auto& { return change.after; }},
    {{"names",
      Kind::text,
      {"names", "所指"},
      "Whose name before and after are: department, agent, a catalogue of which they are codes, or word; "
      "null: their own."},
     [](const Change& change) -> const auto& { return change.names; }},
    {{"seq",
      Kind::number,
      {"no", "序号"},
      "The event that did it, the last one that touched the field.",
      {3}},
     [](const Change& change) { return change.seq; }},
    {{"recorded_at", Kind::moment, {"recorded at", "记录时间"}, "When that was recorded.", {7}},
     [](const Change& change) { return change.event.recorded_at; }},
    {{"type", Kind::text, {"event", "事件"}, "The event's type.", {4}},
     [](const Change& change) -> const auto& { return change.event.type; }},
    {{"actor", Kind::text, {"who", "操作人"}, "Who did it, kind:id.", {5}},
     [](const Change& change) -> const auto& { return change.event.actor; }},
    {{"command_id", Kind::text, {"command", "命令"}, "The command that it came from; null: a timer's.", {8}},
     [](const Change& change) -> const auto& { return change.event.command_id; }},
    {{"offset", Kind::number, {"offset", "偏移量"}, "Where it lies in its partition of casetrail.events."},
     [](const Change& change) { return change.event.log_offset; }},
    {{"policy_version", Kind::number, {"policy version", "规则版本"}, "The company policy that held.", {6}},
     [](const Change& change) { return change.event.policy_version; }},
    {{"rule",
      Kind::text,
      {"rule", "规则"},
      "The section of the policy whose clock ran out; null: a command did it.",
      {10}},
     [](const Change& change) -> const auto& { return change.rule; }},
    {{"line", Kind::text, {"what", "经过"}, "The event in a sentence.", {.rank = 9, .may_be_cut = true}},
     [](const Change& change) -> const auto& { return change.event.line; }},
};

constexpr kit::Column<Held> kHeldColumns[] = {
    {{"seq", Kind::number, {"no", "序号"}, "The event that began it."},
     [](const Held& held) { return held.seq; }},
    {{"from", Kind::moment, {"from", "起"}, "When it began.", {1}},
     [](const Held& held) { return held.from; }},
    {{"to", Kind::moment, {"to", "止"}, "When it ended; null: it lasts.", {2}},
     [](const Held& held) { return held.to; }},
    {{"department", Kind::department, {"department", "部门"}, "That had the case; null: nobody.", {3}},
     [](const Held& held) -> const auto& { return held.by.department; }},
    {{"agent", Kind::agent, {"agent", "人员"}, "Who had it, or was to take it.", {4}},
     [](const Held& held) -> const auto& { return held.by.agent; }},
    {{"queue", Kind::text, {"queue", "队列"}, "In which it waited to be taken.", {8}},
     [](const Held& held) -> const auto& { return held.by.queue; }},
    {{"status", Kind::word, {"status", "状态"}, "Of the case.", {5}},
     [](const Held& held) { return held.by.status; }},
    {{"waiting_for",
      Kind::word,
      {"waiting for", "等待"},
      "Customer, reason of a suspension, or department.",
      {6}},
     [](const Held& held) -> const auto& { return held.by.waiting_for; }},
    {{"policy_version", Kind::number, {"policy version", "规则版本"}, "The company policy that held.", {9}},
     [](const Held& held) { return held.policy_version; }},
};

constexpr kit::Column<std::int64_t> kTotalColumns[] = {
    {{"events", Kind::count, {"events", "事件"}, "Events of the case."},
     [](std::int64_t events) { return events; }},
};

constexpr kit::Description kCase{
    "case", Kind::text, {"case", "工单"}, "The id of the case, whether there is one or not."};
constexpr kit::Description kState{
    "state", Kind::record, {"state", "现状"}, "The case as it stands, when the filter state asks for it."};

constexpr kit::Description kKept{"kept",
                                 Kind::record,
                                 {"kept", "留存"},
                                 "All that is kept of the case, whatever was asked: its events, when the "
                                 "first and the last were recorded, "
                                 "and whether the moments that were asked for lie among them."};

constexpr kit::Description kChanges{
    "changes",
    Kind::table,
    {"changes", "变化"},
    "What changed since the moment that the filter since names, in the order of "
    "events."};

constexpr kit::Description kHeld{
    "held",
    Kind::table,
    {"held by", "经手"},
    "Who had the case, one after the other without a gap, until it was closed; when "
    "the filter held asks for it."};

constexpr kit::Description kHead{
    "head", Kind::record, {"head", "概要"}, "What a page says of the case above its events, with its state."};

void open_board(std::int64_t events, kit::JsonObject& board) {
  kit::write_object(kTotalColumns, events, board.member(kit::kTotals.key));
  board.member(kit::kMetrics.key) += "{}";
}

/// Which moments of the case are asked for, and what between them.
struct Asked {
  std::optional<Moment> as_of;  ///< absent: as it stands
  std::optional<Moment> since;
  Changes changes;
  std::optional<BoardRow> row;  ///< the changes are of it
  bool held;
};

/// Where it lies, and the event that it stands behind; 0 when there is none.
std::pair<MomentFound, std::int64_t> place_of(const CaseRows& of, const Moment& moment) {
  const auto seq = seq_at(of, moment);
  if (!seq) return {MomentFound::not_there, 0};
  return {*seq > 0 ? MomentFound::there : MomentFound::before_the_first, *seq};
}

/// When the event was recorded; nothing before the first one.
std::optional<Timestamp> recorded_at(const CaseRows& of, std::int64_t seq) {
  std::optional<Timestamp> at;
  if (seq == 0) return at;
  of.for_each(seq - 1, [&](std::int64_t, const EventRow& row) {
    at = row.recorded_at;
    return false;
  });
  return at;
}

void write_state(const Standing& standing, const Kept& kept, kit::JsonObject& board) {
  open_board(standing.head.events, board);
  {
    kit::JsonArray rows(board.member(kit::kRows.key));
    if (standing.last_seq > 0)
      kit::write_object(kColumns, Shown{standing.last_seq, standing.last}, rows.element());
  }
  board.add(kState.key, standing.head.state());
  board.add(kHead.key, head_of(standing.head));
  board.add(kKept.key, kept);
}

/// The case as it stands, or as it stood at a moment, with its last event then and what changed since
/// another.
void write_standing(const CaseRows& of, const Asked& asked, const kit::BoardQuery& query,
                    kit::JsonObject& board) {
  const auto newest = standing_at(of, kNewest);
  auto kept = kept_of(of, newest);
  auto to = newest.last_seq;
  if (asked.as_of) std::tie(kept.moment, to) = place_of(of, *asked.as_of);
  kept.moment_at = recorded_at(of, to);
  std::vector<Change> changes;
  if (asked.since) {
    std::tie(kept.since, kept.since_seq) = place_of(of, *asked.since);
    kept.since_at = recorded_at(of, kept.since_seq);
    changes = asked.row ? row_changes_between(of, kept.since_seq, to, *asked.row, query)
                        : changes_between(of, kept.since_seq, to, asked.changes);
  }
  write_state(asked.as_of ? standing_at(of, to) : newest, kept, board);
  kit::write_table(kChangeColumns, changes, board.member(kChanges.key));
  kit::write_table(kHeldColumns, asked.held ? held_by(of) : std::vector<Held>(), board.member(kHeld.key));
}

struct EventPage {
  std::int64_t after;
  std::size_t limit;
};

void write_events(const CaseRows& of, EventPage page, kit::JsonObject& board) {
  open_board(count_events(of), board);
  bool more = false;
  {
    kit::JsonArray rows(board.member(kit::kRows.key));
    of.for_each(page.after, [&](std::int64_t seq, const EventRow& row) {
      more = page.limit == 0;
      if (more) return false;
      --page.limit;
      page.after = seq;
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
  const auto of = find_case(partitions, case_id);
  const auto moment = [&](std::string_view name) {
    const auto text = filters->text(name);
    return text ? parse_moment(*text) : std::nullopt;
  };

  std::string out;
  {
    kit::JsonObject board(out);
    board.add(kCase.key, case_id);
    if (filters->text("state") == "true") {
      const auto changes = filters->text("every") == "true" ? Changes::every : Changes::net;
      const auto row = filters->text("row");
      write_standing(of,
                     {.as_of = moment("as_of"),
                      .since = moment("since"),
                      .changes = changes,
                      .row = row ? std::optional(parse_board_row(*row)) : std::nullopt,
                      .held = filters->text("held") == "true"},
                     query, board);
    } else {
      write_events(of, {.after = after, .limit = query.limit}, board);
    }
  }
  return out;
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
                  kit::ValueOf<RawJson>::member(kHead),
                  kit::ValueOf<RawJson>::member(kKept),
                  kit::part(kChanges, kChangeColumns),
                  kit::part(kHeld, kHeldColumns)},
      .filters = kFilters};
  return kShape;
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
               .log_offset = event.log_offset,
               .line = sentence(shown),
               .fact = fields_of(shown)};
  if (!event.command_id.empty()) row.command_id = event.command_id.value;
  changed_.insert_or_assign(key_of(event.case_id, event.seq), to_binary(row));
  if (event.seq % kHeadEvery == 0) heads_[event.case_id.value] = event.seq;
  if (event.event.get_if<CustomerErased>() != nullptr) erase_texts(event.case_id, event.seq);
}

void History::erase_texts(const CaseId& case_id, std::int64_t seq) {
  erased_[case_id.value] = seq;
  std::map<std::string, std::string> erased;
  const auto take = [&](std::int64_t at, std::string_view bytes) {
    auto row = kit::decode_row<EventRow>(case_id.value, bytes);
    const auto event = kit::event_without_texts(event_in(case_id, at, row).event);
    row.line = sentence(event);
    row.fact = fields_of(event);
    erased.insert_or_assign(key_of(case_id, at), to_binary(row));
  };
  for_each_row(rows_, case_id, 0, [&](std::int64_t at, std::string_view bytes) {
    if (at < seq) take(at, bytes);
    return at < seq;
  });
  for (auto row = changed_.lower_bound(key_of(case_id, 1));
       row != changed_.end() && row->first < key_of(case_id, seq); ++row) {
    if (is_event_of(case_id, row->first)) take(seq_in(row->first), row->second);
  }
  for (auto& [key, bytes] : erased) changed_.insert_or_assign(key, std::move(bytes));
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
  for_each_row(rows_, case_id, head.state().seq, take);
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
  // A head behind the erasure has taken it in.
  for (const auto& [id, seq] : erased_) {
    const auto key = head_key(CaseId{id});
    const auto moved = changed_.find(key);
    const auto bytes = moved == changed_.end() ? rows_.get(key) : std::optional(moved->second);
    if (!bytes) continue;
    auto head = kit::decode_row<CaseHead>(id, *bytes);
    if (head.state().seq >= seq) continue;
    head.erase_person();
    changed_.insert_or_assign(key, to_binary(head));
  }
  erased_.clear();
  for (const auto& [key, bytes] : changed_) sink(key, bytes);
  changed_.clear();
}

kit::ViewType view_type() {
  return {.name = "history",
          .version = 8,
          .worker = "history",
          .fingerprint = kit::fingerprint_of<EventRow, CaseHead>,
          .ignored_events = [] { return std::vector<std::string_view>(); },
          .open = [](const kit::Rows& rows) -> std::unique_ptr<kit::View> {
            return std::make_unique<History>(rows);
          },
          .render = render,
          .shape = shape,
          .add_up = add_up_held};
}

}  // namespace casetrail::history
