// The shell's limits, util-linux's capabilities, and plain files.
#include "tests/crash/hardship.h"

#include <unistd.h>

#include <chrono>
#include <fstream>

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

std::string mount_log(const fs::path& folder) { return folder.string() + ".mount"; }

}  // namespace

std::vector<std::string> with_files_up_to(std::uintmax_t bytes, const std::string& program) {
  const auto limit = std::to_string(bytes / kShellBlock);
  return {"/bin/sh", "-c", "trap '' XFSZ; ulimit -f " + limit + R"(; exec "$@")", "sh", program};
}

SmallDisk::SmallDisk(fs::path folder, std::uintmax_t mib)
    : folder_(std::move(folder)),
      mount_({"/usr/bin/unshare", ::geteuid() == 0 ? "-m" : "-rm", "/bin/sh", "-c",
              "mount -t tmpfs -o mode=700,size=" + std::to_string(mib) +
                  R"(m casetrail "$0" && echo mounted >&2 && exec sleep 600)",
              folder_.string()},
             mount_log(folder_)) {
  std::string said;
  while (!mounted_ && !mount_.ended_within(std::chrono::milliseconds(10))) {
    std::ifstream log(mount_log(folder_));
    mounted_ = std::getline(log, said) && said == "mounted";
  }
}

std::vector<std::string> SmallDisk::under(const std::string& program) const {
  std::vector<std::string> line{"/usr/bin/nsenter", "-m", "-t", std::to_string(mount_.pid())};
  if (::geteuid() != 0) line.insert(line.end(), {"-U", "--preserve-credentials"});
  line.insert(line.end(), {"--", program});
  return line;
}

fs::path SmallDisk::from_outside() const {
  return fs::path("/proc/" + std::to_string(mount_.pid()) + "/root" + folder_.string());
}

// One that is full already takes less than was meant: what matters is what is left.
void SmallDisk::fill_up_to(std::uintmax_t bytes) const {
  const std::string piece(std::size_t{64} << 10U, 'x');
  std::ofstream file(filler(), std::ios::binary | std::ios::app);
  while (fs::space(from_outside()).available > bytes &&
         file.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
  }
}

void SmallDisk::make_room() const { fs::remove(filler()); }

std::vector<std::string> bound_by_permissions(const std::string& program) {
  if (::geteuid() != 0) return {program};
  return {"/usr/bin/setpriv", "--bounding-set=-dac_override", program};
}

ReadOnly::ReadOnly(fs::path folder) : folder_(std::move(folder)) {
  change(folder_, fs::perm_options::remove);
}
ReadOnly::~ReadOnly() { change(folder_, fs::perm_options::add); }

}  // namespace casetrail::crash
