// The pointer is a file with a number, replaced as a whole.
#include "workers/projection/disk_copy_storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

namespace casetrail::projection {
namespace {

namespace fs = std::filesystem;

storage::StoreError cannot(std::string_view what, const fs::path& path, const std::error_code& code) {
  return {fmt::format("Cannot {} {}: {}. Make the folder writable, with room on its disk, and start again.",
                      what, path.string(), code.message())};
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// An open file, closed when it goes.
class File {
 public:
  File(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] bool write(std::string_view text) const {
    return ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  [[nodiscard]] bool sync() const { return ::fsync(descriptor_) == 0; }

 private:
  int descriptor_;
};

/// Whole and on the disk, or as it was before.
storage::StoreResult<void> replace_file(const fs::path& path, std::string_view text) {
  const auto fresh = fs::path(path.string() + ".new");
  {
    const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() || !file.write(text) || !file.sync()) {
      return std::unexpected(cannot("write", fresh, last_error()));
    }
  }
  std::error_code code;
  fs::rename(fresh, path, code);
  if (code) return std::unexpected(cannot("replace", path, code));
  const File folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
  if (!folder.is_open() || !folder.sync()) {
    return std::unexpected(cannot("sync", path.parent_path(), last_error()));
  }
  return {};
}

std::optional<CopyNumber> number_in(std::string_view text) {
  CopyNumber number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

}  // namespace

DiskCopyStorage::DiskCopyStorage(std::filesystem::path data, std::string projection,
                                 storage::StorageMemory& memory, std::uint64_t dated_bytes)
    : data_(std::move(data)),
      projection_(std::move(projection)),
      memory_(memory),
      dated_bytes_(dated_bytes) {}

DiskCopyStorage::DiskCopyStorage(std::filesystem::path data, std::string projection,
                                 storage::StorageMemory& memory, std::filesystem::path origin)
    : data_(std::move(data)),
      projection_(std::move(projection)),
      memory_(memory),
      origin_(std::move(origin)) {}

std::string DiskCopyStorage::role(CopyNumber copy) const { return fmt::format("{}.{}", projection_, copy); }

storage::StoreResult<std::optional<CopyNumber>> DiskCopyStorage::live() {
  const auto path = stores() / (projection_ + ".live");
  std::ifstream file(path);
  if (!file) return std::optional<CopyNumber>{};
  std::string text;
  std::getline(file, text);
  const auto number = number_in(text);
  if (!number) {
    return std::unexpected(storage::StoreError{fmt::format(
        "Expected {} to name a copy, but it reads '{}'. Remove it; the views are rebuilt from the log.",
        path.string(), text)});
  }
  return number;
}

storage::StoreResult<void> DiskCopyStorage::set_live(CopyNumber copy) {
  std::error_code code;
  fs::create_directories(stores(), code);
  if (code) return std::unexpected(cannot("create", stores(), code));
  return replace_file(stores() / (projection_ + ".live"), fmt::format("{}\n", copy));
}

storage::StoreResult<std::vector<CopyNumber>> DiskCopyStorage::copies() {
  std::vector<CopyNumber> found;
  std::error_code code;
  if (!fs::exists(stores(), code)) return found;
  for (fs::directory_iterator it(stores(), code), end; !code && it != end; it.increment(code)) {
    const auto name = it->path().filename().string();
    if (!name.starts_with(projection_ + ".")) continue;
    if (const auto number = number_in(std::string_view(name).substr(projection_.size() + 1))) {
      found.push_back(*number);
    }
  }
  if (code) return std::unexpected(cannot("list", stores(), code));
  std::ranges::sort(found);
  return found;
}

storage::StoreFolder& DiskCopyStorage::folder(CopyNumber copy, log::Partition partition,
                                              const std::vector<std::string>& families) {
  auto& home = homes_[{copy, partition}];
  if (!home) {
    home =
        std::make_unique<storage::StoreFolder>(data_, role(copy), partition, families, memory_, dated_bytes_);
  }
  return *home;
}

storage::StoreHome& DiskCopyStorage::home(CopyNumber copy, log::Partition partition,
                                          const std::vector<std::string>& families) {
  return folder(copy, partition, families);
}

std::optional<fs::path> DiskCopyStorage::dated_from() const {
  if (!origin_) return std::nullopt;
  const auto live = DiskCopyStorage(*origin_, projection_, memory_).live();
  if (!live || !*live) return std::nullopt;
  return *origin_ / "stores" / role(**live);
}

std::optional<Timestamp> DiskCopyStorage::newest_dated(Timestamp as_of) {
  std::optional<Timestamp> newest;
  const auto from = dated_from();
  if (!from) return newest;
  std::error_code code;
  for (fs::directory_iterator it(*from, code), end; !code && it != end; it.increment(code)) {
    for (const auto covers : storage::DatedStores(it->path() / "dated").list()) {
      if (covers <= as_of) newest = std::max(newest.value_or(covers), covers);
    }
  }
  return newest;
}

void DiskCopyStorage::begin_dated(CopyNumber copy, Timestamp as_of, log::Partition partitions,
                                  const std::vector<std::string>& families) {
  const auto from = dated_from();
  if (!from) return;
  for (log::Partition partition = 0; partition < partitions; ++partition) {
    const storage::DatedStores kept(*from / std::to_string(partition) / "dated");
    static_cast<void>(folder(copy, partition, families).begin_with(kept, as_of));
  }
}

storage::StoreResult<void> DiskCopyStorage::remove(CopyNumber copy) {
  std::erase_if(homes_, [&](const auto& home) { return home.first.first == copy; });
  std::error_code code;
  fs::remove_all(stores() / role(copy), code);
  if (code) return std::unexpected(cannot("remove", stores() / role(copy), code));
  return {};
}

}  // namespace casetrail::projection
