// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/date.h"
#include "html/document.h"
#include "html/outline.h"
#include "ingest/json_ld.h"
#include "ingest/page_dates.h"

namespace dragoman::ingest {

/// What a page says of itself in its head, in structured data and in marked elements.
struct Metadata {
  std::string title;      ///< the headline, without the site's name
  std::string subtitle;   ///< og:description or description
  std::string publisher;  ///< og:site_name or the publisher of JSON-LD
  std::string url;        ///< canonical
  std::string kind;       ///< og:type
  std::vector<std::string> authors;
  std::optional<Date> published;
  std::vector<DateEvidence> dates;     ///< the most believed first
  std::string day;                     ///< of publication, as readers saw it; "" if nothing tells it
  std::vector<DatePlace> date_places;  ///< what `dates` and `day` were weighed from
  std::optional<Date> updated;
  std::vector<std::string> tags;
  StructuredData structured;
};

/// `url` is where the page came from, "" if not known; it may tell the day.
Metadata read_metadata(const html::Document& document, const html::Outline& page, const std::string& url);

}  // namespace dragoman::ingest
