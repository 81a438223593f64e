// SPDX-License-Identifier: Apache-2.0
// make_store FILE [empty]: a store with two invented reports and one page that could not be read, or with
// nothing; so that the commands on stores are tested without a model.
// make_store FILE many FIRST LAST: invented reports, each told when it is in ("put 17"); those that are in are left.
// make_store --records: their records as JSON Lines on standard output.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "document/testing.h"
#include "dragoman/store.h"

namespace {

void put_many(dragoman::Store& store, int first, int last) {
  for (int i = first; i < last; ++i) {
    dragoman::Record record = dragoman::testing::sample_record();
    record.article.source = "reports/" + std::to_string(i);
    record.article.id = dragoman::article_id(record.article.source, record.article.text);
    store.put(record);
    std::printf("put %d\n", i);
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  using namespace dragoman;
  if (argc < 2) return 2;
  const Record records[] = {testing::sample_record(), testing::small_record()};
  if (std::strcmp(argv[1], "--records") == 0) {
    for (const Record& record : records)
      std::printf("%s\n%s\n", to_json(record).c_str(), to_json(record, true).c_str());
    return 0;
  }
  Store store = Store::open(argv[1], Store::Mode::kWrite);
  if (argc > 4) {
    put_many(store, std::atoi(argv[3]), std::atoi(argv[4]));
    return 0;
  }
  if (argc > 2) return 0;
  for (const Record& record : records) store.put(record);
  store.put_failure("reports/menu.html", {ErrorCode::kNoArticle, "holds no article", "reports/menu.html"});
  return 0;
}
