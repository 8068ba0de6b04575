// An edition is immutable: who asks keeps theirs while the next one is read.
#include "workers/identity/book.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "events/wire/sha256.h"

namespace casetrail::identity {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kLookEvery{1};

std::expected<std::string, std::string> text_of(const fs::path& file) {
  std::error_code failed;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, failed))
    return std::unexpected(
        fmt::format("Expected {} to be a file that can be read, but it is not.", file.string()));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

FileStamp stamp_of(const fs::path& file) {
  std::error_code gone;
  return {file, fs::last_write_time(file, gone), fs::file_size(file, gone)};
}

/// Who may write the file may do everything.
std::optional<std::string> open_to_writers(const fs::path& file) {
  std::error_code failed;
  if ((fs::status(file, failed).permissions() & fs::perms::others_write) == fs::perms::none)
    return std::nullopt;
  return fmt::format(
      "Everybody may write {}, and give themselves every right. Shut them out with: chmod o-w {}",
      file.string(), file.string());
}

std::string sentences_of(const fs::path& file, const std::vector<Complaint>& complaints) {
  std::string text;
  for (const auto& [line, column, path, sentence] : complaints)
    text += fmt::format("{}{}: {}{}", text.empty() ? "" : "\n", file.string(),
                        line > 0 ? fmt::format("line {}: ", line) : "", sentence);
  return text;
}

}  // namespace

struct IdentityBook::Edition {
  Identities identities;
  std::vector<KeySet> keys;       ///< of each provider
  std::vector<FileStamp> stamps;  ///< of all files
};

std::expected<std::shared_ptr<const IdentityBook::Edition>, std::string> IdentityBook::read(
    const fs::path& file) {
  if (auto why = open_to_writers(file)) return std::unexpected(*std::move(why));
  auto edition = std::make_shared<Edition>();
  edition->stamps.push_back(stamp_of(file));
  const auto text = text_of(file);
  if (!text) return std::unexpected(text.error());
  auto identities = parse_identities(*text);
  if (!identities) return std::unexpected(sentences_of(file, identities.error()));
  edition->identities = *std::move(identities);
  for (const auto& provider : edition->identities.providers) {
    const auto jwks = file.parent_path() / provider.jwks;
    edition->stamps.push_back(stamp_of(jwks));
    const auto json = text_of(jwks);
    if (!json) return std::unexpected(json.error());
    auto keys = KeySet::parse(*json);
    if (!keys) return std::unexpected(jwks.string() + ": " + keys.error());
    edition->keys.push_back(*std::move(keys));
  }
  return edition;
}

std::expected<std::unique_ptr<IdentityBook>, std::string> IdentityBook::open(fs::path file,
                                                                             LocalHolder local) {
  auto edition = read(file);
  if (!edition) return std::unexpected(std::move(edition).error());
  return std::unique_ptr<IdentityBook>(
      new IdentityBook(std::move(file), std::move(local), *std::move(edition)));
}

IdentityBook::IdentityBook(fs::path file, LocalHolder local, std::shared_ptr<const Edition> edition)
    : file_(std::move(file)),
      local_(std::make_shared<const Identity>(std::move(local.identity))),
      local_hash_(std::move(local.token_sha256)),
      edition_(std::move(edition)) {}

std::shared_ptr<const IdentityBook::Edition> IdentityBook::current() {
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if (now - looked_ < kLookEvery) return edition_;
  looked_ = now;
  std::vector<FileStamp> stamps;
  for (const auto& stamp : edition_->stamps) stamps.push_back(stamp_of(stamp.file));
  if (stamps == edition_->stamps || stamps == refused_) return edition_;
  auto next = read(file_);
  if (next) {
    edition_ = *std::move(next);
    refused_.clear();
    spdlog::info("identities read anew: file={} holders={} providers={}", file_.string(),
                 edition_->identities.holders.size(), edition_->identities.providers.size());
  } else {
    refused_ = std::move(stamps);
    spdlog::error("identities unreadable: file={}; those from before stay in force. {}", file_.string(),
                  next.error());
  }
  return edition_;
}

std::expected<std::shared_ptr<const Identity>, std::string> IdentityBook::holder_of(std::string_view token,
                                                                                    Timestamp now) {
  const auto edition = current();
  const auto hash = sha256_hex(token);
  if (hash == local_hash_) return local_;
  if (const auto* holder = edition->identities.holder_of(hash, now))
    return std::shared_ptr<const Identity>(edition, holder);
  const auto issuer = issuer_of(token);
  if (issuer.empty()) return std::unexpected("nobody has this token, or it has expired");
  const auto& providers = edition->identities.providers;
  for (std::size_t i = 0; i < providers.size(); ++i) {
    if (providers[i].issuer != issuer) continue;
    const auto payload = edition->keys[i].payload_of(token);
    if (!payload) return std::unexpected(payload.error());
    auto who = identity_in(*payload, providers[i], now);
    if (!who) return std::unexpected(std::move(who).error());
    return std::make_shared<const Identity>(*std::move(who));
  }
  return std::unexpected("the issuer of the token is none of 'providers'");
}

}  // namespace casetrail::identity
