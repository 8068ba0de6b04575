// What boards fold alike of a case: its request, its owner, and the department that has it.
#pragma once

#include "events/case/assignment.h"
#include "events/case/case_event.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"

namespace casetrail::kit {

/// A base of `Board`, whose `case_of(event)` is a row with `facts` and `department`, of which no place of a
/// list tells anything. An `on` of the board for one of these events takes the place of the one here.
/// Requires: `using CaseFold::on` in the board, and that it is a friend.
template <class Board>
class CaseFold {
 public:
  void on(const RequestAmended& fact, const CaseEvent& event) { learn(fact, event); }
  void on(const RequestClassified& fact, const CaseEvent& event) { learn(fact, event); }
  void on(const RequestPrioritized& fact, const CaseEvent& event) { learn(fact, event); }
  void on(const OwnerDesignated& fact, const CaseEvent& event) { learn(fact, event); }
  void on(const OwnerChanged& fact, const CaseEvent& event) { learn(fact, event); }
  void on(const CustomerErased& fact, const CaseEvent& event) { learn(fact, event); }

  void on(const AssignmentQueued& fact, const CaseEvent& event) { enter(fact.department_id, event); }
  void on(const AssignmentMade& fact, const CaseEvent& event) { enter(fact.department_id, event); }
  void on(const HandoffAccepted& fact, const CaseEvent& event) { enter(fact.by.department_id, event); }

 protected:
  void enter(const DepartmentId& department, const CaseEvent& event) {
    row_of(event).department = department.value;
  }

 private:
  friend Board;
  CaseFold() = default;

  auto& row_of(const CaseEvent& event) { return static_cast<Board&>(*this).case_of(event); }
  template <class Fact>
  void learn(const Fact& fact, const CaseEvent& event) {
    row_of(event).facts.learn(fact);
  }
};

}  // namespace casetrail::kit
