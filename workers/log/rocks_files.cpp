// Wraps what RocksDB opens for writing; nothing that fails there is given back to it.
#include "workers/log/rocks_files.h"

#include <fmt/core.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace casetrail::log {

namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

/// `kUnavailable` in `workers/cli/exit_code.h`.
constexpr int kExitCode = 3;
/// A journal of the log is many times as long, most other files are shorter.
constexpr std::size_t kMostReserved = std::size_t{4} << 20U;

constexpr auto kDescriptorPause = std::chrono::milliseconds(20);
constexpr int kDescriptorTries = 500;

/// How often a full disk is tried again, and how often the process says that it waits.
constexpr auto kRoomPause = std::chrono::milliseconds(100);
constexpr auto kSayEvery = std::chrono::minutes(1);

std::atomic<FullDisk> full_disk = FullDisk::ends;

bool is_full(const IOStatus& failed) {
  return failed.IsNoSpace() || failed.ToString().find("quota") != std::string::npos;
}

std::string remedy_for(const IOStatus& failed) {
  return is_full(failed) ? "The disk is full. Free space and start again"
                         : "Mend the disk, or make the folder writable, and start again";
}

/// Other threads that fail meanwhile wait here for the end.
[[noreturn]] void end(const std::string& file, const IOStatus& failed) {
  static std::once_flag once;
  std::call_once(once, [&] {
    const auto sentence =
        fmt::format("casetrail: {} cannot be written ({}). {}: nothing that was answered is lost.\n", file,
                    failed.ToString(), remedy_for(failed));
    std::ignore = ::write(STDERR_FILENO, sentence.data(), sentence.size());
    ::_exit(kExitCode);
  });
  ::_exit(kExitCode);
}

void say_that_it_waits(const std::string& file) {
  using Clock = std::chrono::steady_clock;
  static std::atomic<Clock::rep> say_at = 0;
  const auto now = Clock::now();
  auto due = say_at.load();
  if (now.time_since_epoch().count() < due ||
      !say_at.compare_exchange_strong(due, (now + kSayEvery).time_since_epoch().count()))
    return;
  const auto sentence = fmt::format(
      "casetrail: {} waits for room: the disk is full. Free space; it goes on by itself.\n", file);
  std::ignore = ::write(STDERR_FILENO, sentence.data(), sentence.size());
}

/// Does `attempt`, which leaves nothing behind when it fails, until it finds room.
template <class Attempt>
IOStatus once_there_is_room(const std::string& file, const Attempt& attempt) {
  auto status = attempt();
  while (!status.ok() && is_full(status) && full_disk == FullDisk::waits) {
    say_that_it_waits(file);
    std::this_thread::sleep_for(kRoomPause);
    status = attempt();
  }
  return status;
}

class EndingFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  EndingFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::string name)
      : FSWritableFileOwnerWrapper(std::move(file)),
        name_(std::move(name)),
        size_(target()->GetFileSize({}, nullptr)) {}

  using Checks = rocksdb::DataVerificationInfo;

  // By place: of what is appended a part may be there when the disk is full, and it is written over.
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
    return PositionedAppend(data, size_, options, context);
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const Checks& /*checks*/,
                  IODebugContext* context) override {
    return PositionedAppend(data, size_, options, context);
  }
  IOStatus PositionedAppend(const Slice& data, std::uint64_t at, const IOOptions& options,
                            IODebugContext* context) override {
    auto written = done(
        once_there_is_room(name_, [&] { return target()->PositionedAppend(data, at, options, context); }));
    if (written.ok()) size_ = at + data.size();
    return written;
  }
  IOStatus PositionedAppend(const Slice& data, std::uint64_t at, const IOOptions& options,
                            const Checks& /*checks*/, IODebugContext* context) override {
    return PositionedAppend(data, at, options, context);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* context) override {
    auto truncated = done(target()->Truncate(size, options, context));
    if (truncated.ok()) size_ = size;
    return truncated;
  }
  IOStatus Close(const IOOptions& options, IODebugContext* context) override {
    return done(target()->Close(options, context));
  }
  IOStatus Flush(const IOOptions& options, IODebugContext* context) override {
    return done(target()->Flush(options, context));
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    return done(target()->Sync(options, context));
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    return done(target()->Fsync(options, context));
  }
  IOStatus RangeSync(std::uint64_t from, std::uint64_t bytes, const IOOptions& options,
                     IODebugContext* context) override {
    return done(target()->RangeSync(from, bytes, options, context));
  }
  void SetPreallocationBlockSize(std::size_t bytes) override {
    target()->SetPreallocationBlockSize(std::min(bytes, kMostReserved));
  }

 private:
  IOStatus done(IOStatus status) const {
    if (!status.ok() && !status.IsNotSupported()) end(name_, status);
    return status;
  }

  std::string name_;
  std::uint64_t size_;
};

