// The attributes that an event has on Kafka, and its data.
#include <string>

#include "events/wire/json_writer.h"
#include "workers/export/writer.h"

namespace casetrail::exports {
namespace {

class Ndjson final : public Writer {
 public:
  explicit Ndjson(PartFile& file) : file_(file) {}

  void write(const ExportedEvent& of) override {
    const auto message = write_event(of.event);
    line_ = "{";
    for (const auto& [name, value] : message.headers) {
      if (!name.starts_with("ce_")) continue;
      append_json_string(name.substr(3), line_);
      line_ += ':';
      append_json_string(value, line_);
      line_ += ',';
    }
    if (!of.holder.empty()) {
      line_ += R"("holder":)";
      append_json_string(of.holder, line_);
      line_ += ',';
    }
    line_.append(R"("datacontenttype":"application/json","data":)").append(message.value).append("}\n");
    file_.write(line_);
  }

  void finish() override {}

 private:
  PartFile& file_;
  std::string line_;
};

}  // namespace

std::unique_ptr<Writer> ndjson_writer(PartFile& file) { return std::make_unique<Ndjson>(file); }

}  // namespace casetrail::exports
