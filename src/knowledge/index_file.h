// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace dragoman::knowledge {

/// Puts numbers, texts and arrays one after the other, each at a multiple of eight bytes.
class IndexWriter {
 public:
  void put(uint64_t number) { raw(&number, sizeof number); }

  template <class T>
  void put_all(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(values.size());
    raw(values.data(), values.size_bytes());
  }

  void put_text(std::string_view text) { put_all(std::span<const char>(text)); }

  const std::string& bytes() const { return bytes_; }

 private:
  void raw(const void* data, size_t size) {
    if (size > 0) bytes_.append(static_cast<const char*>(data), size);
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
  }
  std::string bytes_;
};

/// Takes them out again, in the same order, without copying. All answers are false once something did not fit: the
/// bytes come from a file. They must begin at a multiple of eight and outlive what is taken out.
class IndexReader {
 public:
  explicit IndexReader(std::string_view bytes) : rest_(bytes) {}

  bool get(uint64_t& number) {
    if (rest_.size() < sizeof number) return false;
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
    return true;
  }

  template <class T>
  bool get_all(std::span<const T>& values) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    uint64_t count = 0;
    if (!get(count) || count > rest_.size() / sizeof(T)) return false;
    const size_t size = count * sizeof(T);
    values = {reinterpret_cast<const T*>(rest_.data()), count};
    rest_.remove_prefix(std::min((size + 7) / 8 * 8, rest_.size()));
    return true;
  }

  bool get_text(std::string_view& text) {
    std::span<const char> bytes;
    if (!get_all(bytes)) return false;
    text = {bytes.data(), bytes.size()};
    return true;
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace dragoman::knowledge
