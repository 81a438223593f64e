// SPDX-License-Identifier: Apache-2.0
// A ZIP archive is, for each file, a header "PK\3\4" of 30 bytes, its name, extra fields and its bytes; then a
// directory "PK\1\2", which is not needed here (APPNOTE.TXT of PKWARE, 4.3). Where the header does not know the sizes,
// they follow the bytes behind "PK\7\8"; packed bytes know their own end.
#include "ingest/zip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "ingest/limits.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kHeader = "PK\x03\x04"sv, kDirectory = "PK\x01\x02"sv, kEnd = "PK\x05\x06"sv,
                           kSizes = "PK\x07\x08"sv, kEnd64 = "PK\x06\x06"sv;
constexpr size_t kHeaderSize = 30;
constexpr unsigned kEncrypted = 1, kSizesFollow = 8;
constexpr unsigned kStored = 0, kDeflated = 8;
// Text is packed to a tenth of its size, the most repetitive of pages to a fiftieth; deflate's limit is 1,032.
constexpr uint64_t kMostRatio = 200, kSmall = 1 << 20;

uint64_t number_at(std::string_view bytes, size_t at, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size && at + i < bytes.size(); ++i) {
    number |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return number;
}

bool ends_with_any(std::string_view name, const auto& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

// Some archives of Windows have names with backslashes.
std::string with_slashes(std::string_view path) {
  std::string name(path);
  std::replace(name.begin(), name.end(), '\\', '/');
  return name;
}

// What lies beside pages and is none: parts of saved pages, a book's table of contents and the like.
bool is_beside(std::string_view path) {
  static constexpr std::array kEndings = {".css"sv, ".js"sv,   ".mjs"sv,  ".png"sv,  ".jpg"sv,  ".jpeg"sv, ".gif"sv,
                                          ".svg"sv, ".webp"sv, ".avif"sv, ".ico"sv,  ".bmp"sv,  ".woff"sv, ".woff2"sv,
                                          ".ttf"sv, ".otf"sv,  ".eot"sv,  ".mp3"sv,  ".mp4"sv,  ".webm"sv, ".m4a"sv,
                                          ".opf"sv, ".ncx"sv,  ".map"sv,  ".smil"sv, ".plist"sv};
  const std::string name = base::lower_ascii(with_slashes(path));
  const std::string_view file = std::string_view(name).substr(name.rfind('/') + 1);
  const auto parts = base::split(name, '/');
  const bool hidden = name.starts_with("__macosx/") || std::any_of(parts.begin(), parts.end(), [](auto part) {
                        return part.starts_with('.') && part != "." && part != "..";
                      });
  const bool of_book = name.starts_with("meta-inf/") || name == "mimetype";
  return hidden || of_book || file.empty() || ends_with_any(file, kEndings);
}

// "../a", "a/../../b": nothing is written here, but such an archive was made to do harm, or is broken.
bool leads_out(std::string_view path) {
  const std::string name = with_slashes(path);
  const auto parts = base::split(name, '/');
  return std::find(parts.begin(), parts.end(), "..") != parts.end();
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with(kHeader) || bytes.starts_with(kEnd); }

void Zip::skip(uint64_t bytes) {
  while (bytes > 0 && (!stream_->ahead().empty() || stream_->fill())) {
    const auto size = static_cast<size_t>(std::min<uint64_t>(bytes, stream_->ahead().size()));
    stream_->skip(size);
    bytes -= size;
  }
}

// Steps to the next header or to the directory, over what is left of a file; false at the end of the bytes.
bool Zip::to_next_header() {
  while (stream_->fill(4)) {
    const std::string_view ahead = stream_->ahead();
    const size_t found = ahead.find("PK"sv);
    const size_t at = found == std::string_view::npos ? ahead.size() - 1 : found;
    if (at > 0) {
      stream_->skip(at);
      continue;
    }
    const std::string_view mark = ahead.substr(0, 4);
    if (mark == kHeader || mark == kDirectory || mark == kEnd || mark == kEnd64) return true;
    stream_->skip(1);
  }
  return false;
}

bool Zip::take_header(Entry& entry) {
  if (!stream_->fill(kHeaderSize)) return false;
  const std::string_view header = stream_->ahead();
  entry.flags = static_cast<unsigned>(number_at(header, 6, 2));
  entry.method = static_cast<unsigned>(number_at(header, 8, 2));
  entry.checksum = static_cast<uint32_t>(number_at(header, 14, 4));
  entry.packed = number_at(header, 18, 4);
  entry.size = number_at(header, 22, 4);
  const auto name = static_cast<size_t>(number_at(header, 26, 2)),
             extra = static_cast<size_t>(number_at(header, 28, 2));
  if (!stream_->fill(kHeaderSize + name + extra)) return false;
  entry.name = stream_->ahead().substr(kHeaderSize, name);
  std::string_view fields = stream_->ahead().substr(kHeaderSize + name, extra);
  // Sizes of more than four bytes stand in the extra field 1, the unpacked one first.
  while (fields.size() >= 4) {
    const auto size = static_cast<size_t>(number_at(fields, 2, 2));
    if (number_at(fields, 0, 2) == 1 && size >= 16 && fields.size() >= 20) {
      entry.size = number_at(fields, 4, 8);
      entry.packed = number_at(fields, 12, 8);
    }
    fields.remove_prefix(std::min(4 + size, fields.size()));
  }
  entry.sizes_follow = (entry.flags & kSizesFollow) != 0;
  stream_->skip(kHeaderSize + name + extra);
  return true;
}

std::optional<Result<Page>> Zip::next() {
  for (;;) {
    if (inside_) {
      if (auto page = inside_->next()) return page;
      inside_.reset();
    }
    if (ended_) return std::nullopt;
    if (!to_next_header()) return end(false);
    if (!stream_->ahead().starts_with(kHeader)) return end(true);
    Entry entry;
    if (!take_header(entry)) return end(false);
    ++number_;
    if (auto error = open(entry)) return error;
  }
}

std::optional<Result<Page>> Zip::end(bool regular) {
  ended_ = true;
  if (auto error = stream_->take_error()) return Result<Page>(std::move(*error));
  if (!regular) return Result<Page>(Error{ErrorCode::kBinary, "is a ZIP archive that is cut off", stream_->name()});
  if (number_ == 0) return Result<Page>(Error{ErrorCode::kEmpty, "is a ZIP archive without files", stream_->name()});
  return std::nullopt;
}

std::optional<Result<Page>> Zip::open(const Entry& entry) {
  if (number_ == 1 && entry.name == "[Content_Types].xml") {
    ended_ = true;
    return Result<Page>(Error{ErrorCode::kBinary, "is an office document", stream_->name()});
  }
  const bool known = !entry.sizes_follow || entry.packed > 0;
  if (is_beside(entry.name) && known && entry.method != kStored) {
    skip(entry.packed);
    return std::nullopt;
  }
  auto bytes = bytes_of(entry);
  if (is_beside(entry.name)) {
    const bool office = bytes && entry.name == "mimetype" && bytes->find("opendocument") != std::string::npos;
    if (!office) return std::nullopt;
    ended_ = true;
    return Result<Page>(Error{ErrorCode::kBinary, "is an office document", stream_->name()});
  }
  if (!bytes) return Result<Page>(bytes.error());
  inside_ = open_container(std::make_unique<Stream>(place(entry), std::move(*bytes)), Format::kAuto, 1);
  return std::nullopt;
}

Result<std::string> Zip::bytes_of(const Entry& entry) {
  const auto wrong = [&](ErrorCode code, std::string message) { return Error{code, std::move(message), place(entry)}; };
  const bool known = !entry.sizes_follow || entry.packed > 0;
  std::optional<Error> refused;
  if ((entry.flags & kEncrypted) != 0) {
    refused = wrong(ErrorCode::kBinary, "is encrypted");
  } else if (leads_out(entry.name)) {
    refused = wrong(ErrorCode::kBinary, "has \"..\" in its name, which leads out of the archive; it is not read");
  } else if (entry.method != kStored && entry.method != kDeflated) {
    refused = wrong(ErrorCode::kBinary, "is packed by method " + std::to_string(entry.method) +
                                            " of ZIP, which is not known here (deflate is)");
  } else if (!known && entry.method == kStored) {
    refused = wrong(ErrorCode::kBinary, "is stored without its size");
  } else if (entry.size > kMostBytes || (entry.method == kStored && entry.packed > kMostBytes)) {
    refused = too_large(place(entry), kMostBytes);
  }
  if (refused) {
    if (known) skip(entry.packed);
    return std::move(*refused);
  }
  auto bytes = entry.method == kStored ? stored(entry) : inflated(entry);
  if (!bytes) return bytes;
  uint32_t checksum = entry.checksum;
  if (entry.sizes_follow && stream_->fill(8) && stream_->ahead().starts_with(kSizes)) {
    checksum = static_cast<uint32_t>(number_at(stream_->ahead(), 4, 4));
  } else if (entry.sizes_follow && checksum == 0) {
    return bytes;
  }
  const auto* const data = reinterpret_cast<const Bytef*>(bytes->data());
  if (crc32(0, data, static_cast<uInt>(bytes->size())) == checksum) return bytes;
  return wrong(ErrorCode::kBinary, "is damaged: its checksum is another");
}

Result<std::string> Zip::stored(const Entry& entry) {
  const auto size = static_cast<size_t>(entry.packed);
  if (!stream_->fill(size)) {
    stream_->skip(stream_->ahead().size());
    return Error{ErrorCode::kBinary, "is cut off", place(entry)};
  }
  std::string bytes(stream_->ahead().substr(0, size));
  stream_->skip(size);
  return bytes;
}

Result<std::string> Zip::inflated(const Entry& entry) {
  constexpr size_t kPiece = 1 << 18;
  z_stream stream{};
  if (inflateInit2(&stream, -15) != Z_OK) return Error{ErrorCode::kTooLarge, "needs more memory", place(entry)};
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  const uint64_t begin = stream_->position();
  std::string bytes;
  int state = Z_OK;
  while (state == Z_OK || state == Z_BUF_ERROR) {
    if (stream_->ahead().empty() && !stream_->fill()) return Error{ErrorCode::kBinary, "is cut off", place(entry)};
    const std::string_view ahead = stream_->ahead();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ahead.data()));  // zlib does not write to its input
    stream.avail_in = static_cast<uInt>(ahead.size());
    const size_t before = bytes.size();
    bytes.resize(before + kPiece);
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
    stream.avail_out = kPiece;
    state = inflate(&stream, Z_NO_FLUSH);
    bytes.resize(bytes.size() - stream.avail_out);
    stream_->skip(ahead.size() - stream.avail_in);
    const uint64_t read = stream_->position() - begin;
    const bool bomb = bytes.size() > kSmall && bytes.size() / kMostRatio > read;
    if (!bomb && bytes.size() <= kMostBytes) continue;
    if (!entry.sizes_follow && entry.packed > read) skip(entry.packed - read);
    if (!bomb) return too_large(place(entry), kMostBytes);
    return Error{ErrorCode::kTooLarge,
                 "unpacks to more than " + std::to_string(kMostRatio) + " times its size, as no page does",
                 place(entry)};
  }
  if (state != Z_STREAM_END) return Error{ErrorCode::kBinary, "is damaged", place(entry)};
  return bytes;
}

}  // namespace dragoman::ingest
