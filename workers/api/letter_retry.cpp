// What a newer casetrail understands is thereby taken.
#include "workers/api/letter_retry.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>
#include <optional>
#include <vector>

#include "aggregates/case/command.h"
#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/letter_fact.h"
#include "events/wire/published_schema.h"
#include "workers/api/sender.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

struct RetryRequest {
  std::optional<RawJson> data;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(data));
  }
};

http::HttpResponse still_none(std::string_view sentence) {
  return http::problem(422, "still_no_command",
                       fmt::format("{} The letter stays open. Retry it with data that are right, let its "
                                   "sender send the command anew, or drop it.",
                                   sentence));
}

/// Borrows of the letter.
MessageView as_it_came(const MessageView& letter, std::vector<HeaderView>& headers) {
  for (const auto& header : letter.headers) {
    if (!header.name.starts_with(kLetterHeaders)) headers.push_back(header);
  }
  return {letter.key, letter.value, headers, letter.timestamp};
}

/// The right that a command with other data needs.
std::optional<http::HttpResponse> may_not_correct(const CloudEvent& cloud, const identity::Identity& who) {
  auto type = cloud.type;
  if (type.starts_with(kTypePrefix)) type.remove_prefix(kTypePrefix.size());
  if (who.may(right_of(type))) return std::nullopt;
  return denied(who, "forbidden",
                fmt::format("A '{}' with other data needs the right '{}', which {} does not have.", type,
                            name_of(right_of(type)), who.id));
}

}  // namespace

std::string retry_request_schema() { return PublishedSchema::of<RetryRequest>(SchemaScope::closed); }

std::expected<Submission, http::HttpResponse> command_of_letter(const log::Record& letter,
                                                                const std::string& body,
                                                                const identity::Identity* who,
                                                                Timestamp now) {
  RetryRequest request;
  if (const auto error = from_json_strictly(body, request))
    return std::unexpected(http::problem(422, "malformed_retry", error->sentence()));
  if (letter.message.header(std::string(kLetterHeaders) + "sha256")) {
    return std::unexpected(http::problem(
        409, "letter_not_whole",
        "Cannot retry: the record was too large to be kept whole. Let its sender send the command "
        "anew, and drop the letter."));
  }
  std::vector<HeaderView> headers;
  const auto original = as_it_came(letter.message, headers);
  auto cloud = read_cloud_event(original);
  if (!cloud) return std::unexpected(still_none(cloud.error().sentence()));
  if (!cloud->twice.empty()) {
    return std::unexpected(still_none(
        fmt::format("Expected '{}' to be there once, but it is there more than once.", cloud->twice)));
  }
  if (request.data) {
    if (auto refusal = who == nullptr ? std::nullopt : may_not_correct(*cloud, *who))
      return std::unexpected(*std::move(refusal));
    cloud->data = request.data->text;
  }
  const auto came_at = to_wire(letter.message.timestamp);
  if (cloud->time.empty()) cloud->time = came_at;
  auto message = write_cloud_event(*cloud);
  message.key = original.key.value_or("");
  message.timestamp = now;

  headers.clear();
  for (const auto& header : message.headers) headers.push_back(header);
  const auto command = read_command({message.key, message.value, headers, now});
  if (!command) return std::unexpected(still_none(command.error().sentence()));
  return Submission{command->id, command->case_id, std::move(message)};
}

}  // namespace casetrail::api
