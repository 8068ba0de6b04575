// From the customer's first word to somebody who works on it.
#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/work/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

std::optional<Deed> register_request(const Scene& scene) {
  RegisterRequest command;
  command.kind = scene.file.kind;
  command.channel = scene.file.channel;
  command.external_ref = ExternalRef{scene.file.reference};
  command.received_at = scene.now - scene.random.between(Duration{30s}, Duration{8min});
  command.customer_ref = scene.file.customer;
  command.product_model = scene.file.product;
  command.serial_no = "SN" + std::to_string(scene.random.between(10'000'000, 99'999'999));
  command.order_ref = "D" + std::to_string(scene.random.between(100'000, 999'999));
  command.category = scene.file.category;
  command.pii.name = scene.file.customer_name;
  command.pii.contacts = {scene.file.contact};
  command.pii.address = address(scene.file.language, scene.random);
  command.pii.service_need = scene.say(Phrase::need);
  command.pii.symptom = scene.say(Phrase::symptom);
  return Deed{scene.intake_system(), command};
}

std::optional<Deed> acknowledge(const Scene& scene) {
  AcknowledgeRequest command{.channel = scene.file.channel, .promised_next_update_at = {}};
  if (scene.random.percent(30)) command.promised_next_update_at = scene.now + 4h;
  return Deed{scene.any_of(scene.cast.teams().front()), command};
}

std::optional<Deed> classify(const Scene& scene) {
  return Deed{scene.any_of(scene.cast.teams().front()),
              ClassifyRequest{.category = scene.file.category,
                              .service_type = {},
                              .difficulty = static_cast<std::int32_t>(scene.random.between(1, 5)),
                              .required_skills = {}}};
}

std::optional<Deed> prioritize(const Scene& scene) {
  const auto level = [&] { return static_cast<Level>(scene.random.below(3)); };
  const auto impact = level();
  return Deed{scene.any_of(scene.cast.teams().front()),
              PrioritizeRequest{.impact = impact, .urgency = level(), .reason = {}}};
}

std::string requirements(const Scene& scene) { return scene.say(Phrase::please_do); }
std::string cautions(const Scene& scene) { return scene.say(Phrase::how); }

/// Most cases begin at the front desk, some where they belong.
const Team& first_team(const Scene& scene) {
  return scene.random.percent(75) ? scene.cast.teams().front() : scene.team();
}

std::optional<Deed> push(const Scene& scene) {
  const auto& team = first_team(scene);
  const auto& agent = scene.random.pick(team.agents);
  return Deed{scene.lead(team), MakeAssignment{.agent_id = agent.id,
                                               .department_id = team.department,
                                               .requirements = requirements(scene),
                                               .cautions = cautions(scene),
                                               .basis = AssignmentBasis::push}};
}

/// Three candidates, the best first.
std::optional<Deed> offer(const Scene& scene) {
  const auto& team = first_team(scene);
  std::vector<Candidate> candidates;
  const auto first = scene.random.below(team.agents.size());
  for (std::size_t i = 0; i < 3; ++i) {
    const auto share = [&] { return static_cast<double>(scene.random.between(0, 100)) / 100; };
    Candidate candidate;
    candidate.agent_id = team.agents[(first + i) % team.agents.size()].id;
    candidate.skill_score = share();
    candidate.experience = share();
    candidate.load = share();
    candidate.score = 0.9 - 0.2 * static_cast<double>(i);
    candidates.push_back(std::move(candidate));
  }
  OfferAssignment command;
  command.agent_id = candidates.front().agent_id;
  command.department_id = team.department;
  command.candidates = std::move(candidates);
  command.requirements = requirements(scene);
  command.cautions = cautions(scene);
  return Deed{scene.lead(team), std::move(command)};
}

std::optional<Deed> accept(const Scene& scene) {
  return Deed{scene.assignee(), AcceptAssignment{.offer_id = scene.state.assignment.offer_id}};
}

std::optional<Deed> decline(const Scene& scene) {
  return Deed{scene.assignee(),
              DeclineAssignment{.offer_id = scene.state.assignment.offer_id,
                                .reason_code = static_cast<DeclineReason>(scene.random.below(3))}};
}

std::optional<Deed> queue(const Scene& scene) {
  const auto& team = scene.team();
  return Deed{scene.lead(team), QueueCase{.queue_id = {team.department.value},
                                          .department_id = team.department,
                                          .reason = QueueReason::no_capacity}};
}

std::optional<Deed> name_owner(const Scene& scene) {
  if (scene.state.owner) return std::nullopt;
  const auto& team = scene.team();
  return Deed{scene.lead(team), DesignateOwner{.owner = team.lead.id, .basis = OwnerBasis::lead}};
}

std::optional<Deed> start(const Scene& scene) { return Deed{scene.assignee(), StartWork{}}; }

std::optional<Deed> answer(const Scene& scene) {
  return Deed{scene.assignee(),
              SendMessage{.channel = scene.file.channel, .pii = {scene.say(Phrase::answer_to_customer)}}};
}

}  // namespace

void add_registration(Script& script) { script.push_back({register_request, 0s, 0s}); }

void add_intake(Script& script, Dispatch dispatch) {
  script.push_back({acknowledge, 1min, 6min});
  script.push_back({classify, 1min, 8min});
  script.push_back({prioritize, 20s, 3min});
  switch (dispatch) {
    case Dispatch::pushed: script.push_back({push, 1min, 10min}); break;
    case Dispatch::offered: script.push_back({offer, 1min, 10min}); break;
    case Dispatch::declined:
      script.push_back({offer, 1min, 10min});
      script.push_back({decline, 1min, 6min});
      script.push_back({offer, 2min, 9min});
      break;
    case Dispatch::expired:
      script.push_back({queue, 1min, 5min});
      script.push_back({offer, 3min, 12min});
      script.push_back({push, 25min, 50min});
      break;
  }
  script.push_back({accept, 1min, 6min});
  script.push_back({name_owner, 20s, 1min});
  script.push_back({start, 30s, 5min});
  script.push_back({answer, 1min, 15min});
}

}  // namespace casetrail::simulate
