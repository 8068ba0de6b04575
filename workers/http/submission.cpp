// Both forms end as one CloudEvent in binary mode, which is read back as the command worker would read it.
#include "workers/http/submission.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "aggregates/command.h"
#include "aggregates/commands/request.h"
#include "events/case_id.h"
#include "events/cloud_event.h"
#include "events/json_reader.h"
#include "events/schema_writer.h"
#include "workers/http/problem.h"
#include "workers/http/routes.h"
#include "workers/http/uuid_v7.h"

namespace casetrail {
namespace {

/// The plain form.
struct PlainCommand {
  std::string type;                      ///< `handoff.request`
  std::optional<std::string> id;         ///< of the command; minted when absent
  std::optional<std::string> case_id;    ///< or `channel:reference`
  std::optional<std::string> channel;    ///< with `reference`, instead of `case_id`
  std::optional<std::string> reference;  ///< with `channel`, instead of `case_id`
  std::string actor;                     ///< `kind:id`, `agent:zhang`
  std::optional<std::string> department_id;
  std::optional<std::string> role;
  std::optional<std::string> badge_no;
  std::optional<std::int64_t> expected_seq;
  std::optional<Timestamp> occurred_at;
  std::optional<std::string> correlation_id;
  RawJson data;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(id), CEREAL_NVP(case_id), CEREAL_NVP(channel), CEREAL_NVP(reference),
            CEREAL_NVP(actor), CEREAL_NVP(department_id), CEREAL_NVP(role), CEREAL_NVP(badge_no),
            CEREAL_NVP(expected_seq), CEREAL_NVP(occurred_at), CEREAL_NVP(correlation_id), CEREAL_NVP(data));
  }
};

/// Collects the names of a struct's members.
struct MemberNames {
  std::vector<std::string> names;

  template <class... T>
  void operator()(const cereal::NameValuePair<T>&... members) {
    (names.emplace_back(members.name), ...);
  }
};

/// An object whose members are read whatever their names.
struct Wrapped {
  std::map<std::string, RawJson> members;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(members));
  }
};

/// A sentence that names the members of `json` that the plain form does not know: a typo in `expected_seq`
/// would turn its check off.
std::optional<std::string> unknown_members(const std::string& json) {
  MemberNames known;
  PlainCommand().serialize(known);
  Wrapped wrapped;
  if (auto error = from_json(R"({"members":)" + json + "}", wrapped)) return error->sentence();
  std::string unknown;
  for (const auto& [name, value] : wrapped.members) {
    if (std::ranges::find(known.names, name) == known.names.end())
      unknown.append(unknown.empty() ? "'" : ", '").append(name).append("'");
  }
  if (unknown.empty()) return std::nullopt;
  return fmt::format("Expected members that a command has ({}), but there is {}.",
                     fmt::join(known.names, ", "), unknown);
}

/// What of a registration gives its case id.
struct Origin {
  Channel channel{};
  std::optional<std::string> external_ref;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(external_ref));
  }
};

std::expected<CaseId, std::string> case_of(std::string_view channel, std::string_view reference) {
  const auto known = enum_from<Channel>(channel);
  if (!known) {
    return std::unexpected("Expected a channel that is one of " + list_names<Channel>() + ", but it is '" +
                           std::string(channel) + "'.");
  }
  if (reference.empty()) return std::unexpected("Expected a reference behind the channel, but it is empty.");
  return case_id_of(*known, reference);
}

/// The case of a command whose sender named none.
std::expected<CaseId, std::string> case_without_id(std::string_view type, std::string_view data,
                                                   Timestamp now) {
  if (type != RegisterRequest::kType) {
    return std::unexpected(
        "Expected the case of the command, as case_id or as channel and reference, but there is none.");
  }
  Origin origin;
  if (auto error = from_json(data, origin)) return std::unexpected("In data: " + error->sentence());
  if (origin.external_ref) return case_id_of(origin.channel, *origin.external_ref);
  return CaseId{uuid_v7(now)};
}

