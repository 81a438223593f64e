// SPDX-License-Identifier: Apache-2.0
// make_store FILE [empty]: a store with two invented reports and one page that could not be read, or with
// nothing; so that the commands on stores are tested without a model.
// make_store --records: their records as JSON Lines on standard output.
#include <cstdio>
#include <cstring>

#include "document/testing.h"
#include "dragoman/store.h"

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
  if (argc > 2) return 0;
  for (const Record& record : records) store.put(record);
  store.put_failure("reports/menu.html", {ErrorCode::kNoArticle, "holds no article", "reports/menu.html"});
  return 0;
}
