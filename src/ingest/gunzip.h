// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/unpacking.h"

namespace dragoman::ingest {

/// True for the first bytes of a gzip file.
bool is_gzip(std::string_view bytes);

/// Unpacks gzip: one member or many in a row, as WARC files have them.
class Gunzip : public Unpacking {
 public:
  explicit Gunzip(MoreBytes packed);
  ~Gunzip() override;
  bool more(std::string& bytes) override;

 private:
  struct State;
  bool begin_member();
  void fail(const char* what);

  std::unique_ptr<State> state_;
};

/// A body packed with gzip or deflate (HTTP's Content-Encoding), with or without the header that is due. Unpacks what
/// can be; nothing if it is neither, or more than `most` bytes come out.
std::optional<Unpacked> unpacked(std::string_view body, uint64_t most);

}  // namespace dragoman::ingest
