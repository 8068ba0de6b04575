// A call that goes through every department, a letter from another system, and a case that was brought in.
#include "tests/support/every_command.h"

#include <string>
#include <utility>

#include "aggregates/case/approval/commands.h"
#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/import/commands.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/privacy/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/timer/commands.h"
#include "aggregates/case/work/commands.h"

namespace casetrail {
namespace {

using std::chrono::days;
using std::chrono::hours;

class Teller {
 public:
  explicit Teller(Timestamp now) : now_(now) {}

  Teller& in(const std::string& case_id) {
    case_id_.value = case_id;
    return *this;
  }
  Teller& by(ActorKind kind, const std::string& id, const std::string& department = {}) {
    actor_ = Actor{kind, id, {}, {}, {}};
    if (!department.empty()) actor_.department_id = DepartmentId{department};
    return *this;
  }
  Teller& tell(Command command) {
    CommandEnvelope envelope;
    envelope.id.value =
        (actor_.kind == ActorKind::import_ ? "import:" : "step-") + std::to_string(steps_.size() + 1);
    envelope.case_id = case_id_;
    envelope.actor = actor_;
    envelope.occurred_at = now_;
    envelope.command = std::move(command);
    steps_.push_back(std::move(envelope));
    return *this;
  }

  [[nodiscard]] Timestamp now() const { return now_; }
  [[nodiscard]] std::vector<CommandEnvelope> take() { return std::move(steps_); }

