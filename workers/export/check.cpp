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
    throw_wrong(std::string("the event has no ") + name, place);
  return text;
}

Contents check_ndjson(const std::filesystem::path& file, const Database::Stopped& stopped) {
  std::ifstream in(file, std::ios::binary);
  simdjson::dom::parser parser;
  CaseByCase order;
  std::int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    if (stopped()) throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
    const auto place = "line " + std::to_string(++number);
    simdjson::dom::element event;
    if (parser.parse(line).get(event) != simdjson::SUCCESS || !event.is_object())
      throw_wrong("the line is no JSON object", place);
    for (const auto* name : {"specversion", "id", "source", "type"}) (void)text_of(event, name, place);
    check_moment(text_of(event, "time", place), place);
    check_moment(text_of(event, "recordedtime", place), place);
    if (!event["data"].is_object()) throw_wrong("the event has no data", place);
    const auto seq = whole_number<std::int64_t>(text_of(event, "sequence", place));
    order.take(text_of(event, "subject", place), seq.value_or(0));
  }
  return order.contents();
}

}  // namespace

void throw_wrong(std::string_view what, std::string_view place) {
  throw Failure(Trouble::wrong,
                std::string("The export is not as it should be: ")
                    .append(what)
                    .append(" (")
                    .append(place)
                    .append("). Export again; if it comes again, tell the makers of casetrail."));
}

void CaseByCase::take(std::string_view case_id, std::int64_t seq) {
  const auto place = std::string(case_id) + "/" + std::to_string(seq);
  if (case_id.empty() || seq < 1) throw_wrong("an event does not say which one it is", place);
  if (case_id != case_) {
    if (case_id < case_) throw_wrong("the case stands in two places, or before an earlier one", place);
    case_ = case_id;
    seq_ = 0;
    ++cases_;
  }
  if (seq <= seq_) throw_wrong("the event stands behind a later one of its case, or twice", place);
  seq_ = seq;
  ++events_;
}

void check_moment(std::string_view text, std::string_view place) {
  const auto at = parse_timestamp(text);
  if (!at || to_wire(*at) != text)
    throw_wrong("'" + std::string(text) + "' is no moment in UTC with milliseconds", place);
}

Contents check_file(Format format, const std::filesystem::path& file, const Database::Stopped& stopped) {
  switch (format) {
    case Format::xes: return check_xes(file, stopped);
    case Format::ocel_json: return check_ocel_json(file, stopped);
    case Format::ocel_sqlite: return check_ocel_sqlite(file, stopped);
    case Format::csv: return check_csv(file, stopped);
    case Format::ndjson: return check_ndjson(file, stopped);
  }
  return {};
}

}  // namespace casetrail::exports
