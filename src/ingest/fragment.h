// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "dragoman/article.h"
#include "dragoman/error.h"
#include "dragoman/page.h"

namespace dragoman::ingest {

/// The article of HTML (valid UTF-8) that is its text alone, as feeds and mails hold it: what is furniture beyond doubt
/// is dropped, all else kept, the title first. Errors: kNoText where there is neither title nor text. Id and language
/// are left to the caller. With `origins`, Article::origins tells of the bytes of `html`, white space and a title that
/// the container told left out.
Result<Article> article_of_fragment(const Page& page, const std::string& html, bool origins = false);

/// The text of a piece of HTML on one line; entities resolved, marks left out.
std::string plain_text(std::string_view html);

}  // namespace dragoman::ingest
