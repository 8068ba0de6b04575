// Three processes share the roles, as on a network that is not theirs alone: each speaks TLS and asks who
// asks, and the caller's own token goes with what one of them asks another.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tls_pair.h"
#include "workers/http/client.h"

namespace casetrail {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto kRegistration =
    R"({"type":"request.register","id":"c-1","data":{"kind":"inquiry","channel":"email","external_ref":"A-1",)"
    R"("pii":{"name":"Ann","contacts":["13800138111"],"service_need":"no water"}}})";

class SecuredRoles : public testing::Test {
 protected:
  SecuredRoles() {
    auto words = words_for(options_);
    words.insert(words.begin(), {CASETRAIL_BINARY, "topics", "create", "--partitions", "2", "--data",
                                 (folder_.path() / "any").string()});
    if (const auto created = test::run_program(words); created.exit_code != 0)
      throw std::runtime_error(created.err);
    decides_ = engine("decides", {"--roles", "commands"});
    views_ = engine("views", {"--roles", "boards,history"});
    answers_ = engine("answers", {"--roles", "api", "--peers", url(*decides_) + "," + url(*views_)});
    for (auto* node : {decides_.get(), views_.get(), answers_.get()}) node->launch();
  }

  [[nodiscard]] std::string added(const std::string& id, const std::string& rights) const {
    const auto made = test::run_program({CASETRAIL_BINARY, "identities", "add", id, "--actor", "agent:" + id,
                                         "--rights", rights, "--file", identities()});
    const auto begin = made.out.find("casetrail_");
    if (begin == std::string::npos) throw std::runtime_error(made.err);
    return made.out.substr(begin, made.out.find_first_of("\"\n", begin) - begin);
  }
  [[nodiscard]] std::unique_ptr<EngineProcess> engine(const std::string& name,
                                                      std::vector<std::string> roles) const {
    std::filesystem::create_directories(folder_.path() / name);
    const auto common = words_for(options_);
    roles.insert(roles.end(), common.begin(), common.end());
    roles.insert(roles.end(),
                 {"--identities", identities(), "--tls-certificate", tls_.files().certificate.string(),
                  "--tls-key", tls_.files().key.string(), "--ca-file", tls_.files().certificate.string()});
    return std::make_unique<EngineProcess>(folder_.path() / name, std::move(roles));
  }
  static std::string url(const EngineProcess& node) { return "https://" + node.address().text(); }
  [[nodiscard]] std::string identities() const {
    const auto file = folder_.path() / "identities.yaml";
    if (!std::filesystem::exists(file)) std::ofstream(file) << "";
    return file.string();
  }

  [[nodiscard]] http::HttpResponse ask(const std::string& method, const std::string& target,
                                       const std::string& token, const std::string& body = {}) const {
    return ask_at(*answers_, method, target, token, body);
  }
  [[nodiscard]] http::HttpResponse ask_at(const EngineProcess& node, const std::string& method,
                                          const std::string& target, const std::string& token,
                                          const std::string& body = {}) const {
    http::HttpRequest request{.method = method, .target = target, .body = body};
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    if (!body.empty()) request.headers.push_back({"content-type", "application/json"});
    const auto client = http::HttpClient::to(http::parse_server_url(url(node)).value(), tls_.trust());
    auto answer = client->ask(request, 30s);
    return answer ? *std::move(answer) : http::HttpResponse{.status = 0, .body = answer.error()};
  }
  /// The first answer with that status; the last one of a minute, where there is none.
  [[nodiscard]] http::HttpResponse awaited(int status, const std::string& target,
                                           const std::string& token) const {
    auto answer = ask("GET", target, token);
    for (int i = 0; i < 600 && answer.status != status; ++i) {
      std::this_thread::sleep_for(100ms);
      answer = ask("GET", target, token);
    }
    return answer;
  }

  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
  TemporaryFolder folder_;
  test::TlsPair tls_;
  std::string ann_ = added("ann", "read,command");
  std::string guest_ = added("guest", "review");
  std::unique_ptr<EngineProcess> decides_;
  std::unique_ptr<EngineProcess> views_;
  std::unique_ptr<EngineProcess> answers_;
};

TEST_F(SecuredRoles, AnswerWhoTheyKnowAloneAndWhileEachIsKilledInTurn) {
  ASSERT_EQ(awaited(200, "/readyz", "").status, 200) << answers_->said();
  EXPECT_EQ(ask("POST", "/v1/commands", "", kRegistration).status, 401);
  EXPECT_EQ(ask("POST", "/v1/commands", guest_, kRegistration).status, 403);
  const auto taken = ask("POST", "/v1/commands", ann_, kRegistration);
  ASSERT_EQ(taken.status, 201) << taken.body;

  const auto case_of = "/v1/cases/email:A-1";
  const auto history = awaited(200, std::string(case_of) + "/history", ann_);
  EXPECT_THAT(history.body, HasSubstr(R"("actor":"agent:ann")")) << "the token said so, and no body";
  EXPECT_EQ(ask("GET", case_of, "").status, 401);
  EXPECT_EQ(ask("GET", case_of, guest_).status, 403);
  EXPECT_EQ(awaited(200, "/v1/boards/cases", ann_).status, 200);
  EXPECT_EQ(ask_at(*views_, "GET", case_of, "").status, 401) << "it is asked here, too";
  EXPECT_EQ(ask_at(*views_, "GET", case_of, guest_).status, 403);
  for (const auto* node : {decides_.get(), views_.get(), answers_.get()}) {
    const auto plain = http::HttpClient::to(node->address())->ask({"GET", "/v1/node", {}, {}}, 5s);
    EXPECT_TRUE(!plain || plain->status == 400) << plain->status << ": nothing plain is answered";
  }

  views_->kill();
  EXPECT_EQ(awaited(503, "/v1/boards/cases", ann_).status, 503);
  views_->launch();
  EXPECT_EQ(awaited(200, "/v1/boards/cases", ann_).status, 200) << views_->said();

  decides_->kill();
  EXPECT_EQ(awaited(200, case_of, ann_).status, 200) << "Reading needs no decision.";
  decides_->launch();
  auto noted = ask("POST", "/v1/commands", ann_, kRegistration);
  for (int i = 0; i < 20 && noted.status == 504; ++i)
    noted = ask("POST", "/v1/commands", ann_, kRegistration);
  EXPECT_TRUE(noted.status == 200 || noted.status == 201) << noted.status << noted.body;

  answers_->kill();
  answers_->launch();
  EXPECT_EQ(awaited(200, case_of, ann_).status, 200) << answers_->said();
  EXPECT_EQ(ask("GET", case_of, "").status, 401);
  for (const auto* node : {decides_.get(), views_.get(), answers_.get()})
    EXPECT_THAT(node->said(), testing::Not(HasSubstr(ann_))) << "a token is in no log";
}

}  // namespace
}  // namespace casetrail
