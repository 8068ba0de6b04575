// Reads a moment by the name of its kind, so that a time that is misspelled is never taken for something
// else.
#include "workers/api/case_moment.h"

#include "events/wire/whole_number.h"

namespace casetrail::api {
namespace {

using Read = std::expected<CaseMoment, std::string>;

Read time_of(const std::string& text, Timestamp now) {
  const auto at = parse_timestamp(text);
  if (!at)
    return std::unexpected("Expected 'as_of' to be a moment such as 2026-11-23T08:05:09.120Z, but it is '" +
                           text + "'.");
  if (*at > now)
    return std::unexpected("Expected 'as_of' to be past, but it is '" + text +
                           "': nobody knows how the case will stand. Without it, it is shown as it stands.");
  return CaseMoment{.text = to_wire(*at), .is_time = true, .not_there = {}};
}

Read seq_of(const std::string& text, Timestamp) {
  const auto seq = whole_number<std::int64_t>(text);
  if (!seq || *seq < 1)
    return std::unexpected("Expected 'seq' to be the number of an event, from 1, but it is '" + text + "'.");
  return CaseMoment{.text = std::to_string(*seq),
                    .not_there = "has no event " + text + ". Its history lists them."};
}

Read before(const std::string& text, Timestamp) {
  if (text.empty()) return std::unexpected("Expected 'before_command' to name a command, but it is empty.");
  return CaseMoment{.text = "before:" + text,
                    .not_there = "has no event that came from the command '" + text +
                                 "'. Its history names the command of each event."};
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
  for (auto sentence : {take("as_of", time_of), take("seq", seq_of), take("before_command", before)})
    if (!sentence.empty()) return std::unexpected(std::move(sentence));
  return moment;
}

}  // namespace casetrail::api
