// Each finding is there when it has to be, and silent when it has not.
#include "workers/cli/doctor.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

#include "events/wire/reflect.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/node/data_folder.h"
#include "workers/node/erasure_ledger.h"

namespace casetrail::cli {

void PrintTo(const Finding& finding, std::ostream* out) {
  *out << name_of(finding.severity) << ' ' << finding.id << ": " << finding.sentence;
}

namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

const auto kLookedAt = parse_timestamp("2026-11-29T12:00:00Z").value();

/// What a node in order answers, by its routes; a test changes one of them.
class DoctorOfANode : public testing::Test {
 protected:
  Findings look() {
    return look_at_node(
        [this](const std::string& target) -> std::expected<http::HttpResponse, std::string> {
          const auto found = answers_.find(target.substr(0, target.find('?')));
          if (found == answers_.end()) return std::unexpected("Nobody listens.");
          return found->second;
        },
        kLookedAt);
  }
  void answer(const std::string& target, std::string body, int status = 200) {
    answers_[target] = {.status = status, .body = std::move(body)};
  }
  /// With one more metric.
  void measure(const std::string& name, const std::string& labels, double value) {
    metrics_ += R"(,{"name":")" + name + R"(","samples":[{"labels":{)" + labels + R"(},"value":)" +
                std::to_string(value) + "}]}";
    answer("/v1/metrics", R"({"metrics":[{"name":"x","samples":[]})" + metrics_ + "]}");
  }
  static std::string lag_row(const std::string& rest) {
    return R"({"partitions":[{"group":"casetrail.boards.n1","partition":3,)" + rest + R"(}],"commands":[]})";
  }
  static std::string policy(const std::string& text) { return R"({"version":4,"text":")" + text + R"("})"; }

  void SetUp() override {
    answer("/livez", R"({"status":"alive"})");
    answer("/startupz", R"({"status":"started"})");
    answer("/readyz", R"({"status":"ready"})");
    answer("/v1/node", R"({"node":"n1","roles":["boards","api"],"missing":""})");
    answer("/v1/lag", lag_row(R"("lag":4,"lag_seconds":0.2,"stopped":"")"));
    answer("/v1/topics", R"({"topics":[{"topic":"casetrail.events","exists":true,"problems":[]}]})");
    answer("/v1/policies/current", policy("departments: [{id: tech}]"));
    answer("/v1/deadletters", R"({"deadletters":[],"open":0,"counts_all":true})");
    answer("/v1/cases", R"({"rows":[{"erasure_due":"2026-11-29T12:00:01Z"}]})");
    measure("casetrail_disk_free_bytes", "", 9e9);
    measure("casetrail_disk_reserve_bytes", "", 2e8);
  }

