// SPDX-License-Identifier: Apache-2.0
#include "ingest/block_features.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <cstring>
#include <limits>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/boxes.h"
#include "ingest/furniture.h"
#include "ingest/hash_counts.h"
#include "ingest/lines.h"

namespace dragoman::ingest {
namespace {

using html::Block;
using html::Element;
using html::Tag;

constexpr uint32_t kHashStart = 2166136261U;

uint32_t mix(uint32_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

bool is_word_byte(char c) { return base::is_ascii_alpha(c) || base::is_ascii_digit(c) || (c & 0x80) != 0; }

float log_size(double bytes) { return static_cast<float>(std::log2(1.0 + bytes)); }

float share(double part, double whole) { return whole <= 0 ? 0.0F : static_cast<float>(part / whole); }

// Kinds of elements in an order in which neighbours are alike, so that one threshold parts them.
float tag_rank(Tag tag) {
  switch (tag) {
    case Tag::kBody: return 0;
    case Tag::kMain: return 1;
    case Tag::kArticle: return 2;
    case Tag::kSection: return 3;
    case Tag::kDiv: return 4;
    case Tag::kOther: return 5;
    case Tag::kP: return 6;
    case Tag::kPre: return 7;
    case Tag::kBlockquote: return 8;
    case Tag::kH1: return 9;
    case Tag::kH2: return 10;
    case Tag::kH3: return 11;
    case Tag::kH4: return 12;
    case Tag::kH5: return 13;
    case Tag::kH6: return 14;
    case Tag::kDt: return 15;
    case Tag::kDd: return 16;
    case Tag::kLi: return 17;
    case Tag::kOl: return 18;
    case Tag::kUl: return 19;
    case Tag::kTd: return 20;
    case Tag::kTh: return 21;
    case Tag::kTr: return 22;
    case Tag::kTable: return 23;
    case Tag::kFigcaption: return 24;
    case Tag::kFigure: return 25;
    case Tag::kHeader: return 26;
    case Tag::kAside: return 27;
    case Tag::kForm: return 28;
    case Tag::kNav: return 29;
    case Tag::kFooter: return 30;
    default: return 31;
  }
}

float reason_rank(const char* reason) {
  static const std::unordered_map<std::string_view, float> ranks{{"", 0},
                                                                 {"outside the article", 1},
                                                                 {"furniture", 2},
                                                                 {"links", 3},
                                                                 {"related", 4},
                                                                 {"date", 5},
                                                                 {"author-bio", 6},
                                                                 {"byline", 7},
                                                                 {"tags", 8},
                                                                 {"social", 9},
                                                                 {"newsletter", 10},
                                                                 {"advertisement", 11},
                                                                 {"comments", 12},
                                                                 {"sidebar", 13},
                                                                 {"form", 14},
                                                                 {"button", 15},
                                                                 {"pop-up", 16},
                                                                 {"hidden", 17},
                                                                 {"navigation", 18},
                                                                 {"footer", 19},
                                                                 {"copyright", 20},
                                                                 {"legal", 21},
                                                                 {"pull quote", 22},
                                                                 {"gallery", 23},
                                                                 {"rating", 24}};
  if (reason == nullptr) return -1;
  const auto found = ranks.find(reason);
  return found == ranks.end() ? 25.0F : found->second;
}

// The letters and digits of a text in lower case, nothing between them: for finding it in another rendering.
std::string bare_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (base::is_ascii_upper(c)) {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if (base::is_ascii_alpha(c) || base::is_ascii_digit(c)) {
      out.push_back(c);
    }
  }
  return out;
}

std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      const size_t end = text.find('>', i);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (text[i] == '&') {
      const size_t end = text.find(';', i);
      if (end != std::string_view::npos && end - i <= 8) i = end;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// The words that the title, the subtitle and each block have in common. A word is its hash; the title's and the
// subtitle's stand in one table, in which each block marks those it has.
class SharedWords {
 public:
  SharedWords(std::string_view title, std::string_view subtitle) {
    title_ = add(title, kTitle);
    subtitle_ = add(subtitle, kSubtitle);
  }

  struct Shares {
    float in_title, of_title, in_subtitle, of_subtitle;
  };

  Shares of(std::string_view text) {
    ++now_;
    uint32_t own = 0, in_title = 0, in_subtitle = 0;
    each_word(text, [&](uint32_t hash) {
      Slot& slot = slot_of(hash);
      if (slot.seen == now_) return;
      if (slot.owners == 0) slot.hash = hash;  // kept for this block alone
      slot.seen = now_;
      ++own;
      in_title += (slot.owners & kTitle) != 0;
      in_subtitle += (slot.owners & kSubtitle) != 0;
    });
    return {ratio(in_title, own), ratio(in_title, title_), ratio(in_subtitle, own), ratio(in_subtitle, subtitle_)};
  }

 private:
  static constexpr size_t kSlots = 2048;  // the words of three texts of kBytes, and room
  static constexpr size_t kBytes = 600;
  static constexpr uint8_t kTitle = 1, kSubtitle = 2;
  struct Slot {
    uint32_t hash = 0, seen = 0;
    uint8_t owners = 0;
  };

  static float ratio(uint32_t part, uint32_t whole) {
    return whole == 0 ? 0.0F : static_cast<float>(part) / static_cast<float>(whole);
  }

  template <class Do>
  static void each_word(std::string_view text, Do todo) {
    text = text.substr(0, kBytes);
    uint32_t hash = kHashStart;
    bool inside = false;
    for (const char c : text) {
      if (is_word_byte(c)) {
        const char lower = base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
        hash = (hash ^ static_cast<unsigned char>(lower)) * 16777619U;
        inside = true;
      } else if (inside) {
        todo(std::exchange(hash, kHashStart));
        inside = false;
      }
    }
    if (inside) todo(hash);
  }

  uint32_t add(std::string_view text, uint8_t owner) {
    uint32_t words = 0;
    each_word(text, [&](uint32_t hash) {
      Slot& slot = slot_of(hash);
      if ((slot.owners & owner) != 0) return;
      slot.hash = hash;
      slot.owners |= owner;
      ++words;
    });
    return words;
  }

  // The slot of the hash, or the one it would take: empty or left by an earlier block.
  Slot& slot_of(uint32_t hash) {
    size_t at = (hash * 2654435769U) >> 21;
    while ((slots_[at].owners != 0 || slots_[at].seen == now_) && slots_[at].hash != hash) at = (at + 1) % kSlots;
    return slots_[at];
  }

  std::array<Slot, kSlots> slots_{};
  uint32_t now_ = 1;
  uint32_t title_ = 0, subtitle_ = 0;
};

// Elements around a block, one bit each.
enum Around : uint32_t {
  kInArticle = 1,
  kInMain = 2,
  kInAside = 4,
  kInNav = 8,
  kInFooter = 16,
  kInHeader = 32,
  kInFigure = 64,
  kInTable = 128,
  kInList = 256,
  kInQuote = 512,
  kInForm = 1024,
  kInHidden = 2048,
  kInArticleTwice = 4096
};

uint32_t around_of(const Element& e, uint32_t above) {
  uint32_t bits = above;
  switch (e.tag) {
    case Tag::kArticle: bits |= (above & kInArticle) != 0 ? kInArticleTwice : kInArticle; break;
    case Tag::kMain: bits |= kInMain; break;
    case Tag::kAside: bits |= kInAside; break;
    case Tag::kNav: bits |= kInNav; break;
    case Tag::kFooter: bits |= kInFooter; break;
    case Tag::kHeader: bits |= kInHeader; break;
    case Tag::kFigure:
    case Tag::kFigcaption: bits |= kInFigure; break;
    case Tag::kTable: bits |= kInTable; break;
    case Tag::kUl:
    case Tag::kOl:
    case Tag::kDl: bits |= kInList; break;
    case Tag::kBlockquote: bits |= kInQuote; break;
    case Tag::kForm:
    case Tag::kFieldset:
    case Tag::kButton: bits |= kInForm; break;
    default: break;
  }
  if (e.hidden) bits |= kInHidden;
  return bits;
}

// Figures of all blocks that stand in elements of the same names and classes.
struct Group {
  uint32_t blocks = 0, running = 0;
  double text = 0, link = 0;
};

class Builder {
 public:
  Builder(const html::Outline& page, const Metadata& metadata, const RuleEvidence& rules)
      : page_(page), rules_(rules), words_(metadata.title, metadata.subtitle) {
    for (size_t b = 0; b < page.blocks.size(); ++b) {
      const Block& block = page.blocks[b];
      phrases_.push_back(rank_of(rules.facts[b].text.phrase.reason));
      sizes_.push_back(log_size(static_cast<double>(block.text.size())));
      densities_.push_back(static_cast<float>(block.link_density()));
    }
    read_elements();
    read_groups();
    read_order();
    body_ = bare_letters(without_tags(metadata.structured.body));
    constexpr size_t kLeastBody = 200, kMostWork = 50'000'000;  // bytes; each block is looked for in the whole body
    if (body_.size() < kLeastBody || body_.size() * page.blocks.size() > kMostWork) body_.clear();
    for (size_t i = 0; i + kStretch <= body_.size(); ++i) stretches_[place_of(body_.data() + i)] = true;
  }

  BlockFeatures all() {
    BlockFeatures out;
    std::array<float, kMostColumns> row;
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      at_ = b == 0 ? row.data() : out.values.data() + b * out.width;
      own(b);
      tree(b);
      order(b);
      if (b > 0) continue;
      out.width = static_cast<size_t>(at_ - row.data());
      out.values.resize(out.width * page_.blocks.size());
      std::copy_n(row.data(), out.width, out.values.data());
    }
    return out;
  }

 private:
  void put(float value) { *at_++ = value; }
  void put(double value) { *at_++ = static_cast<float>(value); }
  void flag(bool value) { *at_++ = value ? 1.0F : 0.0F; }

  // Reasons are few, and each is one literal or a few.
  float rank_of(const char* reason) {
    for (const auto& [known, rank] : ranks_) {
      if (known == reason) return rank;
    }
    ranks_.emplace_back(reason, reason_rank(reason));
    return ranks_.back().second;
  }

  float hint_rank(uint32_t i) {
    float& rank = hint_ranks_[element(i).hint];
    if (std::isnan(rank)) rank = rank_of(furniture_hint(element(i).hints));
    return rank;
  }

  const Element& element(uint32_t i) const { return page_.elements[i]; }

  void read_elements() {
    const size_t count = page_.elements.size();
    around_.resize(count);
    path_.resize(count);
    running_blocks_.resize(count);
    hint_ranks_.assign(page_.hints.size(), std::numeric_limits<float>::quiet_NaN());
    box_sizes_.resize(count);
    wider_.resize(count);
    for (uint32_t i = 0; i < count; ++i) {
      const Element& e = element(i);
      const bool top = e.parent == i;
      box_sizes_[i] = log_size(e.text);
      const Element& above = element(e.parent);
      const bool wider = above.end_block - above.first_block > e.end_block - e.first_block;
      wider_[i] = wider || top ? e.parent : wider_[e.parent];
      around_[i] = around_of(e, top ? 0 : around_[e.parent]);
      // Digits in names number things ("post-4711"): they do not tell kinds apart.
      uint32_t own = mix(kHashStart, e.node.name());
      for (const char c : e.hints) {
        if (!base::is_ascii_digit(c)) own = (own ^ static_cast<unsigned char>(c)) * 16777619U;
      }
      own_path_.push_back(own);
      path_[i] = top ? own : own * 31U + own_path_[e.parent];
    }
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      if (rules_.facts[b].running) ++running_blocks_[page_.blocks[b].element];
    }
    for (size_t i = count; i-- > 1;) running_blocks_[element(static_cast<uint32_t>(i)).parent] += running_blocks_[i];
  }

