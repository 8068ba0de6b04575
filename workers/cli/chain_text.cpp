// The verdict comes last: whoever reads one line reads that.
#include "workers/cli/chain_text.h"

#include <fmt/format.h>

#include <utility>

#include "workers/cli/readable.h"
#include "workers/evidence/key_file.h"
#include "workers/node/data_folder.h"

namespace casetrail::cli {
namespace {

std::string heads_line(const HeadsAnswer& heads) {
  if (!heads.were_any && heads.signed_heads == 0 && heads.false_heads.empty())
    return "No heads: whether the end was cut, or the chain made anew, cannot be told (`serve "
           "--evidence-key` signs heads).\n";
  std::string text = counted(heads.met, "head") + " met by the chain";
  if (heads.signed_heads == 0) return text + ".\n";
  if (!heads.signatures_checked)
    return text + "; signatures were not checked: name the key that they are of with --public-key FILE.\n";
  if (heads.false_heads.empty()) return text + "; every signature is true.\n";
  return text + fmt::format("; {} false, named above.\n",
                            counted(static_cast<std::int64_t>(heads.false_heads.size()), "head"));
}

std::string verdict_on(const ChainAnswer& chain) {
  if (chain.broken > 0)
    return "the chain is broken where it is named above: these are not the events that were written. Compare "
           "with a backup from before.";
  if (chain.unlinked > 0)
    return fmt::format(
        "{} within the chain, named above, without a link. If an older casetrail wrote then, keep heads now: "
        "--heads accepts what lies before them.",
        counted(chain.unlinked, "event"));
  if (chain.linked == 0) return "there is no chain to check.";
  return chain.heads.false_heads.empty()
             ? "the chain is whole."
             : "the chain is whole, but somebody else wrote heads: look who may write casetrail.evidence.";
}

}  // namespace

ChainAnswer chain_of(const CheckedChains& checked) {
  const auto& known = checked.known;
  const auto& checks = checked.checks;
  ChainAnswer answer{.heads = {.signed_heads = static_cast<std::int64_t>(known.signed_heads()),
                               .signatures_checked = known.are_signatures_checked(),
                               .false_heads = known.false_heads(),
                               .were_any = known.has_any()}};
  for (std::size_t i = 0; i < checks.size(); ++i) {
    answer.linked += checks[i].linked();
    answer.before_the_chain += checks[i].before_the_chain();
    answer.unlinked += checks[i].unlinked();
    answer.broken += checks[i].broken();
    answer.heads.met += checks[i].heads_met();
    for (const auto& [offset, what] : checks[i].breaks())
      answer.breaks.push_back({static_cast<log::Partition>(i), offset, what});
  }
  return answer;
}

std::string text_of(const ChainAnswer& chain) {
  std::string text;
  for (const auto& [partition, offset, what] : chain.breaks)
    text += fmt::format("casetrail.events/{}, offset {}: {}\n", partition, offset, what);
  for (const auto& sentence : chain.heads.false_heads) text += sentence + "\n";
  text += heads_line(chain.heads);
  text += fmt::format("{} linked each to the one before it; ", counted(chain.linked, "event"));
  if (chain.before_the_chain > 0)
    text += fmt::format("{} older than the chain; ", counted(chain.before_the_chain, "event"));
  return text + verdict_on(chain) + "\n";
}

std::expected<evidence::KnownHeads, std::string> known_heads(const verb::Verify& asked) {
  std::vector<evidence::PublicKey> keys;
  for (const auto& file : asked.public_keys) {
    auto key = evidence::read_public_key(file);
    if (!key) return std::unexpected(std::move(key).error());
    keys.push_back(*key);
  }
  evidence::KnownHeads known(std::move(keys));
  if (asked.heads.empty()) return known;
  const auto text = node::read_file(asked.heads);
  if (!text)
    return std::unexpected("Expected a file that can be read, but it is '" + asked.heads.string() + "'.");
  if (auto taken = known.take_file(*text, asked.heads.string()); !taken)
    return std::unexpected(std::move(taken).error());
  return known;
}

}  // namespace casetrail::cli
