// A test holds this table against the codes that the rooms spell.
#include "workers/api/problem_texts.h"

#include <algorithm>
#include <array>

#include "aggregates/case/refusal_texts.h"

namespace casetrail::api {
namespace {

constexpr auto kProblems = std::to_array<ProblemText>({
    // Of a command, before the case is asked.
    {"case_damaged",
     {"The events of the case do not follow each other: an operator has to look at it.",
      "工单的事件记录不连续：请联系运维人员检查。"}},
    {"command_id_reused",
     {"Another command has this id: send it with a new one.",
      "此命令 ID 已被其他命令使用：请换新的 ID 重发。"}},
    {"invalid_command",
     {"The record is no command that can be read: an operator finds it among the dead letters.",
      "该记录不是可读的命令：运维人员可在死信中查看。"}},
    {"malformed_command",
     {"The command says something that it cannot: correct the field that is named.",
      "填写内容有误：请更正所指的字段。"}},
    {"outcome_unknown",
     {"Nobody knows yet whether it happened: send it again with the same id.",
      "尚不知是否已执行：请以相同的 ID 重发。"}},
    {"too_large", {"What it leads to is too large: shorten its texts.", "内容过大：请缩短文字。"}},
    {"wrong_partition",
     {"The record lies in another partition than its case's.", "该记录不在其工单所属的分区。"}},
    // Who asks.
    {"another_actor",
     {"The token is of somebody else than the command says: leave the actor out.",
      "令牌与命令所写的操作人不符：请不要填写操作人。"}},
    {"another_source", {"The token may not send from this source.", "此令牌不能以该来源发送。"}},
    {"access_not_logged",
     {"Nobody recorded why the contacts are to be shown, or it is too long ago: do that first.",
      "尚未记录查看联系方式的原因，或已过时：请先记录。"}},
    {"forbidden",
     {"You lack the right to do this: ask whoever keeps the identities.",
      "您没有此项权限：请联系身份管理员。"}},
    {"foreign_host",
     {"This server is not called so: name it with --allowed-host.",
      "服务器不使用此名称：请用 --allowed-host 声明。"}},
    {"foreign_page",
     {"Another web page asked: open the console's own address.",
      "请求来自其他网页：请打开控制台自己的地址。"}},
    {"no_identities",
     {"This server knows no identities: nobody signs in.", "此服务器未启用身份：无需登录。"}},
    {"unauthenticated",
     {"This server asks who you are: sign in, or show a token.",
      "服务器需要确认您的身份：请登录或出示令牌。"}},
    {"unknown_token",
     {"This server does not know the token: sign in again.", "服务器不认识此令牌：请重新登录。"}},
    // What is asked for.
    {"before_first_event",
     {"The case was not registered yet at that time: choose a later one.",
      "那时工单尚未登记：请选择更晚的时间。"}},
    {"conflict", {"It contradicts what is there now: look again.", "与现状冲突：请重新查看。"}},
    {"group_has_members", {"The group has members: stop them first.", "该消费组仍有成员：请先停止它们。"}},
    {"letter_not_whole",
     {"The dead letter was too large to be kept whole: send the command again.",
      "死信过大，未完整保存：请重新发送命令。"}},
    {"no_console",
     {"This binary was built without the console: ask /v1, or use the command line.",
      "此程序未包含网页控制台：请使用 /v1 接口或命令行。"}},
    {"no_such_case",
     {"There is no such case: look at its number or reference.", "没有这个工单：请核对编号或外部单号。"}},
    {"no_such_command",
     {"No outcome of this command is kept: look at its id and its case.",
      "没有保留此命令的结果：请核对命令编号和工单。"}},
    {"no_such_event", {"The case has no such event.", "工单没有这个事件。"}},
    {"no_such_letter", {"There is no such dead letter.", "没有这封死信。"}},
    {"no_such_path", {"There is no such path.", "没有这个路径。"}},
    {"no_such_policy", {"No policy of this version was published.", "没有发布过这个版本的公司规则。"}},
    {"no_such_record", {"There is no such record.", "没有这条记录。"}},
    {"not_found", {"There is no such thing: look at its name.", "没有找到：请核对名称。"}},
    {"still_no_command",
     {"The letter is still no command that can be read: correct its data.",
      "该死信仍不是可读的命令：请更正其内容。"}},
    {"stops_nobody",
     {"The record stops no partition: there is nothing to pass over.", "该记录没有阻塞任何分区：无需跳过。"}},
    {"token_ahead",
     {"The token is of a command that this log does not have.", "日志中没有该令牌所指的命令。"}},
    // How it is asked.
    {"body_too_large", {"The body is too large.", "请求正文过大。"}},
    {"headers_too_large", {"The headers are too large.", "请求头过大。"}},
    {"malformed_backup",
     {"It cannot be told where to back up to: name a directory.", "无法确定备份位置：请指定目录。"}},
    {"malformed_case",
     {"That is no case: name it by number, id, or channel:reference.",
      "无法识别工单：请用编号、ID 或“渠道:单号”。"}},
    {"malformed_drop",
     {"It cannot be told why the letter is dropped: give a reason.", "缺少丢弃死信的原因：请填写。"}},
    {"malformed_quarantine",
     {"It cannot be told which record to pass over: name partition, offset and reason.",
      "无法确定要跳过的记录：请填写分区、位置和原因。"}},
    {"malformed_query",
     {"The query asks something that it cannot: correct the parameter that is named.",
      "查询条件有误：请更正所指的参数。"}},
    {"malformed_request", {"That is no request of HTTP/1.1.", "不是有效的 HTTP/1.1 请求。"}},
    {"malformed_retry",
     {"It cannot be told what to send again: correct the data.", "无法确定要重发的内容：请更正。"}},
    {"malformed_target", {"The address cannot be read.", "地址无法识别。"}},
    {"malformed_token",
     {"The token cannot be read: take it from the answer to a command.",
      "令牌无法识别：请使用命令答复中的令牌。"}},
    {"method_not_allowed", {"The path is not asked with this method.", "此路径不支持该方法。"}},
    {"repeated_parameter", {"A parameter stands there twice.", "参数重复。"}},
    {"tls_expected", {"This server speaks TLS: ask with https.", "此服务器使用 TLS：请用 https 访问。"}},
    {"unsupported_media_type",
     {"The body has to be declared as JSON or CloudEvents.", "请求正文须声明为 JSON 或 CloudEvents。"}},
    // What cannot be answered now.
    {"behind",
     {"The boards have not come so far yet: ask again in a moment.", "看板尚未更新到此处：请稍后再试。"}},
    {"being_made",
     {"The board of that moment is being made: ask again in a moment.",
      "该时刻的看板正在生成：请稍后再试。"}},
    {"busy", {"More is asked than this server takes on: ask again in a second.", "服务器繁忙：请稍后再试。"}},
    {"disk_full",
     {"The disk is full: free some space, and it goes on by itself.",
      "磁盘已满：请腾出空间，随后会自动恢复。"}},
    {"hangs", {"A thread of the server hangs: start it again.", "服务器有线程停滞：请重新启动。"}},
    {"log_unavailable",
     {"The log cannot be written now: try again in a moment.", "日志暂时无法写入：请稍后再试。"}},
    {"no_answer", {"The server lost the answer: try again.", "服务器未能给出答复：请重试。"}},
    {"not_casetrail", {"Another program answers at this address.", "此地址上是其他程序。"}},
    {"not_ready",
     {"The server is not ready: wait while it catches up.", "服务器尚未就绪：请等待其追上进度。"}},
    {"not_recorded",
     {"It could not be recorded: look at the dead letter again.", "未能记录：请重新查看该死信。"}},
    {"starting", {"The server is starting: wait a moment.", "服务器正在启动：请稍候。"}},
    {"too_many_streams",
     {"Too many clients follow this server: close some pages.", "实时连接过多：请关闭一些页面。"}},
    {"too_many_waiting",
     {"Too many clients wait for this server: ask again in a second.", "等待的请求过多：请稍后再试。"}},
    {"unavailable",
     {"The log or the boards cannot be asked now: try again in a moment.",
      "日志或看板暂时无法访问：请稍后再试。"}},
    {"unreadable_history",
     {"The history of the case cannot be read: an operator has to look at it.",
      "工单经过无法读取：请联系运维人员检查。"}},
});

}  // namespace

std::span<const ProblemText> problem_texts() { return kProblems; }

std::optional<kit::Words> find_sentence(std::string_view code) {
  if (const auto* refusal = find_refusal(code)) return kit::Words{refusal->en, refusal->zh};
  const auto* found = std::ranges::find(kProblems, code, &ProblemText::code);
  if (found == kProblems.end()) return std::nullopt;
  return found->sentence;
}

}  // namespace casetrail::api
