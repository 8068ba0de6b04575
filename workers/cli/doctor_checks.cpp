// The checks, each on its own: one finding or several of its name, or one that all is well.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <expected>
#include <map>
#include <system_error>

#include "aggregates/policy/policy.h"
#include "workers/cli/answer.h"
#include "workers/cli/doctor.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/log/embedded/verify.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kMiBytes = 1024.0 * 1024.0;
/// A partition saves each minute, or after 200,000 events: many times as long is not in order.
constexpr double kOldSnapshotSeconds = 15 * 60;
constexpr double kBehindSeconds = 60;
/// A certificate is renewed weeks before it ends: less is left only where nobody does it.
constexpr auto kCertificateLeft = std::chrono::days{14};
/// For who writes the next year's holidays into a policy.
constexpr auto kHolidaysAhead = std::chrono::days{30};

Finding well(std::string id, std::string sentence) {
  return {std::move(id), Severity::ok, std::move(sentence)};
}
Finding warning(std::string id, std::string sentence, std::string remedy) {
  return {std::move(id), Severity::warning, std::move(sentence), std::move(remedy)};
}
Finding error(std::string id, std::string sentence, std::string remedy) {
  return {std::move(id), Severity::error, std::move(sentence), std::move(remedy)};
}

double number_of(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Finding disk_space(double free, double reserve, const std::string& where) {
  const auto facts = fmt::format("{:.0f} MiB are free {}", free / kMiBytes, where);
  constexpr auto kRemedy = "Free space, or move the data to a larger disk.";
  if (free < reserve)
    return error(
        "disk_space_low",
        fmt::format("{}, less than the {:.0f} MiB that are kept in reserve: new commands are refused.", facts,
                    reserve / kMiBytes),
        kRemedy);
  if (free < 2 * reserve)
    return warning("disk_space_low",
                   fmt::format("{}; below {:.0f} MiB new commands are refused.", facts, reserve / kMiBytes),
                   kRemedy);
  return well("disk_space_low", facts + ".");
}

/// The samples of a metric, by one of their labels.
class Metrics {
 public:
  explicit Metrics(const std::string& json) {
    for (const auto& metric : Fields(json).objects("metrics"))
      samples_[metric.text("name")] = metric.objects("samples");
  }
  [[nodiscard]] bool has(const std::string& name) const { return samples_.contains(name); }
  [[nodiscard]] double value(const std::string& name) const {
    const auto found = samples_.find(name);
    return found == samples_.end() || found->second.empty() ? 0
                                                            : number_of(found->second.front().text("value"));
  }
  [[nodiscard]] std::map<std::string, double> by(const std::string& label, const std::string& name) const {
    std::map<std::string, double> values;
    const auto found = samples_.find(name);
    if (found == samples_.end()) return values;
    for (const auto& sample : found->second)
      values[sample.object("labels").text(label)] = number_of(sample.text("value"));
    return values;
  }

 private:
  std::map<std::string, std::vector<Fields>> samples_;
};

Finding clock_of(const Metrics& metrics) {
  const auto leap = metrics.value("casetrail_clock_leap_seconds");
  if (leap <= 0) return well("clock_ahead", "The node follows the system clock.");
  return warning(
      "clock_ahead",
      fmt::format("The system clock leapt ahead by {:.0f} s, and the node goes on without it.", leap),
      "Set the clock right; if it is right, start casetrail again.");
}

Finding snapshots_of(const Metrics& metrics) {
  const auto unsaved = metrics.by("partition", "casetrail_snapshot_unsaved_events");
  std::vector<std::string> old;
  for (const auto& [partition, age] : metrics.by("partition", "casetrail_snapshot_age_seconds")) {
    const auto events = unsaved.find(partition);
    if (age >= kOldSnapshotSeconds && events != unsaved.end() && events->second > 0)
      old.push_back(fmt::format("{} ({:.0f} min)", partition, age / 60));
  }
  if (old.empty()) return well("snapshot_old", "Every partition was saved lately.");
  return warning(
      "snapshot_old",
      fmt::format("Command partitions were not saved for long: {}. A restart replays what came since.",
                  fmt::join(old, ", ")),
      "Look at the node's log for why the disk does not take it.");
}

Finding stores_of(const Metrics& metrics) {
  std::vector<std::string> stuck;
  for (const auto* name : {"casetrail_store_write_stopped", "casetrail_store_background_errors"}) {
    for (const auto& [store, value] : metrics.by("store", name)) {
      if (value > 0 && std::ranges::find(stuck, store) == stuck.end()) stuck.push_back(store);
    }
  }
  if (stuck.empty()) return well("store_stopped", "Every store takes what it is given.");
  return error("store_stopped", fmt::format("Stores take no writes: {}.", fmt::join(stuck, ", ")),
               "Look at the node's log and its disk; then start casetrail again.");
}

Finding heads_of(const Metrics& metrics) {
  constexpr auto kId = "heads_not_signed";
  if (!metrics.has("casetrail_evidence_signing"))
    return well(kId,
                "Heads of the chains of events are not signed: a cut end, or a log made anew, would not be "
                "named (`serve --evidence-key`).");
  if (metrics.value("casetrail_evidence_signing") > 0)
    return well(kId, fmt::format("Heads of the chains of events are signed, {:.0f} since the start.",
                                 metrics.value("casetrail_evidence_heads_total")));
  return warning(kId, "Signed heads of the chains of events cannot be written.",
                 "Look at the node's log for why: --evidence-file, or who may write casetrail.evidence.");
}

Finding version_of(const Metrics& metrics) {
  const auto versions = metrics.by("version", "casetrail_build_info");
  if (versions.empty() || versions.contains(CASETRAIL_VERSION))
    return well("version_differs", "The node is of this version, " CASETRAIL_VERSION ".");
  return warning(
      "version_differs",
      fmt::format("The node is casetrail {}, and this is " CASETRAIL_VERSION ".", versions.begin()->first),
      "Start the node with the binary that is installed.");
}

void look_at_metrics(const std::string& json, Findings& findings) {
  const Metrics metrics(json);
  findings.push_back(version_of(metrics));
  findings.push_back(clock_of(metrics));
  findings.push_back(snapshots_of(metrics));
  findings.push_back(stores_of(metrics));
  findings.push_back(heads_of(metrics));
  findings.push_back(disk_space(metrics.value("casetrail_disk_free_bytes"),
                                metrics.value("casetrail_disk_reserve_bytes"), "for the node"));
}

void look_at_lag(const std::string& json, Findings& findings) {
  const Fields answer(json);
  const auto before = findings.size();
  for (const auto* part : {"commands", "partitions"}) {
    for (const auto& row : answer.objects(part)) {
      const auto place = fmt::format("{}, partition {}", row.text("group"), row.text("partition"));
      if (const auto why = row.text("stopped"); !why.empty()) {
        findings.push_back(
            error("partition_stopped", fmt::format("{} takes nothing: {}", place, why),
                  "Do what the sentence says; deploy/runbook.md, CasetrailViewStopped, has more."));
      } else if (row.text("lag").empty()) {
        findings.push_back(error("lag_unknown", fmt::format("How far {} is behind is not known.", place),
                                 "Look whether the brokers answer."));
      } else if (const auto seconds = number_of(row.text("lag_seconds"));
                 seconds >= kBehindSeconds && !row.is_true("building")) {
        findings.push_back(
            warning("partition_behind",
                    fmt::format("{} is {} records behind, {:.0f} s.", place, row.text("lag"), seconds),
                    "Look again in a minute: `casetrail lag`. When it does not catch up, the node "
                    "needs a faster disk or more cores."));
      }
    }
  }
  if (findings.size() > before) return;
  const bool has_any = !answer.objects("commands").empty() || !answer.objects("partitions").empty();
  findings.push_back(
      well("partition_stopped", has_any ? "Every partition takes what comes, and none is far behind."
                                        : "The node has no partitions itself: ask those that have."));
}

/// What is missing of its peers is told with the readiness.
void look_at_roles(const std::string& json, Findings& findings) {
  findings.push_back(well("node_roles", fmt::format("The node has the roles {}.",
                                                    fmt::join(Fields(json).strings("roles"), ", "))));
}

void look_at_readiness(const http::HttpResponse& answer, Findings& findings) {
  if (answer.status != 200) {
    constexpr auto kRemedy = "Wait while it starts; else do what it says.";
    const auto reasons = Fields(answer.body).objects("reasons");
    for (const auto& reason : reasons) findings.push_back(error("not_ready", reason.text("en"), kRemedy));
    if (reasons.empty()) findings.push_back(error("not_ready", problem_sentence(answer.body), kRemedy));
    return;
  }
  findings.push_back(well("not_ready", "The node is ready."));
  const auto attention = Fields(answer.body).strings("attention");
  for (const auto& sentence : attention)
    findings.push_back(warning("attention", sentence, "deploy/runbook.md has a section for each of them."));
}

void look_at_policy(const http::HttpResponse& answer, Timestamp now, Findings& findings) {
  if (answer.status != 200 && answer.status != 404) return;
  if (answer.status == 404) {
    findings.push_back(
        warning("policy_missing",
                "No policy was published: any department and role may do everything, and every hour "
                "counts.",
                "Write one, check it with `casetrail policy check`, and start with --policy FILE."));
    return;
  }
  const auto policy = parse_policy(Fields(answer.body).text("text"));
  if (!policy) {
    findings.push_back(error("policy_unreadable",
                             "The policy that was published cannot be read by this version.",
                             "Upgrade this binary, or publish a policy that it reads."));
    return;
  }
  findings.push_back(
      well("policy_missing", "Policy " + Fields(answer.body).text("version") + " is in force."));
  const auto run_out = warnings_of(*policy, now + kHolidaysAhead);
  for (const auto& sentence : run_out)
    findings.push_back(
        warning("holidays_run_out", sentence, "Add them, and publish the policy with --policy FILE."));
  if (run_out.empty())
    findings.push_back(well("holidays_run_out", "The calendars know the holidays of the coming month."));
}

void look_at_letters(const std::string& json, Findings& findings) {
  const Fields letters(json);
  const auto open = letters.number("open").value_or(0);
  if (open == 0) {
    findings.push_back(well("dead_letters_waiting", "There are no open dead letters."));
    return;
  }
  findings.push_back(warning(
      "dead_letters_waiting",
      fmt::format("{}{} could not be commands and wait for somebody, the oldest since {}.",
                  letters.text("counts_all") == "false" ? "At least " : "", counted(open, "record"),
                  letters.text("oldest_open_at")),
      "`casetrail deadletters` shows each with its reason: retry it, or drop it and tell who sent it."));
}

/// Of cases whose erasure waits for the release of a hold.
Finding overdue_erasures(const std::string& json, Timestamp now) {
  std::int64_t overdue = 0;
  for (const auto& row : Fields(json).objects("rows")) {
    const auto due = parse_timestamp(row.text("erasure_due"));
    overdue += due && *due < now ? 1 : 0;
  }
  if (overdue == 0) return well("erasure_overdue", "No erasure of personal texts is overdue.");
  return warning("erasure_overdue",
                 fmt::format("{} of personal texts should have happened; a legal hold keeps them.",
                             counted(overdue, "erasure")),
                 "`casetrail cases --erasure waiting` lists them; release the holds that are over.");
}

void look_at_topic_rows(const std::string& json, Findings& findings) {
  const auto before = findings.size();
  for (const auto& topic : Fields(json).objects("topics")) {
    for (const auto& problem : topic.strings("problems")) {
      const auto* id = topic.is_true("exists") ? "topic_configuration" : "topic_missing";
      findings.push_back(error(id, problem, "`casetrail topics check` compares every setting."));
    }
  }
  if (findings.size() == before)
    findings.push_back(well("topic_configuration", "The topics are as the engine needs them."));
}

}  // namespace

