// SQLite behind one door. What fails is thrown as a `Failure`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "workers/export/failure.h"

struct sqlite3;
struct sqlite3_stmt;

namespace casetrail::exports {

using Value = std::variant<std::monostate, std::string, std::int64_t, double, bool>;

/// The file is no database, is damaged, or has not the table that was asked for.
struct NotAsExpected : Failure {
  NotAsExpected(const std::string& sentence, std::string what)
      : Failure(Trouble::unavailable, sentence), reason(std::move(what)) {}

  std::string reason;  ///< in the words of SQLite
};

/// One prepared statement. Belongs to its database.
class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql);

  /// From 1 on.
  Statement& bind(int at, const Value& value);
  Statement& bind_text(int at, std::string_view text);
  Statement& bind_bytes(int at, std::string_view bytes);
  Statement& bind_number(int at, std::int64_t number);

  /// The next row; false: there is none, and the statement can be bound and run again.
  bool next();
  /// To its end, for one without rows; returns how many it changed.
  std::int64_t run();

  /// Of the row, from 0 on; valid until the next one.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] Value value(int column) const;

 private:
  void fail() const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
};

/// One thread. Its cache is bounded; what does not fit lies on the disk.
class Database {
 public:
  /// Asked now and then while a statement runs; true ends it.
  using Stopped = std::function<bool()>;

  /// A new one in `file`.
  static Database create(const std::filesystem::path& file, Stopped stopped);
  /// One without a name on the disk of `folder`, gone when this process is.
  static Database temporary(const std::filesystem::path& folder, Stopped stopped);
  static Database open_to_read(const std::filesystem::path& file, Stopped stopped);

  void run(const std::string& sql);
  [[nodiscard]] Statement prepare(const std::string& sql) { return {database_.get(), sql}; }

 private:
  Database(const std::string& name, int flags, Stopped stopped);

  std::unique_ptr<Stopped> stopped_;  // where SQLite finds it
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> database_;
};

}  // namespace casetrail::exports
