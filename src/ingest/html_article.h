// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "dragoman/article.h"
#include "dragoman/article_options.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

/// The article of a page of HTML (valid UTF-8). Errors: kNoArticle with the reason, kTooLarge. Id and language
/// are left to the caller. Article::origins, if wanted, tells of the bytes of `html`, white space left out.
Result<Article> article_of_html(const Page& page, const std::string& html, const ArticleOptions& options = {});

}  // namespace dragoman::ingest
