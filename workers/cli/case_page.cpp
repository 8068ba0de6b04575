// Every text of an answer is escaped where it is put between tags.
#include "workers/cli/case_page.h"

#include <fmt/format.h>

#include <initializer_list>
#include <string_view>

#include "workers/cli/case_head.h"
#include "workers/cli/event_text.h"
#include "workers/cli/fields.h"
#include "workers/cli/readable.h"

namespace casetrail::cli {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1 small,.quiet{color:GrayText;font-weight:400}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem}
dt{color:GrayText}dd{margin:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)}
td.when,td.seq{white-space:nowrap}
.bad{color:#b3261e}
details dl{font-size:.9em;margin:.3rem 0}
dd{overflow-wrap:anywhere}
#clocks:not(:checked)~table tr.clock{display:none}
@media print{label,#clocks{display:none}}
)";

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char byte : text) {
    switch (byte) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += byte;
    }
  }
  return safe;
}

/// Puts the parts of a page together.
class Page {
 public:
  explicit Page(const Display& display) : display_(display) {}

  void heading(std::string_view text) { html_ += fmt::format("<h2>{}</h2>\n", escaped(text)); }

  void head(const CaseAnswers& answers, Timestamp now) {
    html_ += "<dl>\n";
    for (const auto& [label, values] : case_head(answers.state, answers.history, now, display_)) {
      for (const auto& value : values) {
        if (!value.empty()) pair(display_.of(label), value);
      }
    }
    html_ += "</dl>\n";
  }

  void holders(const Fields& held) {
    begin_table({display_.moments_title(display_.say("from", "起")), display_.say("to", "止"),
                 display_.say("department", "部门"), display_.say("agent", "人员"),
                 display_.say("status", "状态"), display_.say("elapsed", "自然时间"),
                 display_.say("business", "工作时间")});
    for (const auto& one : held.objects("intervals")) {
      const auto to = one.text("to");
      html_ += "<tr>";
      for (const auto& cell :
           {display_.moment(one.text("from")), to.empty() ? display_.say("now", "至今") : display_.moment(to),
            display_.department(one.text("department")), display_.agent(one.text("agent")),
            display_.word(one.text("status")), time_of(one, "elapsed_ms"), time_of(one, "business_ms")})
        html_ += fmt::format("<td>{}</td>", escaped(cell));
      html_ += "</tr>\n";
    }
    end_table();
  }

  void events(const std::vector<Fields>& all) {
    html_ += fmt::format("<input type=\"checkbox\" id=\"clocks\"> <label for=\"clocks\">{}</label>\n",
                         display_.say("clock events, too", "显示计时事件"));
    begin_table({display_.say("seq", "序号"), display_.moments_title(display_.say("when", "时间")),
                 display_.say("who", "人员"), display_.say("what", "经过")});
    EventTeller teller(display_);
    for (const auto& event : all) {
      const auto type = event.text("type");
      html_ += is_clock_event(type) ? "<tr class=\"clock\">" : "<tr>";
      html_ += fmt::format(
          "<td class=\"seq\">{}</td><td "
          "class=\"when\">{}</td><td>{}</td><td{}>",
          escaped(event.text("seq")), escaped(display_.moment(event.text("occurred_at"))),
          escaped(display_.actor(event.text("actor"))),
          type == "sla.target.missed" || type == "escalation.triggered" ? " class=\"bad\"" : "");
      html_ += escaped(teller.sentence(event));
      details(event, type);
      html_ += "</td></tr>\n";
    }
    end_table();
  }

  [[nodiscard]] std::string whole(std::string_view title, std::string_view note) const {
    const auto language = display_.language == Language::zh ? "zh" : "en";
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
        "<body>\n<h1>{}</h1>\n<p class=\"quiet\">{}</p>\n{}</body>\n</html>\n",
        language, escaped(title), kStyle, escaped(title), escaped(note), html_);
  }

 private:
  std::string time_of(const Fields& one, std::string_view name) const {
    return display_.duration(one.number(name).value_or(0));
  }

  void pair(std::string_view label, std::string_view value) {
    html_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(label), escaped(value));
  }

  void begin_table(std::initializer_list<std::string> headings) {
    html_ += "<table>\n<thead><tr>";
    for (const auto& heading : headings) html_ += fmt::format("<th>{}</th>", escaped(heading));
    html_ += "</tr></thead>\n<tbody>\n";
  }
  void end_table() { html_ += "</tbody>\n</table>\n"; }

  /// The fields as the log has them, for who compares.
  void details(const Fields& event, const std::string& type) {
    html_ += fmt::format("<details><summary class=\"quiet\">{}</summary><dl>\n", escaped(type));
    const auto fact = event.object("fact");
    for (const auto& name : fact.names()) {
      if (const auto value = fact.text(name); !value.empty()) pair(name, value);
    }
    pair(display_.say("recorded", "记录时间"), event.text("recorded_at"));
    if (const auto command = event.text("command_id"); !command.empty())
      pair(display_.say("command", "命令"), command);
    pair(display_.say("policy", "规则版本"), event.text("policy_version"));
    html_ += "</dl></details>";
  }

  const Display& display_;
  std::string html_;
};

}  // namespace

std::string case_page(const CaseAnswers& answers, Timestamp now, const Display& display) {
  const Fields state(answers.state);
  const auto number = state.object("head").text("number");
  const auto title = number.empty() ? state.text("case_id") : number;
  const auto note = fmt::format(
      fmt::runtime(display.say("As of event {} of {}, written {} ({}). Persons are masked.",
                               "截至第 {} 个事件（共 {} 个），生成于 {}（{}）。个人信息已遮盖。")),
      state.text("seq"), state.text("newest_seq"), display.moment(to_wire(now)), display.zone_name());
  Page page(display);
  page.head(answers, now);
  page.heading(display.say("Who had it", "经手"));
  page.holders(Fields(answers.held));
  page.heading(display.say("What happened", "经过"));
  page.events(Fields(answers.history).objects("rows"));
  return page.whole(title, note);
}

}  // namespace casetrail::cli
