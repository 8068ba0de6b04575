// The names that dashboards and alerts of others are made of.
#include <gtest/gtest.h>

#include <regex>

#include "tests/operations/scraped_engine.h"

namespace casetrail::operations {
namespace {

std::string shown(const Metric& metric) { return metric.type + " {" + metric.labels + "}"; }

TEST(PublishedMetrics, AreWhatAScrapeOfARealRunHolds) {
  const auto published = published_metrics();
  const auto scraped = metrics_of(ScrapedEngine().scrape());
  for (const auto& [name, kinds] : scraped) {
    ASSERT_EQ(kinds.size(), 1U) << name << " has samples of unlike labels";
    const auto found = published.find(name);
    ASSERT_NE(found, published.end()) << name << "\t" << kinds.begin()->type << "\t" << kinds.begin()->labels
                                      << " is not in deploy/prometheus/metrics.tsv";
    EXPECT_EQ(shown(*kinds.begin()), shown(found->second.metric)) << name;
  }
  for (const auto& [name, entry] : published) {
    if (entry.when == "always")
      EXPECT_TRUE(scraped.contains(name)) << name << " was published and is gone";
    else
      EXPECT_TRUE(entry.when.starts_with("sometimes: ")) << name << " is " << entry.when;
  }
}

TEST(PublishedMetrics, PassPrometheusOwnCheckWithoutAWord) {
  const auto checked = test::run_program({CASETRAIL_PROMTOOL, "check", "metrics"}, ScrapedEngine().scrape());
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_EQ(checked.out + checked.err, "");
}

/// A label that is as varied as cases are would be the end of any Prometheus.
TEST(PublishedMetrics, NameNoCaseAndNoPathThatAClientSpelled) {
  const auto scrape = ScrapedEngine().scrape();
  static const std::regex kUuid("[0-9a-f]{8}-[0-9a-f]{4}-");
  EXPECT_FALSE(std::regex_search(scrape, kUuid));
  EXPECT_EQ(scrape.find("email:none"), std::string::npos);
  EXPECT_NE(scrape.find(R"(route="/v1/cases/{id}",status="404")"), std::string::npos);
  EXPECT_NE(scrape.find(R"(casetrail_command_rejections_total{code="case_unknown"} 1)"), std::string::npos);
}

/// The day was dated hours back: whoever waited for one of its commands waited for none of these hours.
TEST(PublishedMetrics, ASimulatedDayDoesNotEnterTheLatencyOfCommands) {
  const auto scrape = ScrapedEngine().scrape();
  static const std::regex kSum("casetrail_command_duration_seconds_sum ([0-9.e+]+)");
  std::smatch sum;
  ASSERT_TRUE(std::regex_search(scrape, sum, kSum));
  EXPECT_LT(std::stod(sum[1]), 30);
}

}  // namespace
}  // namespace casetrail::operations