Findings look_at_folder(const fs::path& data, std::uint64_t reserve) {
  Findings findings;
  std::error_code failed;
  if (const auto open = node::open_to_others(data)) {
    findings.push_back(warning("folder_readable_by_others", *open, "chmod -R go= " + data.string()));
  } else {
    findings.push_back(well("folder_readable_by_others", "Nobody else may look into " + data.string() + "."));
  }
  if (fs::exists(data / node::kHalfRestored, failed))
    findings.push_back(error("restore_cut_short", "A restore into " + data.string() + " was cut short.",
                             "Run `casetrail restore` again: it begins anew."));
  if (fs::exists(data / "node", failed)) {
    const auto node = node::DataFolder(data).node_id();
    if (!node)
      findings.push_back(error("node_name_damaged", node.error(), "Restore that file from a backup."));
  }
  if (const auto space = fs::space(data, failed); !failed)
    findings.push_back(disk_space(static_cast<double>(space.available), static_cast<double>(reserve),
                                  "on the disk of " + data.string()));
  return findings;
}

Findings look_at_log(const fs::path& data) {
  constexpr std::size_t kLookBytes = std::size_t{16} << 20U;
  if (const auto lost = node::DataFolder(data).lost_log())
    return {error("log_damaged", *lost, "Bring it back, or restore the data folder from a backup.")};
  const auto looked = embedded::verify_embedded_log(data / "log", kLookBytes,
                                                    [](std::int64_t, std::int64_t) { return false; });
  if (!looked) return {error("log_damaged", looked.error().what, "Mend the disk or its rights.")};
  Findings findings;
  for (const auto& damage : looked->damage)
    findings.push_back(error("log_damaged", embedded::text_of(damage) + ".",
                             "`casetrail verify` reads all of the log; restore the folder from a backup."));
  if (findings.empty())
    findings.push_back(well("log_damaged",
                            "The log's files are there, and hold what was answered. "
                            "`casetrail verify` reads every record."));
  return findings;
}

