// SPDX-License-Identifier: Apache-2.0
#include "ingest/page_dates.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/civil.h"
#include "base/text.h"
#include "ingest/furniture.h"
#include "ingest/line_features.h"
#include "ingest/publication_date.h"

namespace dragoman::ingest {
namespace {

using html::Block;
using html::Element;
using html::Tag;

constexpr size_t kLongestLine = 320;  // bytes of a block that may tell the day
constexpr size_t kMostPlaces = 400;   // on one page; real ones have some dozens

// Names under which heads tell the day of publication, the most meant first.
constexpr const char* kPublishedNames[] = {"article:published_time",
                                           "og:article:published_time",
                                           "article.published",
                                           "datepublished",
                                           "date.published",
                                           "parsely-pub-date",
                                           "sailthru.date",
                                           "pubdate",
                                           "publishdate",
                                           "publish-date",
                                           "publish_date",
                                           "publication_date",
                                           "published",
                                           "published-date",
                                           "published_date",
                                           "published_at",
                                           "published_on",
                                           "pub_date",
                                           "publicationdate",
                                           "og:published_time",
                                           "cxenseparse:recs:publishtime",
                                           "dc.date.issued",
                                           "dcterms.issued",
                                           "rnews:datepublished",
                                           "article:published",
                                           "bt:pubdate",
                                           "displaydate",
                                           "originalpublicationdate",
                                           "article_date_original",
                                           "citation_publication_date",
                                           "citation_online_date"};
// Names that may as well mean the last change or the day it was fetched.
constexpr const char* kVagueNames[] = {"dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
                                       "ptime",           "datecreated",     "created", "date"};

constexpr std::string_view kPublishedWords[] = {
    "publish",      "posted",
    "erschienen",   "ver\u00f6ffentlicht",
    "publi\u00e9",  "publicado",
    "pubblicato",   "erstellt",
    "created",      "eingestellt",
    "gepostet",     "geschrieben",
    "mis en ligne", "opublikowan",
    "gepubliceerd", "publicat",
    "released",     "\u043e\u043f\u0443\u0431\u043b\u0438\u043a\u043e\u0432\u0430\u043d"};
constexpr std::string_view kUpdatedWords[] = {"update",          "modified",    "aktualisiert", "ge\u00e4ndert",
                                              "mis \u00e0 jour", "actualizado", "aggiornato",   "\u00e4nderung",
                                              "last edited",     "revised",     "stand:"};
constexpr std::string_view kPublishedHints[] = {"publi", "entry-date", "posted", "pubdate", "created", "erstell"};
constexpr std::string_view kDateHints[] = {"date", "time", "byline", "meta", "info", "datum", "submitted", "clock"};

template <size_t N>
bool holds(std::string_view text, const std::string_view (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Cheap: a year, or two numbers with dots between them.
bool may_tell_day(std::string_view text) {
  int run = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    run = base::is_ascii_digit(text[i]) ? run + 1 : 0;
    if (run == 4) return true;
    const bool dots = run == 2 && i >= 4 && text[i - 2] == '.' && base::is_ascii_digit(text[i - 3]);
    if (dots && text.find('.') < i - 2) return true;
  }
  return false;
}

DayOrder order_of(std::string_view language) {
  const bool american = language.empty() || language == "en" || language.starts_with("en-us");
  return american ? DayOrder::kMonthFirst : DayOrder::kDayFirst;
}

bool is_running(const Block& block) {
  return block.text.size() >= 80 && block.link_density() < 0.4 && count_words(block.text) >= 10 &&
         ends_sentence(block.text);
}

// Points of each clue, in the order of DateClue: a softmax over the days of a page, fitted on the development halves of
// five collections (1,439 pages); of sites not fitted on, 91.3 % of htmldate's days and 97.3 % of fundus' come out
// right.
constexpr std::array<double, static_cast<size_t>(DateClue::kCount)> kPoints = {
    3.4, 1.3, 3.5, 1.8, 3.3, -1.1, -0.1, -0.2, 1.6, 0.2, -0.3, 0.0, 0.3, 0.6, -0.5, 0.6, 0.4, -1.6, -1.0, -0.3, 0.0};
constexpr size_t kKinds = 8;  // DateClue::kJsonArticle to kText

DateClue kind_of(const DatePlace& place) {
  for (size_t i = 0; i < kKinds; ++i) {
    if (place.clues[i]) return static_cast<DateClue>(i);
  }
  return DateClue::kText;
}

// Of places that tell the same day, whose instant is taken first.
int rank_of_kind(const DatePlace& place) {
  switch (kind_of(place)) {
    case DateClue::kJsonArticle: return 0;
    case DateClue::kMeta: return 1;
    case DateClue::kMarked: return 2;
    case DateClue::kMetaVague: return 3;
    case DateClue::kText:
      return place.date.value.size() > 10 ? 4 : 7;  // with the time of day, or no more than the address
    case DateClue::kJsonPage: return 5;
    case DateClue::kUrl: return 6;
    default: return 8;
  }
}

double points_of(const DatePlace& place) {
  double sum = 0;
  for (size_t i = 0; i < kPoints.size(); ++i) sum += place.clues[i] ? kPoints[i] : 0.0;
  return sum;
}

// How much a value speaks for a day: 1 if it tells it, less if it is an instant in UTC that is that day in America
// (early in the day) or in Asia and Australia (late), 0 else.
double support(std::string_view value, std::string_view day) {
  constexpr double kElsewhere = 0.5;
  if (value.size() < 10) return 0;
  if (value.substr(0, 10) == day) return 1;
  if (value.size() < 16 || !(value.ends_with('Z') || value.ends_with("+00:00"))) return 0;
  const auto told = base::parse_civil_day(value.substr(0, 10)), asked = base::parse_civil_day(day);
  if (!told || !asked) return 0;
  const int hour = (value[11] - '0') * 10 + (value[12] - '0');
  const auto apart = (*asked - *told).count();
  return (apart == -1 && hour < 8) || (apart == 1 && hour >= 12) ? kElsewhere : 0;
}

// The day with the most points, the first told of equals; "" if no place tells a day.
std::string winner(const std::vector<DatePlace>& places) {
  constexpr double kElsewhereCosts = 1.0;
  std::string best;
  double most = 0;
  std::vector<std::string> days;
  for (const DatePlace& place : places) {
    if (place.date.value.size() < 10) continue;
    const std::string day = place.date.value.substr(0, 10);
    if (std::find(days.begin(), days.end(), day) != days.end()) continue;
    days.push_back(day);
    std::array<std::optional<double>, kKinds> kinds;
    for (const DatePlace& other : places) {
      const double share = support(other.date.value, day);
      if (share == 0) continue;
      const double points = points_of(other) - (share < 1 ? kElsewhereCosts : 0.0);
      auto& kind = kinds[static_cast<size_t>(kind_of(other))];
      kind = std::max(kind.value_or(points), points);
    }
    double sum = 0;
    for (const auto& kind : kinds) sum += kind.value_or(0.0);
    if (best.empty() || sum > most + 1e-9) {
      most = sum;
      best = day;
    }
  }
  return best;
}

class Collector {
 public:
  Collector(const DateSources& sources, const html::Outline& page)
      : sources_(sources), page_(page), order_(order_of(sources.language)) {}

  std::vector<DatePlace> run() {
    head();
    if (!page_.elements.empty()) {
      find_zones();
      read_elements();
      read_blocks();
      mark_repeated();
      mark_first();
    }
    return std::move(places_);
  }

 private:
  DatePlace* add(std::string from, DateClue kind, std::optional<Date> date) {
    if (!date || places_.size() >= kMostPlaces) return nullptr;
    places_.push_back({std::move(from), *std::move(date), {}});
    set(places_.back(), kind, true);
    return &places_.back();
  }

  static void set(DatePlace& place, DateClue clue, bool value) { place.clues[static_cast<size_t>(clue)] = value; }
  static bool has(const DatePlace& place, DateClue clue) { return place.clues[static_cast<size_t>(clue)]; }

  void head() {
    const StructuredData& data = *sources_.structured;
    add("json-ld", DateClue::kJsonArticle, parse_publication(data.published, "metadata"));
    add("json-ld page", DateClue::kJsonPage, parse_publication(data.page_published, "metadata"));
    for (const char* name : kPublishedNames) read_meta(name, DateClue::kMeta);
    for (const char* name : kVagueNames) read_meta(name, DateClue::kMetaVague);
    auto in_url = date_in_url(sources_.canonical);
    add("url", DateClue::kUrl, in_url ? std::move(in_url) : date_in_url(sources_.url));
    add("picture url", DateClue::kPictureUrl, date_in_url(sources_.picture));
  }

  void read_meta(const char* name, DateClue kind) {
    const auto found = sources_.meta->find(name);
    if (found == sources_.meta->end()) return;
    add(std::string("meta ") + name, kind, parse_publication(found->second, "metadata", order_));
  }

  // Where the headline stands, where the running text after it begins and ends.
  void find_zones() {
    const std::string title = fold_line(sources_.title);
    size_t heading = kNone;
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const Tag tag = page_.elements[page_.blocks[b].element].tag;
      const bool heads = Tag::kH1 <= tag && tag <= Tag::kH3;
      if (heads && !title.empty() && title_at_ == kNone && fold_line(page_.blocks[b].text).ends_with(title))
        title_at_ = b;
      if (tag == Tag::kH1 && heading == kNone) heading = b;
    }
    if (title_at_ == kNone) title_at_ = heading;
    const size_t from = title_at_ == kNone ? 0 : title_at_ + 1;
    for (size_t b = from; b < page_.blocks.size(); ++b) {
      if (!is_running(page_.blocks[b])) continue;
      if (text_at_ == kNone) text_at_ = b;
      // A gap of so many blocks ends the article: what comes after are comments and teasers.
      constexpr size_t kLargestGap = 25;
      if (text_end_ != kNone && b - text_end_ > kLargestGap) break;
      text_end_ = b;
    }
  }

  void place_clues(DatePlace& place, size_t block, uint32_t element) const {
    constexpr size_t kBefore = 6, kAfter = 15, kBehind = 12;
    const size_t head = title_at_ != kNone ? title_at_ : text_at_ != kNone ? text_at_ : 0;
    const size_t last = text_at_ == kNone ? head + kAfter : std::min(head + kAfter, text_at_ + 1);
    set(place, DateClue::kNearHead, block + kBefore >= head && block <= last);
    set(place, DateClue::kAfterText, text_end_ != kNone && block > text_end_ && block <= text_end_ + kBehind);
    bool furniture = false;
    for (uint32_t at = element;; at = page_.elements[at].parent) {
      const Element& e = page_.elements[at];
      furniture = furniture || e.tag == Tag::kNav || e.tag == Tag::kFooter || e.tag == Tag::kAside ||
                  furniture_hint(e.hints) != nullptr;
      if (e.parent == at || e.tag == Tag::kArticle || furniture) break;
    }
    set(place, DateClue::kFurniture, furniture);
    std::string around(page_.elements[element].hints);
    around.append(" ").append(page_.elements[page_.elements[element].parent].hints);
    set(place, DateClue::kNamedPublished, holds(around, kPublishedHints));
    set(place, DateClue::kNamedDate, holds(around, kDateHints));
    if (around.find("modif") != std::string::npos || around.find("updat") != std::string::npos) {
      set(place, DateClue::kSaysUpdated, !holds(around, kPublishedHints));
    }
  }

  void word_clues(DatePlace& place, const std::string& text) const {
    const std::string lower = base::lower_ascii(text);
    set(place, DateClue::kSaysPublished, holds(lower, kPublishedWords));
    if (holds(lower, kUpdatedWords) && !holds(lower, kPublishedWords)) set(place, DateClue::kSaysUpdated, true);
    set(place, DateClue::kAlone, text.size() <= 40);
    set(place, DateClue::kLong, text.size() > 120);
    set(place, DateClue::kClock,
        place.date.precision == Precision::kSecond || place.date.precision == Precision::kMinute);
  }

  void note(DatePlace& place, size_t block, uint32_t element, const std::string& text) {
    place_clues(place, block, element);
    word_clues(place, text);
    const Element& e = page_.elements[element];
    set(place, DateClue::kLinked, e.tag == Tag::kA || e.link_density() > 0.8);
    blocks_.resize(places_.size(), kNone);
    blocks_.back() = block;
    groups_.resize(places_.size());
    groups_.back() = std::string(e.node.name()).append(" ").append(e.hints);
  }

  // What markup says for machines: <time datetime>, itemprop or property with content, titles of times.
  void read_elements() {
    std::vector<std::optional<bool>> named_hints(page_.hints.size());  // by their number
    for (uint32_t i = 0; i < page_.elements.size(); ++i) {
      const Element& e = page_.elements[i];
      std::optional<bool>& told = named_hints[e.hint];
      if (!told) told = holds(e.hints, kPublishedHints) || holds(e.hints, kDateHints);
      const bool named = *told;
      const std::string_view property = e.has_property ? e.node.attribute("property") : std::string_view();
      const bool dated =
          property.find("date") != std::string_view::npos || property.find("Date") != std::string_view::npos;
      if (e.tag != Tag::kTime && !named && !dated && !(e.tag == Tag::kAbbr || e.tag == Tag::kA)) continue;
      const size_t block = e.first_block;
      for (const char* name : {"datetime", "content", "title"}) {
        if (!e.has_value) break;
        const std::string_view value = e.node.attribute(name);
        if (value.size() < 6 || value.size() > 80 || !may_tell_day(value)) continue;
        if (auto* place = add("time", DateClue::kMarked, parse_publication(value, "metadata", order_))) {
          note(*place, block, i, e.text <= kLongestLine ? text_of(e) : std::string());
          if (dated) set(*place, DateClue::kNamedPublished, true);
          break;
        }
      }
      if (named && e.text > 0 && e.text <= 80 && !is_block(i)) read_words(i, block, text_of(e));
    }
  }

  bool is_block(uint32_t element) const {
    const Element& e = page_.elements[element];
    return e.first_block < e.end_block && page_.blocks[e.first_block].element == element;
  }

  static std::string text_of(const Element& e) { return e.node.text_content(kLongestLine); }

  // A line that tells two days for two things is read as two: "Published 4 June 2024 | Updated 5 June 2024, 14:10".
  void read_words(uint32_t element, size_t block, const std::string& text) {
    for (const std::string& part : parts_of(text)) read_part(element, block, part);
  }

  static std::vector<std::string> parts_of(const std::string& text) {
    if (text.size() > kLongestLine) return {text};
    const std::string lower = base::lower_ascii(text);
    std::vector<std::string> parts;
    size_t from = 0;
    const auto cut_at = [&](std::string_view word) {
      for (size_t at = lower.find(word, 1); at != std::string::npos; at = lower.find(word, at + 1)) {
        const bool begins = at > from && !base::is_ascii_alpha(lower[at - 1]);
        if (!begins || !may_tell_day(text.substr(from, at - from)) || !may_tell_day(text.substr(at))) continue;
        parts.push_back(text.substr(from, at - from));
        from = at;
      }
    };
    if (!holds(lower, kUpdatedWords) || !holds(lower, kPublishedWords)) return {text};
    for (const std::string_view word : kUpdatedWords) cut_at(word);
    if (parts.empty())
      for (const std::string_view word : kPublishedWords) cut_at(word);
    parts.push_back(text.substr(from));
    return parts;
  }

  void read_part(uint32_t element, size_t block, const std::string& text) {
    if (text.size() > kLongestLine || !may_tell_day(text) || is_told_of_others(text)) return;
    auto date = parse_publication(text, "text", order_);
    if (!date || date->value.size() < 10) return;
    if (auto* place = add("text", DateClue::kText, std::move(date))) note(*place, block, element, text);
  }

  // Blocks by their lines ("Changed: …<br>Published: …"); of long ones, the day that they may begin with.
  void read_blocks() {
    constexpr size_t kLongestDay = 24;  // bytes
    for (size_t b = 0; b < page_.blocks.size(); ++b) {
      const std::string& text = page_.blocks[b].text;
      if (text.size() > kLongestLine) {
        if (base::is_ascii_digit(text.front())) read_words(page_.blocks[b].element, b, text.substr(0, kLongestDay));
        continue;
      }
      if (!may_tell_day(text)) continue;
      for (const std::string_view line : base::split(text, '\n')) {
        read_words(page_.blocks[b].element, b, std::string(line));
      }
    }
  }

  // Sentences tell the days of what they are about, unless they say that they mean the article or begin with its day.
  static bool is_told_of_others(const std::string& text) {
    constexpr int kFewWords = 8;
    if (!ends_sentence(text) || count_words(text) < kFewWords || base::is_ascii_digit(text.front())) return false;
    return !holds(base::lower_ascii(text), kPublishedWords);
  }

  void mark_repeated() {
    std::unordered_map<std::string, std::vector<size_t>> days;
    groups_.resize(places_.size());
    blocks_.resize(places_.size(), kNone);
    for (size_t i = 0; i < places_.size(); ++i) {
      if (!groups_[i].empty()) days[groups_[i]].push_back(i);
    }
    for (const auto& [group, members] : days) {
      if (members.size() < 4) continue;
      for (const size_t i : members) set(places_[i], DateClue::kRepeated, true);
    }
  }

  void mark_first() {
    size_t best = kNone;
    for (size_t i = 0; i < places_.size(); ++i) {
      if (!has(places_[i], DateClue::kNearHead) || (title_at_ != kNone && blocks_[i] < title_at_)) continue;
      if (has(places_[i], DateClue::kSaysUpdated)) continue;
      if (best == kNone || blocks_[i] < blocks_[best]) best = i;
    }
    if (best == kNone) return;
    for (size_t i = 0; i < places_.size(); ++i) {
      if (blocks_[i] == blocks_[best]) set(places_[i], DateClue::kFirstNearHead, true);
    }
  }

  static constexpr size_t kNone = SIZE_MAX;
  const DateSources& sources_;
  const html::Outline& page_;
  DayOrder order_;
  size_t title_at_ = kNone, text_at_ = kNone, text_end_ = kNone;
  std::vector<DatePlace> places_;
  std::vector<size_t> blocks_;       // one a place
  std::vector<std::string> groups_;  // element and class of each place
};

}  // namespace

PublicationDates weigh_dates(const std::vector<DatePlace>& places) {
  PublicationDates out;
  out.day = winner(places);
  std::vector<const DatePlace*> order;
  for (const DatePlace& place : places) order.push_back(&place);
  const auto rank = [&](const DatePlace* place) {
    const bool agrees = !out.day.empty() && support(place->date.value, out.day) > 0;
    return std::tuple(!agrees, place->date.value.size() < 10, rank_of_kind(*place));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const DatePlace* a, const DatePlace* b) { return rank(a) < rank(b); });
  for (const DatePlace* place : order) {
    const DateEvidence evidence{place->from, place->date};
    if (std::find(out.all.begin(), out.all.end(), evidence) == out.all.end()) out.all.push_back(evidence);
  }
  if (out.day.empty() && !out.all.empty()) out.day = out.all.front().date.value.substr(0, 10);
  return out;
}

std::vector<DatePlace> date_places(const DateSources& sources, const html::Outline& page) {
  return Collector(sources, page).run();
}

}  // namespace dragoman::ingest
