// Finds numbers, addresses and named contacts in text of any language and puts stars into them.
#include "projections/kit/mask.h"

#include <algorithm>
#include <array>
#include <vector>

#include "events/wire/unicode.h"

namespace casetrail::kit {
namespace {

constexpr std::string_view kCut = "***";

struct Character {
  char32_t point = 0;
  std::string_view bytes;
  std::string_view behind;  ///< bytes of format characters, which no reader sees and nothing depends on
  enum class Fate { stays, recognised, starred, cut } fate = Fate::stays;
};
using Fate = Character::Fate;

bool is_one_of(char32_t point, std::u32string_view set) { return set.find(point) != set.npos; }

/// A digit of any script, or a Chinese numeral as numbers are read out.
bool is_numeral(char32_t point) { return is_digit(point) || is_one_of(point, U"〇零一二三四五六七八九幺"); }

/// What people put between the groups of a number.
bool is_joint(char32_t point) {
  return is_one_of(point, U" -./()_‐‑‒–—−·•\u00A0\u2009\u202F\u3000（）－．／＿") || is_hidden(point);
}

bool is_at_sign(char32_t point) { return is_one_of(point, U"@＠﹫"); }

bool is_blank(char32_t point) { return is_one_of(point, U" \t\u00A0\u2009\u202F\u3000"); }

bool is_in_address(char32_t point) {
  return is_letter(point) || is_digit(point) || is_one_of(point, U"._-+%．＿－＋");
}

char32_t small(char32_t point) { return point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point; }

/// A word that announces a contact.
struct Label {
  std::u32string_view word;
  enum class Use {
    name,      ///< a sentence may go on behind it, unless something announces
    code,      ///< no English sentence does: a Latin word that is long enough is a contact
    everyday,  ///< a word of every day: what follows it must look like a contact
  } use = Use::name;
};
using Use = Label::Use;
constexpr std::array kLabels{Label{U"qq"},
                             Label{U"微信", Use::code},
                             Label{U"wechat"},
                             Label{U"weixin", Use::code},
                             Label{U"vx", Use::code},
                             Label{U"wx", Use::code},
                             Label{U"旺旺", Use::code},
                             Label{U"wangwang", Use::code},
                             Label{U"whatsapp"},
                             Label{U"telegram"},
                             Label{U"skype"},
                             Label{U"电话", Use::everyday},
                             Label{U"手机", Use::everyday},
                             Label{U"邮箱", Use::everyday},
                             Label{U"传真", Use::everyday},
                             Label{U"tel", Use::everyday},
                             Label{U"phone", Use::everyday},
                             Label{U"mobile", Use::everyday},
                             Label{U"email", Use::everyday},
                             Label{U"fax", Use::everyday},
                             Label{U"mail", Use::everyday}};

class Masking {
 public:
  explicit Masking(std::string_view text) {
    while (!text.empty()) {
      auto rest = text;
      const auto point = take_character(rest);
      const auto bytes = text.substr(0, text.size() - rest.size());
      if (is_format(point) && !characters_.empty()) {
        auto& behind = characters_.back().behind;
        behind = behind.empty() ? bytes : std::string_view(behind.data(), behind.size() + bytes.size());
      } else {
        characters_.push_back({.point = point, .bytes = bytes, .behind = {}});
      }
      text = rest;
    }
  }

  /// Addresses come first, for their digits are no numbers.
  void find_contacts() {
    find_addresses();
    find_spoken_addresses();
    find_numbers();
    find_labelled();
  }

  [[nodiscard]] bool found_any() const {
    return std::ranges::any_of(characters_, [](const auto& one) { return one.fate != Fate::stays; });
  }

  /// Letters and digits beside what was recognised.
  void cut_the_rest() {
    for (auto& one : characters_) {
      if (one.fate == Fate::stays && (is_letter(one.point) || is_digit(one.point))) one.fate = Fate::cut;
    }
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    bool in_cut = false;
    for (const auto& one : characters_) {
      if (one.fate == Fate::cut && !in_cut) text += kCut;
      if (one.fate == Fate::starred) text += '*';
      if (one.fate == Fate::stays || one.fate == Fate::recognised) text += one.bytes;
      if (one.fate != Fate::cut) text += one.behind;
      in_cut = one.fate == Fate::cut;
    }
    return text;
  }

