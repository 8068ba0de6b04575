// What a server with a certificate does for those who speak TLS as it should be, and for those who do not.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "tests/support/becomes.h"
#include "tests/support/program.h"
#include "tests/support/raw_client.h"
#include "tests/support/tls_pair.h"
#include "workers/http/client.h"
#include "workers/http/server.h"

namespace casetrail::http {
namespace {

using namespace std::chrono_literals;
using test::becomes;
using test::RawClient;
using test::TlsPair;
using testing::HasSubstr;
using testing::Not;

void echo_target(const HttpRequest& request, const Reply& reply) {
  reply({.status = 200,
         .content_type = "text/plain",
         .body = request.target + (request.encrypted ? " encrypted" : " plain")});
}

/// Runs a program that is found by its name, with nothing on its standard input.
std::string said_by(const std::string& command) {
  const auto ran = test::run_program({"/bin/sh", "-c", command + " < /dev/null 2>&1"});
  return ran.out;
}

class Tls : public testing::Test {
 protected:
  /// Replaces the server's files by those of another pair.
  void take(const TlsPair& other) const {
    for (const auto& [from, to] : {std::pair{other.files().certificate, pair_.files().certificate},
                                   {other.files().key, pair_.files().key}})
      std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
  }
  [[nodiscard]] std::unique_ptr<HttpServer> start(HttpLimits limits = {}) const {
    return HttpServer::start({"127.0.0.1", 0}, limits, echo_target, pair_.files()).value();
  }
  [[nodiscard]] std::string openssl(const HttpServer& server, const std::string& options) const {
    return said_by("openssl s_client -connect " + server.address().text() + " -CAfile " +
                   pair_.files().certificate.string() + " " + options);
  }
  static std::string get(HttpClient& client) {
    const auto answer = client.ask({.method = "GET", .target = "/x"}, 10s);
    return answer ? answer->body : answer.error();
  }
  [[nodiscard]] static std::string get_from(const HttpServer& server, const Trust& trust) {
    return get(*HttpClient::to(server.address(), trust));
  }

