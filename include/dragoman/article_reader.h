// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "dragoman/article.h"
#include "dragoman/article_options.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman {

/// The article of a page, without what is told in it: needs neither model nor knowledge. The same page gives the same
/// article, alone or among others. Errors: kEmpty, kBinary, kEncoding, kNoArticle (unless
/// `options.refused`: then also what can be told of pages that are none, Article::refused says why), kTooLarge.
Result<Article> read_article(const Page& page, const ArticleOptions& options = {});

/// Reads pages as `next` gives them (until it returns false) on `threads` threads (0 = one a core) and hands each
/// result to `done` in the order of the pages, one call at a time.
void read_articles(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<void(const Page&, Result<Article>)>& done, const ArticleOptions& options = {});

}  // namespace dragoman
