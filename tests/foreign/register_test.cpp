// The programs that integrators are shown do what they say, in every language, against an engine on Kafka.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "events/case/case_id.h"
#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "workers/http/client.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

/// An engine on topics of its own.
class Engine {
 public:
  explicit Engine(std::vector<std::string> more = {})
      : more_(std::move(more)), kafka_(fresh_options(shared_brokers())), process_(folder_.path(), options()) {
    auto create = options();
    create.insert(create.begin(), {CASETRAIL_BINARY, "topics", "create", "--data", folder_.path().string()});
    if (const auto created = test::run_program(create); created.exit_code != 0)
      throw std::runtime_error(created.err);
    process_.start();
  }

  /// One for all programs.
  static Engine& shared() {
    static Engine engine;
    return engine;
  }

  [[nodiscard]] test::Ran run(const std::string& language, const std::string& mode,
                              const std::string& reference) const {
    std::vector<std::string> arguments{"/usr/bin/env",
                                       "TOPIC_PREFIX=" + kafka_.prefix,
                                       CASETRAIL_FOREIGN "/register",
                                       language,
                                       kafka_.brokers,
                                       mode};
    if (!reference.empty()) arguments.push_back(reference);
    return test::run_program(arguments);
  }

  [[nodiscard]] std::string case_of(const std::string& id) const {
    return http::HttpClient::to(process_.address())
        ->ask({"GET", "/v1/cases/" + id, {}, {}}, std::chrono::seconds(10))
        ->body;
  }

 private:
  [[nodiscard]] std::vector<std::string> options() const {
    std::vector<std::string> options{"--brokers", kafka_.brokers, "--topic-prefix", kafka_.prefix};
    options.insert(options.end(), more_.begin(), more_.end());
    return options;
  }

  std::vector<std::string> more_;
  TemporaryFolder folder_;
  kafka::KafkaOptions kafka_;
  EngineProcess process_;
};

std::string case_in(const std::string& out) {
  std::smatch match;
  return std::regex_search(out, match, std::regex("case ([0-9a-f-]{36}),")) ? match[1].str() : "";
}

class Register : public testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  std::string language_ = std::get<0>(GetParam());
  std::string mode_ = std::get<1>(GetParam());
  Engine& engine_ = Engine::shared();
};

TEST_P(Register, WithoutAReferenceMakesACaseOfItsOwnAndHearsOfIt) {
  const auto ran = engine_.run(language_, mode_, "");
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("event 1 casetrail.request.registered, the case is new"));
  EXPECT_THAT(ran.out, HasSubstr("accepted"));
  EXPECT_THAT(engine_.case_of(case_in(ran.out)), HasSubstr(R"("status":"new")"));
}

TEST_P(Register, WithAReferenceMakesTheCaseOfThatReferenceOnce) {
  const auto reference = language_ + "-" + mode_;
  const auto ran = engine_.run(language_, mode_, reference);
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(case_in(ran.out), case_id_of(Channel::email, reference).value);
  const auto again = engine_.run(language_, mode_, reference);
  EXPECT_EQ(again.exit_code, 1) << again.out << again.err;
  EXPECT_THAT(again.out + again.err, HasSubstr("already_registered"));
}

TEST(Compression, ByZstdIsReadInJava) {
  const Engine engine({"--compression", "zstd"});
  const auto ran = engine.run("java", "binary", "");
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("accepted"));
}

INSTANTIATE_TEST_SUITE_P(EveryLanguage, Register,
                         testing::Combine(testing::Values("python", "javascript", "java", "go"),
                                          testing::Values("binary", "structured")),
                         [](const auto& test) {
                           return std::get<0>(test.param) + "_" + std::get<1>(test.param);
                         });

}  // namespace
}  // namespace casetrail
