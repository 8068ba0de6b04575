// Reads, writes and explains the events of notes.h.
#include "events/case/notes.h"

#include "events/case/event_codec.h"
#include "events/case/notes_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<NoteAdded>{"A note was added, for people of the company.",
                                    "已添加内部备注。",
                                    {{"note_id", "The note: `n1`, `n2`, … within the case.", "备注编号"},
                                     kAttachmentsText,
                                     kMentionsText,
                                     kNotePiiText}};
template <>
constexpr TypeText kText<CaseTagged>{
    "The tags of the case changed.", "工单标签已变更。", {kTagsAddedText, kTagsRemovedText}};
template <>
constexpr TypeText kText<CaseLinked>{
    "The case was linked with another one.", "已关联其他工单。", {kOtherCaseText, kRelationText}};
template <>
constexpr TypeText kText<CaseUnlinked>{"The case is not linked with the other one any more.",
                                       "已解除关联。",
                                       {kOtherCaseText, kRelationText, kUnlinkReasonText}};
template <>
constexpr TypeText kText<AccessLogged>{"The customer's name and contacts were shown to somebody.",
                                       "已向操作人显示客户姓名和联系方式。",
                                       {kRevealPurposeText, kRevealPiiText}};

template struct FamilyCodecs<EventKind, NotesEvents>;

}  // namespace casetrail
