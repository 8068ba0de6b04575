// What the fields mean that events and commands of notes share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kAttachmentText{
    "A file that lies elsewhere.",
    "存放在别处的附件。",
    {{"ref", "Where it lies: a URI of the company's own store.", "存放地址"},
     {"sha256", "The SHA-256 of its bytes, 64 hexadecimal digits.", "SHA-256"},
     {"media_type", "What it is, such as `image/jpeg`.", "文件类型"},
     {"size", "Its size in bytes.", "大小（字节）"}}};
inline constexpr TypeText kNoteTextText{
    "The note. Personal.",
    "备注内容（个人信息）。",
    {{"text", "The text.", "内容"},
     {"file_names", "The names of the attachments, in their order.", "附件名称"}}};

inline constexpr FieldText kAttachmentsText{"attachments", "Files that lie elsewhere.", "附件",
                                            &kAttachmentText};
inline constexpr FieldText kMentionsText{"mentions", "Who should read it.", "提醒人员"};
inline constexpr FieldText kNotePiiText{"pii", "The note. Personal.", "备注内容", &kNoteTextText};
inline constexpr FieldText kTagsAddedText{"added", "The tags that the case gets.", "添加标签"};
inline constexpr FieldText kTagsRemovedText{"removed", "The tags that it loses.", "移除标签"};
inline constexpr FieldText kOtherCaseText{"other_case_id", "The other case, by its id.", "关联工单"};
inline constexpr FieldText kRelationText{
    "relation", "What the case is to the other one: `parent` says that the other one is its parent.",
    "关联类型"};
inline constexpr FieldText kUnlinkReasonText{"reason", "Why they do not belong together.", "解除原因"};
inline constexpr TypeText kRevealTextText{
    "Why, in words. Personal.", "查看原因（个人信息）。", {{"text", "The text.", "内容"}}};
inline constexpr FieldText kRevealPurposeText{
    "purpose", "What the customer's name and contacts are needed for.", "用途"};
inline constexpr FieldText kRevealPiiText{"pii", "Why, in words. Personal.", "查看原因", &kRevealTextText};

}  // namespace casetrail
