// SPDX-License-Identifier: Apache-2.0
#include "ingest/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace dragoman::ingest {
namespace {

constexpr size_t kPiece = 1 << 18;
constexpr int kGzip = 15 + 16, kZlibOrGzip = 15 + 32, kRaw = -15;  // zlib's window bits

Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib does not write to its input
}

std::optional<Unpacked> unpack(std::string_view body, uint64_t most, int bits) {
  z_stream stream{};
  if (inflateInit2(&stream, bits) != Z_OK) return std::nullopt;
  stream.next_in = bytes_of(body);
  stream.avail_in = static_cast<uInt>(body.size());
  Unpacked unpacked;
  std::string& out = unpacked.bytes;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most) {
    const size_t before = out.size();
    out.resize(before + kPiece);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = kPiece;
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (out.size() == before) break;
  }
  const size_t left = stream.avail_in;
  inflateEnd(&stream);
  // A body that was cut off gives what came of it; bytes that are no such stream give nothing.
  if (out.size() > most || (state != Z_STREAM_END && out.empty())) return std::nullopt;
  const bool cut = state == Z_OK || state == Z_BUF_ERROR;
  if (state != Z_STREAM_END) {
    unpacked.fault = (cut ? "is cut off at byte " : "is damaged at byte ") + std::to_string(body.size() - left);
  }
  return unpacked;
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B\x08"); }

struct Gunzip::State {
  MoreBytes packed;
  std::string input;
  z_stream stream{};
  uint64_t before = 0;  // packed bytes before `input`
  bool in_member = false, looking = false, ended = false;

  explicit State(MoreBytes source) : packed(std::move(source)) { inflateInit2(&stream, kGzip); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { inflateEnd(&stream); }

  std::string_view left() const { return std::string_view(input).substr(input.size() - stream.avail_in); }
  uint64_t position() const { return before + input.size() - stream.avail_in; }
  void skip(size_t bytes) {
    stream.next_in += bytes;
    stream.avail_in -= static_cast<uInt>(bytes);
  }

  // Sees that `size` bytes lie ahead; false if fewer are left.
  bool feed(size_t size) {
    while (left().size() < size) {
      before = position();
      input.erase(0, input.size() - stream.avail_in);
      const bool more = packed(input);
      stream.next_in = bytes_of(input);
      stream.avail_in = static_cast<uInt>(input.size());
      if (!more) return left().size() >= size;
    }
    return true;
  }

  // Steps to what looks like the header of a member: mark, deflate, flags that there are.
  bool find_member() {
    while (feed(4)) {
      const std::string_view ahead = left();
      const size_t found = ahead.substr(0, ahead.size() - 1).find("\x1F\x8B\x08");
      if (found == std::string_view::npos) {
        skip(ahead.size() - 3);
      } else if ((static_cast<unsigned char>(ahead[found + 3]) & 0xE0U) != 0) {
        skip(found + 1);
      } else {
        skip(found);
        return true;
      }
    }
    return false;
  }
};

Gunzip::Gunzip(MoreBytes packed) : state_(std::make_unique<State>(std::move(packed))) {}
Gunzip::~Gunzip() = default;

// What only looked like a member after damage is no new fault.
void Gunzip::fail(const char* what) {
  State& s = *state_;
  if (!s.looking) faults_.push_back(what + std::to_string(s.position()));
  s.looking = true;
  s.in_member = false;
  s.ended = !goes_on_;
}

bool Gunzip::begin_member() {
  State& s = *state_;
  if (s.looking) {
    if (!s.find_member()) return false;
  } else {
    // Zeros that fill the last block up are passed over, as gzip does.
    while (s.feed(1) && s.left()[0] == '\0') s.skip(1);
    if (s.left().empty()) return false;
    if (s.left()[0] != '\x1F') {
      fail("holds what is no gzip data from byte ");
      return !s.ended && begin_member();
    }
  }
  inflateReset(&s.stream);
  s.in_member = true;
  return true;
}

bool Gunzip::more(std::string& bytes) {
  State& s = *state_;
  const size_t before = bytes.size();
  while (!s.ended && bytes.size() == before) {
    if (!s.in_member && !begin_member()) {
      s.ended = true;
      break;
    }
    if (!s.feed(1)) {
      fail("is cut off at byte ");
      s.ended = true;
      break;
    }
    bytes.resize(before + kPiece);
    s.stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
    s.stream.avail_out = kPiece;
    const int state = inflate(&s.stream, Z_NO_FLUSH);
    bytes.resize(bytes.size() - s.stream.avail_out);
    if (bytes.size() > before && s.looking) {
      s.looking = false;
      bytes.insert(before, "\r\n\r\n");
    }
    if (state == Z_STREAM_END) s.in_member = false;
    if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) fail("is damaged at byte ");
  }
  return bytes.size() > before;
}

std::optional<Unpacked> unpacked(std::string_view body, uint64_t most) {
  if (auto out = unpack(body, most, kZlibOrGzip)) return out;
  return unpack(body, most, kRaw);
}

}  // namespace dragoman::ingest
