// One example of every command, which its published schema shows: it decodes, and keeps its bytes.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "aggregates/case/command.h"

namespace casetrail {
namespace {

TEST(CommandGolden, EveryTypeHasAFileThatKeepsItsBytes) {
  for (const auto* codec : command_codecs()) {
    const auto path = std::string(CASETRAIL_COMMAND_GOLDEN "/")
                          .append(codec->type)
                          .append(".v")
                          .append(std::to_string(codec->version))
                          .append(".json");
    std::ifstream file(path);
    std::string json;
    ASSERT_TRUE(std::getline(file, json)) << path;
    const auto command = decode_command(codec->type, codec->version, json);
    ASSERT_TRUE(command) << path << ": " << command.error().sentence();
    std::string written;
    command->append_json(written);
    EXPECT_EQ(written, json) << path;
  }
}

}  // namespace
}  // namespace casetrail
