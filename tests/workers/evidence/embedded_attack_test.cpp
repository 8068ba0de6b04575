// The attacks on the rows of an embedded log, below its port.
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/evidence/attacks.h"
#include "workers/log/embedded/block.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::evidence {
namespace {

using embedded::EmbeddedRows;
namespace keys = embedded::keys;

class EmbeddedUnderAttack final : public LogUnderAttack {
 public:
  std::unique_ptr<log::EventLog> open() override {
    auto opened = must(embedded::open_embedded_log({.folder = folder_.path() / "log"}));
    EXPECT_TRUE(opened.log->create_topics(1));
    return std::move(opened.log);
  }

  void replace(const std::vector<Message>& events, const std::vector<Message>& heads) override {
    const auto rows = must(
        EmbeddedRows::open(folder_.path() / "log", EmbeddedRows::Opening::whole, std::size_t{16} << 20U));
    embedded::RowsBatch batch;
    put(batch, log::Topic::events, events);
    put(batch, log::Topic::evidence, heads);
    must(rows->write(batch));
    // They would say that more was answered.
    std::filesystem::remove(folder_.path() / "log" / "answered");
    std::filesystem::remove_all(folder_.path() / "log.known");
  }

 private:
  static void put(embedded::RowsBatch& batch, log::Topic topic, const std::vector<Message>& records) {
    constexpr log::Offset kFar = 1'000'000;
    batch.erasures.push_back({keys::block(topic, 0, 0), keys::block(topic, 0, kFar)});
    embedded::BlockBuilder block;
    for (std::size_t i = 0; i < records.size(); ++i) block.add(static_cast<log::Offset>(i), records[i]);
    const auto end = static_cast<log::Offset>(records.size());
    batch.puts.push_back({keys::block(topic, 0, end - 1), embedded::row_of(0, block.finish())});
    batch.puts.push_back({keys::next(topic, 0), keys::number(end)});
  }

  TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Embedded, Attack,
                         testing::Values(AttackedLog{
                             "Embedded", [] { return std::make_unique<EmbeddedUnderAttack>(); }}));

}  // namespace
}  // namespace casetrail::evidence