  void read_groups() {
    const size_t count = page_.blocks.size();
    HashCounts groups(count), same(count);
    for (size_t b = 0; b < count; ++b) {
      const Block& block = page_.blocks[b];
      group_.push_back(groups.add(path_[block.element]));
      same_.push_back(same.add(base::quick_hash(block.text)));
      groups_.resize(groups.size());
      Group& group = groups_[group_.back()];
      ++group.blocks;
      group.running += rules_.facts[b].running;
      group.text += static_cast<double>(block.text.size());
      group.link += block.link;
    }
    for (uint32_t& number : same_) number = same.count(number);
  }

  // Sums from the first block on, so that any stretch is one subtraction; where title and text stand.
  void read_order() {
    text_sum_.push_back(0);
    running_sum_.push_back(0);
    link_sum_.push_back(0);
    line_sum_.push_back(0);
    kept_sum_.push_back(0);
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const Block& block = page_.blocks[b];
      const auto bytes = static_cast<double>(block.text.size());
      text_sum_.push_back(text_sum_.back() + bytes);
      running_sum_.push_back(running_sum_.back() + (rules_.facts[b].running ? bytes : 0.0));
      link_sum_.push_back(link_sum_.back() + block.link);
      line_sum_.push_back(line_sum_.back() + static_cast<double>(rules_.line_body[b]));
      kept_sum_.push_back(kept_sum_.back() + (rules_.jobs[b].kept ? bytes : 0.0));
      if (rules_.jobs[b].kept && rules_.jobs[b].kind == BlockKind::kTitle && title_at_ == kNone) title_at_ = b;
      if (rules_.jobs[b].kept && rules_.facts[b].running) {
        first_kept_ = std::min(first_kept_, b);
        last_kept_ = b;
      }
      if (element(block.element).tag == Tag::kH1 && heading_at_ == kNone) heading_at_ = b;
    }
  }

