// A letter is read where it lies, what became of it is known from the book.
#include "workers/api/dead_letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cereal/cereal.hpp>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "events/wire/sha256.h"
#include "events/wire/utf8.h"
#include "projections/kit/mask.h"
#include "workers/api/api_answers.h"
#include "workers/api/command_batch.h"
#include "workers/api/letter_retry.h"
#include "workers/api/masked_json.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

constexpr std::size_t kLongestDropReason = 500;
constexpr std::size_t kRowsAtOnce = 500;
/// How long the log may take to hand over a letter that the book knows.
constexpr Duration kRowWait{1'000};

enum class LetterState { open, retried, dropped };
constexpr auto enum_names(LetterState) {
  return std::to_array<std::string_view>({"open", "retried", "dropped"});
}

struct DeadLetter {
  log::Partition partition = 0;
  log::Offset offset = 0;
  Timestamp at{};
  LetterState state = LetterState::open;
  std::optional<Timestamp> ended_at;
  std::optional<std::string> ended_by;
  std::optional<std::string> drop_reason;
  std::optional<std::string> retry_token;
  std::optional<std::string> key;
  std::map<std::string, std::string> headers;
  std::optional<std::string> value;  ///< masked; nothing when it is no JSON
  std::int64_t size = 0;             ///< of the value in bytes
  std::string sha256;                ///< of the value

  void end(const LetterFact& fact) {
    state = fact.became == LetterEnd::retried ? LetterState::retried : LetterState::dropped;
    ended_at = fact.at;
    ended_by = fact.by;
    drop_reason = fact.reason;
    retry_token = fact.token;
  }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(at), CEREAL_NVP(state),
            CEREAL_NVP(ended_at), CEREAL_NVP(ended_by), CEREAL_NVP(drop_reason), CEREAL_NVP(retry_token),
            CEREAL_NVP(key), CEREAL_NVP(headers), CEREAL_NVP(value), CEREAL_NVP(size), CEREAL_NVP(sha256));
  }
};

struct DeadLetters {
  std::vector<DeadLetter> deadletters;
  std::int64_t open = 0;
  std::optional<Timestamp> oldest_open_at;
  bool counts_all = true;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(deadletters), CEREAL_NVP(open), CEREAL_NVP(oldest_open_at), CEREAL_NVP(counts_all));
  }
};

struct DropRequest {
  std::string reason;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason));
  }
};

http::HttpResponse not_told(const log::LogError& error) {
  return http::problem(503, "unavailable", error.what);
}

http::HttpResponse no_such_letter(std::string_view place) {
  return http::problem(404, "no_such_letter",
                       fmt::format("There is no dead letter '{}'. Name one as `casetrail deadletters "
                                   "--all` lists it, such as 3:17; they are kept for 14 days.",
                                   place));
}

http::HttpResponse ended_otherwise(std::string_view what, const LetterFact& fact) {
  const bool dropped = fact.became == LetterEnd::dropped;
  return http::problem(
      409, dropped ? "letter_dropped" : "letter_retried",
      dropped ? fmt::format("Cannot {}: the letter was dropped at {}, because: {}. Send the command anew "
                            "with `casetrail submit`.",
                            what, to_wire(fact.at), fact.reason.value_or(""))
              : fmt::format("Cannot {}: the letter was taken as the command {} at {}. A command of the case "
                            "can put right what it did.",
                            what, fact.token.value_or(""), to_wire(fact.at)));
}

/// What the sender wrote beside the attributes of CloudEvents, and what is quoted of it, is masked.
std::string shown(const HeaderView& header) {
  const auto value = as_utf8(header.value);
  const bool own = header.name.starts_with(kLetterHeaders) && !header.name.ends_with(".message");
  return own || header.name.starts_with("ce_") ? value : kit::mask_contacts_in(value);
}

/// A dead letter may hold any bytes, and persons among them.
DeadLetter letter_of(const log::Record& record, const std::optional<LetterFact>& fact) {
  DeadLetter letter;
  letter.partition = record.partition;
  letter.offset = record.offset;
  letter.at = record.message.timestamp;
  letter.value = masked_json(record.message.value);
  letter.size = std::ssize(record.message.value);
  letter.sha256 = sha256_hex(record.message.value);
  if (record.message.key) letter.key = as_utf8(*record.message.key);
  for (const auto& header : record.message.headers) letter.headers[as_utf8(header.name)] = shown(header);
  if (fact) letter.end(*fact);
  return letter;
}

/// Those of one partition, from the first to the last.
log::LogResult<void> read_rows(log::Reader& reader, log::Partition partition,
                               const std::map<log::Offset, KnownLetter>& wanted,
                               std::vector<DeadLetter>& rows) {
  if (auto started = reader.start(partition, wanted.begin()->first); !started) return started;
  while (reader.position(partition) <= wanted.rbegin()->first) {
    const auto records = reader.read(kRowsAtOnce, kRowWait);
    if (!records) return std::unexpected(records.error());
    if (records->empty()) break;
    for (const auto& record : *records) {
      if (const auto known = wanted.find(record.offset); known != wanted.end())
        rows.push_back(letter_of(record, known->second.fact));
    }
  }
  reader.stop(partition);
  return {};
}

LetterFact fact_of(const KnownLetter& letter, LetterEnd became, const LetterClerk& clerk) {
  LetterFact fact;
  fact.offset = letter.offset;
  fact.became = became;
  if (clerk.who != nullptr) fact.by = clerk.who->actor_text();
  fact.at = clerk.at;
  return fact;
}

