// nginx with the configuration that deploy/ ships, before a real engine.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/operations/files.h"
#include "tests/support/becomes.h"
#include "tests/support/engine_process.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::operations {
namespace {

constexpr auto kName = "desk.example.com";

class NginxProxy : public testing::Test {
 protected:
  NginxProxy() : engine_(private_folder(), {"--policy", CASETRAIL_EXAMPLE_POLICY, "--allowed-host", kName}) {
    engine_.start();
    const auto made =
        shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" +
              std::string(kName) + " -keyout key.pem -out cert.pem");
    EXPECT_EQ(made.exit_code, 0) << made.err;
    auto site = text_of(kDeploy / "proxy/nginx.conf");
    for (const auto& [what, by] : std::map<std::string, std::string>{
             {"listen 443", "listen 127.0.0.1:" + port_},
             {"/etc/ssl/certs/desk\\.example\\.com\\.pem", (folder_.path() / "cert.pem").string()},
             {"/etc/ssl/private/desk\\.example\\.com\\.key", (folder_.path() / "key.pem").string()},
             {"/var/log/nginx/casetrail\\.log", access_log().string()},
             {"127\\.0\\.0\\.1:8377", engine_.address().text()}}) {
      const std::regex pattern(what);
      EXPECT_TRUE(std::regex_search(site, pattern)) << what;
      site = std::regex_replace(site, pattern, by);
    }
    std::ofstream(folder_.path() / "nginx.conf") << "daemon off; worker_processes 1; pid pid; error_log "
                                                    "errors; events {}\nhttp {\n  "
                                                    "client_body_temp_path body; proxy_temp_path proxy; "
                                                    "fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; "
                                                    "scgi_temp_path scgi;\n"
                                                 << site << "}\n";
    nginx_ = std::make_unique<test::Background>(
        std::vector<std::string>{CASETRAIL_NGINX, "-e", (folder_.path() / "errors").string(), "-p",
                                 folder_.path().string() + "/", "-c", "nginx.conf"},
        (folder_.path() / "nginx.log").string());
    EXPECT_EQ(
        asked("--retry 50 --retry-connrefused --retry-delay 1 -o /dev/null -w '%{http_code}'", "/healthz"),
        "200")
        << text_of(folder_.path() / "nginx.log") << text_of(folder_.path() / "errors");
  }

  [[nodiscard]] test::Ran shell(const std::string& commands) const {
    return test::run_program({"/bin/bash", "-c", "cd " + folder_.path().string() + "\n" + commands});
  }
  /// What curl prints that asks `path` over TLS.
  [[nodiscard]] std::string asked(const std::string& options, const std::string& path) const {
    return shell("curl -sS --cacert cert.pem --resolve " + std::string(kName) + ":" + port_ + ":127.0.0.1 " +
                 options + " 'https://" + kName + ":" + port_ + path + "'")
        .out;
  }

  [[nodiscard]] std::filesystem::path access_log() const { return folder_.path() / "access.log"; }

 private:
  [[nodiscard]] std::filesystem::path private_folder() const {
    const auto data = folder_.path() / "data";
    std::filesystem::create_directory(data);
    std::filesystem::permissions(data, std::filesystem::perms::owner_all);
    return data;
  }

  TemporaryFolder folder_;
  std::string port_ = std::to_string(free_port());
  EngineProcess engine_;
  std::unique_ptr<test::Background> nginx_;
};

TEST_F(NginxProxy, PassesCommandsOfItsOwnPageAndOfNoOther) {
  const std::string registers =
      "-o /dev/null -w '%{http_code}' -H 'content-type: application/json' --data "
      R"('{"type":"request.register","actor":"agent:li","data":{"kind":"inquiry","channel":"phone",)"
      R"("external_ref":"A-1","product_model":"X3","pii":{"name":"Ann","contacts":["13800138111"]}}}' )";
  EXPECT_EQ(asked(registers + "-H 'Origin: https://" + kName + "'", "/v1/commands"), "201");
  EXPECT_EQ(asked(registers + "-H 'Origin: https://evil.example'", "/v1/commands"), "403");
  EXPECT_EQ(asked("-o /dev/null -w '%{http_code}' -H 'Host: evil.example'", "/v1/boards/handoff"), "421");
}

TEST_F(NginxProxy, KeepsNoContactThatSomebodyLooksFor) {
  EXPECT_EQ(asked("-o /dev/null -w '%{http_code}' -H 'Referer: https://x/boards/cases?contact=13800138111'",
                  "/v1/cases?contact=13800138111"),
            "200");
  EXPECT_TRUE(test::becomes([&] { return text_of(access_log()).contains("GET /v1/cases HTTP"); }));
  EXPECT_FALSE(text_of(access_log()).contains("13800138111")) << text_of(access_log());
}

TEST_F(NginxProxy, PassesAStreamAsItComes) {
  EXPECT_EQ(asked("-N --max-time 60", "/v1/boards/handoff/stream?limit=1' | grep -m 1 -o '^event: board"),
            "event: board\n");
}

}  // namespace
}  // namespace casetrail::operations
