// The whole verb: rows to commands, and answers into the report.
#include "workers/import/import_csv.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "aggregates/case/command.h"
#include "aggregates/case/import/commands.h"
#include "events/case/case_id.h"
#include "events/wire/json_writer.h"
#include "tests/support/borrowed_message.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

using testing::AllOf;
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

/// An engine that takes each id once, refuses the cases that it is told to, and what does not follow their
/// events. It answers a few commands late, as the real one does.
class FakeEngine final : public imports::CommandSink {
 public:
  std::expected<void, std::string> send(Message command, OnAnswer on_answer) override {
    if (static_cast<int>(taken_.size()) == capacity)
      return std::unexpected("the log is full: add disk space");
    late_.emplace_back(std::move(on_answer), decide(read_back(command)));
    return late_.size() > 3 ? finish() : std::expected<void, std::string>();
  }
  std::expected<void, std::string> finish() override {
    for (const auto& [on_answer, answer] : std::exchange(late_, {})) on_answer(answer);
    return {};
  }

  /// As if `rows` had been imported by a version that knew them by all of their fields.
  void took_formerly(const std::vector<imports::HistoryRow>& rows) {
    for (const auto& row : rows) {
      events[row.read->case_id] += std::ssize(row.read->facts);
      if (!row.read->facts.empty()) digests_[row.read->former_id] = "";
    }
  }

  [[nodiscard]] const std::vector<CommandEnvelope>& taken() const { return taken_; }

  std::set<CaseId> refused;
  std::map<CaseId, std::int64_t> events;
  int capacity = -1;

 private:
  imports::CommandAnswer decide(CommandEnvelope envelope) {
    auto& seq = events[envelope.case_id];
    if (refused.contains(envelope.case_id))
      return {imports::Taken::refused, "case_lives_here",
              "Expected to import into a case that does not live here, but it does."};
    if (const auto known = digests_.find(envelope.id); known != digests_.end()) {
      const bool same = known->second.empty() || known->second == envelope.digest;
      return same ? imports::CommandAnswer{imports::Taken::known, "", ""}
                  : imports::CommandAnswer{imports::Taken::refused, "command_id_reused",
                                           "Expected a command id that is new."};
    }
    if (envelope.expected_seq.value_or(0) != seq)
      return {imports::Taken::refused, envelope.expected_seq ? "stale_version" : "out_of_order",
              "Expected another."};
    digests_[envelope.id] = envelope.digest;
    seq += std::ssize(envelope.command.get_if<ImportFacts>()->facts);
    taken_.push_back(std::move(envelope));
    return {imports::Taken::added, "", ""};
  }

  std::map<CommandId, std::string> digests_;
  std::vector<CommandEnvelope> taken_;
  std::vector<std::pair<OnAnswer, imports::CommandAnswer>> late_;
};

class ImportCsv : public testing::Test {
 protected:
  imports::ImportReport import() { return import(sample("incidents.csv"), servicenow_mapping()); }
  imports::ImportReport import(const std::filesystem::path& file, const std::filesystem::path& mapping) {
    return imports::import_csv({.file = file, .mapping = mapping, .now = import_time(), .on_progress = {}},
                               engine_);
  }

  FakeEngine engine_;
};

TEST_F(ImportCsv, EveryRowIsAccountedFor) {
  const auto report = import();
  EXPECT_EQ(report.ending, imports::ImportEnding::complete);
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
  const auto first = import(part, servicenow_mapping());
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
  (void)import(early, mapping);
  const auto report = import(late, mapping);
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
  EXPECT_EQ(broken.ending, imports::ImportEnding::failed);
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
  const auto report =
      imports::import_csv({.file = write_file("many.csv", text),
                           .mapping = mapping,
                           .now = import_time(),
                           .on_progress = [](const imports::ImportProgress&) { return imports::Go::stop; }},
                          engine_);
  EXPECT_EQ(report.ending, imports::ImportEnding::stopped);
  EXPECT_EQ(report.added, 500);
}

class Issues : public ImportCsv {
 protected:
  /// The history of one issue in each export: key, time, status and team, and what is not imported.
  imports::ImportReport import_rows(std::string_view header, const std::vector<std::string_view>& rows,
                                    std::string_view more = "") {
    std::string text = std::string(header) + "\n";
    for (const auto row : rows) text.append(row).append("\n");
    return import(write_file("log.csv", text), mapping(more));
  }

