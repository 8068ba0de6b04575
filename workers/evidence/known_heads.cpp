// A head is somebody's word: whose, is asked first.
#include "workers/evidence/known_heads.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "events/wire/whole_number.h"

namespace casetrail::evidence {
namespace {

/// Of a log, in any file of heads.
constexpr log::Partition kMostPartitions = 100'000;

bool is_partition(log::Partition partition) { return partition >= 0 && partition < kMostPartitions; }

}  // namespace

void KnownHeads::take(SignedHead head, const std::string& place) {
  ++signed_;
  if (!trusted_.empty()) {
    const auto key = std::ranges::find(trusted_, head.key_id, &PublicKey::id);
    if (key == trusted_.end()) {
      return false_.push_back(
          fmt::format("{}: a head is signed with the key {}, which is not one of those that are named.",
                      place, head.key_id));
    }
    if (!key->confirms(signed_text(head), head.signature)) {
      return false_.push_back(fmt::format(
          "{}: the signature of a head is false: it was changed, or forged in the name of the key {}.", place,
          head.key_id));
    }
  }
  expected_[head.partition].push_back({head.link(), head.at});
}

void KnownHeads::take(log::Partition partition, log::Offset offset, const MessageView& record) {
  const auto place = fmt::format("casetrail.evidence/{}, offset {}", partition, offset);
  auto head = parse_head(record.value);
  if (!head || head->partition != partition)
    return false_.push_back(place + ": it is no head of this partition.");
  take(*std::move(head), place);
}

void KnownHeads::keep(log::Partition partition, Link link) {
  expected_[partition].push_back({std::move(link), std::nullopt});
}

bool KnownHeads::take_line(std::string_view line, const std::string& place) {
  if (auto head = parse_head(line); head && is_partition(head->partition)) {
    take(*std::move(head), place);
    return true;
  }
  const auto space = line.find(' ');
  const auto partition = whole_number<log::Partition>(line.substr(0, space));
  auto link = space == std::string_view::npos ? std::nullopt : parse_link(line.substr(space + 1));
  if (!partition || !is_partition(*partition) || !link) return false;
  keep(*partition, *std::move(link));
  return true;
}

std::expected<void, std::string> KnownHeads::take_file(std::string_view text, const std::string& name) {
  bool has_heads = false;
  std::vector<std::string> others;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto place = fmt::format("{}, line {}", name, number);
    if (take_line(text.substr(0, end), place))
      has_heads = true;
    else
      others.push_back(place + ": it is no head. Its writing was cut off, or it was changed.");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!has_heads) {
    return std::unexpected(fmt::format(
        "Expected signed heads in {}, as `serve --evidence-file` writes them, or those of `casetrail verify "
        "--keep-heads`, but it has none.",
        name));
  }
  std::ranges::move(others, std::back_inserter(false_));
  return {};
}

std::vector<ChainCheck> KnownHeads::checks_for(std::size_t partitions) const {
  const auto beyond = expected_.empty() ? 0 : static_cast<std::size_t>(expected_.rbegin()->first) + 1;
  std::vector<ChainCheck> checks(std::max(partitions, beyond));
  for (std::size_t i = 0; i < checks.size(); ++i) checks[i] = check_of(static_cast<log::Partition>(i));
  return checks;
}

ChainCheck KnownHeads::check_of(log::Partition partition) const {
  ChainCheck check;
  if (const auto heads = expected_.find(partition); heads != expected_.end()) check.expect(heads->second);
  return check;
}

std::string heads_text(const std::vector<ChainCheck>& checks) {
  std::string text;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i].head().number > 0) text += fmt::format("{} {}\n", i, to_text(checks[i].head()));
  }
  return text;
}

}  // namespace casetrail::evidence
