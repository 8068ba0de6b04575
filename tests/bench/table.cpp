// The figures in the order of their measurement, and which other one each is held against.
#include "tests/bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "events/wire/json_reader.h"
#include "workers/bench/figure.h"
#include "workers/cli/table.h"

namespace casetrail::bench {
namespace {

std::vector<Figure> read_figures(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Figure> figures;
  for (std::string line; std::getline(in, line);) {
    if (auto error = from_json(line, figures.emplace_back()))
      throw std::runtime_error(fmt::format("Expected a figure, but it is {}", line));
  }
  return figures;
}

struct Against {
  std::string_view row;
  std::string_view other;
  std::string_view words;
};

constexpr auto kComparisons = std::to_array<Against>({
    {"commands.kafka", "limit.copy", "% of the bare copy"},
    {"commands.kafka", "limit.alike", "% of the bare copy of as much"},
    {"commands.kafka", "peer.commands.exactly_once_v2", "x Kafka Streams exactly once"},
    {"commands.kafka", "peer.commands.at_least_once", "x Kafka Streams at least once"},
    {"commands.kafka", "peer.alike.exactly_once_v2", "x Kafka Streams exactly once with as much"},
    {"commands.kafka", "peer.alike.at_least_once", "x Kafka Streams at least once with as much"},
    {"records.commands.kafka", "records.limit.alike", "% of the bare copy of as much"},
    {"boards.kafka", "limit.consume", "% of the bare consumer"},
    {"boards.kafka", "peer.boards.exactly_once_v2", "x Kafka Streams exactly once"},
    {"boards.kafka", "peer.boards.at_least_once", "x Kafka Streams at least once"},
    {"growth.1000000", "growth.10000", "x at 10,000 cases"},
    {"growth.10000000", "growth.10000", "x at 10,000 cases"},
});

std::string beside(const std::vector<Figure>& figures, const Figure& figure) {
  std::string text;
  for (const auto& [row, other, words] : kComparisons) {
    const auto found = std::ranges::find(figures, other, &Figure::row);
    if (row != figure.row || found == figures.end() || found->value <= 0) continue;
    const auto ratio = figure.value / found->value;
    const bool share = words.starts_with('%');
    text += fmt::format("{}{:.{}f} {}", text.empty() ? "" : "; ", share ? ratio * 100 : ratio, share ? 0 : 1,
                        words);
  }
  return text;
}

}  // namespace

std::string table_of(const std::filesystem::path& file) {
  const auto figures = read_figures(file);
  cli::TextTable table({{.title = "what"},
                        {.title = "value"},
                        {.title = "unit"},
                        {.title = "beside"},
                        {.title = "measured on"}});
  for (const auto& figure : figures) {
    if (figure.row.starts_with("count.")) continue;  // the notes of others say it
    table.add({figure.title, value_text(figure.value), figure.unit, beside(figures, figure), figure.note});
  }
  return table.text(0);
}

}  // namespace casetrail::bench
