// The whole verb: rows to commands, and answers into the report.
#include "workers/import/import_csv.h"

#include <gmock/gmock.h>

#include <set>

#include "aggregates/command.h"
#include "aggregates/commands/import.h"
#include "events/json_writer.h"
#include "tests/support/borrowed_message.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

CommandEnvelope read_back(const Message& message) {
  const BorrowedMessage borrowed(message);
  auto view = borrowed.view();
  view.timestamp = parse_timestamp("2026-11-23T08:00:00Z").value();
  auto read = read_command(view);
  if (!read) throw std::runtime_error(read.error().sentence());
  return *read;
}

/// An engine that takes each id once and refuses the cases that it is told to.
class FakeEngine final : public CommandSink {
 public:
  std::expected<void, std::string> send(Message command, OnAnswer on_answer) override {
    if (static_cast<int>(taken_.size()) == capacity)
      return std::unexpected("the log is full: add disk space");
    auto envelope = read_back(command);
    if (refused.contains(envelope.case_id)) {
      on_answer({Taken::refused, "case_lives_here",
                 "Expected to import into a case that does not live here, but it does."});
    } else if (!ids_.insert(envelope.id).second) {
      on_answer({Taken::known, "", ""});
    } else {
      on_answer({Taken::added, "", ""});
      taken_.push_back(std::move(envelope));
    }
    return {};
  }
  std::expected<void, std::string> finish() override { return {}; }

  [[nodiscard]] const std::vector<CommandEnvelope>& taken() const { return taken_; }

  std::set<CaseId> refused;
  int capacity = -1;

 private:
  std::set<CommandId> ids_;
  std::vector<CommandEnvelope> taken_;
};

class ImportCsv : public testing::Test {
 protected:
  ImportReport import() {
    return import_csv({.file = sample("incidents.csv"), .mapping = servicenow_mapping(), .on_progress = {}},
                      engine_);
  }

  FakeEngine engine_;
};

TEST_F(ImportCsv, EveryRowIsAccountedFor) {
  const auto report = import();
  EXPECT_EQ(report.ending, ImportEnding::complete);
  EXPECT_EQ(report.rows, 21);
  EXPECT_EQ(report.cases, 3);
  EXPECT_EQ(report.added, 17);
  EXPECT_EQ(report.unchanged, 1);
  EXPECT_THAT(report.unmapped, SizeIs(3));
}

TEST_F(ImportCsv, ACommandCarriesTheRowsOwnTimeAndTheImportAsActor) {
  (void)import();
  const auto& first = engine_.taken().front();
  EXPECT_EQ(to_wire(first.occurred_at), "2016-03-01T08:06:00.000Z");
  EXPECT_EQ(first.actor.kind, ActorKind::import_);
  EXPECT_EQ(first.actor.id, "servicenow");
  EXPECT_THAT(first.id.value, testing::MatchesRegex("import:servicenow:[0-9a-f]{32}"));
  EXPECT_THAT(first.command.get_if<ImportFacts>()->facts, SizeIs(2));
}

TEST_F(ImportCsv, ASecondImportAddsNothing) {
  (void)import();
  const auto again = import();
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.known, 17);
}

TEST_F(ImportCsv, ALongerExportAddsItsNewRows) {
  const auto whole = sample("incidents.csv");
  std::ifstream file(whole);
  std::string text;
  std::string line;
  for (int i = 0; i < 13 && std::getline(file, line); ++i) text += line + "\n";
  const auto part = write_file("part.csv", text);
  const auto first = import_csv({.file = part, .mapping = servicenow_mapping(), .on_progress = {}}, engine_);
  EXPECT_EQ(first.added, 12);
  EXPECT_EQ(import().added, 5);
}

TEST_F(ImportCsv, AColumnThatLaterExportsRewriteMakesNoNewRow) {
  const std::string header = "id;at;state;closed\n";
  const auto mapping = write_file("mapping.yaml", R"(
source: other
channel: api
csv: {delimiter: ";"}
case: id
kind: inquiry
time: {column: at, format: iso8601}
status: {column: state, values: {open: in_progress, done: closed}}
rewritten: [closed]
)");
  const auto early = write_file("early.csv", header + "7;2026-01-01T00:00:00Z;open;\n");
  const auto late = write_file(
      "late.csv", header + "7;2026-01-01T00:00:00Z;open;today\n7;2026-01-02T00:00:00Z;done;today\n");
  (void)import_csv({.file = early, .mapping = mapping, .on_progress = {}}, engine_);
  const auto report = import_csv({.file = late, .mapping = mapping, .on_progress = {}}, engine_);
  EXPECT_EQ(report.known, 1);
  EXPECT_EQ(report.added, 1);
}

TEST_F(ImportCsv, ACaseThatLivesHereIsRefusedAndTheRestGoesOn) {
  engine_.refused.insert(
      row_at(read_history(sample("incidents.csv"), servicenow_mapping()), 2).read->case_id);
  const auto report = import();
  EXPECT_EQ(report.added, 10);
  ASSERT_THAT(report.refused, SizeIs(7));
  EXPECT_EQ(report.refused[0].case_number, "9000001");
  EXPECT_EQ(report.refused[0].code, "case_lives_here");
}

TEST_F(ImportCsv, AnInterruptedImportResumes) {
  engine_.capacity = 5;
  const auto broken = import();
  EXPECT_EQ(broken.ending, ImportEnding::failed);
  EXPECT_THAT(*broken.problem, HasSubstr("add disk space"));
  engine_.capacity = -1;
  EXPECT_EQ(import().added, 12);
}

TEST_F(ImportCsv, ItStopsWhenAsked) {
  std::string text = "id;at\n";
  for (int i = 0; i < 2000; ++i) text += std::to_string(i) + ";2026-01-01T00:00:00Z\n";
  const auto mapping =
      write_file("mapping.yaml",
                 "source: other\nchannel: api\ncsv: {delimiter: ';'}\ncase: id\nkind: inquiry\n"
                 "time: {column: at, format: iso8601}\n");
  const auto report = import_csv({.file = write_file("many.csv", text),
                                  .mapping = mapping,
                                  .on_progress = [](const ImportProgress&) { return Go::stop; }},
                                 engine_);
  EXPECT_EQ(report.ending, ImportEnding::stopped);
  EXPECT_EQ(report.added, 500);
}

TEST_F(ImportCsv, TheReportIsJson) {
  const auto report = import();
  EXPECT_THAT(to_json(report), HasSubstr(R"("unmapped":[{"line":18,"reason":"column 'sys_updated_at': )"));
}

}  // namespace
}  // namespace casetrail::test
