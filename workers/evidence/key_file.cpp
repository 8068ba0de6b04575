// One line each: a mark that tells the halves apart, by which scanners for secrets find the one, and the key
// in hex digits.
#include "workers/evidence/key_file.h"

#include <fstream>
#include <optional>
#include <system_error>

#include "workers/privacy/private_file.h"

namespace casetrail::evidence {
namespace {

constexpr std::string_view kSigningMark = "casetrail_evidence_secret_";
constexpr std::string_view kPublicMark = "casetrail_evidence_public_";

template <class Key>
std::expected<Key, std::string> read_key(const std::filesystem::path& file, std::string_view mark,
                                         const std::string& remedy) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line))
    return std::unexpected("The key " + file.string() + " cannot be read. Check the name and its rights.");
  const auto key = line.starts_with(mark) ? Key::from_text(std::string_view(line).substr(mark.size()))
                                          : std::optional<Key>();
  if (key) return *key;
  return std::unexpected("Expected " + file.string() + " to hold " + remedy);
}

}  // namespace

std::filesystem::path public_file_of(const std::filesystem::path& file) { return file.string() + ".pub"; }

std::expected<SigningKey, std::string> create_signing_key(const std::filesystem::path& file) {
  const auto beside = public_file_of(file);
  std::error_code untold;
  if (std::filesystem::exists(beside, untold))
    return std::unexpected("There is a file " + beside.string() + " already. Name another one.");
  auto key = SigningKey::random();
  if (auto made = privacy::write_private_file(file, std::string(kSigningMark) + key.text()); !made)
    return std::unexpected(std::move(made).error());
  std::ofstream out(beside);
  out << kPublicMark << key.public_key().text() << '\n';
  out.flush();
  if (out) return key;
  return std::unexpected("The file " + beside.string() +
                         " cannot be written. Check its folder and the space there.");
}

std::expected<SigningKey, std::string> read_signing_key(const std::filesystem::path& file) {
  return read_key<SigningKey>(file, kSigningMark,
                              "the key that signs heads, as `casetrail evidence key --out FILE` makes it in "
                              "FILE, but it does not.");
}

std::expected<PublicKey, std::string> read_public_key(const std::filesystem::path& file) {
  return read_key<PublicKey>(
      file, kPublicMark,
      "the public key of signed heads, as `casetrail evidence key --out FILE` makes it "
      "in FILE.pub, but it does not.");
}

}  // namespace casetrail::evidence