template <class Open>
IOStatus when_a_descriptor_is_free(const Open& open) {
  IOStatus status;
  for (int tries = 0; tries < kDescriptorTries; ++tries) {
    status = open();
    if (status.ok() || status.ToString().find("Too many open files") == std::string::npos) break;
    std::this_thread::sleep_for(kDescriptorPause);
  }
  return status;
}

class EndingFiles final : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
  using Written = std::unique_ptr<rocksdb::FSWritableFile>;

  const char* Name() const override { return "casetrail"; }

  IOStatus NewWritableFile(const std::string& name, const FileOptions& options, Written* file,
                           IODebugContext* context) override {
    return wrap(name, file, [&] { return target()->NewWritableFile(name, options, file, context); });
  }
  IOStatus ReopenWritableFile(const std::string& name, const FileOptions& options, Written* file,
                              IODebugContext* context) override {
    return wrap(name, file, [&] { return target()->ReopenWritableFile(name, options, file, context); });
  }
  IOStatus ReuseWritableFile(const std::string& name, const std::string& old, const FileOptions& options,
                             Written* file, IODebugContext* context) override {
    return wrap(name, file, [&] { return target()->ReuseWritableFile(name, old, options, file, context); });
  }
  IOStatus CreateDir(const std::string& name, const IOOptions& options, IODebugContext* context) override {
    return once_there_is_room(name, [&] { return target()->CreateDir(name, options, context); });
  }
  IOStatus CreateDirIfMissing(const std::string& name, const IOOptions& options,
                              IODebugContext* context) override {
    return once_there_is_room(name, [&] { return target()->CreateDirIfMissing(name, options, context); });
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* context) override {
    return once_there_is_room(to, [&] { return target()->RenameFile(from, to, options, context); });
  }
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& options,
                    IODebugContext* context) override {
    return once_there_is_room(to, [&] { return target()->LinkFile(from, to, options, context); });
  }
  IOStatus NewSequentialFile(const std::string& name, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext* context) override {
    return when_a_descriptor_is_free(
        [&] { return target()->NewSequentialFile(name, options, file, context); });
  }
  IOStatus NewRandomAccessFile(const std::string& name, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext* context) override {
    return when_a_descriptor_is_free(
        [&] { return target()->NewRandomAccessFile(name, options, file, context); });
  }

 private:
  template <class Open>
  static IOStatus wrap(const std::string& name, Written* file, const Open& open) {
    auto opened = once_there_is_room(name, [&] { return when_a_descriptor_is_free(open); });
    if (opened.IsNoSpace()) end(name, opened);
    if (opened.ok()) *file = std::make_unique<EndingFile>(std::move(*file), name);
    return opened;
  }
};

}  // namespace

rocksdb::Env* rocks_files() {
  // Stores of static lifetime may outlive what is destroyed at the end: it is not.
  static auto* const files =
      rocksdb::NewCompositeEnv(std::make_shared<EndingFiles>(rocksdb::FileSystem::Default())).release();
  return files;
}

void when_disk_is_full(FullDisk then) { full_disk = then; }

}  // namespace casetrail::log