/// Before the name of an attribute in binary mode (CloudEvents 1.0.2, HTTP binding, 3.1.3).
constexpr std::string_view kHttpPrefix = "ce-";

/// In which form a command came: it decides what the sender calls its fields.
enum class Form { plain, structured, binary };

/// What the sender calls the field that `read_command` calls `path`.
std::string field_of(Form form, std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kPlain[] = {
      {"subject", "case_id"},
      {"time", "occurred_at"},
      {"expectedsequence", "expected_seq"},
      {"actordepartment", "department_id"},
      {"actorrole", "role"},
      {"actorbadge", "badge_no"},
      {"correlationid", "correlation_id"}};
  static constexpr std::string_view kHeader = "ce_";
  if (!path.starts_with(kHeader)) {
    if (form == Form::binary) return std::string(path);
    const bool member = !path.empty() && path.front() != '[';
    return std::string("data").append(member ? "." : "").append(path);
  }
  const auto attribute = path.substr(kHeader.size());
  if (form == Form::binary) return std::string(kHttpPrefix).append(attribute);
  const auto* const plain =
      std::ranges::find(kPlain, attribute, [](const auto& names) { return names.first; });
  return std::string(form == Form::plain && plain != std::end(kPlain) ? plain->second : attribute);
}

/// Completes `cloud`, writes it, and reads it as the worker will.
std::expected<Submission, std::string> finish(Form form, CloudEvent cloud, Timestamp now) {
  if (!cloud.type.starts_with(kTypePrefix)) {
    return std::unexpected("Expected 'type' to begin with 'casetrail.', but it is '" +
                           std::string(cloud.type) + "'.");
  }
  Submission submission;
  submission.command_id.value = cloud.id.empty() ? uuid_v7(now) : std::string(cloud.id);
  const auto type = cloud.type.substr(kTypePrefix.size());
  if (find_command_codec(type) == nullptr) {
    return std::unexpected(
        "Expected 'type' to be a command that `casetrail schema` or /v1/schemas lists, but it is '" +
        std::string(type) + "'.");
  }
  auto case_id = cloud.subject.empty() ? case_without_id(type, cloud.data, now) : find_case_id(cloud.subject);
  if (!case_id) return std::unexpected(case_id.error());
  submission.case_id = std::move(*case_id);

  const auto time = cloud.time.empty() ? to_wire(now) : std::string(cloud.time);
  cloud.specversion = "1.0";
  cloud.id = submission.command_id.value;
  cloud.subject = cloud.partitionkey = submission.case_id.value;
  cloud.time = time;
  if (cloud.source.empty()) cloud.source = "/casetrail/http";
  submission.message = write_cloud_event(cloud);
  submission.message.timestamp = now;

  std::vector<HeaderView> headers;
  for (const auto& header : submission.message.headers) headers.push_back({header.name, header.value});
  const MessageView view{submission.message.key, submission.message.value, headers, now};
  if (const auto command = read_command(view); !command) {
    const auto& error = command.error().error;
    return std::unexpected(DecodeError{field_of(form, error.path), error.expected}.sentence());
  }
  return submission;
}

