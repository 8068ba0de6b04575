// A command is tried with as little in it as goes, for each thing of the case that it may be meant for. What
// is said against its other fields is no answer of the case.
#include "aggregates/case/actions.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "aggregates/case/all_commands.h"
#include "aggregates/case/guard.h"
#include "aggregates/case/needed_fields.h"
#include "aggregates/case/refusal_texts.h"
#include "aggregates/case/trial_fields.h"

namespace casetrail {
namespace {

/// A command for each thing that it may be meant for, as the case stands; one at least.
template <class Asked, class Ids, class Take>
std::vector<Asked> for_each_id(Asked plain, const Ids& ids, const Take& take) {
  std::vector<Asked> all;
  for (const auto& id : ids) {
    take(plain, id);
    all.push_back(plain);
  }
  if (all.empty()) all.push_back(plain);
  return all;
}

std::vector<HandoffId> handoffs_of(const CaseState& state) {
  std::vector<HandoffId> ids;
  if (state.pending_handoff) ids.push_back(state.pending_handoff->handoff_id);
  for (const auto& held : state.accepted_handoffs) ids.push_back(held.handoff_id);
  for (const auto& question : state.questions) ids.push_back(question.handoff_id);
  return ids;
}

/// The first that is tried tells why, when none goes: what is over has less to say than what is open.
template <class Items, class IsOver>
Items open_first(Items items, const IsOver& is_over) {
  std::ranges::stable_partition(items, [&](const auto& item) { return !std::invoke(is_over, item); });
  return items;
}

bool is_over(const CallbackRegion& callback) { return callback.phase != CallbackPhase::scheduled; }

template <class Asked>
std::vector<Asked> tries_of(const CaseState& state) {
  Asked plain{};
  if constexpr (requires { plain.reason = std::string(); }) plain.reason = "-";
  if constexpr (requires { plain.handoff_id = HandoffId(); })
    return for_each_id(plain, handoffs_of(state), [](auto& asked, const auto& id) { asked.handoff_id = id; });
  else if constexpr (requires { CallbackId(plain.callback_id); })
    return for_each_id(plain, open_first(state.callbacks, is_over),
                       [](auto& asked, const auto& callback) { asked.callback_id = callback.callback_id; });
  else if constexpr (requires { plain.review_id = ReviewId(); })
    return for_each_id(plain, open_first(state.reviews, &ReviewRegion::scored),
                       [](auto& asked, const auto& review) { asked.review_id = review.review_id; });
  else if constexpr (requires { plain.approval_id = ApprovalId(); })
    return for_each_id(plain, open_first(state.approvals, &ApprovalRegion::used),
                       [](auto& asked, const auto& approval) { asked.approval_id = approval.approval_id; });
  else if constexpr (requires { plain.agreement_id = AgreementId(); })
    return for_each_id(plain, state.agreement.open,
                       [](auto& asked, const auto& open) { asked.agreement_id = open.agreement_id; });
  else if constexpr (requires { plain.return_id = ReturnId(); })
    return for_each_id(plain, state.errands.value_or(ErrandRegion()).returns,
                       [](auto& asked, const auto& goods) { asked.return_id = goods.return_id; });
  else if constexpr (requires { plain.visit_id = VisitId(); })
    return for_each_id(plain, open_first(state.errands.value_or(ErrandRegion()).visits, &VisitRegion::over),
                       [](auto& asked, const auto& visit) { asked.visit_id = visit.visit_id; });
  else if constexpr (std::is_same_v<Asked, ExcuseSla>)
    return for_each_id(plain, state.missed,
                       [](auto& asked, const auto& missed) { asked.metric = missed.metric; });
  else if constexpr (requires { plain.option_id = OptionId(); })
    return for_each_id(plain, state.agreement.offered,
                       [](auto& asked, const auto& option) { asked.option_id = option.option_id; });
  else if constexpr (std::is_same_v<Asked, UnlinkCase>)
    return for_each_id(plain, state.notes.links, [](auto& asked, const auto& link) {
      asked.other_case_id = link.other_case_id;
      asked.relation = link.relation;
    });
  else if constexpr (std::is_same_v<Asked, MakeAssignment>)
    return for_each_id(plain, std::to_array({AssignmentBasis::push, AssignmentBasis::lead}),
                       [](auto& asked, auto basis) { asked.basis = basis; });
  else
    return {plain};
}

/// Where the case has nothing that the command may be meant for, no name of it is quoted.
Rejection without_empty_name(Rejection refusal) {
  static constexpr std::string_view kEmpty = " ''";
  if (const auto at = refusal.sentence.find(kEmpty); at != std::string::npos)
    refusal.sentence.erase(at, kEmpty.size());
  return refusal;
}

/// What stands in quotes, as fields do that a refusal is about.
std::vector<std::string> quoted_in(std::string_view sentence) {
  std::vector<std::string> quoted;
  for (auto begin = sentence.find('\''); begin != std::string_view::npos;) {
    const auto end = sentence.find('\'', begin + 1);
    if (end == std::string_view::npos) break;
    quoted.emplace_back(sentence.substr(begin + 1, end - begin - 1));
    begin = sentence.find('\'', end + 1);
  }
  return quoted;
}

bool has(const std::vector<std::string>& paths, const std::string& path) {
  return std::ranges::find(paths, path) != paths.end();
}

/// Whether the field of `path` is called so, by its whole path or the end of it; a list by what it is of.
bool is_called(std::string_view path, std::string_view name) {
  const auto ends = [&](std::string_view whole) {
    if (!whole.ends_with(name)) return false;
    return whole.size() == name.size() || whole[whole.size() - name.size() - 1] == '.';
  };
  return ends(path) || (path.ends_with('s') && ends(path.substr(0, path.size() - 1)));
}

/// Calls `on_choice("mode=question", command)` with each word of each member that may be left out.
template <class Asked, class OnChoice>
class Choices {
 public:
  Choices(Asked& command, const OnChoice& on_choice) : command_(command), on_choice_(on_choice) {}

