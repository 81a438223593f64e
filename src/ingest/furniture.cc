// SPDX-License-Identifier: Apache-2.0
#include "ingest/furniture.h"

#include <array>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace dragoman::ingest {
namespace {

using namespace std::string_view_literals;

struct Phrase {
  const char* reason;
  bool begins_section;
  bool whole;  // the line is these words and no more; else it begins with them
  std::string_view words;
};

// Words by which newspapers of all kinds label what is not the article. General ones only: a phrase that
// one site alone uses does not belong here.
constexpr Phrase kPhrases[] = {
    {"related", true, true, "related"},
    {"related", true, true, "related articles"},
    {"related", true, true, "related stories"},
    {"related", true, true, "related news"},
    {"related", true, true, "related topics"},
    {"related", true, true, "related content"},
    {"related", true, true, "related posts"},
    {"related", true, true, "related links"},
    {"related", true, true, "more on this story"},
    {"related", true, true, "more stories"},
    {"related", true, true, "more news"},
    {"related", true, true, "more like this"},
    {"related", true, true, "read more"},
    {"related", true, true, "read next"},
    {"related", true, true, "up next"},
    {"related", true, true, "see also"},
    {"related", true, true, "also read"},
    {"related", true, true, "you may also like"},
    {"related", true, true, "you might also like"},
    {"related", true, true, "recommended"},
    {"related", true, true, "recommended for you"},
    {"related", true, true, "recommended stories"},
    {"related", true, true, "editors' picks"},
    {"related", true, true, "editor's picks"},
    {"related", true, true, "most popular"},
    {"related", true, true, "most read"},
    {"related", true, true, "most viewed"},
    {"related", true, true, "most shared"},
    {"related", true, true, "trending"},
    {"related", true, true, "trending now"},
    {"related", true, true, "popular"},
    {"related", true, true, "popular posts"},
    {"related", true, true, "latest news"},
    {"related", true, true, "latest stories"},
    {"related", true, true, "latest"},
    {"related", true, true, "top stories"},
    {"related", true, true, "recent posts"},
    {"related", true, true, "more from"},
    {"related", true, false, "more from "},
    {"related", true, true, "what to read next"},
    {"related", true, true, "don't miss"},
    {"related", true, true, "in other news"},
    {"related", true, true, "das k\u00f6nnte sie auch interessieren"},
    {"related", true, true, "das k\u00f6nnte dich auch interessieren"},
    {"related", true, true, "auch interessant"},
    {"related", true, true, "meistgelesen"},
    {"related", true, true, "meistgelesene artikel"},
    {"related", true, true, "weitere artikel"},
    {"related", true, true, "weitere themen"},
    {"related", true, true, "\u00e4hnliche artikel"},
    {"related", true, true, "verwandte artikel"},
    {"related", true, true, "verwandte themen"},
    {"related", true, true, "zum thema"},
    {"related", true, true, "vous aimerez aussi"},
    {"related", true, true, "vous pourriez aussi aimer"},
    {"related", true, true, "sur le m\u00eame sujet"},
    {"related", true, true, "articles similaires"},
    {"related", true, true, "les plus lus"},
    {"related", true, true, "\u00e0 lire \u00e9galement"},
    {"related", true, true, "te puede interesar"},
    {"related", true, true, "tambi\u00e9n te puede interesar"},
    {"related", true, true, "le puede interesar"},
    {"related", true, true, "noticias relacionadas"},
    {"related", true, true, "art\u00edculos relacionados"},
    {"related", true, true, "lo m\u00e1s le\u00eddo"},
    {"related", true, true, "lo m\u00e1s visto"},
    {"related", true, true, "m\u00e1s noticias"},
    {"related", true, true, "voc\u00ea pode gostar"},
    {"related", true, true, "voc\u00ea tamb\u00e9m pode gostar"},
    {"related", true, true, "not\u00edcias relacionadas"},
    {"related", true, true, "mais lidas"},
    {"related", true, true, "mais lidos"},
    {"related", true, true, "veja tamb\u00e9m"},
    {"related", true, true, "potrebbe interessarti"},
    {"related", true, true, "potrebbe interessarti anche"},
    {"related", true, true, "ti potrebbe interessare"},
    {"related", true, true, "articoli correlati"},
    {"related", true, true, "i pi\u00f9 letti"},
    {"related", true, true, "gerelateerde artikelen"},
    {"related", true, true, "meest gelezen"},
    {"related", true, true, "mest lest"},
    {"related", true, true, "mest leste"},
    {"related", true, true, "mest l\u00e4sta"},
    {"related", true, true, "mest l\u00e6ste"},
    {"related", true, true, "relaterte artikler"},
    {"related", true, true, "relaterade artiklar"},
    {"related", true, true, "zobacz tak\u017ce"},
    {"related", true, true, "zobacz te\u017c"},
    {"related", true, true, "powi\u0105zane artyku\u0142y"},
    {"related", true, true, "najcz\u0119\u015bciej czytane"},
    {"related", true, true, "ilgili haberler"},
    {"related", true, true, "en \u00e7ok okunanlar"},
    {"related", false, false, "read more:"},
    {"related", false, false, "read also:"},
    {"related", false, false, "also read:"},
    {"related", false, false, "see also:"},
    {"related", false, false, "related:"},
    {"related", false, false, "recommended:"},
    {"related", false, false, "watch:"},
    {"related", false, false, "listen:"},
    {"related", false, false, "les ogs\u00e5"},
    {"related", false, false, "les mer:"},
    {"related", false, false, "l\u00e6s ogs\u00e5"},
    {"related", false, false, "l\u00e4s ocks\u00e5"},
    {"related", false, false, "l\u00e4s mer"},
    {"related", false, false, "lue my\u00f6s"},
    {"related", false, false, "\u00e0 lire aussi"},
    {"related", false, false, "\u00c0 lire aussi"},
    {"related", false, false, "lire aussi"},
    {"related", false, false, "lees ook"},
    {"related", false, false, "leia tamb\u00e9m"},
    {"related", false, false, "leia mais"},
    {"related", false, false, "lea tambi\u00e9n"},
    {"related", false, false, "leggi anche"},
    {"related", false, false, "lesen sie auch"},
    {"related", false, false, "mehr zum thema"},
    {"related", false, false, "czytaj te\u017c"},
    {"related", false, false, "czytaj tak\u017ce"},
    {"related", false, false, "\u0427\u0438\u0442\u0430\u0439\u0442\u0435 \u0442\u0430\u043a\u0436\u0435"},
    {"related", false, false, "open this photo in gallery"},
    {"related", false, false, "skip past "},
    {"date", false, false, "reading time"},
    {"date", false, false, "lesezeit:"},
    {"date", false, false, "tempo de leitura"},
    {"advertisement", false, true, "powered by"},
    {"social", false, false, "follow us "},
    {"related", false, true, "load more"},
    {"related", false, true, "show more"},
    {"related", false, true, "see more"},
    {"related", false, true, "view more"},
    {"related", false, true, "view all"},
    {"related", false, true, "see all"},
    {"related", false, true, "more"},
    {"related", false, false, "see all "},
    {"related", false, true, "continue reading"},
    {"related", false, false, "click here to read"},
    {"related", false, false, "click here for"},
    {"related", false, true, "previous article"},
    {"related", false, true, "next article"},
    {"related", false, true, "previous post"},
    {"related", false, true, "next post"},
    {"related", false, true, "previous"},
    {"related", false, true, "next"},
    {"newsletter", true, true, "newsletter"},
    {"newsletter", true, true, "newsletters"},
    {"newsletter", true, false, "sign up for our"},
    {"newsletter", true, false, "sign up to our"},
    {"newsletter", true, false, "sign up for the"},
    {"newsletter", true, false, "subscribe to our"},
    {"newsletter", true, false, "subscribe to the"},
    {"newsletter", true, false, "get our"},
    {"newsletter", true, false, "get the latest"},
    {"newsletter", true, false, "get daily"},
    {"newsletter", true, false, "join our newsletter"},
    {"newsletter", true, false, "get breaking news"},
    {"newsletter", false, true, "subscribe"},
    {"newsletter", false, true, "subscribe now"},
    {"newsletter", false, true, "sign up"},
    {"newsletter", false, true, "sign up now"},
    {"newsletter", false, true, "sign up here"},
    {"newsletter", false, true, "enter your email"},
    {"newsletter", false, true, "email address"},
    {"newsletter", false, true, "your email"},
    {"newsletter", false, false, "by signing up"},
    {"newsletter", false, false, "by subscribing"},
    {"newsletter", false, false, "delivered to your"},
    {"newsletter", false, false, "mit meiner anmeldung"},
    {"newsletter", false, false, "mit der anmeldung zum"},
    {"newsletter", false, false, "en m'inscrivant"},
    {"newsletter", false, false, "al suscribirse"},
    {"newsletter", false, false, "iscrivendoti"},
    {"newsletter", false, false, "bitte aktivieren sie javascript"},
    {"newsletter", false, false, "please enable javascript"},
    {"newsletter", false, false, "enjoy ad-free"},
    {"newsletter", false, false, "thank you for signing up"},
    {"newsletter", false, false, "thank you for subscribing"},
    {"newsletter", false, false, "already a subscriber"},
    {"newsletter", false, true, "support our journalism"},
    {"newsletter", false, false, "support independent journalism"},
    {"newsletter", false, true, "donate"},
    {"newsletter", false, true, "become a member"},
    {"newsletter", false, false, "download our app"},
    {"newsletter", false, false, "download the app"},
    {"social", false, true, "share"},
    {"social", false, true, "share this"},
    {"social", false, true, "share this article"},
    {"social", false, true, "share this story"},
    {"social", false, true, "share on"},
    {"social", false, false, "share on "},
    {"social", false, false, "share via "},
    {"social", false, true, "share page"},
    {"social", false, true, "share article"},
    {"social", false, true, "tweet"},
    {"social", false, true, "facebook"},
    {"social", false, true, "twitter"},
    {"social", false, true, "whatsapp"},
    {"social", false, true, "linkedin"},
    {"social", false, true, "telegram"},
    {"social", false, true, "reddit"},
    {"social", false, true, "pinterest"},
    {"social", false, true, "instagram"},
    {"social", false, true, "youtube"},
    {"social", false, true, "flipboard"},
    {"social", false, true, "email"},
    {"social", false, true, "e-mail"},
    {"social", false, true, "print"},
    {"social", false, true, "copy link"},
    {"social", false, true, "link copied"},
    {"social", false, true, "copied"},
    {"social", false, true, "save"},
    {"social", false, true, "bookmark"},
    {"social", false, true, "follow us"},
    {"social", false, false, "follow us on"},
    {"social", false, true, "follow"},
    {"social", false, true, "like"},
    {"social", false, false, "click to share"},
    {"social", false, false, "about sharing"},
    {"social", false, true, "print this"},
    {"social", false, true, "listen"},
    {"social", false, true, "listen to article"},
    {"social", false, true, "listen to this article"},
    {"comments", true, true, "comments"},
    {"comments", true, true, "leave a comment"},
    {"comments", true, true, "leave a reply"},
    {"comments", true, true, "join the conversation"},
    {"comments", true, true, "post a comment"},
    {"comments", true, true, "add a comment"},
    {"comments", true, true, "view comments"},
    {"comments", true, true, "show comments"},
    {"comments", false, false, "your email address will not be published"},
    {"comments", false, true, "reply"},
    {"comments", false, true, "cancel reply"},
    {"comments", false, true, "report this ad"},
    {"copyright", false, false, "copyright "},
    {"copyright", false, false, "(c) "},
    {"copyright", false, false, "\xC2\xA9"},
    {"copyright", false, true, "all rights reserved"},
    {"copyright", false, false, "this material may not be published"},
    {"copyright", false, false, "all rights reserved"},
    {"author-bio", true, true, "about the writer"},
    {"author-bio", true, true, "about the author"},
    {"author-bio", true, true, "about the authors"},
    {"author-bio", true, true, "meet the author"},
    {"author-bio", true, true, "written by"},
    {"tags", false, true, "tags"},
    {"tags", false, false, "tags:"},
    {"tags", false, false, "tagged:"},
    {"tags", false, false, "topics:"},
    {"tags", false, true, "topics"},
    {"tags", false, true, "explore more"},
    {"tags", false, false, "filed under"},
    {"tags", false, false, "posted in"},
    {"tags", false, false, "categories:"},
    {"tags", false, true, "categories"},
    {"tags", false, false, "keywords:"},
    {"tags", false, true, "in this article"},
    {"advertisement", false, true, "advertisement"},
    {"advertisement", false, true, "advertising"},
    {"advertisement", false, true, "ad"},
    {"advertisement", false, true, "sponsored"},
    {"advertisement", false, true, "sponsored content"},
    {"advertisement", false, true, "promoted"},
    {"advertisement", false, false, "story continues below"},
    {"advertisement", false, false, "article continues below"},
    {"advertisement", false, false, "article continues after"},
    {"advertisement", false, true, "paid content"},
    {"advertisement", false, true, "anzeige"},
    {"advertisement", false, true, "werbung"},
    {"advertisement", false, true, "publicit\xC3\xA9"},
    {"advertisement", false, true, "publicidad"},
    {"navigation", false, true, "home"},
    {"navigation", false, true, "menu"},
    {"navigation", false, true, "search"},
    {"navigation", false, true, "sections"},
    {"navigation", false, true, "close"},
    {"navigation", false, true, "log in"},
    {"navigation", false, true, "login"},
    {"navigation", false, true, "sign in"},
    {"navigation", false, true, "register"},
    {"navigation", false, true, "my account"},
    {"navigation", false, true, "skip to content"},
    {"navigation", false, false, "skip to "},
    {"navigation", false, true, "back to top"},
    {"navigation", false, true, "go to top"},
    {"navigation", false, true, "toggle navigation"},
    {"navigation", false, true, "sitemap"},
    {"navigation", false, true, "site map"},
    {"navigation", false, true, "close panel"},
    {"legal", false, true, "about us"},
    {"legal", false, true, "contact us"},
    {"legal", false, true, "contact"},
    {"legal", false, true, "privacy policy"},
    {"legal", false, true, "privacy"},
    {"legal", false, true, "terms of use"},
    {"legal", false, true, "terms of service"},
    {"legal", false, true, "terms and conditions"},
    {"legal", false, true, "terms & conditions"},
    {"legal", false, true, "cookie policy"},
    {"legal", false, true, "cookie settings"},
    {"legal", false, true, "accept cookies"},
    {"legal", false, true, "advertise"},
    {"legal", false, true, "advertise with us"},
    {"legal", false, true, "careers"},
    {"legal", false, true, "disclaimer"},
    {"legal", false, true, "imprint"},
    {"legal", false, true, "impressum"},
    {"legal", false, true, "datenschutz"},
    {"legal", false, true, "do not sell my personal information"},
    {"legal", false, true, "help"},
    {"legal", false, true, "faq"},
    {"legal", false, false, "this site uses cookies"},
    {"legal", false, false, "we use cookies"},
    {"legal", false, false, "this site is protected by recaptcha"},
};

// Words of class, id and role. A word counts only as a whole part of the name: "nav" in "site-nav", not in "naval".
const std::unordered_map<std::string_view, const char*>& hint_words() {
  static const std::unordered_map<std::string_view, const char*> words{
      {"nav", "navigation"},
      {"navbar", "navigation"},
      {"navigation", "navigation"},
      {"menu", "navigation"},
      {"submenu", "navigation"},
      {"breadcrumb", "navigation"},
      {"breadcrumbs", "navigation"},
      {"pagination", "navigation"},
      {"pager", "navigation"},
      {"toolbar", "navigation"},
      {"masthead", "navigation"},
      {"toc", "navigation"},
      {"skip", "navigation"},
      {"offcanvas", "navigation"},
      {"search", "navigation"},
      {"searchform", "navigation"},
      {"sidebar", "sidebar"},
      {"aside", "sidebar"},
      {"rail", "sidebar"},
      {"complementary", "sidebar"},
      {"widget", "sidebar"},
      {"widgets", "sidebar"},
      {"footer", "footer"},
      {"foot", "footer"},
      {"contentinfo", "footer"},
      {"colophon", "footer"},
      {"related", "related"},
      {"recirc", "related"},
      {"recirculation", "related"},
      {"recommended", "related"},
      {"recommendation", "related"},
      {"recommendations", "related"},
      {"readmore", "related"},
      {"trending", "related"},
      {"popular", "related"},
      {"mostread", "related"},
      {"mostpopular", "related"},
      {"teaser", "related"},
      {"teasers", "related"},
      {"outbrain", "related"},
      {"taboola", "related"},
      {"zergnet", "related"},
      {"crosslinks", "related"},
      {"jp-relatedposts", "related"},
      {"relatedposts", "related"},
      {"relatedarticles", "related"},
      {"relatedstories", "related"},
      {"relatedlinks", "related"},
      {"relatedcontent", "related"},
      {"seealso", "related"},
      {"moreon", "related"},
      {"newsletter", "newsletter"},
      {"newsletters", "newsletter"},
      {"signup", "newsletter"},
      {"subscribe", "newsletter"},
      {"subscription", "newsletter"},
      {"paywall", "newsletter"},
      {"mailchimp", "newsletter"},
      {"optin", "newsletter"},
      {"share", "social"},
      {"sharing", "social"},
      {"sharebar", "social"},
      {"sharedaddy", "social"},
      {"social", "social"},
      {"socials", "social"},
      {"addthis", "social"},
      {"addtoany", "social"},
      {"sharethis", "social"},
      {"shares", "social"},
      {"follow", "social"},
      {"comment", "comments"},
      {"comments", "comments"},
      {"commentlist", "comments"},
      {"respond", "comments"},
      {"disqus", "comments"},
      {"livefyre", "comments"},
      {"kommentare", "comments"},
      {"commenting", "comments"},
      {"cookie", "cookies"},
      {"cookies", "cookies"},
      {"consent", "cookies"},
      {"gdpr", "cookies"},
      {"cmp", "cookies"},
      {"onetrust", "cookies"},
      {"ad", "advertisement"},
      {"ads", "advertisement"},
      {"adbox", "advertisement"},
      {"adunit", "advertisement"},
      {"adblock", "advertisement"},
      {"adcontainer", "advertisement"},
      {"adwrapper", "advertisement"},
      {"advert", "advertisement"},
      {"adverts", "advertisement"},
      {"advertisement", "advertisement"},
      {"advertising", "advertisement"},
      {"adsense", "advertisement"},
      {"adslot", "advertisement"},
      {"dfp", "advertisement"},
      {"sponsor", "advertisement"},
      {"sponsored", "advertisement"},
      {"promo", "advertisement"},
      {"promotion", "advertisement"},
      {"banner", "advertisement"},
      {"anzeige", "advertisement"},
      {"popup", "pop-up"},
      {"modal", "pop-up"},
      {"overlay", "pop-up"},
      {"lightbox", "pop-up"},
      {"tooltip", "pop-up"},
      {"tags", "tags"},
      {"taglist", "tags"},
      {"tagcloud", "tags"},
      {"topics", "tags"},
      {"keywords", "tags"},
      {"categories", "tags"},
      {"bio", "author-bio"},
      {"authorbox", "author-bio"},
      {"copyright", "copyright"},
      {"rights", "copyright"},
      {"login", "navigation"},
      {"print", "navigation"},
      {"noprint", "navigation"},
      {"hidden", "hidden"},
      {"rating", "rating"},
      {"ratings", "rating"},
      {"poll", "rating"},
      {"gallery", "gallery"},
      {"slideshow", "gallery"},
      {"carousel", "gallery"},
      {"playlist", "gallery"},
  };
  return words;
}

constexpr std::string_view kPhotoCredits[] = {
    "getty images",
    "photo by",
    "photo:",
    "photos:",
    "photograph:",
    "photographer:",
    "picture:",
    "image:",
    "credit:",
    "image source",
    "image caption",
    "image credit",
    "image copyright",
    "photo credit",
    "(ap photo",
    "ap photo/",
    "/afp",
    "afp/",
    "/reuters",
    "reuters/",
    "(reuters)",
    "/ap)",
    "via ap",
    "via getty",
    "via reuters",
    "/epa",
    "epa-efe",
    "shutterstock",
    "file photo",
    "file picture",
    "file -",
    "file \xE2\x80\x94",
    "handout",
    "courtesy of",
    "foto:",
    "photo courtesy",
    "alamy",
    "istock",
    "picture alliance",
    "/dpa",
    "anadolu",
    "bloomberg via",
    "photo/",
    "(photo",
    "illustration by",
};

struct Index {
  std::unordered_map<std::string_view, const Phrase*> whole;
  std::unordered_map<std::string_view, std::vector<const Phrase*>> by_first_word;  // those that begin a line
  size_t longest = 0;                                                              // bytes of a phrase
};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

const Index& index() {
  static const Index built = [] {
    Index made;
    for (const Phrase& phrase : kPhrases) {
      made.longest = std::max(made.longest, std::string_view(phrase.words).size());
      if (phrase.whole) {
        made.whole.emplace(phrase.words, &phrase);
      } else {
        made.by_first_word[first_word(phrase.words)].push_back(&phrase);
      }
    }
    return made;
  }();
  return built;
}

}  // namespace