 private:
  void find_addresses() {
    for (std::size_t at = 1; at < characters_.size(); ++at) {
      if (!is_at_sign(characters_[at].point)) continue;
      const auto end_of_name = behind_blanks_before(at);
      const auto domain = behind_blanks(at + 1);
      const auto begin = begin_of_address(end_of_name);
      const auto end = end_of_address(domain);
      const bool apart = end_of_name < at;
      if (begin == end_of_name || (apart && !is_domain(domain, end))) continue;
      settle(begin, end, Fate::recognised);
      settle(end_of_name - begin == 1 ? begin : begin + 1, end_of_name, Fate::cut);
    }
  }

  [[nodiscard]] std::size_t behind_blanks(std::size_t at) const {
    while (at < characters_.size() && is_blank(characters_[at].point)) ++at;
    return at;
  }
  [[nodiscard]] std::size_t behind_blanks_before(std::size_t end) const {
    while (end > 0 && is_blank(characters_[end - 1].point)) --end;
    return end;
  }

  /// Of the part of an address that ends at `end`. A dot may stand between blanks, but not before one alone:
  /// so ends a sentence.
  [[nodiscard]] std::size_t begin_of_address(std::size_t end) const {
    auto begin = end;
    while (begin > 0 && is_in_address(characters_[begin - 1].point)) --begin;
    const auto behind_dot = behind_blanks_before(begin);
    if (begin == end || behind_dot == begin || behind_dot == 0 || characters_[behind_dot - 1].point != U'.')
      return begin;
    const auto before_dot = behind_blanks_before(behind_dot - 1);
    if (before_dot == behind_dot - 1) return begin;
    const auto longer = begin_of_address(before_dot);
    return longer == before_dot ? begin : longer;
  }
  /// Of the part that begins at `begin`, alike.
  [[nodiscard]] std::size_t end_of_address(std::size_t begin) const {
    auto end = begin;
    while (end < characters_.size() && is_in_address(characters_[end].point)) ++end;
    const auto dot = behind_blanks(end);
    if (end == begin || dot == end || dot == characters_.size() || characters_[dot].point != U'.') return end;
    const auto behind_dot = behind_blanks(dot + 1);
    if (behind_dot == dot + 1) return end;
    const auto longer = end_of_address(behind_dot);
    return longer == behind_dot ? end : longer;
  }

  /// `wang at example.org`, in brackets, too.
  void find_spoken_addresses() {
    for (std::size_t at = 0; at < characters_.size(); ++at) {
      if (!stands_at(at, U"at")) continue;
      auto end_of_name = at;
      while (end_of_name > 0 && is_one_of(characters_[end_of_name - 1].point, U" ([{<")) --end_of_name;
      auto domain = at + 2;
      while (domain < characters_.size() && is_one_of(characters_[domain].point, U" )]}>")) ++domain;
      const auto begin = begin_of_address(end_of_name);
      const auto end = end_of_address(domain);
      if (begin == end_of_name || end_of_name == at || domain == at + 2 || !is_domain(domain, end)) continue;
      settle(begin, end, Fate::recognised);
      settle(end_of_name - begin == 1 ? begin : begin + 1, end_of_name, Fate::cut);
    }
  }

  /// Letters, a dot and letters at the end.
  [[nodiscard]] bool is_domain(std::size_t begin, std::size_t end) const {
    while (end > begin && characters_[end - 1].point == U'.') --end;
    auto dot = end;
    while (dot > begin && is_latin(characters_[dot - 1].point)) --dot;
    const auto letters = end - dot;
    dot = behind_blanks_before(dot);
    return letters >= 2 && dot > begin + 1 && characters_[dot - 1].point == U'.';
  }

  void find_numbers() {
    std::vector<std::size_t> digits;
    auto least = kLeastDigits;
    const auto end_number = [&] {
      if (digits.size() >= least) star(digits);
      digits.clear();
      least = kLeastDigits;
    };
    for (std::size_t i = 0; i < characters_.size(); ++i) {
      const auto& one = characters_[i];
      if (one.fate == Fate::stays && is_numeral(one.point)) {
        digits.insert(digits.end(), std::max<std::size_t>(1, digits_of(one.point)), i);
      } else if (digits.empty() || one.fate != Fate::stays || i - digits.back() > kMostJoints) {
        end_number();
      } else if (!is_joint(one.point)) {
        joins_groups(i) ? void(least = kLeastJoined) : end_number();
      }
    }
    end_number();
  }

