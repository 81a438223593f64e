// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "dragoman/article.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman {

/// The article of a page, without what is told in it: needs neither model nor knowledge. The same page gives the same
/// article, alone or among others. Errors: kEmpty, kBinary, kEncoding, kNoArticle, kTooLarge.
Result<Article> read_article(const Page& page);

/// Reads pages as `next` gives them (until it returns false) on `threads` threads (0 = one a core) and hands each
/// result to `done` in the order of the pages, one call at a time.
void read_articles(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<void(const Page&, Result<Article>)>& done);

/// One JSON object on one line (no newline at the end); docs/formats/article.md describes it. Offsets in code points.
/// `keep_dropped` adds what was taken for page furniture.
std::string to_json(const Article& article, bool keep_dropped = false);

/// The running text: paragraphs, headings, list items, quotations and tables, one a line, nothing else.
std::string body_text(const Article& article);

/// Title, byline and day, then the text, headings, lists and quotations marked as in Markdown; captions left out.
std::string to_markdown(const Article& article);

}  // namespace dragoman
