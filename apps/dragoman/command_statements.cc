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
  StatementQuery query;
};

void add(Table& table, const StatementRow& row) {
  const std::string arrow = row.addressees.empty() ? "" : " → " + row.addressees;
  table.add({short_id(row.id), row.date.empty() ? "-" : row.date,
             row.act.empty() ? row.kind : row.kind + ", " + row.act, (row.speaker.empty() ? "-" : row.speaker) + arrow},
            row.content, "");
}

int run(const Options& options) {
  if (const auto fault = fault_of(options.query)) throw Misuse("--" + fault->describe());
  const Store store = Store::open(options.store, Store::Mode::kRead);
  if (options.format == "table") {
    Table table({"ID", "DATE", "KIND", "SPEAKER → TO", "WORDS"}, 3, "no statements");
    store.statements(options.query, [&](const StatementRow& row) { add(table, row); });
    table.finish();
  } else if (options.format == "csv") {
    print(statements_csv_header() + "\r\n");
    store.statements(options.query, [](const StatementRow& row) { print(to_csv(row) + "\r\n"); });
  } else {
    store.statements(options.query, [](const StatementRow& row) { print_line(to_json(row)); });
  }
  finish_output();
  return 0;
}

constexpr const char* kExamples = R"(Examples:
  dragoman statements news.db --speaker CHN --from 2024        what China's people said since 2024
  dragoman statements news.db --speaker "Wang Yi" --text "arms deliver*"
  dragoman statements news.db --issue arms-supplies --kind direct --format csv > said.csv
)";

}  // namespace

Run declare_statements(CLI::App& parser) { return declare_listing<Options>(parser, kExamples, run); }

}  // namespace dragoman::cli
