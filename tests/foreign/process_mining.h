// A log that is exported, and read again by the importers of PM4Py.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail {

/// A folder with a data folder in it, and the binary on that.
class ProcessMining : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path at(const std::string& name) const { return folder_.path() / name; }

  [[nodiscard]] std::vector<std::string> on_data(std::vector<std::string> words) const {
    words.insert(words.begin(), CASETRAIL_BINARY);
    words.insert(words.end(), {"--data", at("data").string()});
    return words;
  }
  [[nodiscard]] std::string said(const std::vector<std::string>& words) const {
    const auto ran = test::run_program(on_data(words));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }

  /// Plays about so many cases into a server, and ends it.
  void play(int cases) const {
    test::Background server(on_data({"serve", "--listen", "127.0.0.1:0", "--policy", CASETRAIL_EXAMPLE_POLICY,
                                     "--allow-simulation"}),
                            at("serve.log").string());
    for (int i = 0; i < 3'000 && !std::filesystem::exists(at("data") / "address"); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    (void)said({"simulate", "--cases", std::to_string(cases)});
    EXPECT_EQ(server.end(SIGTERM), 0);
  }

  /// PM4Py counts in each export what was exported, and what the board counts.
  void expect_counts_of_the_boards() const {
    std::ofstream(at("handoff.json")) << said({"board", "handoff", "--json", "--limit", "0"});
    for (const std::string format : {"xes", "ocel-json", "ocel-sqlite"}) {
      const auto file = at("log." + format).string();
      std::ofstream(at("report." + format + ".json")) << said({"export", format, "--out", file, "--json"});
      (void)said({"export", format, "--check", file});
    }
    const auto mined = test::run_program({CASETRAIL_FOREIGN "/mine", at("").string()});
    EXPECT_EQ(mined.exit_code, 0) << mined.out << mined.err;
    std::cout << mined.out;
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace casetrail
