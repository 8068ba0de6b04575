// The state before the decision is the history's, its command and its policy are the log's.
#include "workers/api/case_why.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <chrono>
#include <utility>
#include <vector>

#include "aggregates/case/actions.h"
#include "aggregates/case/command_text.h"
#include "aggregates/case/guard_text.h"
#include "aggregates/case/why.h"
#include "aggregates/policy/policy_words.h"
#include "events/case/timer.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/whole_number.h"
#include "projections/kit/personal.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"
#include "workers/api/kept_records.h"
#include "workers/api/policies.h"
#include "workers/api/routes.h"
#include "workers/http/problem.h"
#include "workers/log/partition.h"

namespace casetrail::api {
namespace {

/// How a decision was made out.
enum class Remade {
  same,      ///< decided again, it leads to the same events, or to the same refusal
  differs,   ///< decided again by this version of casetrail it does not
  not_kept,  ///< its command is not kept any more: only its events tell of it
  imported,  ///< nobody decided here: facts were taken from elsewhere
};
constexpr auto enum_names(Remade) {
  return std::to_array<std::string_view>({"same", "differs", "not_kept", "imported"});
}

struct WhyRow {
  std::int64_t seq = 0;
  Timestamp occurred_at{};
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::optional<std::string> command_id;
  std::int32_t policy_version = 0;
  std::int64_t offset = -1;
  std::string line;
  RawJson fact;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(occurred_at), CEREAL_NVP(recorded_at), CEREAL_NVP(type),
            CEREAL_NVP(actor), CEREAL_NVP(command_id), CEREAL_NVP(policy_version), CEREAL_NVP(offset),
            CEREAL_NVP(line), CEREAL_NVP(fact));
  }
};

struct WhyRows {
  std::vector<WhyRow> rows;
  std::optional<std::string> next;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows), CEREAL_NVP(next));
  }
};

struct ToldEvent {
  std::int64_t seq = 0;
  std::string type;
  std::string line;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(type), CEREAL_NVP(line));
  }
};

/// What decided: a command, or a timer of the engine's own.
struct ToldRule {
  std::string name;  ///< the type of the command, or `timer`
  Saying label;
  std::string actor;
  Timestamp at{};
  std::optional<std::string> command_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(label), CEREAL_NVP(actor), CEREAL_NVP(at), CEREAL_NVP(command_id));
  }
};

struct ToldRefusal {
  std::string code;
  std::string message;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(code), CEREAL_NVP(message));
  }
};

struct ToldGuard {
  std::string name;
  bool bites = false;
  std::string value;
  Saying text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(bites), CEREAL_NVP(value), CEREAL_NVP(text));
  }
};

struct ToldChoice {
  std::string name;
  std::string value;
  Saying text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(value), CEREAL_NVP(text));
  }
};

struct ToldStep {
  std::string day;      ///< 2026-11-27
  std::string weekday;  ///< as a policy has it: `fri`
  DayKind kind{};
  std::string from;  ///< 09:00, in the calendar's zone; empty on a day without hours
  std::string to;
  std::int64_t counted_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(day), CEREAL_NVP(weekday), CEREAL_NVP(kind), CEREAL_NVP(from), CEREAL_NVP(to),
            CEREAL_NVP(counted_ms));
  }
};

struct ToldDueTime {
  TimerId timer;
  TimerKind kind{};
  Timestamp from{};
  Timestamp due_at{};
  std::optional<CalendarId> calendar;
  std::optional<std::string> tz;
  std::optional<std::int64_t> target_ms;
  std::int64_t counted_ms = 0;
  std::int64_t left_ms = 0;
  std::vector<ToldStep> steps;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer), CEREAL_NVP(kind), CEREAL_NVP(from), CEREAL_NVP(due_at), CEREAL_NVP(calendar),
            CEREAL_NVP(tz), CEREAL_NVP(target_ms), CEREAL_NVP(counted_ms), CEREAL_NVP(left_ms),
            CEREAL_NVP(steps));
  }
};

struct ToldCandidate : Candidate {
  bool taken = false;
  Saying because;

