// Visits every field of a command.
#include "aggregates/case/code_check.h"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "aggregates/case/all_commands.h"
#include "aggregates/case/context.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

std::optional<Rejection> check_code(std::string_view field, const Catalogue& catalogue,
                                    std::string_view code) {
  const auto* entry = catalogue.find(code);
  if (entry != nullptr && !entry->retired) return std::nullopt;
  const auto intent = "take '" + std::string(code) + "' as " + std::string(field);
  const auto owner = "the policy's catalogue '" + std::string(catalogue.name) + "' has ";
  if (entry != nullptr) return refuse("code_retired", intent, owner + "retired it").error();
  const auto meant = catalogue.nearest_to(code);
  const auto hint = meant.empty() ? std::string() : " (did you mean '" + std::string(meant) + "'?)";
  return refuse("code_unknown", intent, owner + "no such code" + hint).error();
}

class CodeChecker {
 public:
  explicit CodeChecker(const Catalogues& catalogues) : catalogues_(catalogues) {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (check(fields.name, fields.value), ...);
  }

  [[nodiscard]] std::optional<Rejection> take() { return std::move(found_); }

 private:
  template <class T>
  void check(std::string_view field, T& value) {
    if constexpr (is_optional<T>) {
      if (value) check(field, *value);
    } else if constexpr (is_code<T>) {
      if (!found_) found_ = check_code(field, catalogues_.of<typename T::KnownCodes>(), value.text());
    } else if constexpr (is_vector<T>) {
      for (auto& element : value) check(field, element);
    } else if constexpr (requires { value.serialize(*this); }) {
      value.serialize(*this);
    }
  }

  const Catalogues& catalogues_;
  std::optional<Rejection> found_;
};

}  // namespace

std::optional<Rejection> check_codes(const Command& command, const Catalogues& catalogues) {
  return command.visit(AllCommands{}, [&](const auto& known) -> std::optional<Rejection> {
    using T = std::remove_cvref_t<decltype(known)>;
    if constexpr (std::is_same_v<T, ImportFacts>) {
      return std::nullopt;
    } else {
      CodeChecker checker(catalogues);
      const_cast<T&>(known).serialize(checker);  // which reads alone, as any archive that writes
      return checker.take();
    }
  });
}

std::optional<Rejection> check_tag(std::string_view tag, const Catalogues& catalogues) {
  const auto& tags = *catalogues.find(kTagCatalogue);
  return tags.entries.empty() ? std::nullopt : check_code("a tag", tags, tag);
}

}  // namespace casetrail
