// How cases close and open again, what becomes of them then, and what the boards count.
#include "aggregates/policy/dialling.h"
#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

static void describe(Section& keys, ClosingRules& into) {
  keys.take("confirmation_window", into.confirmation_window,
            "How long the customer has to confirm or to reject a resolution.");
  keys.take("after_window", into.after_window, "What becomes of a resolved case when that time is over.");
  keys.take("reopen_window", into.reopen_window, "How long after its close a case may be opened again.");
  keys.take("message_on_closed", into.message_on_closed,
            "What a message of the customer does to a closed case: it opens it again, or is rejected.");
  keys.take(
      "message_on_resolved", into.message_on_resolved,
      "What a message of the customer does to a resolved case: it waits for an answer, or the resolution "
      "is rejected.");
}

static void describe(Section& keys, PrivacyRules& into) {
  keys.take("erasure_due", into.erasure_due, "How soon after its request an erasure has to be done.");
}

static void describe(Section& keys, BoardRules& into) {
  static constexpr std::chrono::days kMost{92};
  keys.take("tz", into.zone,
            "The time zone whose days, weeks and months are counted; without one that of the first calendar, "
            "else UTC.");
  keys.take("closed_cases_for", into.closed_cases_for, "How long a closed case stays in the list of cases.",
            Rule{"at most 92d", [](const Place& length, const Duration& kept) {
                   if (kept > kMost) length.fail("at most 92d");
                 }});
  keys.entry(
      "country_code", Presence::optional,
      "The country code of telephone numbers that are looked for and name none.",
      [&](const Place& code) {
        into.country_code = code.text("a country code such as 86");
        if (!is_country_code(into.country_code))
          code.fail("a country code of telephone numbers, without + or 00, such as 86 or 49");
      },
      [&](Shape& shape) {
        tell_text(shape, "a country code of telephone numbers, without + or 00, such as 86 or 49",
                  "[1-9][0-9]{0,2}", into.country_code);
      });
}

void name_closing(Section& policy_keys, Policy& policy) {
  policy_keys.take("closing", policy.closing, "When resolved cases close, and closed ones open again.");
}

void name_privacy(Section& policy_keys, Policy& policy) {
  policy_keys.take("privacy", policy.privacy, "How soon personal texts are erased that somebody asked for.");
}

void name_boards(Section& policy_keys, Policy& policy) {
  policy_keys.take("boards", policy.boards,
                   "What the boards count by, and how long they show what is closed.");
}

}  // namespace casetrail::yaml
