// RocksDB's names: CURRENT holds the name of the manifest, which lists tables, blobs and families.
#include "workers/log/embedded/remains.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <system_error>

#include "workers/log/embedded/answered.h"

namespace casetrail::embedded {

namespace {

namespace fs = std::filesystem;

constexpr auto kCurrent = "CURRENT";

struct Remains {
  bool records = false;                ///< a log that was only being made has none of their files
  std::vector<std::string> manifests;  ///< in the order of their numbers
};

Remains remains_in(const fs::path& folder) {
  static const std::regex kTable(R"([0-9]+\.(sst|blob))");
  static const std::regex kJournal(R"([0-9]+\.log)");
  static const std::regex kManifest("MANIFEST-[0-9]+");
  Remains remains;
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    const auto name = entry.path().filename().string();
    const bool journal = std::regex_match(name, kJournal) && entry.file_size(unreadable) > 0;
    if (journal || std::regex_match(name, kTable)) remains.records = true;
    if (std::regex_match(name, kManifest)) remains.manifests.push_back(name);
  }
  if (fs::exists(AnsweredMarks::file_in(folder), unreadable)) remains.records = true;
  std::ranges::sort(remains.manifests, {},
                    [](const std::string& name) { return std::pair(name.size(), name); });
  return remains;
}

std::string remedy(const fs::path& folder, const Remains& remains) {
  std::string text = "Nothing was touched. Restore the folder from a backup";
  if (remains.manifests.empty()) return text + ", for there is no manifest in it either.";
  return text + fmt::format(
                    "; or, where only CURRENT was lost, copy the folder, name its newest manifest (echo {} > "
                    "{}), and look "
                    "at it with `casetrail verify` before anything else.",
                    remains.manifests.back(), (folder / kCurrent).string());
}

std::unexpected<std::string> unsafe(const fs::path& folder, const std::string& what, const Remains& remains) {
  return std::unexpected(
      fmt::format("The log in {} cannot be opened: {}. {}", folder.string(), what, remedy(folder, remains)));
}

}  // namespace

std::expected<void, std::string> check_remains(const fs::path& folder) {
  const auto remains = remains_in(folder);
  std::ifstream file(folder / kCurrent, std::ios::binary);
  if (!file) {
    // The first manifest alone is what a kill leaves of a log that was being made.
    const bool older = !remains.manifests.empty() && remains.manifests.back() != "MANIFEST-000001";
    if (!remains.records && !older) return {};
    return unsafe(folder, "its file CURRENT is missing, though there are files of a log", remains);
  }
  std::string name;
  // What is no file cannot be looked into.
  if (file.peek() != std::ifstream::traits_type::eof()) name.assign(std::istreambuf_iterator<char>(file), {});
  if (!name.ends_with('\n')) return unsafe(folder, "its file CURRENT is empty or damaged", remains);
  name.pop_back();
  if (std::ranges::find(remains.manifests, name) != remains.manifests.end()) return {};
  return unsafe(folder, "its file CURRENT names a manifest that is not there", remains);
}

std::expected<void, std::string> check_families(const fs::path& folder, const std::vector<std::string>& known,
                                                const std::vector<std::string>& needed) {
  const auto is_known = [&](const std::string& name) {
    return std::ranges::find(known, name) != known.end();
  };
  if (std::ranges::all_of(needed, is_known) || !remains_in(folder).records) return {};
  return std::unexpected(
      fmt::format("The log in {} cannot be opened: its manifest is that of a new log, and knows nothing of "
                  "the records that lie "
                  "beside it. Nothing was touched. Restore the folder from a backup.",
                  folder.string()));
}

}  // namespace casetrail::embedded
