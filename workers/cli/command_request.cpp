// What is not named is left out: the API completes it.
#include "workers/cli/command_request.h"

#include <cereal/cereal.hpp>
#include <iostream>
#include <iterator>
#include <map>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/reflect.h"
#include "workers/node/data_folder.h"

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

std::expected<std::string, std::string> body_of(const std::string& text) {
  std::string body = text;
  if (text == "-") body = std::string(std::istreambuf_iterator<char>(std::cin), {});
  if (text.starts_with('@')) {
    const auto file = node::read_file(text.substr(1));
    if (!file)
      return std::unexpected("Expected a file that can be read behind --body @, but it is '" +
                             text.substr(1) + "'.");
    body = *file;
  }
  if (const auto error = check_json_object(body)) return std::unexpected("In --body: " + error->sentence());
  return body;
}

}  // namespace casetrail::cli
