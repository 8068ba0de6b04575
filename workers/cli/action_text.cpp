// Sentences and fields come from the commands' own texts.
#include "workers/cli/action_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <utility>

#include "events/case/review_terms.h"
#include "events/wire/json_writer.h"
#include "events/wire/nearest.h"
#include "workers/cli/fields.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

/// `case.resolve`, then `resolve`: all that a type may be called.
std::vector<std::string_view> short_names_of(std::string_view type) {
  std::vector<std::string_view> names{type};
  while (names.back().contains('.')) names.push_back(names.back().substr(names.back().find('.') + 1));
  return names;
}

/// As a shell reads it.
std::string in_shell(const std::string& word) {
  static constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=,";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
  return quoted + "'";
}

/// The values that the field has in `example`, as a command line gives them.
std::vector<std::string> values_in(const std::string& example, const FormField& field) {
  const auto [object, name] = field_at(example, field.row.path);
  const auto text = object.text(name);
  if (text.empty()) return {};
  auto texts = object.strings(name);
  if (texts.empty()) texts = object.elements(name);
  return field.is_list && !texts.empty() ? texts : std::vector{text};
}

std::string meaning_of(const api::FieldRow& row, const Display& display) {
  auto meaning = row.meaning;
  if (display.language == Language::zh && !row.label.empty()) meaning = row.label + "。" + meaning;
  if (!row.allowed.empty())
    meaning += display.say(" Allowed: ", " 可选：") + row.allowed + display.say(".", "。");
  return meaning;
}

/// The values that will do, with what each is called.
std::string choices_text(const std::vector<std::string>& choices, const Display& display) {
  std::string text;
  for (const auto& choice : choices) {
    const auto word = display.word(choice);
    text.append(text.empty() ? "" : display.say(", ", "、")).append(choice);
    if (display.language == Language::zh && word != choice) text.append(" ").append(word);
  }
  return text;
}

/// How a value that is not chosen from a list is written; empty: as any text.
std::string form_of(const api::FieldRow& row, const Display& display) {
  const auto is_of = [&](std::string_view type) { return row.type.ends_with(type); };
  if (is_of("time")) return display.say(" A time such as 2026-11-30 09:00.", "时间写作 2026-11-30 09:00。");
  if (is_of("integer")) return display.say(" A whole number.", "填整数。");
  if (is_of("true/false")) return display.say(" true or false.", "填 true 或 false。");
  if (is_of("object")) return display.say(" A JSON object.", "填 JSON 对象。");
  return {};
}

/// `1 to 5`, `1 to 200 characters` in Chinese.
std::string in_chinese(std::string range) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {{" to ", "–"},
                                                                             {" or more", " 或更多"},
                                                                             {" characters", " 个字符"},
                                                                             {" elements", " 项"},
                                                                             {"each ", "每项 "}};
  for (const auto& [en, zh] : kWords) {
    if (const auto at = range.find(en); at != std::string::npos) range.replace(at, en.size(), zh);
  }
  return range;
}

/// What somebody is asked, in one language: what they may choose from is what the policy has now.
std::string asked_text(const api::FieldRow& row, const Display& display) {
  const bool chinese = display.language == Language::zh;
  auto text = chinese ? (row.label.empty() ? row.path : row.label) + "。" : row.meaning;
  text += form_of(row, display);
  if (!row.choices.empty())
    return text + display.say(" One of ", "可选：") + choices_text(row.choices, display) +
           display.say(".", "。");
  if (row.allowed.empty()) return text;
  return text + (chinese ? "要求：" + in_chinese(row.allowed) + "。" : " Allowed: " + row.allowed + ".");
}

}  // namespace