  template <class... T>
  void operator()(cereal::NameValuePair<T>&&... members) {
    (choose(members.name, members.value), ...);
  }

 private:
  template <class T>
  void choose(std::string_view name, T& value) {
    if constexpr (is_optional<T>) {
      if constexpr (NamedEnum<typename T::value_type>) {
        for (const auto word : enum_names(typename T::value_type{})) {
          value = enum_from<typename T::value_type>(word);
          on_choice_(std::string(name).append("=").append(word), command_);
        }
        value.reset();
      }
    }
  }

  Asked& command_;
  const OnChoice& on_choice_;
};

class Question {
 public:
  Question(const CaseState& state, const std::optional<Actor>& actor, Timestamp now, const Policy& policy)
      : state_(state), policy_(policy), now_(now), anybody_(!actor) {
    envelope_.actor = actor.value_or(
        Actor{.kind = ActorKind::system, .id = "-", .department_id = {}, .role = {}, .badge_no = {}});
    envelope_.occurred_at = now;
  }

  /// `decide_one(envelope)` decides it.
  template <class Asked, class DecideOne>
  [[nodiscard]] std::optional<Rejection> refusal_of(const DecideOne& decide_one) {
    std::optional<Rejection> first;
    for (const auto& asked : tries_of<Asked>(state_)) {
      auto decision = decided(asked, decide_one);
      if (decision && decision->empty() && is_done_already(asked, decide_one))
        decision = refuse("nothing_to_do", "do anything", "it is so already");
      if (decision || may_escape(decision.error().code)) return std::nullopt;
      if (!first) first = without_empty_name(std::move(decision).error());
    }
    return first;
  }

  /// Of a command that is not refused whatever its fields say: what each thing asks for that it may be meant
  /// for.
  template <class Asked>
  [[nodiscard]] std::vector<NeededField> needed() {
    std::optional<std::vector<std::string>> of_all;
    const auto tries = tries_of<Asked>(state_);
    for (const auto& asked : tries) {
      auto paths = asked_for(asked);
      if (of_all) std::erase_if(*of_all, [&](const auto& path) { return !has(paths, path); });
      if (!of_all) of_all = std::move(paths);
    }
    std::vector<NeededField> fields;
    for (auto& path : *of_all) fields.push_back({std::move(path), {}});
    if (!fields.empty()) learn_choices(tries.front(), fields);
    return fields;
  }