  template <class Archive>
  void serialize(Archive& archive) {
    Candidate::serialize(archive);
    archive(CEREAL_NVP(taken), CEREAL_NVP(because));
  }
};

struct ToldWords {
  std::string path;
  std::int32_t first_line = 0;
  std::string text;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(path), CEREAL_NVP(first_line), CEREAL_NVP(text));
  }
};

struct ToldDecision {
  ToldRule rule;
  Remade remade{};
  std::optional<ToldRefusal> refusal;
  std::vector<ToldEvent> events;
  std::vector<ToldGuard> guards;
  std::vector<ToldChoice> choices;
  std::vector<ToldDueTime> due;
  std::vector<ToldCandidate> candidates;
  std::int32_t policy_version = 0;
  std::vector<ToldWords> policy;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rule), CEREAL_NVP(remade), CEREAL_NVP(refusal), CEREAL_NVP(events), CEREAL_NVP(guards),
            CEREAL_NVP(choices), CEREAL_NVP(due), CEREAL_NVP(candidates), CEREAL_NVP(policy_version),
            CEREAL_NVP(policy));
  }
};

struct ToldAction {
  std::string type;
  Saying label;
  bool allowed = false;
  std::optional<ToldRefusal> refusal;
  std::vector<ToldGuard> guards;
  std::vector<ToldWords> policy;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(label), CEREAL_NVP(allowed), CEREAL_NVP(refusal), CEREAL_NVP(guards),
            CEREAL_NVP(policy));
  }
};

struct WhyAnswer {
  CaseId case_id;
  std::optional<std::int64_t> seq;  ///< of the event that was asked for
  std::optional<ToldDecision> decision;
  std::vector<ToldAction> actions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(seq), CEREAL_NVP(decision), CEREAL_NVP(actions));
  }
};

template <class T>
using Told = std::expected<T, http::HttpResponse>;

std::unexpected<http::HttpResponse> is_away(const log::LogError& error) {
  return std::unexpected(http::problem(503, "unavailable", error.what));
}

Saying saying(std::string_view en, std::string_view zh) { return {std::string(en), std::string(zh)}; }

/// What one code refuses may be asked more than once, of several fields: that is told once, as it bites,
/// unless the values tell more.
std::vector<ToldGuard> guards_of(const Trace& trace) {
  std::vector<ToldGuard> told;
  for (const auto& guard : trace.guards()) {
    const auto again = std::ranges::find_if(told, [&](const ToldGuard& one) {
      return one.name == guard.name && (one.bites != guard.bites || one.value.empty() ||
                                        guard.value.empty() || one.value == guard.value);
    });
    if (again == told.end()) {
      const auto text = trace_text(guard.name).value_or(TraceText{});
      told.push_back({guard.name, guard.bites, guard.value, saying(text.en, text.zh)});
    } else if ((guard.bites && !again->bites) || (guard.bites == again->bites && again->value.empty())) {
      again->bites = guard.bites;
      again->value = guard.value;
    }
  }
  return told;
}

std::vector<ToldChoice> choices_of(const Trace& trace) {
  std::vector<ToldChoice> told;
  for (const auto& choice : trace.choices()) {
    const auto text = trace_text(choice.name).value_or(TraceText{});
    told.push_back({choice.name, choice.value, saying(text.en, text.zh)});
  }
  return told;
}

std::string clock_text(LocalTime at) {
  const std::chrono::hh_mm_ss time(at - std::chrono::floor<std::chrono::days>(at));
  return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

ToldStep step_of(const CalendarStep& step, const Zone& zone) {
  static constexpr auto kWeekdays =
      std::to_array<std::string_view>({"mon", "tue", "wed", "thu", "fri", "sat", "sun"});
  const std::chrono::year_month_day day(step.day);
  const auto weekday = std::chrono::weekday(step.day).iso_encoding() - 1;
  ToldStep told{.day = fmt::format("{}-{:02}-{:02}", static_cast<int>(day.year()),
                                   static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())),
                .weekday = std::string(kWeekdays.at(weekday)),
                .kind = step.kind,
                .from = {},
                .to = {},
                .counted_ms = step.counted().count()};
  if (step.to > step.from) {
    told.from = clock_text(zone.to_local(step.from));
    told.to = clock_text(zone.to_local(step.to));
  }
  return told;
}

