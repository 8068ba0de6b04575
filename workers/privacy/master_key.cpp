// One line: a mark by which scanners for secrets find it, and the key in base64.
#include "workers/privacy/master_key.h"

#include <fstream>
#include <utility>

#include "workers/privacy/private_file.h"

namespace casetrail::privacy {
namespace {

constexpr std::string_view kMasterMark = "casetrail_master_";

}  // namespace

std::expected<Secret, std::string> create_master_key(const std::filesystem::path& file) {
  const auto key = Secret::random();
  auto written = write_private_file(file, std::string(kMasterMark) + to_base64(key.bytes()));
  if (!written) return std::unexpected(std::move(written).error());
  return key;
}

std::expected<Secret, std::string> read_master_key(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line))
    return std::unexpected("The master key " + file.string() +
                           " cannot be read. Check the name and its rights.");
  if (line.starts_with(kMasterMark)) {
    const auto bytes = from_base64(std::string_view(line).substr(kMasterMark.size()));
    if (const auto key = bytes ? Secret::from(*bytes) : std::nullopt) return *key;
  }
  return std::unexpected("The file " + file.string() +
                         " holds no master key. Name the one that `casetrail keys create` made.");
}

}  // namespace casetrail::privacy
