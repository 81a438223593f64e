// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace dragoman::neural {

/// Memory for plain values on a 64-byte border that grows when asked and is not initialised.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(size_t n) { need(n); }

  /// At least n values; what was in the buffer is lost if it has to grow.
  T* need(size_t n) {
    if (n > size_) {
      data_.reset();
      data_.reset(static_cast<T*>(::operator new(n * sizeof(T), kBorder)));
      size_ = n;
    }
    return data_.get();
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  size_t size() const { return size_; }

 private:
  static constexpr std::align_val_t kBorder{64};
  struct Free {
    void operator()(T* at) const { ::operator delete(at, kBorder); }
  };
  std::unique_ptr<T, Free> data_;
  size_t size_ = 0;
};

}  // namespace dragoman::neural
