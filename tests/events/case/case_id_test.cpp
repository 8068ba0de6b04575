// The ids of cases.
#include "events/case/case_id.h"

#include <gtest/gtest.h>

namespace casetrail {
namespace {

TEST(CaseId, OfTheSameReferenceIsTheSame) {
  EXPECT_EQ(case_id_of(Channel::wangwang, "T100"), case_id_of(Channel::wangwang, "T100"));
  EXPECT_NE(case_id_of(Channel::wangwang, "T100"), case_id_of(Channel::phone, "T100"));
}

TEST(CaseId, IsTheUuidThatEveryLanguageComputes) {
  // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_OID, "casetrail"), "wangwang:T100")
  EXPECT_EQ(case_id_of(Channel::wangwang, "T100").value, "57101eb8-a63a-5205-aea9-b906bc487cdd");
}

TEST(CaseId, IsLowerCase) {
  EXPECT_TRUE(is_uuid("018f0c7e-5b1a-7c22-9d0e-3a5b7c9d1e2f"));
  EXPECT_FALSE(is_uuid("018F0C7E-5B1A-7C22-9D0E-3A5B7C9D1E2F"));
  EXPECT_FALSE(is_uuid("018f0c7e5b1a7c229d0e3a5b7c9d1e2f"));
}

}  // namespace
}  // namespace casetrail
