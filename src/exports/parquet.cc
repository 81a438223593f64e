// SPDX-License-Identifier: Apache-2.0
// The file: "PAR1"; for each group of rows a chunk of each column, of one page: header, levels (which values are known:
// length in 4 bytes, one bit-packed run), values; footer in Thrift's compact protocol, its length in 4 bytes, "PAR1".
// https://parquet.apache.org/docs/file-format; numbers of fields and enumerations are those of parquet.thrift.
#include "dragoman/parquet.h"

#include <charconv>
#include <cstring>

namespace dragoman {
namespace {

constexpr uint64_t kGroup = 1U << 16U;  // rows

enum Physical : int32_t { kBoolean = 0, kInt64 = 2, kDouble = 5, kByteArray = 6 };
constexpr int32_t kOptional = 1, kUtf8 = 0, kPlain = 0, kRle = 3, kUncompressed = 0, kDataPage = 0;

Physical physical(const std::string& type) {
  if (type == "integer") return kInt64;
  if (type == "number") return kDouble;
  return type == "boolean" ? kBoolean : kByteArray;
}

template <class T>
void append(std::string& bytes, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  bytes.append(raw, sizeof(T));
}

/// Structures of Thrift's compact protocol.
class Thrift {
 public:
  Thrift& i32(int field, int32_t value) { return header(field, 5).zigzag(value); }
  Thrift& i64(int field, uint64_t value) { return header(field, 6).zigzag(static_cast<int64_t>(value)); }
  Thrift& text(int field, const std::string& value) { return header(field, 8).raw(value); }
  Thrift& begin(int field) {
    header(field, 12);
    return element();
  }
  Thrift& list(int field, size_t size, int type) {
    header(field, 9);
    if (size < 15) {
      bytes_.push_back(static_cast<char>(size << 4U | static_cast<unsigned>(type)));
      return *this;
    }
    bytes_.push_back(static_cast<char>(0xF0U | static_cast<unsigned>(type)));
    return varint(size);
  }
  /// A structure that is an element of a list.
  Thrift& element() {
    last_.push_back(0);
    return *this;
  }
  Thrift& end() {
    bytes_.push_back(0);
    last_.pop_back();
    return *this;
  }
  Thrift& raw(const std::string& text) {
    varint(text.size());
    bytes_ += text;
    return *this;
  }
  Thrift& zigzag(int64_t value) {
    return varint(static_cast<uint64_t>(value) << 1U ^ static_cast<uint64_t>(value >> 63U));
  }
  std::string take() { return std::move(bytes_); }

 private:
  Thrift& header(int field, unsigned type) {
    const int step = field - last_.back();  // below 16 in all structures here
    bytes_.push_back(static_cast<char>(static_cast<unsigned>(step) << 4U | type));
    last_.back() = field;
    return *this;
  }
  Thrift& varint(uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) bytes_.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    bytes_.push_back(static_cast<char>(value));
    return *this;
  }

  std::string bytes_;
  std::vector<int> last_ = {0};  // field of each structure that is open
};

std::string packed(const std::vector<bool>& bits) {
  std::string bytes((bits.size() + 7) / 8, '\0');
  for (size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) bytes[i / 8] = static_cast<char>(static_cast<unsigned char>(bytes[i / 8]) | 1U << i % 8);
  }
  return bytes;
}

std::string levels(const std::vector<bool>& known) {
  std::string run;
  for (uint64_t header = (known.size() + 7) / 8 << 1U | 1U;; header >>= 7U) {
    run.push_back(static_cast<char>((header & 0x7FU) | (header >= 0x80U ? 0x80U : 0U)));
    if (header < 0x80U) break;
  }
  run += packed(known);
  std::string bytes;
  append(bytes, static_cast<uint32_t>(run.size()));
  return bytes + run;
}

template <class T>
bool number(const std::string& cell, std::string& plain) {
  T value{};
  const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || read.ec != std::errc() || read.ptr != cell.data() + cell.size()) return false;
  append(plain, value);
  return true;
}

}  // namespace

ParquetWriter::ParquetWriter(std::vector<Column> columns, Write write)
    : columns_(std::move(columns)), write_(std::move(write)), values_(columns_.size()) {
  put("PAR1");
}

void ParquetWriter::put(std::string_view bytes) {
  write_(bytes);
  written_ += bytes.size();
}

void ParquetWriter::row(const std::vector<std::string>& cells) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    Values& values = values_[i];
    const std::string& cell = cells[i];
    switch (physical(columns_[i].type)) {
      case kInt64: values.known.push_back(number<int64_t>(cell, values.plain)); break;
      case kDouble: values.known.push_back(number<double>(cell, values.plain)); break;
      case kBoolean:
        values.known.push_back(!cell.empty());
        if (!cell.empty()) values.truths.push_back(cell == "true");
        break;
      case kByteArray:
        values.known.push_back(!cell.empty());
        if (cell.empty()) break;
        append(values.plain, static_cast<uint32_t>(cell.size()));
        values.plain += cell;
        break;
    }
  }
  ++rows_;
  if (++in_group_ == kGroup) flush();
}

void ParquetWriter::flush() {
  if (in_group_ == 0) return;
  Group group;
  group.rows = in_group_;
  for (Values& values : values_) {
    const std::string page = levels(values.known) + values.plain + packed(values.truths);
    Thrift header;
    const auto size = static_cast<int32_t>(page.size()), count = static_cast<int32_t>(in_group_);
    header.i32(1, kDataPage).i32(2, size).i32(3, size);
    header.begin(5).i32(1, count).i32(2, kPlain).i32(3, kRle).i32(4, kRle).end().end();
    const uint64_t offset = written_;
    put(header.take());
    put(page);
    group.chunks.push_back({offset, written_ - offset});
    values = Values();
  }
  groups_.push_back(std::move(group));
  in_group_ = 0;
}

std::string ParquetWriter::footer() const {
  Thrift file;
  file.i32(1, 1).list(2, columns_.size() + 1, 12);
  file.element().text(4, "table").i32(5, static_cast<int32_t>(columns_.size())).end();
  for (const Column& column : columns_) {
    const Physical type = physical(column.type);
    file.element().i32(1, type).i32(3, kOptional).text(4, column.name);
    if (type == kByteArray) file.i32(6, kUtf8).begin(10).begin(1).end().end();
    file.end();
  }
  file.i64(3, rows_).list(4, groups_.size(), 12);
  for (const Group& group : groups_) {
    uint64_t bytes = 0;
    file.element().list(1, columns_.size(), 12);
    for (size_t i = 0; i < columns_.size(); ++i) {
      const Chunk& chunk = group.chunks[i];
      bytes += chunk.bytes;
      file.element().i64(2, chunk.offset).begin(3).i32(1, physical(columns_[i].type));
      file.list(2, 2, 5).zigzag(kPlain).zigzag(kRle).list(3, 1, 8).raw(columns_[i].name).i32(4, kUncompressed);
      file.i64(5, group.rows).i64(6, chunk.bytes).i64(7, chunk.bytes).i64(9, chunk.offset).end().end();
    }
    file.i64(2, bytes).i64(3, group.rows).end();
  }
  return file.text(6, "Dragoman").end().take();
}

void ParquetWriter::finish() {
  flush();
  const std::string end = footer();
  std::string size;
  append(size, static_cast<uint32_t>(end.size()));
  put(end);
  put(size);
  put("PAR1");
}

}  // namespace dragoman
