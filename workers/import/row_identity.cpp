// Every part goes in behind its length, so that no two rows read alike.
#include "workers/import/row_identity.h"

#include <fmt/format.h>

#include "events/wire/digest.h"

namespace casetrail::imports {
namespace {

class ImportedTexts {
 public:
  explicit ImportedTexts(const std::vector<std::string>& fields) : fields_(fields) {}

  void add(std::string_view meaning, Column column) {
    put(meaning);
    put(fields_[column]);
  }
  void add(std::string_view meaning, const std::optional<TextField>& field) {
    if (field) add(meaning, field->column);
  }
  void add(std::string_view meaning, const std::optional<TimeField>& field) {
    if (field) add(meaning, field->column);
  }
  template <class E>
  void add(std::string_view meaning, const Choice<E>& field) {
    if (const auto* by = std::get_if<ByColumn<E>>(&field)) add(meaning, by->column);
  }

  [[nodiscard]] std::string digest() const { return digest_of({text_}); }

 private:
  void put(std::string_view part) { text_.append(std::to_string(part.size())).append(":").append(part); }

  const std::vector<std::string>& fields_;
  std::string text_;
};

}  // namespace

std::string row_digest(const Mapping& mapping, const std::vector<std::string>& fields,
                       std::optional<std::size_t> moment) {
  ImportedTexts texts(fields);
  if (moment) {
    const auto& told = mapping.moments[*moment];
    texts.add(name_of(told.step), told.time.column);
    return texts.digest();
  }
  texts.add("time", mapping.time);
  texts.add("kind", mapping.kind);
  texts.add("received_at", mapping.received_at);
  texts.add("customer", mapping.customer);
  texts.add("product", mapping.product);
  if (mapping.status) texts.add("status", mapping.status->column);
  texts.add("department", mapping.department);
  texts.add("agent", mapping.agent);
  if (mapping.urgency) {
    texts.add("impact", mapping.urgency->impact);
    texts.add("urgency", mapping.urgency->urgency);
    texts.add("priority", mapping.urgency->priority);
  }
  if (mapping.category) {
    for (const auto column : mapping.category->columns) texts.add("category", column);
  }
  if (const auto* counter = std::get_if<ReopenCounter>(&mapping.reopen)) texts.add("reopen", counter->column);
  return texts.digest();
}

std::string former_row_digest(const Mapping& mapping, const std::vector<std::string>& fields) {
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!mapping.rewritten.contains(i))
      text.append(std::to_string(fields[i].size())).append(":").append(fields[i]);
  }
  return digest_of({text});
}

CommandId row_command_id(const Mapping& mapping, const std::string& case_number, const std::string& digest,
                         std::int64_t ordinal) {
  return {fmt::format("import:{}:{}", mapping.source,
                      digest_of({mapping.source, case_number, digest, std::to_string(ordinal)}))};
}

}  // namespace casetrail::imports
