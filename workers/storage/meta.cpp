// Identity is written once, into an empty store, and compared ever after.
#include "workers/storage/meta.h"

#include <charconv>
#include <string>

#include "events/wire/binary.h"

namespace casetrail::storage::meta {
namespace {

constexpr std::string_view kFormat = "format";
constexpr std::string_view kLog = "log";
constexpr std::string_view kFingerprint = "fingerprint";
/// Raised when a store changes so that an older binary cannot read it.
constexpr int kFormatVersion = 1;

using Claim = std::expected<std::optional<StorePosition>, Discarded>;

Claim refused(DiscardReason reason, std::string sentence) {
  return std::unexpected(Discarded{reason, std::move(sentence)});
}

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

StoreResult<void> mark(Store& store, const StoreIdentity& identity) {
  StoreBatch batch;
  batch.put(kMetaFamily, std::string(kFormat), std::to_string(kFormatVersion));
  batch.put(kMetaFamily, std::string(kLog), identity.log);
  batch.put(kMetaFamily, std::string(kFingerprint), identity.fingerprint);
  return store.write(batch);
}

Claim compare(const std::optional<std::string>& log, const std::optional<std::string>& fingerprint,
              const std::optional<std::string>& position, int format, const StoreIdentity& expected) {
  if (format > kFormatVersion) {
    return refused(DiscardReason::newer_version, "Expected store format " + std::to_string(kFormatVersion) +
                                                     ", but a newer version wrote " + std::to_string(format) +
                                                     ".");
  }
  if (format < 1 || !log || !fingerprint) {
    return refused(DiscardReason::corrupt, "Expected a store to name its log, but this one does not.");
  }
  if (*log != expected.log) {
    return refused(DiscardReason::other_log,
                   "Expected a store of log '" + expected.log + "', but it is of '" + *log + "'.");
  }
  if (*fingerprint != expected.fingerprint) {
    return refused(DiscardReason::other_schema, "Expected rows of schema " + expected.fingerprint +
                                                    ", but they are of " + *fingerprint + ".");
  }
  if (!position) return std::optional<StorePosition>{};
  StorePosition found;
  if (!from_binary(*position, found)) {
    return refused(DiscardReason::corrupt, "Expected the store's position, but its row is damaged.");
  }
  return found;
}

}  // namespace

StoreResult<Claim> claim(Store& store, const StoreIdentity& expected) {
  const auto format = store.get(kMetaFamily, kFormat);
  const auto log = store.get(kMetaFamily, kLog);
  const auto fingerprint = store.get(kMetaFamily, kFingerprint);
  const auto position = store.get(kMetaFamily, kPosition);
  for (const auto* row : {&format, &log, &fingerprint, &position}) {
    if (!*row) return std::unexpected(row->error());
  }
  if (!*format && !*log && !*fingerprint && !*position) {
    if (auto marked = mark(store, expected); !marked) return std::unexpected(marked.error());
    return Claim(std::optional<StorePosition>{});
  }
  return compare(*log, *fingerprint, *position, number_in(format->value_or("")), expected);
}

}  // namespace casetrail::storage::meta
