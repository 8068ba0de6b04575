// Block after block; where one cannot be read, the next one that can is searched for.
#include "workers/log/embedded/verify.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "events/case/case_order.h"
#include "workers/log/embedded/answered.h"
#include "workers/log/embedded/block.h"
#include "workers/log/embedded/core.h"
#include "workers/log/embedded/known.h"
#include "workers/log/embedded/missing.h"
#include "workers/log/partition.h"

namespace casetrail::embedded {

namespace {

namespace fs = std::filesystem;

/// The records of a row, from `least` on; nothing when it is damaged, or ends elsewhere than at `last`. Each
/// one is shown to `look` as it is come by.
template <class Look>
std::optional<std::int64_t> records_in(std::string_view row, log::Offset least, log::Offset last,
                                       const Look& look) {
  const auto block = block_of(row);
  auto cursor = block ? BlockCursor::open(*block) : std::nullopt;
  if (!cursor || cursor->base() < least) return std::nullopt;
  std::int64_t records = 0;
  std::vector<HeaderView> headers;
  for (log::Offset reached = -1; reached < last; ++records) {
    const auto raw = cursor->at_end() ? std::nullopt : cursor->next();
    headers.clear();
    const auto record = raw ? decode_record(raw->record, headers) : std::nullopt;
    if (!record) return std::nullopt;
    reached = raw->offset;
    if (reached > last) return std::nullopt;
    look(reached, MessageView{record->key, record->value, headers, record->timestamp});
  }
  return cursor->at_end() ? std::optional(records) : std::nullopt;
}

/// The file with long values that holds `key`, as its bytes lie there before the value's; empty: none does.
std::string blob_with(const fs::path& folder, std::string_view key) {
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    if (entry.path().extension() != ".blob") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string window;
    for (std::string piece(std::size_t{1} << 20U, '\0');
         file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0;) {
      window.append(piece, 0, static_cast<std::size_t>(file.gcount()));
      if (window.find(key) != std::string::npos) return entry.path().string();
      window.erase(0, window.size() - std::min(window.size(), key.size()));
    }
  }
  return {};
}

class Verification {
 public:
  Verification(const EmbeddedRows& rows, const fs::path& folder, const OnVerified& on_progress,
               const OnRecord& on_record)
      : rows_(rows), folder_(folder), on_progress_(on_progress), on_record_(on_record) {}

  EmbeddedRows::Result<VerifiedLog> run() {
    if (auto checked = check_files(); !checked) return std::unexpected(checked.error());
    if (auto checked = check_marks(); !checked) return std::unexpected(checked.error());
    const auto partitions = number_at(rows_, std::string(keys::kPartitions));
    if (!partitions) return std::unexpected(partitions.error());
    partitions_ = static_cast<log::Partition>(*partitions);
    auto identity = rows_.get(keys::kIdentity);
    if (!identity) return std::unexpected(identity.error());
    found_.identity = std::move(*identity).value_or("");
    std::vector<Place> places;
    for (const log::Topic topic : kTopics) {
      const auto count = static_cast<log::Partition>(
          topic == log::Topic::policy ? std::min<log::Offset>(*partitions, 1) : *partitions);
      for (log::Partition partition = 0; partition < count; ++partition) {
        const auto low = number_at(rows_, keys::low(topic, partition));
        const auto next = number_at(rows_, keys::next(topic, partition));
        if (!low || !next) return std::unexpected(low ? next.error() : low.error());
        places.push_back({topic, partition, *low, *next});
        total_ += *next - *low;
      }
    }
    // Heads before the events that they are of.
    std::ranges::stable_partition(places,
                                  [](const Place& place) { return place.topic == log::Topic::evidence; });
    for (const auto& place : places) {
      if (auto checked = check(place); !checked) return std::unexpected(checked.error());
      if (stopped_) break;
    }
    found_.partitions = std::move(places);
    return std::move(found_);
  }

 private:
  using Place = VerifiedPartition;
  struct GivenUp {
    log::Offset from;
    log::Offset until;
  };

  /// What the log knows of its own files: one that is gone or cut short is named once.
  EmbeddedRows::Result<void> check_files() {
    for (const auto& [path, bytes] : rows_.files()) {
      std::error_code gone;
      const auto size = fs::file_size(path, gone);
      if (!gone && size >= bytes) continue;
      found_.damage.push_back(
          {{}, 0, 0, 0, path, gone ? gone.message() : fmt::format("it has {} of its {} bytes", size, bytes)});
    }
    return {};
  }

  EmbeddedRows::Result<void> check_marks() {
    const auto missing = missing_from(rows_, folder_);
    if (!missing) return std::unexpected(missing.error());
    if (!missing->damaged_marks.empty())
      found_.damage.push_back(
          {{}, 0, 0, 0, AnsweredMarks::file_in(folder_).string(), missing->damaged_marks});
    if (missing->replaced) {
      found_.damage.push_back(
          {{},
           0,
           0,
           0,
           folder_.string(),
           fmt::format("another log than the one that {} knows, which had answered up to {} records",
                       known_folder(folder_).string(), *missing->replaced)});
    }
    for (const auto& [topic, partition, from, until] : missing->lost)
      add(topic, partition, from, until, {}, kGone);
    return {};
  }

