// What is not named is left out: the API completes it.
#include "workers/cli/command_request.h"

#include <cereal/cereal.hpp>
#include <map>

#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"

namespace casetrail::cli {

http::HttpRequest command_request(const verb::Submit& submit, const std::string& data) {
  std::map<std::string, RawJson> fields{{"data", {data}}};
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) append_json_string(value, fields[name].text);
  };
  add("type", submit.type);
  add("case_id", submit.case_id);
  add("actor", submit.actor);
  add("id", submit.id);
  add("department_id", submit.department);
  add("role", submit.role);
  if (submit.expected_seq) fields["expected_seq"].text = std::to_string(*submit.expected_seq);
  return {.method = "POST",
          .target = submit.wait ? "/v1/commands" : "/v1/commands?wait=0",
          .headers = {{"content-type", "application/json"}},
          .body = to_json(fields)};
}

}  // namespace casetrail::cli
