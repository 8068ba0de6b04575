// An engine and its neighbours on a broker with TLS, SASL and ACLs, set up with the commands that the
// integrator's page gives.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail {
namespace {

using testing::HasSubstr;

std::string text_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator(in), {}};
}

class SecuredBroker : public testing::Test {
 protected:
  static constexpr auto kUsers = {"casetrail", "crm", "wallboard"};

  /// Clients without credentials come to another port, and are administrators.
  void SetUp() override {
    make_certificate();
    const auto plain = std::to_string(port_);
    const auto secured = std::to_string(port_ + 1);
    const auto listeners = "PLAINTEXT://127.0.0.1:" + plain + ",SASL_SSL://127.0.0.1:" + secured;
    std::string options = "--port " + plain;
    for (const auto& setting :
         {"listeners=" + listeners + ",CONTROLLER://127.0.0.1:" + std::to_string(port_ + 100),
          "advertised.listeners=" + listeners,
          std::string(
              "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL"),
          std::string("sasl.enabled.mechanisms=PLAIN"),
          "listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain."
          "PlainLoginModule required" +
              passwords() + ";",
          std::string("ssl.keystore.type=PEM"), "ssl.keystore.location=" + at("server.pem"),
          std::string("authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
          std::string("super.users=User:ANONYMOUS")})
      options += " --set '" + setting + "'";
    broker_ = std::make_unique<OwnBroker>(options);
    for (const auto* user : kUsers) write_properties(user, secret_of(user));
    run_the_pages_commands();
  }

  [[nodiscard]] std::string at(const std::string& file) const { return (folder_.path() / file).string(); }
  [[nodiscard]] std::string secured() const { return "127.0.0.1:" + std::to_string(port_ + 1); }
  [[nodiscard]] std::vector<std::string> words_of(const std::string& user) const {
    return {"--brokers", secured(), "--kafka-config", at(user + ".properties")};
  }
  [[nodiscard]] test::Ran run(std::vector<std::string> words, const std::string& user) const {
    words.insert(words.begin(), CASETRAIL_BINARY);
    const auto place = words_of(user);
    words.insert(words.end(), place.begin(), place.end());
    words.insert(words.end(), {"--data", at("verbs")});
    return test::run_program(words);
  }
  [[nodiscard]] std::unique_ptr<log::EventLog> log_as(const std::string& user) const {
    kafka::KafkaOptions options;
    options.brokers = secured();
    options.properties = kafka::read_kafka_properties(at(user + ".properties")).value();
    return kafka::open_kafka_log(options).value();
  }
  static std::string secret_of(const std::string& user) { return "secret-of-" + user; }
  void write_properties(const std::string& user, const std::string& password) const {
    std::ofstream(at(user + ".properties"))
        << "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.username=" << user
        << "\nsasl.password=" << password << "\nssl.ca.location=" << at("ca.pem") << "\n";
  }

 private:
  static std::string passwords() {
    std::string all;
    for (const std::string user : kUsers) all.append(" user_" + user + "=\"" + secret_of(user) + "\"");
    return all;
  }
  void make_certificate() const {
    const auto made =
        test::run_program({"/bin/sh", "-c",
                           "cd " + folder_.path().string() +
                               " && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
                               "-addext subjectAltName=IP:127.0.0.1 "
                               "-keyout key.pem -out ca.pem 2>/dev/null && cat key.pem ca.pem > server.pem"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  void run_the_pages_commands() const {
    write_kafka_script(folder_.path() / "kafka-acls.sh", "org.apache.kafka.tools.AclCommand");
    std::ofstream(at("admin.properties")) << "";
    const auto page = text_in(CASETRAIL_ROOT "/deploy/integrate/README.md");
    const auto begin = page.find("```sh\nallow() {");
    ASSERT_NE(begin, std::string::npos);
    const auto block = page.substr(begin + 6, page.find("```", begin + 6) - begin - 6);
    const auto ran =
        test::run_program({"/bin/bash", "-c",
                           "set -euo pipefail; cd " + folder_.path().string() +
                               "; export PATH=$PWD:$PATH BROKERS=" + broker_->address() + "\n" + block});
    ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  }

  std::uint16_t port_ = free_port();
  TemporaryFolder folder_;
  std::unique_ptr<OwnBroker> broker_;
};

TEST_F(SecuredBroker, IsServedByTheEngineAndAnswersEachNeighbourWhatItMay) {
  const auto topics = run({"topics", "create", "--partitions", "2"}, "casetrail");
  ASSERT_EQ(topics.exit_code, 0) << topics.out << topics.err;
  std::filesystem::create_directory(at("engine"));
  EngineProcess engine(at("engine"), words_of("casetrail"));
  engine.start();
  const auto submitted = test::run_program(
      {CASETRAIL_BINARY, "submit", "request.register", "--actor", "system:crm", "--body",
       R"({"kind":"inquiry","channel":"email","external_ref":"A-1","pii":{"name":"Ann","contacts":[]}})",
       "--server", "http://" + engine.address().text()});
  EXPECT_EQ(submitted.exit_code, 0) << submitted.err;

  // The shop sends commands, and writes nothing else.
  const auto crm = log_as("crm");
  const Message record{.key = "case-1", .value = "{}", .headers = {}, .timestamp = {}};
  EXPECT_TRUE(log::append_and_wait(*crm, log::Topic::commands, 0, record));
  const auto forged = log::append_and_wait(*crm, log::Topic::events, 0, record);
  ASSERT_FALSE(forged);
  EXPECT_THAT(forged.error().what, HasSubstr("uthoriz"));
  // The board reads events, and not what others ask for.
  const auto wallboard = log_as("wallboard");
  const auto events = wallboard->open_reader(log::Topic::events);
  std::size_t heard = 0;
  for (log::Partition partition = 0; partition < 2; ++partition) ASSERT_TRUE(events->start(partition, 0));
  for (int tries = 0; tries < 50 && heard == 0; ++tries)
    heard += events->read(10, std::chrono::milliseconds(200)).value().size();
  EXPECT_GT(heard, 0U);
  EXPECT_FALSE(log::append_and_wait(*wallboard, log::Topic::commands, 0, record));
  EXPECT_EQ(engine.stop(), 0);

  // Who is not let in is told so, and the secret nobody.
  write_properties("casetrail", "secret-of-nobody");
  const auto refused = run({"topics", "check"}, "casetrail");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, HasSubstr("uthentication"));
  EXPECT_EQ((refused.out + refused.err).find("secret-of"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace casetrail
