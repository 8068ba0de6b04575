// Keys, and what is sealed with them: XChaCha20-Poly1305 (RFC 8439 with a nonce of 192 bits), behind which
// libsodium stays.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace casetrail::privacy {

/// 256 bits that nobody may read; they are wiped when they go.
class Secret {
 public:
  static constexpr std::size_t kBytes = 32;

  [[nodiscard]] static Secret random();
  /// Nothing when these are not as many bytes as a key has.
  [[nodiscard]] static std::optional<Secret> from(std::string_view bytes);

  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret();

  /// Another key, which tells nothing of this one.
  [[nodiscard]] Secret derived(std::string_view purpose) const;

  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  /// Tells two keys apart and tells nothing of them: 16 hex digits.
  [[nodiscard]] std::string_view id() const { return {id_.data(), id_.size()}; }

 private:
  static constexpr std::size_t kIdDigits = 16;
  using Bytes = std::array<unsigned char, kBytes>;

  explicit Secret(const Bytes& bytes);

  Bytes bytes_;
  std::array<char, kIdDigits> id_;
};

/// `text` sealed, as base64. Only who has `key` and names the same `place` opens it.
[[nodiscard]] std::string seal(const Secret& key, std::string_view text, std::string_view place);

/// Nothing when it was changed, or sealed with another key or for another place.
[[nodiscard]] std::optional<std::string> open(const Secret& key, std::string_view sealed,
                                              std::string_view place);

[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace casetrail::privacy
