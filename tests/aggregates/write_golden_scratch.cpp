#include <fstream>
#include <set>
#include "tests/support/every_command.h"
#include "events/timestamp.h"
using namespace casetrail;
int main() {
  std::set<std::string> seen;
  for (const auto& e : story_of_every_command(*parse_timestamp("2026-11-23T01:00:00.000Z"))) {
    const auto& codec = codec_of(e.command);
    if (!seen.insert(std::string(codec.type)).second) continue;
    std::string json; e.command.append_json(json);
    std::ofstream("/tmp/golden/" + std::string(codec.type) + ".v" + std::to_string(codec.version) + ".json") << json << "\n";
  }
  for (const auto* c : command_codecs()) if (!seen.contains(std::string(c->type))) printf("missing %s\n", std::string(c->type).c_str());
}
