// Every version of every event that was ever written stays readable, and the current one keeps its bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "events/case/event.h"

namespace casetrail {
namespace {

struct Golden {
  std::string type;
  int version = 0;
  std::string json;
};

/// `<type>.v<version>.json`, one line each.
std::vector<Golden> read_golden_files() {
  std::vector<Golden> files;
  for (const auto& entry : std::filesystem::directory_iterator(CASETRAIL_GOLDEN)) {
    const auto stem = entry.path().stem().string();
    const auto at = stem.rfind(".v");
    Golden golden;
    golden.type = stem.substr(0, at);
    std::from_chars(stem.data() + at + 2, stem.data() + stem.size(), golden.version);
    std::ifstream file(entry.path());
    std::getline(file, golden.json);
    files.push_back(std::move(golden));
  }
  return files;
}

TEST(Golden, EveryVersionEverWrittenDecodes) {
  for (const auto& golden : read_golden_files()) {
    const auto event = decode_event(golden.type, golden.version, golden.json);
    EXPECT_TRUE(event) << golden.type << ": " << (event ? "" : event.error().sentence());
  }
}

TEST(Golden, TheCurrentVersionEncodesToTheSameBytes) {
  for (const auto& golden : read_golden_files()) {
    const auto event = decode_event(golden.type, golden.version, golden.json);
    ASSERT_TRUE(event) << golden.type;
    if (codec_of(*event).version != golden.version) continue;
    std::string json;
    event->append_json(json);
    EXPECT_EQ(json, golden.json) << golden.type;
  }
}

TEST(Golden, EveryEventTypeHasAFileForEachOfItsVersions) {
  std::map<std::string, int> versions;
  for (const auto& golden : read_golden_files()) ++versions[golden.type];
  for (const auto* codec : event_codecs())
    EXPECT_EQ(versions[std::string(codec->type)], codec->version) << codec->type;
  EXPECT_EQ(versions.size(), event_codecs().size());
}

TEST(Golden, TypeNamesAreUnique) {
  std::map<std::string_view, int> seen;
  for (const auto* codec : event_codecs()) EXPECT_EQ(++seen[codec->type], 1) << codec->type;
}

}  // namespace
}  // namespace casetrail
