// Answers that are a sentence or one table.
#include "workers/cli/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "workers/api/problem_texts.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

auto titles(const Display& display) {
  return [&display](std::string_view en, std::string_view zh) { return std::string(display.of({en, zh})); };
}

/// A problem of a command; where it is one of its data, the parts around the path of the field.
struct CommandProblem {
  std::string sentence;
  std::optional<std::string> path_of_data = {};
  std::string before = {};
  std::string after = {};
};

/// Fields beside the data are called as their flags are.
CommandProblem problem_with_flags(const std::string& json) {
  static constexpr std::pair<std::string_view, std::string_view> kFlags[] = {
      {"'actor'", "--actor"}, {"'case_id'", "--case"}, {"'department_id'", "--department"},
      {"'id'", "--id"},       {"'role'", "--role"},    {"'expected_seq'", "--expected-seq"},
      {"'data'", "--body"}};
  static constexpr std::string_view kBegin = "Expected ";
  static constexpr std::string_view kMember = "'data.";
  auto sentence = problem_sentence(json);
  if (!sentence.starts_with(kBegin)) return {sentence};
  const auto what = std::string_view(sentence).substr(kBegin.size());
  for (const auto& [member, flag] : kFlags) {
    if (what.starts_with(member)) return {sentence.replace(kBegin.size(), member.size(), flag)};
  }
  const auto end = what.find('\'', 1);
  if (!what.starts_with(kMember) || end == std::string_view::npos) return {sentence};
  return {sentence, std::string(what.substr(kMember.size(), end - kMember.size())), std::string(kBegin),
          std::string(what.substr(end + 1))};
}

}  // namespace

std::string problem_sentence(const std::string& json) {
  const Fields problem(json);
  const auto detail = problem.text("detail");
  if (detail.empty()) return json;
  const auto code = problem.text("code");
  return code.empty() ? detail : detail + " [" + code + "]";
}

std::string problem_of_submit(const std::string& json) {
  const auto told = problem_with_flags(json);
  if (!told.path_of_data) return told.sentence;
  return "In --body: " + told.before + "'" + *told.path_of_data + "'" + told.after;
}

std::string problem_of_action(const std::string& json,
                              const std::function<std::string(const std::string& path)>& flag_of) {
  const auto told = problem_with_flags(json);
  return told.path_of_data ? told.before + flag_of(*told.path_of_data) + told.after : told.sentence;
}

std::string in_language(Language language, const std::string& json, const std::string& sentence) {
  const auto meaning = api::find_sentence(Fields(json).text("code"));
  if (language == Language::en || !meaning) return sentence;
  return std::string(meaning->zh) + "（" + sentence + "）";
}

int exit_code_of(const http::HttpResponse& response) {
  if (response.status < 300) return kDone;
  switch (response.status) {
    case 404: return kNotFound;
    case 401:
    case 403:
    case 409: return kRefused;
    case 503: return kUnavailable;
    case 504: return kUnknown;
    default: return response.status < 500 ? kUsage : kUnavailable;
  }
}

std::string outcome_text(const std::string& json, const Display& display) {
  const Fields outcome(json);
  const auto first = outcome.number("first_seq");
  const auto last = outcome.number("last_seq").value_or(0);
  const auto what_of = [&]() -> std::string {
    if (!first)
      return display.say("taken; it lies in the log and is not decided yet", "已收下；已写入日志，尚未裁定");
    if (*first == 0) return display.say("accepted; there was nothing to do", "已接受；无需变更");
    const auto count = last - *first + 1;
    const auto events =
        count == 1 ? fmt::format(fmt::runtime(display.say("event {}", "事件 {}")), *first)
                   : fmt::format(fmt::runtime(display.say("events {} to {}", "事件 {} 至 {}")), *first, last);
    if (outcome.is_true("repeated")) return display.say("accepted before; ", "此前已接受；") + events;
    if (display.language == Language::zh) return fmt::format("已接受，产生 {} 个事件；{}", count, events);
    return "accepted with " + counted(count, "event") + "; " + events;
  };
  return fmt::format("{}\n  {}     {}\n  {}  {}\n  {}    {}\n", what_of(), display.say("case", "工单"),
                     outcome.text("case_id"), display.say("command", "命令   "), outcome.text("command_id"),
                     display.say("token", "令牌 "), outcome.text("token"));
}

int exit_code_of_lag(const http::HttpResponse& response) {
  if (response.status != 200) return exit_code_of(response);
  const Fields answer(response.body);
  for (const auto* part : {"commands", "partitions"}) {
    for (const auto& row : answer.objects(part)) {
      if (!row.text("stopped").empty() || row.text("lag").empty()) return kRefused;
    }
  }
  return kDone;
}