  static std::filesystem::path mapping(std::string_view more) {
    return write_file("mapping.yaml", std::string(R"(
source: desk
channel: api
case: Issue key
kind: inquiry
time: {column: Updated, format: "%Y-%m-%d %H:%M", zone: UTC}
status: {column: Status, values: {To Do: registered, In Progress: in_progress, Done: closed}}
department: Team
)") + std::string(more));
  }

  [[nodiscard]] std::int64_t events_of(std::string_view key) {
    return engine_.events[case_id_of(Channel::api, "desk:" + std::string(key))];
  }
};

constexpr auto kIssueHeader = "Issue key,Updated,Status,Team,Comment";
const std::vector<std::string_view> kIssue{
    "K-1,2024-03-05 09:00,To Do,A,", "K-1,2024-03-05 10:00,In Progress,A,first",
    "K-1,2024-03-05 11:00,In Progress,B,first", "K-1,2024-03-05 12:00,Done,B,first"};

TEST_F(Issues, AnAddedColumnThatIsNotImportedMakesNoNewRows) {
  EXPECT_EQ(import_rows(kIssueHeader, kIssue).added, 4);
  EXPECT_EQ(events_of("K-1"), 6);
  const auto report =
      import_rows("Issue key,Updated,Status,Team,Comment,Comment",
                  {"K-1,2024-03-05 09:00,To Do,A,,", "K-1,2024-03-05 10:00,In Progress,A,first,",
                   "K-1,2024-03-05 11:00,In Progress,B,first,", "K-1,2024-03-05 12:00,Done,B,first,",
                   "K-2,2024-03-06 12:00,To Do,B,first,second"});
  EXPECT_EQ(report.added, 1);
  EXPECT_EQ(report.known, 4);
  EXPECT_THAT(report.refused, SizeIs(0));
  EXPECT_EQ(events_of("K-1"), 6);
}

TEST_F(Issues, AMovedColumnMakesNoNewRows) {
  (void)import_rows(kIssueHeader, kIssue);
  const auto report = import_rows("Issue key,Updated,Status,Comment,Team",
                                  {"K-1,2024-03-05 09:00,To Do,,A", "K-1,2024-03-05 10:00,In Progress,,A",
                                   "K-1,2024-03-05 11:00,In Progress,,B", "K-1,2024-03-05 12:00,Done,,B"});
  EXPECT_EQ(report.known, 4);
  EXPECT_EQ(report.added, 0);
}

TEST_F(Issues, RowsThatAFormerVersionImportedAreRecognisedAndALongerExportGoesOn) {
  engine_.took_formerly(
      read_history(write_file("log.csv", std::string(kIssueHeader) + "\n" + std::string(kIssue[0]) + "\n" +
                                             std::string(kIssue[1]) + "\n"),
                   mapping("")));
  for (const auto& [added, known] : {std::pair{2, 2}, std::pair{0, 4}}) {
    const auto report = import_rows(kIssueHeader, kIssue);
    EXPECT_EQ(report.added, added);
    EXPECT_EQ(report.known, known);
    EXPECT_THAT(report.refused, SizeIs(0));
  }
  EXPECT_EQ(events_of("K-1"), 6);
}

TEST_F(Issues, RowsOfAFormerVersionWhoseOtherColumnsChangedAreRefusedAndNothingIsDoubled) {
  engine_.took_formerly(read_history(
      write_file("log.csv", std::string(kIssueHeader) + "\n" + std::string(kIssue[0]) + "\n"), mapping("")));
  const auto report = import_rows("Issue key,Updated,Status,Team,Comment,Comment",
                                  {"K-1,2024-03-05 09:00,To Do,A,,", "K-1,2024-03-05 10:00,In Progress,A,,"});
  EXPECT_EQ(report.added, 0);
  ASSERT_THAT(report.refused, SizeIs(2));
  EXPECT_EQ(report.refused[1].code, "out_of_order");
  EXPECT_EQ(events_of("K-1"), 2);
}

TEST_F(Issues, BehindARefusedRowTheLaterOnesOfItsCaseAreRefused) {
  (void)import_rows(kIssueHeader, kIssue);
  // A row has gone, so that the facts of a later new one would count on as the case has them.
  const auto report =
      import_rows(kIssueHeader, {kIssue[0], kIssue[1], kIssue[3], "K-1,2024-03-05 13:00,Done,C,",
                                 "K-1,2024-03-05 14:00,Done,D,", "K-2,2024-03-05 14:00,Done,D,"});
  EXPECT_EQ(report.added, 1);
  ASSERT_THAT(report.refused, SizeIs(3));
  EXPECT_EQ(report.refused[0].code, "command_id_reused");
  EXPECT_THAT(report.refused[0].reason,
              AllOf(HasSubstr("a row before it is gone"), HasSubstr("Bring the rows")));
  EXPECT_THAT(report.refused[1].reason, HasSubstr("that of line 4 was refused"));
  EXPECT_EQ(events_of("K-1"), 6);
}

TEST_F(Issues, AFileWithTheNewestFirstIsToldAndReadTheOtherWayRound) {
  const std::vector<std::string_view> newest_first(kIssue.rbegin(), kIssue.rend());
  const auto backwards = import_rows(kIssueHeader, newest_first);
  ASSERT_THAT(backwards.warnings, SizeIs(1));
  EXPECT_THAT(backwards.warnings[0], HasSubstr("`order: newest_first`"));
  engine_ = {};
  const auto report = import_rows(kIssueHeader, newest_first, "order: newest_first\n");
  EXPECT_THAT(report.warnings, SizeIs(0));
  EXPECT_EQ(report.added, 4);
  EXPECT_EQ(to_wire(engine_.taken().front().occurred_at), "2024-03-05T09:00:00.000Z");
  EXPECT_THAT(import_rows(kIssueHeader, kIssue).warnings, SizeIs(0));
}

TEST_F(ImportCsv, OneRowATicketTellsItsMomentsAndALaterExportAddsTheNewOnes) {
  const auto mapping = write_file("mapping.yaml", R"(
source: desk
channel: api
case: ID
kind: inquiry
time: {format: "%Y-%m-%d", zone: UTC}
moments: {closed: Closed, registered: Submitted, resolved: Resolved}
)");
  const std::string header = "ID,Status,Submitted,Resolved,Closed\n";
  const auto early = write_file("early.csv", header +
                                                 "T-1,Closed,2023-07-01,2023-07-03,2023-07-04\n"
                                                 "T-2,Open,2023-08-20,,\n");
  const auto first = import(early, mapping);
  EXPECT_EQ(first.added, 4);
  EXPECT_EQ(first.cases, 2);
  const auto late = write_file("late.csv", header +
                                               "T-1,Closed,2023-07-01,2023-07-03,2023-07-04\n"
                                               "T-2,Done,2023-08-20,2023-08-21,\n"
                                               "T-3,Done,2023-08-20,2023-08-19,\n"
                                               "T-4,Done,,,\n");
  const auto second = import(late, mapping);
  EXPECT_EQ(second.known, 4);
  EXPECT_EQ(second.added, 1);
  EXPECT_EQ(to_wire(engine_.taken().back().occurred_at), "2023-08-21T00:00:00.000Z");
  ASSERT_THAT(second.unmapped, SizeIs(2));
  EXPECT_EQ(second.unmapped[0].reason, "column 'Resolved': is before 'registered', which comes first");
  EXPECT_EQ(second.unmapped[1].reason, "column 'Submitted': expected a moment, but all are missing");
}

TEST_F(ImportCsv, ATicketWhoseOtherColumnsHaveChangedIsRefusedWithWhatHappenedAndWhatToDo) {
  const auto mapping = write_file("mapping.yaml", R"(
source: desk
channel: api
case: ID
kind: inquiry
department: Team
time: {format: "%Y-%m-%d", zone: UTC}
moments: {registered: Submitted, resolved: Resolved}
)");
  const std::string header = "ID,Team,Submitted,Resolved\n";
  EXPECT_EQ(import(write_file("early.csv", header + "T-1,A,2023-07-01,\n"), mapping).added, 1);
  const auto late = import(
      write_file("late.csv", header + "T-1,B,2023-07-01,2023-07-03\nT-2,B,2023-07-02,2023-07-03\n"), mapping);
  EXPECT_EQ(late.added, 2);
  ASSERT_THAT(late.refused, SizeIs(2));
  EXPECT_EQ(late.refused[0].code, "command_id_reused");
  EXPECT_THAT(late.refused[0].reason,
              AllOf(HasSubstr("other imported columns of its line have changed since"),
                    HasSubstr("Leave columns that change out of the mapping")));
  EXPECT_THAT(late.refused[1].reason, HasSubstr("the moments of its line before it"));
}

TEST_F(ImportCsv, ALineThatTellsAMomentAsAnotherTimeIsRefusedInTheSameFileAsInALaterOne) {
  const auto mapping = write_file("mapping.yaml", R"(
source: desk
channel: api
case: ID
kind: inquiry
time: {format: "%Y-%m-%d", zone: UTC}
moments: {registered: Submitted, resolved: Resolved}
)");
  const std::string header = "ID,Submitted,Resolved\n";
  const std::string first = "T-1,2023-07-01,2023-07-03\n";
  const std::string other = "T-1,2023-07-01,2023-07-04\n";
  const auto in_one = import(write_file("one.csv", header + first + first + other), mapping);
  EXPECT_EQ(in_one.added, 2);
  ASSERT_THAT(in_one.refused, SizeIs(1));
  EXPECT_EQ(in_one.refused[0].line, 4);
  const auto in_another = import(write_file("other.csv", header + other), mapping);
  ASSERT_THAT(in_another.refused, SizeIs(1));
  EXPECT_EQ(in_another.refused[0].code, in_one.refused[0].code);
  EXPECT_EQ(in_another.added, 0);
}

TEST_F(ImportCsv, TheReportIsJson) {
  const auto report = import();
  EXPECT_THAT(to_json(report), HasSubstr(R"("unmapped":[{"line":18,"reason":"column 'sys_updated_at': )"));
}

}  // namespace
}  // namespace casetrail::test
