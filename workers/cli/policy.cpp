// The verb `policy`: what a company policy says, and what is wrong with it.
#include "workers/cli/policy.h"

#include <fmt/format.h>

#include <cereal/cereal.hpp>

#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/policy_changes.h"
#include "aggregates/policy/policy_texts.h"
#include "events/wire/json_writer.h"
#include "events/wire/utf8.h"
#include "workers/api/wall_clock.h"
#include "workers/cli/exit_code.h"
#include "workers/cli/readable.h"
#include "workers/cli/terminal.h"
#include "workers/cli/verbs.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

struct FaultAnswer {
  int line = 0;
  int column = 0;
  std::string path;
  std::string sentence;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(line), CEREAL_NVP(column), CEREAL_NVP(path), CEREAL_NVP(sentence));
  }
};

struct CheckAnswer {
  std::string file;
  std::vector<FaultAnswer> faults;
  std::vector<std::string> warnings;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(file), CEREAL_NVP(faults), CEREAL_NVP(warnings));
  }
};

struct ChangeAnswer {
  std::string path;
  std::optional<std::string> before;
  std::optional<std::string> after;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(path), CEREAL_NVP(before), CEREAL_NVP(after));
  }
};

struct DiffAnswer {
  std::vector<ChangeAnswer> changes;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(changes));
  }
};

}  // namespace

std::vector<std::string> policy_warnings(const Policy& policy, Timestamp now) {
  auto warnings = warnings_of(policy, now);
  if (policy.departments.empty())
    warnings.emplace_back(
        "It has no departments: any name is one, and a case can be handed to each of them.");
  return warnings;
}

std::expected<std::string, std::string> readable_policy(const std::filesystem::path& file) {
  auto yaml = node::read_file(file);
  if (!yaml || !is_utf8(*yaml))
    return std::unexpected("Expected a policy file in UTF-8 that can be read, but it is '" + file.string() +
                           "'.");
  if (const auto policy = parse_policy(*yaml); !policy)
    return std::unexpected(
        fmt::format("In {}, line {}: {}", file.string(), policy.error().line, policy.error().sentence));
  return *std::move(yaml);
}

std::string faults_text(const std::filesystem::path& file, const std::vector<Complaint>& complaints) {
  auto text = fmt::format("{} cannot be published: {}\n", file.string(),
                          counted(static_cast<std::int64_t>(complaints.size()), "fault"));
  for (const auto& complaint : complaints) {
    const auto line = complaint.line > 0 ? fmt::format("line {}: ", complaint.line) : "";
    text += "  " + line + on_one_line(complaint.sentence) + "\n";
  }
  return text;
}

int check_policy(const verb::PolicyCheck& check, Output output) {
  const auto yaml = node::read_file(check.file);
  if (!yaml) {
    fmt::print(stderr, "casetrail: Expected a policy file that can be read, but it is '{}'.\n",
               check.file.string());
    return kUsage;
  }
  const auto policy = parse_new_policy(*yaml);
  const auto complaints = policy ? std::vector<Complaint>{} : policy.error();
  const auto warnings = policy ? policy_warnings(*policy, api::wall_clock()) : std::vector<std::string>{};
  if (output == Output::json) {
    CheckAnswer answer{as_utf8(check.file.string()), {}, warnings};
    for (const auto& [line, column, path, sentence] : complaints)
      answer.faults.push_back({line, column, path, sentence});
    fmt::print("{}\n", json_for_stdout(to_json(answer)));
  } else if (policy) {
    fmt::print("{} can be published.\n", check.file.string());
    for (const auto& warning : warnings) fmt::print("  warning: {}\n", on_one_line(warning));
  } else {
    fmt::print("{}", faults_text(check.file, complaints));
  }
  return policy ? kDone : kRefused;
}

int diff_policies(const std::string& before, const std::string& after, Output output) {
  const auto changes = policy_changes(before, after);
  if (output == Output::json) {
    DiffAnswer answer;
    for (const auto& change : changes) answer.changes.push_back({change.path, change.before, change.after});
    fmt::print("{}\n", json_for_stdout(to_json(answer)));
    return kDone;
  }
  for (const auto& change : changes) fmt::print("{}\n", on_one_line(line_of(change)));
  if (changes.empty()) fmt::print("Nothing is said otherwise.\n");
  return kDone;
}

int print_policy_page(const verb::PolicyText& asked) {
  switch (asked.page) {
    case verb::PolicyPage::schema: fmt::print("{}", policy_schema()); break;
    case verb::PolicyPage::reference: fmt::print("{}", policy_reference()); break;
    case verb::PolicyPage::example: fmt::print("{}", policy_example()); break;
  }
  return kDone;
}

}  // namespace casetrail::cli
