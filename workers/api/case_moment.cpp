// Reads a moment by the name of its kind, so that a time that is misspelled is never taken for something
// else.
#include "workers/api/case_moment.h"

#include "aggregates/time/moment.h"
#include "events/wire/whole_number.h"
#include "projections/history/as_of.h"

namespace casetrail::api {
namespace {

using Read = std::expected<CaseMoment, std::string>;

Read of_time(const std::string& name, const std::string& text, Timestamp now) {
  const auto at = parse_timestamp(text);
  if (!at)
    return std::unexpected("Expected '" + name + "' to be " + std::string(kMomentExpected) + ", but it is '" +
                           text + "'.");
  if (*at > now)
    return std::unexpected("Expected '" + name + "' to be past, but it is '" + text +
                           "': nobody knows how the case will stand. Without it, it is as it stands.");
  return CaseMoment{.text = to_wire(*at), .is_time = true, .not_there = {}};
}

CaseMoment of_event(std::int64_t seq) {
  const auto text = std::to_string(seq);
  return {.text = text, .not_there = "has no event " + text + ". Its history lists them."};
}

CaseMoment before_command(const std::string& command) {
  return {.text = "before:" + command,
          .not_there = "has no event that came from the command '" + command +
                       "'. Its history names the command of each event."};
}

Read read_as_of(const std::string& text, Timestamp now) { return of_time("as_of", text, now); }

Read read_seq(const std::string& text, Timestamp) {
  const auto number = whole_number<std::int64_t>(text);
  if (number && *number > 0) return of_event(*number);
  return std::unexpected("Expected 'seq' to be the number of an event, from 1, but it is '" + text + "'.");
}

Read read_before_command(const std::string& text, Timestamp) {
  if (!text.empty()) return before_command(text);
  return std::unexpected("Expected 'before_command' to name a command, but it is empty.");
}

Read of_any_kind(const std::string& name, const std::string& text, Timestamp now) {
  const auto moment = history::parse_moment(text);
  if (!moment)
    return std::unexpected("Expected '" + name + "' to be " + std::string(history::kCaseMomentExpected) +
                           ", but it is '" + text + "'.");
  if (const auto* at = std::get_if<history::AtSeq>(&*moment)) return of_event(at->seq);
  if (const auto* command = std::get_if<history::BeforeCommand>(&*moment))
    return before_command(command->id.value);
  return of_time(name, text, now);
}

}  // namespace

std::expected<std::optional<CaseMoment>, std::string> case_moment(
    const std::multimap<std::string, std::string>& query, Timestamp now) {
  std::optional<CaseMoment> moment;
  const auto take = [&](const char* name, Read (*read)(const std::string&, Timestamp)) -> std::string {
    const auto found = query.find(name);
    if (found == query.end()) return {};
    if (moment) return "Expected one of 'as_of', 'seq' and 'before_command', but there are two.";
    auto one = read(found->second, now);
    if (!one) return std::move(one).error();
    moment = *std::move(one);
    return {};
  };
  for (auto sentence :
       {take("as_of", read_as_of), take("seq", read_seq), take("before_command", read_before_command)}) {
    if (!sentence.empty()) return std::unexpected(std::move(sentence));
  }
  return moment;
}

std::expected<CaseSpan, std::string> case_span(const std::multimap<std::string, std::string>& query,
                                               Timestamp now) {
  const auto asked_from = query.find("from");
  if (asked_from == query.end())
    return std::unexpected(
        "Expected 'from', the moment to compare with, but it is missing. 0 is before the "
        "first event.");
  auto from = of_any_kind("from", asked_from->second, now);
  if (!from) return std::unexpected(std::move(from).error());
  CaseSpan span{.from = *std::move(from), .to = std::nullopt};
  if (const auto asked_to = query.find("to"); asked_to != query.end()) {
    auto to = of_any_kind("to", asked_to->second, now);
    if (!to) return std::unexpected(std::move(to).error());
    span.to = *std::move(to);
  }
  return span;
}

}  // namespace casetrail::api