  const TlsPair pair_;
};

TEST_F(Tls, CurlIsAnsweredByTheNameAndTheAddressOfTheCertificate) {
  const auto server = start();
  EXPECT_EQ(server->address().scheme, Scheme::https);
  const auto port = std::to_string(server->address().port);
  for (const std::string name : {"localhost", "127.0.0.1"}) {
    EXPECT_EQ(said_by("curl -sS --cacert " + pair_.files().certificate.string() + " https://" + name + ":" +
                      port + "/x"),
              "/x encrypted");
  }
}

TEST_F(Tls, OldVersionsAndCiphersWithoutForwardSecrecyAreNotSpoken) {
  const auto server = start();
  EXPECT_THAT(openssl(*server, "-tls1_2"), HasSubstr("Verify return code: 0 (ok)"));
  EXPECT_THAT(openssl(*server, "-tls1_3"), HasSubstr("Verify return code: 0 (ok)"));
  EXPECT_THAT(openssl(*server, "-tls1_1 -cipher DEFAULT@SECLEVEL=0"), HasSubstr("no peer certificate"));
  for (const auto* weak : {"AES128-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256"})
    EXPECT_THAT(openssl(*server, std::string("-tls1_2 -cipher ") + weak), HasSubstr("no peer certificate"))
        << weak;
}

TEST_F(Tls, PlainHttpIsToldToComeWithTls) {
  const auto server = start();
  RawClient plain(server->address().port);
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto told = plain.read_all();
  EXPECT_THAT(told, HasSubstr("400 Bad Request"));
  EXPECT_THAT(told, HasSubstr("tls_expected"));
  EXPECT_TRUE(plain.closed());
  EXPECT_EQ(get_from(*server, pair_.trust()), "/x encrypted");
}

TEST_F(Tls, WhatIsNoHandshakeEndsTheConnection) {
  const auto server = start();
  RawClient noise(server->address().port);
  noise.send(std::string(4000, '\x16'));
  EXPECT_THAT(noise.read_all(), Not(HasSubstr("HTTP")));
  EXPECT_TRUE(noise.closed());
}

TEST_F(Tls, AHandshakeThatIsSlowIsCutOff) {
  const auto server = start({.handshake = 100ms});
  RawClient silent(server->address().port);
  RawClient half(server->address().port);
  half.send("\x16\x03\x01\x02");
  for (auto* client : {&silent, &half}) {
    (void)client->read_all();
    EXPECT_TRUE(client->closed());
  }
}

TEST_F(Tls, HandshakesThatDoNotGoOnGiveWayToOthers) {
  const auto server = start({.connections = 4, .handshake = 60s});
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 12; ++i) {
    silent.push_back(std::make_unique<RawClient>(server->address().port));
    ASSERT_EQ(get_from(*server, pair_.trust()), "/x encrypted");
  }
}

TEST_F(Tls, AClientTrustsWhomItIsToldTo) {
  const auto server = start();
  const TlsPair another;
  EXPECT_EQ(get_from(*server, pair_.trust()), "/x encrypted");
  EXPECT_EQ(get_from(*server, {.whom = Trust::Whom::anybody}), "/x encrypted");
  for (const auto& trust : {another.trust(), Trust{}}) {
    const auto refused = get_from(*server, trust);
    EXPECT_THAT(refused, HasSubstr("self-signed certificate"));
    EXPECT_THAT(refused, HasSubstr("--ca-file"));
  }
  EXPECT_THAT(get_from(*server, {.authorities = pair_.files().key}),
              HasSubstr("Expected certificates in PEM"));
}

TEST_F(Tls, AClientWantsTheCertificateOfWhomItAsks) {
  const auto server = HttpServer::start({"127.0.0.2", 0}, {}, echo_target, pair_.files()).value();
  EXPECT_THAT(get_from(*server, pair_.trust()), HasSubstr("IP address mismatch"));
}

TEST_F(Tls, AClientKnowsWhenTheCertificateEnds) {
  const auto server = start();
  const auto client = HttpClient::to(server->address(), pair_.trust());
  EXPECT_EQ(client->certificate_end(), std::nullopt);
  ASSERT_TRUE(client->connect(10s));
  ASSERT_TRUE(client->certificate_end());
  const auto left = *client->certificate_end() - std::chrono::system_clock::now();
  EXPECT_GT(left, std::chrono::days(89));
  EXPECT_LE(left, std::chrono::days(90));
}

TEST_F(Tls, ANewPairIsTakenAndABrokenOneLeavesTheOldInForce) {
  const auto server = start();
  const auto before = HttpClient::to(server->address(), pair_.trust());
  const TlsPair old;
  std::filesystem::copy_file(pair_.files().certificate, old.files().certificate,
                             std::filesystem::copy_options::overwrite_existing);
  ASSERT_EQ(get(*before), "/x encrypted");

  std::ofstream(pair_.files().certificate) << "no certificate\n";
  std::this_thread::sleep_for(2500ms);
  EXPECT_EQ(get_from(*server, old.trust()), "/x encrypted");

  const TlsPair next(30);
  take(next);
  EXPECT_TRUE(becomes([&] { return get_from(*server, next.trust()) == "/x encrypted"; }));
  EXPECT_NE(get_from(*server, old.trust()), "/x encrypted");
  EXPECT_EQ(get(*before), "/x encrypted") << "a connection keeps what it began with";
  const auto left = server->certificate_end().value() - std::chrono::system_clock::now();
  EXPECT_GT(left, std::chrono::days(29));
  EXPECT_LE(left, std::chrono::days(30));
}

TEST_F(Tls, AServerThatCannotUseItsFilesSaysWhichOne) {
  const auto refusal = [](const TlsFiles& files) {
    const auto server = HttpServer::bind({"127.0.0.1", 0}, {}, files);
    return server ? "" : server.error();
  };
  const TlsPair another;
  const TlsPair of_another_kind(30, "rsa:2048");
  const auto [certificate, key] = pair_.files();
  EXPECT_THAT(refusal({"/nowhere.pem", key}), HasSubstr("/nowhere.pem"));
  EXPECT_THAT(refusal({certificate, "/nowhere.key"}), HasSubstr("/nowhere.key"));
  EXPECT_THAT(refusal({key, key}), HasSubstr("the certificate of this server"));
  for (const auto* other : {&another, &of_another_kind})
    EXPECT_THAT(refusal({certificate, other->files().key}), HasSubstr("is not that of the certificate"));
  const auto locked = key.parent_path() / "locked.pem";
  said_by("openssl ec -aes128 -passout pass:secret -in " + key.string() + " -out " + locked.string());
  EXPECT_THAT(refusal({certificate, locked}), HasSubstr("without a passphrase"));
}

TEST(HttpAddressOfAServer, HasTheSchemeAndThePortOfItsUrl) {
  EXPECT_EQ(parse_server_url("http://desk-1")->url(), "http://desk-1:8377");
  EXPECT_EQ(parse_server_url("desk-1:80")->url(), "http://desk-1:80");
  EXPECT_EQ(parse_server_url("https://desk.example.com/")->url(), "https://desk.example.com:443");
  EXPECT_EQ(parse_server_url("https://[::1]:8377")->url(), "https://[::1]:8377");
  EXPECT_FALSE(parse_server_url("ftp://desk-1"));
}

}  // namespace
}  // namespace casetrail::http
