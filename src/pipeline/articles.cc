// SPDX-License-Identifier: Apache-2.0
#include "dragoman/article_reader.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "ingest/extract.h"
#include "pipeline/ordered.h"
#include "store/duplicates.h"

namespace dragoman {

Result<Article> read_article(const Page& page, const ArticleOptions& options) { return ingest::extract(page, options); }

void read_articles(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<void(const Page&, Result<Article>)>& done, const ArticleOptions& options) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  store::RunDuplicates duplicates;
  const auto read = [&options](const Page& page) { return ingest::extract(page, options); };
  pipeline::extract_in_order(threads, next, read, [&](const Page& page, Result<Article> article) {
    if (article && article->refused.empty()) article->duplicate_of = duplicates.of(*article);
    done(page, std::move(article));
  });
}

}  // namespace dragoman
