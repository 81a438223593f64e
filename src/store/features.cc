// SPDX-License-Identifier: Apache-2.0
// Bytes of a report: type (length, letters), negated, stem, days (present, first, last), actors, recipients, places
// (count, then 4 bytes each), words of the sentence (hash and weight, 4 bytes each, to the end).
#include "store/features.h"

#include <cstring>

namespace dragoman::store {
namespace {

template <class T>
void put(std::string& bytes, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  bytes.append(raw, sizeof(T));
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  T get() {
    T value{};
    if (bytes_.size() >= sizeof(T)) {
      std::memcpy(&value, bytes_.data(), sizeof(T));
      bytes_.remove_prefix(sizeof(T));
    } else {
      bytes_ = {};
    }
    return value;
  }
  std::string_view take(size_t count) {
    const std::string_view head = bytes_.substr(0, count);
    bytes_.remove_prefix(head.size());
    return head;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

void put(std::string& bytes, const std::vector<uint32_t>& keys) {
  put(bytes, static_cast<uint16_t>(keys.size()));
  for (const uint32_t key : keys) put(bytes, key);
}

std::vector<uint32_t> keys_from(Bytes& bytes) {
  std::vector<uint32_t> keys;
  const auto count = bytes.get<uint16_t>();
  for (uint16_t i = 0; i < count && !bytes.rest().empty(); ++i) keys.push_back(bytes.get<uint32_t>());
  return keys;
}

}  // namespace

std::string to_bytes(const Words& words) {
  std::string bytes;
  bytes.reserve(words.size() * 8);
  for (const auto& [word, weight] : words) {
    put(bytes, word);
    put(bytes, weight);
  }
  return bytes;
}

Words words_from(std::string_view bytes) {
  Words words;
  words.reserve(bytes.size() / 8);
  for (Bytes left(bytes); left.rest().size() >= 8;) {
    const auto word = left.get<uint32_t>();
    words.emplace_back(word, left.get<float>());
  }
  return words;
}

std::string to_bytes(const Report& report) {
  std::string bytes;
  put(bytes, static_cast<uint8_t>(report.type.size()));
  bytes += report.type;
  put(bytes, static_cast<uint8_t>(report.negated ? 1 : 0));
  put(bytes, report.stem);
  put(bytes, static_cast<uint8_t>(report.days ? 1 : 0));
  put(bytes, static_cast<int32_t>(report.days ? report.days->first : 0));
  put(bytes, static_cast<int32_t>(report.days ? report.days->second : 0));
  put(bytes, report.actors);
  put(bytes, report.recipients);
  put(bytes, report.places);
  return bytes + to_bytes(report.sentence);
}

Report report_from(std::string_view bytes) {
  Bytes left(bytes);
  Report report;
  report.type = left.take(left.get<uint8_t>());
  report.negated = left.get<uint8_t>() != 0;
  report.stem = left.get<uint32_t>();
  const bool dated = left.get<uint8_t>() != 0;
  const auto first = left.get<int32_t>(), last = left.get<int32_t>();
  if (dated) report.days = {first, last};
  report.actors = keys_from(left);
  report.recipients = keys_from(left);
  report.places = keys_from(left);
  report.sentence = words_from(left.rest());
  return report;
}

int64_t mark_of(std::string_view bytes) {
  uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a, then splitmix64's finalizer
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9U;
  hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<int64_t>(hash ^ (hash >> 31U));
}

}  // namespace dragoman::store
