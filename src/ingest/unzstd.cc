// SPDX-License-Identifier: Apache-2.0
#include "ingest/unzstd.h"

#include <brotli/decode.h>
#include <zstd.h>

#include <algorithm>
#include <utility>

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kFrame = "\x28\xB5\x2F\xFD"sv;
// The frame that holds the dictionary of a WARC file (the note "Zstandard compression of WARC files" of the IIPC), one
// of the 16 kinds that are skipped (RFC 8878, 3.1.2).
constexpr std::string_view kDictionary = "\x5D\x2A\x4D\x18"sv;
constexpr size_t kMostDictionary = 16 << 20;
constexpr size_t kPiece = 1 << 18;

size_t size_in(std::string_view header) {
  size_t size = 0;
  for (size_t i = 0; i < 4; ++i) size |= static_cast<size_t>(static_cast<unsigned char>(header[4 + i])) << (8 * i);
  return size;
}

}  // namespace

bool is_zstd(std::string_view bytes) {
  const bool skipped = bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50 &&
                       bytes.substr(1, 3) == kDictionary.substr(1);
  return skipped || bytes.starts_with(kFrame);
}

struct Unzstd::State {
  MoreBytes packed;
  std::string input;
  size_t at = 0;
  uint64_t before = 0;  // packed bytes before `input`
  ZSTD_DCtx* context = ZSTD_createDCtx();
  bool begun = false, in_frame = false, looking = false, ended = false;

  explicit State(MoreBytes source) : packed(std::move(source)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeDCtx(context); }

  std::string_view left() const { return std::string_view(input).substr(at); }

  // Sees that `size` bytes lie ahead; false if fewer are left.
  bool feed(size_t size) {
    while (left().size() < size) {
      before += at;
      input.erase(0, at);
      at = 0;
      if (!packed(input)) return left().size() >= size;
    }
    return true;
  }

  bool find_frame() {
    while (feed(kFrame.size())) {
      const size_t found = left().find(kFrame);
      if (found != std::string_view::npos) {
        at += found;
        return true;
      }
      at += left().size() - (kFrame.size() - 1);
    }
    return false;
  }

  // The dictionary that the file begins with, itself packed or not; false where it is damaged.
  bool read_dictionary() {
    if (!feed(8) || left().substr(0, 4) != kDictionary) return true;
    const size_t size = size_in(left());
    if (size > kMostDictionary || !feed(8 + size)) return false;
    std::string dictionary(left().substr(8, size));
    at += 8 + size;
    if (dictionary.starts_with(kFrame)) {
      auto plain = unpacked_zstd(dictionary, kMostDictionary);
      if (!plain || !plain->fault.empty()) return false;
      dictionary = std::move(plain->bytes);
    }
    return ZSTD_isError(ZSTD_DCtx_loadDictionary(context, dictionary.data(), dictionary.size())) == 0U;
  }

  bool begin_after_damage() {
    if (!find_frame()) return false;
    ZSTD_DCtx_reset(context, ZSTD_reset_session_only);
    in_frame = true;
    return true;
  }
};

Unzstd::Unzstd(MoreBytes packed) : state_(std::make_unique<State>(std::move(packed))) {}
Unzstd::~Unzstd() = default;

// What only looked like a frame after damage is no new fault.
void Unzstd::fail(const char* what) {
  State& s = *state_;
  if (!s.looking) faults_.push_back(what + std::to_string(s.before + s.at));
  if (s.looking) s.at = std::min(s.at + 1, s.input.size());
  s.looking = true;
  s.in_frame = false;
  s.ended = !goes_on_;
}

bool Unzstd::more(std::string& bytes) {
  State& s = *state_;
  if (!s.begun && !s.read_dictionary()) {
    fail("has a damaged dictionary at byte ");
    s.ended = true;
  }
  s.begun = true;
  const size_t from = bytes.size();
  while (!s.ended && bytes.size() == from) {
    if (s.looking && !s.in_frame && !s.begin_after_damage()) {
      s.ended = true;
      break;
    }
    const bool fed = s.feed(1);  // a decoder that holds bytes back gives them without more input
    bytes.resize(from + kPiece);
    ZSTD_outBuffer out{bytes.data() + from, kPiece, 0};
    ZSTD_inBuffer in{s.input.data(), s.input.size(), s.at};
    const size_t state = ZSTD_decompressStream(s.context, &out, &in);
    const bool stuck = in.pos == s.at && out.pos == 0;
    s.at = in.pos;
    bytes.resize(from + out.pos);
    if (out.pos > 0 && s.looking) {
      s.looking = false;
      bytes.insert(from, "\r\n\r\n");
    }
    if (ZSTD_isError(state) != 0U) {
      fail("is damaged at byte ");
    } else if (!fed && stuck) {
      if (s.in_frame) fail("is cut off at byte ");
      s.ended = true;
    } else {
      s.in_frame = state != 0;
    }
  }
  return bytes.size() > from;
}

std::optional<Unpacked> unpacked_zstd(std::string_view body, uint64_t most) {
  if (!body.starts_with(kFrame)) return std::nullopt;
  Unzstd unpacking([body](std::string& bytes) mutable {
    bytes += body;
    return !std::exchange(body, {}).empty();
  });
  Unpacked unpacked;
  while (unpacking.more(unpacked.bytes)) {
    if (unpacked.bytes.size() > most) return std::nullopt;
  }
  if (!unpacking.faults().empty()) unpacked.fault = unpacking.faults().front();
  if (unpacked.bytes.empty() && !unpacked.fault.empty()) return std::nullopt;
  return unpacked;
}

std::optional<Unpacked> unpacked_brotli(std::string_view body, uint64_t most) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (!decoder) return std::nullopt;
  // Bytes that are not right end the decoder, and what it had not yet given is lost; it gives all when it needs more.
  constexpr size_t kBite = 512;
  const auto* next_in = reinterpret_cast<const uint8_t*>(body.data());
  size_t left = std::min(body.size(), kBite), behind = body.size() - left;
  Unpacked unpacked;
  std::string& out = unpacked.bytes;
  for (;;) {
    const size_t before = out.size();
    out.resize(before + kPiece);
    size_t room = kPiece;
    auto* next_out = reinterpret_cast<uint8_t*>(out.data() + before);
    const auto state = BrotliDecoderDecompressStream(decoder.get(), &left, &next_in, &room, &next_out, nullptr);
    out.resize(out.size() - room);
    if (out.size() > most) return std::nullopt;
    if (state == BROTLI_DECODER_RESULT_SUCCESS) return unpacked;
    const bool damaged = state == BROTLI_DECODER_RESULT_ERROR;
    if (damaged || (state == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && behind == 0)) {
      if (out.empty()) return std::nullopt;
      unpacked.fault =
          (damaged ? "is damaged at byte " : "is cut off at byte ") + std::to_string(body.size() - left - behind);
      return unpacked;
    }
    if (state == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
      const size_t bite = std::min(behind, kBite);
      left += bite;
      behind -= bite;
    }
  }
}

}  // namespace dragoman::ingest
