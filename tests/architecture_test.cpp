// The rules of the folders, read from the source text: who may include whom, and what the pure folders never
// mention.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  ///< below the root, `workers/log/event_log.h`
  std::vector<std::string> lines;

  [[nodiscard]] bool is_header() const { return path.ends_with(".h"); }

  /// What it includes: `events/ids.h`, `rocksdb/db.h`.
  [[nodiscard]] std::vector<std::string> includes() const {
    static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<std::string> found;
    for (const auto& line : lines) {
      std::smatch match;
      if (std::regex_search(line, match, kInclude)) found.push_back(match[1]);
    }
    return found;
  }
};

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// `log` of `workers/log/event_log.h`; empty outside of workers.
std::string room_of(const std::string& path) {
  if (!path.starts_with("workers/")) return {};
  const auto begin = std::string("workers/").size();
  return path.substr(begin, path.find('/', begin) - begin);
}

const std::vector<Source>& sources() {
  static const std::vector<Source> all = [] {
    std::vector<Source> found;
    for (const auto* folder : {"events", "aggregates", "projections", "workers"}) {
      for (const auto& entry : fs::recursive_directory_iterator(fs::path(CASETRAIL_ROOT) / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".h" && extension != ".cpp") continue;
        Source source{fs::relative(entry.path(), CASETRAIL_ROOT).string(), {}};
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) source.lines.push_back(line);
        found.push_back(std::move(source));
      }
    }
    return found;
  }();
  return all;
}

TEST(Architecture, TheTestSeesTheTree) { EXPECT_GT(sources().size(), 50U); }

TEST(Architecture, FoldersIncludeOnlyWhatTheyMayKnow) {
  const std::map<std::string, std::set<std::string>> may_know{
      {"events", {"events"}},
      {"aggregates", {"events", "aggregates"}},
      // A case as it stands is what `evolve` makes of its history.
      {"projections", {"events", "aggregates", "projections"}},
      {"workers", {"events", "aggregates", "projections", "workers"}}};
  const std::set<std::string> ours{"events", "aggregates", "projections", "workers", "tests"};
  for (const auto& source : sources()) {
    for (const auto& include : source.includes()) {
      const auto folder = folder_of(include);
      if (!ours.contains(folder)) continue;
      EXPECT_TRUE(may_know.at(folder_of(source.path)).contains(folder))
          << source.path << " includes " << include;
    }
  }
}

TEST(Architecture, PureFoldersTouchNothingOfTheWorld) {
  const std::regex impure(
      R"(rdkafka|rocksdb|spdlog|<thread>|<mutex>|<atomic>|<condition_variable>|<future>|<random>|<fstream>|<filesystem>)"
      R"(|_clock::now|random_device|getenv|std::time\(|\bsleep_for\b)");
  for (const auto& source : sources()) {
    if (folder_of(source.path) == "workers") continue;
    for (const auto& line : source.lines)
      EXPECT_FALSE(std::regex_search(line, impure)) << source.path << ": " << line;
  }
}

TEST(Architecture, WorkersAreToldTheTimeAndStartNoThread) {
  const std::set<std::string> stepped{"command", "projection", "import", "simulate", "storage"};
  const std::regex own(
      R"(<thread>|<future>|\bj?thread\b|_clock::now|random_device|getenv|std::time\(|\bsleep_)");
  for (const auto& source : sources()) {
    if (!stepped.contains(room_of(source.path))) continue;
    for (const auto& line : source.lines) {
      const auto code = line.substr(0, line.find("//"));
      EXPECT_FALSE(std::regex_search(code, own)) << source.path << ": " << line;
    }
  }
}

TEST(Architecture, RoomsKnowEachOthersPortsAlone) {
  const std::set<std::string> ports{"workers/log/event_log.h", "workers/storage/store.h",
                                    "workers/storage/store_home.h", "workers/storage/store_folder.h",
                                    "workers/log/rocks_files.h",
                                    // What the API hands on, and describes.
                                    "workers/log/partition_lag.h", "workers/projection/rebuild.h",
                                    // What commands and views know alike before they read an event.
                                    "workers/log/policy_tail.h"};
  for (const auto& source : sources()) {
    const auto room = room_of(source.path);
    if (room.empty() || room == "cli") continue;
    for (const auto& include : source.includes()) {
      const auto other = room_of(include);
      if (other.empty() || other == room) continue;
      EXPECT_TRUE(ports.contains(include)) << source.path << " includes " << include;
    }
  }
}

TEST(Architecture, ThirdPartiesStayBehindTheirDoor) {
  const std::map<std::string, std::string> doors{
      {"librdkafka/", "workers/log/kafka"},
      {"rocksdb/", "workers/(storage/rocks_|log/(embedded_rows|rocks_files))"},
      {"lz4.h", "workers/log/embedded_block"},
      {"boost/crc", "workers/log/embedded_answered"},
      {"simdjson.h", "events/json_reader.h"},
      {"boost/beast", "workers/http/"},
      {"boost/asio", "workers/http/"},
      {"boost/uuid", "events/case_id.cpp"},
      {"CLI/", "workers/cli/"},
      {"yaml-cpp/", "(aggregates/policy|workers/import/mapping)"},
      {"prometheus/", "workers/(http|cli)/"},
      {"sodium.h", "(aggregates/(digest|sha256)|events/cloud_event).cpp"},
      {"date/", "(aggregates/zone.cpp|workers/import/)"},
      {"csv.h", "workers/import/"},
      {"utf8proc.h", "events/unicode.cpp"},
  };
  for (const auto& source : sources()) {
    for (const auto& include : source.includes()) {
      for (const auto& [library, door] : doors) {
        if (!include.starts_with(library)) continue;
        EXPECT_TRUE(std::regex_search(source.path, std::regex("^" + door)))
            << source.path << " includes " << include;
      }
    }
  }
}

TEST(Architecture, HeadersStaySmall) {
  std::vector<std::size_t> sizes;
  for (const auto& source : sources()) {
    if (!source.is_header()) continue;
    sizes.push_back(source.lines.size());
    EXPECT_LE(source.lines.size(), 250U) << source.path << " is two ideas: split it";
  }
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  EXPECT_LT(sizes[sizes.size() / 2], 100U) << "the median header outgrows a screen";
}

TEST(Architecture, EveryFileBeginsByWhatItIsFor) {
  for (const auto& source : sources()) {
    ASSERT_FALSE(source.lines.empty()) << source.path;
    EXPECT_TRUE(source.lines.front().starts_with("// ")) << source.path;
  }
}

}  // namespace
