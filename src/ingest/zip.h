// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/container.h"

namespace dragoman::ingest {

/// True for the first bytes of a ZIP archive (EPUB and office documents are such).
bool is_zip(std::string_view bytes);

/// The pages in a ZIP archive, in its order, each as if it lay in a folder; containers in it are opened, archives are
/// not. Folders, hidden files and what belongs to a page or a book without being one (style, scripts, pictures,
/// contents) are passed over. Sources are "path#NAME". The archive is read forwards, from one file's header to the
/// next: it may come from a pipe, and no byte is unpacked twice. Errors name the file in it: kBinary for what is
/// damaged, encrypted, packed in another way or an office document; kTooLarge for a file of more than 64 MB or one that
/// unpacks to more than 200 times its size.
class Zip : public Container {
 public:
  explicit Zip(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
  std::optional<Result<Page>> next() override;

 private:
  struct Entry {
    std::string name;
    unsigned flags = 0, method = 0;
    uint32_t checksum = 0;
    uint64_t packed = 0, size = 0;
    bool sizes_follow = false;  ///< sizes and checksum stand behind the bytes
  };

  bool take_header(Entry& entry);
  std::optional<Result<Page>> open(const Entry& entry);
  Result<std::string> bytes_of(const Entry& entry);
  Result<std::string> stored(const Entry& entry);
  Result<std::string> inflated(const Entry& entry);
  void skip(uint64_t bytes);
  bool to_next_header();
  std::string place(const Entry& entry) const { return stream_->name() + "#" + entry.name; }
  std::optional<Result<Page>> end(bool regular);

  std::unique_ptr<Stream> stream_;
  std::unique_ptr<Container> inside_;  // a file in the midst of being read
  uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace dragoman::ingest
