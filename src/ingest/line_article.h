// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <string_view>
#include <vector>

#include "dragoman/article.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

/// The article of a page that was copied as plain text (valid UTF-8): furniture dropped, the kept lines joined by
/// blank lines. Errors: kNoArticle. Id and language are left to the caller. With `origins`, Article::origins tells of
/// the bytes of `text`, white space left out.
Result<Article> article_of_text(const Page& page, const std::string& text, bool origins = false);

/// The article of a JSON Lines page: text as it stands, lines that are furniture beyond doubt in no block.
/// Id and language are left to the caller.
Article article_of_json_line(const Page& page);

/// "By Jane Doe and John Roe, Staff Writer" → "Jane Doe", "John Roe".
std::vector<std::string> names_of_byline(std::string_view byline);

}  // namespace dragoman::ingest
