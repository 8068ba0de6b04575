// JSON under a key of its own.
#include "events/wire/letter_fact.h"

#include <algorithm>

#include "events/wire/cloud_event.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"

namespace casetrail {
namespace {

constexpr std::string_view kFactHeader = "casetrail-letter-fact";

}  // namespace

Message write_letter_fact(const LetterFact& fact) {
  Message message;
  message.key = "letter-fact";
  message.value = to_json(fact);
  message.headers = {
      {"content-type", "application/json"}, {kWriterHeader, kWriterGeneration}, {kFactHeader, "1"}};
  message.timestamp = fact.at;
  return message;
}

bool is_letter_fact(const MessageView& message) {
  const bool is_letter = std::ranges::any_of(
      message.headers, [](const HeaderView& header) { return header.name.starts_with(kLetterHeaders); });
  return !is_letter && message.header(kFactHeader).has_value();
}

std::optional<LetterFact> read_letter_fact(const MessageView& message) {
  if (!is_letter_fact(message)) return std::nullopt;
  LetterFact fact;
  if (from_json(message.value, fact)) return std::nullopt;
  return fact;
}

}  // namespace casetrail
