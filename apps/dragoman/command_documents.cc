// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "dragoman/store.h"
#include "listing.h"
#include "output.h"
#include "table.h"

namespace dragoman::cli {
namespace {

struct Options {
  std::string store;
  std::string format = "table";
  DocumentQuery query;
};

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Table table({"ID", "DATE", "EVENTS", "SOURCE", "TITLE"}, 3, "no documents");
    store.documents(options.query, [&](const DocumentRow& row) {
      table.add({row.id.substr(0, 10), row.published.empty() ? "-" : row.published.substr(0, 10),
                 std::to_string(row.events), row.source},
                row.title, "");
    });
    table.finish();
  } else if (options.format == "csv") {
    print(documents_csv_header() + "\r\n");
    store.documents(options.query, [](const DocumentRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.documents(options.query, [](const DocumentRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman documents news.db                              what was read, by day of publication
  dragoman documents news.db --text "cease* fire" --from 2024-05
  dragoman documents news.db --publisher "Norland Times" --format csv
)";

}  // namespace

Run declare_documents(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
