// The fold of the list of cases: the desk's work.
#pragma once

#include <string>
#include <vector>

#include "projections/cases/rows.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::cases {

class Board final : public kit::View {
 public:
  explicit Board(const kit::Rows& rows);

  void apply(const CaseEvent& event) override;
  void write_changes(const kit::RowSink& sink) override;

 private:
  void keep_keys(CaseRow& row, const std::vector<std::string>& contacts);
  void count(const CaseEvent& event, const CaseRow& row, bool first_answer);

  const kit::Rows& rows_;
  kit::ListedTable<CaseRow> cases_;
  kit::Table<PeriodRow> periods_;
  kit::SingleRow<TotalsRow> totals_;
};

}  // namespace casetrail::cases
