// No view stores who a customer is, whatever type of event tells it.
#include <random>
#include <set>

#include "events/case/all_events.h"
#include "projections/boards.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"
#include "tests/support/random_event.h"

namespace casetrail::kit {
namespace {

/// Writes a person into every text of what is serialized into it.
class PersonIn {
 public:
  template <class... Fields>
  void operator()(Fields&&... fields) {
    (fill(fields.name, fields.value), ...);
  }

 private:
  static void fill(std::string_view field, std::string& text) {
    const bool person = field == "name" || field == "customer";
    text = person ? "欧阳小明"
                  : "call １３８ 1234–5678 or (021) 5566/7788, ouyang.ming＠example.com, QQ: 99887, please";
    if (field == "contacts" || field == "contact_channel") text += " ask for 欧阳小明";
    if (field == "address") text = "上海市 long street 5";
  }
  template <class T>
  void fill(std::string_view field, std::optional<T>& value) {
    fill(field, value.emplace());
  }
  template <class T>
    requires requires(T& part, PersonIn& person) { part.serialize(person); }
  void fill(std::string_view, T& part) {
    part.serialize(*this);
  }
  template <class T>
  void fill(std::string_view field, std::vector<T>& list) {
    list.resize(2);
    for (auto& one : list) fill(field, one);
  }
};

template <class Personal>
void put_person_into(Personal& personal) {
  PersonIn person;
  personal.serialize(person);
}
template <class Personal>
void put_person_into(std::optional<Personal>& personal) {
  put_person_into(personal.emplace());
}

Event with_person(const Event& event, std::set<std::string_view>& types) {
  return event.visit(AllEvents{}, [&](const auto& fact) -> Event {
    if constexpr (requires { fact.pii; }) {
      types.insert(codec_of(event).type);
      auto told = fact;
      put_person_into(told.pii);
      return told;
    } else {
      return event;
    }
  });
}

TEST(Personal, NoViewStoresANameANumberOrAnAddressOfAnyTypeOfEvent) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::set<std::string_view> types;
  EventsOf events("case-1");
  for (int i = 0; i < 1500; ++i) events.add(with_person(random_event(random), types));
  EXPECT_GT(types.size(), 10U) << "most types that tell of a person were among them";
  for (const auto& view : view_types()) {
    const auto rows = fold(view.name, events.events());
    for (const auto& [key, row] : rows.all()) {
      for (const std::string_view secret : {"小明", "1234–5678", "5566", "ouyang", "99887", "long street"}) {
        ASSERT_EQ(row.find(secret), std::string::npos) << view.name << " stores " << secret << " in\n" << row;
      }
    }
  }
}

}  // namespace
}  // namespace casetrail::kit
