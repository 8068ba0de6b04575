// Complaints, the ways out that a customer is offered, and the review of the contact.
#include <algorithm>

#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/case/solution/commands.h"
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

std::optional<Deed> lodge(const Scene& scene) {
  LodgeComplaint command;
  command.about = static_cast<ComplaintAbout>(scene.random.below(4));
  command.happened_at = scene.now - 20h;
  command.happened_place = "hotline";
  command.pii.course_of_events = scene.say(Phrase::complaint);
  command.pii.remedy_sought = scene.say(Phrase::remedy);
  return Deed{scene.customer(), std::move(command)};
}

std::optional<Deed> accept_complaint(const Scene& scene) {
  AcceptComplaint command;
  for (const auto& id : scene.policy.complaint.criteria) command.criteria.push_back({.id = id, .met = true});
  return Deed{scene.lead(scene.team()), std::move(command)};
}

std::optional<Deed> decline_complaint(const Scene& scene) {
  return Deed{scene.lead(scene.team()), DeclineComplaint{"the work was done as agreed", true}};
}

std::optional<Deed> withdraw_complaint(const Scene& scene) {
  return Deed{scene.customer(), WithdrawComplaint{scene.file.channel}};
}

std::optional<Deed> determine_cause(const Scene& scene) {
  DetermineCause command;
  command.cause_code = static_cast<ComplaintCause>(scene.random.below(6));
  if (command.cause_code == ComplaintCause::customer_personality &&
      !is_approved(scene, ApprovalSubject::complaint_cause))
    command.cause_code = ComplaintCause::staff_error;
  command.evidence = {"recording " + std::to_string(scene.random.between(10'000, 99'999))};
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> attribute(const Scene& scene) {
  const auto percent = static_cast<std::int32_t>(10 * scene.random.between(3, 10));
  AttributeResponsibility command;
  command.shares.push_back(
      {.party = LiableKind::department, .ref = scene.team().department.value, .percent = percent});
  if (percent < 100)
    command.shares.push_back({.party = LiableKind::carrier, .ref = {}, .percent = 100 - percent});
  command.evidence = {"report of the team"};
  return Deed{scene.lead(scene.team()), std::move(command)};
}

const ComplaintFindings& findings(const Scene& scene) {
  static const ComplaintFindings kNone;
  return scene.state.findings ? *scene.state.findings : kNone;
}

/// By the quality reviewers: another one once the customer appealed.
std::optional<Deed> assess(const Scene& scene) {
  const auto& before = findings(scene).decided_before;
  AssessComplaint command;
  command.assessment = static_cast<ComplaintAssessment>(scene.random.below(3));
  command.severity = static_cast<ComplaintSeverity>(scene.random.below(4));
  command.pii.text = scene.say(Phrase::review_comment);
  const auto& judge = before ? scene.cast.second_reviewer(*before) : scene.cast.reviewer(scene.random);
  return Deed{scene.reviewer(judge.id), std::move(command)};
}

std::optional<Deed> communicate(const Scene& scene) {
  return Deed{scene.assignee(), CommunicateDecision{scene.file.channel, {scene.say(Phrase::progress)}}};
}

/// Somebody of the department that was named.
std::optional<Deed> dispute_responsibility(const Scene& scene) {
  const auto& shares = findings(scene).shares;
  if (shares.empty() || scene.random.percent(60)) return std::nullopt;
  const auto& named = scene.cast.team_of(DepartmentId{shares.front().ref.value_or("")});
  return Deed{scene.any_of(named), DisputeResponsibility{{scene.say(Phrase::rejection)}}};
}

std::optional<Deed> confirm_responsibility(const Scene& scene) {
  if (findings(scene).responsibility != ResponsibilityPhase::disputed) return std::nullopt;
  ConfirmResponsibility command;
  command.outcome = static_cast<ResponsibilityOutcome>(scene.random.below(3));
  if (command.outcome == ResponsibilityOutcome::shifted)
    command.shares = {{.party = LiableKind::carrier, .ref = {}, .percent = 100}};
  command.pii.text = scene.say(Phrase::review_comment);
  return Deed{scene.reviewer(scene.cast.reviewer(scene.random).id), std::move(command)};
}

std::optional<Deed> appeal(const Scene& scene) {
  if (scene.random.percent(50)) return std::nullopt;
  return Deed{scene.customer(), AppealComplaint{scene.file.channel, {scene.say(Phrase::rejection)}}};
}

/// What is done again after an appeal; nothing where there was none.
Turn after_appeal(Turn turn) {
  return [turn = std::move(turn)](const Scene& scene) {
    return findings(scene).decided_before ? turn(scene) : std::nullopt;
  };
}

std::optional<Deed> close_complaint(const Scene& scene) {
  return Deed{scene.owner(), CloseComplaint{.satisfaction_checked = true,
                                            .retained = scene.random.percent(80),
                                            .accepted_by_customer = scene.random.percent(75)}};
}

std::optional<Deed> offer_options(const Scene& scene) {
  const auto cost = [&] { return 100 * scene.random.between(0, 300); };
  const bool chinese = scene.file.language == Language::chinese;
  OfferOptions command;
  command.options = {{.option_id = {"repair"},
                      .kind = OptionKind::repair,
                      .plan = chinese ? "免费维修" : "A free repair",
                      .cost_minor = cost(),
                      .recommended = true},
                     {.option_id = {"exchange"},
                      .kind = OptionKind::exchange,
                      .plan = chinese ? "换同型号新机" : "The same model, new",
                      .cost_minor = cost(),
                      .recommended = false},
                     {.option_id = {"refund"},
                      .kind = OptionKind::refund,
                      .plan = chinese ? "退款" : "A refund",
                      .cost_minor = cost(),
                      .recommended = false}};
  command.valid_until = scene.now + 48h;
  return Deed{scene.assignee(), std::move(command)};
}

/// Some say first what they do not want.
std::optional<Deed> decline_option(const Scene& scene) {
  const auto& offered = scene.state.agreement.offered;
  if (offered.empty() || scene.random.percent(80)) return std::nullopt;
  return Deed{scene.customer(), DeclineOption{.option_ids = {scene.random.pick(offered).option_id},
                                              .pii = CustomerWords{scene.say(Phrase::rejection)}}};
}

std::optional<Deed> select_option(const Scene& scene) {
  const auto& offered = scene.state.agreement.offered;
  if (offered.empty()) return std::nullopt;
  return Deed{scene.customer(), SelectOption{.option_id = scene.random.pick(offered).option_id}};
}

std::optional<Deed> agree(const Scene& scene, Finality finality) {
  ReachAgreement command;
  command.kind = AgreementKind::solution;
  command.finality = finality;
  command.due_at = scene.now + scene.random.between(Duration{6h}, Duration{72h});
  return Deed{scene.assignee(), std::move(command)};
}

std::optional<Deed> assign_review(const Scene& scene) {
  const auto& agents = scene.state.handled_by.agents;
  if (agents.empty()) return std::nullopt;
  const auto& agent = scene.random.pick(agents);
  const auto& rules = scene.policy.review.sampling;
  AssignReview command;
  command.kind = static_cast<ReviewKind>(scene.random.below(4));
  command.reviewer_id = scene.cast.reviewer(scene.random).id;
  command.agent_id = agent;
  command.department_id = scene.team().department;
  command.sample = SampleOrigin{.sample_id = "sample-" + to_wire(scene.now).substr(0, 10),
                                .period = to_wire(scene.now).substr(0, 7),
                                .rule_id = rules.empty() ? "normal" : scene.random.pick(rules).group,
                                .seed = 7,
                                .population = scene.random.between(40, 90)};
  return Deed{scene.lead(scene.team()), std::move(command)};
}

/// What the policy drew when the case was closed.
std::optional<Deed> assign_drawn_review(const Scene& scene) {
  const auto& all = scene.state.reviews;
  const auto found =
      std::ranges::find_if(all, [](const ReviewRegion& review) { return review.drawn.has_value(); });
  if (found == all.end()) return std::nullopt;
  AssignReview command;
  command.kind = found->kind;
  command.reviewer_id = scene.cast.reviewer(scene.random).id;
  command.agent_id = found->agent_id;
  return Deed{scene.lead(scene.team()), std::move(command)};
}

std::vector<ScoreItem> score_items(const Scene& scene, const ReviewCard& card) {
  auto known = card.items;
  if (known.empty())
    known = {{.item = "greeting", .dimension = {}, .max = 10},
             {.item = "solution", .dimension = {}, .max = 10}};
  std::vector<ScoreItem> items;
  for (const auto& item : known) {
    ScoreItem scored;
    scored.item = item.item;
    scored.dimension = item.dimension;
    scored.max = item.max;
    scored.applicable = true;
    scored.score = static_cast<std::int32_t>(scene.random.between(item.max * 6 / 10, item.max));
    const bool may_fail = std::ranges::find(card.auto_fail, item.item) != card.auto_fail.end();
    scored.auto_fail = may_fail && scene.random.percent(5);
    if (scored.auto_fail) scored.score = 0;
    items.push_back(std::move(scored));
  }
  return items;
}

std::vector<ItemImprovement> points_to_improve(const Scene& scene, const std::vector<ScoreItem>& items) {
  std::vector<ItemImprovement> points;
  for (const auto& item : items) {
    if (item.score < item.max) points.push_back({item.item, scene.say(Phrase::improvement)});
  }
  return points;
}

/// Of the second look: most items are seen as the first reviewer saw them.
std::vector<ScoreItem> score_again(const Scene& scene, std::vector<ScoreItem> items) {
  for (auto& item : items) {
    if (!item.auto_fail && scene.random.percent(30))
      item.score = static_cast<std::int32_t>(scene.random.between(item.max * 6 / 10, item.max));
  }
  return items;
}

std::optional<Deed> score_review(const Scene& scene) {
  const auto open = std::ranges::find_if(
      scene.state.reviews, [](const ReviewRegion& review) { return !review.scored && !review.drawn; });
  if (open == scene.state.reviews.end()) return std::nullopt;
  ScoreReview command;
  command.review_id = open->review_id;
  const auto card = open->card.value_or(ReviewCard{scene.policy.review.scorecard, {}, {}});
  command.scorecard = card.scorecard;
  const auto& all = scene.state.reviews;
  const auto first =
      open->calibrates ? std::ranges::find(all, *open->calibrates, &ReviewRegion::review_id) : all.end();
  command.items = first == all.end() ? score_items(scene, card) : score_again(scene, first->items);
  auto points = points_to_improve(scene, command.items);
  if (!points.empty()) command.pii.by_item = std::move(points);
  if (scene.random.percent(70)) command.pii.comment = scene.say(Phrase::review_comment);
  return Deed{scene.reviewer(*open->reviewer_id), std::move(command)};
}

const ReviewRegion* find_review(const Scene& scene, std::optional<ReviewDispute> dispute) {
  const auto& all = scene.state.reviews;
  const auto found = std::ranges::find_if(
      all, [&](const ReviewRegion& review) { return review.scored && review.dispute == dispute; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<Deed> dispute_review(const Scene& scene) {
  const auto* scored = find_review(scene, std::nullopt);
  if (scored == nullptr) return std::nullopt;
  return Deed{scene.person(scored->agent_id),
              DisputeReview{scored->review_id, {scene.say(Phrase::review_comment)}}};
}

/// By another reviewer than the one who scored.
std::optional<Deed> decide_dispute(const Scene& scene) {
  const auto* disputed = find_review(scene, ReviewDispute::open);
  if (disputed == nullptr) return std::nullopt;
  ResolveReviewDispute command;
  command.review_id = disputed->review_id;
  command.pii.text = scene.say(Phrase::review_comment);
  if (scene.random.percent(50)) {
    command.outcome = DisputeOutcome::corrected;
    command.items = score_items(scene, disputed->card.value_or(ReviewCard{}));
    command.pii.by_item = points_to_improve(scene, *command.items);
  }
  return Deed{scene.reviewer(scene.cast.second_reviewer(*disputed->reviewer_id).id), std::move(command)};
}

/// The review that somebody looked at first, and whose score counts.
std::optional<Deed> assign_second_review(const Scene& scene) {
  const auto* first = find_review(scene, std::nullopt);
  if (first == nullptr || first->calibrates) return std::nullopt;
  return Deed{scene.lead(scene.team()),
              AssignSecondReview{first->review_id, scene.cast.second_reviewer(*first->reviewer_id).id}};
}

/// By the second of the two reviewers.
std::optional<Deed> calibrate(const Scene& scene) {
  const auto& all = scene.state.reviews;
  const auto second = std::ranges::find_if(
      all, [](const ReviewRegion& review) { return review.scored && review.calibrates && !review.settled; });
  if (second == all.end()) return std::nullopt;
  CalibrateReview command;
  command.review_id = second->review_id;
  command.pii.text = scene.say(Phrase::review_comment);
  if (scene.random.percent(50)) {
    command.items = second->items;
    command.pii.by_item = points_to_improve(scene, second->items);
  }
  return Deed{scene.reviewer(*second->reviewer_id), std::move(command)};
}

std::optional<Deed> recognize(const Scene& scene) {
  const auto* scored = find_review(scene, std::nullopt);
  if (scored == nullptr) return std::nullopt;
  return Deed{scene.reviewer(*scored->reviewer_id),
              GiveRecognition{scored->agent_id, scored->review_id, {scene.say(Phrase::review_comment)}}};
}

}  // namespace

void add_complaint(Script& script, Complaining complaint) {
  script.push_back({lodge, 2min, 20min});
  if (complaint == Complaining::declined) return script.push_back({decline_complaint, 10min, 60min});
  if (complaint == Complaining::withdrawn) return script.push_back({withdraw_complaint, 10min, 60min});
  script.push_back({accept_complaint, 10min, 60min});
  add_approval(script, ApprovalSubject::complaint_cause);
  script.push_back({determine_cause, 20min, 90min});
  script.push_back({attribute, 10min, 60min});
  script.push_back({dispute_responsibility, 10min, 60min});
  script.push_back({confirm_responsibility, 10min, 60min});
  script.push_back({assess, 10min, 60min});
  script.push_back({communicate, 10min, 30min});
  script.push_back({appeal, 10min, 60min});
  for (const auto& turn : {assess, attribute, communicate})
    script.push_back({after_appeal(turn), 10min, 60min});
  script.push_back({close_complaint, 10min, 60min});
}

void add_solution(Script& script) {
  script.push_back({offer_options, 5min, 30min});
  script.push_back({decline_option, 1min, 3min});
  script.push_back({select_option, 5min, 50min});
  script.push_back({[](const Scene& scene) { return agree(scene, Finality::interim); }, 2min, 15min});
  script.push_back({[](const Scene& scene) { return agree(scene, Finality::final); }, 10min, 40min});
}

void add_review(Script& script, Course::Review review) {
  if (review == Course::Review::none) return;
  script.push_back({assign_review, 2min, 20min});
  if (review == Course::Review::assigned) return;
  script.push_back({score_review, 10min, 2h});
  if (review == Course::Review::calibrated) {
    script.push_back({assign_second_review, 5min, 60min});
    script.push_back({score_review, 10min, 2h});
    script.push_back({calibrate, 10min, 3h});
  }
  if (review == Course::Review::recognized) script.push_back({recognize, 5min, 60min});
  if (review != Course::Review::disputed) return;
  script.push_back({dispute_review, 10min, 2h});
  script.push_back({decide_dispute, 10min, 3h});
}

void add_drawn_review(Script& script) {
  script.push_back({assign_drawn_review, 1h, 30h});
  script.push_back({score_review, 10min, 2h});
}

}  // namespace casetrail::simulate
