// Folds the rows of a case up to a moment, from its head where that is not behind it.
#include "projections/history/as_of.h"

#include <algorithm>

#include "events/wire/whole_number.h"

namespace casetrail::history {
namespace {

constexpr std::string_view kBefore = "before:";

CaseHead stored_head(const CaseRows& of) {
  if (of.rows == nullptr) return {};
  const auto bytes = of.rows->get(head_key(of.id));
  return bytes ? kit::decode_row<CaseHead>(of.id.value, *bytes) : CaseHead{};
}

std::optional<std::int64_t> seq_at(const CaseRows& of, const AtSeq& at) {
  if (at.seq == 0) return 0;
  if (of.rows == nullptr || !of.rows->get(key_of(of.id, at.seq))) return std::nullopt;
  return at.seq;
}

std::optional<std::int64_t> seq_at(const CaseRows& of, Timestamp at) {
  std::int64_t last = 0;
  of.for_each(0, [&](std::int64_t seq, const EventRow& row) {
    if (row.recorded_at > at) return false;
    last = seq;
    return true;
  });
  return last;
}

std::optional<std::int64_t> seq_at(const CaseRows& of, const BeforeCommand& before) {
  std::int64_t last = 0;
  bool found = false;
  of.for_each(0, [&](std::int64_t seq, const EventRow& row) {
    found = row.command_id == before.id.value;
    if (!found) last = seq;
    return !found;
  });
  return found ? std::optional(last) : std::nullopt;
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  if (text.starts_with(kBefore) && text.size() > kBefore.size())
    return BeforeCommand{CommandId{std::string(text.substr(kBefore.size()))}};
  if (const auto seq = whole_number<std::int64_t>(text); seq && *seq >= 0) return AtSeq{*seq};
  if (const auto at = parse_timestamp(text)) return *at;
  return std::nullopt;
}

Kept kept_of(const CaseRows& of, const Standing& newest) {
  Kept kept;
  kept.events = newest.head.events;
  kept.last_seq = newest.last_seq;
  if (const auto& privacy = newest.head.state().privacy; privacy && privacy->erased)
    kept.erased_at = privacy->erased->at;
  of.for_each(0, [&](std::int64_t, const EventRow& first) {
    kept.first_recorded_at = first.recorded_at;
    kept.last_recorded_at = newest.last.recorded_at;
    return false;
  });
  return kept;
}

std::int64_t count_events(const CaseRows& of) {
  if (of.rows == nullptr) return 0;
  const auto head = stored_head(of);
  auto events = head.events;
  for_each_row(*of.rows, of.id, head.state().seq,
               [&](std::int64_t, std::string_view) { return ++events > 0; });
  return events;
}

std::optional<std::int64_t> seq_at(const CaseRows& of, const Moment& moment) {
  return std::visit([&](const auto& at) { return seq_at(of, at); }, moment);
}

Standing standing_at(const CaseRows& of, std::int64_t seq) {
  Standing standing;
  if (auto head = stored_head(of); head.state().seq <= seq) standing.head = std::move(head);
  const auto taken = standing.head.state().seq;
  // The head's own event is read again for its words.
  of.for_each(std::max<std::int64_t>(0, taken - 1), [&](std::int64_t at, const EventRow& row) {
    if (at > seq) return false;
    if (at > taken) standing.head.take(of.id, at, row);
    standing.last_seq = at;
    standing.last = row;
    return true;
  });
  return standing;
}

}  // namespace casetrail::history
