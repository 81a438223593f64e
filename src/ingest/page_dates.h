// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "dragoman/article.h"
#include "html/outline.h"
#include "ingest/json_ld.h"

namespace dragoman::ingest {

/// What is known of one place of a page that tells a day; each is worth some points (page_dates.cc).
enum class DateClue {
  kJsonArticle,     ///< datePublished of an article in JSON-LD
  kJsonPage,        ///< of something else: the page, a recipe, a post
  kMeta,            ///< <meta> whose name says publication
  kMetaVague,       ///< <meta> whose name says "date" only
  kUrl,             ///< the address
  kPictureUrl,      ///< the address of the picture that stands for the page
  kMarked,          ///< datetime, content or title of an element
  kText,            ///< words on the page
  kNearHead,        ///< between the headline (or a little before it) and the text
  kFirstNearHead,   ///< the first such place after the headline
  kAfterText,       ///< soon after the last running text
  kNamedPublished,  ///< class or itemprop say publication
  kNamedDate,       ///< class says date, time, byline, …
  kSaysPublished,   ///< "published", "posted", "veröffentlicht" beside it
  kSaysUpdated,     ///< "updated", "modified" in words or class
  kAlone,           ///< the words are little more than the date
  kClock,           ///< a time of day beside it
  kRepeated,        ///< one of four or more of the same element and class: a list
  kFurniture,       ///< in navigation, footer, sidebar, comments, …
  kLinked,          ///< in a link
  kLong,            ///< in a long stretch of words
  kCount
};

/// One place, before it is weighed.
struct DatePlace {
  std::string from;  ///< as DateEvidence::from
  Date date;
  std::array<bool, static_cast<size_t>(DateClue::kCount)> clues{};
};

/// What the head of a page gives.
struct DateSources {
  const std::map<std::string, std::string>* meta = nullptr;  ///< by lower-case name
  const StructuredData* structured = nullptr;
  std::string canonical, url;  ///< addresses: as the page says, as it was asked for
  std::string picture;         ///< address of og:image
  std::string language;        ///< of <html lang>; tells how 02/03/2023 is meant
  std::string title;
};

/// Every place that tells a day, in the order of the page.
std::vector<DatePlace> date_places(const DateSources& sources, const html::Outline& page);

struct PublicationDates {
  std::vector<DateEvidence> all;  ///< the most believed first
  std::string day;                ///< "2023-02-28": the day that readers saw; less where less is known, "" if nothing
};

/// Weighs the places: points of one day's places add up, the best of each kind; the day with the most wins. The instant
/// is that of the most believed place of the day, or of one in UTC that is that day somewhere on earth.
PublicationDates weigh_dates(const std::vector<DatePlace>& places);

}  // namespace dragoman::ingest
