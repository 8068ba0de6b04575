// NDJSON, and what the checks of all formats share.
#include "workers/export/check.h"

#include <fstream>

#include "events/wire/json_reader.h"
#include "events/wire/timestamp.h"
#include "events/wire/whole_number.h"
#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

std::string_view text_of(simdjson::dom::element event, const char* name, std::string_view place) {
  std::string_view text;
  if (event[name].get(text) != simdjson::SUCCESS || text.empty())
    throw_fault(std::string("the event has no ") + name, place);
  return text;
}

Contents check_ndjson(const std::filesystem::path& file, Faults& faults, const Database::Stopped& stopped) {
  std::ifstream in(file, std::ios::binary);
  simdjson::dom::parser parser;
  CaseByCase order;
  std::int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    go_on_unless(stopped);
    const auto place = "line " + std::to_string(++number);
    simdjson::dom::element event;
    if (parser.parse(line).get(event) != simdjson::SUCCESS || !event.is_object()) {
      faults.add("the line is no JSON object", place);
      continue;
    }
    faults.of([&] {
      const auto seq = whole_number<std::int64_t>(text_of(event, "sequence", place));
      order.take(text_of(event, "subject", place), seq.value_or(0));
    });
    for (const auto* name : {"specversion", "id", "source", "type"})
      faults.of([&] { (void)text_of(event, name, place); });
    for (const auto* name : {"time", "recordedtime"})
      faults.of([&] { check_moment(text_of(event, name, place), place); });
    if (!event["data"].is_object()) faults.add("the event has no data", place);
  }
  return order.contents();
}

}  // namespace

void throw_fault(std::string_view what, std::string_view where) {
  throw Fault{.where = std::string(where), .what = std::string(what)};
}

void go_on_unless(const Database::Stopped& stopped) {
  if (stopped()) throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
}

void CaseByCase::take(std::string_view case_id, std::int64_t seq) {
  const auto place = std::string(case_id) + "/" + std::to_string(seq);
  if (case_id.empty() || seq < 1) throw_fault("the event does not say which one it is", place);
  ++events_;
  if (case_id != case_) {
    const bool is_behind = case_id < case_;
    case_ = case_id;
    seq_ = seq;
    ++cases_;
    if (is_behind) throw_fault("the case stands in two places, or behind a later one", place);
    return;
  }
  const bool is_behind = seq <= seq_;
  seq_ = seq;
  if (is_behind) throw_fault("the event stands behind a later one of its case, or twice", place);
}

void check_moment(std::string_view text, std::string_view where) {
  const auto at = parse_timestamp(text);
  if (!at || to_wire(*at) != text)
    throw_fault("'" + std::string(text) + "' is no moment in UTC with milliseconds", where);
}

Contents check_file(Format format, const std::filesystem::path& file, Faults& faults,
                    const Database::Stopped& stopped) {
  switch (format) {
    case Format::xes: return check_xes(file, faults, stopped);
    case Format::ocel_json: return check_ocel_json(file, faults, stopped);
    case Format::ocel_sqlite: return check_ocel_sqlite(file, faults, stopped);
    case Format::csv: return check_csv(file, faults, stopped);
    case Format::ndjson: return check_ndjson(file, faults, stopped);
  }
  return {};
}

}  // namespace casetrail::exports
