// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/links.h"

namespace dragoman::linking {

/// An entity while the text is being read.
struct Known {
  Entity entity;
  std::vector<std::string> name_words;  ///< folded, lower case; of the longest name seen
  bool person = false;
  bool plural = false;
  bool anew = false;     ///< brought up by "a" and a noun: somebody of whom no more is told
  char gender = 0;       ///< 'f', 'm' or 0
  std::string province;  ///< whose office somebody holds, where the text tells it: "Texas" of "the Texas governor"
  std::string body;      ///< key of the body that a description puts somebody in: the party of "Tory leader"
  uint32_t named = 0;    ///< how often it was spoken of by a name
  uint32_t introduced = UINT32_MAX;  ///< where the text first gives the full name of a person
  bool country_told = false;         ///< by the text or the knowledge, not by context
  LinkReason reason;                 ///< of the first link; repeated for later mentions by name
};

/// Whether two people are known to be of different sex: 'f', 'm' or 0.
constexpr bool differ_in_sex(char one, char other) { return one != 0 && other != 0 && one != other; }

/// The entities of one text with the ways to find them again: by key, by words of their name, by noun.
class Registry {
 public:
  uint32_t add(Known known);
  Known& operator[](uint32_t id) { return all_[id]; }
  const Known& operator[](uint32_t id) const { return all_[id]; }
  size_t size() const { return all_.size(); }

  std::optional<uint32_t> by_key(const std::string& key) const;
  void set_key(uint32_t id, const std::string& key) { keys_.emplace(key, id); }

  /// The body whose name has all these words, or whose words are all among them; the one most often named if several.
  std::optional<uint32_t> body_named(const std::vector<std::string>& words) const {
    return by_name(words, false, 0, 0);
  }

  /// The person so named, likewise; before others those whom the text has introduced before `at`. `gender` ('f', 'm' or
  /// 0) is what a title tells.
  std::optional<uint32_t> person_named(const std::vector<std::string>& words, uint32_t at, char gender) const {
    const auto fits = by_name(words, true, at, gender);
    return fits ? fits : by_name(words, true, at, 0);  // what a given name tells may be wrong
  }

  /// Notes a name of the entity; keeps the longest.
  void add_name(uint32_t id, const std::vector<std::string>& words, std::string_view shown);

  /// The entity last spoken of with this noun ("minister", "ministry"), if any.
  std::optional<uint32_t> by_noun(const std::string& noun) const;
  void set_noun(const std::string& noun, uint32_t id) { nouns_[noun] = id; }

 private:
  std::optional<uint32_t> by_name(const std::vector<std::string>& words, bool person, uint32_t at, char gender) const;

  std::vector<Known> all_;
  std::unordered_map<std::string, uint32_t> keys_;
  std::unordered_map<std::string, std::vector<uint32_t>> words_;  // name word → entities
  std::unordered_map<std::string, uint32_t> nouns_;
};

}  // namespace dragoman::linking
