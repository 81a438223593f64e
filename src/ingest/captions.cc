// SPDX-License-Identifier: Apache-2.0
#include "ingest/captions.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"
#include "ingest/lines.h"

namespace dragoman::ingest {
namespace {

using html::Block;
using html::Element;
using html::Tag;

constexpr std::array<std::string_view, 19> kCaptionHints = {
    "caption",     "legend",     "bildunterschrift", "bildtext",       "bildtitel", "img-description", "image-desc",
    "photo-desc",  "media-info", "infotext",         "media-subtitle", "bu-text",   "image-text",      "photo-text",
    "media-title", "foto-titel", "media--lead",      "picture-text",   "absatzbild"};
constexpr std::array<std::string_view, 10> kCreditHints = {"credit", "copyright", "photographer", "agency", "fotograf",
                                                           "source", "quelle",    "attribution",  "rights", "byline"};

template <size_t N>
bool holds(std::string_view hints, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return hints.find(word) != std::string_view::npos; });
}

// "Foto", "Photo by", "(Image credit", "©": with what credits begin in many languages.
constexpr std::array<std::string_view, 26> kCreditStarts = {"foto:",         "foto ",
                                                            "fotos:",        "photo:",
                                                            "photo by",      "photo ",
                                                            "photograph",    "picture:",
                                                            "image:",        "image ",
                                                            "images:",       "bild:",
                                                            "bilder:",       "bild ",
                                                            "credit",        "quelle:",
                                                            "source:",       "copyright",
                                                            "\xC2\xA9",      "\xC2\xA9 ",
                                                            "fot.",          "imagen:",
                                                            "kuva:",         "by ",
                                                            "foto\u011fraf", "\u0424\u043e\u0442\u043e"};

enum class Say { kNothing, kCaption, kCredit };

class Captions {
 public:
  Captions(const html::Outline& page, std::vector<BlockJob>& jobs) : page_(page), jobs_(jobs) {
    hint_says_.resize(page.hints.size());
  }

