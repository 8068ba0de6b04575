// Every part goes in behind its length, so that no two rows read alike.
#include "workers/import/row_identity.h"

#include <fmt/format.h>

#include "aggregates/digest.h"

namespace casetrail {

std::string row_digest(const Mapping& mapping, const std::vector<std::string>& fields) {
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

}  // namespace casetrail
