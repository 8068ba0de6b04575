// Visits every field of what has a `serialize`.
#include "projections/history/known_fields.h"

#include <array>
#include <concepts>
#include <optional>
#include <string_view>
#include <vector>

#include "events/wire/json_writer.h"
#include "projections/cases/head.h"

namespace casetrail::history {
namespace {

/// What the event itself tells, counts of ids, the point of the draw, and what is the state's again.
constexpr std::array<std::string_view, 11> kLeftOut{
    "lot",      "notes", "seq",       "lives_here",  "minted",         "department",
    "assignee", "queue", "opened_at", "next_target", "suspended_until"};

template <class T>
constexpr bool kIsOneValue = std::is_arithmetic_v<T> || NamedEnum<T> || is_code<T> || is_id<T> ||
                             std::same_as<T, std::string> || std::same_as<T, Timestamp>;

template <class T>
std::string text_of(const T& value) {
  if constexpr (NamedEnum<T> || is_code<T>) {
    return std::string(name_of(value));
  } else if constexpr (std::same_as<T, std::string>) {
    return value;
  } else if constexpr (is_id<T>) {
    return value.value;
  } else if constexpr (std::same_as<T, Timestamp>) {
    return to_wire(value);
  } else {
    return to_json(value);
  }
}

template <class T>
constexpr std::string_view names_of() {
  if constexpr (std::same_as<T, DepartmentId> || std::same_as<T, QueueId>)
    return "department";
  else if constexpr (std::same_as<T, AgentId>)
    return "agent";
  else if constexpr (is_code<T>)
    return catalogue_name(typename T::KnownCodes{});
  else if constexpr (NamedEnum<T>)
    return "word";
  else
    return {};
}

template <class T>
bool says_no(const T& value) {
  if constexpr (NamedEnum<T> || is_code<T>)
    return name_of(value) == "none";
  else
    return value == T{};
}

/// The first field of an element of a list: its id, or what it is of.
struct NameOf {
  std::string name;

  template <class First, class... Rest>
  void operator()(First&& first, Rest&&...) {
    name = text_of(first.value);
  }
};

class FieldLister {
 public:
  FieldLister(std::string path, bool is_element, KnownFields& out)
      : path_(std::move(path)), is_element_(is_element), out_(out) {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (visit(fields.name, fields.value), ...);
  }

 private:
  template <class T>
  void visit(std::string_view name, T& value) {
    // An element is called by it.
    if (std::exchange(is_element_, false)) return;
    if (path_.empty() && std::ranges::find(kLeftOut, name) != kLeftOut.end()) return;
    take(path_ + std::string(name), value);
  }

  template <class T>
  void take(const std::string& path, T& value) {
    if constexpr (is_optional<T>) {
      if (value) take(path, *value);
    } else if constexpr (kIsOneValue<T>) {
      if (!says_no(value)) out_.insert_or_assign(path, KnownValue{text_of(value), names_of<T>()});
    } else if constexpr (is_vector<T>) {
      take_list(path, value);
    } else {
      FieldLister within(path + ".", false, out_);
      value.serialize(within);
    }
  }

  template <class T>
  void take_list(const std::string& path, std::vector<T>& list) {
    if constexpr (kIsOneValue<T>) {
      std::string text;
      for (const auto& value : list) text.append(text.empty() ? "" : ", ").append(text_of(value));
      if (!list.empty()) out_.insert_or_assign(path, KnownValue{std::move(text), names_of<T>()});
    } else {
      std::map<std::string, int> times;
      for (auto& element : list) {
        NameOf of;
        element.serialize(of);
        const auto time = ++times[of.name];
        const auto again = time > 1 ? "#" + std::to_string(time) : "";
        FieldLister within(path + "." + of.name + again + ".", true, out_);
        element.serialize(within);
      }
    }
  }

  std::string path_;
  bool is_element_;
  KnownFields& out_;
};

}  // namespace

KnownFields known_fields(const CaseHead& of) {
  KnownFields fields;
  if (of.state().seq == 0) return fields;
  FieldLister lister("", false, fields);
  auto head = head_of(of);
  head.serialize(lister);
  auto state = of.state();
  state.serialize(lister);
  return fields;
}

}  // namespace casetrail::history