  // The text alone.
  void own(size_t b) {
    const Block& block = page_.blocks[b];
    const BlockFacts& facts = rules_.facts[b];
    const auto words = static_cast<double>(std::max(facts.text.counted, 1));
    at_ = std::copy_n(rules_.lines[b].data(), kOwnFeatures + kContextFeatures, at_);
    put(rules_.line_body[b]);
    put(sizes_[b]);
    put(static_cast<float>(facts.text.counted));
    put(densities_[b]);
    put(share(block.strong, static_cast<double>(block.text.size())));
    put(static_cast<double>(facts.text.commas) / words);
    put(static_cast<float>(facts.text.ends));
    put(static_cast<double>(facts.text.ends) / words);
    put(static_cast<float>(facts.text.line_ends));
    flag(facts.running);
    put(phrases_[b]);
    put(rank_of(facts.label));
    flag(facts.call);
    flag(facts.byline);
    const auto shared = words_.of(block.text);
    put(shared.in_title);
    put(shared.of_title);
    put(shared.in_subtitle);
    put(shared.of_subtitle);
    put(static_cast<float>(same_[b]));
    structured(block);
  }

  // Where JSON-LD gives the text of the article: is the block in it?
  void structured(const Block& block) {
    put(log_size(static_cast<double>(body_.size())));
    if (body_.empty()) {
      put(-1.0F);
      put(-1.0F);
      return;
    }
    const std::string bare = bare_letters(block.text);
    const bool all = bare.size() >= 12 && in_body(bare);
    flag(all);
    flag(all || (bare.size() >= 24 && in_body(std::string_view(bare).substr(0, 24))));
  }

