// The shell's limits, util-linux's capabilities, and plain files.
#include "tests/crash/hardship.h"

#include <unistd.h>

namespace casetrail::crash {
namespace {

namespace fs = std::filesystem;

constexpr auto kWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
constexpr std::uintmax_t kShellBlock = 512;

void change(const fs::path& folder, fs::perm_options how) {
  const auto change_one = [how](const fs::path& path) {
    fs::permissions(path, how == fs::perm_options::add ? fs::perms::owner_write : kWrite, how);
  };
  change_one(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) change_one(entry.path());
}

}  // namespace

std::vector<std::string> on_a_full_disk(std::uintmax_t bytes, const std::string& program) {
  const auto limit = std::to_string(bytes / kShellBlock);
  return {"/bin/sh", "-c", "trap '' XFSZ; ulimit -f " + limit + R"(; exec "$@")", "sh", program};
}

std::vector<std::string> bound_by_permissions(const std::string& program) {
  if (::geteuid() != 0) return {program};
  return {"/usr/bin/setpriv", "--bounding-set=-dac_override", program};
}

ReadOnly::ReadOnly(fs::path folder) : folder_(std::move(folder)) {
  change(folder_, fs::perm_options::remove);
}
ReadOnly::~ReadOnly() { change(folder_, fs::perm_options::add); }

}  // namespace casetrail::crash
