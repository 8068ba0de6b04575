// Both forms end as one CloudEvent in binary mode, which is read back as the command worker would read it.
#include "workers/api/submission.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "aggregates/case/command.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "events/case/case_id.h"
#include "events/case/case_number.h"
#include "events/wire/bounds.h"
#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/published_schema.h"
#include "workers/api/sender.h"
#include "workers/api/uuid_v7.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

using Name = Id<struct NameTag>;

/// The plain form.
struct PlainCommand {
  Name type;                          ///< `handoff.request`
  std::optional<Name> id;             ///< of the command; else of Idempotency-Key; else minted
  std::optional<std::string> source;  ///< of the command, as CloudEvents means it; unique with `id`
  std::optional<Name> case_id;        ///< or `channel:reference`
  std::optional<Name> channel;        ///< with `reference`, instead of `case_id`
  std::optional<Name> reference;      ///< with `channel`, instead of `case_id`
  std::optional<Name> actor;  ///< `kind:id`, `agent:zhang`; else the sender's, where identities are known
  std::optional<Name> department_id;
  std::optional<Name> role;
  std::optional<Name> badge_no;
  std::optional<std::int64_t> expected_seq;
  std::optional<Timestamp> occurred_at;
  std::optional<Name> correlation_id;
  RawJson data;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(id), CEREAL_NVP(source), CEREAL_NVP(case_id), CEREAL_NVP(channel),
            CEREAL_NVP(reference), CEREAL_NVP(actor), CEREAL_NVP(department_id), CEREAL_NVP(role),
            CEREAL_NVP(badge_no), CEREAL_NVP(expected_seq), CEREAL_NVP(occurred_at),
            CEREAL_NVP(correlation_id), CEREAL_NVP(data));
  }
};

constexpr Bound kBoundsOfPlainCommand[] = {{"expected_seq", 0}};

}  // namespace
}  // namespace casetrail::api

template <>
constexpr std::span<const casetrail::Bound> casetrail::kBounds<casetrail::api::PlainCommand> =
    casetrail::api::kBoundsOfPlainCommand;

namespace casetrail::api {
namespace {

/// What of a registration gives its case id.
struct Origin {
  Code<Channel> channel{};
  std::optional<std::string> external_ref;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(channel), CEREAL_NVP(external_ref));
  }
};

/// Why a request is no command that may be appended: what is wrong with it, or with its sender.
struct Unfit {
  Unfit(std::string why) : sentence(std::move(why)) {}
  Unfit(const char* why) : sentence(why) {}
  Unfit(http::HttpResponse refusal) : denial(std::move(refusal)) {}

  /// `place` stands before a sentence on what is wrong with a part of a whole.
  [[nodiscard]] http::HttpResponse answer(std::string_view place) const {
    return denial ? *denial : http::problem(422, "malformed_command", std::string(place) + sentence);
  }

  std::string sentence;
  std::optional<http::HttpResponse> denial;
};

std::string_view text_of(const std::optional<Name>& name) {
  return name ? std::string_view(name->value) : std::string_view();
}

std::expected<CaseId, std::string> case_of(std::string_view channel, std::string_view reference) {
  const auto known = Code<Channel>::from(channel);
  if (!known) {
    return std::unexpected("Expected a channel to be " + std::string(kCodeExpected) + ", but it is '" +
                           std::string(channel) + "'.");
  }
  if (reference.empty()) return std::unexpected("Expected a reference behind the channel, but it is empty.");
  return case_id_of(*known, reference);
}

/// The case of a command whose sender named none.
std::expected<CaseId, std::string> case_without_id(std::string_view type, std::string_view data,
                                                   Timestamp now) {
  if (type != RegisterRequest::kType && type != ResolveAtFirstContact::kType) {
    return std::unexpected(
        "Expected the case of the command, as case_id or as channel and reference, but there is none.");
  }
  Origin origin;  // what cannot be read is told with all else that is wrong, by who reads the whole
  if (!from_json(data, origin) && origin.external_ref)
    return case_id_of(origin.channel, *origin.external_ref);
  return CaseId{uuid_v7(now)};
}

