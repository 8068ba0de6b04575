// The lock is flock(2): the kernel gives it back when its holder dies, however that happens.
#include "workers/node/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <regex>
#include <string_view>
#include <system_error>
#include <thread>

#include "workers/api/uuid_v7.h"
#include "workers/api/wall_clock.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;

constexpr auto kAddressFile = "address";

std::string reason() { return std::generic_category().message(errno); }

/// Or not to be told, because a folder above it may not be searched.
bool is_there(const fs::path& file) {
  std::error_code untold;
  return fs::exists(file, untold) || untold;
}

std::string user_name(uid_t user) {
  const auto* entry = ::getpwuid(user);
  return entry == nullptr ? "of number " + std::to_string(user) : entry->pw_name;
}

/// Why this process may not use `path`, which is there: a sentence with the remedy.
std::string rights_missing(const fs::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0)
    return path.string() + ": " + reason() + ". Name another with --data.";
  const auto mine = ::geteuid();
  if (facts.st_uid == mine)
    return path.string() + " is yours, but its rights shut you out. Give them back with: chmod u+rwX " +
           path.string();
  const auto owner = user_name(facts.st_uid);
  return path.string() + " belongs to user " + owner + ", and user " + user_name(mine) +
         " may not use it. Run casetrail as " + owner + " (sudo -u " + owner +
         " casetrail …), or name a folder of your own with --data.";
}

bool barred(const fs::path& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) != 0 && errno == EACCES;
}

/// Why nobody can work in the data folder `path` as it is: a sentence with the remedy. Nothing: it may be
/// used, or made.
std::optional<std::string> objection_to(const fs::path& path) {
  std::error_code failed;
  if (fs::exists(path, failed) && !fs::is_directory(path, failed))
    return path.string() + " is a file, and the data is kept in a folder. Name that folder with --data.";
  fs::path at;
  for (const auto& part : fs::absolute(path, failed).lexically_normal()) {
    const auto above = at;
    at /= part;
    if (barred(at, X_OK)) return rights_missing(at);
    if (!is_there(at)) return barred(above, W_OK) ? std::optional(rights_missing(above)) : std::nullopt;
  }
  return barred(at, R_OK | W_OK) ? std::optional(rights_missing(at)) : std::nullopt;
}

/// Empty, or made by casetrail. `lost+found` stands at the root of a fresh volume, and a shell may have put
/// the file there that it sends the facts of stderr to.
bool may_be_ours(const fs::path& folder) {
  for (const auto* mark : {"lock", "node", "log", kHalfRestored}) {
    if (is_there(folder / mark)) return true;
  }
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    if (entry.path().filename() != "lost+found" && entry.path().extension() != ".log") return false;
  }
  return true;
}

/// As part of the names of groups and members.
bool is_node_name(std::string_view name) {
  static const std::regex kName("[A-Za-z0-9._-]{1,64}");
  return std::regex_match(name.begin(), name.end(), kName);
}

}  // namespace

std::optional<std::string> open_to_others(const fs::path& folder) {
  constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
  std::error_code unreadable;
  const auto rights = fs::status(folder, unreadable).permissions();
  if (unreadable || (rights & kOthers) == fs::perms::none) return std::nullopt;
  return "Others may look into " + folder.string() +
         ", where names, telephone numbers and messages of customers are kept. Shut them out with: chmod -R "
         "go= " +
         folder.string();
}

std::uint64_t default_disk_reserve(const fs::path& folder) {
  constexpr std::uint64_t kLeast = std::uint64_t{128} << 20U;
  constexpr std::uint64_t kMost = std::uint64_t{256} << 20U;
  std::error_code failed;
  const auto space = fs::space(folder, failed);
  if (failed) return 0;
  return std::min<std::uint64_t>(std::clamp<std::uint64_t>(space.capacity / 20, kLeast, kMost),
                                 space.capacity / 2);
}

std::expected<void, std::string> replace_file(const fs::path& file, const std::string& text) {
  auto fresh = file;
  fresh += ".new";
  const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool written = out >= 0 && ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                 ::fsync(out) == 0;
  auto failure = written ? std::string() : reason();
  if (out >= 0) ::close(out);
  if (written && ::rename(fresh.c_str(), file.c_str()) != 0) failure = reason();
  if (failure.empty()) return {};
  return std::unexpected("Expected to write " + file.string() + ", but: " + failure +
                         ". Check its rights and space.");
}

std::optional<std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  if (in.peek(); in.bad()) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

FolderLock::~FolderLock() {
  std::error_code ignored;
  fs::remove(folder_ / kAddressFile, ignored);
  fs::remove(folder_ / kTokenFile, ignored);
  ::close(file_);
}

std::expected<void, std::string> FolderLock::publish(const Holder& holder) {
  if (!holder.token.empty()) {
    if (auto told = replace_file(folder_ / kTokenFile, holder.token + "\n"); !told) return told;
  }
  const auto& address = holder.address;
  const auto told = address.scheme == http::Scheme::https ? address.url() : address.text();
  return replace_file(folder_ / kAddressFile, told + "\n");
}

fs::path DataFolder::default_path() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
    return fs::path(data) / "casetrail";
  }
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "." : home) / ".local" / "share" / "casetrail";
}

std::optional<Holder> DataFolder::published_holder() const {
  const auto line_of = [&](const char* file) {
    auto text = read_file(path_ / file);
    if (text && text->ends_with('\n')) text->pop_back();
    return text;
  };
  const auto text = line_of(kAddressFile);
  if (!text) return std::nullopt;
  auto address = http::parse_server_url(*text);
  if (!address) return std::nullopt;
  // Who listens there is known by the lock, whatever name its certificate has.
  return Holder{*std::move(address), line_of(kTokenFile).value_or(""), {.whom = http::Trust::Whom::anybody}};
}

