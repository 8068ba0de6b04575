// Writes and reads any type with a `serialize` as compact bytes: states and rows in a store, never the wire.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "events/wire/code.h"
#include "events/wire/reflect.h"

namespace casetrail {

/// A cereal archive. A struct is its length in four bytes and then its fields, so that a reader may know
/// fewer (it passes the rest over) or more optional ones (they stay absent). Byte order is the machine's.
class BinaryWriter : public cereal::OutputArchive<BinaryWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit BinaryWriter(std::string& out) : OutputArchive(this), out_(out) {}

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_arithmetic_v<T>) {
      raw(value);
    } else if constexpr (NamedEnum<T>) {
      raw(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      raw(epoch_ms(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
      length(value.size());
      out_ += value;
    } else if constexpr (std::is_same_v<T, RawJson>) {
      write(value.text);
    } else if constexpr (is_code<T>) {
      length(value.text().size());
      out_ += value.text();
    } else if constexpr (is_id<T>) {
      write(value.value);
    } else if constexpr (is_optional<T>) {
      raw(value.has_value());
      if (value) write(*value);
    } else if constexpr (is_vector<T>) {
      length(value.size());
      for (const auto& element : value) write(element);
    } else if constexpr (is_map<T>) {
      length(value.size());
      for (const auto& [key, element] : value) {
        write(key);
        write(element);
      }
    } else {
      const auto start = out_.size();
      raw(std::uint32_t{0});
      (*this)(value);
      const auto size = static_cast<std::uint32_t>(out_.size() - start - sizeof(std::uint32_t));
      std::memcpy(out_.data() + start, &size, sizeof size);
    }
  }

 private:
  template <class T>
  void raw(T value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }

  void length(std::size_t size) {
    for (; size >= 128; size >>= 7) out_ += static_cast<char>(size | 128);
    out_ += static_cast<char>(size);
  }

  std::string& out_;
};

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(BinaryWriter& archive, const cereal::NameValuePair<T>& pair) {
  archive.write(pair.value);
}

/// A cereal archive over bytes that `BinaryWriter` wrote. Damaged bytes never read past the end: `ok` turns
/// false.
class BinaryReader : public cereal::InputArchive<BinaryReader, cereal::AllowEmptyClassElision> {
 public:
  explicit BinaryReader(std::string_view bytes) : InputArchive(this), rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  /// A field of a struct: one that its writer did not know yet stays as it is, if it may be absent.
  template <class T>
  void field(T& value) {
    if constexpr (is_optional<T>) {
      if (rest_.empty()) return value.reset();
    }
    read(value);
  }

  template <class T>
  void read(T& value) {
    if (!ok_) return;
    if constexpr (std::is_arithmetic_v<T>) {
      raw(value);
    } else if constexpr (NamedEnum<T>) {
      std::uint8_t index = 0;
      raw(index);
      ok_ = ok_ && index < enum_names(T{}).size();
      if (ok_) value = static_cast<T>(index);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
      std::int64_t ms = 0;
      raw(ms);
      value = from_epoch_ms(ms);
    } else if constexpr (std::is_same_v<T, std::string>) {
      value.assign(take(length()));
    } else if constexpr (std::is_same_v<T, RawJson>) {
      read(value.text);
    } else if constexpr (is_code<T>) {
      const auto known = T::from(take(length()));
      ok_ = ok_ && known;
      if (ok_) value = *known;
    } else if constexpr (is_id<T>) {
      read(value.value);
    } else if constexpr (is_optional<T>) {
      bool present = false;
      raw(present);
      present ? read(value.emplace()) : value.reset();
    } else if constexpr (is_vector<T>) {
      value.clear();
      for (auto left = length(); left > 0 && ok_; --left) {
        typename T::value_type element{};
        read(element);
        value.push_back(std::move(element));
      }
    } else if constexpr (is_map<T>) {
      value.clear();
      for (auto left = length(); left > 0 && ok_; --left) {
        std::string key;
        read(key);
        read(value[std::move(key)]);
      }
    } else {
      std::uint32_t size = 0;
      raw(size);
      BinaryReader inner(take(size));
      inner.ok_ = ok_;
      inner(value);
      ok_ = inner.ok_;
    }
  }

 private:
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) ok_ = false;
    if (!ok_) return {};
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  template <class T>
  void raw(T& value) {
    const auto bytes = take(sizeof value);
    if (!ok_) return;
    if constexpr (std::is_same_v<T, bool>) {
      value = bytes[0] != 0;
    } else {
      std::memcpy(&value, bytes.data(), sizeof value);
    }
  }

  std::size_t length() {
    std::size_t size = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      const auto byte = take(1);
      if (!ok_) return 0;
      size |= static_cast<std::size_t>(byte[0] & 127) << shift;
      if ((byte[0] & 128) == 0) return size;
    }
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BinaryReader& archive, cereal::NameValuePair<T>& pair) {
  archive.field(pair.value);
}

template <class T>
void append_binary(const T& value, std::string& out) {
  BinaryWriter(out).write(value);
}

template <class T>
[[nodiscard]] std::string to_binary(const T& value) {
  std::string out;
  append_binary(value, out);
  return out;
}

/// False when `bytes` are not a whole `T`.
template <class T>
[[nodiscard]] bool from_binary(std::string_view bytes, T& into) {
  BinaryReader reader(bytes);
  reader.read(into);
  return reader.ok() && reader.at_end();
}

}  // namespace casetrail

CEREAL_REGISTER_ARCHIVE(casetrail::BinaryWriter)
CEREAL_REGISTER_ARCHIVE(casetrail::BinaryReader)
