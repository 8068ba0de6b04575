// Writes the course that a case takes in the simulated department.
#pragma once

#include "workers/simulate/scene.h"

namespace casetrail::simulate {

/// How the customer's request gets to somebody.
enum class Dispatch { pushed, offered, declined, expired };
/// What happens while it is worked on.
enum class Work {
  plain,
  question,  ///< to the customer
  suspended,
  handed_over,
  returned,
  ruled,
  silent_handoff,
  shift,
  new_owner,
  urged,              ///< the customer urges, and the case is escalated
  given_back,         ///< who had it is away: it waits in the queue again
  reassigned,         ///< a lead gives it to another one
  withdrawn_handoff,  ///< the matter is settled before the other side answers
  silent_customer,    ///< who is reminded
  consulted           ///< other departments are asked
};
/// Whether there is anything to do.
enum class Request {
  genuine,
  spam,
  duplicate,  ///< of an earlier one
  withdrawn   ///< by the customer, before it is done
};
/// How it ends.
enum class Ending {
  confirmed,     ///< the customer accepts, and is satisfied when called
  rejected,      ///< he rejects the first resolution
  dissatisfied,  ///< he says so when called; the case opens again
  unreachable,   ///< every attempt is used
  refused,       ///< he does not want to be called
  waived,
  postponed,   ///< the call is put off and waits
  comes_back,  ///< he writes again after the case is closed
  overdue      ///< nobody calls him
};

enum class Complaining {
  upheld,     ///< of a case that is a complaint
  declined,   ///< of any case: it does not meet the criteria, and the customer is told why
  withdrawn,  ///< of any case: the customer takes it back
};

struct Course {
  Dispatch dispatch{};
  Request request{};
  std::vector<Work> work;
  Ending ending{};
  Complaining complaint{};
  enum class Review { none, assigned, scored, disputed, recognized, calibrated } review = Review::none;
  enum class Slips { none, one } slips = Slips::none;  ///< a command that is refused
  enum class Notes { none, some } notes = Notes::none;
};

/// The first 64 courses of a day cover every kind of each; later ones are drawn.
[[nodiscard]] Course draw_course(std::size_t number, Random& random);

[[nodiscard]] Script write_script(const Course& course, const CaseFile& file);

/// Whether it was approved and not done yet.
[[nodiscard]] bool is_approved(const Scene& scene, ApprovalSubject subject);

/// Whether what needs an approval by the policy has one.
[[nodiscard]] bool may_do(const Scene& scene, ApprovalSubject subject);

// The parts of a script, in the order of a case.
void add_registration(Script& script);
void add_intake(Script& script, Dispatch dispatch);
void add_notes(Script& script);
/// Nothing comes after it.
void add_end_of_request(Script& script, Request request);
void add_work(Script& script, Work work);
void add_complaint(Script& script, Complaining complaint);
void add_solution(Script& script);
void add_review(Script& script, Course::Review review);
void add_ending(Script& script, Ending ending);
/// To two other departments.
void add_question(Script& script);
void add_phone_call(Script& script);
/// A lead looks at what was missed and escalated.
void add_oversight(Script& script);
/// What was agreed is sent back or repaired on the spot.
void add_errands(Script& script);
void add_fulfilment(Script& script);
/// Of a closed case that the policy drew.
void add_drawn_review(Script& script);
void add_slip(Script& script);
/// Where the policy asks for one.
void add_approval(Script& script, ApprovalSubject subject);

}  // namespace casetrail::simulate
