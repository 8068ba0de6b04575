// The case as the history has it, asked what it allows.
#include "workers/api/case_actions.h"

#include <cereal/cereal.hpp>
#include <utility>
#include <vector>

#include "aggregates/case/actions.h"
#include "aggregates/case/command_text.h"
#include "aggregates/case/needed_fields.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/case/review/score.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"
#include "workers/api/sender.h"

namespace casetrail::api {
namespace {

struct Words {
  std::string en;
  std::string zh;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(en), CEREAL_NVP(zh));
  }
};

struct RequiredField {
  std::string field;
  std::vector<std::string> unless;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(field), CEREAL_NVP(unless));
  }
};

/// An item of the card by which the review is judged, for somebody to give it points.
struct ItemToScore {
  std::string item;
  std::optional<RaterDimension> dimension;
  std::int32_t max = 0;
  bool applicable = true;
  bool auto_fail = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(dimension), CEREAL_NVP(max), CEREAL_NVP(applicable),
            CEREAL_NVP(auto_fail));
  }
};

/// None yet: what is to be done better is said of each item that loses points.
struct WordsToGive {
  std::vector<std::string> improvement_points;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(improvement_points));
  }
};

/// What the case knows of the data of `review.score`: a form begins with it.
struct ReviewToScore {
  ReviewId review_id;
  Scorecard scorecard;
  std::vector<ItemToScore> items;
  WordsToGive pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(scorecard), CEREAL_NVP(items), CEREAL_NVP(pii));
  }
};

struct ActionRow {
  std::string type;
  Words label;
  bool allowed = false;
  std::optional<std::string> code;
  std::optional<std::string> message;
  std::vector<RequiredField> required;
  std::vector<ReviewToScore> begins;  ///< one for each thing of the case that it may be meant for

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(label), CEREAL_NVP(allowed), CEREAL_NVP(code), CEREAL_NVP(message),
            CEREAL_NVP(required), CEREAL_NVP(begins));
  }
};

struct ActionsAnswer {
  CaseId case_id;
  std::int64_t seq = 0;
  CaseStatus status{};
  std::vector<ActionRow> actions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(status), CEREAL_NVP(actions));
  }
};

ActionRow row_of(const Action& action) {
  const auto& text = command_text(action.type);
  ActionRow row{.type = std::string(action.type),
                .label = {std::string(text.en), std::string(text.zh)},
                .allowed = !action.refusal,
                .code = std::nullopt,
                .message = std::nullopt,
                .required = {},
                .begins = {}};
  if (action.refusal) {
    row.code = action.refusal->code;
    row.message = action.refusal->sentence;
  }
  return row;
}

/// The reviews that `actor`, or whoever may, has not scored yet, by the card of each.
std::vector<ReviewToScore> reviews_to_score(const CaseState& state, const std::optional<Actor>& actor,
                                            const Policy& policy) {
  std::vector<ReviewToScore> all;
  for (const auto& review : state.reviews) {
    if (review.scored || review.drawn) continue;
    if (actor && review.reviewer_id && review.reviewer_id->value != actor->id) continue;
    const auto card = review.card.value_or(card_of(policy.review));
    auto& begin = all.emplace_back(ReviewToScore{review.review_id, card.scorecard, {}, {}});
    for (const auto& [item, dimension, max] : card.items) begin.items.push_back({item, dimension, max});
  }
  return all;
}

/// What the identity has no right to is not allowed, whatever the case says.
void forbid(ActionRow& row, const identity::Identity& who) {
  const auto right = right_of(row.type);
  if (who.may(right)) return;
  row.allowed = false;
  row.required.clear();
  row.begins.clear();
  row.code = "forbidden";
  row.message = "You do not have the right '" + std::string(name_of(right)) + "'.";
}

}  // namespace

std::expected<std::optional<Actor>, std::string> asking_agent(
    const std::multimap<std::string, std::string>& query) {
  const auto value = [&](const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? std::nullopt : std::optional(found->second);
  };
  const auto agent = value("agent");
  const auto department = value("department");
  if (!agent && (department || value("role")))
    return std::unexpected("Expected 'agent' beside 'department' and 'role': they are an agent's.");
  if (!agent) return std::nullopt;
  Actor actor{
      .kind = ActorKind::agent, .id = *agent, .department_id = {}, .role = value("role"), .badge_no = {}};
  if (department) actor.department_id = DepartmentId{*department};
  return actor;
}

http::HttpResponse actions_answer(const std::string& named, const CaseId& id, DeskAnswer standing,
                                  const Asking& asking, Timestamp now, const Policy& policy) {
  auto state = standing_case(named, id, std::move(standing));
  if (!state) return std::move(state).error();
  ActionsAnswer answer{.case_id = id, .seq = state->seq, .status = state->status, .actions = {}};
  for (const auto& action : actions_of(*state, asking.actor, now, policy)) {
    auto& row = answer.actions.emplace_back(row_of(action));
    if (row.allowed) {
      for (auto& [path, unless] : needed_fields(action.type, *state, asking.actor, now, policy))
        row.required.push_back({std::move(path), std::move(unless)});
      if (action.type == ScoreReview::kType) row.begins = reviews_to_score(*state, asking.actor, policy);
    }
    if (asking.identity != nullptr) forbid(row, *asking.identity);
  }
  return json_answer(200, to_json(answer));
}

std::string actions_schema() { return PublishedSchema::of<ActionsAnswer>(); }

}  // namespace casetrail::api