std::expected<const api::ContractType*, std::string> find_action(std::string_view name,
                                                                 const std::vector<std::string_view>& among) {
  std::map<std::string_view, std::vector<const api::ContractType*>> named;
  for (const auto& type : api::contract_types()) {
    if (type.space != "commands") continue;
    if (type.type == name) return &type;
    if (std::ranges::find(among, type.type) == among.end()) continue;
    for (const auto one : short_names_of(type.type)) named[one].push_back(&type);
  }
  const auto types_of = [&](std::string_view called) {
    std::vector<std::string_view> types;
    for (const auto* type : named[called]) types.push_back(type->type);
    return types;
  };
  if (const auto found = named.find(name); found != named.end()) {
    if (found->second.size() == 1) return found->second.front();
    return std::unexpected(
        fmt::format("'{}' may be any of {}. Name which.", name, fmt::join(types_of(name), ", ")));
  }
  std::vector<std::string_view> known;
  for (const auto& [one, types] : named) known.push_back(one);
  const auto meant = nearest(name, known);
  auto sentence = fmt::format("There is no action '{}'.", name);
  if (!meant.empty()) sentence += fmt::format(" Did you mean '{}'?", fmt::join(types_of(meant), "' or '"));
  return std::unexpected(sentence + " `casetrail do CASE` lists those that the case allows.");
}

std::string actions_text(const std::string& named, const std::string& json, Actions shown,
                         const Display& display) {
  const Fields answer(json);
  TableRows allowed;
  TableRows refused;
  for (const auto& action : answer.objects("actions")) {
    if (action.is_true("allowed"))
      allowed.push_back({action.text("type"), action.object("label").text(display.say("en", "zh"))});
    else
      refused.push_back({action.text("type"), display.reason(action.text("code"), action.text("message"))});
  }
  auto text =
      in_lines(fmt::format(fmt::runtime(display.say("{} is {}, at event {}.", "{}：{}，第 {} 个事件。")),
                           on_one_line(named), display.word(answer.text("status")), answer.text("seq")),
               display.width);
  text +=
      "\n" + wrapped_table({{display.say("allowed now", "现在可用的操作")}, {""}}, allowed, display.width);
  if (shown == Actions::all && !refused.empty()) {
    text +=
        "\n" + wrapped_table({{display.say("refused now", "现在不可用")}, {display.say("because", "原因")}},
                             refused, display.width);
  } else if (!refused.empty()) {
    text += "\n" + in_lines(fmt::format(fmt::runtime(display.say("{} more are refused now; --all tells why.",
                                                                 "另有 {} 项现在不可用；--all 说明原因。")),
                                        refused.size()),
                            display.width);
  }
  return text +
         in_lines(fmt::format(fmt::runtime(display.say("`casetrail do {} ACTION --help` shows what it needs.",
                                                       "`casetrail do {} ACTION --help` 显示所需字段。")),
                              on_one_line(named)),
                  display.width);
}

std::string with_points(const std::string& item, std::int64_t points) {
  static constexpr std::string_view kApplies = R"("applicable":true)";
  auto json = fmt::format(R"({{"score":{},{})", std::max<std::int64_t>(points, 0), item.substr(1));
  if (const auto at = json.find(kApplies); points == kNotApplicable && at != std::string::npos)
    json.replace(at, kApplies.size(), R"("applicable":false)");
  return json;
}

std::string improvement_of(const std::string& item, const std::string& text) {
  return to_json(ItemImprovement{item, text});
}

std::string question_on_points(const std::string& item, const Display& display) {
  const Fields of(item);
  const auto dimension = of.text("dimension");
  return fmt::format(fmt::runtime(display.say("{}{}: points of {}, or n where it does not apply: ",
                                              "{}{}：0–{} 分，不适用填 n：")),
                     of.text("item"),
                     dimension.empty()
                         ? dimension
                         : display.say(" (", "（") + display.word(dimension) + display.say(")", "）"),
                     of.text("max"));
}

std::string question_on_improvement(const std::string& item, const Display& display) {
  return fmt::format(fmt::runtime(display.say("What should be done better in {}: ", "{} 的改进点：")), item);
}