ToldDueTime due_of(const DueTime& due, const Policy& policy) {
  ToldDueTime told{.timer = due.timer_id,
                   .kind = due.kind,
                   .from = due.from,
                   .due_at = due.due_at,
                   .calendar = due.calendar,
                   .tz = {},
                   .target_ms = {},
                   .counted_ms = due.counted.count(),
                   .left_ms = due.left.count(),
                   .steps = {}};
  if (due.target) told.target_ms = due.target->count();
  if (const auto* calendar = policy.find_calendar(due.calendar)) {
    told.tz = calendar->zone().name();
    for (const auto& step : due.steps) told.steps.push_back(step_of(step, calendar->zone()));
  }
  return told;
}

std::vector<ToldWords> words_of(const std::vector<std::string>& sections, const std::string& yaml) {
  std::vector<ToldWords> told;
  if (yaml.empty()) return told;
  for (const auto& section : sections) {
    if (auto words = policy_words(yaml, section))
      told.push_back({std::move(words->path), words->first_line, std::move(words->text)});
  }
  return told;
}

std::vector<std::string> sections_of(const Trace& trace) {
  std::vector<std::string> sections;
  for (const auto& guard : trace.guards()) {
    const auto section = trace_text(guard.name).value_or(TraceText{}).section;
    if (!section.empty() && std::ranges::find(sections, section) == sections.end())
      sections.emplace_back(section);
  }
  return sections;
}

/// Events go on with the decision that led to the one before them.
bool goes_on(const WhyRow& before, const WhyRow& row) {
  if (row.command_id || before.command_id) return row.command_id == before.command_id;
  const bool begins = row.type == TimerExpired::kType || row.type == TimerWarned::kType;
  return !begins && row.recorded_at == before.recorded_at;
}

std::string shown(const Event& event) {
  std::string json;
  kit::event_without_person(event).append_json(json);
  return json;
}

/// The texts of a case may be erased behind it, while the command that brought them is kept.
bool are_same(const std::vector<Event>& events, const std::vector<WhyRow>& rows) {
  return std::ranges::equal(events, rows, [](const Event& event, const WhyRow& row) {
    return codec_of(event).type == row.type &&
           (shown(event) == row.fact.text || shown(kit::event_without_texts(event)) == row.fact.text);
  });
}

/// The policy of a version, and its text; the built-in one has none.
struct PolicyOfThen {
  std::int32_t version = 0;
  Policy policy;
  std::string text;
};

class Explanation {
 public:
  Explanation(const WhyAsked& asked, ViewDesk& desk, log::EventLog& log)
      : asked_(asked),
        desk_(desk),
        log_(log),
        partition_(log::partition_of(asked.id.value, log.partitions())) {}

  Told<WhyAnswer> make() {
    WhyAnswer answer{.case_id = asked_.id, .seq = {}, .decision = {}, .actions = {}};
    if (asked_.action) return with_actions(std::move(answer), {*asked_.action});
    if (asked_.command_id) return of_command(std::move(answer));
    if (asked_.seq) return of_event(std::move(answer), *asked_.seq);
    auto state = standing(std::nullopt);
    if (!state) return std::unexpected(std::move(state).error());
    auto explained = of_event(std::move(answer), state->seq);
    if (!explained || state->status == CaseStatus::closed) return explained;
    std::vector<std::string> steps;
    if (state->status != CaseStatus::resolved) steps.emplace_back("case.resolve");
    steps.emplace_back("case.close");
    return with_actions(*std::move(explained), steps);
  }

 private:
  /// The case as it stands, or behind the event `seq`.
  Told<CaseState> standing(std::optional<std::int64_t> seq) {
    if (seq == 0) return CaseState{};
    kit::BoardQuery query{.now = asked_.now, .filters = {{"case", asked_.id.value}, {"state", "true"}}};
    if (seq) query.filters.emplace("as_of", std::to_string(*seq));
    return standing_case(asked_.named, asked_.id, desk_.board_of_case("history", asked_.id, query));
  }