Finding look_at_certificate(Timestamp end, Timestamp now) {
  constexpr auto kId = "certificate_ends";
  constexpr auto kRemedy =
      "Renew it, and replace the files of --tls-certificate and --tls-key: they are taken within two "
      "seconds.";
  if (end <= now)
    return error(kId, "The server's certificate has ended at " + to_wire(end) + ": clients refuse it.",
                 kRemedy);
  if (end - now < kCertificateLeft)
    return warning(kId, "The server's certificate ends at " + to_wire(end) + ".", kRemedy);
  return well(kId, "The server's certificate is good until " + to_wire(end) + ".");
}

Finding look_at_brokers(const std::expected<kafka::ClusterReport, std::string>& told) {
  constexpr auto kId = "broker_unreachable";
  if (!told) return error(kId, told.error(), "Check --brokers, --kafka-config and whether the brokers run.");
  return well(kId,
              fmt::format("The cluster {} answers: {}. Kafka tells no client its version; "
                          "`kafka-broker-api-versions.sh` shows what it speaks.",
                          told->id.empty() ? "without an id" : told->id, fmt::join(told->brokers, ", ")));
}

Findings look_at_topics(const AskNode& ask, Timestamp now) {
  Findings findings;
  const auto topics = ask("/v1/topics");
  if (!topics || topics->status != 200) {
    return {error("broker_unreachable", topics ? problem_sentence(topics->body) : topics.error(),
                  "Check --brokers, --kafka-config and whether the brokers run.")};
  }
  look_at_topic_rows(topics->body, findings);
  if (const auto policy = ask("/v1/policies/current")) look_at_policy(*policy, now, findings);
  if (const auto letters = ask("/v1/deadletters?limit=1"); letters && letters->status == 200)
    look_at_letters(letters->body, findings);
  return findings;
}