  EmbeddedRows::Result<void> check(const Place& place) {
    given_up_.clear();
    const auto listed =
        rows_.scan(keys::lost(place.topic, place.partition, 0),
                   keys::lost(place.topic, place.partition, place.next), [&](auto key, auto until) {
                     given_up_.push_back({keys::last_of_block(key), keys::number_of(until)});
                     return true;
                   });
    if (!listed) return listed;
    log::Offset at = place.low;
    while (at < place.next) {
      const auto scanned =
          rows_.scan(keys::block(place.topic, place.partition, at),
                     keys::block(place.topic, place.partition, place.next), [&](auto key, auto row) {
                       check_block(place, at, key, row);
                       at = keys::last_of_block(key) + 1;
                       stopped_ = !on_progress_(done_ + at - place.low, total_);
                       return !stopped_;
                     });
      if (scanned) break;
      const log::Offset until = end_of_damage(place, at);
      const auto key = keys::block(place.topic, place.partition, until - 1);
      add(place.topic, place.partition, at, until, blob_with(folder_, key), scanned.error().what);
      at = until;
    }
    if (stopped_) return {};
    check_gap(place, at, place.next);
    done_ += place.next - place.low;
    return {};
  }

  void check_block(const Place& place, log::Offset at, std::string_view key, std::string_view row) {
    const log::Offset last = keys::last_of_block(key);
    const auto records = records_in(row, at, last, [&](auto offset, const auto& record) {
      check_place(place, offset, record);
      if (on_record_) on_record_(place.topic, place.partition, offset, record);
    });
    if (!records)
      return add(place.topic, place.partition, at, last + 1, blob_with(folder_, key),
                 "its bytes are no records");
    found_.records += *records;
    check_gap(place, at, base_in(row).value_or(at));
  }

  /// Whole, and as it was written, but not where the events of its case lie, or of no case.
  void check_place(const Place& place, log::Offset offset, const MessageView& record) {
    if (place.topic != log::Topic::events) return;
    const auto belongs_in = log::partition_of(record.key.value_or(""), partitions_);
    if (belongs_in == place.partition && record.header("ce_commandoffset")) return;
    const auto reading = read_event(record, event_).reading;
    if (is_stray(record, reading, place.partition, belongs_in))
      return add(place.topic, place.partition, offset, offset + 1, {}, why_stray(record, belongs_in));
    if (reading == Reading::ours && begins_nothing(step_of(event_)))
      add(place.topic, place.partition, offset, offset + 1, {}, why_begins_nothing(event_.case_id));
  }

  /// The end of a transaction takes an offset; what was given up is no news. The beginning is held against
  /// what may be forgotten elsewhere.
  void check_gap(const Place& place, log::Offset at, log::Offset next) {
    if (at == place.low) return;
    for (const auto& [from, until] : given_up_)
      if (at + 1 >= from && at < until) at = until;
    if (next > at + 1) add(place.topic, place.partition, at, next, {}, kGone);
  }

  [[nodiscard]] bool is_readable(const Place& place, log::Offset from) const {
    return rows_
        .scan(keys::block(place.topic, place.partition, from),
              keys::block(place.topic, place.partition, place.next),
              [](auto /*key*/, auto /*row*/) { return false; })
        .has_value();
  }

  /// Behind the block that holds `from`, and those behind it that cannot be read either.
  [[nodiscard]] log::Offset end_of_damage(const Place& place, log::Offset from) const {
    log::Offset damaged = from;
    log::Offset sound = place.next;
    for (log::Offset step = 1; from + step < place.next; step *= 2) {
      if (is_readable(place, from + step)) {
        sound = from + step;
        break;
      }
      damaged = from + step;
    }
    while (sound - damaged > 1) {
      const log::Offset middle = damaged + (sound - damaged) / 2;
      (is_readable(place, middle) ? sound : damaged) = middle;
    }
    return sound;
  }

  void add(log::Topic topic, log::Partition partition, log::Offset from, log::Offset until, std::string file,
           std::string what) {
    found_.damage.push_back({std::string(enum_names(topic)[static_cast<std::size_t>(topic)]), partition, from,
                             until, std::move(file), std::move(what)});
  }

  static constexpr auto kGone = "records are gone";

  const EmbeddedRows& rows_;
  const fs::path& folder_;
  const OnVerified& on_progress_;
  const OnRecord& on_record_;
  std::vector<GivenUp> given_up_;  ///< of the partition that is read, by their offsets
  VerifiedLog found_;
  log::Partition partitions_ = 0;
  CaseEvent event_;
  bool stopped_ = false;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace

log::LogResult<VerifiedLog> verify_embedded_log(const fs::path& folder, std::size_t memory_bytes,
                                                const OnVerified& on_progress, const OnRecord& on_record) {
  if (const auto answered = emptied(folder)) {
    return VerifiedLog{.damage = {{{},
                                   0,
                                   0,
                                   0,
                                   folder.string(),
                                   fmt::format("it is empty, though it had answered up to {} records, by {}",
                                               *answered, known_folder(folder).string())}}};
  }
  auto rows = EmbeddedRows::open(folder, EmbeddedRows::Opening::look_up_to_damage, memory_bytes);
  auto found =
      rows ? Verification(**rows, folder, on_progress, on_record).run() : std::unexpected(rows.error());
  if (found) return *std::move(found);
  switch (found.error().kind) {
    case RowsError::Kind::unsafe:
    case RowsError::Kind::damaged:
      return VerifiedLog{.damage = {{{}, 0, 0, 0, folder.string(), found.error().what}}};
    case RowsError::Kind::held:
    case RowsError::Kind::disk: break;
  }
  return std::unexpected(
      log::LogError{log::LogFailure::unavailable,
                    fmt::format("The log in {} cannot be read ({}); make it readable and try again.",
                                folder.string(), found.error().what)});
}

std::string text_of(const LogDamage& damage) {
  if (damage.topic.empty()) return fmt::format("{}: {}", damage.file, damage.what);
  return fmt::format("{}/{}, offsets {} to {}: {}", damage.topic, damage.partition, damage.from,
                     damage.until - 1, damage.what);
}

}  // namespace casetrail::embedded
