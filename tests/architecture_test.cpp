// The rules of the folders, read from the source text: who may include whom, what the pure folders never
// mention, and that the table of what is asked is true.
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

/// Whether `line` begins as `pattern` says; a search would try every place of every line of the tree.
bool begins(const std::string& line, std::smatch& match, const std::regex& pattern) {
  return std::regex_search(line, match, pattern, std::regex_constants::match_continuous);
}

struct Source {
  std::string path;  ///< below the root, `workers/log/event_log.h`
  std::vector<std::string> lines;

  [[nodiscard]] bool is_header() const { return path.ends_with(".h"); }

  /// What it includes: `events/wire/ids.h`, `rocksdb/db.h`.
  [[nodiscard]] std::vector<std::string> includes() const {
    static const std::regex kInclude(R"(\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<std::string> found;
    for (const auto& line : lines) {
      std::smatch match;
      if (begins(line, match, kInclude)) found.push_back(match[1]);
    }
    return found;
  }
};

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

/// `log` of `workers/log/event_log.h`, `kit` of `projections/kit/view.h`; empty outside of rooms.
std::string room_of(const std::string& path, std::string_view folder = "workers/") {
  if (!path.starts_with(folder)) return {};
  const auto end = path.find('/', folder.size());
  return end == std::string::npos ? "" : path.substr(folder.size(), end - folder.size());
}

std::vector<Source> sources_in(const std::string& folder) {
  std::vector<Source> found;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(CASETRAIL_ROOT) / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    Source source{fs::relative(entry.path(), CASETRAIL_ROOT).string(), {}};
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) source.lines.push_back(line);
    found.push_back(std::move(source));
  }
  return found;
}

const std::vector<Source>& sources() {
  static const std::vector<Source> all = [] {
    std::vector<Source> found;
    for (const auto* folder : {"events", "aggregates", "projections", "workers"})
      std::ranges::move(sources_in(folder), std::back_inserter(found));
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
  const std::set<std::string> stepped{"command", "projection", "import", "export", "simulate", "storage"};
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
  const std::set<std::string> ports{
      "workers/log/event_log.h", "workers/log/passing_log.h", "workers/storage/store.h",
      "workers/storage/store_home.h", "workers/storage/store_folder.h", "workers/log/rocks_files.h",
      "workers/log/partition.h",
      // What the API hands on, and describes.
      "workers/log/partition_lag.h", "workers/log/reason.h", "workers/projection/rebuild.h",
      // What any room counts with.
      "workers/log/counters.h",
      // What commands and views know alike before they read an event.
      "workers/log/policy_tail.h",
      // What a route is made of.
      "workers/http/exchange.h", "workers/http/problem.h", "workers/http/router.h", "workers/http/stream.h",
      // What keeps a secret on the disk.
      "workers/privacy/private_file.h",
      // Who asks.
      "workers/identity/identity.h", "workers/identity/credentials.h"};
  for (const auto& source : sources()) {
    const auto room = room_of(source.path);
    if (room.empty() || room == "node" || room == "cli") continue;
    for (const auto& include : source.includes()) {
      const auto other = room_of(include);
      if (other.empty() || other == room) continue;
      EXPECT_TRUE(ports.contains(include)) << source.path << " includes " << include;
    }
  }
}

/// The innermost folder that is a room decides: `kafka` of `workers/log/kafka/reader.h`.
std::string namespace_of(const std::string& path) {
  static const std::map<std::string, std::string> kNamedOtherwise{{"import", "imports"},
                                                                  {"export", "exports"}};
  for (const auto* folder : {"workers/log/", "workers/", "projections/"}) {
    const auto room = room_of(path, folder);
    if (room.empty()) continue;
    const auto named = kNamedOtherwise.find(room);
    return "casetrail::" + (named == kNamedOtherwise.end() ? room : named->second);
  }
  return "casetrail";
}

TEST(Architecture, ARoomHasANamespaceOfItsOwn) {
  const std::regex opens(R"(namespace (casetrail[\w:]*) \{)");
  for (const auto& source : sources()) {
    const auto expected = namespace_of(source.path);
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      std::smatch found;
      if (!begins(source.lines[i], found, opens)) continue;
      // A forward declaration, or what is said of a type where it lives.
      const auto next = i + 1 < source.lines.size() ? std::string_view(source.lines[i + 1]) : "";
      if (next.starts_with("struct ") || next == "template <>") continue;
      EXPECT_TRUE(found[1] == expected || found[1].str().starts_with(expected + "::"))
          << source.path << " opens " << found[1] << " instead of " << expected;
    }
  }
}

/// The constants, the types and the functions that are the file's own, as it calls them; a function with what
/// it takes, where that stands on its line.
std::vector<std::string> own_names(const Source& source) {
  static const std::regex kNamed(
      R"((?:constexpr|const)\b[^=(;{]*\b(k[A-Z]\w*)|(?:struct|class|enum class) (\w+)(?: final)?(?: [:={]|;$))");
  static const std::regex kFunction(R"([A-Za-z][\w:<>*&, ]*[ >*&](\w+\([^()]*\)) \{$)");
  std::vector<std::string> names;
  bool inside = false;
  for (const auto& line : source.lines) {
    if (line == "namespace {") inside = true;
    if (line == "}  // namespace") inside = false;
    std::smatch match;
    if (inside && begins(line, match, kNamed)) names.push_back(match[1].matched ? match[1] : match[2]);
    if (inside && begins(line, match, kFunction)) names.push_back(match[1]);
  }
  return names;
}

