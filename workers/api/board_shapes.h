// What views say of themselves, as documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/reflect.h"
#include "projections/kit/shape.h"
#include "projections/kit/view.h"

namespace casetrail::api {

/// Every view with its label and its meaning.
[[nodiscard]] std::string boards_document();

/// The members and the filters of a view's board; nothing when there is no such view.
[[nodiscard]] std::optional<std::string> shape_document(std::string_view view);

/// What each of the members says of itself, as in the shape of a board.
[[nodiscard]] std::vector<RawJson> member_documents(const std::vector<kit::Member>& members);

/// The schema of a view's board, as OpenAPI 3.0 has it.
[[nodiscard]] std::string board_schema(const kit::ViewType& view);

// Schemas of the documents.
[[nodiscard]] std::string boards_document_schema();
[[nodiscard]] std::string shape_document_schema();

}  // namespace casetrail::api
