// The only file that includes sqlite3.h.
#include "workers/export/database.h"

#include <sqlite3.h>

#include <type_traits>
#include <utility>

namespace casetrail::exports {
namespace {

constexpr int kStepsBetweenQuestions = 20'000;

[[noreturn]] void throw_error(sqlite3* database) {
  const auto code = sqlite3_errcode(database) & 0xFF;
  if (code == SQLITE_INTERRUPT)
    throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
  if (code == SQLITE_FULL)
    throw Failure(Trouble::unavailable,
                  "Disk full: what is exported is sorted beside the file, and there is no more room. Free "
                  "space, or name a file on another disk.");
  const std::string reason = sqlite3_errmsg(database);
  const auto sentence =
      "Cannot keep what is exported: " + reason + ". Check the rights and the disk of the file's folder.";
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_ERROR)
    throw NotAsExpected(sentence, reason);
  throw Failure(Trouble::unavailable, sentence);
}

}  // namespace

Statement::Statement(sqlite3* database, const std::string& sql)
    : database_(database), statement_(nullptr, sqlite3_finalize) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v3(database, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &made, nullptr) != SQLITE_OK)
    throw_error(database);
  statement_.reset(made);
}

void Statement::fail() const { throw_error(database_); }

Statement& Statement::bind_text(int at, std::string_view text) {
  if (sqlite3_bind_text(statement_.get(), at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT) !=
      SQLITE_OK)
    fail();
  return *this;
}

Statement& Statement::bind_bytes(int at, std::string_view bytes) {
  if (sqlite3_bind_blob(statement_.get(), at, bytes.data(), static_cast<int>(bytes.size()),
                        SQLITE_TRANSIENT) != SQLITE_OK)
    fail();
  return *this;
}

Statement& Statement::bind_number(int at, std::int64_t number) {
  if (sqlite3_bind_int64(statement_.get(), at, number) != SQLITE_OK) fail();
  return *this;
}

Statement& Statement::bind(int at, const Value& value) {
  return std::visit(
      [&](const auto& of) -> Statement& {
        using Of = std::remove_cvref_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, std::string>) {
          return bind_text(at, of);
        } else if constexpr (std::is_same_v<Of, std::monostate>) {
          if (sqlite3_bind_null(statement_.get(), at) != SQLITE_OK) fail();
          return *this;
        } else if constexpr (std::is_same_v<Of, double>) {
          if (sqlite3_bind_double(statement_.get(), at, of) != SQLITE_OK) fail();
          return *this;
        } else {
          return bind_number(at, static_cast<std::int64_t>(of));
        }
      },
      value);
}

bool Statement::next() {
  const auto step = sqlite3_step(statement_.get());
  if (step == SQLITE_ROW) return true;
  if (step != SQLITE_DONE) fail();
  sqlite3_reset(statement_.get());
  return false;
}

std::int64_t Statement::run() {
  const auto before = sqlite3_total_changes64(database_);
  while (next()) {
  }
  return sqlite3_total_changes64(database_) - before;
}

std::string_view Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

Value Statement::value(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_INTEGER: return number(column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement_.get(), column);
    case SQLITE_NULL: return std::monostate();
    default: return std::string(text(column));
  }
}

Database::Database(const std::string& name, int flags, Stopped stopped)
    : stopped_(std::make_unique<Stopped>(std::move(stopped))), database_(nullptr, sqlite3_close) {
  sqlite3* opened = nullptr;
  const auto result = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
  database_.reset(opened);
  if (result != SQLITE_OK) throw_error(opened);
  sqlite3_progress_handler(
      opened, kStepsBetweenQuestions, [](void* asked) { return (*static_cast<Stopped*>(asked))() ? 1 : 0; },
      stopped_.get());
  // A file that is not whole is thrown away: it needs no journal.
  run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; PRAGMA temp_store=FILE");
}

Database Database::create(const std::filesystem::path& file, Stopped stopped) {
  return {file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, std::move(stopped)};
}

Database Database::temporary(const std::filesystem::path& folder, Stopped stopped) {
  sqlite3_free(sqlite3_temp_directory);
  sqlite3_temp_directory = sqlite3_mprintf("%s", folder.c_str());
  return {"", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, std::move(stopped)};
}

Database Database::open_to_read(const std::filesystem::path& file, Stopped stopped) {
  return {file.string(), SQLITE_OPEN_READONLY, std::move(stopped)};
}

void Database::run(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw_error(database_.get());
}

}  // namespace casetrail::exports
