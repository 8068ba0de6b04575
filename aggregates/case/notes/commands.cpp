// Reads, writes and explains the commands of notes.
#include "aggregates/case/notes/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/notes_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<AddNote>{"Add a note for people of the company, with files that lie elsewhere.",
                                  "添加内部备注，可附文件引用。",
                                  {kAttachmentsText, kMentionsText, kNotePiiText}};
template <>
constexpr TypeText kText<TagCase>{"Give the case tags, or take them away.",
                                  "添加或移除标签。",
                                  {{"add", "The tags that it gets. Absent: none.", "添加标签"},
                                   {"remove", "The tags that it loses. Absent: none.", "移除标签"}}};
template <>
constexpr TypeText kText<LinkCase>{
    "Link the case with another one.", "关联其他工单。", {kOtherCaseText, kRelationText}};
template <>
constexpr TypeText kText<UnlinkCase>{"Take a link with another case away.",
                                     "解除与其他工单的关联。",
                                     {kOtherCaseText, kRelationText, kUnlinkReasonText}};
template <>
constexpr TypeText kText<RevealContact>{
    "Show the customer's name and contacts. Who asked and why is recorded.",
    "查看客户姓名和联系方式（会记录查看人和用途）。",
    {kRevealPurposeText, kRevealPiiText}};

constexpr Bound kBoundsOfAddNote[] = {
    short_text("attachments.ref", 1),        short_text("attachments.sha256", 64),
    short_text("attachments.media_type", 1), {"attachments.size", 0},
    short_text("pii.file_names", 1),         {"pii.text", 1}};
template <>
constexpr std::span<const Bound> kBounds<AddNote> = kBoundsOfAddNote;

constexpr Bound kBoundsOfTagCase[] = {short_text("add", 1), short_text("remove", 1)};
template <>
constexpr std::span<const Bound> kBounds<TagCase> = kBoundsOfTagCase;

template struct FamilyCodecs<CommandKind, NotesCommands>;

}  // namespace casetrail
