// Personal text lies in the log alone: the history knows where.
#include "workers/api/case_contact.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cereal/cereal.hpp>
#include <expected>
#include <optional>
#include <vector>

#include "events/case/notes.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/wire/json_reader.h"
#include "events/wire/json_writer.h"
#include "events/wire/published_schema.h"
#include "workers/api/api_answers.h"
#include "workers/api/case_answer.h"
#include "workers/api/routes.h"
#include "workers/api/sender.h"
#include "workers/http/problem.h"

namespace casetrail::api {
namespace {

/// How long the log may take to hand over a record that the history says it holds.
constexpr Duration kEventWait{2'000};

struct PlacedEvent {
  std::int64_t seq = 0;
  Timestamp recorded_at{};
  std::string type;
  std::string actor;
  std::int64_t offset = -1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(recorded_at), CEREAL_NVP(type), CEREAL_NVP(actor),
            CEREAL_NVP(offset));
  }
};

struct PlacedEvents {
  std::vector<PlacedEvent> rows;
  std::optional<std::string> next;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(rows), CEREAL_NVP(next));
  }
};

struct Contact {
  CaseId case_id;
  std::int64_t access = 0;
  Timestamp shown_until{};
  std::string name;
  std::vector<std::string> contacts;
  std::optional<std::string> address;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(case_id), CEREAL_NVP(access), CEREAL_NVP(shown_until), CEREAL_NVP(name),
            CEREAL_NVP(contacts), CEREAL_NVP(address));
  }
};

/// What of a case's history tells of its person, and the access.
struct Places {
  bool any = false;
  std::optional<Timestamp> accessed_at;
  std::vector<PlacedEvent> personal;
  std::optional<Timestamp> erased_at;  ///< behind all of them
};

/// Whose access it is: who recorded why.
bool may_use(const PlacedEvent& access, const identity::Identity* who) {
  return who == nullptr || access.actor == who->actor_text();
}

std::expected<Places, http::HttpResponse> find_places(const ContactAsked& asked, ViewDesk& desk) {
  Places places;
  kit::BoardQuery query{.now = asked.now, .filters = {{"case", asked.id.value}}, .limit = kMostRowsOfAPage};
  for (;;) {
    auto page = desk.board_of_case("history", asked.id, query);
    if (!page) return std::unexpected(answer_of(std::move(page)));
    PlacedEvents read;
    if (const auto error = from_json(*page, read))
      return std::unexpected(unreadable_history(error->sentence()));
    for (auto& row : read.rows) {
      places.any = true;
      if (row.seq == asked.access && row.type == AccessLogged::kType && may_use(row, asked.who.get()))
        places.accessed_at = row.recorded_at;
      if (row.type == CustomerErased::kType) {
        places.personal.clear();
        places.erased_at = row.recorded_at;
      }
      if (row.type == RequestRegistered::kType || row.type == RequestAmended::kType)
        places.personal.push_back(std::move(row));
    }
    if (!read.next) return places;
    query.after = *read.next;
  }
}

void take_event(const CaseEvent& event, Contact& into) {
  if (const auto* registered = event.event.get_if<RequestRegistered>()) {
    into.name = registered->pii.name;
    into.contacts = registered->pii.contacts;
    into.address = registered->pii.address;
  } else if (const auto* amended = event.event.get_if<RequestAmended>(); amended && amended->pii) {
    const auto& person = *amended->pii;
    if (person.name) into.name = *person.name;
    if (person.contacts) into.contacts = *person.contacts;
    if (person.address) into.address = person.address;
  }
}

/// An error is a sentence.
std::expected<void, std::string> read_person(log::EventLog& log, const Places& places, Contact& into) {
  const auto partition = log::partition_of(into.case_id.value, log.partitions());
  const auto reader = log.open_reader(log::Topic::events);
  for (const auto& place : places.personal) {
    if (auto started = reader->start(partition, place.offset); !started)
      return std::unexpected(started.error().what);
    const auto records = reader->read(1, kEventWait);
    if (!records) return std::unexpected(records.error().what);
    CaseEvent event;
    const bool is_there = !records->empty() && records->front().offset == place.offset &&
                          read_event(records->front().message, event).reading == Reading::ours &&
                          event.case_id == into.case_id && event.seq == place.seq;
    if (!is_there) {
      return std::unexpected(fmt::format(
          "Expected event {} of the case at offset {} of casetrail.events/{}, but it is not there.",
          place.seq, place.offset, partition));
    }
    take_event(event, into);
  }
  return {};
}

}  // namespace

http::HttpResponse contact_answer(const ContactAsked& asked, ViewDesk& desk, log::EventLog& log) {
  const auto places = find_places(asked, desk);
  if (!places) return places.error();
  if (!places->any) return no_such_case(asked.named, asked.id);
  if (!places->accessed_at || asked.now >= *places->accessed_at + kAccessLasts) {
    const auto* who = asked.who.get();
    return denied(
        who, "access_not_logged",
        fmt::format("Event {} of the case is no 'privacy.access.logged' of yours in the last {} minutes. "
                    "Send the command "
                    "'contact.reveal' with a purpose first; `access` is the number of its event.",
                    asked.access, kAccessLasts.count()));
  }
  if (places->personal.empty() && places->erased_at) {
    return http::problem(
        404, "customer_erased",
        fmt::format("The customer's name and contacts were erased at {}, for good. The case's "
                    "history says by whom and why.",
                    to_wire(*places->erased_at)));
  }
  Contact contact;
  contact.case_id = asked.id;
  contact.access = asked.access;
  contact.shown_until = *places->accessed_at + kAccessLasts;
  if (const auto read = read_person(log, *places, contact); !read)
    return http::problem(503, "unavailable", read.error());
  spdlog::info("revealed: case={} access={} identity={}", asked.id.value, asked.access,
               asked.who ? asked.who->id : "unchecked");
  auto answer = json_answer(200, to_json(contact));
  answer.headers.push_back({"Cache-Control", "no-store"});
  return answer;
}

std::string contact_schema() { return PublishedSchema::of<Contact>(); }

}  // namespace casetrail::api