  void name() {
    find_article();
    std::unordered_set<std::string> seen;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      BlockJob& job = jobs_[b];
      if (job.kept && job.kind != BlockKind::kCaption) continue;
      const bool was_caption = job.kept;
      if (!was_caption && (b < first_ || b > last_)) continue;
      const Say say = says(page_.blocks[b].element);
      if (!was_caption && say != Say::kCaption) continue;
      const char* reason = against(b, say);
      if (reason == nullptr && !seen.insert(fold_line(page_.blocks[b].text)).second) reason = "repeated caption";
      if (reason == nullptr) {
        job = {true, BlockKind::kCaption, ""};
      } else if (was_caption) {
        job = {false, BlockKind::kCaption, reason};
      }
    }
  }

 private:
  // From the headline, or a little before the text, to a little after it.
  void find_article() {
    constexpr size_t kBefore = 15, kAfter = 3;
    size_t title = jobs_.size(), text = jobs_.size(), end = 0;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!jobs_[b].kept) continue;
      if (jobs_[b].kind == BlockKind::kTitle) title = std::min(title, b);
      if (jobs_[b].kind != BlockKind::kParagraph) continue;
      text = std::min(text, b);
      end = b;
    }
    first_ = std::min(title, text > kBefore ? text - kBefore : 0);
    last_ = text == jobs_.size() ? 0 : end + kAfter;
    if (text == jobs_.size()) first_ = 1;
  }

  // What the elements around say: the nearest that says anything, up to the box of the picture.
  Say says(uint32_t element) {
    for (int level = 0; level < 5; ++level) {
      const Element& e = page_.elements[element];
      const Say own = own_say(e);
      if (own != Say::kNothing) return own;
      if (e.parent == element || e.tag == Tag::kArticle || e.tag == Tag::kMain || e.tag == Tag::kA) break;
      element = e.parent;
    }
    return Say::kNothing;
  }

  Say own_say(const Element& e) {
    constexpr uint32_t kLargest = 900;  // bytes of text in what is one picture's
    if (e.text > kLargest) return Say::kNothing;
    auto& known = hint_says_[e.hint];
    if (!known.second) {
      known.second = true;
      known.first = holds(e.hints, kCaptionHints)  ? Say::kCaption
                    : holds(e.hints, kCreditHints) ? Say::kCredit
                                                   : Say::kNothing;
    }
    if (known.first != Say::kNothing) return known.first;
    return e.tag == Tag::kFigcaption ? Say::kCaption : Say::kNothing;
  }

  // Why a block of a figure is no caption; nullptr if it is one.
  const char* against(size_t b, Say say) const {
    const Block& block = page_.blocks[b];
    const std::string& text = block.text;
    constexpr size_t kShortest = 8, kLongest = 700, kLongestCredit = 100;  // bytes
    if (const FurniturePhrase phrase = furniture_phrase(text)) return phrase.reason;
    const std::string_view reason = jobs_[b].reason;
    if (!jobs_[b].kept && (reason == "related" || reason == "newsletter" || reason == "comments")) return "related";
    if (block.link_density() > 0.8 && !ends_sentence(text)) return "related";
    if (say == Say::kNothing && is_in_crowded_figure(block.element)) return "furniture";
    if (is_bare_credit(text) || (say == Say::kCredit && text.size() <= kLongestCredit)) return "credit";
    if (is_date_line(text) || is_byline(text)) return "date";
    if (text.size() < kShortest || text.size() > kLongest) return "furniture";
    if (count_words(text) < 2 && static_cast<unsigned char>(text[0]) < 0x80) return "furniture";
    return nullptr;
  }

  // A figure that nothing says is a picture's and that holds more than its words: a player, a form, a teaser.
  bool is_in_crowded_figure(uint32_t element) const {
    constexpr uint32_t kWordsOfPicture = 2;  // blocks
    const uint32_t figure = page_.ancestor(element, Tag::kFigure);
    if (figure == UINT32_MAX) return false;
    return page_.elements[figure].end_block - page_.elements[figure].first_block > kWordsOfPicture;
  }

  const html::Outline& page_;
  std::vector<BlockJob>& jobs_;
  std::vector<std::pair<Say, bool>> hint_says_;  // by number of the hints; known?
  size_t first_ = 0, last_ = 0;
};

}  // namespace

namespace {

// "Jo Lund/Norpress": names on both sides of a stroke, nothing else.
bool is_maker_and_seller(std::string_view text) {
  if (text.find('/') == std::string_view::npos || ends_sentence(text)) return false;
  bool starts = true;
  for (const char c : text) {
    if (starts && 'a' <= c && c <= 'z') return false;
    if (base::is_ascii_digit(c) || c == ',') return false;
    starts = c == ' ' || c == '/';
  }
  return true;
}

}  // namespace

bool is_bare_credit(std::string_view text) {
  constexpr size_t kLongest = 120;  // bytes
  constexpr int kMostWords = 12, kMostWordsWithout = 7;
  text = base::trim(text);
  if (text.size() > kLongest) return false;
  if (text.starts_with('(') || text.starts_with('[')) text.remove_prefix(1);
  const std::string lower = base::lower_ascii(text);
  const int words = count_words(text);
  if (words <= kMostWordsWithout && is_maker_and_seller(text)) return true;
  const bool starts = std::any_of(kCreditStarts.begin(), kCreditStarts.end(),
                                  [&](std::string_view start) { return lower.starts_with(start); });
  if (starts && words <= kMostWords && lower.find(". ") == std::string::npos) return true;
  return words <= kMostWordsWithout && has_photo_credit(text) && !ends_sentence(text);
}

void name_captions(const html::Outline& page, std::vector<BlockJob>& jobs) { Captions(page, jobs).name(); }

}  // namespace dragoman::ingest