  /// The events of the decision that led to `seq`, in their order.
  Told<std::vector<WhyRow>> decision_of(std::int64_t seq) {
    // More events than a decision leads to on either side; facts that were imported were not decided.
    static constexpr std::int64_t kAround = kMostRowsOfAPage / 2;
    const kit::BoardQuery query{.now = asked_.now,
                                .filters = {{"case", asked_.id.value}},
                                .limit = kMostRowsOfAPage,
                                .after = std::to_string(std::max<std::int64_t>(seq - kAround, 0))};
    auto page = desk_.board_of_case("history", asked_.id, query);
    if (!page) return std::unexpected(answer_of(std::move(page)));
    WhyRows read;
    if (const auto error = from_json(*page, read))
      return std::unexpected(unreadable_history(error->sentence()));
    const auto found = std::ranges::find(read.rows, seq, &WhyRow::seq);
    if (found == read.rows.end()) {
      if (auto state = standing(std::nullopt); !state) return std::unexpected(std::move(state).error());
      return std::unexpected(
          http::problem(404, "no_such_event",
                        fmt::format("Case {} has no event {}. Its history lists them.", asked_.named, seq)));
    }
    auto first = found;
    while (first != read.rows.begin() && goes_on(*(first - 1), *first)) --first;
    auto last = found + 1;
    while (last != read.rows.end() && goes_on(*(last - 1), *last)) ++last;
    return std::vector<WhyRow>(std::make_move_iterator(first), std::make_move_iterator(last));
  }

  Told<PolicyOfThen> policy_of(std::int32_t version) {
    PolicyOfThen found;
    if (version == 0) return found;
    auto all = published_policies(log_);
    if (!all) return is_away(all.error());
    const auto one = std::ranges::find(*all, version, &PublishedPolicy::version);
    if (one == all->end()) {
      return std::unexpected(http::problem(
          503, "unavailable", fmt::format("Policy version {} is not in casetrail.policy.", version)));
    }
    return read_policy(*std::move(one));
  }

  /// The newest that was there at `at`.
  Told<PolicyOfThen> policy_at(Timestamp at) {
    auto all = published_policies(log_);
    if (!all) return is_away(all.error());
    for (auto one = all->rbegin(); one != all->rend(); ++one) {
      if (one->published_at.value_or(Timestamp{}) > at) continue;
      if (auto read = read_policy(*one)) return read;
    }
    return PolicyOfThen{};
  }

  static Told<PolicyOfThen> read_policy(PublishedPolicy one) {
    auto policy = parse_policy(one.text);
    if (!policy)
      return std::unexpected(http::problem(
          503, "unavailable",
          fmt::format("Policy version {} cannot be read: {}", one.version, policy.error().sentence)));
    return PolicyOfThen{one.version, *std::move(policy), std::move(one.text)};
  }

  /// What `why` says, beside what is known of the decision.
  static void tell(const Why& why, const PolicyOfThen& then, ToldDecision& told) {
    if (why.refusal) told.refusal = ToldRefusal{why.refusal->code, why.refusal->sentence};
    told.guards = guards_of(why.trace);
    told.choices = choices_of(why.trace);
    for (const auto& due : why.due) told.due.push_back(due_of(due, then.policy));
    for (const auto& weighed : why.candidates)
      told.candidates.push_back({weighed.candidate, weighed.taken, weighed.because});
    told.policy_version = then.version;
    told.policy = words_of(why.sections, then.text);
  }

