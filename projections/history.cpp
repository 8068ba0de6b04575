// How an event becomes a row of its case's history, and how those rows are read.
#include "projections/history.h"

#include "events/binary.h"
#include "projections/boards.h"
#include "projections/filters.h"
#include "projections/fingerprint.h"
#include "projections/json_object.h"
#include "projections/personal.h"
#include "projections/sentence.h"
#include "projections/table.h"

namespace casetrail {
namespace history {
namespace {

constexpr FilterType kFilters[] = {{"case", filter::text}};

/// The event's own fields.
RawJson fields_of(const Event& event) {
  RawJson json;
  event.append_json(json.text);
  return json;
}

std::uint64_t seq_in(std::string_view key) {
  std::uint64_t seq = 0;
  for (const char byte : key.substr(key.size() - sizeof seq))
    seq = seq << 8U | static_cast<unsigned char>(byte);
  return seq;
}

void write_row(std::uint64_t seq, const EventRow& row, std::string& out) {
  JsonObject(out)
      .add("seq", seq)
      .add("occurred_at", row.occurred_at)
      .add("recorded_at", row.recorded_at)
      .add("type", row.type)
      .add("actor", row.actor)
      .add("command_id", row.command_id)
      .add("policy_version", row.policy_version)
      .add("line", row.line)
      .add("fact", row.fact);
}

std::expected<std::string, std::string> render(std::span<const Rows* const> partitions,
                                               const BoardQuery& query) {
  const auto filters = Filters::read(query.filters, kFilters);
  if (!filters) return std::unexpected(filters.error());
  const auto case_id = filters->text("case");
  if (!case_id) return std::unexpected("Expected the filter 'case' to name a case, but it is missing.");

  std::string list;
  std::size_t events = 0;
  {
    JsonArray rows(list);
    for (const auto* partition : partitions) {
      partition->scan(*case_id, [&](std::string_view key, std::string_view bytes) {
        if (key.size() != case_id->size() + sizeof(std::uint64_t)) return true;
        if (events++ < query.limit)
          write_row(seq_in(key), decode_row<EventRow>(*case_id, bytes), rows.element());
        return true;
      });
    }
  }
  std::string out;
  {
    JsonObject board(out);
    board.add("case", *case_id);
    JsonObject(board.member("totals")).add("events", events);
    board.member("metrics") += "{}";
    board.member("rows") += list;
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
  const auto shown = event_without_person(event.event);
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
}

void History::write_changes(const RowSink& sink) {
  for (const auto& [key, bytes] : changed_) sink(key, bytes);
  changed_.clear();
}

}  // namespace history

ViewType history_view() {
  return {.name = "history",
          .version = 3,
          .worker = "history",
          .fingerprint = fingerprint_of<history::EventRow>,
          .ignored_events = [] { return std::vector<std::string_view>(); },
          .open = [](const Rows& rows) -> std::unique_ptr<View> {
            return std::make_unique<history::History>(rows);
          },
          .render = history::render};
}

FilterSchemas history_filters() { return schemas_of(history::kFilters); }

}  // namespace casetrail
