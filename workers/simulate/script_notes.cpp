// What is corrected and noted on a case, and requests that come to nothing.
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/privacy/commands.h"
#include "aggregates/case/request/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

std::optional<Deed> correct(const Scene& scene) {
  AmendRequest command;
  command.serial_no = "SN" + std::to_string(scene.random.between(10'000'000, 99'999'999));
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> note(const Scene& scene) {
  return Deed{scene.assignee(), AddNote{.attachments = {},
                                        .mentions = {},
                                        .pii = {.text = scene.say(Phrase::progress), .file_names = {}}}};
}

std::optional<Deed> tag(const Scene& scene) {
  static const std::vector<std::string> kTags{"vip", "warranty", "wholesale"};
  return Deed{scene.assignee(),
              TagCase{.add = std::vector<std::string>{scene.random.pick(kTags)}, .remove = {}}};
}

std::optional<Deed> look_up_contact(const Scene& scene) {
  return Deed{scene.assignee(), RevealContact{.purpose = RevealPurpose::call_customer, .pii = {}}};
}

std::optional<Deed> link(const Scene& scene) {
  return Deed{scene.assignee(), LinkCase{.other_case_id = scene.file.earlier, .relation = Relation::related}};
}

std::optional<Deed> unlink(const Scene& scene) {
  if (scene.state.notes.links.empty() || scene.random.percent(50)) return std::nullopt;
  const auto& made = scene.state.notes.links.front();
  return Deed{scene.assignee(),
              UnlinkCase{.other_case_id = made.other_case_id, .relation = made.relation, .reason = {}}};
}

std::optional<Deed> reject(const Scene& scene, RejectReason reason) {
  RejectRequest command;
  command.reason_code = reason;
  command.explained = reason == RejectReason::duplicate;
  if (reason == RejectReason::duplicate) command.duplicate_of = scene.file.earlier;
  return Deed{scene.any_of(scene.cast.teams().front()), std::move(command)};
}

std::optional<Deed> withdraw(const Scene& scene) {
  return Deed{scene.customer(), WithdrawRequest{.channel = scene.file.channel, .pii = {}}};
}

/// Who takes a request back wants to be forgotten; a lawsuit keeps it for a moment.
std::optional<Deed> hold(const Scene& scene) {
  return Deed{scene.any_of(scene.cast.teams().front()), PlaceHold{.reason = "lawsuit (2026) 7"}};
}

std::optional<Deed> erase(const Scene& scene) {
  return Deed{scene.any_of(scene.cast.teams().front()),
              RequestErasure{.legal_basis = LegalBasis::customer_request, .reason = "privacy register"}};
}

std::optional<Deed> release_hold(const Scene& scene) {
  return Deed{scene.any_of(scene.cast.teams().front()), ReleaseHold{.reason = "lawsuit (2026) 7 is settled"}};
}

}  // namespace

void add_notes(Script& script) {
  script.push_back({correct, 2min, 20min});
  script.push_back({note, 1min, 20min});
  script.push_back({tag, 1min, 10min});
  script.push_back({look_up_contact, 1min, 10min});
  script.push_back({link, 1min, 10min});
  script.push_back({unlink, 1min, 30min});
}

void add_end_of_request(Script& script, Request request) {
  switch (request) {
    case Request::genuine: return;
    case Request::spam:
      script.push_back({[](const Scene& scene) { return reject(scene, RejectReason::spam); }, 1min, 20min});
      return;
    case Request::duplicate:
      script.push_back(
          {[](const Scene& scene) { return reject(scene, RejectReason::duplicate); }, 1min, 20min});
      return;
    case Request::withdrawn:
      script.push_back({withdraw, 10min, 3h});
      script.push_back({hold, 1min, 10min});
      script.push_back({erase, 1min, 10min});
      script.push_back({release_hold, 1min, 20min});
      return;
  }
}

}  // namespace casetrail::simulate
