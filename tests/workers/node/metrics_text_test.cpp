// The text that Prometheus reads.
#include "workers/node/metrics_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <iterator>
#include <sstream>

#include "events/wire/reflect.h"

namespace casetrail::node {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The figures of an engine that has nothing to tell yet.
class MetricsText : public testing::Test {
 protected:
  [[nodiscard]] EngineFigures figures() const {
    return {kNow,     &commands_, partitions_, command_lag_, projections_, view_lag_,
            samples_, stores_,    plan_,       traffic_,     letters_,     disk_};
  }
  [[nodiscard]] std::string text() const { return metrics_text(figures()); }

  static constexpr Timestamp kNow{std::chrono::hours{24}};
  const MemoryPlan plan_ = plan_memory(1024).value();
  const storage::StorageMemory stores_{plan_.stores};
  command::CommandMetrics commands_;
  std::vector<command::PartitionStatus> partitions_;
  std::vector<log::PartitionLag> command_lag_;
  std::vector<projection::ProjectionMetrics> projections_;
  std::vector<log::PartitionLag> view_lag_;
  std::vector<kit::Sample> samples_;
  api::Traffic traffic_;
  std::optional<api::LetterCounts> letters_;
  DiskFigures disk_{};
};

TEST_F(MetricsText, TellsTheSameAsValuesExceptForHistograms) {
  commands_.refusals.add("stale_version");
  const auto told = text();
  const auto answer = metrics_answer(figures());
  for (const auto& metric : answer.metrics) {
    EXPECT_THAT(told, HasSubstr(fmt::format("# HELP {} {}\n# TYPE {} {}\n", metric.name, metric.help,
                                            metric.name, name_of(metric.kind))));
    if (metric.name != "casetrail_command_rejections_total") continue;
    ASSERT_EQ(metric.samples.size(), 1);
    EXPECT_EQ(metric.samples[0].labels.at("code"), "stale_version");
    EXPECT_EQ(metric.samples[0].value, 1);
  }
  std::istringstream lines(told);
  std::ptrdiff_t others = 0;
  for (std::string line; std::getline(lines, line);)
    others += line.starts_with("# TYPE") && !line.ends_with("histogram") ? 1 : 0;
  EXPECT_EQ(std::ssize(answer.metrics), others);
}

TEST_F(MetricsText, TellsHowTheMemoryIsDivided) {
  const auto told = text();
  EXPECT_THAT(told, HasSubstr("casetrail_memory_ceiling_bytes 1073741824\n"));
  for (const auto& [part, bytes] : {std::pair{"stores", plan_.stores},
                                    {"log", plan_.log},
                                    {"cases", plan_.cases},
                                    {"rows", plan_.rows},
                                    {"batches", plan_.batches}}) {
    EXPECT_THAT(told,
                HasSubstr(fmt::format("casetrail_memory_share_bytes{{part=\"{}\"}} {}\n", part, bytes)));
  }
}

TEST_F(MetricsText, TellsTheLagOfEachViewAndOfTheCommandsAPartitionAndLeavesOutWhatIsNotKnown) {
  command_lag_.resize(1);
  command_lag_[0].group = "casetrail.commands";
  command_lag_[0].lag = 12;
  command_lag_[0].lag_seconds = 3.5;
  view_lag_.resize(2);
  for (auto& row : view_lag_) {
    row.worker = "boards";
    row.group = "casetrail.boards.n1";
  }
  view_lag_[0].lag = 7;
  view_lag_[0].current_offset = 40;
  view_lag_[0].end_age_seconds = 0.1;
  view_lag_[1].partition = 1;
  projections_.resize(1);
  projections_[0].worker = "boards";
  projections_[0].views = {"handoff", "review"};
  const auto told = text();
  EXPECT_THAT(told,
              HasSubstr("casetrail_command_lag_records{group=\"casetrail.commands\",partition=\"0\"} 12\n"));
  EXPECT_THAT(told,
              HasSubstr("casetrail_command_lag_seconds{group=\"casetrail.commands\",partition=\"0\"} 3.5\n"));
  for (const auto* view : {"handoff", "review"}) {
    for (const auto* sample : {"lag_records{{group=\"casetrail.boards.n1\",partition=\"0\",view=\"{}\"}} 7\n",
                               "offset{{group=\"casetrail.boards.n1\",partition=\"0\",view=\"{}\"}} 40\n"}) {
      EXPECT_THAT(told, HasSubstr("casetrail_projection_" + fmt::format(fmt::runtime(sample), view)));
    }
  }
  EXPECT_THAT(told, Not(HasSubstr("partition=\"1\"")));
}

TEST_F(MetricsText, TellsHowFarAPartitionIsRestoredAndHowOldItsSnapshotIs) {
  partitions_ = {{0, command::PartitionPhase::taking_over, "It replays.", -1},
                 {1, command::PartitionPhase::running, "", 7}};
  partitions_[0].restored = 0.25;
  partitions_[1].restored = 1;
  partitions_[1].snapshot = {kNow - std::chrono::seconds{90}, 12};
  const auto told = text();
  for (const auto* sample : {"casetrail_command_restore_progress_ratio{partition=\"0\"} 0.25\n",
                             "casetrail_command_restore_progress_ratio{partition=\"1\"} 1\n",
                             "casetrail_snapshot_age_seconds{partition=\"1\"} 90\n",
                             "casetrail_snapshot_unsaved_events{partition=\"1\"} 12\n",
                             "casetrail_command_partitions{phase=\"running\"} 1\n",
                             "casetrail_command_partitions{phase=\"stopped\"} 0\n"})
    EXPECT_THAT(told, HasSubstr(sample));
}

TEST_F(MetricsText, TellsWhatViewsTellUnderTheirOwnNames) {
  samples_ = {{"casetrail_open_cases", "Open cases.", {{"status", "new"}}, 3},
              {"casetrail_open_cases", "Open cases.", {{"status", "assigned"}}, 4},
              {"casetrail_sla_breaches_total", "Breaches.", {{"priority", "p1"}, {"target", "ack"}}, 2}};
  const auto told = text();
  EXPECT_THAT(told, HasSubstr("# TYPE casetrail_open_cases gauge\n"
                              "casetrail_open_cases{status=\"new\"} 3\n"
                              "casetrail_open_cases{status=\"assigned\"} 4\n"));
  EXPECT_THAT(told, HasSubstr("# TYPE casetrail_sla_breaches_total counter\n"
                              "casetrail_sla_breaches_total{priority=\"p1\",target=\"ack\"} 2\n"));
}

TEST_F(MetricsText, TellsWhenTheCertificateEndsWhereThereIsOne) {
  EXPECT_THAT(text(), Not(HasSubstr("casetrail_tls_certificate")));
  auto with_certificate = figures();
  with_certificate.certificate_end = kNow + std::chrono::hours{1};
  EXPECT_THAT(metrics_text(with_certificate),
              HasSubstr("casetrail_tls_certificate_expiry_timestamp_seconds 90000\n"));
}

TEST_F(MetricsText, TellsHowManyDeadLettersAreOpenAndHowOldTheOldestIsWhenTheLogSays) {
  EXPECT_THAT(text(), Not(HasSubstr("\ncasetrail_dead_letters_open ")));
  letters_ = {.open = 3, .oldest_open = kNow - std::chrono::seconds{90}};
  EXPECT_THAT(text(), HasSubstr("casetrail_dead_letters_open 3\n"));
  EXPECT_THAT(text(), HasSubstr("casetrail_dead_letters_oldest_age_seconds 90\n"));
  letters_ = api::LetterCounts{};
  EXPECT_THAT(text(), HasSubstr("casetrail_dead_letters_open 0\n"));
  EXPECT_THAT(text(), HasSubstr("casetrail_dead_letters_oldest_age_seconds 0\n"));
}

TEST_F(MetricsText, TellsWhatTheProcessUses) {
  const auto told = text();
  const auto value_of = [&](const std::string& name) {
    const auto at = told.find("\n" + name + " ");
    return at == std::string::npos ? -1.0 : std::stod(told.substr(at + name.size() + 2));
  };
  EXPECT_GT(value_of("process_cpu_seconds_total"), 0);
  EXPECT_GT(value_of("process_resident_memory_bytes"), 1e6);
  EXPECT_GE(value_of("process_virtual_memory_bytes"), value_of("process_resident_memory_bytes"));
  EXPECT_GT(value_of("process_open_fds"), 2);
  EXPECT_GT(value_of("process_max_fds"), value_of("process_open_fds"));
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  const auto up = now.count() - value_of("process_start_time_seconds");
  EXPECT_GE(up, -0.02);  // a tick of the kernel's clock
  EXPECT_LT(up, 300);
}

}  // namespace
}  // namespace casetrail::node