  Told<WhyAnswer> of_event(WhyAnswer answer, std::int64_t seq) {
    auto rows = decision_of(seq);
    if (!rows) return std::unexpected(std::move(rows).error());
    auto then = policy_of(rows->front().policy_version);
    if (!then) return std::unexpected(std::move(then).error());
    auto before = standing(rows->front().seq - 1);
    if (!before) return std::unexpected(std::move(before).error());
    ToldDecision told;
    for (const auto& row : *rows) told.events.push_back({row.seq, row.type, row.line});
    auto why = remake(*rows, *before, *then, told);
    if (!why) return std::unexpected(std::move(why).error());
    why->refusal.reset();  // what was recorded was not refused
    tell(*why, *then, told);
    answer.seq = seq;
    answer.decision = std::move(told);
    return answer;
  }

  /// Decides again what led to `rows`.
  Told<Why> remake(const std::vector<WhyRow>& rows, const CaseState& before, const PolicyOfThen& then,
                   ToldDecision& told) {
    const auto& first = rows.front();
    told.rule = {.name = "timer",
                 .label = saying("A timer ran out.", "计时器到期。"),
                 .actor = first.actor,
                 .at = first.recorded_at,
                 .command_id = first.command_id};
    if (!first.command_id) {
      auto why = why_fired(before, first.recorded_at, then.policy);
      told.remade = are_same(why.events, rows) ? Remade::same : Remade::differs;
      return told.remade == Remade::same ? std::move(why) : of_events(rows, before, then);
    }
    const auto actor = parse_actor(first.actor);
    const bool imported = actor && actor->kind == ActorKind::import_;
    const auto event = event_at(log_, {partition_, first.offset});
    if (!event) return is_away(event.error());
    auto command = command_at(log_, {partition_, event->command_offset}, first.recorded_at);
    if (!command) return is_away(command.error());
    const bool is_kept = *command && (*command)->id == event->command_id;
    told.rule.name = is_kept ? std::string(codec_of((*command)->command).type) : "command";
    told.rule.label = is_kept ? label_of(told.rule.name)
                              : saying("A command that is not kept any more.", "已不再保留的命令。");
    told.remade = imported ? Remade::imported : Remade::not_kept;
    if (imported || !is_kept) return of_events(rows, before, then);
    auto why = why_decided(before, **command, first.recorded_at, then.policy);
    told.remade = are_same(why.events, rows) ? Remade::same : Remade::differs;
    return told.remade == Remade::same ? std::move(why) : of_events(rows, before, then);
  }

  static Why of_events(const std::vector<WhyRow>& rows, const CaseState& before, const PolicyOfThen& then) {
    std::vector<Event> events;
    for (const auto& row : rows) {
      const auto* codec = find_event_codec(row.type);
      if (codec == nullptr) continue;
      if (auto event = decode_event(row.type, codec->version, row.fact.text))
        events.push_back(*std::move(event));
    }
    const bool by_timer = !rows.front().command_id;
    return why_of(before, std::move(events), by_timer ? rows.front().occurred_at : rows.front().recorded_at,
                  then.policy);
  }

  static Saying label_of(std::string_view type) {
    const auto& text = command_text(type);
    return saying(text.en, text.zh);
  }

  /// By its outcome: the events that it led to, or its refusal.
  Told<WhyAnswer> of_command(WhyAnswer answer) {
    auto kept = last_outcome(log_, partition_, [&](const Outcome& outcome) {
      return outcome.command_id.value == *asked_.command_id && outcome.case_id == asked_.id;
    });
    if (!kept) return is_away(kept.error());
    if (!*kept) {
      return std::unexpected(http::problem(
          404, "no_such_command",
          fmt::format("No outcome of a command '{}' to case {} is kept. Outcomes are kept as long as "
                      "casetrail.outcomes keeps them; what an accepted one led to is in the case's history.",
                      *asked_.command_id, asked_.named)));
    }
    const auto& outcome = (*kept)->outcome;
    if (outcome.status == OutcomeStatus::accepted && outcome.first_seq > 0)
      return of_event(std::move(answer), outcome.first_seq);
    return of_eventless(std::move(answer), **kept);
  }