  // Most that is not there has no stretch in common with the body at its begin, middle or end.
  bool in_body(std::string_view bare) const {
    for (const size_t at : {size_t{0}, (bare.size() - kStretch) / 2, bare.size() - kStretch}) {
      if (!stretches_[place_of(bare.data() + at)]) return false;
    }
    return ::memmem(body_.data(), body_.size(), bare.data(), bare.size()) != nullptr;
  }

  static size_t place_of(const char* stretch) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, stretch, kStretch);
    return (bytes * 0x9E3779B97F4A7C15ULL) >> 48;
  }

  // The elements around.
  void tree(size_t b) {
    const Block& block = page_.blocks[b];
    const uint32_t own = block.element;
    const Element& e = element(own);
    put(static_cast<float>(e.depth));
    put(tag_rank(e.tag));
    put(tag_rank(element(e.parent).tag));
    for (uint32_t bit = 1; bit <= kInArticleTwice; bit <<= 1) flag((around_[own] & bit) != 0);
    put(rank_of(rules_.reasons[own]));
    put(hint_rank(own));
    put(hint_rank(e.parent));
    const auto all_running = static_cast<double>(std::max<size_t>(rules_.running[0], 1));
    // Each wider element around that holds more blocks than the one before.
    uint32_t at = own;
    for (int level = 0; level < 5; ++level) {
      const Element& box = element(at);
      put(box_sizes_[at]);
      put(box.link_density());
      put(share(static_cast<double>(rules_.running[at]), all_running));
      put(static_cast<float>(running_blocks_[at]));
      put(share(running_blocks_[at], box.end_block - box.first_block));
      put(static_cast<float>(std::min<uint32_t>(box.end_block - box.first_block, 200)));
      put(tag_rank(box.tag));
      put(share(rules_.scores[at], rules_.scores[rules_.root]));
      if (level > 0) put(share(static_cast<double>(b - box.first_block), box.end_block - box.first_block));
      at = wider_[at];
    }
    const Group& group = groups_[group_[b]];
    put(static_cast<float>(group.blocks));
    put(share(group.running, group.blocks));
    put(share(group.link, group.text));
    put(share(group.text, text_sum_.back()));
    put(log_size(group.text / group.blocks));
    root(b, own);
  }

  void root(size_t b, uint32_t own) {
    const Element& top = element(rules_.root);
    flag(rules_.root <= own && own < top.end);
    put(static_cast<float>(element(own).depth) - static_cast<float>(top.depth));
    const auto blocks = static_cast<double>(std::max<uint32_t>(top.end_block - top.first_block, 1));
    put((static_cast<double>(b) - static_cast<double>(top.first_block)) / blocks);
    put(share(static_cast<double>(rules_.running[rules_.root]), static_cast<double>(rules_.running[0])));
    const BlockJob& job = rules_.jobs[b];
    flag(job.kept);
    put(job.kept ? static_cast<float>(job.kind) : -1.0F);
    put(job.kept ? -1.0F : rank_of(job.reason));
  }

  static float distance(size_t b, size_t to) {
    if (to == kNone) return -200;
    const double blocks = static_cast<double>(b) - static_cast<double>(to);
    return static_cast<float>(std::clamp(blocks, -100.0, 100.0));
  }

  float stretch(const std::vector<double>& sums, ptrdiff_t from, ptrdiff_t to) const {
    const auto count = static_cast<ptrdiff_t>(page_.blocks.size());
    const auto first = static_cast<size_t>(std::clamp<ptrdiff_t>(from, 0, count));
    const auto last = static_cast<size_t>(std::clamp<ptrdiff_t>(to, 0, count));
    return last <= first ? 0.0F : static_cast<float>(sums[last] - sums[first]);
  }

  // What stands before and after.
  void order(size_t b) {
    const auto i = static_cast<ptrdiff_t>(b);
    put(static_cast<float>(page_.blocks.size()));
    put(share(text_sum_[b], text_sum_.back()));
    put(share(running_sum_[b], running_sum_.back()));
    put(share(kept_sum_[b], kept_sum_.back()));
    put(log_size(kept_sum_.back()));
    put(share(kept_sum_.back(), running_sum_.back()));
    put(distance(b, title_at_));
    put(distance(b, heading_at_));
    put(distance(b, first_kept_));
    put(distance(b, last_kept_));
    for (const ptrdiff_t reach : {2, 6, 16}) {
      const double before = static_cast<double>(stretch(text_sum_, i - reach, i));
      const double after = static_cast<double>(stretch(text_sum_, i + 1, i + 1 + reach));
      put(share(static_cast<double>(stretch(running_sum_, i - reach, i)), before));
      put(share(static_cast<double>(stretch(running_sum_, i + 1, i + 1 + reach)), after));
      put(share(static_cast<double>(stretch(link_sum_, i - reach, i)), before));
      put(share(static_cast<double>(stretch(link_sum_, i + 1, i + 1 + reach)), after));
      put(share(static_cast<double>(stretch(kept_sum_, i - reach, i)), before));
      put(share(static_cast<double>(stretch(kept_sum_, i + 1, i + 1 + reach)), after));
      put(stretch(line_sum_, i - reach, i) / static_cast<float>(reach));
      put(stretch(line_sum_, i + 1, i + 1 + reach) / static_cast<float>(reach));
    }
    for (const ptrdiff_t step : {-1, 1, -2, 2}) neighbour(b, i + step);
  }

  void neighbour(size_t b, ptrdiff_t n) {
    if (n < 0 || n >= static_cast<ptrdiff_t>(page_.blocks.size())) {
      for (int k = 0; k < 9; ++k) put(-1.0F);
      return;
    }
    const auto at = static_cast<size_t>(n);
    const Block& block = page_.blocks[at];
    put(sizes_[at]);
    put(densities_[at]);
    flag(rules_.facts[at].running);
    flag(rules_.jobs[at].kept);
    put(rules_.line_body[at]);
    put(tag_rank(element(block.element).tag));
    flag(path_[block.element] == path_[page_.blocks[b].element]);
    flag(element(block.element).parent == element(page_.blocks[b].element).parent);
    put(phrases_[at]);
  }

  static constexpr size_t kNone = SIZE_MAX;
  static constexpr size_t kMostColumns = 1024;
  static constexpr size_t kStretch = 8;  // bytes of the body looked up at once

  const html::Outline& page_;
  const RuleEvidence& rules_;
  SharedWords words_;
  float* at_ = nullptr;  // where the next number goes
  std::vector<std::pair<const char*, float>> ranks_;
  std::vector<float> phrases_, sizes_, densities_;                           // one a block
  std::vector<uint32_t> group_, same_;                                       // one a block
  std::vector<uint32_t> around_, own_path_, path_, running_blocks_, wider_;  // one an element
  std::vector<float> box_sizes_;                                             // one an element
  std::vector<float> hint_ranks_;                                            // one for each kind of hints
  std::vector<Group> groups_;
  std::vector<double> text_sum_, running_sum_, link_sum_, line_sum_, kept_sum_;
  std::string body_;
  std::bitset<1 << 16> stretches_;  // of the body, by hash
  size_t title_at_ = kNone, heading_at_ = kNone, first_kept_ = kNone, last_kept_ = kNone;
};

}  // namespace

