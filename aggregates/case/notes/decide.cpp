// What is noted on a case beside the work on it.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/code_check.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/other_case.h"
#include "events/case/notes.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

constexpr std::size_t kMostTags = 50;
constexpr std::size_t kDigitsOfSha256 = 64;

bool is_sha256(std::string_view text) {
  return text.size() == kDigitsOfSha256 && std::ranges::all_of(text, [](char digit) {
           return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
         });
}

std::optional<Rejection> check_attachments(const AddNote& command) {
  static constexpr auto kIntent = "add a note";
  if (!command.attachments) {
    if (!command.pii.file_names || command.pii.file_names->empty()) return std::nullopt;
    return refuse("attachment_invalid", kIntent, "it names files, and has no attachments").error();
  }
  if (command.pii.file_names && command.pii.file_names->size() != command.attachments->size()) {
    return refuse("attachment_invalid", kIntent, "there are not as many names of files as attachments")
        .error();
  }
  for (const auto& attachment : *command.attachments) {
    if (!is_sha256(attachment.sha256)) {
      return refuse("attachment_invalid", kIntent,
                    "the sha256 of '" + attachment.ref + "' is not 64 hexadecimal digits in lower case")
          .error();
    }
  }
  return std::nullopt;
}

bool has_tag(const std::vector<std::string>& tags, const std::string& tag) {
  return std::ranges::find(tags, tag) != tags.end();
}

}  // namespace

Decision decide(const CaseState& state, const AddNote& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_attachments(command)) return std::unexpected(std::move(*refusal));
  return std::vector<Event>{NoteAdded{NoteId{"n" + std::to_string(state.minted.notes + 1)},
                                      command.attachments.value_or(std::vector<Attachment>{}),
                                      command.mentions.value_or(std::vector<AgentId>{}), command.pii}};
}

Decision decide(const CaseState& state, const TagCase& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& tags = state.notes.tags;
  CaseTagged event;
  for (const auto& tag : command.remove.value_or(std::vector<std::string>{})) {
    if (has_tag(tags, tag) && !has_tag(event.removed, tag)) event.removed.push_back(tag);
  }
  for (const auto& tag : command.add.value_or(std::vector<std::string>{})) {
    if (has_tag(tags, tag) || has_tag(event.added, tag)) continue;
    if (auto refusal = check_tag(tag, context.policy.catalogues)) return std::unexpected(std::move(*refusal));
    event.added.push_back(tag);
  }
  if (event.added.empty() && event.removed.empty()) return {};
  if (const auto guard = context.guard(
          "too_many_tags", tags.size() - event.removed.size() + event.added.size() > kMostTags,
          [&] { return std::to_string(tags.size() - event.removed.size() + event.added.size()); }))
    return guard.refuse("tag the case", "it would have more than 50 tags");
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const LinkCase& command, const Context& context) {
  static constexpr auto kIntent = "link the case";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("field_missing", command.other_case_id.empty(),
                                       [&] { return command.other_case_id.value; }))
    return guard.refuse(kIntent, "'other_case_id' is missing");
  if (auto refusal = objection_to_other(command.other_case_id, "other_case_id", kIntent, context))
    return std::unexpected(std::move(*refusal));
  const CaseLink link{command.other_case_id, command.relation};
  if (std::ranges::find(state.notes.links, link) != state.notes.links.end()) return {};
  return std::vector<Event>{CaseLinked{command.other_case_id, command.relation}};
}

Decision decide(const CaseState& state, const UnlinkCase& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const CaseLink link{command.other_case_id, command.relation};
  if (const auto guard =
          context.guard("not_linked", std::ranges::find(state.notes.links, link) == state.notes.links.end(),
                        [&] { return command.other_case_id.value; })) {
    return guard.refuse("take the link away",
                        "there is no such link with case '" + command.other_case_id.value + "'");
  }
  return std::vector<Event>{CaseUnlinked{command.other_case_id, command.relation, command.reason}};
}

Decision decide(const CaseState& state, const RevealContact& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const bool explained = command.pii && !command.pii->text.empty();
  if (const auto guard =
          context.guard("reason_required", command.purpose == RevealPurpose::other && !explained,
                        [&] { return name_of(command.purpose); }))
    return guard.refuse("show the customer's contacts", "there is no explanation of the purpose");
  return std::vector<Event>{AccessLogged{command.purpose, command.pii}};
}

}  // namespace casetrail
