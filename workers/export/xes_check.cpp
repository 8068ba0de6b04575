// Reads XES by libxml2, an element at a time, by what readers of XES have stumbled over.
#include <libxml/xmlreader.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "events/wire/whole_number.h"
#include "workers/export/check.h"
#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"string", "date", "int", "float", "boolean"};
constexpr std::array<std::string_view, 4> kPrefixes{"concept", "time", "lifecycle", "org"};
constexpr std::array<std::string_view, 4> kOnEveryEvent{"concept:name", "time:timestamp",
                                                        "lifecycle:transition", "seq"};

class XesCheck {
 public:
  XesCheck(const std::filesystem::path& file, Faults& faults)
      : reader_(xmlReaderForFile(file.c_str(), nullptr,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                xmlFreeTextReader),
        faults_(faults) {
    if (reader_ == nullptr)
      throw Failure(Trouble::unavailable, "The file cannot be opened. Check its rights and its disk.");
  }

  Contents run(const Database::Stopped& stopped) {
    int read = 0;
    while ((read = xmlTextReaderRead(reader_.get())) == 1) {
      go_on_unless(stopped);
      const auto node = xmlTextReaderNodeType(reader_.get());
      if (node == XML_READER_TYPE_ELEMENT) take_element();
      if (node == XML_READER_TYPE_END_ELEMENT && name() == "event") end_event();
    }
    if (read != 0)
      faults_.add("the file is no XML from here on", place());
    else if (globals_ != std::set<std::string>{"event", "trace"})
      faults_.add("the globals of traces and events are not both there", place());
    auto contents = order_.contents();
    contents.attributes = attributes_;
    return contents;
  }

 private:
  [[nodiscard]] std::string_view name() const {
    return reinterpret_cast<const char*>(xmlTextReaderConstName(reader_.get()));
  }
  [[nodiscard]] std::string attribute(const char* called) const {
    const std::unique_ptr<xmlChar, void (*)(void*)> text(
        xmlTextReaderGetAttribute(reader_.get(), reinterpret_cast<const xmlChar*>(called)), xmlFree);
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text.get()));
  }
  [[nodiscard]] std::string place() const {
    return "line " + std::to_string(xmlTextReaderGetParserLineNumber(reader_.get()));
  }

  void take_element() {
    const auto element = name();
    if (element == "log" && (attribute("xes.version").empty() || !attribute("openxes.version").empty()))
      faults_.add("the log names no version of XES, or one of OpenXES", place());
    if (element == "global") globals_.insert(attribute("scope"));
    if (element == "trace") trace_.clear();
    if (element == "event") {
      of_event_.clear();
      seq_ = 0;
    }
    if (std::ranges::find(kKinds, element) != kKinds.end()) return take_attribute(element);
    for (const std::string_view known : {"log", "extension", "global", "classifier", "trace", "event"}) {
      if (element == known) return;
    }
    faults_.add("there is an element '" + std::string(element) + "', which readers drop", place());
  }

  void take_attribute(std::string_view kind) {
    const auto key = attribute("key");
    const auto value = attribute("value");
    const auto colon = key.find(':');
    if (key.empty() ||
        (colon != std::string::npos && std::ranges::find(kPrefixes, key.substr(0, colon)) == kPrefixes.end()))
      faults_.add("the attribute '" + key + "' is of no extension that is declared", place());
    if (xmlTextReaderIsEmptyElement(reader_.get()) == 0)
      faults_.add("the attribute '" + key + "' holds others, which readers drop", place());
    if (kind == "date") faults_.of([&] { check_moment(value, place()); });
    if (key == "time:timestamp" && kind != "date") faults_.add("the time of an event is no date", place());
    const auto depth = xmlTextReaderDepth(reader_.get());
    if (depth == 2 && key == "concept:name") trace_ = value;
    if (depth != 3) return;
    if (!of_event_.insert(key).second) faults_.add("the event has '" + key + "' twice", place());
    if (key == "seq") seq_ = whole_number<std::int64_t>(value).value_or(0);
    ++attributes_;
  }

  void end_event() {
    for (const auto key : kOnEveryEvent) {
      if (!of_event_.contains(std::string(key)))
        faults_.add("the event that ends here has no " + std::string(key), place());
    }
    if (of_event_.contains("seq")) faults_.of([&] { order_.take(trace_, seq_); });
  }

  std::unique_ptr<xmlTextReader, void (*)(xmlTextReader*)> reader_;
  Faults& faults_;
  CaseByCase order_;
  std::set<std::string> globals_;
  std::set<std::string> of_event_;
  std::string trace_;
  std::int64_t seq_ = 0;
  std::int64_t attributes_ = 0;
};

}  // namespace

Contents check_xes(const std::filesystem::path& file, Faults& faults, const Database::Stopped& stopped) {
  return XesCheck(file, faults).run(stopped);
}

}  // namespace casetrail::exports