  /// A command that was refused, or had nothing to do.
  Told<WhyAnswer> of_eventless(WhyAnswer answer, const KeptOutcome& kept) {
    const auto& outcome = kept.outcome;
    ToldDecision told;
    told.rule = {.name = "command",
                 .label = saying("A command that is not kept any more.", "已不再保留的命令。"),
                 .actor = {},
                 .at = kept.at,
                 .command_id = outcome.command_id.value};
    told.remade = Remade::not_kept;
    auto command = kept.command ? command_at(log_, {partition_, *kept.command}, kept.at)
                                : std::optional<CommandEnvelope>();
    if (!command) return is_away(command.error());
    auto then = policy_at(kept.at);
    if (!then) return std::unexpected(std::move(then).error());
    if (*command) {
      told.rule.name = codec_of((*command)->command).type;
      told.rule.label = label_of(told.rule.name);
      told.rule.actor = to_wire((*command)->actor);
      auto before = standing(outcome.case_seq);
      if (!before) return std::unexpected(std::move(before).error());
      const auto why = why_decided(*before, **command, kept.at, then->policy);
      const auto code = why.refusal ? std::optional(why.refusal->code) : std::nullopt;
      told.remade = code == outcome.code && why.events.empty() ? Remade::same : Remade::differs;
      if (told.remade == Remade::same) tell(why, *then, told);
    }
    told.policy_version = then->version;
    if (outcome.code) told.refusal = ToldRefusal{*outcome.code, outcome.message.value_or("")};
    answer.decision = std::move(told);
    return answer;
  }

  /// What stands in the way of some actions now, by the policy in force; or stood, behind the event that was
  /// asked for and when that was recorded.
  Told<WhyAnswer> with_actions(WhyAnswer answer, const std::vector<std::string>& types) {
    auto at = asked_.now;
    if (asked_.action && asked_.seq) {
      auto rows = decision_of(*asked_.seq);
      if (!rows) return std::unexpected(std::move(rows).error());
      at = std::ranges::find(*rows, *asked_.seq, &WhyRow::seq)->recorded_at;
      answer.seq = asked_.seq;
    }
    auto state = standing(answer.seq && asked_.action ? answer.seq : std::nullopt);
    if (!state) return std::unexpected(std::move(state).error());
    auto then = policy_at(at);
    if (!then) return std::unexpected(std::move(then).error());
    for (const auto& type : types) {
      const auto found = ask_action(type, *state, asked_.actor, at, then->policy);
      if (!found) {
        return std::unexpected(http::problem(
            400, "malformed_query",
            "Expected 'action' to be a command of GET /v1/cases/{id}/actions, but it is '" + type + "'."));
      }
      const auto& refusal = found->action.refusal;
      answer.actions.push_back(
          {.type = type,
           .label = label_of(type),
           .allowed = !refusal,
           .refusal = refusal ? std::optional(ToldRefusal{refusal->code, refusal->sentence}) : std::nullopt,
           .guards = guards_of(found->trace),
           .policy = words_of(sections_of(found->trace), then->text)});
    }
    return answer;
  }

  const WhyAsked& asked_;
  ViewDesk& desk_;
  log::EventLog& log_;
  const log::Partition partition_;
};

}  // namespace

std::expected<WhyAsked, std::string> why_asked(const std::multimap<std::string, std::string>& query) {
  WhyAsked asked;
  const auto value = [&](const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? std::nullopt : std::optional(found->second);
  };
  asked.command_id = value("command_id");
  asked.action = value("action");
  const auto seq = value("seq");
  if (asked.command_id && (seq || asked.action))
    return std::unexpected("Expected 'command_id' without 'seq' and 'action', but there are more.");
  if (!seq) return asked;
  asked.seq = whole_number<std::int64_t>(*seq);
  if (asked.seq && *asked.seq > 0) return asked;
  return std::unexpected("Expected 'seq' to be the number of an event, from 1, but it is '" + *seq + "'.");
}

http::HttpResponse why_answer(const WhyAsked& asked, ViewDesk& desk, log::EventLog& log) {
  auto answer = Explanation(asked, desk, log).make();
  if (!answer) return std::move(answer).error();
  return json_answer(200, to_json(*answer));
}

std::string why_schema() { return PublishedSchema::of<WhyAnswer>(); }

}  // namespace casetrail::api
