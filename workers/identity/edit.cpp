// Lines are put in and taken out where the reader of YAML says that entries begin; the result is read again
// before it counts.
#include "workers/identity/edit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "aggregates/policy/yaml.h"
#include "events/wire/reflect.h"

namespace casetrail::identity {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text.append(line).append("\n");
  return text;
}

std::string in_quotes(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

template <class List, class Name>
std::string flow_list(const List& list, Name name) {
  std::vector<std::string> names;
  names.reserve(list.size());
  for (const auto& one : list) names.push_back(in_quotes(name(one)));
  return fmt::format("[{}]", fmt::join(names, ", "));
}

/// The entry in lines, without their indentation.
Lines entry_of(const TokenHolder& holder) {
  const auto& who = holder.identity;
  const auto named = [](const auto& value) { return name_of(value); };
  Lines lines{fmt::format("- id: {}", who.id), fmt::format("  actor: {}", in_quotes(who.actor_text()))};
  if (who.department) lines.push_back(fmt::format("  department: {}", in_quotes(who.department->value)));
  if (!who.roles.empty())
    lines.push_back("  roles: " + flow_list(who.roles, [](const auto& role) { return role; }));
  lines.push_back("  rights: " + flow_list(who.rights, named));
  if (!who.speaks_for.empty()) lines.push_back("  speaks_for: " + flow_list(who.speaks_for, named));
  if (!who.source.empty()) lines.push_back("  source: " + in_quotes(who.source));
  lines.push_back("  token_sha256: " + in_quotes(holder.token_sha256));
  if (holder.expires) lines.push_back("  expires: " + in_quotes(to_wire(*holder.expires)));
  return lines;
}

struct Layout {
  std::vector<std::size_t> begins;  ///< the line of each entry's dash, the first being 0
  std::size_t indentation = 2;
};

constexpr auto kByHand =
    "Expected 'identities' as a list whose entries begin with a dash each, but it is written otherwise. Edit "
    "the file by hand.";

/// Nothing but comments, or nothing at all.
bool is_blank(const Lines& lines) {
  return std::ranges::all_of(lines, [](const std::string& line) {
    const auto begins = line.find_first_not_of(' ');
    return begins == std::string::npos || line[begins] == '#';
  });
}

/// Where the entries stand in a text that has no faults.
std::expected<Layout, std::string> layout_of(std::string_view text, const Lines& lines) {
  yaml::Findings findings(yaml::Strictness::strict);
  const auto root = yaml::document(text, findings);
  Layout layout;
  if (!root || !root->IsMap()) return layout;
  const auto& list = (*root)["identities"];
  for (std::size_t i = 0; list.IsDefined() && i < list.size(); ++i) {
    const auto line = static_cast<std::size_t>(list[i].Mark().line);
    const auto dash = line < lines.size() ? lines[line].find_first_not_of(' ') : std::string::npos;
    if (dash == std::string::npos || lines[line][dash] != '-') return std::unexpected(kByHand);
    layout.begins.push_back(line);
    layout.indentation = dash;
  }
  return layout;
}

std::expected<Identities, std::string> read(std::string_view text) {
  auto identities = parse_identities(text);
  if (identities) return *std::move(identities);
  const auto& first = identities.error().front();
  return std::unexpected(fmt::format("Line {}: {}", first.line, first.sentence));
}

/// Whether `text` is read, and has as many entries as it should.
std::expected<std::string, std::string> proven(std::string text, std::size_t entries) {
  const auto identities = read(text);
  if (identities && identities->holders.size() == entries) return text;
  return std::unexpected(identities ? std::string(kByHand) : identities.error());
}

bool has(const Identities& identities, std::string_view id) {
  return std::ranges::any_of(identities.holders,
                             [&](const TokenHolder& holder) { return holder.identity.id == id; });
}

}  // namespace

std::expected<std::string, std::string> with_holder(std::string_view text, const TokenHolder& holder) {
  Lines lines = lines_of(text);
  std::size_t known = 0;
  Layout layout;
  if (!is_blank(lines)) {
    const auto identities = read(text);
    if (!identities) return std::unexpected(identities.error());
    if (has(*identities, holder.identity.id)) {
      return std::unexpected(
          fmt::format("'{0}' is there already. Remove it first with `casetrail identities remove {0}`, or "
                      "choose another id.",
                      holder.identity.id));
    }
    auto found = layout_of(text, lines);
    if (!found) return std::unexpected(std::move(found).error());
    layout = *std::move(found);
    known = identities->holders.size();
  }
  if (layout.begins.empty()) {
    layout.begins.push_back(lines.size() + 1);
    lines.emplace_back("identities:");
  }
  auto entry = entry_of(holder);
  for (auto& line : entry) line.insert(0, layout.indentation, ' ');
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(layout.begins.front()), entry.begin(),
               entry.end());
  return proven(joined(lines), known + 1);
}

std::expected<std::string, std::string> without_holder(std::string_view text, std::string_view id) {
  const auto identities = read(text);
  if (!identities) return std::unexpected(identities.error());
  const auto found = std::ranges::find(identities->holders, id, [](const TokenHolder& holder) {
    return std::string_view(holder.identity.id);
  });
  if (found == identities->holders.end()) return std::unexpected(fmt::format("There is no '{}' in it.", id));
  Lines lines = lines_of(text);
  const auto layout = layout_of(text, lines);
  if (!layout) return std::unexpected(layout.error());
  if (identities->holders.size() == 1 && identities->providers.empty())
    return std::unexpected(fmt::format("'{}' is the last one: nobody could sign in. Add another first.", id));
  const auto begin = layout->begins.at(static_cast<std::size_t>(found - identities->holders.begin()));
  auto end = begin + 1;
  while (end < lines.size()) {
    const auto text_begins = lines[end].find_first_not_of(' ');
    if (text_begins != std::string::npos && text_begins <= layout->indentation) break;
    ++end;
  }
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(begin),
              lines.begin() + static_cast<std::ptrdiff_t>(end));
  if (identities->holders.size() == 1) std::erase(lines, "identities:");
  return proven(joined(lines), identities->holders.size() - 1);
}

}  // namespace casetrail::identity
