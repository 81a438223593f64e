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

std::optional<std::string> unpack(std::string_view body, uint64_t most, int bits) {
  z_stream stream{};
  if (inflateInit2(&stream, bits) != Z_OK) return std::nullopt;
  stream.next_in = bytes_of(body);
  stream.avail_in = static_cast<uInt>(body.size());
  std::string out;
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
  inflateEnd(&stream);
  // A body that was cut off gives what came of it; bytes that are no such stream give nothing.
  if (out.size() > most || (state != Z_STREAM_END && out.empty())) return std::nullopt;
  return out;
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B\x08"); }

struct Gunzip::State {
  MoreBytes packed;
  std::string input;
  z_stream stream{};
  bool in_member = false, ended = false;
  std::string fault;

  explicit State(MoreBytes source) : packed(std::move(source)) { inflateInit2(&stream, kGzip); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { inflateEnd(&stream); }

  bool end(const char* why) {
    ended = true;
    fault = why;
    return false;
  }

  // Bytes to work on; false if none are left.
  bool feed() {
    if (stream.avail_in > 0) return true;
    input.clear();
    if (!packed(input) || input.empty()) return false;
    stream.next_in = bytes_of(input);
    stream.avail_in = static_cast<uInt>(input.size());
    return true;
  }
};

Gunzip::Gunzip(MoreBytes packed) : state_(std::make_unique<State>(std::move(packed))) {}
Gunzip::~Gunzip() = default;

bool Gunzip::more(std::string& bytes) {
  State& s = *state_;
  for (const size_t before = bytes.size(); !s.ended;) {
    if (!s.feed()) return s.end(s.in_member ? "is cut off" : "");
    if (!s.in_member) {
      // Zeros or other padding after the last member end the file.
      if (*s.stream.next_in != 0x1F) return s.end("");
      inflateReset(&s.stream);
      s.in_member = true;
    }
    const size_t from = bytes.size();
    bytes.resize(from + kPiece);
    s.stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + from);
    s.stream.avail_out = kPiece;
    const int state = inflate(&s.stream, Z_NO_FLUSH);
    bytes.resize(bytes.size() - s.stream.avail_out);
    if (state == Z_STREAM_END) s.in_member = false;
    if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) s.end("is damaged");
    if (bytes.size() > before) return true;
  }
  return false;
}

const std::string& Gunzip::fault() const { return state_->fault; }

std::optional<std::string> unpacked(std::string_view body, uint64_t most) {
  if (auto out = unpack(body, most, kZlibOrGzip)) return out;
  return unpack(body, most, kRaw);
}

std::optional<std::string> inflated(std::string_view body, uint64_t most) { return unpack(body, most, kRaw); }

}  // namespace dragoman::ingest
