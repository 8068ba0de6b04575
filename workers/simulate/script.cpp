// The course of a case: what is common to all, and which turns it takes.
#include "workers/simulate/script.h"

namespace casetrail::simulate {
namespace {

using namespace std::chrono_literals;

template <class E>
E nth(std::size_t number, std::size_t count) {
  return static_cast<E>(number % count);
}

constexpr std::size_t kDispatches = 4;
constexpr std::size_t kWorks = 15;
constexpr std::size_t kEndings = 9;
constexpr std::size_t kCovering = 64;
/// Of so many cases one is spam, one a duplicate, and one is withdrawn.
constexpr std::size_t kRequestTurns = 24;
/// Of so many cases one complaint is declined and one is withdrawn.
constexpr std::size_t kComplaintTurns = 12;

Dispatch draw_dispatch(Random& random) {
  const auto draw = random.below(100);
  if (draw < 50) return Dispatch::pushed;
  if (draw < 82) return Dispatch::offered;
  return draw < 93 ? Dispatch::declined : Dispatch::expired;
}

Work draw_work(Random& random) {
  const auto draw = random.below(100);
  if (draw < 12) return Work::plain;
  if (draw < 16) return Work::consulted;
  if (draw < 30) return Work::question;
  if (draw < 40) return Work::suspended;
  if (draw < 62) return Work::handed_over;
  if (draw < 71) return Work::returned;
  if (draw < 74) return Work::ruled;
  if (draw < 78) return Work::silent_handoff;
  if (draw < 83) return Work::shift;
  if (draw < 85) return Work::new_owner;
  if (draw < 90) return Work::urged;
  if (draw < 93) return Work::given_back;
  if (draw < 96) return Work::reassigned;
  return draw < 98 ? Work::withdrawn_handoff : Work::silent_customer;
}

Ending draw_ending(Random& random) {
  const auto draw = random.below(100);
  if (draw < 48) return Ending::confirmed;
  if (draw < 56) return Ending::rejected;
  if (draw < 64) return Ending::dissatisfied;
  if (draw < 72) return Ending::unreachable;
  if (draw < 76) return Ending::refused;
  if (draw < 82) return Ending::waived;
  if (draw < 88) return Ending::postponed;
  return draw < 92 ? Ending::comes_back : Ending::overdue;
}

}  // namespace

Course draw_course(std::size_t number, Random& random) {
  Course course;
  if (number < kCovering) {
    course.dispatch = nth<Dispatch>(number, kDispatches);
    course.work = {nth<Work>(number, kWorks)};
    course.ending = nth<Ending>(number, kEndings);
  } else {
    course.dispatch = draw_dispatch(random);
    for (auto turns = random.between(1, 2); turns > 0; --turns) course.work.push_back(draw_work(random));
    course.ending = draw_ending(random);
  }
  if (number % kRequestTurns == 7) course.request = Request::spam;
  if (number % kRequestTurns == 15) course.request = Request::duplicate;
  if (number % kRequestTurns == 23) course.request = Request::withdrawn;
  if (number % kComplaintTurns == 4) course.complaint = Complaining::declined;
  if (number % kComplaintTurns == 10) course.complaint = Complaining::withdrawn;
  const auto review = random.below(100);
  if (review < 45) course.review = review < 20 ? Course::Review::scored : Course::Review::assigned;
  if (review < 14) course.review = Course::Review::calibrated;
  if (review < 10) course.review = review < 7 ? Course::Review::disputed : Course::Review::recognized;
  if (random.percent(6)) course.slips = Course::Slips::one;
  if (number % 4 == 1) course.notes = Course::Notes::some;
  return course;
}

Script write_script(const Course& course, const CaseFile& file) {
  Script script;
  add_registration(script);
  if (course.request == Request::spam || course.request == Request::duplicate) {
    add_end_of_request(script, course.request);
    return script;
  }
  add_intake(script, course.dispatch);
  if (course.notes == Course::Notes::some) add_notes(script);
  if (course.request == Request::withdrawn) {
    add_end_of_request(script, course.request);
    return script;
  }
  if (course.slips == Course::Slips::one) add_slip(script);
  for (const auto work : course.work) add_work(script, work);
  add_phone_call(script);
  add_oversight(script);
  if (file.kind == CaseKind::complaint || course.complaint != Complaining::upheld)
    add_complaint(script, course.complaint);
  if (file.kind != CaseKind::inquiry) {
    add_solution(script);
    add_errands(script);
  }
  add_review(script, course.review);
  add_ending(script, course.ending);
  if (file.kind != CaseKind::inquiry) add_fulfilment(script);
  add_drawn_review(script);
  return script;
}

}  // namespace casetrail::simulate
