// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace dragoman::base {
namespace {

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7F; }

/// Marks the bytes of eight that are 0, and perhaps some behind them.
uint64_t zeros(uint64_t bytes) { return (bytes - 0x0101010101010101U) & ~bytes & 0x8080808080808080U; }

/// How many characters from here on stand in JSON as they are: eight at a time, since nearly all do.
size_t plain_from(std::string_view text, size_t begin) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  size_t at = begin;
  for (; at + sizeof(uint64_t) <= text.size(); at += sizeof(uint64_t)) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const uint64_t low = (bytes - 0x20 * kOnes) & ~bytes & 0x80 * kOnes;  // below 0x20
    if ((low | zeros(bytes ^ '"' * kOnes) | zeros(bytes ^ '\\' * kOnes) | zeros(bytes ^ 0x7F * kOnes)) != 0) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at - begin;
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  comma();
  quote(name);
  out_.push_back(':');
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  comma();
  quote(text);
  return *this;
}

JsonWriter& JsonWriter::value(bool truth) { return raw(truth ? "true" : "false"); }

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  char buffer[32];
  // Whole numbers as integers as far as a double holds them exactly (2^53).
  if (number == std::trunc(number) && std::abs(number) < 9007199254740992.0) return value(static_cast<int64_t>(number));
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return raw({buffer, static_cast<size_t>(end - buffer)});
}

JsonWriter& JsonWriter::value(int64_t number) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return raw({buffer, static_cast<size_t>(end - buffer)});
}

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  comma();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
  comma();
  out_.push_back(bracket);
  need_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  need_comma_ = true;
  return *this;
}

void JsonWriter::comma() {
  if (need_comma_) out_.push_back(',');
  need_comma_ = true;
}

void JsonWriter::quote(std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out_.push_back('"');
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t plain = plain_from(text, at);
    out_.append(text, at, plain);
    at += plain;
    if (at == text.size()) break;
    switch (const char c = text[at]) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        out_ += "\\u00";
        out_.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
        out_.push_back(kDigits[c & 15]);
    }
  }
  out_.push_back('"');
}

}  // namespace dragoman::base