bool DataFolder::is_new() const { return !objection_to(path_) && !is_there(path_ / "lock") && !served(); }

std::expected<std::unique_ptr<FolderLock>, FolderTrouble> DataFolder::lock(std::chrono::milliseconds patience,
                                                                           HalfRestore half) {
  if (auto objection = objection_to(path_))
    return std::unexpected(FolderTrouble{*std::move(objection), std::nullopt});
  if (half == HalfRestore::refused && is_there(path_ / kHalfRestored)) {
    return std::unexpected(
        FolderTrouble{"A restore into " + path_.string() +
                          " is under way, or was cut short. Run `casetrail restore` again: it begins anew.",
                      std::nullopt});
  }
  std::error_code error;
  fs::create_directories(path_, error);
  if (!error && !may_be_ours(path_)) {
    return std::unexpected(FolderTrouble{"Expected a data folder that is empty or casetrail's own, but " +
                                             path_.string() + " holds other files. Name another with --data.",
                                         std::nullopt});
  }
  const auto file = path_ / "lock";
  const int lock = error ? -1 : ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) {
    if (!error && errno == EACCES) return std::unexpected(FolderTrouble{rights_missing(file), std::nullopt});
    return std::unexpected(FolderTrouble{"Expected a data folder that can be written, but " + path_.string() +
                                             ": " + (error ? error.message() : reason()) +
                                             ". Name another with --data.",
                                         std::nullopt});
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  while (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const auto holder = published_holder();
    const bool waited = std::chrono::steady_clock::now() >= until;
    if (!holder && !waited) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      continue;
    }
    ::close(lock);
    if (holder)
      return std::unexpected(
          FolderTrouble{path_.string() + " is served at " + holder->address.text() + ".", holder});
    return std::unexpected(FolderTrouble{
        "Expected the data folder " + path_.string() +
            " to be free, but another casetrail command is at work in it. Try again when it has ended.",
        std::nullopt});
  }
  fs::remove(path_ / kAddressFile, error);
  fs::remove(path_ / kTokenFile, error);
  return std::unique_ptr<FolderLock>(new FolderLock(path_, lock));
}

FolderLook::~FolderLook() {
  if (file_ >= 0) ::close(file_);
}

FolderLook DataFolder::look() const {
  const int file = ::open((path_ / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  const bool held = file >= 0 && ::flock(file, LOCK_SH | LOCK_NB) != 0;
  return {file, held, held ? published_holder() : std::nullopt};
}

/// An embedded log is made before anything else, so that stores or a node without one are Kafka's; what is
/// known of one stays when it is gone.
std::optional<LogKind> DataFolder::served() const {
  if (is_there(path_ / "log") || is_there(path_ / "log.known")) return LogKind::embedded;
  if (is_there(path_ / "node") || is_there(path_ / "stores")) return LogKind::kafka;
  return std::nullopt;
}

std::expected<void, std::string> DataFolder::check_served(LogKind asked) const {
  const auto known = served();
  if (!known || *known == asked) return {};
  if (*known == LogKind::kafka) {
    return std::unexpected("Expected --brokers, for " + path_.string() +
                           " has served Kafka (it has stores, but no log of its own), but none are named. "
                           "Name them with --brokers or CASETRAIL_BROKERS, or another folder with --data for "
                           "a log of its own. If it had one that was moved away, bring " +
                           (path_ / "log").string() + " back first.");
  }
  return std::unexpected(path_.string() +
                         " holds an embedded log: drop --brokers, or use another --data for Kafka.");
}

std::optional<std::string> DataFolder::lost_log() const {
  const auto log = path_ / "log";
  std::error_code unreadable;
  const auto is_part = [](const fs::directory_entry& entry) {
    return entry.path().filename() != "lost+found";
  };
  if (!is_there(path_ / "stores") || is_there(path_ / "log.known") ||
      std::ranges::any_of(fs::directory_iterator(log, unreadable), is_part))
    return std::nullopt;
  return "The log in " + log.string() + " is gone: its folder is empty, though " +
         (path_ / "stores").string() + " was made of it; how many records were in it nobody can tell.";
}

std::expected<std::string, std::string> DataFolder::node_id() const {
  const auto file = path_ / "node";
  if (auto known = read_file(file); known && !known->empty()) {
    if (known->ends_with('\n')) known->pop_back();
    if (is_node_name(*known)) return *known;
    return std::unexpected(
        "Expected " + file.string() +
        " to hold the name of this node (letters, digits, '.', '_' and '-'), but it is damaged. "
        "Restore it from a backup; or remove it: the node gets a new name, and others take its "
        "old one's partitions when its session has ended.");
  }
  auto fresh = "n" + api::uuid_v7(api::wall_clock()).substr(24);
  if (auto written = replace_file(file, fresh + "\n"); !written) return std::unexpected(written.error());
  return fresh;
}

std::expected<std::string, std::string> DataFolder::contact_secret() const {
  static constexpr std::size_t kWords = 8;
  const auto file = path_ / "contact.key";
  if (auto known = read_file(file); known && !known->empty()) return *std::move(known);
  std::random_device random;
  std::string fresh;
  for (std::size_t i = 0; i < kWords; ++i)
    fresh += fmt::format("{:08x}", static_cast<std::uint32_t>(random()));
  std::error_code failed;
  std::filesystem::create_directories(path_, failed);  // what fails is told by who writes the file
  if (auto written = replace_file(file, fresh); !written) return std::unexpected(written.error());
  return fresh;
}

}  // namespace casetrail::node
