// Reads, writes and explains the commands of import.h.
#include "aggregates/case/import/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

constexpr TypeText kFactText{"One fact, as the event that it becomes.",
                             "一条事实（对应一个事件）。",
                             {{"type", "The type of the event: `request.registered`.", "事件类型"},
                              {"version", "The version of the event's schema.", "版本"},
                              {"data", "The event's own fields.", "事件内容"}}};

template <>
constexpr TypeText kText<ImportFacts>{
    "Import facts from another system: no rule is applied to them and they start no timer.",
    "从其他系统导入历史事实：不校验规则，不启动计时器。",
    {{"source", "The system that they come from.", "来源系统"},
     {"facts", "What happened, in order; all at the time of the command.", "事实", &kFactText}}};

constexpr Bound kBoundsOfImportFacts[] = {short_text("source"), short_text("facts.type")};
template <>
constexpr std::span<const Bound> kBounds<ImportFacts> = kBoundsOfImportFacts;

template struct FamilyCodecs<CommandKind, ImportCommands>;

}  // namespace casetrail