/// The answer when `fact` is in the log, or is not.
http::HttpResponse recorded(DeadLetter letter, const LetterFact& fact,
                            const log::LogResult<log::Offset>& appended) {
  if (appended) {
    letter.end(fact);
    return json_answer(201, to_json(letter));
  }
  const auto what = fact.token ? "The command was taken as " + *fact.token + ", but that"
                               : std::string("That the letter is dropped");
  return http::problem(503, "not_recorded",
                       fmt::format("{} could not be recorded: {} Ask again: nothing happens twice.", what,
                                   appended.error().what));
}

}  // namespace

/// A letter, and the record that is borrowed from the reader.
struct LetterDesk::Found {
  KnownLetter known;
  std::unique_ptr<log::Reader> reader;
  log::Record record;

  [[nodiscard]] DeadLetter row() const { return letter_of(record, known.fact); }
};

std::expected<LetterDesk::Found, http::HttpResponse> LetterDesk::find(std::string_view place) {
  if (auto read = book_.read_on(); !read) return std::unexpected(not_told(read.error()));
  const auto at = token_from(place);
  const auto* known = at ? book_.find(at->partition, at->offset) : nullptr;
  if (known == nullptr) return std::unexpected(no_such_letter(place));
  auto reader = log_.open_reader(log::Topic::deadletters);
  if (auto started = reader->start(known->partition, known->offset); !started)
    return std::unexpected(not_told(started.error()));
  const auto records = reader->read(1, kRowWait);
  if (!records) return std::unexpected(not_told(records.error()));
  if (records->empty() || records->front().offset != known->offset)
    return std::unexpected(no_such_letter(place));
  const auto record = records->front();
  return Found{*known, std::move(reader), record};
}

http::HttpResponse LetterDesk::list(LetterBook::Wanted wanted, std::size_t limit) {
  if (auto read = book_.read_on(); !read) return not_told(read.error());
  std::map<log::Partition, std::map<log::Offset, KnownLetter>> by_partition;
  for (auto& letter : book_.newest(wanted, limit))
    by_partition[letter.partition].emplace(letter.offset, std::move(letter));
  DeadLetters found;
  const auto reader = by_partition.empty() ? nullptr : log_.open_reader(log::Topic::deadletters);
  for (const auto& [partition, letters] : by_partition) {
    if (auto read = read_rows(*reader, partition, letters, found.deadletters); !read)
      return not_told(read.error());
  }
  std::ranges::sort(found.deadletters, [](const auto& a, const auto& b) { return a.at > b.at; });
  const auto counts = book_.counts();
  found.open = counts.open;
  found.oldest_open_at = counts.oldest_open;
  found.counts_all = counts.are_all;
  return json_answer(200, to_json(found));
}

http::HttpResponse LetterDesk::show(std::string_view place) {
  const auto found = find(place);
  return found ? json_answer(200, to_json(found->row())) : found.error();
}

http::HttpResponse LetterDesk::drop(std::string_view place, const std::string& body,
                                    const LetterClerk& clerk) {
  const auto found = find(place);
  if (!found) return found.error();
  DropRequest request;
  if (const auto error = from_json_strictly(body, request))
    return http::problem(422, "malformed_drop", error->sentence());
  if (request.reason.empty() || request.reason.size() > kLongestDropReason) {
    return http::problem(422, "malformed_drop",
                         fmt::format("Expected a reason of 1 to {} bytes: it is all that will be known of "
                                     "why nothing was done.",
                                     kLongestDropReason));
  }
  if (const auto& fact = found->known.fact) {
    return fact->became == LetterEnd::dropped ? json_answer(200, to_json(found->row()))
                                              : ended_otherwise("drop", *fact);
  }
  auto fact = fact_of(found->known, LetterEnd::dropped, clerk);
  fact.reason = request.reason;
  return recorded(
      found->row(), fact,
      log::append_and_wait(log_, log::Topic::deadletters, found->known.partition, write_letter_fact(fact)));
}

void LetterDesk::retry(std::string_view place, const std::string& body, const LetterClerk& clerk,
                       OutcomeWaiter& outcomes, std::chrono::milliseconds patience,
                       const http::Reply& reply) {
  const auto found = find(place);
  if (!found) return reply(found.error());
  if (const auto& fact = found->known.fact) {
    return reply(fact->became == LetterEnd::retried ? json_answer(200, to_json(found->row()))
                                                    : ended_otherwise("retry", *fact));
  }
  auto command = command_of_letter(found->record, body, clerk.who, clerk.at);
  if (!command) return reply(std::move(command).error());
  const auto answer = [&log = log_, reply, row = found->row(), partition = found->known.partition,
                       fact = fact_of(found->known, LetterEnd::retried, clerk)](SubmitResult result) mutable {
    const auto* known = std::get_if<CommandResult>(&result);
    if (known == nullptr || known->outcome.status == OutcomeStatus::rejected)
      return reply(answer_of(std::move(result)));
    fact.token = known->outcome.token;
    log.append(log::Topic::deadletters, partition, write_letter_fact(fact),
               [reply, row, fact](const log::LogResult<log::Offset>& appended) {
                 reply(recorded(row, fact, appended));
               });
  };
  submit(log_, outcomes, *std::move(command), Wait::for_outcome, patience, answer);
}

std::optional<LetterCounts> LetterDesk::counts() {
  if (!book_.read_on()) return std::nullopt;
  return book_.counts();
}

std::string dead_letters_schema() { return PublishedSchema::of<DeadLetters>(); }
std::string dead_letter_schema() { return PublishedSchema::of<DeadLetter>(); }
std::string drop_request_schema() { return PublishedSchema::of<DropRequest>(SchemaScope::closed); }

}  // namespace casetrail::api
