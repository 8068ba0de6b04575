// A command as it comes over HTTP, made into the record that goes to the log.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "aggregates/case/notes/region.h"
#include "events/wire/ids.h"
#include "events/wire/message.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"

namespace casetrail::api {

/// A case that a command ties its own to.
struct TiedCase {
  std::string_view field;  ///< of the command
  std::string named;       ///< as the sender calls it
  CaseId id;
  std::optional<CaseLink> contradiction = {};  ///< the link with which it would say the opposite
};

/// A command that may be appended: whole, with all ids.
struct Submission {
  CommandId command_id;
  CaseId case_id;
  Message message;
  std::optional<TiedCase> tied = {};
};

/// The case that `text` names: its id, or `channel:reference`. An error is a sentence.
[[nodiscard]] std::expected<CaseId, std::string> find_case_id(std::string_view text);

using CaseFinder = std::function<std::expected<CaseId, std::string>(std::string_view text)>;

/// What is known of a request beside its bytes.
struct Arrival {
  Timestamp at{};
  CaseFinder find_case = find_case_id;         ///< the case that a text names
  const identity::Identity* sender = nullptr;  ///< whose request it is; nothing where nobody looks
};

/// Reads the body of `POST /v1/commands`: a CloudEvent in structured mode (`application/cloudevents+json`) or
/// in binary mode (`ce-` headers), or else the plain form. Mints what is missing: the command's id, and of a
/// registration the case's id, from channel and reference where there is one; what the command does not say
/// of its sender is the sender's. The error is the problem to answer with.
[[nodiscard]] std::expected<Submission, http::HttpResponse> read_submission(const http::HttpRequest& request,
                                                                            const Arrival& arrival);

/// The same of one CloudEvent in structured mode; what is wrong with one of a list is said behind `place`.
[[nodiscard]] std::expected<Submission, http::HttpResponse> read_structured(std::string_view json,
                                                                            const Arrival& arrival,
                                                                            std::string_view place = "");

/// JSON Schema of the plain form.
[[nodiscard]] std::string plain_command_schema();

}  // namespace casetrail::api
