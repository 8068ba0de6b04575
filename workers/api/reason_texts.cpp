// The parameters of a reason have names; a part of a sentence that may be missing is put together first.
#include "workers/api/reason_texts.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/utf8.h"
#include "projections/kit/words.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

constexpr std::size_t kMostNamed = 8;
/// Of a text that repeats all of them.
constexpr std::size_t kMostOfAll = 4'000;

/// Without a `default`: a new code does not compile before it has its words.
kit::Words template_of(log::ReasonCode code) {
  switch (code) {
    case log::ReasonCode::commands_unassigned:
      return {"Expected command partitions to be assigned, but none is yet.",
              "尚未分得命令分区：请等待，或检查是否已被其他节点全部占用。"};
    case log::ReasonCode::commands_taking_over:
      return {"Command partition {partition} is taking_over{progress}: {detail}",
              "命令分区 {partition} 正在接管{progress}：请等待。"};
    case log::ReasonCode::commands_replaying:
      return {"Command partition {partition} is taking_over{progress}: {detail}",
              "命令分区 {partition} 正在重放事件{progress}：请等待。"};
    case log::ReasonCode::commands_in_transaction:
      return {"Command partition {partition} waits: {detail}",
              "命令分区 {partition} 被其他生产者未结束的事务阻住：事务到期会自行结束；若一直不结束，请按原文"
              "中的命令中止它。"};
    case log::ReasonCode::commands_blocked:
      return {"Command partition {partition} waits: {detail}",
              "命令分区 {partition} 停在位移 {offset} 处无法读取的记录：请升级程序；若无人需要该记录，请执行 "
              "casetrail events quarantine {partition} {offset} --reason …。"};
    case log::ReasonCode::commands_stopped:
      return {"Command partition {partition} is stopped: {detail}",
              "命令分区 {partition} 已停止：请按原文处理，然后重新启动。"};
    case log::ReasonCode::commands_lost:
      return {"Command partition {partition} is lost: {detail}",
              "命令分区 {partition} 已归其他节点所有：请等待重新分配。"};
    case log::ReasonCode::commands_passed_over:
      return {"{detail}",
              "命令分区 {partition} 有命令未获答复就被跳过：消费组的位移被人调前。请重发需要的命令。"};
    case log::ReasonCode::commands_behind:
      return {"Command partition {partition} has {records} commands to take{since}{progress}.",
              "命令分区 {partition} 有 {records} 条命令待处理{since}{progress}。"};
    case log::ReasonCode::view_cut_off:
      return {"View group {about}, partition {partition}, has stopped: {detail}",
              "视图组 {about} 的分区 {partition} 读不到日志：请检查 Kafka 或磁盘；恢复后会自动继续。"};
    case log::ReasonCode::view_unreadable:
      return {"View group {about}, partition {partition}, has stopped: {detail}",
              "视图组 {about} 的分区 {partition} 已停止，日志无法继续读取：请按原文修复日志。"};
    case log::ReasonCode::view_blocked:
      return {"View group {about}, partition {partition}, has stopped: {detail}",
              "视图组 {about} 的分区 {partition} 停在位移 {offset} 处无法读取的记录：请升级程序；若无人需要该"
              "记录，请执行 casetrail events quarantine {partition} {offset} --reason …。"};
    case log::ReasonCode::view_broken:
      return {"View group {about}, partition {partition}, has stopped: {detail}",
              "视图组 {about} 的分区 {partition} 的存储出错：请检查磁盘，然后重新启动。"};
    case log::ReasonCode::view_unheard:
      return {"View group {about}, partition {partition}, has not heard from the log yet.",
              "视图组 {about} 的分区 {partition} 尚未收到日志的消息：请等待。"};
    case log::ReasonCode::view_silent:
      return {
          "View group {about}, partition {partition}, has not heard from the log for {seconds} s; its lag is "
          "not known. Check the brokers.",
          "视图组 {about} 的分区 {partition} 已有 {seconds} 秒未收到日志的消息，滞后未知：请检查 Kafka。"};
    case log::ReasonCode::view_behind:
      return {"View group {about}, partition {partition}, is {records} records behind{since}{progress}.",
              "视图组 {about} 的分区 {partition} 落后 {records} 条记录{since}{progress}。"};
    case log::ReasonCode::group_shared:
      return {"{detail}", "{worker} 视图的消费组里有其他成员：请按原文处理。"};
    case log::ReasonCode::membership_over:
      return {"{detail}", "此节点已不能留在消费组中：请按原文处理，然后重新启动。"};
    case log::ReasonCode::rebuild_failed:
      return {"The last rebuild of {worker} failed. {detail}",
              "最近一次重建 {worker} 失败：请按原文处理，然后重新重建。"};
    case log::ReasonCode::case_damaged:
      return {
          "Case {about} is closed, to commands and on every board, for its log is damaged: {detail}. Look at "
          "its events in casetrail.events/{partition}, and at who may write there.",
          "工单 {about} 的日志已损坏，不再接受命令，各看板上均已关闭：请检查 casetrail.events/{partition} "
          "中它的事件，以及谁能写入该主题。"};
    case log::ReasonCode::more_cases_damaged:
      return {"And {records} more cases are closed.", "另有 {records} 个工单因日志损坏而关闭。"};
    case log::ReasonCode::events_forged:
      return {"{detail}", "casetrail.events/{partition} 中有并非引擎写入的事件：请检查谁能写入该主题。"};
    case log::ReasonCode::log_not_writable:
      return {"{detail}", "日志无法写入：请腾出磁盘空间或修复磁盘；恢复后会自动继续。"};
    case log::ReasonCode::log_unreachable: return {"{detail}", "无法读取日志：请检查 Kafka 或磁盘。"};
    case log::ReasonCode::clock_ahead:
      return {
          "The system clock leapt ahead by {seconds} s; time goes on as it really passes, and timers wait "
          "for "
          "it. Set the clock right; if it is right, start casetrail again.",
          "系统时钟突然超前 {seconds} 秒，引擎未跟随，定时器在等待：请校正时钟；若时钟无误，请重新启动。"};
    case log::ReasonCode::peer_missing:
      return {"No peer that {about} is ready.{detail}",
              "没有就绪的节点可承担角色 {worker}：请启动它，或用 --peers 指定。"};
  }
  return {};
}

