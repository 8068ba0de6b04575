// Dead letters as text: a table of them, and one of them whole.
#include <fmt/format.h>

#include "workers/cli/answer.h"
#include "workers/cli/readable.h"
#include "workers/cli/table.h"

namespace casetrail::cli {
namespace {

/// What a letter says of the record that it keeps: `casetrail.errors.<name>`.
std::string error_of(const Fields& letter, std::string_view name) {
  return letter.object("headers").text(std::string("casetrail.errors.").append(name));
}

std::string place_of(const Fields& letter) { return letter.text("partition") + ":" + letter.text("offset"); }

std::string record_text(const Fields& letter) {
  const auto value = letter.text("value");
  return value.empty() ? fmt::format("{} bytes, withheld: no JSON", letter.text("size")) : value;
}

/// `3 are open, the oldest since 2026-11-23 16:05.`
std::string open_text(const Fields& answer, const Display& display) {
  const auto open = answer.number("open").value_or(0);
  if (open == 0) return display.say("None is open.\n", "没有待处理的记录。\n");
  const auto at_least = answer.text("counts_all") == "false" ? display.say("At least ", "至少 ") : "";
  if (display.language == Language::zh)
    return fmt::format("{}{} 条待处理，最早的于 {}。\n", at_least, open,
                       display.moment(answer.text("oldest_open_at")));
  return fmt::format("{}{} open, the oldest since {}.\n", at_least, open,
                     display.moment(answer.text("oldest_open_at")));
}

/// What became of it, by whom and why; empty while it is open.
std::string end_text(const Fields& letter, const Display& display) {
  if (letter.text("ended_at").empty()) return {};
  const auto became =
      letter.text("state") == "retried" ? display.say("retried", "已重发") : display.say("dropped", "已放弃");
  auto text = became + " " + display.moment(letter.text("ended_at"));
  for (const auto* name : {"ended_by", "drop_reason", "retry_token"}) {
    if (const auto said = letter.text(name); !said.empty()) text += ", " + said;
  }
  return text;
}

}  // namespace

std::string dead_letters_text(const std::string& json, const Display& display) {
  const Fields answer(json);
  const auto letters = answer.objects("deadletters");
  if (letters.empty()) return open_text(answer, display);
  TextTable table({{display.moments_title(display.say("when", "时间")), 3},
                   {display.say("letter", "记录位置"), 1},
                   {display.say("key", "键"), 4, 8},
                   {display.say("reason", "原因"), 1, 30},
                   {display.say("code", "代码"), 5},
                   {display.say("became", "处理结果"), 2, 12},
                   {display.say("record", "记录"), 6, 12}});
  for (const auto& letter : letters) {
    table.add({display.moment(letter.text("at")), place_of(letter), letter.text("key"),
               error_of(letter, "message"), error_of(letter, "code"), end_text(letter, display),
               record_text(letter)});
  }
  return table.text(display.width, display.language) + open_text(answer, display);
}

std::string dead_letter_text(const std::string& json, const Display& display) {
  const Fields letter(json);
  const auto ended = end_text(letter, display);
  TableRows rows{
      {display.say("letter", "记录位置"), place_of(letter)},
      {display.say("sent", "发送时间"), display.moment(letter.text("at")) + " " + display.zone_name()},
      {display.say("state", "状态"), ended.empty() ? display.say("open", "待处理") : ended},
      {display.say("reason", "原因"),
       fmt::format("{} [{}]", error_of(letter, "message"), error_of(letter, "code"))},
      {display.say("lay at", "原位置"),
       fmt::format("{} {}:{}", error_of(letter, "topic"), error_of(letter, "partition"),
                   error_of(letter, "offset"))},
      {display.say("key", "键"), letter.text("key")}};
  const auto headers = letter.object("headers");
  for (const auto& name : headers.names()) {
    if (!name.starts_with("casetrail.errors.")) rows.push_back({name, headers.text(name)});
  }
  rows.push_back({display.say("record", "记录"), record_text(letter)});
  rows.push_back({"sha256", letter.text("sha256")});
  auto text = wrapped_table({{""}, {""}}, rows, display.width, display.language);
  if (!ended.empty()) return text;
  return text + fmt::format(
                    "\n  casetrail deadletters retry {0}\n"
                    "  casetrail deadletters drop {0} --reason '…'\n",
                    place_of(letter));
}

std::string letter_end_text(const std::string& json, const Display& display) {
  const Fields letter(json);
  const auto place = place_of(letter);
  const auto token = letter.text("retry_token");
  if (!token.empty()) {
    return fmt::format(fmt::runtime(display.say("Letter {0} was taken as the command {1} of case {2}.\n",
                                                "记录 {0} 已作为命令 {1} 处理，工单 {2}。\n")),
                       place, token, letter.text("key"));
  }
  return fmt::format(fmt::runtime(display.say("Letter {} is dropped: {}\n", "记录 {} 已放弃：{}\n")), place,
                     letter.text("drop_reason"));
}

}  // namespace casetrail::cli
