// SPDX-License-Identifier: Apache-2.0
#include "ingest/html_body.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "ingest/block_features.h"
#include "ingest/block_model.h"
#include "ingest/boxes.h"
#include "ingest/captions.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"
#include "ingest/lines.h"
#include "ingest/text_runs.h"

namespace dragoman::ingest {
namespace {

using html::Block;
using html::Element;
using html::Tag;

bool is_heading(Tag tag) { return Tag::kH1 <= tag && tag <= Tag::kH6; }

bool is_table_part(Tag tag) {
  return tag == Tag::kTd || tag == Tag::kTh || tag == Tag::kTr || tag == Tag::kTbody || tag == Tag::kThead ||
         tag == Tag::kTfoot || tag == Tag::kTable;
}

// Elements that hold text itself rather than blocks of it.
bool is_leaf(Tag tag) {
  return tag == Tag::kP || tag == Tag::kPre || is_heading(tag) || tag == Tag::kTd || tag == Tag::kTh ||
         tag == Tag::kLi || tag == Tag::kDd || tag == Tag::kDt || tag == Tag::kFigcaption;
}

bool has_word(std::string_view hints, std::string_view word) {
  for (size_t at = hints.find(word); at != std::string_view::npos; at = hints.find(word, at + 1)) {
    const bool starts = at == 0 || !base::is_ascii_alpha(hints[at - 1]);
    const size_t end = at + word.size();
    if (starts && (end == hints.size() || !base::is_ascii_alpha(hints[end]))) return true;
  }
  return false;
}

bool any_word(std::string_view hints, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return has_word(hints, word); });
}

class Finder {
 public:
  Finder(const html::Outline& page, const Metadata& metadata) : page_(page), metadata_(metadata) {
    const size_t count = page.elements.size();
    running_.assign(count, 0);
    headings_.assign(count, 0);
    reason_.assign(count, nullptr);
    score_.assign(count, 0.0);
    jobs_.resize(page.blocks.size());
    hint_reasons_.resize(page.hints.size());
    const std::string title = fold_line(metadata.title), subtitle = fold_line(metadata.subtitle);
    facts_.reserve(page.blocks.size());
    for (const Block& block : page.blocks) facts_.push_back(facts_of(block, title, subtitle));
  }

  HtmlBody find() {
    if (page_.elements.empty()) return {};
    apply_rules();
    apply_model(body_probabilities(page_, features()));
    drop_other_articles();
    name_captions(page_, jobs_);
    return result();
  }

  BodyLesson lesson() {
    if (page_.elements.empty()) return {};
    apply_rules();
    return {jobs_, features()};
  }

 private:
  BlockFeatures features() const {
    return block_features(page_, metadata_, {jobs_, reason_, score_, running_, facts_, lines_, body_, root_});
  }

  // The model has the last word on what is text; the rules name titles, bylines and captions.
  void apply_model(const std::vector<float>& text) {
    constexpr float kText = 0.4F;  // the best F1 of sites not trained on
    // Pages of a few blocks, saved or written by hand, are none of those the model was trained on.
    constexpr size_t kFewBlocks = 30;
    text_ = text;
    if (std::none_of(text.begin(), text.end(), [](float p) { return p > kText; })) return;
    if (jobs_.size() < kFewBlocks) return name_subtitle();
    // Before the text, what the head says too is a subtitle, unless it is surely the first paragraph, repeated there.
    // (Collections differ in whether subtitles are text; here they have a field of their own.)
    constexpr float kSurelyText = 0.8F;
    bool begun = false;
    std::vector<size_t> doubtful;  // text to the rules and none to the model
    for (size_t b = 0; b < jobs_.size(); ++b) {
      BlockJob& job = jobs_[b];
      const bool told = is_subtitle(page_.blocks[b]);
      if (!begun && told && kText < text[b] && text[b] < kSurelyText) {
        job = {true, BlockKind::kSubtitle, ""};
        continue;
      }
      begun = begun || (text[b] > kText && is_running(page_.blocks[b]));
      if (job.kept && job.kind == BlockKind::kTitle) continue;
      const bool was_text = job.kept && job.kind != BlockKind::kByline && job.kind != BlockKind::kCaption;
      if (text[b] > limit_of(b, was_text, kText)) {
        job = {true, was_text && job.kind != BlockKind::kSubtitle ? job.kind : text_kind(page_.blocks[b]), ""};
      } else if (was_text) {
        const bool subtitle = told || job.kind == BlockKind::kSubtitle;
        job = subtitle ? BlockJob{true, BlockKind::kSubtitle, ""} : BlockJob{false, job.kind, "furniture"};
        if (!subtitle) doubtful.push_back(b);
      }
    }
    keep_text_runs(page_, doubtful, jobs_);
  }