 private:
  Timestamp now_;
  CaseId case_id_;
  Actor actor_;
  std::vector<CommandEnvelope> steps_;
};

RegisterRequest request() {
  RegisterRequest command;
  command.channel = Channel::phone;
  command.category = "fault/power";
  command.pii.name = "王芳";
  command.pii.contacts = {"13800000000"};
  command.pii.service_need = "无法开机";
  return command;
}

ResolveAtFirstContact solved_at_first_contact() {
  ResolveAtFirstContact command;
  command.channel = Channel::phone;
  command.category = "use/setup";
  command.resolution_code = ResolutionCode::explained;
  command.pii.name = "王芳";
  command.pii.contacts = {"13800000000"};
  return command;
}

RequestHandoff to_tech() {
  return {HandoffKind::department,
          Party{DepartmentId{"tech"}, {}},
          HandoffReason::skill_needed,
          {},
          HandoffNote{"王芳", "phone", "no power", "a repair", "test the unit", "on the bench"}};
}

RequestHandoff ask_tech() {
  auto question = to_tech();
  question.pii =
      HandoffNote{.because = "the new board is out of stock", .please_do = "does the old one fit?"};
  question.mode = HandoffMode::question;
  return question;
}

std::vector<Fact> imported_miss() {
  return {
      {"request.registered",
       1,
       {R"({"kind":"inquiry","service_stage":"after_sale","channel":"phone","received_at":"2026-11-20T08:00:00.000Z","pii":{"name":"Ann","contacts":[]}})"}},
      {"sla.target.missed", 1, {R"({"metric":"first_response","due_at":"2026-11-20T09:00:00.000Z"})"}}};
}

void tell_intake(Teller& story) {
  const AgentId li_wei{"li.wei"};
  const DepartmentId cs{"cs"};
  story.tell(request())
      .tell(AcknowledgeRequest{Channel::email, story.now() + hours{4}})
      .tell(ClassifyRequest{"fault/power", {}, 2, {}})
      .tell(PrioritizeRequest{Level::medium, Level::high, {}})
      .tell(QueueCase{QueueId{"q"}, cs, QueueReason::no_capacity})
      .tell(OfferAssignment{li_wei, cs, {}, "find the fault", "stay calm"})
      .tell(DeclineAssignment{{}, DeclineReason::no_capacity})
      .tell(MakeAssignment{li_wei, cs, "find the fault", "stay calm", AssignmentBasis::push})
      .tell(ReleaseAssignment{ReleaseReason::no_capacity, {}, {}})
      .tell(MakeAssignment{li_wei, cs, "find the fault", "stay calm", AssignmentBasis::push})
      .tell(AcceptAssignment{});
}

void tell_notes(Teller& story) {
  const CaseId other{"case-4"};
  AmendRequest amend;
  amend.serial_no = "SN-2";
  story.tell(amend)
      .tell(AddNote{{}, {}, {"a regular customer", {}}})
      .tell(TagCase{{{"vip"}}, {}})
      .tell(RevealContact{RevealPurpose::call_customer, {}})
      .tell(LinkCase{other, Relation::related})
      .tell(UnlinkCase{other, Relation::related, {}})
      .tell(RequestApproval{ApprovalSubject::compensation, {}, 5'000, {"the second repair in a month"}})
      .by(ActorKind::agent, "boss", "cs")
      .tell(DecideApproval{ApprovalId{"p1"}, true, ApprovalWords{"fair enough"}})
      .by(ActorKind::agent, "li.wei", "cs");
}

void tell_work(Teller& story) {
  story.tell(StartWork{})
      .tell(SendMessage{Channel::phone, {"we look into it"}})
      .tell(RequestInfo{story.now() + hours{5}, WorkText{"the serial number?"}})
      .tell(ReceiveMessage{Channel::phone, {"SN-1"}})
      .tell(SuspendWork{SuspendReason::waiting_parts, story.now() + days{2}, true, WorkText{"a part comes"}})
      .tell(ResumeWork{ResumeTrigger::vendor_reply})
      .tell(ReportProgress{ProgressKind::progress, Channel::phone, {}, {"the part is here"}})
      .tell(ChaseCase{ChasedBy::customer, Channel::phone, {}})
      .tell(RaiseEscalation{{}, {{"lead"}}, {"the customer waits for a week"}})
      .tell(AcknowledgeEscalation{WorkText{"I call the customer"}})
      .tell(AttemptCall{CallDirection::outbound, CallOutcome::connected, {}, {}, 90, {}});
}

void tell_errands(Teller& story) {
  const ReturnId goods{"m1"};
  story.tell(AuthorizeReturn{ReturnKind::refund, {{"Dock D2", 1}}, "RMA-1"})
      .tell(ReceiveReturn{goods, GoodsCondition::intact})
      .tell(InspectReturn{goods, InspectionVerdict::passed, 19'900, {}})
      .tell(DispatchWork{AgentId{"chen"}, story.now() + hours{2}, story.now() + hours{4}})
      .tell(CompleteVisit{VisitId{"v1"}, VisitResult::done, {}, {}});
}

void tell_handoffs(Teller& story) {
  const HandoffId first{"h1"};
  const HandoffId second{"h2"};
  const HandoffId third{"h3"};
  story.tell(to_tech())
      .by(ActorKind::agent, "zhao", "tech")
      .tell(ReturnHandoff{first, ReturnReason::not_our_duty, DutyId{"talk"}, {}})
      .by(ActorKind::agent, "li.wei", "cs")
      .tell(to_tech())
      .tell(RuleHandoff{second, DepartmentId{"tech"}, DutyId{"repair"}, "it is broken"})
      .by(ActorKind::agent, "zhao", "tech")
      .tell(AcceptHandoff{second})
      .tell(CompleteHandoff{second, HandoffResult::done})
      .tell(to_tech())
      .tell(WithdrawHandoff{third, "it is settled"})
      .tell(ask_tech())
      .by(ActorKind::agent, "zhao", "tech")
      .tell(CompleteHandoff{HandoffId{"h4"}, HandoffResult::done, HandoffAnswer{"the old board fits"}})
      .by(ActorKind::agent, "li.wei", "cs");
}

void tell_solution_and_complaint(Teller& story) {
  const OptionId repair{"repair"};
  story.tell(OfferOptions{{{repair, OptionKind::repair, "repair it", 100, true}}, {}})
      .tell(DeclineOption{{repair}, CustomerWords{"I want a new one"}})
      .tell(SelectOption{repair})
      .tell(ReachAgreement{AgreementKind::solution, Finality::final, {}, {}, story.now() + days{3}})
      .tell(FulfillAgreement{AgreementId{"g1"}, Witness::customer, {}})
      .tell(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"nobody called me", {}}})
      .tell(AcceptComplaint{{{"identified", true}}})
      .tell(DetermineCause{ComplaintCause::staff_error, {"call record"}, {}})
      .tell(AttributeResponsibility{{{LiableKind::department, "cs", 100}}, {"call record"}})
      .tell(DisputeResponsibility{{"the record is of another call"}})
      .by(ActorKind::agent, "boss", "office")
      .tell(ConfirmResponsibility{ResponsibilityOutcome::upheld, {}, {"it is of this call"}})
      .tell(AssessComplaint{ComplaintAssessment::justified, ComplaintSeverity::minor, {}, {"two days late"}})
      .by(ActorKind::agent, "li.wei", "cs")
      .tell(CommunicateDecision{Channel::phone, {"you are right, and we are sorry"}})
      .tell(AppealComplaint{Channel::phone, {"sorry is not enough"}})
      .tell(AttributeResponsibility{{{LiableKind::department, "cs", 100}}, {"call record"}})
      .tell(CloseComplaint{true, true, true})
      .tell(LodgeComplaint{ComplaintAbout::service, {}, {}, {}, {"it took a week", {}}})
      .tell(DeclineComplaint{"a week was agreed", true})
      .tell(LodgeComplaint{ComplaintAbout::product, {}, {}, {}, {"it is loud", {}}})
      .tell(WithdrawComplaint{Channel::phone});
}

void tell_callbacks(Teller& story) {
  const CallbackId first{"c1"};
  story.tell(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}})
      .tell(AttemptCallback{first, CallbackOutcome::connected, {}})
      .tell(RescheduleCallback{first, story.now() + days{1}, RescheduleReason::customer_request})
      .tell(CompleteCallback{first, {true, 5, {}}, {}})
      .tell(RouteCallbackFeedback{first, DepartmentId{"tech"}, FeedbackRoute::suggestion, {}})
      .tell(ScheduleCallback{CallbackPurpose::use_experience, {}, {}, {}})
      .tell(WaiveCallback{CallbackId{"c2"}, "all is well", AgentId{"boss"}})
      .tell(ScheduleCallback{CallbackPurpose::satisfaction_and_problem, {}, {}, {}})
      .tell(AttemptCallback{CallbackId{"c3"}, CallbackOutcome::connected, {}})
      .tell(RefuseCallback{CallbackId{"c3"}, false})
      .tell(ScheduleCallback{CallbackPurpose::agreed_call, {}, {}, {}})
      .tell(AssignCallback{CallbackId{"c4"}, AgentId{"han"}})
      .tell(CancelCallback{CallbackId{"c4"}, CancelReason::no_longer_needed});
}

void tell_review_and_end(Teller& story) {
  story.tell(AssignReview{ReviewKind::chat, AgentId{"qa1"}, AgentId{"li.wei"}, {}, {}, {}})
      .by(ActorKind::agent, "qa1", "qa")
      .tell(ScoreReview{ReviewId{"r1"}, {"default", 1}, {{"greeting", {}, 10, 10, true, false}}, {}})
      .by(ActorKind::agent, "li.wei", "cs")
      .tell(DisputeReview{ReviewId{"r1"}, {"the greeting was said"}})
      .by(ActorKind::agent, "qa2", "qa")
      .tell(ResolveReviewDispute{ReviewId{"r1"}, DisputeOutcome::confirmed, {}, {"it was not"}})
      .tell(GiveRecognition{AgentId{"li.wei"}, ReviewId{"r1"}, {"patient to the end"}})
      .tell(AssignReview{ReviewKind::chat, AgentId{"qa1"}, AgentId{"li.wei"}, {}, {}, {}})
      .tell(AssignSecondReview{ReviewId{"r2"}, AgentId{"qa2"}})
      .tell(ScoreReview{ReviewId{"r3"}, {"default", 1}, {{"greeting", {}, 10, 10, true, false}}, {}})
      .by(ActorKind::agent, "qa1", "qa")
      .tell(ScoreReview{ReviewId{"r2"}, {"default", 1}, {{"greeting", {}, 10, 10, true, false}}, {}})
      .by(ActorKind::agent, "qa2", "qa")
      .tell(CalibrateReview{ReviewId{"r3"}, {}, {"both saw the same"}})
      .by(ActorKind::agent, "li.wei", "cs")
      .tell(ResolveCase{ResolutionCode::repaired, {}})
      .tell(RejectResolution{Channel::phone, {"still broken"}})
      .tell(ResolveCase{ResolutionCode::exchanged, {}})
      .tell(AcceptResolution{Channel::phone})
      .tell(ReopenCase{ReopenReason::recurrence, {}})
      .tell(ResolveCase{ResolutionCode::repaired, {}})
      .tell(WaiveCallback{{}, "the customer wrote that all is well", {}})
      .tell(CloseCase{})
      .tell(ReopenCase{ReopenReason::recurrence, {}});
}

void tell_others(Teller& story) {
  story.in("case-2")
      .by(ActorKind::system, "crm")
      .tell(request())
      .tell(DesignateOwner{AgentId{"li.wei"}, OwnerBasis::policy})
      .tell(ChangeOwner{AgentId{"zhao"}, OwnerChangeReason::absence, AgentId{"boss"}})
      .in("case-5")
      .tell(request())
      .tell(RejectRequest{RejectReason::duplicate, true, CaseId{"case-1"}, {}})
      .in("case-6")
      .tell(request())
      .tell(WithdrawRequest{Channel::phone, {}})
      .tell(PlaceHold{"lawsuit 7"})
      .tell(ReleaseHold{"it is settled"})
      .tell(RequestErasure{LegalBasis::customer_request, "request 12"})
      .in("case-7")
      .by(ActorKind::agent, "li.wei", "cs")
      .tell(solved_at_first_contact())
      .in("case-3")
      .by(ActorKind::import_, "old-desk")
      .tell(ImportFacts{"old-desk",
                        {{"work.message.received", 1, {R"({"channel":"phone","pii":{"text":"hello?"}})"}}}})
      .in("case-8")
      .tell(ImportFacts{"old-desk", imported_miss()})
      .by(ActorKind::agent, "boss", "cs")
      .tell(ExcuseSla{SlaMetric::first_response, ExcuseReason::system_outage, {}});
}

}  // namespace

std::vector<CommandEnvelope> story_of_every_command(Timestamp now) {
  Teller story(now);
  story.in("case-1").by(ActorKind::agent, "li.wei", "cs");
  tell_intake(story);
  tell_notes(story);
  tell_work(story);
  tell_errands(story);
  tell_handoffs(story);
  tell_solution_and_complaint(story);
  tell_callbacks(story);
  tell_review_and_end(story);
  tell_others(story);
  return story.take();
}

}  // namespace casetrail