 private:
  template <class Asked, class DecideOne>
  [[nodiscard]] Decision decided(const Asked& asked, const DecideOne& decide_one) {
    envelope_.command = asked;
    return decide_one(envelope_);
  }

  /// Whether other fields lead to nothing either.
  template <class Asked, class DecideOne>
  [[nodiscard]] bool is_done_already(Asked asked, const DecideOne& decide_one) {
    TrialFields everything([](const std::string&) { return true; }, now_);
    asked.serialize(everything);
    const auto decision = decided(asked, decide_one);
    return decision && decision->empty();
  }

  /// The fields that refusals quote one after the other, as each is filled in.
  template <class Asked>
  [[nodiscard]] std::vector<std::string> asked_for(Asked asked) {
    std::vector<std::string> paths;
    for (auto known = std::string::npos; known != paths.size();) {
      known = paths.size();
      const auto decision =
          decided(asked, [&](const auto& envelope) { return decide(state_, envelope, now_, policy_); });
      if (decision) break;
      const auto quoted = quoted_in(decision.error().sentence);
      TrialFields fields(
          [&](const std::string& path) {
            const auto is_meant = [&](const std::string& name) { return is_called(path, name); };
            if (std::ranges::none_of(quoted, is_meant) || has(paths, path)) return false;
            paths.push_back(path);
            return true;
          },
          now_);
      asked.serialize(fields);
    }
    return paths;
  }

  template <class Asked>
  void learn_choices(Asked asked, std::vector<NeededField>& fields) {
    const auto compare = [&](const std::string& choice, const Asked& chosen) {
      const auto still = asked_for(chosen);
      for (auto& field : fields) {
        if (!has(still, field.path)) field.unless.push_back(choice);
      }
    };
    Choices choices(asked, compare);
    asked.serialize(choices);
  }

  [[nodiscard]] bool may_escape(std::string_view code) const {
    const auto* text = find_refusal(code);
    return text != nullptr &&
           (text->escape == Escape::other_fields || (anybody_ && text->escape == Escape::another_actor));
  }

  const CaseState& state_;
  const Policy& policy_;
  Timestamp now_;
  bool anybody_;
  CommandEnvelope envelope_;
};

/// Calls `on_type(std::type_identity<Asked>)` for each type of command that is an action.
template <class OnType, class... Commands>
void for_each_action(const OnType& on_type, Family<Commands...>) {
  const auto visit = [&]<class Asked>(std::type_identity<Asked> type) {
    if constexpr (!std::is_same_v<Asked, ImportFacts>) on_type(type);
  };
  (visit(std::type_identity<Commands>{}), ...);
}

}  // namespace

std::vector<Action> actions_of(const CaseState& state, const std::optional<Actor>& actor, Timestamp now,
                               const Policy& policy) {
  Question question(state, actor, now, policy);
  const auto decide_one = [&](const CommandEnvelope& asked) { return decide(state, asked, now, policy); };
  std::vector<Action> all;
  for_each_action(
      [&]<class Asked>(std::type_identity<Asked>) {
        all.push_back({Asked::kType, question.refusal_of<Asked>(decide_one)});
      },
      AllCommands{});
  return all;
}

std::optional<AskedAction> ask_action(std::string_view type, const CaseState& state,
                                      const std::optional<Actor>& actor, Timestamp now,
                                      const Policy& policy) {
  Question question(state, actor, now, policy);
  std::optional<AskedAction> found;
  for_each_action(
      [&]<class Asked>(std::type_identity<Asked>) {
        if (Asked::kType != type) return;
        Trace trace;
        auto refusal = question.refusal_of<Asked>(
            [&](const CommandEnvelope& asked) { return decide(state, asked, now, policy, trace); });
        found = AskedAction{{Asked::kType, std::move(refusal)}, std::move(trace)};
      },
      AllCommands{});
  return found;
}

std::vector<NeededField> needed_fields(std::string_view type, const CaseState& state,
                                       const std::optional<Actor>& actor, Timestamp now,
                                       const Policy& policy) {
  Question question(state, actor, now, policy);
  std::vector<NeededField> fields;
  for_each_action(
      [&]<class Asked>(std::type_identity<Asked>) {
        if (Asked::kType == type) fields = question.needed<Asked>();
      },
      AllCommands{});
  return fields;
}

}  // namespace casetrail