  // Short blocks are where the model errs most: what the words or the place of one say to the rules makes it ask for
  // more, or less, before it thinks otherwise. Cells and quotations are rare in what it was trained on.
  float limit_of(size_t b, bool was_text, float limit) const {
    constexpr float kAgainstRules = 0.7F, kWithRules = 0.2F;
    const BlockJob& job = jobs_[b];
    if (is_running(page_.blocks[b])) return limit;
    const std::string_view reason = job.reason;
    if (!job.kept) return reason == "outside the article" || reason == "furniture" ? limit : kAgainstRules;
    const bool rare = job.kind == BlockKind::kHeading || job.kind == BlockKind::kQuote || job.kind == BlockKind::kTable;
    return was_text && rare ? kWithRules : limit;
  }

  // The description of the head, where it stands on the page before the text.
  void name_subtitle() {
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!jobs_[b].kept || jobs_[b].kind != BlockKind::kParagraph) continue;
      if (!is_subtitle(page_.blocks[b])) return;
      jobs_[b].kind = BlockKind::kSubtitle;
    }
  }

  BlockKind text_kind(const Block& block) const {
    const BlockKind kind = kind_of(block);
    return kind == BlockKind::kCaption ? BlockKind::kParagraph : kind;
  }

  void apply_rules() {
    add_up();
    mark_furniture();
    add_up_clean();
    score();
    choose_root();
    keep_blocks();
    drop_sections();
    drop_link_lists();
    drop_boxes();
    drop_pull_quotes();
    trim_edges();
    name_title();
    keep_head();
  }

  const Element& element(uint32_t i) const { return page_.elements[i]; }
  const BlockFacts& facts(const Block& block) const {
    return facts_[static_cast<size_t>(&block - page_.blocks.data())];
  }
  bool is_running(const Block& block) const { return facts(block).running; }

  // Running text and <h1> below each element.
  void add_up() {
    for (const Block& block : page_.blocks) {
      if (is_running(block)) running_[block.element] += block.text.size();
    }
    for (uint32_t i = 0; i < running_.size(); ++i) headings_[i] += element(i).tag == Tag::kH1;
    for (size_t i = running_.size(); i-- > 1;) {
      running_[element(static_cast<uint32_t>(i)).parent] += running_[i];
      headings_[element(static_cast<uint32_t>(i)).parent] += headings_[i];
    }
  }

  const char* tag_reason(uint32_t i) const {
    switch (element(i).tag) {
      case Tag::kNav: return "navigation";
      case Tag::kFooter: return "footer";
      case Tag::kAside: return "sidebar";
      case Tag::kForm:
      case Tag::kFieldset:
      case Tag::kLabel:
      case Tag::kLegend: return "form";
      case Tag::kButton: return "button";
      case Tag::kDialog: return "pop-up";
      case Tag::kHeader: return headings_[i] == 0 && !page_.inside(i, Tag::kArticle) ? "navigation" : nullptr;
      default: return nullptr;
    }
  }

  // Names are not always meant as they sound ("has-sidebar", "newsletter-article"): what holds much of the
  // page's running text, or its headline, is not furniture.
  bool is_too_much(uint32_t i, const char* reason) const {
    const double all = static_cast<double>(std::max<size_t>(running_[0], 1));
    const double share = static_cast<double>(running_[i]) / all;
    if (std::string_view(reason) == "comments") return share > 0.9 || headings_[i] > 0;
    if (std::string_view(reason) == "footer" || std::string_view(reason) == "navigation") return share > 0.4;
    return share > 0.3 || (headings_[i] > 0 && running_[i] > 200);
  }

  // What the words of an element's class say, looked up once for each kind of hints.
  const char* hint_reason(uint32_t i) {
    std::optional<const char*>& reason = hint_reasons_[element(i).hint];
    if (!reason) reason = furniture_hint(element(i).hints);
    return *reason;
  }

  void mark_furniture() {
    for (uint32_t i = 1; i < reason_.size(); ++i) {
      reason_[i] = reason_[element(i).parent];
      if (reason_[i] != nullptr) continue;
      const char* reason = element(i).hidden ? "hidden" : tag_reason(i);
      const Tag tag = element(i).tag;
      if (reason == nullptr && tag != Tag::kArticle && tag != Tag::kMain && !is_heading(tag)) {
        reason = hint_reason(i);
      }
      if (reason != nullptr && !is_too_much(i, reason)) reason_[i] = reason;
    }
  }

  // Each block gives its weight to the elements around it, less the farther they are; links take it away.
  // (The idea is Readability's: Arc90, 2009.)
  void score() {
    for (const Block& block : page_.blocks) {
      if (reason_[block.element] != nullptr || block.text.size() < 25) continue;
      const auto commas = static_cast<double>(std::count(block.text.begin(), block.text.end(), ','));
      const double weight = (1 + commas + std::min(static_cast<double>(block.text.size()) / 100, 3.0)) *
                            (1 - block.link_density()) * (is_running(block) ? 1.0 : 0.4);
      uint32_t at = is_leaf(element(block.element).tag) ? element(block.element).parent : block.element;
      for (int level = 0; level < 6; ++level) {
        score_[at] += weight / (level == 0 ? 1.0 : level == 1 ? 1.5 : level * 2.5);
        if (element(at).parent == at) break;
        at = element(at).parent;
      }
    }
    for (uint32_t i = 0; i < score_.size(); ++i) {
      if (score_[i] <= 0) continue;
      const Element& e = element(i);
      if (e.tag == Tag::kArticle || e.tag == Tag::kMain) score_[i] *= 1.2;
      if (any_word(e.hints, {"article-body", "articlebody", "entry-content", "post-content", "story-body", "article",
                             "story", "entry", "post", "content", "body", "text"})) {
        score_[i] *= 1.15;
      }
      if (e.hints.find("article-body") != std::string::npos) score_[i] *= 1.5;
      score_[i] *= 1 - e.link_density();
    }
  }

  void choose_root() {
    uint32_t best = 0;
    for (uint32_t i = 0; i < score_.size(); ++i) {
      if (reason_[i] == nullptr && score_[i] > score_[best]) best = i;
    }
    root_ = best;
    // Up, as long as the element around holds much more running text of the same article: split bodies.
    for (uint32_t up = element(root_).parent; up != root_; up = element(up).parent) {
      const double own = static_cast<double>(clean_running(root_));
      const double around = static_cast<double>(clean_running(up));
      const bool is_page = up == 0;
      if (around > own * (is_page ? 1.6 : 1.25) && score_[up] > score_[best] * 0.25) root_ = up;
      if (is_page) break;
    }
  }

  // Running text below that is not furniture.
  size_t clean_running(uint32_t i) const { return clean_[element(i).end_block] - clean_[element(i).first_block]; }

  void add_up_clean() {
    clean_.assign(1, 0);
    for (const Block& block : page_.blocks) {
      const bool clean = reason_[block.element] == nullptr && is_running(block);
      clean_.push_back(clean_.back() + (clean ? block.text.size() : 0));
    }
  }

  bool in_root(uint32_t i) const { return root_ <= i && i < element(root_).end; }

  BlockKind kind_of(const Block& block) const {
    const Tag tag = element(block.element).tag;
    if (tag == Tag::kFigcaption || page_.inside(block.element, Tag::kFigure)) return BlockKind::kCaption;
    if (has_hint(block.element, {"caption", "figcaption", "wp-caption-text", "credit", "photo-credit"}))
      return BlockKind::kCaption;
    if (is_heading(tag)) return BlockKind::kHeading;
    if (page_.inside(block.element, Tag::kBlockquote)) return BlockKind::kQuote;
    if (tag == Tag::kLi || tag == Tag::kDd || tag == Tag::kDt || page_.inside(block.element, Tag::kLi))
      return BlockKind::kListItem;
    if (is_table_part(tag) && !is_running(block)) return BlockKind::kTable;
    return BlockKind::kParagraph;
  }

  // The description in the head, shown between title and text.
  bool is_subtitle(const Block& block) const { return facts(block).subtitle; }

  // A hint on the element or one of the three around it.
  bool has_hint(uint32_t i, std::initializer_list<std::string_view> words) const {
    for (int level = 0; level < 3; ++level) {
      if (any_word(element(i).hints, words)) return true;
      if (element(i).parent == i || i == root_) return false;
      i = element(i).parent;
    }
    return false;
  }

  void keep_blocks() {
    std::vector<Line> lines;
    for (const Block& block : page_.blocks) lines.push_back({{}, block.text, false});
    std::vector<TextFacts> texts;
    for (const BlockFacts& block : facts_) texts.push_back(block.text);
    lines_ = line_features(lines, texts);
    for (size_t b = 0; b < page_.blocks.size(); ++b) body_.push_back(body_probability(lines_[b]));

    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const Block& block = page_.blocks[b];
      BlockJob& job = jobs_[b];
      if (const char* reason = reason_[block.element]) {
        job.reason = reason;
      } else if (in_root(block.element)) {
        judge(b);
      }
    }
  }

  void judge(size_t b) {
    const Block& block = page_.blocks[b];
    BlockJob& job = jobs_[b];
    job.kind = kind_of(block);
    job.kept = true;
    const auto drop = [&](const char* reason) {
      job.kept = false;
      job.reason = reason;
    };
    const FurniturePhrase phrase = facts_[b].text.phrase;
    if (phrase && !(is_running(block) && body_[b] > 0.5F)) return drop(phrase.reason);
    if (const char* label = facts_[b].label) return drop(label);
    if (facts_[b].call) return drop("newsletter");
    if (job.kind == BlockKind::kCaption) return;
    if (has_hint(block.element,
                 {"byline", "author", "authors", "dateline", "timestamp", "date", "pubdate", "meta", "published"}) &&
        block.text.size() < 160 && !is_running(block)) {
      job.kind = BlockKind::kByline;
      return;
    }
    if (facts_[b].text.credit && block.text.size() < 200 && !is_running(block)) {
      job.kind = BlockKind::kCaption;
      return;
    }
    if (job.kind == BlockKind::kTable || is_subtitle(block)) return;
    if (facts_[b].byline) {
      job.kind = BlockKind::kByline;
      return;
    }
    if (facts_[b].text.date) return drop("date");
    if (block.link_density() > 0.8 && !is_running(block) && block.text.size() < 200 && body_[b] < 0.8F &&
        !is_heading(element(block.element).tag)) {
      return drop("related");
    }
    if (body_[b] < 0.03F && !is_running(block)) return drop("furniture");
  }

  // What follows a heading such as "Related stories", up to running text or a heading that is none.
  void drop_sections() {
    for (size_t b = 0; b < jobs_.size(); ++b) {
      const FurniturePhrase phrase = facts_[b].text.phrase;
      if (!phrase.begins_section || jobs_[b].kept || !in_root(page_.blocks[b].element)) continue;
      for (size_t n = b + 1; n < jobs_.size() && n < b + 30; ++n) {
        if (!jobs_[n].kept) continue;
        const Block& block = page_.blocks[n];
        if (is_running(block) && block.link_density() < 0.3) break;
        if (is_heading(element(block.element).tag) && block.link_density() < 0.5) break;
        jobs_[n].kept = false;
        jobs_[n].reason = phrase.reason;
      }
    }
  }

  // Lists and boxes that are mostly links.
  void drop_link_lists() {
    for (uint32_t i = root_ + 1; i < element(root_).end; ++i) {
      const Element& e = element(i);
      const bool box = e.tag == Tag::kUl || e.tag == Tag::kOl || e.tag == Tag::kDiv || e.tag == Tag::kSection ||
                       e.tag == Tag::kTable || e.tag == Tag::kDl || e.tag == Tag::kArticle;
      if (!box || e.text == 0 || running_[i] > 400) continue;
      const double limit = e.tag == Tag::kUl || e.tag == Tag::kOl ? 0.6 : 0.55;
      const bool single = e.end_block - e.first_block < 2 && e.tag != Tag::kUl && e.tag != Tag::kTable;
      if (e.link_density() < limit || single) continue;
      if (e.end_block == e.first_block) continue;
      for (uint32_t b = e.first_block; b < e.end_block; ++b) {
        if (!jobs_[b].kept || jobs_[b].kind == BlockKind::kByline || page_.blocks[b].link_density() < 0.1) continue;
        jobs_[b].kept = false;
        jobs_[b].reason = "links";
      }
    }
  }

  // The heading and the odd lines of a box go with the offer in it: up to the largest element around the offer that
  // is small and holds no running text of the article.
  void drop_boxes() {
    constexpr uint32_t kLargestBox = 400;  // bytes
    for (size_t b = 0; b < jobs_.size(); ++b) {
      const std::string_view reason = jobs_[b].reason;
      const uint32_t at = page_.blocks[b].element;
      if (jobs_[b].kept || !in_root(at) || reason_[at] != nullptr) continue;
      if (reason != "newsletter" && reason != "advertisement") continue;
      uint32_t box = at;
      for (uint32_t up = at; up != root_ && is_box(up, kLargestBox); up = element(up).parent) box = up;
      if (element(box).end_block - element(box).first_block > 6) continue;
      for (uint32_t n = element(box).first_block; n < element(box).end_block; ++n) {
        if (!jobs_[n].kept) continue;
        jobs_[n].kept = false;
        jobs_[n].reason = jobs_[b].reason;
      }
    }
  }

  bool is_box(uint32_t i, uint32_t largest) const {
    if (element(i).text > largest) return false;
    for (uint32_t b = element(i).first_block; b < element(i).end_block; ++b) {
      if (jobs_[b].kept && is_running(page_.blocks[b])) return false;
    }
    return true;
  }

  // A few words of the text in large letters beside it would be read twice.
  void drop_pull_quotes() {
    constexpr size_t kMostQuotes = 50;  // on one page; each is looked for in the whole text
    std::vector<size_t> candidates;
    std::vector<std::string> body;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!jobs_[b].kept) continue;
      const bool text = jobs_[b].kind == BlockKind::kParagraph || jobs_[b].kind == BlockKind::kQuote;
      if (text && !page_.blocks[b].text.empty() && page_.blocks[b].text.size() <= 300) candidates.push_back(b);
      if (text) body.push_back(bare_words(page_.blocks[b].text));
    }
    size_t looked = 0;
    for (const size_t b : candidates) {
      const bool marked = jobs_[b].kind == BlockKind::kQuote ||
                          has_hint(page_.blocks[b].element, {"pull", "pullquote", "quote", "highlight"});
      const bool quotation = marked || !base::is_ascii_alpha(page_.blocks[b].text.front());
      if (!quotation || ++looked > kMostQuotes || !is_pull_quote(page_.blocks[b].text, marked, body)) continue;
      jobs_[b].kept = false;
      jobs_[b].reason = "pull quote";
    }
  }

  // Between the headline and the text: subtitle, byline, date and picture of the article, wherever they stand in the
  // page's boxes. Nothing if what stands between is more than a head.
  void keep_head() {
    constexpr size_t kLongestHead = 30;  // blocks
    size_t title = jobs_.size(), text = jobs_.size();
    for (size_t b = 0; b < jobs_.size() && text == jobs_.size(); ++b) {
      if (!jobs_[b].kept) continue;
      if (jobs_[b].kind == BlockKind::kTitle) title = b;
      if (is_running(page_.blocks[b])) text = b;
    }
    if (title >= text || text == jobs_.size() || text - title > kLongestHead) return;
    for (size_t b = title + 1; b < text; ++b) {
      const Block& block = page_.blocks[b];
      if (jobs_[b].kept || reason_[block.element] != nullptr || block.link_density() > 0.8) continue;
      if (const auto kind = head_kind(block)) jobs_[b] = {true, *kind, ""};
    }
  }

  std::optional<BlockKind> head_kind(const Block& block) const {
    if (kind_of(block) == BlockKind::kCaption) return BlockKind::kCaption;
    if (block.text.size() > 400) return std::nullopt;
    if (is_subtitle(block) || has_hint(block.element, {"deck", "dek", "standfirst", "subtitle", "subhead",
                                                       "subheadline", "sub", "lead", "lede", "strapline"})) {
      return BlockKind::kSubtitle;
    }
    if (block.text.size() > 160) return std::nullopt;
    if (facts(block).byline || has_hint(block.element, {"byline", "author", "authors", "by"}))
      return BlockKind::kByline;
    return std::nullopt;
  }

  // Headings without text after them and odds and ends before and after the running text.
  void trim_edges() {
    size_t first = jobs_.size(), last = 0;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!jobs_[b].kept || !is_running(page_.blocks[b])) continue;
      first = std::min(first, b);
      last = b;
    }
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!jobs_[b].kept || (first <= b && b <= last)) continue;
      const bool aside = jobs_[b].kind == BlockKind::kCaption || jobs_[b].kind == BlockKind::kByline;
      if (first == jobs_.size() || aside) continue;
      if (b < first) {
        const bool headline = is_heading(element(page_.blocks[b].element).tag);
        if (!headline && body_[b] < 0.4F && !is_subtitle(page_.blocks[b])) {
          jobs_[b].kept = false;
          jobs_[b].reason = "furniture";
        }
      } else if (body_[b] < 0.5F || jobs_[b].kind == BlockKind::kHeading) {
        jobs_[b].kept = false;
        jobs_[b].reason = "furniture";
      }
    }
  }

  // Pages that go on with the next articles, each in an <article> with its headline: all but the one that the page
  // is about.
  void drop_other_articles() {
    constexpr size_t kLeastText = 300;  // bytes of running text: more than a teaser has
    const auto is_article = [&](uint32_t i) {
      return element(i).tag == Tag::kArticle && headings_[i] == 1 && running_[i] >= kLeastText;
    };
    uint32_t own = 0;
    for (size_t b = 0; b < jobs_.size() && own == 0; ++b) {
      if (!facts_[b].text.title) continue;
      const uint32_t around = page_.ancestor(page_.blocks[b].element, Tag::kArticle);
      if (around != UINT32_MAX && is_article(around)) own = around;
    }
    if (own == 0) return;
    for (uint32_t i = 1; i < page_.elements.size(); ++i) {
      const bool apart = i >= element(own).end || element(i).end <= own;
      if (!apart || !is_article(i)) continue;
      for (uint32_t b = element(i).first_block; b < element(i).end_block; ++b) {
        if (jobs_[b].kept) jobs_[b] = {false, jobs_[b].kind, "another article"};
      }
    }
  }

  void name_title() {
    bool found = false;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (!facts_[b].text.title) continue;
      const Element& around = element(page_.blocks[b].element);
      const bool heading = is_heading(around.tag) || has_word(around.hints, "heading") ||
                           has_word(around.hints, "headline") || in_root(page_.blocks[b].element);
      if (!jobs_[b].kept && !(heading && !found && b <= first_kept())) continue;
      jobs_[b] = {!found, BlockKind::kTitle, "repeated title"};
      found = true;
    }
  }

  size_t first_kept() const {
    for (size_t b = 0; b < jobs_.size(); ++b) {
      if (jobs_[b].kept) return b;
    }
    return 0;
  }

  HtmlBody result() {
    HtmlBody body;
    for (size_t b = 0; b < jobs_.size(); ++b) {
      const Block& block = page_.blocks[b];
      if (is_running(block)) (jobs_[b].kept ? body.running : body.elsewhere) += block.text.size();
      if (jobs_[b].kept && b < text_.size()) body.sure += static_cast<double>(text_[b]);
      if (jobs_[b].kept && jobs_[b].kind == BlockKind::kParagraph) body.paragraphs += block.text.size();
      body.teasers +=
          is_heading(element(block.element).tag) && block.link_density() > 0.8 && facts_[b].text.counted >= 4;
    }
    body.jobs = std::move(jobs_);
    return body;
  }

  const html::Outline& page_;
  const Metadata& metadata_;
  std::vector<BlockFacts> facts_;                         // one a block
  std::vector<std::optional<const char*>> hint_reasons_;  // one for each kind of hints
  std::vector<size_t> clean_;        // bytes of running text that is no furniture, in the blocks before each
  std::vector<size_t> running_;      // bytes of running text below each element
  std::vector<uint32_t> headings_;   // <h1> below each element
  std::vector<const char*> reason_;  // why an element is furniture, itself or by what is around it
  std::vector<double> score_;
  std::vector<LineFeatures> lines_;
  std::vector<float> body_;  // probability of each block by the line model
  std::vector<BlockJob> jobs_;
  std::vector<float> text_;  // and by the block model
  uint32_t root_ = 0;
};

}  // namespace

HtmlBody find_body(const html::Outline& page, const Metadata& metadata) { return Finder(page, metadata).find(); }

BodyLesson body_lesson(const html::Outline& page, const Metadata& metadata) { return Finder(page, metadata).lesson(); }

}  // namespace dragoman::ingest
