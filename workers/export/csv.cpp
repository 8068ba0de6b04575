// An event a line.
#include <array>
#include <string>

#include "events/wire/csv_line.h"
#include "events/wire/reflect.h"
#include "workers/export/writer.h"

namespace casetrail::exports {
namespace {

constexpr std::array<std::string_view, 15> kColumns{
    "case_id", "activity",   "timestamp", "seq",    "recorded_at",    "event_id",   "actor_kind", "actor",
    "role",    "department", "holder",    "status", "policy_version", "command_id", "data"};

class Csv final : public Writer {
 public:
  explicit Csv(PartFile& file) : file_(file) {
    for (const auto column : kColumns) add(column);
    end_row();
  }

  void write(const ExportedEvent& of) override {
    const auto& event = of.event;
    add(event.case_id.value);
    add(event.event.codec().type);
    add(to_wire(of.at));
    add(std::to_string(event.seq));
    add(to_wire(event.recorded_at));
    add(event_id(event.case_id, event.seq));
    add(name_of(event.actor.kind));
    add(event.actor.id);
    add(event.actor.role.value_or(""));
    add(event.actor.department_id.value_or(DepartmentId{}).value);
    add(of.holder);
    add(event.status_after ? name_of(*event.status_after) : "");
    add(std::to_string(event.policy_version));
    add(event.command_id.value);
    data_.clear();
    event.event.append_json(data_);
    add(data_);
    end_row();
  }

  void finish() override {}

 private:
  void add(std::string_view field) { append_csv_cell(field, row_); }
  void end_row() {
    file_.write(row_ += kCsvLineEnd);
    row_.clear();
  }

  PartFile& file_;
  std::string row_;
  std::string data_;
};

}  // namespace

std::unique_ptr<Writer> csv_writer(PartFile& file) { return std::make_unique<Csv>(file); }

}  // namespace casetrail::exports
