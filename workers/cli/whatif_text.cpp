// Counts first, then the cases that the list has room for.
#include <fmt/format.h>

#include <optional>

#include "workers/cli/readable.h"
#include "workers/cli/table.h"
#include "workers/cli/terminal.h"
#include "workers/cli/whatif_answer.h"

namespace casetrail::cli {
namespace {

class WhatIfText {
 public:
  WhatIfText(const WhatIfAnswer& answer, const Display& display) : answer_(answer), display_(display) {}

  [[nodiscard]] std::string text() const { return head() + counts() + cases(); }

 private:
  [[nodiscard]] std::string say(std::string_view en, std::string_view zh) const {
    return display_.say(en, zh);
  }

  [[nodiscard]] std::string head() const {
    const auto& totals = answer_.totals;
    auto text = fmt::format(
        fmt::runtime(say("Under {}, {} of {} would have gone another way.\n",
                         "若执行 {0}，共 {2} 个工单中有 {1} 个结果不同。\n")),
        on_one_line(answer_.policy), totals.changed,
        display_.language == Language::zh ? std::to_string(totals.cases) : counted(totals.cases, "case"));
    text += fmt::format(fmt::runtime(say("{} made again", "重新判定 {}")),
                        display_.language == Language::zh ? std::to_string(totals.decided)
                                                          : counted(totals.decided, "decision"));
    const auto add = [&](std::int64_t count, std::string_view en, std::string_view zh) {
      if (count > 0) text += fmt::format(fmt::runtime(say(en, zh)), count);
    };
    add(totals.imported, "; {} imported, as they happened", "；导入 {}，照原样保留");
    add(totals.taken_over, "; {} not made again by this version, as they happened",
        "；本版本无法重新判定 {}，照原样保留");
    add(answer_.damaged_cases, "; damaged cases left out: {}", "；已略过受损工单 {}");
    return text + ".\n";
  }

  [[nodiscard]] std::string counts() const {
    TextTable table({{say("what", "项目"), 1},
                     {say("result", "结果"), 1, 12},
                     {say("before", "原来"), 1},
                     {say("after", "之后"), 1},
                     {say("change", "变化"), 2}});
    for (const auto& one : answer_.totals.counts) {
      const auto change = one.after - one.before;
      table.add({on_one_line(one.field), on_one_line(one.value), std::to_string(one.before),
                 std::to_string(one.after), change == 0 ? "" : fmt::format("{:+}", change)});
    }
    return answer_.totals.counts.empty() ? "" : "\n" + table.text(display_.width, display_.language);
  }

  [[nodiscard]] std::string side(const std::optional<std::string>& value,
                                 const std::optional<Timestamp>& at) const {
    auto text = on_one_line(value.value_or(""));
    if (at) text += (text.empty() ? "" : " ") + display_.moment(to_wire(*at));
    return text;
  }

  /// `~ sla.first_response  met → breached 2026-11-23 16:05  (sla.P2)`; the sign says it without a colour.
  [[nodiscard]] std::string line_of(const whatif::Difference& one) const {
    const auto before = side(one.before, one.before_at);
    const auto after = side(one.after, one.after_at);
    const auto rule = one.rule.empty() ? "" : "  (" + one.rule + ")";
    if (!one.before) return "  + " + one.field + "  " + after + rule + "\n";
    if (!one.after) return "  - " + one.field + "  " + before + rule + "\n";
    return "  ~ " + one.field + "  " + before + " → " + after + rule + "\n";
  }

  [[nodiscard]] std::string cases() const {
    std::string text;
    for (const auto& changed : answer_.changes) {
      text += "\n" + on_one_line(changed.number.value_or(changed.case_id.value)) + "\n";
      for (const auto& one : changed.differences) text += line_of(one);
      for (const auto& fact : changed.refused)
        text += in_lines(fmt::format(fmt::runtime(say("  ! event {} {} would be refused: {} [{}]",
                                                      "  ! 第 {} 个事件 {} 会被拒绝：{} [{}]")),
                                     fact.seq, fact.type,
                                     on_one_line(display_.reason(fact.code, fact.sentence)), fact.code),
                         display_.width);
    }
    const auto rest = answer_.totals.changed - static_cast<std::int64_t>(answer_.changes.size());
    if (rest > 0)
      text +=
          fmt::format(fmt::runtime(say("\n{} more. --limit shows more of them here, --csv all in a file.\n",
                                       "\n还有 {} 个。--limit 可多列，--csv 写入文件。\n")),
                      counted(rest, "case"));
    return text;
  }

  const WhatIfAnswer& answer_;
  const Display& display_;
};

}  // namespace

std::string whatif_text(const WhatIfAnswer& answer, const Display& display) {
  return WhatIfText(answer, display).text();
}

}  // namespace casetrail::cli
