// The files of RocksDB, of the embedded log and of every store.
#pragma once

namespace rocksdb {
class Env;
}

namespace casetrail::log {

/// RocksDB's own files, with four differences. A write that fails ends the process, with a sentence and exit
/// code 3: RocksDB 7.8 as Debian builds it comes back to such a file, at the latest when it is closed, and
/// aborts there by an assertion. What was answered is synced before, so nothing of it is lost. A write that
/// finds the disk full may wait instead, see `when_disk_is_full`. A file that cannot be opened because the
/// process has no descriptor left is tried again for some seconds. And a file reserves its room on the disk
/// in small pieces. Lives as long as the process; any thread.
[[nodiscard]] rocksdb::Env* rocks_files();

enum class FullDisk {
  ends,   ///< the process
  waits,  ///< until there is room, and says so; others read meanwhile
};

/// From now on, those that wait included. At first it ends: who opens or closes a file would wait in silence.
void when_disk_is_full(FullDisk);

}  // namespace casetrail::log