 private:
  std::map<std::string, http::HttpResponse> answers_;
  std::string metrics_;
};

auto is(const std::string& id, Severity severity, const std::string& part) {
  return testing::AllOf(Field("id", &Finding::id, id), Field("severity", &Finding::severity, severity),
                        Field("sentence", &Finding::sentence, HasSubstr(part)),
                        Field("remedy", &Finding::remedy, Not("")));
}
const auto kAllWell = Each(Field("severity", &Finding::severity, Severity::ok));

TEST_F(DoctorOfANode, InOrderFindsNothing) {
  const auto findings = look();
  EXPECT_THAT(findings, kAllWell);
  EXPECT_GE(findings.size(), 10U) << "Each check says that it was made.";
}

TEST_F(DoctorOfANode, ThatDoesNotAnswerOrHangsIsNamed) {
  answer("/livez", R"({"code":"hangs","detail":"A thread hangs."})", 503);
  EXPECT_THAT(look(), Contains(is("node_hangs", Severity::error, "A thread hangs.")));
  const auto silent = look_at_node(
      [](const std::string&) -> std::expected<http::HttpResponse, std::string> {
        return std::unexpected("Nobody listens.");
      },
      kLookedAt);
  EXPECT_THAT(silent, testing::ElementsAre(is("node_silent", Severity::error, "Nobody listens.")));
}

TEST_F(DoctorOfANode, ThatIsNotReadyOrWorksBesideDamageIsNamed) {
  answer("/readyz", R"({"code":"not_ready","detail":"It takes over."})", 503);
  EXPECT_THAT(look(), Contains(is("not_ready", Severity::error, "It takes over.")));
  answer("/readyz", R"({"status":"ready","attention":["Case c is closed."]})");
  EXPECT_THAT(look(), Contains(is("attention", Severity::warning, "Case c is closed.")));
}

TEST_F(DoctorOfANode, ThatWaitsForSeveralThingsHasAFindingOfEach) {
  answer("/readyz", R"({"detail":"A. B.","reasons":[{"code":"x","en":"A."},{"code":"y","en":"B."}]})", 503);
  const auto findings = look();
  EXPECT_THAT(findings, Contains(is("not_ready", Severity::error, "A.")));
  EXPECT_THAT(findings, Contains(is("not_ready", Severity::error, "B.")));
}

TEST(DoctorOfBrokers, SaysWhoAnswersOrWhyNobodyDoes) {
  EXPECT_THAT(look_at_brokers(std::unexpected("Nobody answers.")),
              is("broker_unreachable", Severity::error, "Nobody answers."));
  const auto well = look_at_brokers(kafka::ClusterReport{"abc", {"1 at kafka-1:9092", "2 at kafka-2:9092"}});
  EXPECT_EQ(well.severity, Severity::ok);
  EXPECT_THAT(well.sentence, HasSubstr("The cluster abc answers: 1 at kafka-1:9092, 2 at kafka-2:9092."));
}

/// An identities file, with what is wrong with it.
class DoctorOfIdentities : public testing::Test {
 protected:
  Findings look(const std::string& yaml, fs::perms rights = fs::perms::owner_read) {
    const auto file = folder_.path() / "identities.yaml";
    fs::remove(file);
    std::ofstream(file) << yaml;
    fs::permissions(file, rights);
    return look_at_identities(file, kLookedAt);
  }
  static std::string holder(const std::string& rights, const std::string& more = "") {
    return "identities:\n  - id: zhang\n    actor: agent:zhang\n    rights: [" + rights +
           "]\n    token_sha256: " + std::string(64, 'a') + "\n" + more;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(DoctorOfIdentities, InOrderFindsNothing) {
  const auto findings = look(holder("read, operate", "    expires: 2026-12-14T00:00:00Z\n"));
  EXPECT_THAT(findings, kAllWell);
  EXPECT_EQ(findings.size(), 4U) << "Each check says that it was made.";
}

TEST_F(DoctorOfIdentities, ThatOthersMayReadOrWriteAreNamed) {
  const auto yaml = holder("operate");
  EXPECT_THAT(look(yaml, fs::perms::owner_read | fs::perms::others_read),
              Contains(is("identities_open_to_others", Severity::warning, "may read")));
  EXPECT_THAT(look(yaml, fs::perms::owner_read | fs::perms::group_write),
              Contains(is("identities_open_to_others", Severity::error, "may write")));
}

TEST_F(DoctorOfIdentities, WithoutAnOperatorWhoseTokenStillCountsAreNamed) {
  EXPECT_THAT(look(holder("read")), Contains(is("identities_no_operator", Severity::error, "Nobody")));
  const auto ended = look(holder("operate", "    expires: 2026-11-29T12:00:00Z\n"));
  EXPECT_THAT(ended, Contains(is("identities_no_operator", Severity::error, "Nobody")));
  EXPECT_THAT(ended, Contains(is("identities_expired", Severity::warning, "zhang (2026-11-29T12:00:00")));
}

TEST_F(DoctorOfIdentities, WhoseTokensEndSoonAreNamed) {
  EXPECT_THAT(look(holder("operate", "    expires: 2026-12-13T12:00:00Z\n")),
              Contains(is("identities_expired", Severity::warning, "zhang")));
}

TEST_F(DoctorOfIdentities, WithAFaultAreNamedByTheLine) {
  EXPECT_THAT(look("identities:\n  - id: zhang\n"),
              Contains(is("identities_unreadable", Severity::error, "line 2: Expected")));
}

TEST_F(DoctorOfANode, ThatDoesAPartSaysWhich) {
  answer("/v1/lag", R"({"partitions":[],"commands":[]})");
  const auto findings = look();
  const auto says = [](const std::string& part) {
    return Field("sentence", &Finding::sentence, HasSubstr(part));
  };
  EXPECT_THAT(findings, Contains(says("the roles boards, api.")));
  EXPECT_THAT(findings, Contains(says("has no partitions itself")));
  EXPECT_THAT(findings, kAllWell);
}

TEST_F(DoctorOfANode, ThatKeepsErasuresBeyondTheirTimeIsNamed) {
  answer("/v1/cases",
         R"({"rows":[{"erasure_due":"2026-11-29T11:59:59Z"},{"erasure_due":"2026-12-29T00:00:00Z"}]})");
  EXPECT_THAT(look(), Contains(is("erasure_overdue", Severity::warning, "1 erasure of personal texts")));
}

TEST_F(DoctorOfANode, ThatStartsIsNamedOnceAndNotByItsPartitions) {
  answer("/startupz", R"({"code":"starting","detail":"It takes over, 41 %."})", 503);
  answer("/readyz", R"({"code":"not_ready","detail":"It takes over, 41 %."})", 503);
  answer("/v1/lag", lag_row(R"("lag":null,"stopped":"It takes over.")"));
  const auto findings = look();
  EXPECT_THAT(findings, Contains(is("starting", Severity::warning, "41 %")));
  EXPECT_EQ(std::ranges::count(findings, Severity::ok, &Finding::severity), std::ssize(findings) - 1);
}

TEST_F(DoctorOfANode, ThatDoesNotLetItLookIsSaidToBeSo) {
  answer("/v1/lag", R"({"code":"forbidden","detail":"It needs the right 'operate'."})", 403);
  answer("/v1/topics", R"({"code":"forbidden","detail":"It needs the right 'operate'."})", 403);
  const auto findings = look();
  EXPECT_THAT(findings, Contains(is("not_allowed", Severity::warning, "needs the right 'operate'")));
  EXPECT_THAT(findings, Not(Contains(Field("id", &Finding::id, "broker_unreachable"))));
}

TEST_F(DoctorOfANode, APartitionThatStoppedIsUnknownOrBehindIsNamed) {
  answer("/v1/lag", lag_row(R"("lag":4,"stopped":"Upgrade this binary.")"));
  EXPECT_THAT(look(), Contains(is("partition_stopped", Severity::error,
                                  "casetrail.boards.n1, partition 3 takes nothing: Upgrade this binary.")));
  answer("/v1/lag", lag_row(R"("lag":null,"stopped":"")"));
  EXPECT_THAT(look(), Contains(is("lag_unknown", Severity::error, "partition 3")));
  answer("/v1/lag", lag_row(R"("lag":900,"lag_seconds":61.5,"stopped":"")"));
  EXPECT_THAT(look(), Contains(is("partition_behind", Severity::warning, "900 records behind, 62 s")));
  answer("/v1/lag", lag_row(R"("lag":900,"lag_seconds":61.5,"stopped":"","building":true)"));
  EXPECT_THAT(look(), kAllWell) << "What is rebuilt may be behind.";
}

TEST_F(DoctorOfANode, ADiskThatIsNearlyFullIsNamed) {
  measure("casetrail_disk_free_bytes", "", 3e8);
  EXPECT_THAT(look(), Contains(is("disk_space_low", Severity::warning, "286 MiB are free")));
  measure("casetrail_disk_free_bytes", "", 1e8);
  EXPECT_THAT(look(), Contains(is("disk_space_low", Severity::error, "new commands are refused")));
}

TEST_F(DoctorOfANode, AClockThatLeaptAheadIsNamed) {
  measure("casetrail_clock_leap_seconds", "", 0);
  EXPECT_THAT(look(), kAllWell);
  measure("casetrail_clock_leap_seconds", "", 43'200);
  EXPECT_THAT(look(), Contains(is("clock_ahead", Severity::warning, "ahead by 43200 s")));
}

TEST_F(DoctorOfANode, ASnapshotIsOldWhenThereIsSomethingToSave) {
  measure("casetrail_snapshot_age_seconds", R"("partition":"5")", 3'600);
  measure("casetrail_snapshot_unsaved_events", R"("partition":"5")", 0);
  EXPECT_THAT(look(), kAllWell);
  measure("casetrail_snapshot_unsaved_events", R"("partition":"5")", 7);
  EXPECT_THAT(look(), Contains(is("snapshot_old", Severity::warning, "5 (60 min)")));
}

TEST_F(DoctorOfANode, AStoreThatTakesNoWritesIsNamedOnce) {
  measure("casetrail_store_write_stopped", R"("store":"boards-0")", 1);
  measure("casetrail_store_background_errors", R"("store":"boards-0")", 2);
  EXPECT_THAT(look(), Contains(is("store_stopped", Severity::error, "writes: boards-0.")));
}

TEST_F(DoctorOfANode, HeadsThatCannotBeWrittenAreNamedAndThoseThatNobodySignsAreTold) {
  EXPECT_THAT(look(), Contains(AllOf(Field(&Finding::severity, Severity::ok),
                                     Field(&Finding::sentence, HasSubstr("are not signed")))));
  measure("casetrail_evidence_signing", "", 1);
  EXPECT_THAT(look(), Contains(Field(&Finding::sentence, HasSubstr("are signed, 0 since the start"))));
  measure("casetrail_evidence_signing", "", 0);
  EXPECT_THAT(look(), Contains(AllOf(Field(&Finding::id, "heads_not_signed"),
                                     Field(&Finding::severity, Severity::warning))));
}

TEST_F(DoctorOfANode, AnotherVersionThanThisBinaryIsNamed) {
  measure("casetrail_build_info", R"("version":"0.0.9")", 1);
  EXPECT_THAT(look(), Contains(is("version_differs", Severity::warning, "casetrail 0.0.9")));
}

TEST_F(DoctorOfANode, NoPolicyAndHolidaysThatRunOutAreNamed) {
  answer("/v1/policies/current", R"({"code":"no_such_policy","detail":"None."})", 404);
  EXPECT_THAT(look(), Contains(is("policy_missing", Severity::warning, "No policy was published")));
  const auto calendar = [](const std::string& day) {
    return policy("calendars: [{id: c, tz: Etc/UTC, week: {mon: ['09:00-17:00']}, holidays: [" + day + "]}]");
  };
  answer("/v1/policies/current", calendar("2026-12-25"));
  EXPECT_THAT(look(), Contains(is("holidays_run_out", Severity::warning, "no holiday after 2026-12-25")));
  answer("/v1/policies/current", calendar("2027-05-01"));
  EXPECT_THAT(look(), kAllWell);
}

TEST(DoctorOfACertificate, NamesOneThatEndsWithinTwoWeeksOrHasEnded) {
  const auto now = from_epoch_ms(1'795'000'000'000);
  using std::chrono::days;
  EXPECT_EQ(look_at_certificate(now + days(15), now).severity, Severity::ok);
  EXPECT_EQ(look_at_certificate(now + days(13), now).severity, Severity::warning);
  EXPECT_EQ(look_at_certificate(now, now).severity, Severity::error);
  EXPECT_THAT(look_at_certificate(now, now).remedy, HasSubstr("--tls-certificate"));
}

TEST_F(DoctorOfANode, DeadLettersAreCounted) {
  answer("/v1/deadletters",
         R"({"deadletters":[{}],"open":2,"oldest_open_at":"2026-11-28T01:02:03.000Z","counts_all":true})");
  EXPECT_THAT(look(), Contains(is("dead_letters_waiting", Severity::warning,
                                  "2 records could not be commands and wait for somebody, the oldest since "
                                  "2026-11-28T01:02:03.000Z")));
  answer("/v1/deadletters",
         R"({"deadletters":[{}],"open":2,"oldest_open_at":"2026-11-28T01:02:03.000Z","counts_all":false})");
  EXPECT_THAT(look(), Contains(is("dead_letters_waiting", Severity::warning, "At least 2 records")));
}

TEST_F(DoctorOfANode, ATopicThatIsMissingOrAsItMustNotBeIsNamed) {
  answer("/v1/topics",
         R"({"topics":[{"topic":"a","exists":false,"problems":["a is missing."]},{"topic":"b","exists":true,)"
         R"("problems":["b forgets."]}]})");
  EXPECT_THAT(look(), Contains(is("topic_missing", Severity::error, "a is missing.")));
  EXPECT_THAT(look(), Contains(is("topic_configuration", Severity::error, "b forgets.")));
  answer("/v1/topics", R"({"code":"unavailable","detail":"The brokers do not answer."})", 503);
  EXPECT_THAT(look(), Contains(is("broker_unreachable", Severity::error, "The brokers do not answer.")));
}

class DoctorOfAFolder : public testing::Test {
 protected:
  void SetUp() override {
    auto log = std::move(embedded::open_embedded_log({.folder = data_ / "log"}).value().log);
    ASSERT_TRUE(log->create_topics(2));
    ASSERT_TRUE(log::append_and_wait(*log, log::Topic::events, 1, {"case", "event", {}, Timestamp{}}));
    fs::permissions(data_, fs::perms::owner_all);
  }
  /// Of all that lies below the data folder.
  [[nodiscard]] std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(data_))
      files[entry.path().string()] = entry.is_directory() ? "" : node::read_file(entry.path()).value_or("?");
    return files;
  }

  TemporaryFolder folder_;
  fs::path data_ = folder_.path() / "data";
};

TEST_F(DoctorOfAFolder, InOrderFindsNothingAndChangesNothing) {
  const auto before = contents();
  EXPECT_THAT(look_at_folder(data_, 1), kAllWell);
  EXPECT_THAT(look_at_log(data_), kAllWell);
  EXPECT_EQ(contents(), before);
}

TEST_F(DoctorOfAFolder, ThatOthersMayReadIsNamed) {
  fs::permissions(data_, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(look_at_folder(data_, 1),
              Contains(is("folder_readable_by_others", Severity::warning, "Others may look into")));
}

TEST_F(DoctorOfAFolder, AKeyThatOthersMayReadIsNamed) {
  const auto key = data_ / "key";
  std::ofstream(key) << "secret";
  fs::permissions(key, fs::perms::owner_read);
  EXPECT_EQ(look_at_key("k", key).severity, Severity::ok);
  fs::permissions(key, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(look_at_key("k", key), is("k", Severity::warning, "A group may read"));
  fs::permissions(key, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THAT(look_at_key("k", key), is("k", Severity::error, "Everybody on this machine"));
  EXPECT_EQ(look_at_key("k", data_ / "none").severity, Severity::error);
}

TEST_F(DoctorOfAFolder, ALogInTheOpenIsNamedWhereOthersAsk) {
  EXPECT_THAT(look_at_sealing(Texts::open, {.asks_who = true}),
              Contains(is("log_not_sealed", Severity::warning, "lie in the open")));
  EXPECT_TRUE(look_at_sealing(Texts::open, {.asks_who = false}).empty());
}

TEST_F(DoctorOfAFolder, ASealedLogWithoutALedgerOfErasuresIsNamed) {
  const auto findings = [&] { return look_at_sealing(Texts::sealed, {.data = data_}); };
  EXPECT_THAT(findings(), Contains(is("erasure_ledger_missing", Severity::warning, "no ledger")));
  ASSERT_TRUE(node::name_ledger(data_, data_ / "erased"));
  EXPECT_THAT(findings(), Contains(is("erasure_ledger_missing", Severity::error, "cannot be read")));
  std::ofstream(data_ / "erased") << "";
  EXPECT_THAT(findings(), kAllWell);
}

TEST_F(DoctorOfAFolder, WithoutRoomForTheReserveIsNamed) {
  EXPECT_THAT(look_at_folder(data_, std::uint64_t{1} << 60U),
              Contains(is("disk_space_low", Severity::error, "new commands are refused")));
}

TEST_F(DoctorOfAFolder, WithAHalfRestoreOrADamagedNameIsNamed) {
  fs::create_directory(data_ / node::kHalfRestored);
  std::ofstream(data_ / "node") << "no name\n";
  const auto findings = look_at_folder(data_, 1);
  EXPECT_THAT(findings, Contains(is("restore_cut_short", Severity::error, "was cut short")));
  EXPECT_THAT(findings, Contains(is("node_name_damaged", Severity::error, "it is damaged")));
}

TEST_F(DoctorOfAFolder, WhoseLogWasEmptiedIsNamedByHowMuchIsGone) {
  fs::remove_all(data_ / "log");
  fs::create_directory(data_ / "log");
  EXPECT_THAT(look_at_log(data_),
              Contains(is("log_damaged", Severity::error, "had answered up to 1 records")));
  fs::remove_all(data_ / "log.known");
  fs::create_directory(data_ / "stores");
  EXPECT_THAT(look_at_log(data_), Contains(is("log_damaged", Severity::error, "nobody can tell")));
}

TEST_F(DoctorOfAFolder, WhoseLogLostWhatItAnsweredIsNamed) {
  std::ofstream(data_ / "log" / "answered") << "answered, but not so";
  EXPECT_THAT(look_at_log(data_), Contains(is("log_damaged", Severity::error, "answered")));
  fs::remove(data_ / "log" / "CURRENT");
  EXPECT_THAT(look_at_log(data_), Contains(is("log_damaged", Severity::error, "CURRENT is missing")));
}

}  // namespace
}  // namespace casetrail::cli
