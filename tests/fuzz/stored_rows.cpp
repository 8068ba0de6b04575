// Rows of the stores: the first byte chooses the type. What can be read is written again and read back the
// same.
#include <array>

#include "aggregates/case/state.h"
#include "events/wire/binary.h"
#include "projections/follow_up/rows.h"
#include "projections/handoff/rows.h"
#include "projections/history/history.h"
#include "projections/review/rows.h"
#include "tests/fuzz/harness.h"

using namespace casetrail;

namespace {

template <class Row>
void check(std::string_view bytes) {
  Row row;
  if (!from_binary(bytes, row)) return;
  const auto written = to_binary(row);
  Row again;
  fuzz::must(from_binary(written, again), "a row that was written can be read");
  fuzz::must(to_binary(again) == written, "a row is read back as it was");
}

constexpr std::array kRows{check<CaseState>,          check<handoff::CaseRow>,   check<handoff::OpenRow>,
                           check<handoff::TotalsRow>, check<follow_up::CaseRow>, check<follow_up::TotalsRow>,
                           check<review::CaseRow>,    check<review::TotalsRow>,  check<history::EventRow>};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  kRows[bytes[0] % kRows.size()](fuzz::text_of(bytes + 1, size - 1));
  return 0;
}
