// What readers of each format have stumbled over, and that a check finds it.
#include <gmock/gmock.h>

#include <functional>
#include <sstream>

#include "events/case/all_events.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"
#include "tests/workers/export/exported.h"
#include "workers/export/base_fields.h"
#include "workers/export/check.h"

namespace casetrail::exports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Format kFormats[] = {Format::xes, Format::ocel_json, Format::ocel_sqlite, Format::csv,
                               Format::ndjson};

void replace(std::string& text, const std::string& part, const std::string& by) {
  const auto at = text.find(part);
  ASSERT_NE(at, std::string::npos) << part;
  text.replace(at, part.size(), by);
}

/// What a check says of the file, a fault a line; empty: nothing.
std::string complaint(const Exported& exported) {
  Faults faults;
  (void)check_file(exported.options.format, exported.options.file, faults, [] { return false; });
  std::string text;
  for (const auto& [where, what] : faults.named()) text.append(where).append(": ").append(what).append("\n");
  return text;
}

std::vector<CaseEvent> one_case() {
  RequestRegistered registered;
  registered.customer_ref = CustomerRef{"C-1"};
  registered.order_ref = "O-1";
  HandoffRequested handoff;
  handoff.handoff_id = {"h1"};
  handoff.from.department_id = {"cs"};
  handoff.to.department_id = {"tech"};
  HandoffAccepted accepted;
  accepted.handoff_id = {"h1"};
  accepted.by.department_id = {"tech"};
  return EventsOf("c1").add(registered).after(Duration{1'000}).add(handoff).add(accepted).events();
}

/// `one_case`, exported and then changed by hand.
std::string complaint_after(Format format, const std::function<void(std::string&)>& change) {
  Exported exported(one_case());
  exported.options.format = format;
  auto text = exported.text();
  EXPECT_EQ(complaint(exported), "");
  change(text);
  std::ofstream(exported.options.file, std::ios::binary | std::ios::trunc) << text;
  return complaint(exported);
}
std::string complaint_after(Format format, const std::string& part, const std::string& by) {
  return complaint_after(format, [&](std::string& text) { replace(text, part, by); });
}

std::string said_by(Format format, const std::vector<CaseEvent>& events) {
  Exported exported(events);
  exported.options.format = format;
  exported.options.persons = Persons::shown;
  return exported.text();
}

std::vector<CaseEvent> withdrawn_because(const std::string& reason) {
  HandoffWithdrawn fact;
  fact.handoff_id = {"h1"};
  fact.reason = reason;
  return EventsOf("c1").add(fact).events();
}

TEST(Formats, HoldEveryTypeOfEventAndPassTheirChecks) {
  for (const auto persons : {Persons::hidden, Persons::shown}) {
    Exported exported(random_history(21, 60, 3'000));
    exported.options.persons = persons;
    for (const auto format : kFormats) {
      exported.options.format = format;
      const auto report = exported.run();
      ASSERT_TRUE(report) << name_of(format) << ": " << report.error().what;
      EXPECT_EQ(report->contents.events, 3'000);
    }
  }
}

TEST(Formats, OfObjectsHoldTheSame) {
  Exported exported(random_history(22, 30, 1'000));
  exported.options.format = Format::ocel_json;
  (void)exported.text();
  const auto json = exported.report.contents;
  exported.options.format = Format::ocel_sqlite;
  (void)exported.text();
  EXPECT_EQ(exported.report.contents, json);
  EXPECT_GT(json.objects, 100);
  EXPECT_GT(json.object_values, json.objects / 2);
}

TEST(Formats, NoTypeHasAFieldThatEveryEventHas) {
  const CaseEvent event;
  for (const auto& base : base_fields({.event = event, .holder = {}, .at = {}})) {
    for (const auto type : event_types()) {
      for (const auto& field : fields_of(type)) EXPECT_NE(field.path, base.path) << type;
    }
  }
}

TEST(Formats, KeepTextExactlyButForWhatXmlCannotSay) {
  const auto text = said_by(Format::xes, withdrawn_because("<a> & \"b\" 中文\n\x01 ende\xEF\xBF\xBE"));
  EXPECT_THAT(text, HasSubstr("key=\"reason\" value=\"&lt;a&gt; &amp; &quot;b&quot; 中文&#10; ende\""));
}

TEST(Formats, StandAnEventOfAnImpossibleYearWhereItWasRecorded) {
  auto events = one_case();
  events.front().occurred_at = from_epoch_ms(32'503'680'000'000);  // in the year 3000
  for (const auto format : kFormats) {
    Exported exported(events);
    exported.options.format = format;
    EXPECT_EQ(exported.text().contains("3000-01-01"), format == Format::ndjson) << name_of(format);
    EXPECT_EQ(exported.report.implausible, 1);
  }
}

TEST(Formats, LeaveOutMomentsOfImpossibleYears) {
  auto events = one_case();
  HandoffAccepted fact;
  fact.handoff_id = {"h1"};
  fact.by.department_id = {"tech"};
  fact.complete_by = from_epoch_ms(32'503'680'000'000);
  events.back().event = fact;
  EXPECT_THAT(said_by(Format::xes, events), Not(HasSubstr("complete_by")));
  EXPECT_THAT(said_by(Format::ocel_json, events), Not(HasSubstr("3000-01-01")));
}

TEST(Formats, ATraceNamesItsCaseAndAnEventItsDepartmentAndLifecycle) {
  const auto text = said_by(Format::xes, one_case());
  EXPECT_THAT(text, HasSubstr(" <trace>\n  <string key=\"concept:name\" value=\"c1\"/>"));
  EXPECT_THAT(text, HasSubstr("value=\"handoff.requested\"/>\n   <date key=\"time:timestamp\" "
                              "value=\"2025-11-24T00:00:01.000Z\"/>\n   <string key=\"lifecycle:transition\" "
                              "value=\"schedule\"/>\n   <string key=\"org:resource\" value=\"li.wei\"/>"));
  EXPECT_THAT(text, HasSubstr("key=\"holder\" value=\"tech\""));
}

TEST(Formats, AnObjectIsMadeOfWhatEventsName) {
  const auto text = said_by(Format::ocel_json, one_case());
  EXPECT_THAT(text,
              HasSubstr(R"({"id":"customer:C-1","type":"customer","attributes":[],"relationships":[]})"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"state","value":"requested","time":"1970-01-01T00:00:00.000Z"})"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"state","value":"accepted","time":"2025-11-24T00:00:01.000Z"})"));
  EXPECT_THAT(text, HasSubstr(R"({"objectId":"handoff:c1/h1","qualifier":"handoff"})"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"seq","value":1})"));
}

TEST(Formats, OneRelationJoinsTheRolesOfAnObject) {
  HandoffRequested fact;
  fact.handoff_id = {"h1"};
  fact.from.department_id = {"cs"};
  fact.to.department_id = {"cs"};
  const auto text = said_by(Format::ocel_json, EventsOf("c1").add(fact).events());
  EXPECT_THAT(text, HasSubstr(R"({"objectId":"department:cs","qualifier":"from.department+to.department"})"));
}

TEST(Formats, ACaseThatIsOnlyNamedIsThereAndOneThatComesLaterHasItsValues) {
  CaseLinked fact;
  fact.other_case_id = {"c2"};
  const auto link = EventsOf("c1").add(fact).events();
  EXPECT_THAT(said_by(Format::ocel_json, link),
              HasSubstr(R"({"id":"case:c2","type":"case","attributes":[],"relationships":[]})"));
  auto both = EventsOf("c2").add(RequestRegistered{}).events();
  both.insert(both.begin(), link.begin(), link.end());
  EXPECT_THAT(said_by(Format::ocel_json, both),
              HasSubstr(R"({"id":"case:c2","type":"case","attributes":[{"name":"kind")"));
}

TEST(Check, NamesWhatReadersOfXesStumbleOver) {
  const auto after = [](const std::string& part, const std::string& by) {
    return complaint_after(Format::xes, part, by);
  };
  EXPECT_THAT(after(".000Z\"/>\n   <string key=\"lifecycle", "\"/>\n   <string key=\"lifecycle"),
              HasSubstr("no moment in UTC"));
  EXPECT_THAT(after("scope=\"event\"", "scope=\"\""), HasSubstr("globals"));
  EXPECT_THAT(after("xes.features", "openxes.version=\"1\" xes.features"), HasSubstr("OpenXES"));
  EXPECT_THAT(after("key=\"holder\"", "key=\"meta_x:y\""), HasSubstr("no extension"));
  EXPECT_THAT(after("<string key=\"lifecycle:transition\" value=\"complete\"/>\n   <string key=\"org",
                    "<string key=\"org"),
              HasSubstr("no lifecycle:transition"));
  EXPECT_THAT(after("<string key=\"kind\" value=\"service_request\"/>", "<list key=\"kind\"/>"),
              HasSubstr("'list'"));
  EXPECT_THAT(after("<string key=\"kind\" value=\"service_request\"/>",
                    "<string key=\"kind\" value=\"a\"><int key=\"b\" value=\"1\"/></string>"),
              HasSubstr("holds others"));
  EXPECT_THAT(
      after("<date key=\"time:timestamp\" value=\"2025", "<string key=\"time:timestamp\" value=\"2025"),
      HasSubstr("is no date"));
  EXPECT_THAT(after("key=\"seq\" value=\"2\"", "key=\"seq\" value=\"1\""), HasSubstr("or twice"));
  EXPECT_THAT(after("key=\"kind\" value=\"", "key=\"kind\" value=\"\x01"), HasSubstr("no XML"));
  EXPECT_THAT(after("</log>", ""), HasSubstr("no XML"));
}

TEST(Check, NamesWhatReadersOfObjectsStumbleOver) {
  const auto after = [](const std::string& part, const std::string& by) {
    return complaint_after(Format::ocel_json, part, by);
  };
  EXPECT_THAT(after(R"({"name":"seq","type":"integer"},)", ""), HasSubstr("'seq' is not declared"));
  EXPECT_THAT(after(R"({"name":"seq","value":1})", R"({"name":"seq","value":"1"})"),
              HasSubstr("'seq' is not integer"));
  EXPECT_THAT(after(R"("id":"handoff:c1/h1","type":"handoff")", R"("id":"handoff:c1/h1","type":"7")"),
              HasSubstr("the type '7' is not declared"));
  EXPECT_THAT(after(R"({"objectId":"handoff:c1/h1","qualifier":"handoff"})",
                    R"({"objectId":"handoff:c1/h9","qualifier":"handoff"})"),
              HasSubstr("is not there"));
  EXPECT_THAT(after(R"("time":"1970-01-01T00:00:00.000Z")", R"("time":"2025-01-01T00:00:00.000Z")"),
              HasSubstr("from the epoch on"));
  EXPECT_THAT(after(R"("id":"c1/2")", R"("id":"c1/1")"), HasSubstr("or twice"));
  EXPECT_THAT(after("\n]}\n", "\n"), HasSubstr("not whole"));
  const auto twice = [](std::string& text) {
    const std::string_view begin = "\"relationships\":[";
    const auto relations = text.find(begin, text.find("\"id\":\"c1/1\""));
    text.insert(relations + begin.size(), R"({"objectId":"case:c1","qualifier":"x"},)");
  };
  EXPECT_THAT(complaint_after(Format::ocel_json, twice), HasSubstr("names the object 'case:c1' twice"));
  const auto without_objects = [](std::string& text) {
    const auto relations = text.find("\"relationships\":[", text.find("\"id\":\"c1/3\""));
    text.replace(relations, text.find(']', relations) - relations, "\"relationships\":[");
  };
  EXPECT_THAT(complaint_after(Format::ocel_json, without_objects), HasSubstr("readers drop it"));
}

std::string complaint_after_sql(const std::string& sql) {
  Exported exported(one_case());
  exported.options.format = Format::ocel_sqlite;
  (void)exported.text();
  EXPECT_EQ(complaint(exported), "");
  Database::create(exported.options.file, [] { return false; }).run(sql);
  return complaint(exported);
}

TEST(Check, NamesWhatReadersOfTheDatabaseStumbleOver) {
  EXPECT_THAT(complaint_after_sql("DELETE FROM object WHERE ocel_type = 'order'"),
              HasSubstr("leads nowhere"));
  EXPECT_THAT(complaint_after_sql("UPDATE object SET ocel_type = '7' WHERE ocel_type = 'order'"),
              HasSubstr("leads nowhere"));
  EXPECT_THAT(complaint_after_sql("DELETE FROM event_object WHERE ocel_object_id LIKE 'order:%'"),
              HasSubstr("is in no event"));
  EXPECT_THAT(complaint_after_sql("INSERT INTO event_object SELECT ocel_event_id, ocel_object_id, 'x' FROM "
                                  "event_object LIMIT 1"),
              HasSubstr("an object twice"));
  EXPECT_THAT(complaint_after_sql("DELETE FROM event_request_registered"), HasSubstr("has no attributes"));
  EXPECT_THAT(complaint_after_sql("UPDATE object_case SET ocel_time = '2025-01-01T00:00:00.000Z'"),
              HasSubstr("from the epoch on"));
}

TEST(Check, NamesRowsAndLinesThatAreNotWhole) {
  EXPECT_THAT(complaint_after(Format::csv, "\"c1\",\"handoff.accepted\"", "\"c1\",\"\""),
              HasSubstr("no activity"));
  EXPECT_THAT(complaint_after(Format::csv, "\"c1\",\"handoff.accepted\"", "\"handoff.accepted\""),
              HasSubstr("number of columns"));
  EXPECT_THAT(complaint_after(Format::ndjson, "\"subject\":\"c1\",", ""), HasSubstr("no subject"));
  EXPECT_THAT(complaint_after(Format::ndjson, "}\n", "\n"), HasSubstr("no JSON object"));
}

TEST(Check, NamesEachFaultOfAFile) {
  const auto two = [](std::string& text) {
    replace(text, "\"subject\":\"c1\",", "");
    replace(text, "\"type\":\"casetrail.handoff.accepted\",", "");
  };
  EXPECT_EQ(complaint_after(Format::ndjson, two),
            "line 1: the event has no subject\nline 3: the event has no type\n");
  const auto rows = [](std::string& text) {
    replace(text, "\"c1\",\"request.registered\"", "\"c1\",\"\"");
    replace(text, "\"c1\",\"handoff.accepted\",", "\"c1\",");
  };
  EXPECT_EQ(complaint_after(Format::csv, rows),
            "row 2: the row has no activity\nrow 4: the row has another number of columns than the header\n");
}

TEST(Check, AFileThatIsOfNoFormatIsToldOnce) {
  for (const auto format : kFormats) {
    const auto told = complaint_after(format, [](std::string& text) { text = "Dear all,\n"; });
    EXPECT_EQ(std::ranges::count(told, '\n'), 1) << told;
  }
  EXPECT_THAT(complaint_after_sql("DROP TABLE object_object"), HasSubstr("no such table"));
  EXPECT_THAT(complaint_after(Format::ocel_json, R"("attributes":[)", R"("attributes_":[)"),
              HasSubstr("no list of attributes"));
  EXPECT_THAT(complaint_after(Format::csv, [](std::string& text) { text.clear(); }), HasSubstr("empty"));
}

TEST(Check, KeepsTheFirstFaultsAndCountsTheOthers) {
  Faults faults;
  for (int number = 1; number <= 30; ++number) faults.add("wrong", std::to_string(number));
  EXPECT_EQ(faults.named().size(), Faults::kNamed);
  EXPECT_EQ(faults.named().back().where, "20");
  EXPECT_EQ(faults.all(), 30);
}

}  // namespace
}  // namespace casetrail::exports