/// The other case that a command names beside its own.
struct OtherCase {
  std::string_view field;
  const CaseId* id;
};

std::optional<OtherCase> other_case_in(const Command& command) {
  if (const auto* link = command.get_if<LinkCase>()) return OtherCase{"other_case_id", &link->other_case_id};
  if (const auto* unlink = command.get_if<UnlinkCase>())
    return OtherCase{"other_case_id", &unlink->other_case_id};
  const auto* reject = command.get_if<RejectRequest>();
  if (reject == nullptr || !reject->duplicate_of) return std::nullopt;
  return OtherCase{"duplicate_of", &*reject->duplicate_of};
}

/// What the other case may not say of this one: of two cases, one alone is the parent, the child, the effect.
std::optional<CaseLink> contradiction_to(const Command& command, const CaseId& id) {
  static constexpr std::array kOneWay{Relation::parent, Relation::child, Relation::caused_by};
  const auto* link = command.get_if<LinkCase>();
  if (link == nullptr || std::ranges::find(kOneWay, link->relation) == kOneWay.end()) return std::nullopt;
  return CaseLink{id, link->relation};
}

/// The data of a command that names another case, with this id for it.
std::string data_with(const Command& command, CaseId id) {
  if (const auto* link = command.get_if<LinkCase>()) {
    auto named = *link;
    named.other_case_id = std::move(id);
    return to_json(named);
  }
  if (const auto* unlink = command.get_if<UnlinkCase>()) {
    auto named = *unlink;
    named.other_case_id = std::move(id);
    return to_json(named);
  }
  auto named = *command.get_if<RejectRequest>();
  named.duplicate_of = std::move(id);
  return to_json(named);
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
std::expected<Submission, Unfit> finish(Form form, CloudEvent cloud, const Arrival& arrival) {
  const auto now = arrival.at;
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
  Claims claims;  // outlives what `cloud` takes of it
  if (arrival.sender != nullptr) {
    auto claimed = claims_of(cloud, type, *arrival.sender);
    if (!claimed) return std::unexpected(std::move(claimed).error());
    claims = *std::move(claimed);
    cloud.actor = claims.actor;
    cloud.actordepartment = claims.department;
    cloud.actorrole = claims.role;
    cloud.source = claims.source;
  }
  // Either is the case; a program may have set the key alone.
  if (cloud.subject.empty()) cloud.subject = cloud.partitionkey;
  auto case_id =
      cloud.subject.empty() ? case_without_id(type, cloud.data, now) : arrival.find_case(cloud.subject);
  if (!case_id) return std::unexpected(case_id.error());
  submission.case_id = std::move(*case_id);

  const auto time = cloud.time.empty() ? to_wire(now) : std::string(cloud.time);
  cloud.specversion = "1.0";
  cloud.id = submission.command_id.value;
  cloud.subject = cloud.partitionkey = submission.case_id.value;
  cloud.time = time;
  if (cloud.source.empty()) cloud.source = identity::kOwnSource;
  submission.message = write_cloud_event(cloud);
  submission.message.timestamp = now;

  std::vector<HeaderView> headers;
  for (const auto& header : submission.message.headers) headers.push_back({header.name, header.value});
  const MessageView view{submission.message.key, submission.message.value, headers, now};
  const auto command = read_command(view);
  if (!command) {
    const auto& error = command.error().error;
    return std::unexpected(DecodeError{field_of(form, error.path), error.expected}.sentence());
  }
  // Another case, too, goes by its number or as channel:reference until here.
  const auto other = other_case_in(command->command);
  if (!other) return submission;
  const auto& named = other->id->value;
  const bool is_id = !named.contains(':') && !parse_case_number(named);
  auto other_id = is_id ? *other->id : arrival.find_case(named);
  if (!other_id) return std::unexpected(fmt::format("'{}': {}", other->field, other_id.error()));
  // What was tied to nothing has to be untied.
  if (command->command.get_if<UnlinkCase>() == nullptr)
    submission.tied =
        TiedCase{other->field, named, *other_id, contradiction_to(command->command, submission.case_id)};
  if (is_id) return submission;
  const auto data = data_with(command->command, *std::move(other_id));
  cloud.data = data;
  submission.message = write_cloud_event(cloud);
  submission.message.timestamp = now;
  return submission;
}

/// Made of the characters of a URI-reference (RFC 3986), as CloudEvents wants it.
bool is_source(std::string_view text) {
  constexpr std::string_view kMarks = "-._~:/?#[]@!$&'()*+,;=%";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= kLongestSource && std::ranges::all_of(text, allowed) &&
         http::percent_decode(text);
}

/// What the sender's library calls the id: bare, or in quotes as the draft of the IETF has it.
std::optional<Name> idempotency_key(const http::HttpRequest& request) {
  auto key = request.header("idempotency-key");
  if (!key) return std::nullopt;
  if (key->size() > 1 && key->starts_with('"') && key->ends_with('"')) key = key->substr(1, key->size() - 2);
  return Name{std::string(*key)};
}

/// Why the parts of the plain form do not fit together; nothing when they do.
std::optional<std::string> misfit(const PlainCommand& plain, const std::optional<Name>& key) {
  if (key && plain.id && *key != *plain.id)
    return "Expected 'id' and Idempotency-Key to be the same, but they are '" + plain.id->value + "' and '" +
           key->value + "'.";
  if (plain.source && !is_source(*plain.source)) {
    return "Expected 'source' to be a URI-reference of 1 to " + std::to_string(kLongestSource) +
           " characters such as /crm, but it is '" + *plain.source + "'.";
  }
  return std::nullopt;
}

std::expected<Submission, Unfit> read_plain(const http::HttpRequest& request, const Arrival& arrival) {
  PlainCommand plain;
  if (auto error = check_json_object(request.body)) return std::unexpected(error->sentence());
  if (auto error = from_json_strictly(request.body, plain)) return std::unexpected(error->sentence());
  const auto key = idempotency_key(request);
  if (auto why = misfit(plain, key)) return std::unexpected(*std::move(why));
  if (key) plain.id = key;
  if (plain.channel || plain.reference) {
    if (plain.case_id)
      return std::unexpected("Expected case_id, or channel and reference, but there are both.");
    auto case_id = case_of(text_of(plain.channel), text_of(plain.reference));
    if (!case_id) return std::unexpected(case_id.error());
    plain.case_id = Name{case_id->value};
  }
  const auto type =
      (plain.type.value.starts_with(kTypePrefix) ? "" : std::string(kTypePrefix)) + plain.type.value;
  const auto time = plain.occurred_at ? to_wire(*plain.occurred_at) : std::string();
  const auto expected = plain.expected_seq ? std::to_string(*plain.expected_seq) : std::string();
  CloudEvent cloud;
  cloud.id = text_of(plain.id);
  if (plain.source) cloud.source = *plain.source;
  cloud.type = type;
  cloud.time = time;
  cloud.subject = text_of(plain.case_id);
  cloud.actor = text_of(plain.actor);
  cloud.actordepartment = text_of(plain.department_id);
  cloud.actorrole = text_of(plain.role);
  cloud.actorbadge = text_of(plain.badge_no);
  cloud.correlationid = text_of(plain.correlation_id);
  cloud.expectedsequence = expected;
  cloud.traceparent = request.header("traceparent").value_or("");
  cloud.data = plain.data.text;
  return finish(Form::plain, cloud, arrival);
}

/// A CloudEvent of either mode, as the binding for Kafka reads it.
std::expected<Submission, Unfit> read_cloud(Form form, const std::vector<HeaderView>& headers,
                                            std::string_view body, const Arrival& arrival) {
  const auto cloud = read_cloud_event({std::nullopt, body, headers, arrival.at});
  if (!cloud) return std::unexpected(cloud.error().sentence());
  if (cloud->specversion != "1.0") {
    return std::unexpected("Expected '" + field_of(form, "ce_specversion") + "' to be '1.0', but it is '" +
                           std::string(cloud->specversion) + "'.");
  }
  if (cloud->id.empty()) {
    return std::unexpected(
        "Expected '" + field_of(form, "ce_id") +
        "' to name the command, but there is none: sent again, it would be another command.");
  }
  if (cloud->source.empty()) {
    return std::unexpected("Expected '" + field_of(form, "ce_source") +
                           "' to name who sends the command, but there is none: an id is unique within its "
                           "source.");
  }
  if (!cloud->misspelt.empty()) {
    const auto named = [&](std::string_view name) { return field_of(form, std::string("ce_").append(name)); };
    return std::unexpected("There is no attribute '" + named(cloud->misspelt) + "'. Did you mean '" +
                           named(attribute_meant_by(cloud->misspelt)) + "'?");
  }
  return finish(form, *cloud, arrival);
}

bool is_binary(const http::HttpRequest& request) {
  return std::ranges::any_of(request.headers, [](const http::HttpHeader& header) {
    return header.name == "ce-specversion" || header.name == "ce-id" || header.name == "ce-type";
  });
}

/// Attributes are headers, percent-encoded where HTTP asks for it; the body is the data.
std::expected<Submission, Unfit> read_binary(const http::HttpRequest& request, const Arrival& arrival) {
  std::vector<http::HttpHeader> attributes;
  for (const auto& header : request.headers) {
    if (!header.name.starts_with(kHttpPrefix)) continue;
    if (std::ranges::count(request.headers, header.name, &http::HttpHeader::name) > 1)
      return std::unexpected("Expected '" + header.name +
                             "' to be there once, but it is there more than once.");
    auto value = http::percent_decode(header.value);
    if (!value)
      return std::unexpected("Expected '" + header.name +
                             "' to be percent-encoded, but an escape is malformed.");
    attributes.push_back({"ce_" + header.name.substr(kHttpPrefix.size()), *std::move(value)});
  }
  std::vector<HeaderView> headers;
  headers.reserve(attributes.size() + 1);
  for (const auto& attribute : attributes) headers.push_back({attribute.name, attribute.value});
  if (const auto traceparent = request.header("traceparent"))
    headers.push_back({"traceparent", *traceparent});
  return read_cloud(Form::binary, headers, request.body, arrival);
}

}  // namespace

