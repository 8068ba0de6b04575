// A client knows what is committed, and may be behind.
#include "tests/simulation/clients.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "aggregates/case/decider.h"
#include "events/wire/cloud_event.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/every_command.h"
#include "tests/support/message_headers.h"
#include "tests/support/random_command.h"
#include "workers/log/partition.h"

namespace casetrail::simulation {
namespace {

constexpr std::size_t kCasesOfClients = 4;
constexpr std::array kDelays{Duration{0},
                             Duration{0},
                             Duration{0},
                             Duration{std::chrono::minutes{15}},
                             Duration{std::chrono::hours{1}},
                             -Duration{std::chrono::minutes{15}}};

/// Makes `message` something that cannot be a command, and says what.
std::string_view spoil(Message& message, Dice& dice) {
  switch (dice.below(7)) {
    case 0: message.value = "{\"kind\":"; return "broken JSON";
    case 1: message.headers = {}; return "no headers";
    case 2: change_header(message, "ce_type", "casetrail.case.vanish"); return "an unknown type";
    case 3: change_header(message, "ce_dataschema", "urn:casetrail:commands:x:99"); return "a newer schema";
    case 4: message.key.clear(); return "no key";
    case 5: change_header(message, "ce_actor", "\xff\xfe"); return "no UTF-8";
    default: message.value.assign(70'000, 'x'); return "70 kB of rubbish";
  }
}

}  // namespace

void Clients::look() {
  CaseEvent event;
  for (log::Partition partition = 0; partition < log_.partitions(); ++partition) {
    seen_[partition] =
        log_.visit(log::Topic::events, partition, seen_[partition], [&](log::Offset, const Message& message) {
          if (read_event(BorrowedMessage(message).view(), event).reading != Reading::ours) return;
          auto& state = cases_[event.case_id.value];
          if (event.seq == state.seq + 1) evolve(state, event);
        });
  }
}

std::string Clients::send(Dice& dice, int number, Timestamp now) {
  look();
  CommandEnvelope envelope;
  envelope.case_id.value = fmt::format("case-{}", dice.below(kCasesOfClients));
  const auto& state = cases_[envelope.case_id.value];
  const bool likely = dice.below(3) > 0;
  envelope.command = likely ? next_step(state) : random_command(dice.generator());
  envelope.actor = likely ? system_actor() : agent("a", "cs");
  envelope.id.value = fmt::format("k{}", number);
  if (!sent_.empty() && dice.one_in(10)) envelope.id.value = sent_[dice.below(sent_.size())].id;
  envelope.source = dice.one_in(3) ? "/other" : "/shop";
  if (dice.one_in(4)) envelope.expected_seq = state.seq;
  envelope.occurred_at = now - dice.pick(kDelays);
  auto message = write_command(envelope);
  return append({envelope.id.value, log::partition_of(message.key, log_.partitions()), std::move(message)});
}

std::string Clients::go_on_with_story(Dice& dice, Timestamp now) {
  const auto story = story_of_every_command(now);
  const auto end = std::min(story.size(), told_ + dice.below(13) + 4);
  std::string lines;
  for (; told_ < end; ++told_) {
    auto message = write_command(story[told_]);
    lines += append({story[told_].id.value, log::partition_of(message.key, log_.partitions()),
                     std::move(message)}) +
             "; ";
  }
  return lines;
}

std::string Clients::resend(Dice& dice, Timestamp now) {
  if (sent_.empty()) return "nothing was sent yet";
  auto again = sent_[dice.below(sent_.size())];
  if (dice.one_in(2)) again.message.timestamp = now;
  return "again: " + append(std::move(again));
}

std::string Clients::send_garbage(Dice& dice, int number, Timestamp now) {
  auto envelope = CommandEnvelope{};
  envelope.id.value = fmt::format("g{}", number);
  envelope.case_id.value = fmt::format("case-{}", dice.below(kCasesOfClients));
  envelope.actor = system_actor();
  envelope.occurred_at = now;
  envelope.command = register_request();
  auto message = write_command(envelope);
  auto partition = log::partition_of(message.key, log_.partitions());
  std::string_view fault = "the wrong partition";
  if (dice.one_in(6)) {
    partition = (partition + 1) % log_.partitions();
  } else {
    fault = spoil(message, dice);
  }
  return fmt::format("{}: {}", fault, append({envelope.id.value, partition, std::move(message)}));
}

std::string Clients::append(Sent sent) {
  // The answer may come when nobody waits for it any more.
  const auto answer = std::make_shared<std::string>("not answered yet");
  const auto type = header_of(sent.message, "ce_type", "?");
  log_.append(log::Topic::commands, sent.partition, sent.message,
              [answer](const log::LogResult<log::Offset>& offset) {
                *answer = offset ? fmt::format("at {}", *offset) : offset.error().what;
              });
  auto line = fmt::format("{} {} to {} in partition {}, {}", sent.id, type, sent.message.key, sent.partition,
                          *answer);
  sent_.push_back(std::move(sent));
  return line;
}

}  // namespace casetrail::simulation