std::expected<Submission, std::string> read_plain(const HttpRequest& request, Timestamp now) {
  PlainCommand plain;
  if (auto error = check_json_object(request.body)) return std::unexpected(error->sentence());
  if (auto unknown = unknown_members(request.body)) return std::unexpected(*unknown);
  if (auto error = from_json(request.body, plain)) return std::unexpected(error->sentence());
  if (plain.channel || plain.reference) {
    if (plain.case_id)
      return std::unexpected("Expected case_id, or channel and reference, but there are both.");
    auto case_id = case_of(plain.channel.value_or(""), plain.reference.value_or(""));
    if (!case_id) return std::unexpected(case_id.error());
    plain.case_id = case_id->value;
  }
  const auto type = (plain.type.starts_with(kTypePrefix) ? "" : std::string(kTypePrefix)) + plain.type;
  const auto time = plain.occurred_at ? to_wire(*plain.occurred_at) : std::string();
  const auto expected = plain.expected_seq ? std::to_string(*plain.expected_seq) : std::string();
  CloudEvent cloud;
  cloud.id = plain.id ? std::string_view(*plain.id) : std::string_view();
  cloud.type = type;
  cloud.time = time;
  if (plain.case_id) cloud.subject = *plain.case_id;
  cloud.actor = plain.actor;
  if (plain.department_id) cloud.actordepartment = *plain.department_id;
  if (plain.role) cloud.actorrole = *plain.role;
  if (plain.badge_no) cloud.actorbadge = *plain.badge_no;
  if (plain.correlation_id) cloud.correlationid = *plain.correlation_id;
  cloud.expectedsequence = expected;
  cloud.traceparent = request.header("traceparent").value_or("");
  cloud.data = plain.data.text;
  return finish(Form::plain, cloud, now);
}

/// A CloudEvent of either mode, as the binding for Kafka reads it.
std::expected<Submission, std::string> read_cloud(Form form, const std::vector<HeaderView>& headers,
                                                  std::string_view body, Timestamp now) {
  const auto cloud = read_cloud_event({std::nullopt, body, headers, now});
  if (!cloud) return std::unexpected(cloud.error().sentence());
  if (cloud->specversion != "1.0") {
    return std::unexpected("Expected '" + field_of(form, "ce_specversion") + "' to be '1.0', but it is '" +
                           std::string(cloud->specversion) + "'.");
  }
  return finish(form, *cloud, now);
}

bool is_binary(const HttpRequest& request) {
  return std::ranges::any_of(request.headers, [](const HttpHeader& header) {
    return header.name == "ce-specversion" || header.name == "ce-id" || header.name == "ce-type";
  });
}

/// Attributes are headers, percent-encoded where HTTP asks for it; the body is the data.
std::expected<Submission, std::string> read_binary(const HttpRequest& request, Timestamp now) {
  std::vector<HttpHeader> attributes;
  for (const auto& header : request.headers) {
    if (!header.name.starts_with(kHttpPrefix)) continue;
    auto value = percent_decode(header.value);
    if (!value)
      return std::unexpected("Expected '" + header.name +
                             "' to be percent-encoded, but an escape is malformed.");
    attributes.push_back({"ce_" + header.name.substr(kHttpPrefix.size()), *std::move(value)});
  }
  std::vector<HeaderView> headers;
  for (const auto& attribute : attributes) headers.push_back({attribute.name, attribute.value});
  if (const auto traceparent = request.header("traceparent"))
    headers.push_back({"traceparent", *traceparent});
  return read_cloud(Form::binary, headers, request.body, now);
}

}  // namespace

std::string plain_command_schema() { return SchemaWriter::schema_of<PlainCommand>(SchemaScope::all); }

std::expected<CaseId, std::string> find_case_id(std::string_view text) {
  const auto colon = text.find(':');
  if (colon != std::string_view::npos) return case_of(text.substr(0, colon), text.substr(colon + 1));
  if (is_case_id(text)) return CaseId{std::string(text)};
  return std::unexpected(
      "Expected a case as its id, 1 to 64 letters, digits or - _ ., or as channel:reference, but it is '" +
      std::string(text) + "'.");
}

std::expected<Submission, std::string> read_structured(std::string_view json, Timestamp now) {
  return read_cloud(Form::structured, {{"content-type", "application/cloudevents+json"}}, json, now);
}

std::expected<Submission, HttpResponse> read_submission(const HttpRequest& request, Timestamp now) {
  auto submission = request.media_type() == "application/cloudevents+json"
                        ? read_structured(request.body, now)
                    : is_binary(request) ? read_binary(request, now)
                                         : read_plain(request, now);
  if (submission) return *std::move(submission);
  return std::unexpected(problem(422, "malformed_command", submission.error()));
}

}  // namespace casetrail
