// A view for the tests of its workers: a row a case, whose bytes depend on every event and on their order.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/binary.h"
#include "projections/kit/view.h"

namespace casetrail {

struct CaseTally {
  std::int64_t events = 0;
  std::uint64_t digest = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(events), CEREAL_NVP(digest));
  }
};

/// `kSalt` stands for the meaning of the fold: another salt gives other rows.
template <std::uint64_t kSalt>
class TallyView final : public kit::View {
 public:
  explicit TallyView(const kit::Rows& rows) : rows_(rows) {}

  void apply(const CaseEvent& event) override {
    const auto [entry, unknown] = changed_.try_emplace(event.case_id.value);
    auto& tally = entry->second;
    if (unknown) {
      const auto row = rows_.get(event.case_id.value);
      if (row && !from_binary(*row, tally)) tally = {};
    }
    ++tally.events;
    tally.digest = (tally.digest ^ static_cast<std::uint64_t>(event.seq + event.command_offset)) *
                   (1099511628211ULL + 2 * kSalt);
  }

  void write_changes(const kit::RowSink& sink) override {
    for (const auto& [key, tally] : changed_) sink(key, to_binary(tally));
    changed_.clear();
  }

 private:
  const kit::Rows& rows_;
  std::map<std::string, CaseTally> changed_;
};

inline std::vector<std::string_view> no_events_ignored() { return {}; }
inline std::string tally_form() { return "tally/1"; }
inline std::string other_tally_form() { return "tally/2"; }

template <std::uint64_t kSalt>
std::unique_ptr<kit::View> open_tally(const kit::Rows& rows) {
  return std::make_unique<TallyView<kSalt>>(rows);
}

/// Filter `fail` makes the query a bad one.
inline std::expected<std::string, std::string> render_tally(std::span<const kit::Rows* const> partitions,
                                                            const kit::BoardQuery& query) {
  if (query.filters.contains("fail")) return std::unexpected("Expected no filter 'fail'.");
  std::int64_t cases = 0;
  std::int64_t events = 0;
  for (const auto* rows : partitions) {
    rows->scan("", [&](std::string_view, std::string_view value) {
      CaseTally tally;
      cases += from_binary(value, tally) ? 1 : 0;
      events += tally.events;
      return true;
    });
  }
  return "{\"totals\":{\"cases\":" + std::to_string(cases) + ",\"events\":" + std::to_string(events) + "}}";
}

inline constexpr kit::ViewType kTally{"tally",       1,           "boards", tally_form, no_events_ignored,
                                      open_tally<0>, render_tally};
/// Its version says that the fold means the same, and its rows say otherwise.
inline constexpr kit::ViewType kTallyUnlike{
    "tally", 1, "boards", tally_form, no_events_ignored, open_tally<7>, render_tally};
inline constexpr kit::ViewType kTallyRaised{
    "tally", 2, "boards", tally_form, no_events_ignored, open_tally<7>, render_tally};
inline constexpr kit::ViewType kTallyOtherForm{
    "tally", 2, "boards", other_tally_form, no_events_ignored, open_tally<7>, render_tally};
/// Moves with `tally`.
inline constexpr kit::ViewType kSecondTally{
    "second", 1, "boards", tally_form, no_events_ignored, open_tally<3>, render_tally};

}  // namespace casetrail
