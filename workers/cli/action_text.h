// What a case allows, and what a command needs, as people read it.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "workers/api/contract.h"
#include "workers/cli/action_form.h"
#include "workers/cli/display.h"

namespace casetrail::cli {

/// The command of that type, or of its last words where no other of `among` has them (`resolve`). An error is
/// a sentence with the one that may have been meant.
[[nodiscard]] std::expected<const api::ContractType*, std::string> find_action(
    std::string_view name, const std::vector<std::string_view>& among);

enum class Actions { allowed, all };

/// Of the answer of `GET /v1/cases/{id}/actions`; `named` is how the case was asked for.
[[nodiscard]] std::string actions_text(const std::string& named, const std::string& json, Actions shown,
                                       const Display& display);

/// Instead of points: the item does not apply.
constexpr std::int64_t kNotApplicable = -1;

/// `item` of a card, as JSON, with its points.
[[nodiscard]] std::string with_points(const std::string& item, std::int64_t points);
/// As JSON, what is to be done better in the item of that name.
[[nodiscard]] std::string improvement_of(const std::string& item, const std::string& text);
[[nodiscard]] std::string question_on_points(const std::string& item, const Display& display);
[[nodiscard]] std::string question_on_improvement(const std::string& item, const Display& display);

/// A command line that sends the example of a type, word by word; what the case says of its data, as JSON,
/// goes before that.
[[nodiscard]] std::vector<std::string> example_words(const std::string& named, const api::ContractType& type,
                                                     const ActionForm& form, const std::string& begin = {});

/// The fields of a command as options, and an example.
[[nodiscard]] std::string action_help(const std::string& named, const api::ContractType& type,
                                      const ActionForm& form, const std::string& begin,
                                      const Display& display);

/// What somebody is asked who left `field` out.
[[nodiscard]] std::string question_on(const FormField& field, const Display& display);

/// The same of who does it.
[[nodiscard]] std::string question_on_actor(const Display& display);

/// Why `value` is no answer, which `sentence` says in English; in Chinese of its own words.
[[nodiscard]] std::string objection_to(const FormField& field, const std::string& value,
                                       const std::string& sentence, const Display& display);

/// `--kind (shift, department)`.
[[nodiscard]] std::string with_choices(const FormField& field);

/// A sentence on options that are not there.
[[nodiscard]] std::string missing_text(const api::ContractType& type, const std::vector<std::string>& names);

}  // namespace casetrail::cli
