// A consumer in another language opens what was sealed here, by what the README says of it.
#include <gmock/gmock.h>

#include <fstream>

#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/privacy/sealed_desk.h"
#include "workers/privacy/master_key.h"

namespace casetrail::privacy {
namespace {

using testing::HasSubstr;

class Consumer : public testing::Test {
 protected:
  Consumer() {
    desk_.master = create_master_key(file_).value();
    const auto log = desk_.open();
    SealedDeskWriter(*log).commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"无法开机"}}).events());
    event_ = SealedDesk::all(*desk_.raw, log::Topic::events).front();
    key_ = SealedDesk::all(*desk_.raw, log::Topic::keys).front();
  }

  [[nodiscard]] test::Ran open_it(const std::string& id) const {
    return test::run_program({"/usr/bin/env", "python3", CASETRAIL_OPEN_SEALED, file_.string(), event_.key,
                              id, header_of(event_, "ce_type")},
                             key_.value + "\n" + event_.value + "\n");
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "master.key";
  SealedDesk desk_;
  Message event_;
  Message key_;
};

TEST_F(Consumer, WithTheMasterKeyOpensAnEvent) {
  const auto opened = open_it(header_of(event_, "ce_id"));
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  EXPECT_THAT(opened.out, HasSubstr(R"("pii": {"text": "无法开机"})"));
}

TEST_F(Consumer, OpensNothingThatWasMoved) {
  const auto moved = open_it("c1/2");
  EXPECT_NE(moved.exit_code, 0);
  EXPECT_THAT(moved.err, HasSubstr("It does not open."));
}

}  // namespace
}  // namespace casetrail::privacy
