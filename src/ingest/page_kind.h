// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "html/outline.h"
#include "ingest/html_body.h"
#include "ingest/html_metadata.h"

namespace dragoman::ingest {

/// Why a page is no article ("is a list of links to articles"); "" if it is one. `url` is where the page came from, ""
/// if not known; `score` is the probability that a page like it is an article. In doubt a page is an article.
std::string no_article_reason(const html::Outline& page, const HtmlBody& body, const Metadata& metadata,
                              const std::string& url, double score);

}  // namespace dragoman::ingest