std::string lag_text(const std::string& json, const Display& display) {
  const Fields answer(json);
  const auto t = titles(display);
  TextTable table({{t("group", "消费组"), 1},
                   {t("partition", "分区"), 2},
                   {t("current offset", "当前位移"), 4},
                   {t("log end offset", "末尾位移"), 5},
                   {t("lag", "滞后"), 1},
                   {t("behind by", "落后时间"), 3},
                   {t("stopped because", "停止原因"), 2, 20}});
  const auto unknown = display.say("unknown", "未知");
  const auto known = [&](std::string figure) { return figure.empty() ? unknown : std::move(figure); };
  const auto reasons = answer.objects("reasons");
  std::string stopped;
  for (const auto* part : {"commands", "partitions"}) {
    for (const auto& row : answer.objects(part)) {
      const auto seconds = row.text("lag_seconds");
      const auto behind =
          seconds.empty() ? unknown : display.duration(static_cast<std::int64_t>(std::stod(seconds) * 1000));
      table.add({row.text("group"), row.text("partition"), row.text("current_offset"),
                 known(row.text("log_end_offset")), known(row.text("lag")), behind, row.text("stopped")});
      // Those of a copy that is built have no reason of their own.
      const bool is_told = std::ranges::any_of(reasons, [&](const Fields& reason) {
        return reason.text("worker") == row.text("worker") &&
               reason.text("partition") == row.text("partition");
      });
      if (!row.text("stopped").empty() && !is_told)
        stopped += fmt::format(
            fmt::runtime(display.say("{}, partition {}, has stopped: {}\n", "{} 分区 {} 已停止：{}\n")),
            row.text("group"), row.text("partition"), row.text("stopped"));
    }
  }
  auto text = table.text(display.width, display.language) + stopped;
  for (const auto& reason : reasons) {
    text += reason.text(display.say("en", "zh")) + "\n";
    // What the English sentence has within it.
    if (const auto met = reason.text("detail"); display.language == Language::zh && !met.empty())
      text += "  原文：" + met + "\n";
  }
  return text + fmt::format(fmt::runtime(display.say("Node {}, log {}.\n", "节点 {}，日志 {}。\n")),
                            answer.text("node"), answer.text("log"));
}

std::string quarantines_text(const std::string& json, const Display& display) {
  const auto all = Fields(json).objects("quarantines");
  if (all.empty()) return "Nothing is quarantined.\n";
  const auto t = titles(display);
  TextTable table({{t("partition", "分区"), 1},
                   {t("offset", "位移"), 1},
                   {display.moments_title(t("when", "时间")), 3},
                   {t("reason", "原因"), 2, 20}});
  for (const auto& one : all)
    table.add(
        {one.text("partition"), one.text("offset"), display.moment(one.text("at")), one.text("reason")});
  return table.text(display.width, display.language);
}

std::string policies_text(const std::string& json, const Display& display) {
  const auto policies = Fields(json).objects("policies");
  if (policies.empty()) return "No policy was published. `casetrail serve --policy FILE` publishes one.\n";
  const auto t = titles(display);
  TextTable table({{t("version", "版本"), 1},
                   {display.moments_title(t("published", "发布时间")), 2},
                   {t("state", "状态"), 1},
                   {t("time zone", "时区"), 3}});
  for (const auto& one : policies) {
    table.add({one.text("version"), display.moment(one.text("published_at")),
               one.is_true("in_force")   ? t("in force", "生效中")
               : one.is_true("readable") ? t("replaced", "已被替换")
                                         : t("cannot be read", "无法读取"),
               one.text("tz")});
  }
  return table.text(display.width, display.language);
}

std::string codes_text(const std::string& json, const std::string& catalogue, const Display& display) {
  const auto t = titles(display);
  std::string text;
  for (const auto& one : Fields(json).objects("catalogues")) {
    const auto codes = one.objects("codes");
    if (codes.empty() || (!catalogue.empty() && one.text("name") != catalogue)) continue;
    TextTable table({{one.text("name"), 1}, {t("label", "名称"), 2, 12}, {t("notes", "说明"), 1}});
    for (const auto& code : codes) {
      std::string notes;
      const auto note = [&](std::string_view flag, const std::string& meaning) {
        if (code.is_true(flag)) notes += (notes.empty() ? "" : ", ") + meaning;
      };
      note("retired", t("retired", "已停用"));
      note("is_complaint", t("a complaint", "属于投诉"));
      note("needs_duty", t("cites a duty", "须引用职责"));
      note("needs_second_person", t("needs a second person", "须第二人确认"));
      note("counts_as_solved", t("counts as solved", "计为已解决"));
      note("needs_callback", t("callbacks follow", "须回访"));
      table.add({code.text("code"), code.object("label").text(display.language == Language::zh ? "zh" : "en"),
                 notes});
    }
    text += (text.empty() ? "" : "\n") + table.text(display.width, display.language);
  }
  return text.empty() ? "The policy has no codes there.\n" : text;
}

std::string groups_text(const std::string& json, const Display& display) {
  const auto t = titles(display);
  TextTable table({{t("group", "消费组"), 1}, {t("members", "成员"), 2}, {t("lag", "滞后"), 3}});
  std::string gone;
  for (const auto& group : Fields(json).objects("groups")) {
    table.add({group.text("group"), group.text("members"), group.text("lag")});
    if (group.text("members") == "0") gone += "  casetrail groups retire " + group.text("group") + "\n";
  }
  if (gone.empty()) return table.text(display.width, display.language);
  return table.text(display.width, display.language) +
         "Without members. If their nodes are gone for good:\n" + gone;
}

std::string topics_text(const std::string& json, const Display& display) {
  const auto t = titles(display);
  TextTable table({{t("topic", "主题")},
                   {t("there", "存在")},
                   {t("partitions", "分区数")},
                   {t("as it should be", "符合要求")}});
  std::string problems;
  for (const auto& topic : Fields(json).objects("topics")) {
    const auto found = topic.strings("problems");
    table.add({topic.text("topic"), topic.is_true("exists") ? "yes" : "no", topic.text("partitions"),
               found.empty() ? "yes" : "no"});
    for (const auto& problem : found) {
      for (const auto& line : wrap(problem, display.width)) problems += line + "\n";
    }
  }
  return table.text(display.width, display.language) + problems;
}

}  // namespace casetrail::cli