FoldedLine::FoldedLine(std::string_view line) {
  char* out = bytes_.data();
  line = line.substr(0, bytes_.size());
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\xE2' && i + 2 < line.size() && line[i + 1] == '\x80' &&
        (line[i + 2] == '\x98' || line[i + 2] == '\x99' || line[i + 2] == '\x9C' || line[i + 2] == '\x9D')) {
      *out++ = static_cast<unsigned char>(line[i + 2]) < 0x9C ? '\'' : '"';
      i += 2;
    } else if (base::is_ascii_space(c)) {
      if (out != bytes_.data() && out[-1] != ' ') *out++ = ' ';
    } else {
      *out++ = base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  constexpr std::string_view kTail = " .:!>\xBB\xC2";
  while (out != bytes_.data() && kTail.find(out[-1]) != std::string_view::npos) --out;
  size_ = static_cast<size_t>(out - bytes_.data());
}

std::string fold_line(std::string_view line) { return std::string(FoldedLine(line).text()); }

FurniturePhrase furniture_phrase(std::string_view line) { return furniture_phrase(FoldedLine(line)); }

FurniturePhrase furniture_phrase(const FoldedLine& line) {
  const std::string_view folded = line.text();
  if (folded.empty()) return {};
  const Index& phrases = index();
  if (folded.size() <= phrases.longest) {
    if (const auto found = phrases.whole.find(folded); found != phrases.whole.end()) {
      return {found->second->reason, found->second->begins_section};
    }
  }
  if (folded.starts_with("\xC2\xA9")) return {"copyright", false};
  // "related:" has lost its colon at the end of a line but not before more words.
  const std::string_view first = first_word(folded);
  if (first.size() > phrases.longest) return {};
  const auto found = phrases.by_first_word.find(first);
  if (found == phrases.by_first_word.end()) return {};
  for (const Phrase* phrase : found->second) {
    if (folded.starts_with(phrase->words)) return {phrase->reason, phrase->begins_section};
  }
  return {};
}

