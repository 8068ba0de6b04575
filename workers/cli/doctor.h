// What is wrong with a casetrail, each with a name that stays, how bad it is, and what to do. Looks and
// changes nothing.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/log/kafka/cluster.h"

namespace casetrail::cli {

enum class Severity { ok, warning, error };
constexpr auto enum_names(Severity) { return std::to_array<std::string_view>({"ok", "warning", "error"}); }

struct Finding {
  std::string id;  ///< of the check; it stays from version to version
  Severity severity = Severity::ok;
  std::string sentence;
  std::string remedy = {};  ///< empty when nothing is wrong

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(severity), CEREAL_NVP(sentence), CEREAL_NVP(remedy));
  }
};
using Findings = std::vector<Finding>;

/// Of a data folder on this machine. Less than `reserve` bytes free, and its log takes nothing.
[[nodiscard]] Findings look_at_folder(const std::filesystem::path& data, std::uint64_t reserve);

/// Of an embedded log that nobody serves: whether what it answered is there.
[[nodiscard]] Findings look_at_log(const std::filesystem::path& data);

/// Answers `GET` of a route; an error is a sentence.
using AskNode = std::function<std::expected<http::HttpResponse, std::string>(const std::string& target)>;

/// Of a node at work, by its own routes.
[[nodiscard]] Findings look_at_node(const AskNode& ask, Timestamp now);

/// Of the file that `serve --identities` names.
[[nodiscard]] Findings look_at_identities(const std::filesystem::path& file, Timestamp now);

/// Of a file with a key, which its owner alone should read; the finding is called `id`.
[[nodiscard]] Finding look_at_key(std::string id, const std::filesystem::path& file);

/// Whether the log has keys of cases.
enum class Texts { open, sealed };
struct Surroundings {
  bool asks_who = false;            ///< the server has identities, so that others than its own user come
  std::filesystem::path data = {};  ///< of an embedded log; empty: Kafka keeps it
};
[[nodiscard]] Findings look_at_sealing(Texts texts, const Surroundings& around);

/// Of the brokers that were named. An error of `told` is a sentence.
[[nodiscard]] Finding look_at_brokers(const std::expected<kafka::ClusterReport, std::string>& told);

/// Of a server that speaks TLS: its certificate ends at `end`.
[[nodiscard]] Finding look_at_certificate(Timestamp end, Timestamp now);

/// Of what the log alone tells, `/v1/topics`, `/v1/policies/current` and `/v1/deadletters`: with a node or
/// without.
[[nodiscard]] Findings look_at_topics(const AskNode& ask, Timestamp now);

}  // namespace casetrail::cli
