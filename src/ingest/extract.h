// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dragoman/article.h"
#include "dragoman/article_options.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

/// The article of a page, complete: text, blocks, title, authors, date, language, id. Pure: the same page gives
/// the same article, on any thread. Errors: kEmpty, kBinary, kEncoding, kNoArticle, kTooLarge, each with the
/// page's place.
Result<Article> extract(const Page& page, const ArticleOptions& options = {});

}  // namespace dragoman::ingest
