// An event log of objects (OCEL 2.0): what its two forms hold alike.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workers/export/fields.h"
#include "workers/export/writer.h"

namespace casetrail::exports {

struct OcelRelation {
  std::string object;
  std::string qualifier;
};

struct OcelEvent {
  std::string id;
  std::string_view type;
  Timestamp at{};
  std::vector<Field> fields;            ///< all that the type declares, in one order
  std::vector<OcelRelation> relations;  ///< one an object
};

/// A value that holds from a moment on.
struct OcelValue {
  std::string_view name;
  std::string value;
  Timestamp since{};  ///< the first one of a name: the epoch
};

struct OcelObject {
  std::string id;
  std::string_view type;
  std::vector<OcelValue> values;
  std::vector<OcelRelation> relations;
};

/// The attributes of a type of objects, all text.
struct OcelObjectType {
  std::string_view name;
  std::vector<std::string_view> attributes;
};
[[nodiscard]] const std::vector<OcelObjectType>& ocel_object_types();

/// Writes one of the forms.
class OcelForm {
 public:
  virtual ~OcelForm() = default;

  /// Every object once, before the events that name it.
  virtual void add(const OcelObject& object) = 0;
  virtual void add(const OcelEvent& event) = 0;
  virtual void finish() = 0;
};

[[nodiscard]] std::unique_ptr<OcelForm> ocel_json_form(PartFile& file, Database::Stopped stopped);
[[nodiscard]] std::unique_ptr<OcelForm> ocel_sqlite_form(const PartFile& file, Database::Stopped stopped);

/// Keeps in the folder of `file` which objects were written.
[[nodiscard]] std::unique_ptr<Writer> ocel_writer(std::unique_ptr<OcelForm> form, const PartFile& file,
                                                  Database::Stopped stopped);

}  // namespace casetrail::exports