  /// Whether any other punctuation, symbol or space stands at `at` between groups of three or four digits: so
  /// that moments, amounts and lists stay what they are.
  [[nodiscard]] bool joins_groups(std::size_t at) const {
    if (!is_between_words(characters_[at].point)) return false;
    auto end = at;
    while (end > 0 && !is_numeral(characters_[end - 1].point)) --end;
    auto begin = end;
    while (begin > 0 && is_numeral(characters_[begin - 1].point)) --begin;
    if (!is_group(end - begin)) return false;
    begin = at;
    while (begin < characters_.size() && begin - at < kMostJoints &&
           (is_joint(characters_[begin].point) || is_between_words(characters_[begin].point)))
      ++begin;
    end = begin;
    while (end < characters_.size() && is_numeral(characters_[end].point)) ++end;
    return is_group(end - begin);
  }
  static bool is_group(std::size_t digits) { return digits == 3 || digits == 4; }

  void star(const std::vector<std::size_t>& digits) {
    settle(digits.front(), digits.back() + 1, Fate::recognised);
    const std::size_t tail = digits.size() >= 11 ? 4 : 2;
    for (std::size_t i = 3; i + tail < digits.size(); ++i) characters_[digits[i]].fate = Fate::starred;
  }

  void find_labelled() {
    for (std::size_t i = 0; i < characters_.size(); ++i) {
      const auto first = small(characters_[i].point);
      for (const auto& label : kLabels) {
        if (label.word.front() != first || !stands_at(i, label.word)) continue;
        settle(i, i + label.word.size(), Fate::recognised);
        cut_behind(i + label.word.size(), label.use);
      }
    }
  }

  [[nodiscard]] bool stands_at(std::size_t at, std::u32string_view word) const {
    if (at + word.size() > characters_.size()) return false;
    if (at > 0 && is_latin(word.front()) && is_latin(characters_[at - 1].point)) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (small(characters_[at + i].point) != word[i]) return false;
    }
    const auto end = at + word.size();
    return end == characters_.size() || !is_latin(word.back()) || !is_latin(characters_[end].point);
  }

  static bool is_latin(char32_t point) { return small(point) >= U'a' && small(point) <= U'z'; }

  /// Cuts the word at `at`, which a label announces: behind a colon and the like whatever it is, else only
  /// one with a digit or an underscore, or a long one where no sentence goes on.
  void cut_behind(std::size_t at, Use use) {
    bool announced = false;
    while (at < characters_.size() && (is_one_of(characters_[at].point, U" :：=#号是@＠﹫\u3000"))) {
      if (characters_[at].point != U' ') announced = true;
      ++at;
    }
    auto end = at;
    bool is_id = false;
    std::size_t latin = 0;
    while (end < characters_.size() && is_in_address(characters_[end].point) &&
           characters_[end].fate == Fate::stays) {
      if (is_digit(characters_[end].point) || characters_[end].point == U'_') is_id = true;
      if (is_latin(characters_[end].point)) ++latin;
      ++end;
    }
    const bool is_word = use == Use::code && latin == end - at && latin >= kLeastLatin;
    if (is_id || is_word || (announced && use != Use::everyday)) settle(at, end, Fate::cut);
  }

  void settle(std::size_t begin, std::size_t end, Fate fate) {
    for (auto i = begin; i < end; ++i) characters_[i].fate = fate;
  }

  static constexpr std::size_t kMostJoints = 3;
  static constexpr std::size_t kLeastDigits = 7;
  static constexpr std::size_t kLeastJoined = 10;  ///< by what else joins: a size or two years are no number
  static constexpr std::size_t kLeastLatin = 6;    ///< of a name at WeChat

  std::vector<Character> characters_;
};

/// The first `count` characters as a reader sees them; nothing where there are no more than that.
std::string_view beginning_of(std::string_view text, int count) {
  std::size_t bytes = 0;
  while (count-- > 0 && bytes < text.size()) bytes += first_cluster(text.substr(bytes));
  return bytes < text.size() ? text.substr(0, bytes) : std::string_view{};
}

}  // namespace

std::string mask_name(std::string_view name) {
  if (name.empty()) return {};
  return std::string(beginning_of(name, 1)) + "**";
}

std::string mask_contacts_in(std::string_view text) {
  Masking masking(text);
  masking.find_contacts();
  return masking.text();
}

std::string mask_place(std::string_view place) {
  if (place.empty()) return {};
  return std::string(beginning_of(place, 2)).append(kCut);
}

std::string mask_contact(std::string_view contact) {
  Masking masking(contact);
  masking.find_contacts();
  if (!masking.found_any()) return mask_place(contact);
  masking.cut_the_rest();
  return masking.text();
}

}  // namespace casetrail::kit