std::string plain_command_schema() { return PublishedSchema::of<PlainCommand>(SchemaScope::closed); }

std::expected<CaseId, std::string> find_case_id(std::string_view text) {
  const auto colon = text.find(':');
  if (colon != std::string_view::npos) return case_of(text.substr(0, colon), text.substr(colon + 1));
  if (is_case_id(text)) return CaseId{std::string(text)};
  return std::unexpected(
      "Expected a case as its id, 1 to 64 letters, digits or - _ ., or as channel:reference, but it is '" +
      std::string(text) + "'.");
}

std::expected<Submission, http::HttpResponse> read_structured(std::string_view json, const Arrival& arrival,
                                                              std::string_view place) {
  auto submission =
      read_cloud(Form::structured, {{"content-type", "application/cloudevents+json"}}, json, arrival);
  if (submission) return *std::move(submission);
  return std::unexpected(submission.error().answer(place));
}

std::expected<Submission, http::HttpResponse> read_submission(const http::HttpRequest& request,
                                                              const Arrival& arrival) {
  if (request.media_type() == "application/cloudevents+json") return read_structured(request.body, arrival);
  auto submission = is_binary(request) ? read_binary(request, arrival) : read_plain(request, arrival);
  if (submission) return *std::move(submission);
  return std::unexpected(submission.error().answer(""));
}

}  // namespace casetrail::api