const char* furniture_hint(std::string_view hints) {
  for (size_t from = 0; from < hints.size();) {
    while (from < hints.size() && !base::is_ascii_alpha(hints[from])) ++from;
    size_t to = from;
    while (to < hints.size() && base::is_ascii_alpha(hints[to])) ++to;
    if (const auto found = hint_words().find(hints.substr(from, to - from)); found != hint_words().end()) {
      return found->second;
    }
    from = to;
  }
  return nullptr;
}

bool has_photo_credit(std::string_view line) {
  // Credits by their first byte; those that begin with a letter begin a word.
  static const auto by_first = [] {
    std::array<std::vector<std::string_view>, 256> table;
    for (const std::string_view words : kPhotoCredits) table[static_cast<unsigned char>(words[0])].push_back(words);
    return table;
  }();
  line = line.substr(0, 1000);  // captions are shorter
  const auto lower = [](char c) { return base::is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto stands_at = [&](size_t at, std::string_view words) {
    if (line.size() - at < words.size()) return false;
    for (size_t i = 1; i < words.size(); ++i) {
      if (lower(line[at + i]) != words[i]) return false;
    }
    return true;
  };
  bool in_word = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const bool letter = base::is_ascii_alpha(line[i]);
    if (!letter || !in_word) {
      for (const std::string_view words : by_first[static_cast<unsigned char>(lower(line[i]))]) {
        if (stands_at(i, words)) return true;
      }
    }
    in_word = letter;
  }
  return false;
}

}  // namespace dragoman::ingest
