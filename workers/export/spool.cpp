// Rows are the records of the log, written and read by the code that the log's own are.
#include "workers/export/spool.h"

#include <string>
#include <utility>
#include <vector>

#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

Database tables_in(const std::filesystem::path& folder, Database::Stopped stopped) {
  auto database = Database::temporary(folder, std::move(stopped));
  database.run(
      "CREATE TABLE event (place INTEGER PRIMARY KEY, case_id TEXT, headers BLOB, value BLOB);"
      "CREATE TABLE chosen (case_id TEXT, filter TEXT, PRIMARY KEY (case_id, filter)) WITHOUT ROWID;"
      "BEGIN");
  return database;
}

}  // namespace

Spool::Spool(const std::filesystem::path& folder, Database::Stopped stopped)
    : database_(tables_in(folder, std::move(stopped))),
      insert_(database_.prepare("INSERT INTO event (case_id, headers, value) VALUES (?, ?, ?)")),
      choose_(database_.prepare("INSERT OR IGNORE INTO chosen VALUES (?, ?)")) {}

void Spool::add(const CaseEvent& event) {
  const auto message = write_event(event);
  insert_.bind_text(1, message.key)
      .bind_bytes(2, message.headers.packed())
      .bind_bytes(3, message.value)
      .run();
  ++events_;
}

void Spool::add_damage(const CaseId& case_id) {
  insert_.bind_text(1, case_id.value).bind(2, {}).bind(3, {}).run();
}

void Spool::choose(const CaseId& case_id, std::string_view filter) {
  choose_.bind_text(1, case_id.value).bind_text(2, filter).run();
}

void Spool::for_each(std::size_t filters, const Take& take) {
  auto rows = database_.prepare(
      filters == 0 ? "SELECT case_id, headers, value FROM event ORDER BY case_id, place"
                   : "SELECT case_id, headers, value FROM event WHERE case_id IN (SELECT case_id FROM chosen "
                     "GROUP BY case_id HAVING count(*) = " +
                         std::to_string(filters) + ") ORDER BY case_id, place");
  CaseEvent event;
  std::vector<HeaderView> headers;
  while (rows.next()) {
    const CaseId case_id{std::string(rows.text(0))};
    if (rows.text(1).empty()) {
      take(case_id, nullptr);
      continue;
    }
    headers.clear();
    for (Headers::Iterator at(rows.text(1)); at != std::default_sentinel; ++at) headers.push_back(*at);
    const auto read =
        read_event({.key = rows.text(0), .value = rows.text(2), .headers = headers, .timestamp = {}}, event);
    if (read.reading != Reading::ours) throw Failure(Trouble::wrong, read.reason);
    take(case_id, &event);
  }
}

}  // namespace casetrail::exports
