// SPDX-License-Identifier: Apache-2.0
#include "dragoman/article_reader.h"

#include <algorithm>
#include <thread>

#include "ingest/extract.h"
#include "pipeline/ordered.h"

namespace dragoman {

Result<Article> read_article(const Page& page) { return ingest::extract(page); }

void read_articles(unsigned threads, const std::function<bool(Page&)>& next,
                   const std::function<void(const Page&, Result<Article>)>& done) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  pipeline::extract_in_order(threads, next, read_article, done);
}

}  // namespace dragoman
