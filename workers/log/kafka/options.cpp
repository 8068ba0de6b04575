// Reads librdkafka's properties from a file.
#include "workers/log/kafka/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace casetrail::kafka {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

log::LogResult<KafkaOptions::Properties> read_kafka_properties(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    return std::unexpected(log::LogError{
        log::LogFailure::refused,
        fmt::format("The Kafka properties in {} cannot be read. Check the path and its permissions.",
                    file.string())});
  }
  KafkaOptions::Properties properties;
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    const auto content = trimmed(text);
    if (content.empty() || content.starts_with('#')) continue;
    const auto equals = content.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      return std::unexpected(log::LogError{
          log::LogFailure::refused,
          fmt::format("Line {} of {} is not a property. Write it as key=value.", line, file.string())});
    }
    properties.emplace_back(trimmed(content.substr(0, equals)), trimmed(content.substr(equals + 1)));
  }
  return properties;
}

std::string scram_trouble(const KafkaOptions::Properties& properties, int version) {
  constexpr int kMended = 0x02060100;  // 2.6.1
  const auto asks = [](const auto& property) {
    return property.first.starts_with("sasl.mechanism") && property.second.starts_with("SCRAM");
  };
  if (version >= kMended || std::ranges::none_of(properties, asks)) return {};
  return fmt::format(
      " The librdkafka {}.{}.{} of this machine cannot sign in by SCRAM at Kafka 4: use PLAIN over TLS or "
      "client "
      "certificates, or a librdkafka from 2.6.1 on.",
      version >> 24, (version >> 16) & 0xFF, (version >> 8) & 0xFF);
}

}  // namespace casetrail::kafka
