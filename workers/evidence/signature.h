// Who says how far a chain went: ed25519 signatures, behind which libsodium stays.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace casetrail::evidence {

/// What checks signatures, and may be read by anybody.
class PublicKey {
 public:
  static constexpr std::size_t kBytes = 32;
  using Bytes = std::array<unsigned char, kBytes>;

  explicit PublicKey(const Bytes& bytes) : bytes_(bytes) {}
  /// Nothing when these are not as many hex digits as a key has.
  [[nodiscard]] static std::optional<PublicKey> from_text(std::string_view hex);
  [[nodiscard]] std::string text() const;
  /// The first 16 digits of its text.
  [[nodiscard]] std::string id() const;

  /// Whether the key's other half made `signature` for exactly this text.
  [[nodiscard]] bool confirms(std::string_view text, std::string_view signature) const;

 private:
  Bytes bytes_;
};

/// What makes signatures, and may be read by nobody else; wiped when it goes.
class SigningKey {
 public:
  [[nodiscard]] static SigningKey random();
  /// Nothing when these are not as many hex digits as its seed has.
  [[nodiscard]] static std::optional<SigningKey> from_text(std::string_view hex);
  [[nodiscard]] std::string text() const;

  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  [[nodiscard]] PublicKey public_key() const;
  /// 128 hex digits.
  [[nodiscard]] std::string sign(std::string_view text) const;

 private:
  static constexpr std::size_t kSeedBytes = 32;
  using Seed = std::array<unsigned char, kSeedBytes>;

  explicit SigningKey(const Seed& seed);

  std::array<unsigned char, 64> secret_{};  ///< the seed, and the public half
};

}  // namespace casetrail::evidence