BlockFacts facts_of(const html::Block& block, std::string_view folded_title, std::string_view folded_subtitle) {
  BlockFacts facts;
  facts.text = facts_of(block.text, folded_title);
  facts.running =
      block.text.size() >= 60 && block.link_density() < 0.4 && facts.text.counted >= 8 && facts.text.sentence;
  facts.call = is_call(block);
  facts.byline = is_byline(block.text);
  facts.subtitle = block.text.size() > 20 && FoldedLine(block.text).text() == folded_subtitle;
  facts.label = label_of_box(block);
  return facts;
}

BlockFeatures block_features(const html::Outline& page, const Metadata& metadata, const RuleEvidence& rules) {
  return Builder(page, metadata, rules).all();
}

std::vector<uint32_t> hint_terms(std::string_view hints) {
  std::vector<uint32_t> terms;
  std::string_view before;
  for (size_t i = 0; i < hints.size();) {
    while (i < hints.size() && !base::is_ascii_alpha(hints[i])) ++i;
    size_t end = i;
    while (end < hints.size() && base::is_ascii_alpha(hints[end])) ++end;
    const std::string_view word = hints.substr(i, end - i);
    if (word.size() > 1) {
      terms.push_back(mix(kHashStart, word));
      if (!before.empty()) terms.push_back(mix(mix(mix(kHashStart, before), "-"), word));
      before = word;
    }
    i = end;
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

std::vector<uint32_t> word_terms(std::string_view text) {
  std::vector<uint32_t> terms;
  word_terms(text, terms);
  return terms;
}

void word_terms(std::string_view text, std::vector<uint32_t>& terms) {
  constexpr size_t kWords = 12, kBytes = 240;
  terms.clear();
  text = text.substr(0, kBytes);
  const auto lower = [](char c) { return base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto add = [&](uint32_t hash, std::string_view word) {
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(lower(c))) * 16777619U;
    return hash;
  };
  std::string_view before;
  size_t words = 0;
  for (size_t i = 0; i < text.size() && words < kWords; ++words) {
    while (i < text.size() && !is_word_byte(text[i])) ++i;
    size_t end = i;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    if (end == i) break;
    const std::string_view word = base::is_ascii_digit(text[i]) ? std::string_view("0") : text.substr(i, end - i);
    const uint32_t hash = add(kHashStart, word);
    terms.push_back(hash);
    terms.push_back(add(mix(hash, " "), before));
    before = word;
    i = end;
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace dragoman::ingest
