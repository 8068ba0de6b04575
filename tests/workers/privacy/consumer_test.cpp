// A consumer in another language opens what was sealed here, by what the README says of it.
#include <gmock/gmock.h>

#include <fstream>

#include "events/case/work.h"
#include "tests/support/events_of.h"
#include "tests/support/message_headers.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/privacy/sealed_desk.h"
#include "workers/privacy/exported_key.h"
#include "workers/privacy/master_key.h"

namespace casetrail::privacy {
namespace {

using testing::HasSubstr;

class Consumer : public testing::Test {
 protected:
  Consumer() {
    desk_.master = create_master_key(file_).value();
    const auto log = desk_.open();
    EventWriter(*log).commit(EventsOf("c1").add(MessageReceived{Channel::phone, {"无法开机"}}).events());
    event_ = SealedDesk::all(*desk_.raw, log::Topic::events).front();
    key_ = SealedDesk::all(*desk_.raw, log::Topic::keys).front();
  }

  /// With the key in `file_`, of the record with this `ce_id`.
  [[nodiscard]] test::Ran open_it(const std::string& id, const std::string& input) const {
    return test::run_program({"/usr/bin/env", "python3", CASETRAIL_OPEN_SEALED, file_.string(), event_.key,
                              id, header_of(event_, "ce_type")},
                             input);
  }
  [[nodiscard]] test::Ran open_with_master_key(const std::string& id) const {
    return open_it(id, key_.value + "\n" + event_.value + "\n");
  }
  [[nodiscard]] test::Ran open_with(const Secret& exported) const {
    std::ofstream(file_) << R"({"case_id":"c1","key":")" << to_base64(exported.bytes()) << "\"}\n";
    return open_it(header_of(event_, "ce_id"), event_.value + "\n");
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "master.key";
  SealedDesk desk_;
  Message event_;
  Message key_;
};

TEST_F(Consumer, WithTheMasterKeyOpensAnEvent) {
  const auto opened = open_with_master_key(header_of(event_, "ce_id"));
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  EXPECT_THAT(opened.out, HasSubstr(R"("pii": {"text": "无法开机"})"));
}

TEST_F(Consumer, WithTheKeyOfItsCaseOpensAnEvent) {
  const auto opened = open_with(must(exported_key(*desk_.raw, desk_.master, {"c1"})).value());
  EXPECT_THAT(opened.out, HasSubstr("无法开机")) << opened.err;
}

TEST_F(Consumer, WithTheKeyOfAnotherCaseSeesEmptyTexts) {
  EXPECT_THAT(open_with(Secret::random()).out, HasSubstr(R"("pii": {"text": ""})"));
}

TEST_F(Consumer, OpensNothingThatWasMoved) {
  const auto moved = open_with_master_key("c1/2");
  EXPECT_NE(moved.exit_code, 0);
  EXPECT_THAT(moved.err, HasSubstr("It does not open."));
}

}  // namespace
}  // namespace casetrail::privacy