// The loop would go over a part of what is gone: what it goes over gets a name before it begins.
TEST(Architecture, NoLoopGoesOverTheValueOfATemporary) {
  static const std::regex kLoop(R"(for \([^;]* : ([^;]*\.value\(\)|[A-Z]\w*\(\)\.\w+\(\))\))");
  auto all = sources_in("tests");
  std::ranges::copy(sources(), std::back_inserter(all));
  for (const auto& source : all) {
    for (const auto& line : source.lines)
      EXPECT_FALSE(std::regex_search(line, kLoop)) << source.path << ": " << line;
  }
}

// Presets that compile many files as one text would find two things of one name.
TEST(Architecture, OwnNamesOfFilesThatAreCompiledTogetherDiffer) {
  std::map<std::string, std::string> first_in;  // by where it counts and its name
  auto all = sources_in("tests");
  std::ranges::copy(sources(), std::back_inserter(all));
  for (const auto& source : all) {
    if (source.is_header()) continue;
    const auto space = std::ranges::find_if(
        source.lines, [](const std::string& line) { return line.starts_with("namespace casetrail"); });
    if (space == source.lines.end()) continue;
    for (const auto& name : own_names(source)) {
      // Tests are compiled together by their folder, else all of a library are.
      const auto library = source.path.starts_with("tests/")
                               ? fs::path(source.path).parent_path().string()
                               : folder_of(source.path) + ' ' + room_of(source.path);
      const auto [other, is_first] = first_in.emplace(library + ' ' + *space + ' ' + name, source.path);
      EXPECT_TRUE(is_first) << source.path << " and " << other->second << " both have a " << name;
    }
  }
  EXPECT_GT(first_in.size(), 300U);
}

TEST(Architecture, WhatIsBelowKnowsNothingAbove) {
  const std::map<std::string, std::string> below{{"events/wire/", "events/case/"},
                                                 {"aggregates/time/", "aggregates/(policy|case)/"},
                                                 {"aggregates/policy/", "aggregates/case/"},
                                                 {"projections/kit/", "projections/(?!kit/|boards.h)"}};
  for (const auto& source : sources()) {
    for (const auto& [folder, above] : below) {
      if (!source.path.starts_with(folder)) continue;
      for (const auto& include : source.includes())
        EXPECT_FALSE(std::regex_search(include, std::regex("^" + above)))
            << source.path << " includes " << include;
    }
  }
}

TEST(Architecture, ThirdPartiesStayBehindTheirDoor) {
  const std::map<std::string, std::string> doors{
      {"librdkafka/", "workers/log/kafka/"},
      {"rocksdb/", "workers/(storage/rocks_|log/(embedded/rows|rocks_files))"},
      {"lz4.h", "workers/log/embedded/block"},
      {"boost/crc", "workers/log/embedded/answered"},
      {"simdjson.h", "events/wire/json_reader.h"},
      {"boost/beast", "workers/http/"},
      {"boost/asio", "workers/http/"},
      {"openssl/", "workers/http/tls_context.cpp"},
      {"boost/uuid", "events/case/case_id.cpp"},
      {"CLI/", "workers/cli/"},
      {"yaml-cpp/", "(aggregates/policy/|workers/import/mapping)"},
      {"prometheus/", "workers/node/"},
      {"sodium.h",
       "(events/wire/(digest|sha256|cloud_event|sodium_start)|workers/(identity/token|privacy/"
       "secret|evidence/"
       "signature)).cpp"},
      {"cjose/", "workers/identity/oidc.cpp"},
      {"jansson.h", "workers/identity/oidc.cpp"},
      {"date/", "(aggregates/time/zone.cpp|workers/import/)"},
      {"csv.h", "(events/wire/csv_line.cpp|workers/(import/|export/csv_check))"},
      {"sqlite3.h", "workers/export/database.cpp"},
      {"libxml/", "workers/export/xes"},
      {"utf8proc.h", "events/wire/unicode.cpp"},
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

/// The test of each row of the table of what is asked, by the number of the row.
std::map<std::string, std::string> tests_by_row() {
  static const std::regex kRow(R"(\| (A\d{3}) \| [^|]+ \| `([A-Za-z]+\.[A-Za-z]+)` \|)");
  std::map<std::string, std::string> tests;
  std::ifstream file(fs::path(CASETRAIL_ROOT) / "tests/requirements.md");
  for (std::string line; std::getline(file, line);) {
    std::smatch row;
    if (!std::regex_search(line, row, kRow)) continue;
    EXPECT_TRUE(tests.emplace(row.str(1), row.str(2)).second) << row.str(1) << " twice";
  }
  return tests;
}

TEST(Requirements, AreShownByTestsThatExist) {
  static const std::regex kTest(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  std::set<std::string> known;
  for (const auto& source : sources_in("tests")) {
    for (const auto& line : source.lines) {
      std::smatch test;
      if (begins(line, test, kTest)) known.insert(test.str(1) + "." + test.str(2));
    }
  }
  const auto rows = tests_by_row();
  EXPECT_GT(rows.size(), 75U);
  for (const auto& [row, test] : rows) EXPECT_TRUE(known.contains(test)) << row << " is shown by " << test;
}

TEST(Requirements, ThatACommentCitesAreInTheTable) {
  static const std::regex kCited(R"(\bA\d{3}\b)");
  const auto rows = tests_by_row();
  for (const auto& source : sources()) {
    for (const auto& line : source.lines) {
      if (!line.contains('A')) continue;
      for (std::sregex_iterator at(line.begin(), line.end(), kCited), end; at != end; ++at)
        EXPECT_TRUE(rows.contains(at->str())) << source.path << " cites " << at->str();
    }
  }
}

}  // namespace