std::vector<std::string> example_words(const std::string& named, const api::ContractType& type,
                                       const ActionForm& form, const std::string& begin) {
  std::vector<std::string> words{"casetrail", "do", named, std::string(type.type), "--actor", "agent:li"};
  for (const auto& field : form.fields()) {
    for (const auto& value : values_in(begin.empty() ? std::string(type.example) : begin, field)) {
      if (!begin.empty() && value == "[]") continue;
      const Fields item(value);
      const auto max = item.text("score").empty() ? item.number("max") : std::nullopt;
      words.push_back(field.flag);
      words.push_back(max ? with_points(value, *max) : value);
    }
  }
  return words;
}

std::string action_help(const std::string& named, const api::ContractType& type, const ActionForm& form,
                        const std::string& begin, const Display& display) {
  auto text =
      in_lines(std::string(type.type) + ": " + display.say(type.text->en, type.text->zh), display.width);
  const auto needed = form.missing();
  TableRows rows;
  for (const auto& row : api::field_rows(type)) {
    const auto field = std::ranges::find(
        form.fields(), row.path, [](const FormField& one) -> const std::string& { return one.row.path; });
    if (field == form.fields().end() && !row.path.contains('[')) continue;
    const auto object = row.path.substr(0, row.path.find_last_of(".["));
    auto need =
        row.required ? fmt::format(fmt::runtime(display.say("with {}", "随 {}")), object) : std::string();
    if (field != form.fields().end() && std::ranges::find(needed, &*field) != needed.end())
      need = display.say("yes", "是");
    else if (field != form.fields().end() && form.has(field->row.path))
      need = display.say("by the case", "工单已有");
    rows.push_back({field == form.fields().end() ? "  " + row.path : field->flag, row.type, std::move(need),
                    meaning_of(row, display)});
  }
  if (rows.empty())
    text += display.say("\nNo fields.\n", "\n没有字段。\n");
  else
    text += "\n" + wrapped_table({{display.say("field", "字段")},
                                  {display.say("type", "类型")},
                                  {display.say("needed", "必填")},
                                  {display.say("meaning", "含义")}},
                                 rows, display.width);
  text += display.say("\nExample:\n", "\n示例：\n");
  for (const auto& word : example_words(named, type, form, begin)) text += in_shell(word) + " ";
  text.back() = '\n';
  return text;
}

std::string question_on(const FormField& field, const Display& display) {
  auto text = in_lines(asked_text(field.row, display), display.width);
  if (field.is_list) text += display.say("One a line; an empty line ends them.\n", "每行一个，空行结束。\n");
  return text + field.flag + ": ";
}

std::string question_on_actor(const Display& display) {
  return in_lines(display.say("Who does it, as kind:id, such as agent:li.",
                              "由谁操作，写作 类型:编号，例如 agent:li。"),
                  display.width) +
         "--actor: ";
}

std::string objection_to(const FormField& field, const std::string& value, const std::string& sentence,
                         const Display& display) {
  if (value.empty()) return display.say("It is needed.\n", "此项必填。\n");
  if (display.language == Language::en) return sentence + "\n";
  const auto& choices = field.row.choices;
  if (choices.empty()) return fmt::format("“{}”不符合要求。{}\n", value, form_of(field.row, display));
  const auto meant = nearest(value, std::vector<std::string_view>(choices.begin(), choices.end()));
  return fmt::format("“{}”不在可选值之内。{}\n", value,
                     meant.empty() ? std::string() : fmt::format("是否指“{}”？", meant));
}

std::string with_choices(const FormField& field) {
  const auto& choices = field.row.choices;
  return choices.empty() ? field.flag : fmt::format("{} ({})", field.flag, fmt::join(choices, ", "));
}

std::string missing_text(const api::ContractType& type, const std::vector<std::string>& names) {
  return fmt::format(
      "{} needs {}. Name them, or run it at a terminal, where they are asked for. `casetrail do CASE {} "
      "--help` "
      "explains them.",
      type.type, fmt::join(names, ", "), type.type);
}

}  // namespace casetrail::cli
