// The texts. All people, places and numbers are made up.
#include "workers/simulate/phrases.h"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace casetrail::simulate {
namespace {

using Texts = std::vector<std::string_view>;

struct Pair {
  Phrase phrase;
  Texts chinese;
  Texts english;
};

const std::vector<Pair>& phrases() {
  static const std::vector<Pair> kPhrases{
      {Phrase::need,
       {"希望尽快维修", "想换一台新的", "要求退款", "请告诉我怎么使用", "请安排上门检查"},
       {"Please repair it soon", "I would like a replacement", "I want my money back", "How do I set it up?",
        "Please send somebody to look at it"}},
      {Phrase::symptom,
       {"开机后屏幕不亮", "运行时噪音很大", "充电半小时就断电", "按键没有反应", "漏水，地板湿了",
        "包装破损，配件缺少"},
       {"The screen stays dark", "It is very loud when running", "It switches off after half an hour",
        "The buttons do nothing", "It leaks onto the floor", "The box was torn and a part is missing"}},
      {Phrase::customer_message,
       {"请问现在处理到哪一步了？", "我已经按您说的试过了，还是不行", "序列号在底部，我发照片给您",
        "下午三点以后可以联系我"},
       {"How far are you with this?", "I tried what you said, it still does not work",
        "The serial number is on the bottom, I am sending a photo", "You can reach me after three"}},
      {Phrase::question_to_customer,
       {"请提供产品序列号和购买日期", "请拍一张故障部位的照片", "请确认收货地址是否有变化"},
       {"Please send the serial number and the date of purchase", "Please send a photo of the fault",
        "Has your delivery address changed?"}},
      {Phrase::answer_to_customer,
       {"您好，您的问题已经收到，我会负责到底", "感谢您的耐心，我们正在检查",
        "您好，工号在此，有事可以直接找我"},
       {"Hello, I have your request and will see it through", "Thank you for your patience, we are checking",
        "Hello, you can always reach me directly"}},
      {Phrase::progress,
       {"配件已经到货，明天安排维修", "技术部正在检测主板", "物流已经取件，预计两天到仓"},
       {"The part has arrived, the repair is tomorrow", "Engineering is testing the main board",
        "The parcel was picked up and arrives in two days"}},
      {Phrase::suspension,
       {"等待厂家寄来配件，已向客户说明", "客户出差，约定下周再联系"},
       {"Waiting for a part from the vendor, the customer knows",
        "The customer travels and asked us to wait"}},
      {Phrase::because,
       {"需要检测主板", "属于运输损坏", "客户要求换货", "需要开具证明"},
       {"The main board must be tested", "It was damaged in transport", "The customer wants a replacement",
        "A certificate is needed"}},
      {Phrase::wants,
       {"三天内修好", "换同型号新机", "全额退款", "书面答复"},
       {"A repair within three days", "The same model, new", "A full refund", "An answer in writing"}},
      {Phrase::please_do,
       {"请检测并回复结果", "请联系承运方核实", "请在系统里登记换货单", "请先安抚客户再处理"},
       {"Please test it and report", "Please ask the carrier", "Please register the exchange",
        "Please calm the customer first"}},
      {Phrase::how,
       {"按检测规范第二步做起", "电话联系，注意语气", "走加急通道", "拍照留存后再拆机"},
       {"From step two of the test plan", "By phone, kindly", "Through the express lane",
        "Take photos before opening it"}},
      {Phrase::complaint,
       {"三次来电都没有人回复，非常失望", "维修后问题更严重了", "客服态度冷淡，还先挂断电话"},
       {"I called three times and nobody answered", "It was worse after the repair",
        "The agent was cold and hung up first"}},
      {Phrase::remedy, {"书面道歉并免费维修", "退款"}, {"An apology and a free repair", "A refund"}},
      {Phrase::rejection,
       {"问题还是没有解决，昨天又出现了", "不同意这个方案"},
       {"It came back yesterday", "I do not agree with this"}},
      {Phrase::resolution,
       {"更换电源板后测试正常", "已换货并确认收货", "电话指导后客户使用正常"},
       {"Works after the power board was changed", "Exchanged, the customer has it",
        "The customer can use it after our call"}},
      {Phrase::satisfied,
       {"处理得很快，谢谢", "客服很耐心", "产品用着不错"},
       {"That was quick, thank you", "The agent was patient", "I like the product"}},
      {Phrase::unsatisfied,
       {"等得太久了", "没有人告诉我进展", "修好的机器又坏了"},
       {"I waited too long", "Nobody told me anything", "It broke again"}},
      {Phrase::experience,
       {"每天都在用，运行稳定", "用了两次，声音比以前小", "说明书看不太懂"},
       {"I use it every day and it runs well", "It is quieter than before", "The manual is hard to read"}},
      {Phrase::wish,
       {"希望有人主动告诉我进展", "换一台新的就满意", "请把运费退给我"},
       {"Tell me before I have to ask", "A new one would do", "Please pay the postage back"}},
      {Phrase::other_need,
       {"想再买一套滤芯", "请发一份电子说明书", "需要开发票"},
       {"I need more filters", "Please send the manual by e-mail", "I need an invoice"}},
      {Phrase::review_comment,
       {"整体流程规范，结尾可以更主动", "诊断准确，语速偏快", "记录完整，值得分享"},
       {"By the book, the ending could be warmer", "A good diagnosis, spoken too fast",
        "Well documented, worth sharing"}},
      {Phrase::improvement,
       {"开头请报工号", "先安抚情绪再说明规定", "主动告知下一步和时间"},
       {"Give your badge number at the start", "Calm the customer before the rules",
        "Say the next step and its time"}},
      {Phrase::ruling,
       {"按职责清单由该部门处理，不得再退回", "首问之后由该部门负责到底"},
       {"By the published duties it is theirs and cannot be returned", "This department sees it through"}},
  };
  return kPhrases;
}

constexpr std::array<std::string_view, 20> kSurnames{"王", "李", "张", "刘", "陈", "杨", "赵",
                                                     "黄", "周", "吴", "徐", "孙", "胡", "朱",
                                                     "高", "林", "何", "郭", "马", "罗"};
constexpr std::array<std::string_view, 20> kGivenNames{"伟",   "芳",   "娜",   "敏",   "静",   "丽华", "建国",
                                                       "志强", "秀英", "晓明", "雨欣", "子涵", "浩然", "梓萱",
                                                       "国庆", "海燕", "文博", "佳怡", "宇航", "思远"};
constexpr std::array<std::string_view, 16> kFirstNames{"Emma",  "Oliver", "Grace", "Henry", "Alice", "Thomas",
                                                       "Sofia", "Daniel", "Nora",  "James", "Clara", "Peter",
                                                       "Lucy",  "Martin", "Ruth",  "Simon"};
constexpr std::array<std::string_view, 16> kLastNames{
    "Clarke", "Murphy", "Novak",  "Bennett", "Larsen", "Moreau", "Fischer", "Hughes",
    "Costa",  "Walsh",  "Keller", "Adams",   "Baker",  "Dunn",   "Frost",   "Reid"};
constexpr std::array<std::string_view, 8> kModels{
    "HX-200 电热水壶", "HX-310 空气净化器", "MQ-5 扫地机器人",      "MQ-7 Robot Vacuum",
    "TV-55A",          "AC-26 空调",        "WM-8 Washing Machine", "LP-14 Notebook"};
constexpr std::array<std::string_view, 6> kStreetsChinese{"上海市杨浦区松花江路", "杭州市西湖区文三路",
                                                          "广州市天河区体育西路", "成都市武侯区科华北路",
                                                          "北京市海淀区知春路",   "南京市鼓楼区中山北路"};
constexpr std::array<std::string_view, 4> kStreetsEnglish{"Harbour Road", "Mill Lane", "Garden Street",
                                                          "Hill View"};

}  // namespace

std::string say(Phrase phrase, Language language, Random& random) {
  for (const auto& pair : phrases()) {
    if (pair.phrase == phrase) {
      return std::string(random.pick(language == Language::chinese ? pair.chinese : pair.english));
    }
  }
  return {};
}

std::string person_name(Language language, Random& random) {
  if (language == Language::chinese) {
    const auto surname = random.pick(kSurnames);
    return fmt::format("{}{}", surname, random.pick(kGivenNames));
  }
  const auto first = random.pick(kFirstNames);
  return fmt::format("{} {}", first, random.pick(kLastNames));
}

std::string address(Language language, Random& random) {
  const auto number = random.between(1, 180);
  if (language == Language::chinese) return fmt::format("{}{}号", random.pick(kStreetsChinese), number);
  return fmt::format("{} {}", number, random.pick(kStreetsEnglish));
}

std::string_view product_model(Random& random) { return random.pick(kModels); }

}  // namespace casetrail::simulate
