// XES (IEEE 1849) by libxml2: flat attributes, four standard extensions, one form of time.
#include <libxml/xmlwriter.h>

#include <array>
#include <memory>
#include <string>

#include "events/wire/reflect.h"
#include "workers/export/base_fields.h"
#include "workers/export/failure.h"
#include "workers/export/writer.h"

namespace casetrail::exports {
namespace {

struct Extension {
  const char* name;
  const char* prefix;
};
constexpr std::array kExtensions{Extension{"Concept", "concept"}, Extension{"Time", "time"},
                                 Extension{"Lifecycle", "lifecycle"}, Extension{"Organizational", "org"}};

struct Transition {
  std::string_view type;  ///< of events, or the end of one
  std::string_view name;
};
/// Of the standard lifecycle; what is not here is `complete`.
constexpr Transition kTransitions[] = {
    {"assignment.queued", "schedule"},
    {"assignment.offered", "schedule"},
    {"assignment.made", "assign"},
    {"assignment.owner.designated", "assign"},
    {"assignment.owner.changed", "reassign"},
    {"assignment.released", "withdraw"},
    {"work.started", "start"},
    {"work.suspended", "suspend"},
    {"work.resumed", "resume"},
    {"handoff.requested", "schedule"},
    {"handoff.accepted", "start"},
    {"handoff.returned", "pi_abort"},
    {"handoff.ruled", "reassign"},
    {"handoff.withdrawn", "withdraw"},
    {"callback.scheduled", "schedule"},
    {"callback.rescheduled", "schedule"},
    {"callback.assigned", "assign"},
    {"callback.canceled", "withdraw"},
    {"complaint.lodged", "schedule"},
    {"complaint.accepted", "start"},
    {"complaint.withdrawn", "withdraw"},
    {"review.assigned", "assign"},
    {"request.withdrawn", "withdraw"},
    {"case.reopened", "resume"},
};

std::string_view transition_of(std::string_view type) {
  for (const auto& transition : kTransitions) {
    if (transition.type == type) return transition.name;
  }
  return "complete";
}

/// Without what XML 1.0 cannot say, not even as a reference. Requires: UTF-8.
std::string speakable(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    const bool no_character =
        text.substr(at).starts_with("\xEF\xBF\xBE") || text.substr(at).starts_with("\xEF\xBF\xBF");
    if (no_character) at += 2;
    if (!control && !no_character) kept += text[at];
  }
  return kept;
}

const xmlChar* xml(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

class Xes final : public Writer {
 public:
  explicit Xes(PartFile& file)
      : file_(file), buffer_(xmlBufferCreate(), xmlBufferFree), xml_(nullptr, xmlFreeTextWriter) {
    xml_.reset(xmlNewTextWriterMemory(buffer_.get(), 0));
    if (xml_ == nullptr) throw Failure(Trouble::unavailable, "There is no memory left for the export.");
    check(xmlTextWriterSetIndent(xml_.get(), 1));
    check(xmlTextWriterStartDocument(xml_.get(), nullptr, "UTF-8", nullptr));
    open("log",
         {{"xes.version", "1849-2016"}, {"xes.features", ""}, {"xmlns", "http://www.xes-standard.org/"}});
    for (const auto& [name, prefix] : kExtensions) {
      open("extension", {{"name", name},
                         {"prefix", prefix},
                         {"uri", "http://www.xes-standard.org/" + std::string(prefix) + ".xesext"}});
      close();
    }
    open("global", {{"scope", "trace"}});
    attribute("string", "concept:name", "unknown");
    close();
    open("global", {{"scope", "event"}});
    attribute("string", "concept:name", "unknown");
    attribute("date", "time:timestamp", "1970-01-01T00:00:00.000Z");
    attribute("string", "lifecycle:transition", "complete");
    attribute("int", "seq", "0");
    close();
    open("classifier", {{"name", "Activity"}, {"keys", "concept:name"}});
    close();
    open("classifier", {{"name", "Activity classifier"}, {"keys", "concept:name lifecycle:transition"}});
    close();
    attribute("string", "lifecycle:model", "standard");
    pass_on();
  }

  void write(const ExportedEvent& of) override {
    const auto& event = of.event;
    const auto flat = flatten(event.case_id, event.event);
    if (trace_ != event.case_id) begin_trace(event);
    open("event", {});
    const auto type = event.event.codec().type;
    attributes_ -= written_;
    attribute("string", "concept:name", std::string(type));
    attribute("date", "time:timestamp", to_wire(of.at));
    attribute("string", "lifecycle:transition", std::string(transition_of(type)));
    const auto& actor = event.actor;
    attribute("string", "org:resource", actor.kind == ActorKind::agent ? actor.id : to_wire(actor));
    if (actor.department_id) attribute("string", "org:group", actor.department_id->value);
    if (actor.role) attribute("string", "org:role", *actor.role);
    for (const auto& field : all_fields(of, flat)) write_field(field);
    attributes_ += written_;
    close();
    pass_on();
  }

  [[nodiscard]] Contents contents() const override { return {.attributes = attributes_}; }

  void finish() override {
    check(xmlTextWriterEndDocument(xml_.get()));
    pass_on();
  }

 private:
  using Pairs = std::initializer_list<std::pair<const char*, std::string>>;

  static void check(int result) {
    if (result < 0)
      throw Failure(Trouble::wrong, "What is exported cannot be said in XML. Export it as NDJSON.");
  }

  void open(const char* element, Pairs attributes) {
    check(xmlTextWriterStartElement(xml_.get(), reinterpret_cast<const xmlChar*>(element)));
    for (const auto& [name, value] : attributes)
      check(xmlTextWriterWriteAttribute(xml_.get(), reinterpret_cast<const xmlChar*>(name), xml(value)));
  }
  void close() { check(xmlTextWriterEndElement(xml_.get())); }
  void attribute(const char* kind, const std::string& key, const std::string& value) {
    open(kind, {{"key", key}, {"value", speakable(value)}});
    close();
    ++written_;
  }

  void begin_trace(const CaseEvent& first) {
    if (!trace_.empty()) close();
    trace_ = first.case_id;
    open("trace", {});
    attribute("string", "concept:name", trace_.value);
  }

  void write_field(const Field& field) {
    if (const auto* text = std::get_if<std::string>(&field.value))
      attribute(field.kind == FieldKind::moment ? "date" : "string", field.path, *text);
    if (const auto* whole = std::get_if<std::int64_t>(&field.value))
      attribute("int", field.path, std::to_string(*whole));
    if (const auto* number = std::get_if<double>(&field.value))
      attribute("float", field.path, std::to_string(*number));
    if (const auto* flag = std::get_if<bool>(&field.value))
      attribute("boolean", field.path, *flag ? "true" : "false");
  }

  void pass_on() {
    check(xmlTextWriterFlush(xml_.get()));
    file_.write({reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
                 static_cast<std::size_t>(xmlBufferLength(buffer_.get()))});
    xmlBufferEmpty(buffer_.get());
  }

  PartFile& file_;
  std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer_;
  std::unique_ptr<xmlTextWriter, void (*)(xmlTextWriter*)> xml_;
  CaseId trace_;
  std::int64_t written_ = 0;     ///< attributes of all elements
  std::int64_t attributes_ = 0;  ///< of events
};

}  // namespace

std::unique_ptr<Writer> xes_writer(PartFile& file) { return std::make_unique<Xes>(file); }

}  // namespace casetrail::exports
