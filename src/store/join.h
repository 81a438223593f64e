// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dragoman::store {

/// Words of a text as hashes with weights, sorted by hash, of length one.
using Words = std::vector<std::pair<uint32_t, float>>;

/// The words of a text; rare ones weigh more, by data/stories/words.tsv, so that what two texts have in common does not
/// depend on the texts beside them.
Words words_of(std::string_view text);

/// Cosine, 0 to 1.
double likeness(const Words& a, const Words& b);

/// The words of an article, which is compared with many: where they lie among all hashes says which few are to be
/// looked at, in a tenth of the time.
class Text {
 public:
  explicit Text(Words words);
  /// As of their words.
  double likeness(const Text& other) const;

 private:
  static constexpr unsigned kBucketBits = 13;
  static constexpr size_t kBlocks = (size_t{1} << kBucketBits) / 64;

  /// Those in a bucket that has some.
  std::span<const Words::value_type> words_at(size_t block, uint64_t bit) const;

  Words words_;
  std::array<uint64_t, kBlocks> buckets_{};  // a bit for each that has words
  std::array<uint32_t, kBlocks> before_{};   // how many of them lie before a block of 64
  std::vector<uint32_t> first_;              // of each of them its first word; at the end, how many words there are
};

/// One article's telling of one act, as far as it matters for whether two tell the same. Keys are made by key_of.
struct Report {
  std::string id;         ///< decides ties; unique
  uint32_t document = 0;  ///< index of its text's words
  std::string type;       ///< "" matches every type
  bool negated = false;
  uint32_t stem = 0;                        ///< of the word that tells the act
  std::optional<std::pair<int, int>> days;  ///< first and last, as numbers; none matches all
  std::vector<uint32_t> actors, recipients, places;
  Words sentence;
};

/// Hash of a name or code.
uint32_t key_of(std::string_view name);

/// Hash of the stem of the word that tells an act. "Arrested", "was arresting" and "arrests" have one; so have noun and
/// verb ("nominated", "nominations") and words for one act by data/stories/acts.tsv ("killed", "murder").
uint32_t stem_of(std::string_view trigger);

/// How likely two reports tell the same act: kSame or more is as good as told so, below 0 they cannot.
double sameness(const Report& a, const Report& b, const std::vector<Text>& documents);
inline constexpr double kSame = 0.7;

/// False only for reports whose sameness() is less than kSame whatever their texts are: found without these.
bool may_be_same(const Report& a, const Report& b);

/// What two reports that may be the same have at least one in common of: type and stem, or type, an actor and a
/// recipient.
std::vector<uint64_t> keys_of(const Report& report);

/// Dates of two reports of one act may be so many days apart: it happened at night, or in another time zone.
inline constexpr int kSlack = 1;

/// Largest group of reports whose pairs are all looked at (2 MB of likenesses).
inline constexpr size_t kLargestGroup = 700;

/// For each report the number of its story, and of the group of reports that are connected by pairs of kSame: to join
/// the reports of a group alone gives the same stories of them.
struct Joined {
  std::vector<uint32_t> stories, groups;
};

/// What is joined depends on the set of reports alone, not on their order: average-link clustering, ties broken by id.
/// `before`, if not empty, tells the stories that some of the reports were joined to, the others (0) being new: what
/// these do not touch is not clustered again. Groups of more than `largest` reports are split before they are
/// clustered.
Joined join_reports(const std::vector<Report>& reports, const std::vector<Text>& documents,
                    const std::vector<int64_t>& before = {}, size_t largest = kLargestGroup);

}  // namespace dragoman::store