/// How far it is and how long it takes, as far as that is known.
std::string progress_of(const log::Reason& reason, const kit::Words& percent, const kit::Words& left,
                        std::string_view kit::Words::* language) {
  std::string text;
  if (reason.percent) text += fmt::format(fmt::runtime(percent.*language), *reason.percent);
  if (reason.seconds_left) text += fmt::format(fmt::runtime(left.*language), *reason.seconds_left);
  return text;
}

/// Since when, as it is said of commands and of views.
kit::Words since_of(log::ReasonCode code) {
  if (code == log::ReasonCode::commands_behind)
    return {"; the oldest waits for {:.0f} s", "，最早的已等 {:.0f} 秒"};
  return {", {:.0f} s", "，{:.0f} 秒"};
}

std::string said(const log::Reason& reason, std::string_view kit::Words::* language) {
  const kit::Words percent{", {:.0f} %", "，已完成 {:.0f} %"};
  const kit::Words left{", about {:.0f} s left", "，约剩 {:.0f} 秒"};
  const auto since = since_of(reason.code);
  const auto text_of = [](const auto& number) {
    return number ? fmt::format("{:.0f}", double(*number)) : "?";
  };
  return fmt::format(
      fmt::runtime(template_of(reason.code).*language), fmt::arg("worker", reason.worker),
      fmt::arg("about", reason.about), fmt::arg("partition", text_of(reason.partition)),
      fmt::arg("offset", text_of(reason.offset)), fmt::arg("records", text_of(reason.records)),
      fmt::arg("seconds", text_of(reason.seconds)),
      fmt::arg("since", reason.seconds ? fmt::format(fmt::runtime(since.*language), *reason.seconds) : ""),
      fmt::arg("progress", progress_of(reason, percent, left, language)), fmt::arg("detail", reason.detail));
}

struct Ready {
  std::string status = "ready";
  std::optional<std::vector<std::string>> attention;  ///< `en` of the reasons
  std::optional<ReasonRows> reasons;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(status), CEREAL_NVP(attention), CEREAL_NVP(reasons));
  }
};

struct Waiting {
  std::string type;
  std::string title = "Service Unavailable";
  int status = 503;
  std::string detail;
  std::string code;
  ReasonRows reasons;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(type), CEREAL_NVP(title), CEREAL_NVP(status), CEREAL_NVP(detail), CEREAL_NVP(code),
            CEREAL_NVP(reasons));
  }
};

}  // namespace

ReasonRows rows_of(std::vector<log::Reason> reasons) {
  ReasonRows rows;
  for (auto& reason : reasons) {
    auto en = said(reason, &kit::Words::en);
    auto zh = said(reason, &kit::Words::zh);
    rows.push_back({std::move(reason), std::move(en), std::move(zh)});
  }
  return rows;
}

std::string in_one(const std::vector<log::Reason>& reasons) {
  const auto named = std::min(reasons.size(), kMostNamed);
  std::string text;
  for (std::size_t i = 0; i < named; ++i)
    text.append(i == 0 ? "" : " ").append(said(reasons[i], &kit::Words::en));
  if (reasons.size() > named) text += fmt::format(" And {} more.", reasons.size() - named);
  return text;
}

http::HttpResponse ready_answer(std::vector<log::Reason> attention) {
  Ready ready;
  if (!attention.empty()) {
    ready.reasons = rows_of(std::move(attention));
    ready.attention.emplace();
    for (const auto& row : *ready.reasons) ready.attention->push_back(row.en);
  }
  return {.status = 200, .body = to_json(ready)};
}

std::string readiness_schema() { return PublishedSchema::of<Ready>(); }

http::HttpResponse waiting_answer(std::string code, std::vector<log::Reason> reasons) {
  Waiting waiting{.type = "urn:casetrail:problem:" + code,
                  .detail = as_utf8(in_one(reasons), kMostOfAll),
                  .code = std::move(code),
                  .reasons = rows_of(std::move(reasons))};
  return {.status = 503, .content_type = http::kProblemType, .body = to_json(waiting)};
}

std::string waiting_schema() { return PublishedSchema::of<Waiting>(); }

}  // namespace casetrail::api