Findings look_at_node(const AskNode& ask, Timestamp now) {
  Findings findings;
  const auto alive = ask("/livez");
  if (!alive)
    return {error("node_silent", alive.error(), "Look whether it runs, and at the end of its log.")};
  if (alive->status == 503)
    findings.push_back(error("node_hangs", problem_sentence(alive->body), "Start it again."));
  // While it starts it knows little, and each partition would be named.
  const auto started = ask("/startupz");
  const bool starts = started && started->status == 503;
  if (starts) {
    findings.push_back(warning("starting", problem_sentence(started->body), "Wait, and look again."));
  } else if (const auto ready = ask("/readyz")) {
    look_at_readiness(*ready, findings);
  }
  if (const auto node = ask("/v1/node"); node && node->status == 200) look_at_roles(node->body, findings);
  const auto lag = ask("/v1/lag");
  if (lag && (lag->status == 401 || lag->status == 403)) {
    findings.push_back(warning("not_allowed", problem_sentence(lag->body),
                               "Ask with a token that has the right operate: more cannot be looked at."));
    return findings;
  }
  if (lag && lag->status == 200 && !starts) look_at_lag(lag->body, findings);
  if (const auto metrics = ask("/v1/metrics"); metrics && metrics->status == 200)
    look_at_metrics(metrics->body, findings);
  if (const auto waiting = ask("/v1/cases?erasure=waiting&limit=200"); waiting && waiting->status == 200)
    findings.push_back(overdue_erasures(waiting->body, now));
  std::ranges::move(look_at_topics(ask, now), std::back_inserter(findings));
  return findings;
}

}  // namespace casetrail::cli
